//! Fragments of HTML or XHTML to text: block elements become paragraphs, character references are decoded, scripts and
//! comments are left out. For bodies that agencies and feeds deliver; which part of a whole web page is its article is
//! not decided here.

use std::borrow::Cow;

pub use super::paragraphs::Paragraphs;
use super::references::{self, Place};

/// How an element sets its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Display {
    /// Runs on.
    Inline,
    /// A paragraph of its own.
    Block,
    /// Ends the line: `br`.
    Break,
    /// A cell of a table's row.
    Cell,
    /// A line of its own: a row, an item of a list.
    Line,
    /// Not shown: scripts, styles, media.
    Hidden,
}

/// How the element `name` (in small letters, without prefix) is set in HTML and in NITF.
pub fn display(name: &str) -> Display {
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

/// The text of a fragment of HTML or XHTML. Never fails: what is no markup is text.
pub fn text(fragment: &str) -> String {
    let mut out = Paragraphs::default();
    let mut hidden: Option<(&str, usize)> = None;
    let mut closings = Closings { fragment, last: Vec::new() };
    for piece in Pieces::new(fragment) {
        match (piece, hidden) {
            (Piece::Tag { name, open, .. }, Some((until, depth))) => {
                let same = name.eq_ignore_ascii_case(until);
                hidden = match (same, open, depth) {
                    (true, false, 0) => None,
                    (true, false, _) => Some((until, depth - 1)),
                    (true, true, _) => Some((until, depth + 1)),
                    _ => hidden,
                };
            }
            (Piece::Text(_) | Piece::Literal(_), Some(_)) => {}
            (Piece::Text(text), None) => out.push(&references::decode(text, Place::Text)),
            (Piece::Literal(text), None) => out.push(text),
            (Piece::Tag { name, open, empty }, None) => {
                let lower = name.to_ascii_lowercase();
                let local = lower.rsplit(':').next().unwrap_or(&lower);
                match display(local) {
                    // What is never closed would hide all that follows.
                    Display::Hidden if open && !empty && closings.follow(name) => {
                        hidden = Some((name, 0));
                    }
                    display => set(&mut out, display, local, open && !empty),
                }
            }
        }
    }
    out.finish()
}

/// Does `text` look like marked-up text: has it a tag that HTML or NITF knows?
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
    Pieces::new(text).any(|piece| match piece {
        Piece::Tag { name, .. } => known(name),
        Piece::Literal(_) => true,
        Piece::Text(_) => false,
    }) || references::has_any(text)
}

/// `text` without markup, if it has any: titles and bylines of agencies.
pub(super) fn plain(line: &str) -> Cow<'_, str> {
    if is_marked_up(line) { Cow::Owned(text(line)) } else { Cow::Borrowed(line) }
}

/// Sets the start or the end of an element.
pub(super) fn set(out: &mut Paragraphs, display: Display, name: &str, opens: bool) {
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

/// Where the last end tags of a fragment stand, looked for once for each name.
struct Closings<'a> {
    fragment: &'a str,
    last: Vec<(String, usize)>,
}

impl Closings<'_> {
    /// Is there an end tag of `name`, a slice of the fragment, after it?
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

/// A piece of a fragment.
enum Piece<'a> {
    /// With character references.
    Text(&'a str),
    /// Of a CDATA section.
    Literal(&'a str),
    Tag {
        name: &'a str,
        open: bool,
        /// `<br/>`.
        empty: bool,
    },
}

/// Cuts a fragment into tags and text.
struct Pieces<'a> {
    rest: &'a str,
    /// So much is behind the last `>`: no tag ends there.
    tail: usize,
}

/// A tag that is longer, in bytes, is none.
const LONGEST_TAG: usize = 16 << 10;

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(tag) = self.rest.strip_prefix('<') else {
                let end = memchr::memchr(b'<', self.rest.as_bytes()).unwrap_or(self.rest.len());
                return Some(Piece::Text(self.take(end)));
            };
            if let Some(comment) = tag.strip_prefix("!--") {
                self.rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            } else if let Some(literal) = tag.strip_prefix("![CDATA[") {
                let end = literal.find("]]>");
                self.rest = end.map_or("", |end| &literal[end + 3..]);
                return Some(Piece::Literal(&literal[..end.unwrap_or(literal.len())]));
            } else if tag.starts_with(['!', '?']) {
                self.rest = tag.find('>').map_or("", |end| &tag[end + 1..]);
            } else if let Some(piece) = self.tag(tag) {
                return Some(piece);
            } else {
                // `a < b`
                let end = memchr::memchr(b'<', tag.as_bytes()).unwrap_or(tag.len());
                return Some(Piece::Text(self.take(end + 1)));
            }
        }
    }
}

impl<'a> Pieces<'a> {
    fn new(text: &'a str) -> Self {
        let tail = text.len() - memchr::memrchr(b'>', text.as_bytes()).map_or(0, |at| at + 1);
        Self { rest: text, tail }
    }

    fn take(&mut self, end: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// The tag of which `tag` is the rest behind `<`.
    fn tag(&mut self, tag: &'a str) -> Option<Piece<'a>> {
        let open = !tag.starts_with('/');
        let inner = tag.strip_prefix('/').unwrap_or(tag);
        if inner.len() < self.tail || !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let end = tag_end(inner)?;
        let name = inner[..end].split(|c: char| c.is_whitespace() || c == '/').next()?;
        self.rest = &inner[end + 1..];
        Some(Piece::Tag { name, open, empty: inner[..end].ends_with('/') })
    }
}

/// The `>` that ends a tag, which may have others in quoted values.
fn tag_end(tag: &str) -> Option<usize> {
    let bytes = &tag.as_bytes()[..tag.len().min(LONGEST_TAG)];
    let mut at = 0;
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', &bytes[at..])?;
        match bytes[at] {
            b'>' => return Some(at),
            // A value is quoted only behind `=`; elsewhere a mark is a slip of the pen.
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
    fn what_is_no_text_is_left_out() {
        check("a<!-- b --><script>if (a < b) {}</script><style>p {}</style>c", "ac");
        check("<video>a<video>b</video>c</video>d", "d");
        check("<script>never closed", "never closed");
        check("<![CDATA[a & b]]>", "a & b");
        check("<a title='x > y'>z</a>", "z");
    }

    #[test]
    fn broken_lines_leave_no_blank_before_a_comma() {
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
        fn any_text_is_survived(fragment in "\\PC{0,80}|(<|>|</|p|br|script|/>|&|;|#x2|amp|\"|=|'|<!--|-->|<!\\[CDATA\\[| |é){0,40}") {
            let text = text(&fragment);
            proptest::prop_assert_eq!(text.trim_end(), &text);
        }
    }
}
