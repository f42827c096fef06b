//! Main content extraction: the element with most prose and little boilerplate, then its blocks one by one.

use super::blocks::{self, Block};
use super::marked_text;
use super::regions::{self, Region};
use super::select::{PageFacts, Selection};
use super::shingles::Shingles;
use super::tree::{Id, Tag, Tree};

/// The weight of a byte of boilerplate against a byte of prose when the element of the article is chosen.
const BOILERPLATE: f32 = 0.5;

/// The factor by which an element that is named as the text is preferred.
const NAMED: f32 = 1.15;

/// A shorter text in JSON-LD, in bytes, is a summary.
const MIN_STATED: usize = 300;

/// The text in JSON-LD is used if it is longer than the displayed text by this factor.
const MIN_RATIO: f32 = 1.4;

/// The text of the article, one paragraph a line.
pub(super) fn body(
    tree: &Tree,
    blocks: &[Block],
    container: Option<Id>,
    facts: &PageFacts<'_>,
) -> String {
    let stated = facts.body.filter(|body| body.len() > MIN_STATED);
    let displayed = container.map(|container| {
        let selection = Selection::new(tree, facts, blocks, container);
        let lines = selection.lines(stated.map(Shingles::new).as_ref());
        lines.join("\n")
    });
    let displayed = displayed.unwrap_or_default();
    match stated {
        Some(stated) if stated.len() as f32 > MIN_RATIO * displayed.len() as f32 => {
            paragraphs(stated)
        }
        _ => displayed,
    }
}

/// The text in JSON-LD, one paragraph a line.
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
    let mut score = vec![0.0f32; tree.nodes.len()];
    for block in blocks.iter().filter(|block| block.region < Region::Aside) {
        score[block.element] += if block.is_prose() {
            block.text.len() as f32
        } else if is_neutral(tree.tag(block.element), block) {
            0.0
        } else {
            -BOILERPLATE * block.text.len() as f32
        };
    }
    // Nodes precede their descendants: sums are propagated upwards from the last to the first.
    for id in (1..tree.nodes.len()).rev() {
        let sum = score[id];
        score[tree.parent(id)] += sum;
    }
    let value = |id: Id| {
        let named = regions::region(tree, id) == Region::Body || tree.tag(id) == Tag::Article;
        score[id] * if named { NAMED } else { 1.0 }
    };
    let mut best = None;
    let mut max = 0.0;
    for id in (1..tree.nodes.len()).filter(|&id| score[id] > 0.0) {
        let value = if matches!(tree.tag(id), Tag::Text | Tag::P) { 0.0 } else { value(id) };
        if value >= max && value > 0.0 {
            (best, max) = (Some(id), value);
        }
    }
    let marked = marked_text::find(tree, regions::regions(tree), blocks);
    let marked = marked.filter(|&marked| marked_text::outweighs(tree, blocks, marked, best));
    marked.or(best).or_else(|| marked_text::around_headline(tree, regions::regions(tree), blocks))
}

/// Whether a short block is of a kind that occurs in prose.
fn is_neutral(tag: Tag, block: &Block) -> bool {
    tag.is_heading() || tag == Tag::P && block.link_density() < 0.9 || tag == Tag::Blockquote
}
