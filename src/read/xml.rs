//! XML as a tree of elements, parsed leniently: a document that is not well-formed loses as little text as possible.
//! Names are local names. Document types are skipped: no DTD is loaded and no entity of one is expanded.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use super::markup::{self, Display};
use super::paragraphs::Paragraphs;
use super::references::{self, Place};

/// Elements nest at most this deep; the text of deeper ones belongs to the deepest.
const MAX_DEPTH: usize = 200;

/// The maximum number of elements and attributes of a tree, 120 MB. Later elements are dropped and their text is kept.
const MAX_NODES: usize = 1 << 19;

/// After this many syntax errors the rest is dropped.
const MAX_ERRORS: usize = 32;

/// An element with its content.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    /// The local name.
    pub(super) name: String,
    /// `media` of `media:title`; empty without one.
    pub(super) prefix: String,
    /// Local names and decoded values.
    pub(super) attributes: Vec<(String, String)>,
    /// In the order of the document.
    pub(super) children: Vec<Node>,
}

/// A child of an element.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Element(Element),
    /// Text with its references decoded.
    Text(String),
}

/// The tree of `text`: a nameless element around the document's elements. Never fails: of a truncated or broken document
/// the part that can be read is kept.
pub(super) fn parse(text: &str) -> Element {
    let mut tree = Builder { open: vec![Element::default()], ignored: 0, left: MAX_NODES };
    let mut rest = text;
    for _ in 0..MAX_ERRORS {
        let Some(at) = read(rest, &mut tree) else { break };
        // The character that is not valid as markup is text.
        let next =
            rest.get(at..).and_then(|rest| rest.char_indices().nth(1)).map(|(len, _)| at + len);
        let Some(next) = next else { break };
        tree.text(&rest[at..next]);
        rest = &rest[next..];
    }
    tree.finish()
}

/// Reads events into `tree`. Returns the offset of a syntax error.
fn read(text: &str, tree: &mut Builder) -> Option<usize> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => tree.start(&start),
            Ok(Event::Empty(start)) => {
                tree.start(&start);
                tree.end(start.local_name().as_ref());
            }
            Ok(Event::End(end)) => tree.end(end.local_name().as_ref()),
            // A reference without `;` begins a text of its own.
            Ok(Event::Text(text)) if text.starts_with('&') => tree.text(&decoded(&text)),
            Ok(Event::Text(text)) => tree.text(&text),
            Ok(Event::CData(text)) => tree.text(&text),
            Ok(Event::GeneralRef(name)) => match resolve_xml_entity(&name) {
                Some(character) => tree.text(character),
                None => tree.text(&decoded(&format!("&{};", &*name))),
            },
            Ok(Event::Eof) => return None,
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Err(_) => return Some(reader.error_position() as usize),
        }
    }
}

/// `text` with its references decoded, even those without `;`, which SGML may omit.
fn decoded(text: &str) -> Cow<'_, str> {
    references::decode(text, Place::Attribute)
}

/// A tree under construction.
struct Builder {
    /// Open elements, the outermost first.
    open: Vec<Element>,
    /// The number of open elements that are nested too deep, or beyond the limit.
    ignored: usize,
    /// The number of elements and attributes that it may still have.
    left: usize,
}

impl Builder {
    fn start(&mut self, start: &BytesStart<'_>) {
        if self.open.len() > MAX_DEPTH || self.left == 0 {
            self.ignored += 1;
            return;
        }
        let mut attributes = start.html_attributes();
        let attributes: Vec<_> = attributes
            .with_checks(false)
            .flatten()
            .take(self.left)
            .map(|a| (a.key.local_name().as_ref().to_owned(), decoded(&a.value).into_owned()))
            .collect();
        self.left = self.left.saturating_sub(1 + attributes.len());
        let name = start.local_name().as_ref().to_owned();
        let prefix =
            start.name().prefix().map(|prefix| prefix.as_ref().to_owned()).unwrap_or_default();
        self.open.push(Element { name, prefix, attributes, children: Vec::new() });
    }

    /// Closes the innermost open element of that name and all inside it. An end tag without a start tag is ignored.
    fn end(&mut self, name: &str) {
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        if let Some(at) = self.open.iter().skip(1).rposition(|open| open.name == name) {
            self.close(at + 1);
        }
    }

    fn close(&mut self, until: usize) {
        while self.open.len() > until {
            let Some(mut closed) = self.open.pop() else { return };
            if self.left < MAX_NODES / 2 {
                // Room for further children is most of a large tree.
                closed.children.shrink_to_fit();
            }
            if let Some(parent) = self.open.last_mut() {
                parent.children.push(Node::Element(closed));
            }
        }
    }

    fn text(&mut self, text: &str) {
        let Some(parent) = self.open.last_mut() else { return };
        match parent.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => parent.children.push(Node::Text(text.to_owned())),
        }
    }

    fn finish(mut self) -> Element {
        self.close(1);
        self.open.pop().unwrap_or_default()
    }
}

