//! Plain text: one article a file. The headline is the first line if it looks like one. Header lines (`Title:`, `By:`,
//! `Tags:`), front matter between lines of dashes, and a URL at the top are metadata. Dates in header lines are left to
//! `extract`, which parses them in every language.

use super::format::RecordContext;
use super::front_matter;
use crate::article::{Article, Byline, Origin, Span};
use crate::credits;
use crate::read::draft::Draft;

/// A headline is shorter, in bytes.
const MAX_HEADLINE: usize = 250;

/// A headline that ends like a sentence is no longer, in bytes.
const MAX_SENTENCE: usize = 130;

/// The number of lines in which header lines are searched for.
const MAX_HEADER_LINES: usize = 16;

/// The article of a file.
pub(super) fn drafts(_: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    vec![draft(text.to_owned())]
}

/// A draft whose body is `text`.
pub(super) fn draft(text: String) -> Draft {
    let others = front_matter::end(&text).map(|end| front_matter::other_fields(&text[..end]));
    let mut draft = Draft { article: article(text), ..Draft::default() };
    others.unwrap_or_default().move_into(&mut draft);
    draft
}

fn article(text: String) -> Article {
    let header = header(&text);
    let title_span = header.title.or_else(|| headline(&text, header.end));
    let title_span = title_span.map(|span| without_site(&text, span, header.url.as_deref()));
    Article {
        title: title_span.map(|span| span.of(&text).to_owned()),
        title_span,
        url: header.url,
        byline: header.byline,
        keywords: header.keywords,
        section: header.section,
        body: text,
        ..Article::default()
    }
}

/// The metadata above the text.
#[derive(Default)]
struct Header {
    title: Option<Span>,
    url: Option<String>,
    byline: Vec<Byline>,
    keywords: Vec<String>,
    section: Option<String>,
    /// The offset after a URL or front matter, where a headline may follow.
    end: usize,
}

/// Parses front matter, a URL on the first line, or header lines.
fn header(text: &str) -> Header {
    let mut header = Header { end: front_matter::end(text).unwrap_or(0), ..Header::default() };
    let fenced = header.end;
    for (number, (start, line)) in lines(text).enumerate() {
        let inside = start < fenced;
        if !inside && number >= MAX_HEADER_LINES {
            break;
        }
        if !inside && number < 2 && is_url(line) && header.url.is_none() {
            header.url = Some(line.to_owned());
            header.end = start + line.len();
        } else if let Some((field, value)) = field(line) {
            header.set(field, value, text, start);
        } else if !line.is_empty() && !inside && number > 3 {
            break;
        }
    }
    header
}

/// The lines without white space around them, each with its offset.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split('\n').map(|line| {
        let trimmed = line.trim();
        (trimmed.as_ptr() as usize - text.as_ptr() as usize, trimmed)
    })
}

impl Header {
    /// Sets the value of a header line that begins at `start`.
    fn set(&mut self, field: HeaderField, value: &str, text: &str, start: usize) {
        match field {
            HeaderField::Title if self.title.is_none() => {
                let offset = text[start..].find(value).unwrap_or(0);
                self.title = Some(Span::new(start + offset, start + offset + value.len()));
            }
            HeaderField::Url if is_url(value) && self.url.is_none() => {
                self.url = Some(value.to_owned());
            }
            HeaderField::Author if self.byline.is_empty() => {
                let origin = || Origin::Field("author".to_owned());
                let names = credits::in_field(value).into_iter();
                self.byline = names.map(|name| Byline { name, origin: origin() }).collect();
            }
            HeaderField::Keywords if self.keywords.is_empty() => {
                let list = value.trim_matches(['[', ']']);
                let words =
                    list.split([',', ';']).map(|word| word.trim().trim_matches(['"', '\'']));
                self.keywords = words.filter(|word| !word.is_empty()).map(str::to_owned).collect();
            }
            HeaderField::Section if self.section.is_none() => self.section = Some(value.to_owned()),
            _ => {}
        }
    }
}

/// The fields of header lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HeaderField {
    Title,
    Url,
    Author,
    Keywords,
    Section,
}

