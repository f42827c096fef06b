//! The text blocks of a page (paragraphs, headings, cells, text between two line breaks) with the features that
//! distinguish main content from boilerplate: length, link density, the region of the elements around them.

use rustc_hash::FxHashMap;

use super::marked_text;
use super::regions::{self, Region};
use super::tree::{Attribute, Id, Tag, Tree, push_words};

/// A text that is laid out as a block.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Its text on one line.
    pub(super) text: String,
    /// Where single line breaks of the page are in the text.
    breaks: Vec<usize>,
    /// The innermost block element around it.
    pub(super) element: Id,
    /// The number of its bytes in links.
    pub(super) linked: usize,
    /// The strongest region of the elements around it, and the element of that region.
    pub(super) region: Region,
    pub(super) region_element: Id,
}

impl Block {
    /// The share of the text that is in links, 0 to 1.
    pub(super) fn link_density(&self) -> f32 {
        self.linked as f32 / self.text.len().max(1) as f32
    }

    /// Its text from one line break to the next.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.breaks.iter().copied());
        let ends = self.breaks.iter().copied().chain([self.text.len()]);
        let lines = starts.zip(ends).filter_map(|(start, end)| self.text.get(start..end));
        lines.map(str::trim).filter(|line| !line.is_empty())
    }

    /// Whether it contains the end of a sentence.
    pub(super) fn has_sentence(&self) -> bool {
        let text = self.text.trim_end_matches(['"', '”', '“', '»', '’', '\'', ')', ']', ' ', '」']);
        text.ends_with(['.', '!', '?', '…', ':', '。', '？', '！', '।', '؟', '۔'])
            || [". ", "? ", "! ", "。"].iter().any(|mark| text.contains(mark))
    }

    /// Whether it is a sentence, however short, that is not in links.
    pub(super) fn is_sentence(&self) -> bool {
        self.has_sentence() && self.link_density() < 0.4 && self.text.contains(' ')
    }

    /// Whether it is prose: long, in sentences, and mostly not in links.
    pub(super) fn is_prose(&self) -> bool {
        self.text.len() >= 80
            && self.link_density() < 0.4
            && (self.has_sentence() || self.text.len() >= 200)
    }
}

/// Elements of one class that hold more than this share of the page's prose are no boilerplate, whatever their name.
const MAX_BOILERPLATE: f32 = 0.4;

/// More leads of one class are those of other articles.
const MAX_LEADS: usize = 2;

/// The maximum number of nodes in an inline element that is dropped from its paragraph.
const MAX_REMARK: usize = 40;

/// The displayed blocks of the page, in document order.
pub(super) fn all(tree: &Tree) -> Vec<Block> {
    let own = regions::regions(tree);
    let mut blocks = segment(tree, own);
    let marked = marked_text::find(tree, own, &blocks);
    let inherited = inherited_regions(tree, own, &blocks, marked);
    for block in &mut blocks {
        (block.region, block.region_element) = inherited[block.element];
    }
    blocks
}