impl Element {
    /// The value of an attribute; `None` if it is blank.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let value = self.attributes.iter().find(|(key, _)| key == name)?.1.trim();
        (!value.is_empty()).then_some(value)
    }

    /// Its child elements.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Its child elements of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The first element at the end of a path of names: `body/body.head/hedline`.
    pub(super) fn at(&self, path: &str) -> Option<&Element> {
        path.split('/').try_fold(self, |element, name| element.elements().find(|e| e.name == name))
    }

    /// The first element of a name at any depth, in document order.
    pub(super) fn find(&self, name: &str) -> Option<&Element> {
        self.descendants().find(|element| element.name == name)
    }

    /// The elements of a name at any depth, in document order.
    pub(super) fn find_all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.descendants().filter(move |element| element.name == name)
    }

    /// The elements of a name at any depth, without those inside another one of that name.
    pub(super) fn outermost<'a>(&'a self, name: &'a str) -> Vec<&'a Element> {
        let mut found = Vec::new();
        for element in self.elements() {
            if element.name == name {
                found.push(element);
            } else {
                found.extend(element.outermost(name));
            }
        }
        found
    }

    /// All elements inside it, in document order.
    pub(super) fn descendants(&self) -> impl Iterator<Item = &Element> {
        let mut stack: Vec<&Element> = self.elements().collect();
        stack.reverse();
        std::iter::from_fn(move || {
            let next = stack.pop()?;
            let from = stack.len();
            stack.extend(next.elements());
            stack[from..].reverse();
            Some(next)
        })
    }

    /// Its text on one line.
    pub(super) fn line(&self) -> String {
        let mut out = Paragraphs::default();
        self.add_line(&mut out);
        out.finish()
    }

    fn add_line(&self, out: &mut Paragraphs) {
        for child in &self.children {
            match child {
                Node::Text(text) => out.push(text),
                Node::Element(element) => {
                    if markup::display(&element.name) != Display::Inline {
                        out.push(" ");
                    }
                    element.add_line(out);
                }
            }
        }
    }

    /// Its text with all white space.
    pub(super) fn raw(&self) -> String {
        let mut out = String::new();
        self.add_raw(&mut out);
        out
    }

    fn add_raw(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => element.add_raw(out),
            }
        }
    }

    /// Adds its text in paragraphs, by the block elements of HTML and NITF, without the elements that `skip` selects.
    pub(super) fn add_paragraphs(&self, out: &mut Paragraphs, skip: &dyn Fn(&Element) -> bool) {
        for child in &self.children {
            match child {
                Node::Text(text) => out.push(text),
                Node::Element(element) if skip(element) => {}
                Node::Element(element) => {
                    let name = element.name.to_ascii_lowercase();
                    let display = markup::display(&name);
                    if display == Display::Hidden {
                        continue;
                    }
                    markup::add_tag(out, display, &name, true);
                    element.add_paragraphs(out, skip);
                    markup::add_tag(out, display, &name, false);
                }
            }
        }
    }

    /// Its text in paragraphs.
    pub(super) fn paragraphs(&self) -> String {
        let mut out = Paragraphs::default();
        self.add_paragraphs(&mut out, &|_| false);
        out.finish()
    }

    /// Its text, whether that is in elements, in escaped markup (`&lt;p&gt;`), or in lines.
    pub(super) fn content(&self) -> String {
        if self.elements().next().is_some() {
            return self.paragraphs();
        }
        markup::text_or_lines(&self.raw())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(xml: &str, expected: &str) {
        assert_eq!(parse(xml).paragraphs(), expected, "{xml}");
    }

    #[test]
    fn text_of_broken_documents_is_kept() {
        check("<a><p>One</p><p>two &amp; three</p></a>", "One\n\ntwo & three");
        check("<a><p>One<p>two</a>", "One\n\ntwo");
        check("<a><p>One</b></p><p>cut o", "One\n\ncut o");
        check("<p>AT&T &nbsp; caf&eacute; &bogus;</p>", "AT&T café &bogus;");
        check("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><p>&x;</p>", "&x;");
    }

    #[test]
    fn elements_are_found() {
        let tree = parse("<x:a><b c='1'/><d><b c='2'>t</b></d></x:a>");
        assert_eq!(tree.at("a/d/b").map(Element::line).as_deref(), Some("t"));
        let values: Vec<_> = tree.find_all("b").filter_map(|b| b.attribute("c")).collect();
        assert_eq!(values, ["1", "2"]);
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "<a>".repeat(100_000) + "text" + &"</a>".repeat(100_000);
        check(&deep, "text");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_parsed(xml in "\\PC{0,80}|(<|>|</|p|a|/>|&|;|#x2|amp|\"|=|'|<!--|-->|<!\\[CDATA\\[|<\\?|<!DOCTYPE|\\[|\\]| |é){0,40}") {
            parse(&xml).paragraphs();
        }
    }
}
