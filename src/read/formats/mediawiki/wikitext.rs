//! Converts wikitext to text: links and templates are replaced by their words; tables, references and files are dropped.

use rustc_hash::FxHashMap;

use super::templates::Template;
use crate::read::markup;

/// Templates and links nest this deep at most.
const MAX_DEPTH: usize = 32;

/// The maximum length of an external link with its words, in bytes.
const MAX_LINK: usize = 4000;

/// A page as text, with the metadata of its templates.
#[derive(Debug, Default)]
pub(super) struct ParsedPage {
    pub(super) text: String,
    /// From `{{date|…}}` and `{{byline|date=…}}`.
    pub(super) dates: Vec<String>,
    /// From `{{byline|location=…}}`.
    pub(super) places: Vec<String>,
    pub(super) categories: Vec<String>,
}

/// Parses the wikitext of a page.
pub(super) fn parse(source: &str) -> ParsedPage {
    let mut page = ParsedPage::default();
    let without = without_elements(source);
    let mut out = String::with_capacity(without.len());
    inline(&without, &Pairs::new(&without), 0, &mut page, &mut out);
    let mut lines: Vec<String> = Vec::new();
    for line in out.lines() {
        let trimmed = line.trim();
        if let Some(heading) = heading(trimmed) {
            if matches!(
                heading.to_lowercase().as_str(),
                "sources" | "quellen" | "fuentes" | "external links" | "references" | "источники"
            ) {
                break;
            }
            lines.push(String::new());
            lines.push(heading.to_owned());
            lines.push(String::new());
        } else {
            lines.push(trimmed.trim_start_matches(['*', '#', ':', ';']).trim().to_owned());
        }
    }
    let text = lines.join("\n").replace("'''", "").replace("''", "");
    page.text =
        without_extra_lines(&if markup::is_marked_up(&text) { from_markup(&text) } else { text });
    page
}

/// The text of markup in which line ends and empty lines are kept.
fn from_markup(text: &str) -> String {
    markup::text(&text.replace("\n\n", "<p>").replace('\n', "<br>"))
}

/// `text` without consecutive empty lines.
fn without_extra_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.trim().lines() {
        if !line.is_empty() || !out.ends_with("\n\n") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn heading(line: &str) -> Option<&str> {
    let inner = line.strip_prefix("==")?.strip_suffix("==")?;
    Some(inner.trim_matches('=').trim())
}

/// The source without comments, references and other elements that hold no text of the article.
fn without_elements(source: &str) -> String {
    const PAIRS: &[(&str, &str)] = &[
        ("<!--", "-->"),
        ("<ref", "</ref>"),
        ("<gallery", "</gallery>"),
        ("<math", "</math>"),
        ("<timeline", "</timeline>"),
        ("<DynamicPageList", "</DynamicPageList>"),
    ];
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    // An element that is unclosed once is unclosed in the rest of the source.
    let mut unclosed = [false; PAIRS.len()];
    'next: while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        for ((open, close), unclosed) in PAIRS.iter().zip(&mut unclosed) {
            if !rest.starts_with(open) {
                continue;
            }
            let self_closing = (*open == "<ref").then(|| self_closing(rest)).flatten();
            let end = self_closing.or_else(|| {
                let closes = if *unclosed { None } else { rest.find(close) };
                *unclosed = closes.is_none();
                Some(closes? + close.len())
            });
            if let Some(end) = end {
                rest = &rest[end..];
                continue 'next;
            }
        }
        out.push('<');
        rest = &rest[1..];
    }
    out.push_str(rest);
    out
}

/// The length of a self-closing tag: `<ref name="a"/>`.
fn self_closing(text: &str) -> Option<usize> {
    let end = 1 + text[1..].find(['<', '>'])?;
    (text[..end].ends_with('/') && text[end..].starts_with('>')).then_some(end + 1)
}

