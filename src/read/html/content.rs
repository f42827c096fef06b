//! Which of a page's texts are the article: the element that holds most prose and little else, then its blocks one by
//! one.

use super::blocks::{self, Block};
use super::hints::{self, Part};
use super::oracle::Oracle;
use super::select::Selection;
use super::tree::{Id, Tag, Tree};

/// Bytes of links and scraps weigh so much against bytes of prose when the element of the article is chosen.
const SCRAP: f32 = 0.5;

/// An element whose name says that it holds the text is preferred by so much.
const NAMED: f32 = 1.15;

/// A text in JSON-LD is no summary if it is longer, in bytes.
const MIN_STATED: usize = 300;

/// It is preferred if it is so much longer than what the page shows.
const MORE: f32 = 1.4;

/// What the page's metadata say, which tells the text from what is around it.
#[derive(Debug, Default)]
pub(super) struct Known<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) description: Option<&'a str>,
    /// The text itself, as JSON-LD gives it.
    pub(super) body: Option<&'a str>,
}

/// The text of the article, a paragraph a line.
pub(super) fn body(
    tree: &Tree,
    blocks: &[Block],
    container: Option<Id>,
    known: &Known<'_>,
) -> String {
    let stated = known.body.filter(|body| body.len() > MIN_STATED);
    let shown = container.map(|container| {
        let selection = Selection::new(tree, known, blocks, container);
        let lines = selection.lines(stated.map(Oracle::new).as_ref());
        lines.join("\n")
    });
    let shown = shown.unwrap_or_default();
    match stated {
        Some(stated) if stated.len() as f32 > MORE * shown.len() as f32 => paragraphs(stated),
        _ => shown,
    }
}

/// The text of JSON-LD, a paragraph a line.
fn paragraphs(stated: &str) -> String {
    let lines: Vec<String> = if stated.contains("</p>") || stated.contains("<br") {
        let page = super::parse::tree(stated);
        blocks::all(&page).into_iter().map(|block| block.text).collect()
    } else {
        stated.lines().map(super::text::decoded).filter(|line| !line.is_empty()).collect()
    };
    lines.join("\n")
}

/// The element that holds the article.
pub(super) fn container(tree: &Tree, blocks: &[Block]) -> Option<Id> {
    let mut gain = vec![0.0f32; tree.nodes.len()];
    for block in blocks.iter().filter(|block| block.part < Part::Aside) {
        gain[block.element] += if block.is_prose() {
            block.text.len() as f32
        } else if is_neutral(tree.tag(block.element), block) {
            0.0
        } else {
            -SCRAP * block.text.len() as f32
        };
    }
    // Elements stand before what they hold: sums are handed up from the last to the first.
    for id in (1..tree.nodes.len()).rev() {
        let sum = gain[id];
        gain[tree.parent(id)] += sum;
    }
    let value = |id: Id| {
        let named = hints::part(tree, id) == Part::Body || tree.tag(id) == Tag::Article;
        gain[id] * if named { NAMED } else { 1.0 }
    };
    let mut best = None;
    let mut most = 0.0;
    for id in (1..tree.nodes.len()).filter(|&id| gain[id] > 0.0) {
        let value = if matches!(tree.tag(id), Tag::Text | Tag::P) { 0.0 } else { value(id) };
        if value >= most && value > 0.0 {
            (best, most) = (Some(id), value);
        }
    }
    best
}

/// Short, but of the kinds that texts are made of.
fn is_neutral(tag: Tag, block: &Block) -> bool {
    tag.is_heading() || tag == Tag::P && block.link_density() < 0.9 || tag == Tag::Blockquote
}
