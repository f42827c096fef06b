//! A page as a tree in one vector of nodes in document order: the content of an element is a range of indices, and no
//! traversal needs recursion. Only the attributes in [`super::tags`] are kept.

use std::cell::OnceCell;
use std::ops::Range;

pub(super) use super::tags::{Attribute, Tag};

/// More attributes of one element are dropped.
const MAX_ATTRIBUTES: u32 = 32;

/// A node's index in [`Tree::nodes`].
pub(super) type Id = usize;

/// The purpose of an element, as far as its markup says so. The later outweighs the earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Region {
    /// Unknown.
    Unknown,
    /// The main content.
    Body,
    /// The standfirst or lead, often outside the main content.
    Lead,
    /// Boilerplate about the article or around it.
    Aside,
    /// Other articles, and what belongs to none: lists of related ones, sidebars, cookie notices.
    Others,
    /// A caption.
    Caption,
    /// Comments of readers.
    Comments,
    /// Not displayed, or never text.
    Hidden,
}

/// An element or a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) tag: Tag,
    /// The parent element; the root is its own parent.
    pub(super) parent: u32,
    /// The index after its last descendant.
    pub(super) end: u32,
    /// The range of its characters in [`Tree::text`], if it is a text.
    text: (u32, u32),
    /// The range of its attributes in [`Tree::attributes`].
    attributes: (u32, u32),
}

/// A page. Node 0 is the root.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    text: String,
    /// Attributes, and the ranges of their values in `text`.
    attributes: Vec<(Attribute, u32, u32)>,
    /// The region of each element, computed on demand by [`super::regions`].
    pub(super) regions: OnceCell<Vec<Region>>,
}

impl Tree {
    pub(super) fn new() -> Self {
        let root = Node { tag: Tag::Other, parent: 0, end: 1, text: (0, 0), attributes: (0, 0) };
        Self {
            nodes: vec![root],
            text: String::new(),
            attributes: Vec::new(),
            regions: OnceCell::new(),
        }
    }

    /// Adds an element at the end of the page, inside `parent`.
    pub(super) fn add_element(&mut self, tag: Tag, parent: Id) -> Id {
        let at = self.attributes.len() as u32;
        self.add(Node { tag, parent: parent as u32, end: 0, text: (0, 0), attributes: (at, at) })
    }

    /// Adds characters at the end of the page, inside `parent`.
    pub(super) fn add_text(&mut self, text: &str, parent: Id) {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        if let Some(last) = self.nodes.last_mut()
            && last.tag == Tag::Text
            && last.parent == parent as u32
            && last.text.1 == start
        {
            last.text.1 = self.text.len() as u32;
            return;
        }
        let text = (start, self.text.len() as u32);
        self.add(Node { tag: Tag::Text, parent: parent as u32, end: 0, text, attributes: (0, 0) });
    }

    fn add(&mut self, node: Node) -> Id {
        let id = self.nodes.len();
        self.nodes.push(Node { end: id as u32 + 1, ..node });
        id
    }

    /// Adds an attribute to the element added last. Returns false if it has too many.
    pub(super) fn add_attribute(&mut self, attribute: Attribute) -> bool {
        let at = self.text.len() as u32;
        match self.nodes.last_mut() {
            Some(node) if node.attributes.1 - node.attributes.0 < MAX_ATTRIBUTES => {
                self.attributes.push((attribute, at, at));
                node.attributes.1 = self.attributes.len() as u32;
                true
            }
            _ => false,
        }
    }

    /// Sets the value of the attribute added last.
    pub(super) fn set_value(&mut self, value: &str) {
        let start = self.text.len() as u32;
        self.text.push_str(value);
        if let Some((_, from, to)) = self.attributes.last_mut() {
            (*from, *to) = (start, self.text.len() as u32);
        }
    }

    pub(super) fn tag(&self, id: Id) -> Tag {
        self.nodes[id].tag
    }

    pub(super) fn parent(&self, id: Id) -> Id {
        self.nodes[id].parent as usize
    }

    /// The descendants of `id`.
    pub(super) fn inside(&self, id: Id) -> Range<Id> {
        id + 1..self.nodes[id].end as usize
    }

    /// `id` and its ancestors, innermost first, without the root.
    pub(super) fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let mut next = id;
        std::iter::from_fn(move || {
            let id = next;
            next = self.parent(id);
            (id != 0).then_some(id)
        })
    }

    /// The characters of a text node; empty for an element.
    pub(super) fn text(&self, id: Id) -> &str {
        let (start, end) = self.nodes[id].text;
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, id: Id, attribute: Attribute) -> Option<&str> {
        let (start, end) = self.nodes[id].attributes;
        let list = self.attributes.get(start as usize..end as usize)?;
        let (_, from, to) = list.iter().find(|(name, ..)| *name == attribute)?;
        self.text.get(*from as usize..*to as usize)
    }

    /// All elements of a kind, in document order.
    pub(super) fn elements(&self, tag: Tag) -> impl Iterator<Item = Id> + '_ {
        self.nodes.iter().enumerate().filter(move |(_, node)| node.tag == tag).map(|(id, _)| id)
    }

    /// The text in `id` on one line: white space collapsed, scripts, styles and templates dropped.
    pub(super) fn words(&self, id: Id) -> String {
        self.line(id, Tag::is_block)
    }

    /// [`Tree::words`], with a space wherever one element ends and another begins.
    pub(super) fn spaced_words(&self, id: Id) -> String {
        self.line(id, |_| true)
    }

    fn line(&self, id: Id, parts: impl Fn(Tag) -> bool) -> String {
        let mut out = String::new();
        let mut next = id;
        while next < self.nodes[id].end as usize {
            match self.tag(next) {
                Tag::Script | Tag::Style | Tag::Svg | Tag::Template if next != id => {
                    next = self.nodes[next].end as usize;
                    continue;
                }
                Tag::Text => push_words(&mut out, self.text(next)),
                Tag::Br | Tag::Img => push_words(&mut out, " "),
                tag if parts(tag) => push_words(&mut out, " "),
                _ => {}
            }
            next += 1;
        }
        out.truncate(out.trim_end().len());
        out
    }
}

/// Adds `text` to a line with white space collapsed. Soft hyphens and zero-width characters are dropped.
pub(super) fn push_words(line: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_whitespace() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}') {
            line.push(c);
        }
    }
}