/// Adds text with its links and templates to `out`, and their metadata to `page`. `source` is a slice of the text of
/// `pairs`.
fn inline(source: &str, pairs: &Pairs<'_>, depth: usize, page: &mut ParsedPage, out: &mut String) {
    let mut rest = source;
    while let Some(at) = rest.find(['[', '{']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match pairs.closing(rest) {
            Some(end) if depth < MAX_DEPTH => {
                let content = &rest[2..end];
                match &rest[..2] {
                    "[[" => link(content, pairs, depth, page, out),
                    "{{" => {
                        let within_line = is_within_line(out, &rest[end + 2..]);
                        template(content, within_line, pairs, depth, page, out);
                    }
                    _ => {}
                }
                rest = &rest[end + 2..];
            }
            _ => {
                let (words, length) = external_link(rest).unwrap_or((&rest[..1], 1));
                out.push_str(words);
                rest = &rest[length..];
            }
        }
    }
    out.push_str(rest);
}

/// The closing bracket of each `[[`, `{{` and `{|`, found in one pass.
struct Pairs<'a> {
    text: &'a str,
    closings: FxHashMap<usize, usize>,
}

impl<'a> Pairs<'a> {
    fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut open: [Vec<usize>; 3] = Default::default();
        let mut closings = FxHashMap::default();
        let mut at = 0;
        while let Some(pair) = bytes.get(at..at + 2) {
            at += match pair {
                b"[[" | b"{{" | b"{|" => {
                    open[pair_kind(pair)].push(at);
                    2
                }
                b"]]" | b"}}" | b"|}" => match open[pair_kind(pair)].pop() {
                    Some(start) => {
                        closings.insert(start, at);
                        2
                    }
                    None => 1,
                },
                _ => 1,
            };
        }
        Self { text, closings }
    }

    /// The offset in `rest`, a slice of the text, of the closing bracket of the pair at its start.
    fn closing(&self, rest: &str) -> Option<usize> {
        let start = rest.as_ptr() as usize - self.text.as_ptr() as usize;
        let end = self.closings.get(&start)?.checked_sub(start)?;
        (end >= 2 && end + 2 <= rest.len()).then_some(end)
    }
}

fn pair_kind(pair: &[u8]) -> usize {
    match pair {
        b"[[" | b"]]" => 0,
        b"{{" | b"}}" => 1,
        _ => 2,
    }
}

/// Adds an internal link: `[[Oslo]]`, `[[w:Oslo|the capital]]`, `[[File:a.jpg|…]]`, `[[Category:Norway]]`.
fn link(content: &str, pairs: &Pairs<'_>, depth: usize, page: &mut ParsedPage, out: &mut String) {
    let (target, words) =
        content.split_once('|').map_or((content, None), |(target, words)| (target, Some(words)));
    let namespace = target
        .trim_start_matches(':')
        .split_once(':')
        .map(|(namespace, _)| namespace.trim().to_lowercase());
    match namespace.as_deref() {
        Some(
            "file" | "image" | "datei" | "bild" | "fichier" | "archivo" | "imagen" | "файл"
            | "media",
        ) => {}
        Some("category" | "kategorie" | "catégorie" | "categoría" | "категория")
            if !target.starts_with(':') =>
        {
            let name = target.split_once(':').map_or(target, |(_, name)| name);
            page.categories.push(name.trim().to_owned());
        }
        _ => match words {
            Some(words) => {
                inline(words.rsplit('|').next().unwrap_or(words), pairs, depth + 1, page, out);
            }
            None => out.push_str(target.rsplit(':').next().unwrap_or(target)),
        },
    }
}

/// Whether text stands on the line of what comes between `before` and `behind`.
fn is_within_line(before: &str, behind: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let rest = behind.trim_start_matches(' ');
    !line.trim().is_empty() || !(rest.is_empty() || rest.starts_with(['\n', '{', '<']))
}

