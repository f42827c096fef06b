//! Parses a page into a tree: html5gum tokenizes it, and a simplified tree construction closes unclosed elements.
//!
//! The tree has the same texts in the same elements as that of the HTML standard for all but pathological pages, which
//! also take linear time: elements nested deeper than [`MAX_DEPTH`] become siblings, as in browsers.

use std::cell::Cell;
use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::bounded_tags::BoundedTags;
use super::tree::{Attribute, Id, Tag, Tree};

/// The maximum depth of nesting, that of Blink and `WebKit`.
const MAX_DEPTH: usize = 512;

/// The maximum number of nodes, 15 MB of tree. Later elements are dropped and their text is kept.
const MAX_NODES: usize = 500_000;

/// Longer attribute values, such as `data:` URLs, are truncated, in bytes.
const MAX_VALUE: usize = 1 << 16;

/// The tree of a page.
pub(super) fn tree(html: &str) -> Tree {
    let mut builder = Builder::new();
    let mut rest = html;
    loop {
        let (attributes, read) = (Cell::new(0), Cell::new(0));
        let mut emitter =
            CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
                match event {
                    CallbackEvent::OpenStartTag { .. } => attributes.set(0),
                    CallbackEvent::AttributeName { .. } => attributes.set(attributes.get() + 1),
                    _ => {}
                }
                builder.take(&event);
                None
            });
        emitter.naively_switch_states(true);
        let reader = BoundedTags::new(rest, &attributes, &read);
        if Tokenizer::new_with_emitter(reader, emitter).finish().is_ok() {
            return builder.finish();
        }
        // What is left of the tag is dropped.
        let after = rest.get(read.get()..).unwrap_or_default();
        rest = after.split_once('>').map_or("", |(_, after)| after);
        builder.end_of_start_tag(false);
    }
}

struct Builder {
    tree: Tree,
    /// Open elements, the outermost first; the first is the root.
    stack: Vec<(Tag, Id)>,
    /// The number of open elements of each kind.
    open: [u32; Tag::COUNT],
    /// The number of open elements deeper than [`MAX_DEPTH`].
    beyond: usize,
    /// Whether the attributes that follow belong to an element that is kept.
    keeps_attributes: bool,
    /// Whether the value of the last attribute is kept.
    keeps_value: bool,
    /// The start tag that is being read, until it is closed.
    pending: Option<Tag>,
    /// The open element whose characters are not text of the page.
    raw: Option<Raw>,
}

/// An element whose characters are not text of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Raw {
    /// A script: kept if it is JSON.
    Script(Id),
    /// Dropped.
    Dropped,
}

impl Builder {
    fn new() -> Self {
        Self {
            tree: Tree::new(),
            stack: vec![(Tag::Other, 0)],
            open: [0; Tag::COUNT],
            beyond: 0,
            keeps_attributes: false,
            keeps_value: false,
            pending: None,
            raw: None,
        }
    }

