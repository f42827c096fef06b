//! The texts of a page, one for each paragraph, heading, cell or line between two breaks, with what tells prose from
//! all else: its length, its links, what the elements around it are for.

use rustc_hash::FxHashMap;

use super::hints::{self, Part};
use super::tree::{Attribute, Id, Tag, Tree, push_words};

/// A piece of text that stands on lines of its own.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Its words, on one line.
    pub(super) text: String,
    /// The innermost block element around it.
    pub(super) element: Id,
    /// How many bytes of it are links.
    pub(super) linked: usize,
    /// The strongest hint of the elements around it, and the element that gives it.
    pub(super) part: Part,
    pub(super) hinted: Id,
}

impl Block {
    /// Share of the text that is links.
    pub(super) fn link_density(&self) -> f32 {
        self.linked as f32 / self.text.len().max(1) as f32
    }

    /// Does it end, or go on, as sentences do?
    pub(super) fn has_sentence(&self) -> bool {
        let text = self.text.trim_end_matches(['"', '”', '“', '»', '’', '\'', ')', ']', ' ', '」']);
        text.ends_with(['.', '!', '?', '…', ':', '。', '？', '！', '।', '؟', '۔'])
            || [". ", "? ", "! ", "。"].iter().any(|mark| text.contains(mark))
    }

    /// Prose: long enough, with sentences, and more than links.
    pub(super) fn is_prose(&self) -> bool {
        self.text.len() >= 80
            && self.link_density() < 0.4
            && (self.has_sentence() || self.text.len() >= 200)
    }
}

/// Elements of one class that hold more of the page's prose than this are no part of the surroundings, whatever their
/// name.
const MOST_PROSE: f32 = 0.4;

/// More openings of one class are those of other articles.
const MOST_LEADS: usize = 2;

/// An element without blocks inside has no more nodes.
const SHORT: usize = 40;

/// All texts of the page in order, those that are never shown left out.
pub(super) fn all(tree: &Tree) -> Vec<Block> {
    let own = hints::parts(tree);
    let mut blocks = cut(tree, own);
    let parts = parts(tree, own, &blocks);
    for block in &mut blocks {
        (block.part, block.hinted) = parts[block.element];
    }
    blocks
}

/// Cuts the page into blocks.
fn cut(tree: &Tree, own: &[Part]) -> Vec<Block> {
    let mut walk = Walk { tree, blocks: Vec::new(), line: String::new(), linked: 0, element: 0 };
    let mut ends: Vec<(Id, Id)> = Vec::new();
    let mut link_end = 0;
    let mut id = 1;
    while id < tree.nodes.len() {
        while let Some(&(end, outer)) = ends.last()
            && id >= end
        {
            ends.pop();
            walk.flush();
            walk.element = outer;
        }
        let end = tree.nodes[id].end as usize;
        let tag = tree.tag(id);
        if own[id] == Part::Hidden || is_remark(tree, own, id) {
            id = end;
            continue;
        }
        match tag {
            Tag::Text => walk.text(id, id < link_end),
            Tag::Br => walk.line_break(id),
            Tag::A if tree.attribute(id, Attribute::Href).is_some() => link_end = link_end.max(end),
            tag if tag.is_block() => {
                walk.flush();
                ends.push((end, walk.element));
                walk.element = id;
            }
            _ => {}
        }
        id += 1;
    }
    walk.flush();
    walk.blocks
}

/// Words inside a paragraph that are no part of it: a credit, a button for sharing.
fn is_remark(tree: &Tree, own: &[Part], id: Id) -> bool {
    matches!(own[id], Part::Aside | Part::Caption | Part::Comments)
        && !tree.tag(id).is_block()
        && tree.inside(id).len() <= SHORT
        && !tree.inside(id).any(|inner| tree.tag(inner).is_block())
}

