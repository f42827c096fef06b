//! Converts fragments of HTML or XHTML to text: block elements become paragraphs, character references are decoded,
//! scripts and comments are dropped. For the bodies in feeds and news items; the main content of a whole web page is
//! found by [`super::html`].

use std::borrow::Cow;

use super::paragraphs::Paragraphs;
use super::references::{self, Place};

/// How an element is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Display {
    /// In the line of the text around it.
    Inline,
    /// A paragraph of its own.
    Block,
    /// Ends the line: `br`.
    Break,
    /// A cell of a table row.
    Cell,
    /// A line of its own: a table row, a list item.
    Line,
    /// Not part of the text: scripts, styles, media.
    Hidden,
}

/// The layout of the element `name` (lower case, without prefix) in HTML and NITF.
pub(super) fn display(name: &str) -> Display {
    match name {
        "address" | "article" | "aside" | "blockquote" | "bq" | "block" | "body"
        | "body.content" | "body.head" | "body.end" | "caption" | "center" | "dd" | "div"
        | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "h1" | "h2"
        | "h3" | "h4" | "h5" | "h6" | "header" | "hedline" | "hl1" | "hl2" | "hr" | "html"
        | "main" | "nav" | "nitf-table" | "ol" | "p" | "pre" | "section" | "table" | "tbody"
        | "tfoot" | "thead" | "ul" => Display::Block,
        "li" | "tr" => Display::Line,
        "br" => Display::Break,
        "td" | "th" => Display::Cell,
        "audio"
        | "canvas"
        | "head"
        | "iframe"
        | "math"
        | "noscript"
        | "object"
        | "script"
        | "select"
        | "style"
        | "svg"
        | "template"
        | "video"
        | "media"
        | "media-metadata"
        | "media-reference"
        | "media-producer"
        | "nitf-table-metadata" => Display::Hidden,
        _ => Display::Inline,
    }
}

/// The text of a fragment of HTML or XHTML. Never fails: what is not markup is text.
pub(super) fn text(fragment: &str) -> String {
    let mut out = Paragraphs::default();
    let mut hidden: Option<(&str, usize)> = None;
    let mut end_tags = EndTags { fragment, last: Vec::new() };
    for token in Tokens::new(fragment) {
        match (token, hidden) {
            (Token::Tag { name, open, .. }, Some((until, depth))) => {
                let same = name.eq_ignore_ascii_case(until);
                hidden = match (same, open, depth) {
                    (true, false, 0) => None,
                    (true, false, _) => Some((until, depth - 1)),
                    (true, true, _) => Some((until, depth + 1)),
                    _ => hidden,
                };
            }
            (Token::Text(_) | Token::Literal(_), Some(_)) => {}
            (Token::Text(text), None) => out.push(&references::decode(text, Place::Text)),
            (Token::Literal(text), None) => out.push(text),
            (Token::Tag { name, open, empty }, None) => {
                let lower = name.to_ascii_lowercase();
                let local = lower.rsplit(':').next().unwrap_or(&lower);
                match display(local) {
                    // An unclosed element would hide all that follows.
                    Display::Hidden if open && !empty && end_tags.follow(name) => {
                        hidden = Some((name, 0));
                    }
                    display => add_tag(&mut out, display, local, open && !empty),
                }
            }
        }
    }
    out.finish()
}

/// Whether `text` holds markup: a tag of HTML or NITF, a CDATA section, or a character reference.
pub(super) fn is_marked_up(text: &str) -> bool {
    const TAGS: &[&str] = &[
        "a", "abbr", "acronym", "b", "big", "cite", "code", "del", "em", "font", "html", "i",
        "img", "ins", "kbd", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong",
        "sub", "sup", "tt", "u", "var",
    ];
    let known = |name: &str| {
        let name = name.to_ascii_lowercase();
        TAGS.contains(&name.as_str()) || display(&name) != Display::Inline
    };
    Tokens::new(text).any(|token| match token {
        Token::Tag { name, .. } => known(name),
        Token::Literal(_) => true,
        Token::Text(_) => false,
    }) || references::has_any(text)
}

/// A title, byline or other line without its markup, if it has any.
pub(super) fn plain(line: &str) -> Cow<'_, str> {
    if is_marked_up(line) { Cow::Owned(text(line)) } else { Cow::Borrowed(line) }
}

/// The text of a field that holds either markup or plain lines.
pub(super) fn text_or_lines(field: &str) -> String {
    if is_marked_up(field) {
        return text(field);
    }
    let lines: Vec<&str> = field.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// Adds the line breaks and quotation marks of a start tag (`opens`) or an end tag.
pub(super) fn add_tag(out: &mut Paragraphs, display: Display, name: &str, opens: bool) {
    match display {
        Display::Block => out.paragraph(),
        Display::Line | Display::Break => out.line(),
        Display::Cell => out.push(" "),
        Display::Inline | Display::Hidden => {}
    }
    match name {
        "pre" => out.verbatim = opens,
        "q" => out.push(if opens { "“" } else { "”" }),
        _ => {}
    }
}

/// The last end tag of each name in a fragment; each name is searched for once.
struct EndTags<'a> {
    fragment: &'a str,
    last: Vec<(String, usize)>,
}