    fn take(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.start(Tag::named(name)),
            CallbackEvent::AttributeName { name } => {
                let attribute = Attribute::named(name).filter(|_| self.keeps_attributes);
                self.keeps_value = attribute.is_some_and(|kept| self.tree.add_attribute(kept));
            }
            CallbackEvent::AttributeValue { value } if self.keeps_value => {
                let value = &value[..value.len().min(MAX_VALUE)];
                self.tree.set_value(&String::from_utf8_lossy(value));
                self.keeps_value = false;
            }
            CallbackEvent::CloseStartTag { self_closing } => self.end_of_start_tag(*self_closing),
            CallbackEvent::EndTag { name } => self.end(Tag::named(name)),
            CallbackEvent::String { value } => self.characters(value),
            _ => {}
        }
    }

    /// The innermost open element.
    fn top(&self) -> Id {
        self.stack.last().map_or(0, |(_, id)| *id)
    }

    /// The name of a start tag: closes the elements that it implicitly ends, and adds the element.
    fn start(&mut self, tag: Tag) {
        self.close_implied(tag);
        self.keeps_attributes = self.tree.nodes.len() < MAX_NODES;
        self.raw = match tag {
            Tag::Style | Tag::Noscript | Tag::Iframe | Tag::Textarea | Tag::Script => {
                Some(Raw::Dropped)
            }
            _ => None,
        };
        if self.keeps_attributes {
            let id = self.tree.add_element(tag, self.top());
            if tag == Tag::Script {
                self.raw = Some(Raw::Script(id));
            }
            self.pending = (!tag.is_void()).then_some(tag);
            if self.pending.is_some() {
                if self.stack.len() < MAX_DEPTH {
                    self.stack.push((tag, id));
                    self.open[tag as usize] += 1;
                } else {
                    self.beyond += 1;
                }
            }
        }
    }

    /// The end of a start tag.
    fn end_of_start_tag(&mut self, self_closing: bool) {
        self.keeps_attributes = false;
        self.keeps_value = false;
        // Only foreign elements can be self-closing.
        if let Some(tag) = self.pending.take()
            && self_closing
            && (matches!(tag, Tag::Svg | Tag::Math)
                || tag == Tag::Other && self.open[Tag::Svg as usize] > 0)
        {
            self.end(tag);
        }
    }

    /// Closes the elements that the start tag `tag` implicitly ends.
    fn close_implied(&mut self, tag: Tag) {
        use Tag::{
            A, Body, Button, Caption, Dd, Dl, Dt, Head, Li, Menu, Ol, Option, P, Select, Table,
            Tbody, Td, Tfoot, Th, Thead, Tr, Ul,
        };
        match tag {
            Li => self.close(&[Li], &[Ul, Ol, Menu, Table]),
            Dt | Dd => self.close(&[Dt, Dd], &[Dl, Table]),
            Option => self.close(&[Option], &[Select]),
            Tr => self.close(&[Tr], &[Table]),
            Td | Th => self.close(&[Td, Th], &[Tr, Table]),
            Tbody | Thead | Tfoot => self.close(&[Tbody, Thead, Tfoot], &[Table]),
            A => self.close(&[A], &[Td, Th, Caption, Table]),
            Body => self.close(&[Head], &[]),
            _ => {}
        }
        if tag.is_block() && !matches!(tag, Head | Body | Tag::Html) {
            self.close(&[P], &[Button, Table, Td, Th, Caption, Tag::Object]);
            self.close(&[Head], &[]);
        }
        if tag.is_heading() && self.stack.last().is_some_and(|(top, _)| top.is_heading()) {
            self.pop();
        }
    }

    /// Closes the innermost open element of `tags` and all inside it, unless one of `bounds` is between.
    fn close(&mut self, tags: &[Tag], bounds: &[Tag]) {
        if tags.iter().all(|&tag| self.open[tag as usize] == 0) {
            return;
        }
        let innermost =
            self.stack.iter().rposition(|(tag, _)| tags.contains(tag) || bounds.contains(tag));
        if let Some(at) = innermost
            && tags.contains(&self.stack[at].0)
        {
            self.close_from(at);
        }
    }

    /// An end tag: closes its element, unless it would close a table cell, or a block from an inline element.
    fn end(&mut self, tag: Tag) {
        self.raw = None;
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        if self.open[tag as usize] == 0 || matches!(tag, Tag::Html | Tag::Body) {
            return;
        }
        let is_table_part = matches!(
            tag,
            Tag::Table
                | Tag::Tbody
                | Tag::Thead
                | Tag::Tfoot
                | Tag::Tr
                | Tag::Td
                | Tag::Th
                | Tag::Caption
        );
        let is_inline = !tag.is_block() && tag != Tag::Other;
        let at = self.stack.iter().rposition(|&(other, _)| {
            other == tag
                || is_inline && other.is_block()
                || if is_table_part {
                    other == Tag::Table
                } else {
                    matches!(other, Tag::Td | Tag::Th)
                }
        });
        if let Some(at) = at
            && self.stack[at].0 == tag
        {
            self.close_from(at);
        }
    }

    fn close_from(&mut self, at: usize) {
        self.beyond = 0;
        while self.stack.len() > at.max(1) {
            self.pop();
        }
    }

    fn pop(&mut self) {
        if let Some((tag, id)) = self.stack.pop() {
            self.open[tag as usize] = self.open[tag as usize].saturating_sub(1);
            self.tree.nodes[id].end = self.tree.nodes.len() as u32;
        }
    }

    fn characters(&mut self, value: &[u8]) {
        let parent = match self.raw {
            None => self.top(),
            Some(Raw::Script(id)) if self.is_json(id) => id,
            Some(_) => return,
        };
        self.tree.add_text(&String::from_utf8_lossy(value), parent);
    }

    /// Whether a script is JSON or JSON-LD.
    fn is_json(&self, script: Id) -> bool {
        let kind = self.tree.attribute(script, Attribute::Type);
        kind.is_some_and(|kind| kind.to_ascii_lowercase().contains("json"))
    }

    fn finish(mut self) -> Tree {
        while !self.stack.is_empty() {
            self.pop();
        }
        self.tree
    }
}