/// For each node the strongest hint of it and of what is around it, and who gives it.
fn parts(tree: &Tree, own: &[Part], blocks: &[Block]) -> Vec<(Part, Id)> {
    let titled = titled(tree);
    let prose = prose(tree, own, blocks);
    let most = MOST_PROSE * prose[0];
    let mut of_class: FxHashMap<(&str, &str), f32> = FxHashMap::default();
    let class = |id| {
        let value = |attribute| tree.attribute(id, attribute).unwrap_or_default();
        (value(Attribute::Class), value(Attribute::Part))
    };
    for id in (1..tree.nodes.len()).filter(|&id| prose[id] > 0.0 && tree.tag(id) != Tag::Text) {
        *of_class.entry(class(id)).or_default() += prose[id];
    }
    let mut leads: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    for id in (1..tree.nodes.len()).filter(|&id| own[id] == Part::Lead) {
        *leads.entry(class(id)).or_default() += 1;
    }
    let mut parts: Vec<(Part, Id)> = Vec::with_capacity(tree.nodes.len());
    parts.push((Part::Plain, 0));
    for id in 1..tree.nodes.len() {
        let around = parts[tree.parent(id)];
        let is_main = match own[id] {
            Part::Aside | Part::Caption | Part::Lead => {
                titled[id]
                    || prose[id] > most
                    || prose[id] > 0.0
                        && class(id) != ("", "")
                        && of_class.get(&class(id)).is_some_and(|sum| *sum > most)
            }
            Part::Comments => titled[id],
            _ => false,
        };
        let own = match own[id] {
            _ if is_main => Part::Plain,
            Part::Lead if leads.get(&class(id)).is_some_and(|count| *count > MOST_LEADS) => {
                Part::Aside
            }
            own => own,
        };
        parts.push(if own > around.0 { (own, id) } else { around });
    }
    parts
}

/// How many bytes of prose each element holds, comments left out.
fn prose(tree: &Tree, own: &[Part], blocks: &[Block]) -> Vec<f32> {
    let mut prose = vec![0.0; tree.nodes.len()];
    for block in blocks.iter().filter(|block| block.is_prose()) {
        prose[block.element] += block.text.len() as f32;
    }
    for id in (1..tree.nodes.len()).rev() {
        if own[id] != Part::Comments {
            let sum = prose[id];
            prose[tree.parent(id)] += sum;
        }
    }
    prose
}

/// Which elements hold the first `h1`, `main` or what is marked as the text?
fn titled(tree: &Tree) -> Vec<bool> {
    let mut titled = vec![false; tree.nodes.len()];
    let marked = |id: &Id| tree.attribute(*id, Attribute::Itemprop) == Some("articleBody");
    let heading = tree.elements(Tag::H1).next();
    let text = (1..tree.nodes.len()).find(marked);
    for id in heading.into_iter().chain(tree.elements(Tag::Main).next()).chain(text) {
        for around in tree.around(tree.parent(id)) {
            titled[around] = true;
        }
    }
    titled
}

struct Walk<'a> {
    tree: &'a Tree,
    blocks: Vec<Block>,
    line: String,
    linked: usize,
    element: Id,
}

impl Walk<'_> {
    fn text(&mut self, id: Id, link: bool) {
        let before = self.line.len();
        push_words(&mut self.line, self.tree.text(id));
        if link {
            self.linked += self.line.len() - before;
        }
    }

    /// Two breaks part paragraphs; one is a blank.
    fn line_break(&mut self, id: Id) {
        let next = (id + 1..self.tree.nodes.len()).find(|&next| {
            self.tree.tag(next) != Tag::Text || !self.tree.text(next).trim().is_empty()
        });
        if next.is_some_and(|next| self.tree.tag(next) == Tag::Br) {
            self.flush();
        } else {
            push_words(&mut self.line, " ");
        }
    }

    fn flush(&mut self) {
        let text = self.line.trim_end();
        if !text.is_empty() {
            let linked = self.linked.min(text.len());
            self.blocks.push(Block {
                text: text.to_owned(),
                element: self.element,
                linked,
                part: Part::Plain,
                hinted: 0,
            });
        }
        self.line.clear();
        self.linked = 0;
    }
}
