//! Wikitext to text: links give their words, templates, tables, references and files are left out.

use rustc_hash::FxHashMap;

use crate::read::markup;

/// Templates and links nest this deep at most.
const MAX_DEPTH: usize = 32;

/// A link that leads out of the wiki is no longer than this, with its words, in bytes.
const LONGEST_LINK: usize = 4000;

/// What a page says.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) text: String,
    /// Of `{{date|…}}`.
    pub(super) dates: Vec<String>,
    /// Of `{{byline|location=…}}`.
    pub(super) places: Vec<String>,
    pub(super) categories: Vec<String>,
}

/// Reads a page.
pub(super) fn read(source: &str) -> Read {
    let mut read = Read::default();
    let without = without_elements(source);
    let mut out = String::with_capacity(without.len());
    inline(&without, &Pairs::new(&without), 0, &mut read, &mut out);
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
    read.text = squeezed(&if markup::is_marked_up(&text) { with_breaks(&text) } else { text });
    read
}

/// The text of markup whose empty lines part paragraphs, and whose lines count.
fn with_breaks(text: &str) -> String {
    markup::text(&text.replace("\n\n", "<p>").replace('\n', "<br>"))
}

/// No more than one empty line on end.
fn squeezed(text: &str) -> String {
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

/// The source without comments, references, tables and other elements that hold no text of the article.
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
    // What does not close once does not close further on.
    let mut open_ended = [false; PAIRS.len()];
    'next: while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        for ((open, close), open_ended) in PAIRS.iter().zip(&mut open_ended) {
            if !rest.starts_with(open) {
                continue;
            }
            let single = (*open == "<ref").then(|| single(rest)).flatten();
            let end = single.or_else(|| {
                let closes = if *open_ended { None } else { rest.find(close) };
                *open_ended = closes.is_none();
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

/// The length of a tag that has no end tag: `<ref name="a"/>`.
fn single(text: &str) -> Option<usize> {
    let end = 1 + text[1..].find(['<', '>'])?;
    (text[..end].ends_with('/') && text[end..].starts_with('>')).then_some(end + 1)
}

/// Sets text with links and templates; what they state goes to `read`. `source` is a slice of the text of `pairs`.
fn inline(source: &str, pairs: &Pairs<'_>, depth: usize, read: &mut Read, out: &mut String) {
    let mut rest = source;
    while let Some(at) = rest.find(['[', '{']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match pairs.closing(rest) {
            Some(end) if depth < MAX_DEPTH => {
                let content = &rest[2..end];
                match &rest[..2] {
                    "[[" => link(content, pairs, depth, read, out),
                    "{{" => template(content, pairs, depth, read, out),
                    _ => {}
                }
                rest = &rest[end + 2..];
            }
            _ => {
                let (words, length) = external(rest).unwrap_or((&rest[..1], 1));
                out.push_str(words);
                rest = &rest[length..];
            }
        }
    }
    out.push_str(rest);
}

/// Which `[[`, `{{` and `{|` close where, found in one pass.
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
                    open[kind(pair)].push(at);
                    2
                }
                b"]]" | b"}}" | b"|}" => match open[kind(pair)].pop() {
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

    /// Where the pair that opens `rest`, a slice of the text, closes in it.
    fn closing(&self, rest: &str) -> Option<usize> {
        let start = rest.as_ptr() as usize - self.text.as_ptr() as usize;
        let end = self.closings.get(&start)?.checked_sub(start)?;
        (end >= 2 && end + 2 <= rest.len()).then_some(end)
    }
}

fn kind(pair: &[u8]) -> usize {
    match pair {
        b"[[" | b"]]" => 0,
        b"{{" | b"}}" => 1,
        _ => 2,
    }
}

/// `[[Oslo]]`, `[[w:Oslo|the capital]]`, `[[File:a.jpg|…]]`, `[[Category:Norway]]`.
fn link(content: &str, pairs: &Pairs<'_>, depth: usize, read: &mut Read, out: &mut String) {
    let (target, words) =
        content.split_once('|').map_or((content, None), |(target, words)| (target, Some(words)));
    let space = target
        .trim_start_matches(':')
        .split_once(':')
        .map(|(space, _)| space.trim().to_lowercase());
    match space.as_deref() {
        Some(
            "file" | "image" | "datei" | "bild" | "fichier" | "archivo" | "imagen" | "файл"
            | "media",
        ) => {}
        Some("category" | "kategorie" | "catégorie" | "categoría" | "категория")
            if !target.starts_with(':') =>
        {
            let name = target.split_once(':').map_or(target, |(_, name)| name);
            read.categories.push(name.trim().to_owned());
        }
        _ => match words {
            Some(words) => {
                inline(words.rsplit('|').next().unwrap_or(words), pairs, depth + 1, read, out);
            }
            None => out.push_str(target.rsplit(':').next().unwrap_or(target)),
        },
    }
}

/// Templates that stand for words, and those that state something.
fn template(content: &str, pairs: &Pairs<'_>, depth: usize, read: &mut Read, out: &mut String) {
    let mut parts = content.split('|');
    let name = parts.next().unwrap_or_default().trim().to_lowercase();
    let values: Vec<&str> = parts.map(str::trim).collect();
    let named = |key: &str| {
        let found = values.iter().filter_map(|value| value.split_once('='));
        found
            .filter(|(name, _)| name.trim() == key)
            .map(|(_, value)| value.trim().to_owned())
            .next()
    };
    match name.as_str() {
        "date" | "datum" | "fecha" => {
            read.dates.extend(values.first().map(|value| (*value).to_owned()));
        }
        "byline" => {
            read.dates.extend(named("date"));
            read.places.extend(named("location"));
        }
        "w" | "wp" | "w2" | "l" => {
            if let Some(words) = values.iter().rev().find(|value| !value.contains('=')) {
                inline(words, pairs, depth + 1, read, out);
            }
        }
        _ => {}
    }
}

/// `[https://news.example words]`.
fn external(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('[')?;
    if !(inner.starts_with("http://") || inner.starts_with("https://") || inner.starts_with("//")) {
        return None;
    }
    let mut near = inner.bytes().take(LONGEST_LINK);
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
        assert_eq!(read(source).text, expected, "{source}");
    }

    #[test]
    fn words_are_kept() {
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
    fn dates_and_categories_are_kept() {
        let read = read("{{byline|date=June 1, 2010|location=Oslo}}It rose. [[Category:Norway]]");
        assert_eq!((read.dates.len(), read.places.len(), read.categories.len()), (1, 1, 1));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(source in "\\PC{0,60}|(\\[\\[|\\]\\]|\\{\\{|\\}\\}|\\{\\||\\|\\}|\\||<ref|/>|</ref>|==|\\n|a|é|File:){0,60}") {
            read(&source);
        }
    }
}