impl EndTags<'_> {
    /// Whether an end tag of `name` follows it. `name` is a slice of the fragment.
    fn follow(&mut self, name: &str) -> bool {
        let at = name.as_ptr() as usize - self.fragment.as_ptr() as usize;
        let lower = name.to_ascii_lowercase();
        if let Some((_, last)) = self.last.iter().find(|(known, _)| *known == lower) {
            return *last > at;
        }
        let bytes = self.fragment.as_bytes();
        let last = memchr::memmem::rfind_iter(bytes, b"</").find(|at| {
            let end = bytes.get(at + 2..at + 2 + name.len());
            end.is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
        });
        self.last.push((lower, last.unwrap_or(0)));
        last.is_some_and(|last| last > at)
    }
}

/// A token of a fragment.
enum Token<'a> {
    /// Text with character references.
    Text(&'a str),
    /// The content of a CDATA section.
    Literal(&'a str),
    Tag {
        name: &'a str,
        open: bool,
        /// Whether the tag closes itself: `<br/>`.
        empty: bool,
    },
}

/// The tokenizer of a fragment.
struct Tokens<'a> {
    rest: &'a str,
    /// The number of bytes after the last `>`, in which no tag ends.
    tail: usize,
}

/// A longer sequence, in bytes, is no tag.
const MAX_TAG: usize = 16 << 10;

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(tag) = self.rest.strip_prefix('<') else {
                let end = memchr::memchr(b'<', self.rest.as_bytes()).unwrap_or(self.rest.len());
                return Some(Token::Text(self.take(end)));
            };
            if let Some(comment) = tag.strip_prefix("!--") {
                self.rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            } else if let Some(literal) = tag.strip_prefix("![CDATA[") {
                let end = literal.find("]]>");
                self.rest = end.map_or("", |end| &literal[end + 3..]);
                return Some(Token::Literal(&literal[..end.unwrap_or(literal.len())]));
            } else if tag.starts_with(['!', '?']) {
                self.rest = tag.find('>').map_or("", |end| &tag[end + 1..]);
            } else if let Some(token) = self.tag(tag) {
                return Some(token);
            } else {
                // `a < b`
                let end = memchr::memchr(b'<', tag.as_bytes()).unwrap_or(tag.len());
                return Some(Token::Text(self.take(end + 1)));
            }
        }
    }
}

impl<'a> Tokens<'a> {
    fn new(text: &'a str) -> Self {
        let tail = text.len() - memchr::memrchr(b'>', text.as_bytes()).map_or(0, |at| at + 1);
        Self { rest: text, tail }
    }

    fn take(&mut self, end: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// The tag whose text after `<` is `tag`; `None` if it is no tag.
    fn tag(&mut self, tag: &'a str) -> Option<Token<'a>> {
        let open = !tag.starts_with('/');
        let inner = tag.strip_prefix('/').unwrap_or(tag);
        if inner.len() < self.tail || !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let end = tag_end(inner)?;
        let name = inner[..end].split(|c: char| c.is_whitespace() || c == '/').next()?;
        self.rest = &inner[end + 1..];
        Some(Token::Tag { name, open, empty: inner[..end].ends_with('/') })
    }
}

/// The offset of the `>` that ends a tag; those in quoted values do not.
fn tag_end(tag: &str) -> Option<usize> {
    let bytes = &tag.as_bytes()[..tag.len().min(MAX_TAG)];
    let mut at = 0;
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', &bytes[at..])?;
        match bytes[at] {
            b'>' => return Some(at),
            // Only a quotation mark after `=` opens a value; elsewhere it is an error.
            quote if bytes[..at].trim_ascii_end().ends_with(b"=") => {
                match memchr::memchr(quote, &bytes[at + 1..]) {
                    Some(closing) => at += closing + 2,
                    None => return memchr::memchr(b'>', &bytes[at..]).map(|end| at + end),
                }
            }
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(fragment: &str, expected: &str) {
        assert_eq!(text(fragment), expected, "{fragment}");
    }

    #[test]
    fn blocks_become_paragraphs() {
        check(
            "<p>The river rose.</p><p>It <b>fell</b>\n again.</p>",
            "The river rose.\n\nIt fell again.",
        );
        check("One<br/>two<BR>three", "One\ntwo\nthree");
        check("<ul><li>a</li><li>b</li></ul>", "a\nb");
        check("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n3");
        check("<pre>a  b\n c</pre>", "a  b\n c");
        check("<xhtml:p>a</xhtml:p><xhtml:p>b</xhtml:p>", "a\n\nb");
    }

    #[test]
    fn scripts_and_comments_are_dropped() {
        check("a<!-- b --><script>if (a < b) {}</script><style>p {}</style>c", "ac");
        check("<video>a<video>b</video>c</video>d", "d");
        check("<script>never closed", "never closed");
        check("<![CDATA[a & b]]>", "a & b");
        check("<a title='x > y'>z</a>", "z");
    }

    #[test]
    fn a_line_end_before_a_comma_is_no_space() {
        check("<p><b>Jane Doe</b>\n, of <b>Oslo</b>\n.</p>", "Jane Doe, of Oslo.");
        check("<p>It rose , slowly</p>", "It rose , slowly");
        check("<p>It is called <q>the Gull</q>.</p>", "It is called “the Gull”.");
    }

    #[test]
    fn references_are_decoded() {
        check(
            "Caf&eacute; &amp; Bar&#8217;s &#150; &#x2014; &nbsp;x &bogus; AT&T",
            "Café & Bar’s – — x &bogus; AT&T",
        );
        check("1 < 2 <3", "1 < 2 <3");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(fragment in "\\PC{0,80}|(<|>|</|p|br|script|/>|&|;|#x2|amp|\"|=|'|<!--|-->|<!\\[CDATA\\[| |é){0,40}") {
            let text = text(&fragment);
            proptest::prop_assert_eq!(text.trim_end(), &text);
        }
    }
}
