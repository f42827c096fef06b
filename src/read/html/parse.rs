//! From the characters of a page to its tree: html5gum cuts it into tags, and this closes what authors left open.
//!
//! Not the tree of the standard, but one with the same texts in the same elements for all but pathological pages, and
//! in linear time for these too: elements nested deeper than [`DEEPEST`] become siblings, as in browsers.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::tree::{Attribute, Id, Tag, Tree};

/// Nested deeper, elements become siblings: the bound of Blink and `WebKit`.
const DEEPEST: usize = 512;

/// A page has no more elements; those behind are left out and their text is kept. 60 MB of tree.
const MOST: usize = 2_000_000;

/// Longer values are cut, in bytes: addresses with data inside.
const LONGEST_VALUE: usize = 1 << 16;

/// The tree of a page.
pub(super) fn tree(html: &str) -> Tree {
    let mut builder = Builder::new();
    let mut emitter =
        CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
            builder.take(&event);
            None
        });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    builder.finish()
}

struct Builder {
    tree: Tree,
    /// Open elements, the outermost first; the root is always there.
    stack: Vec<(Tag, Id)>,
    /// How many of each kind are open.
    open: [u32; Tag::COUNT],
    /// Open elements beyond [`DEEPEST`].
    beyond: usize,
    /// Attributes that follow belong to an element that is kept.
    tagging: bool,
    /// The last attribute's value is wanted.
    valued: bool,
    /// The start tag that is being read, until it is closed.
    pending: Option<Tag>,
    /// The open element whose characters are no text of the page.
    raw: Option<Raw>,
}

/// Elements whose characters are no text of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Raw {
    /// Of data of the page: kept if it is JSON-LD.
    Script(Id),
    /// Left out.
    Dropped,
}

impl Builder {
    fn new() -> Self {
        Self {
            tree: Tree::new(),
            stack: vec![(Tag::Other, 0)],
            open: [0; Tag::COUNT],
            beyond: 0,
            tagging: false,
            valued: false,
            pending: None,
            raw: None,
        }
    }

    fn take(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.start(Tag::named(name)),
            CallbackEvent::AttributeName { name } => {
                let attribute = Attribute::named(name).filter(|_| self.tagging);
                self.valued = attribute.is_some_and(|kept| self.tree.add_attribute(kept));
            }
            CallbackEvent::AttributeValue { value } if self.valued => {
                let value = &value[..value.len().min(LONGEST_VALUE)];
                self.tree.set_value(&String::from_utf8_lossy(value));
                self.valued = false;
            }
            CallbackEvent::CloseStartTag { self_closing } => self.started(*self_closing),
            CallbackEvent::EndTag { name } => self.end(Tag::named(name)),
            CallbackEvent::String { value } => self.characters(value),
            _ => {}
        }
    }

    /// The innermost open element.
    fn top(&self) -> Id {
        self.stack.last().map_or(0, |(_, id)| *id)
    }

    /// The name of a start tag: closes what it implies, adds the element.
    fn start(&mut self, tag: Tag) {
        self.close_implied(tag);
        self.tagging = self.tree.nodes.len() < MOST;
        self.raw = match tag {
            Tag::Style | Tag::Noscript | Tag::Iframe | Tag::Textarea | Tag::Script => {
                Some(Raw::Dropped)
            }
            _ => None,
        };
        if self.tagging {
            let id = self.tree.add_element(tag, self.top());
            if tag == Tag::Script {
                self.raw = Some(Raw::Script(id));
            }
            self.pending = (!tag.is_void()).then_some(tag);
            if self.pending.is_some() {
                if self.stack.len() < DEEPEST {
                    self.stack.push((tag, id));
                    self.open[tag as usize] += 1;
                } else {
                    self.beyond += 1;
                }
            }
        }
    }

    /// The end of a start tag.
    fn started(&mut self, self_closing: bool) {
        self.tagging = false;
        self.valued = false;
        // Foreign elements and those of other vocabularies end with their start tag.
        if let Some(tag) = self.pending.take()
            && self_closing
            && (matches!(tag, Tag::Svg | Tag::Math)
                || tag == Tag::Other && self.open[Tag::Svg as usize] > 0)
        {
            self.end(tag);
        }
    }

    /// Closes the elements that `tag` cannot stand in.
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

    /// Closes the innermost open element of `tags` and all inside it, unless one of `bounds` lies between.
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

    /// An end tag closes its element unless it would close another cell, or a block from within a line.
    fn end(&mut self, tag: Tag) {
        self.raw = None;
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        if self.open[tag as usize] == 0 || matches!(tag, Tag::Html | Tag::Body) {
            return;
        }
        let part_of_table = matches!(
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
        let line = !tag.is_block() && tag != Tag::Other;
        let at = self.stack.iter().rposition(|&(other, _)| {
            other == tag
                || line && other.is_block()
                || if part_of_table {
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
            Some(Raw::Script(id)) if self.is_data(id) => id,
            Some(_) => return,
        };
        self.tree.add_text(&String::from_utf8_lossy(value), parent);
    }

    /// Is the script no program but data: JSON-LD, or JSON?
    fn is_data(&self, script: Id) -> bool {
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