/// Segments the page into blocks, still without regions.
fn segment(tree: &Tree, own: &[Region]) -> Vec<Block> {
    let mut walk = Walk::new(tree);
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
        if own[id] == Region::Hidden || is_remark(tree, own, id) {
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

/// Whether an inline element is not part of its paragraph: a credit, a share button.
fn is_remark(tree: &Tree, own: &[Region], id: Id) -> bool {
    matches!(own[id], Region::Aside | Region::Others | Region::Caption | Region::Comments)
        && !tree.tag(id).is_block()
        && tree.inside(id).len() <= MAX_REMARK
        && !tree.inside(id).any(|inner| tree.tag(inner).is_block())
}

/// For each node, the strongest region of it and its ancestors, and the element of that region.
fn inherited_regions(
    tree: &Tree,
    own: &[Region],
    blocks: &[Block],
    marked: Option<Id>,
) -> Vec<(Region, Id)> {
    let holds_title = holds_title(tree, marked);
    // Where the page marks the text, long boilerplate elsewhere stays what its name says.
    let around_headline = marked_text::around_headline(tree, own, blocks);
    let is_plain = |id: Id| {
        own[id] != Region::Others
            && !is_boilerplate_element(tree.tag(id))
            && tree.attribute(id, Attribute::Role).is_none()
    };
    let may_be_main = |id: Id| match (marked, around_headline) {
        (Some(marked), _) => tree.inside(marked).contains(&id),
        (None, Some(_)) => is_plain(id),
        (None, None) => true,
    };
    let prose = prose(tree, own, blocks);
    let max = MAX_BOILERPLATE * prose[0];
    let mut prose_of_class: FxHashMap<(&str, &str), f32> = FxHashMap::default();
    let class = |id| {
        let value = |attribute| tree.attribute(id, attribute).unwrap_or_default();
        (value(Attribute::Class), value(Attribute::TestId))
    };
    for id in (1..tree.nodes.len()).filter(|&id| prose[id] > 0.0 && tree.tag(id) != Tag::Text) {
        *prose_of_class.entry(class(id)).or_default() += prose[id];
    }
    let mut leads: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    for id in (1..tree.nodes.len()).filter(|&id| own[id] == Region::Lead) {
        *leads.entry(class(id)).or_default() += 1;
    }
    let mut inherited: Vec<(Region, Id)> = Vec::with_capacity(tree.nodes.len());
    inherited.push((Region::Unknown, 0));
    for id in 1..tree.nodes.len() {
        let around = inherited[tree.parent(id)];
        let is_main = match own[id] {
            Region::Aside | Region::Others | Region::Caption | Region::Lead => {
                holds_title[id]
                    || may_be_main(id) && prose[id] > max
                    || may_be_main(id)
                        && prose[id] > 0.0
                        && class(id) != ("", "")
                        && prose_of_class.get(&class(id)).is_some_and(|sum| *sum > max)
            }
            Region::Comments => holds_title[id],
            _ => false,
        };
        let own = match own[id] {
            _ if is_main => Region::Unknown,
            Region::Lead if leads.get(&class(id)).is_some_and(|count| *count > MAX_LEADS) => {
                Region::Aside
            }
            own => own,
        };
        inherited.push(if own > around.0 { (own, id) } else { around });
    }
    inherited
}

/// Whether elements of that name are never the text of an article that stands elsewhere.
fn is_boilerplate_element(tag: Tag) -> bool {
    matches!(tag, Tag::Aside | Tag::Footer | Tag::Nav | Tag::Header | Tag::Form | Tag::Dialog)
}

/// The number of bytes of prose in each element, without comments.
fn prose(tree: &Tree, own: &[Region], blocks: &[Block]) -> Vec<f32> {
    let mut prose = vec![0.0; tree.nodes.len()];
    for block in blocks.iter().filter(|block| block.is_prose()) {
        prose[block.element] += block.text.len() as f32;
    }
    for id in (1..tree.nodes.len()).rev() {
        if own[id] != Region::Comments {
            let sum = prose[id];
            prose[tree.parent(id)] += sum;
        }
    }
    prose
}

/// For each element, whether it contains the first `h1`, the `main` element, or the element marked as the text.
fn holds_title(tree: &Tree, marked_text: Option<Id>) -> Vec<bool> {
    let mut holds_title = vec![false; tree.nodes.len()];
    let marked = |id: &Id| tree.attribute(*id, Attribute::Itemprop) == Some("articleBody");
    let heading = tree.elements(Tag::H1).next();
    let text = (1..tree.nodes.len()).find(marked);
    let main = tree.elements(Tag::Main).next();
    for id in heading.into_iter().chain(main).chain(text).chain(marked_text) {
        for around in tree.ancestors(tree.parent(id)) {
            holds_title[around] = true;
        }
    }
    holds_title
}

struct Walk<'a> {
    tree: &'a Tree,
    blocks: Vec<Block>,
    line: String,
    breaks: Vec<usize>,
    linked: usize,
    element: Id,
}

impl<'a> Walk<'a> {
    fn new(tree: &'a Tree) -> Self {
        let (blocks, line, breaks) = (Vec::new(), String::new(), Vec::new());
        Self { tree, blocks, line, breaks, linked: 0, element: 0 }
    }

    fn text(&mut self, id: Id, link: bool) {
        let before = self.line.len();
        push_words(&mut self.line, self.tree.text(id));
        if link {
            self.linked += self.line.len() - before;
        }
    }

    /// Two line breaks separate blocks; one is a space.
    fn line_break(&mut self, id: Id) {
        let next = (id + 1..self.tree.nodes.len()).find(|&next| {
            self.tree.tag(next) != Tag::Text || !self.tree.text(next).trim().is_empty()
        });
        if next.is_some_and(|next| self.tree.tag(next) == Tag::Br) {
            self.flush();
        } else {
            push_words(&mut self.line, " ");
            self.breaks.push(self.line.len());
        }
    }

    fn flush(&mut self) {
        let text = self.line.trim_end();
        if !text.is_empty() {
            let linked = self.linked.min(text.len());
            self.blocks.push(Block {
                text: text.to_owned(),
                breaks: std::mem::take(&mut self.breaks),
                element: self.element,
                linked,
                region: Region::Unknown,
                region_element: 0,
            });
        }
        self.line.clear();
        self.breaks.clear();
        self.linked = 0;
    }
}