/// Adds the words of a template, or its metadata.
fn template(
    content: &str,
    within_line: bool,
    pairs: &Pairs<'_>,
    depth: usize,
    page: &mut ParsedPage,
    out: &mut String,
) {
    let template = Template::of(&parts(content, pairs));
    match template.name.as_str() {
        "date" | "datum" | "fecha" => page.dates.extend(template.value("1").map(str::to_owned)),
        "byline" => {
            page.dates.extend(template.value("date").map(str::to_owned));
            page.places.extend(template.value("location").map(str::to_owned));
        }
        _ => {
            // The words are made of the values: their brackets are paired anew.
            let words = template.words(within_line);
            inline(&words, &Pairs::new(&words), depth + 1, page, out);
        }
    }
}

/// The parts of a template between its bars; those inside of links and of other templates part nothing.
fn parts<'a>(content: &'a str, pairs: &Pairs<'_>) -> Vec<&'a str> {
    let (mut parts, mut from, mut at) = (Vec::new(), 0, 0);
    while let Some(next) = content[at..].find(['|', '[', '{']).map(|next| at + next) {
        if content[next..].starts_with('|') {
            parts.push(&content[from..next]);
            from = next + 1;
            at = from;
        } else {
            at = pairs.closing(&content[next..]).map_or(next + 1, |end| next + end + 2);
        }
    }
    parts.push(&content[from..]);
    parts
}

/// The words and the length of an external link at the start of `text`: `[https://news.example words]`.
fn external_link(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('[')?;
    if !(inner.starts_with("http://") || inner.starts_with("https://") || inner.starts_with("//")) {
        return None;
    }
    let mut near = inner.bytes().take(MAX_LINK);
    let end = near
        .position(|b| matches!(b, b']' | b'\n'))
        .filter(|end| inner.as_bytes()[*end] == b']')?;
    let words = inner[..end].split_once(' ').map_or("", |(_, words)| words);
    Some((words, end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        assert_eq!(parse(source).text, expected, "{source}");
    }

    #[test]
    fn links_are_replaced_by_their_words() {
        check(
            "'''Oslo''' is [[w:Capital|the capital]] of [[Norway]].",
            "Oslo is the capital of Norway.",
        );
        check("{{date|June 1, 2010}}\n{{w|Jane Doe|Doe}} spoke.<ref>x</ref>", "Doe spoke.");
        check(
            "[[File:a.jpg|thumb|A [[b]]]]The river [https://news.example rose].",
            "The river rose.",
        );
        check("== Rain ==\n* one\n* two\n{| class=x\n| a\n|}", "Rain\n\none\ntwo");
        check("{{unclosed [[too", "{{unclosed [[too");
        check(
            "It rose.<ref name=\"a\"/> It fell.<ref>x</ref><ref open",
            "It rose. It fell.<ref open",
        );
    }

    #[test]
    fn templates_are_replaced_by_their_words() {
        check("The {{nowrap|[[River Ald|Ald]] rose}} {{convert|3|m|ft}}.", "The Ald rose 3 m.");
        check("It {{lang|fr|''monte'' {{nowrap|à nouveau}}}}.", "It monte à nouveau.");
        check("It rose.{{cite web|title=[[a|b]]|url=x}}{{fact}}", "It rose.");
        check("{{Infobox|Harbour}}\nIt {{tide|rose}}.\n{{tide|rose}}", "It rose.");
        check(
            "She wrote: {{quote|[[Ann Poe]] was {{small|right}}.<ref>{{cite web|url=x}}</ref>|Jo Roe}} It rained.",
            "She wrote:\n\nJo Roe: “Ann Poe was right.”\n\nIt rained.",
        );
    }

    #[test]
    fn metadata_is_read() {
        let page = parse("{{byline|date=June 1, 2010|location=Oslo}}It rose. [[Category:Norway]]");
        assert_eq!((page.dates.len(), page.places.len(), page.categories.len()), (1, 1, 1));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_parsed(source in "\\PC{0,60}|(\\[\\[|\\]\\]|\\{\\{|\\}\\}|\\{\\||\\|\\}|\\||<ref|/>|</ref>|==|\\n|a|é|File:){0,60}") {
            parse(&source);
        }
    }
}