/// The field and the value of a header line, without quotation marks around it.
fn field(line: &str) -> Option<(HeaderField, &str)> {
    let (name, value) = line.split_once(':')?;
    let field = match name.to_ascii_lowercase().as_str() {
        "title" | "headline" => HeaderField::Title,
        "url" | "link" | "permalink" => HeaderField::Url,
        "author" | "authors" | "byline" => HeaderField::Author,
        "tags" | "keywords" => HeaderField::Keywords,
        "section" | "category" | "rubric" => HeaderField::Section,
        _ => return None,
    };
    let value = value.trim().trim_matches('"').trim();
    (!value.is_empty()).then_some((field, value))
}

fn is_url(line: &str) -> bool {
    (line.starts_with("http://") || line.starts_with("https://"))
        && !line.contains(char::is_whitespace)
}

/// The span of the headline: the first line at or after `from`, if it is no paragraph. The only line of a file is a
/// headline unless it ends like a sentence.
fn headline(text: &str, from: usize) -> Option<Span> {
    let rest = text.get(from..)?;
    let start = from + rest.len() - rest.trim_start().len();
    let line = text[start..].lines().next()?.trim_end();
    let has_more = !text[start + line.len()..].trim().is_empty();
    let is_flash = !line.is_empty() && !ends_sentence(line);
    ((has_more || is_flash) && line.len() < MAX_HEADLINE && !is_paragraph(line))
        .then(|| Span::new(start, start + line.len()))
}

/// The headline without the name of the site, if the host of `url` has that name: `River rises - Harbour Gazette`.
fn without_site(text: &str, title: Span, url: Option<&str>) -> Span {
    let whole = title.of(text);
    let parts = [" - ", " – ", " — ", " | "].iter().find_map(|mark| whole.rsplit_once(mark));
    let Some((headline, site)) = parts else { return title };
    let host = url.and_then(|url| url.split('/').nth(2)).unwrap_or_default();
    let joined: String = site.chars().filter(|c| c.is_alphanumeric()).collect();
    let joined = joined.to_lowercase();
    let named = !joined.is_empty() && host.split('.').any(|label| label.replace('-', "") == joined);
    let end = title.start as usize + headline.trim_end().len();
    if named { Span::new(title.start as usize, end) } else { title }
}

/// Whether a line is long and ends like a sentence.
fn is_paragraph(line: &str) -> bool {
    line.len() > MAX_SENTENCE && ends_sentence(line)
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '"', '”', '!', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, title: Option<&str>, url: Option<&str>) {
        let article = article(text.to_owned());
        assert_eq!(article.title.as_deref(), title, "{text}");
        assert_eq!(article.url.as_deref(), url, "{text}");
        assert_eq!(article.body, text);
    }

    #[test]
    fn headlines_are_found() {
        check("River rises\n\nIt rose on Monday.", Some("River rises"), None);
        check("\n  River rises  \nIt rose.", Some("River rises"), None);
        check(
            "https://news.example/river\nRiver rises\nIt rose.",
            Some("River rises"),
            Some("https://news.example/river"),
        );
        check(
            "https://harbourgazette.example/river\nRiver rises - Harbour Gazette\nIt rose.",
            Some("River rises"),
            Some("https://harbourgazette.example/river"),
        );
        check("Title: River rises\nBy: Jane Doe\n\nIt rose.", Some("River rises"), None);
        check(
            "---\ntitle: \"River rises\"\nurl: https://news.example/a\n---\nIt rose.",
            Some("River rises"),
            Some("https://news.example/a"),
        );
        check("Only one line.", None, None);
        check("URGENT: River rises", Some("URGENT: River rises"), None);
        let paragraph = "It rose on Monday, the mayor said. ".repeat(5);
        check(&format!("{}\n\nIt fell.", paragraph.trim()), None, None);
    }

    #[test]
    fn header_lines_are_metadata() {
        let text = "Title: River rises\nAuthor: Jane Doe and John Roe\nTags: river, rain\nSection: City\n\nIt rose.";
        let article = article(text.to_owned());
        let names: Vec<_> = article.byline.iter().map(|byline| byline.name.as_str()).collect();
        assert_eq!(names, ["Jane Doe", "John Roe"]);
        assert_eq!(article.keywords, ["river", "rain"]);
        assert_eq!(article.section.as_deref(), Some("City"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,80}|(---|\n|Title: |https://a.example|Tags: |[a-z\" ü]{0,6}){0,20}") {
            let article = article(text.clone());
            proptest::prop_assert_eq!(article.title.as_deref(), article.title_span.map(|span| span.of(&text)));
        }
    }
}
