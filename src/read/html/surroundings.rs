//! What stands near the headline and what belongs to other articles: where displayed dates and credits are looked for.

use std::ops::Range;

use super::blocks::Block;
use super::regions::{self, Region};
use super::text::{is_similar, normalized};
use super::tree::{Id, Tag, Tree};

/// What is near the headline, in blocks above and below it.
const ABOVE: usize = 7;
const BELOW: usize = 14;

/// What is near the end of the text, in blocks of the text and behind it.
const LAST: usize = 4;
const BEHIND: usize = 10;

/// The maximum length of a headline, in bytes.
const MAX_HEADLINE: usize = 600;

/// The maximum number of nodes of a card that presents another article.
const MAX_CARD: usize = 150;

/// The place of the article on its page.
pub(super) struct Surroundings<'a> {
    tree: &'a Tree,
    title: String,
    /// The block of the headline.
    pub(super) headline: Option<usize>,
    /// The blocks near the headline, or near the beginning of the text where none is shown, and their nodes.
    pub(super) near: Range<usize>,
    pub(super) near_nodes: Range<Id>,
    /// The last blocks of the text and those behind it.
    pub(super) end: Range<usize>,
    /// The first block behind the last sentence of the text.
    pub(super) behind: usize,
}

impl<'a> Surroundings<'a> {
    /// The place of the article with this title and text.
    pub(super) fn new(
        tree: &'a Tree,
        blocks: &[Block],
        title: Option<&str>,
        container: Option<Id>,
    ) -> Self {
        let headline = title
            .and_then(|title| titled_block(tree, blocks, title))
            .or_else(|| blocks.iter().position(|block| tree.tag(block.element) == Tag::H1));
        let inside = |block: &Block| {
            container
                .is_some_and(|id| block.element == id || tree.inside(id).contains(&block.element))
        };
        let is_text =
            |block: &Block| inside(block) && block.region < Region::Aside && block.has_sentence();
        let behind = blocks.iter().rposition(is_text);
        let behind = behind.map_or(blocks.len(), |last| last + 1);
        // Where the headline is not shown, the text is what dates and credits stand near.
        let anchor = headline.or_else(|| blocks.iter().position(is_text));
        let near = anchor.map_or(0..0, |at| at.saturating_sub(ABOVE)..blocks.len().min(at + BELOW));
        let near_nodes = match (blocks.get(near.start), blocks.get(near.end)) {
            (Some(first), Some(after)) => first.element..after.element.max(first.element),
            (Some(first), None) => first.element..tree.nodes.len(),
            _ => 0..0,
        };
        let end = behind.saturating_sub(LAST)..blocks.len().min(behind + BEHIND);
        Self {
            tree,
            title: title.map(normalized).unwrap_or_default(),
            headline,
            near,
            near_nodes,
            end,
            behind,
        }
    }

    /// Whether a node belongs to comments, to a list of other articles or to the card of one.
    pub(super) fn is_elsewhere(&self, blocks: &[Block], id: Id) -> bool {
        let outside = |around: &Id| !self.holds_headline(blocks, *around);
        self.tree.ancestors(id).take_while(outside).any(|around| {
            let region = regions::region(self.tree, around);
            matches!(region, Region::Comments | Region::Others) || self.is_card(around)
        })
    }

    /// Whether the headline is in an element.
    pub(super) fn holds_headline(&self, blocks: &[Block], around: Id) -> bool {
        let headline = self.headline.and_then(|at| blocks.get(at)).map(|block| block.element);
        headline.is_some_and(|id| id == around || self.tree.inside(around).contains(&id))
    }

    /// Whether an element has a heading of its own that is a link.
    fn is_card(&self, id: Id) -> bool {
        let nodes = self.tree.inside(id);
        if nodes.len() > MAX_CARD
            || !matches!(self.tree.tag(id), Tag::Li | Tag::Article | Tag::Div | Tag::A | Tag::Td)
        {
            return false;
        }
        let is_link = |node: Id| self.tree.tag(node) == Tag::A;
        nodes.clone().filter(|&node| self.tree.tag(node).is_heading()).take(4).any(|heading| {
            let linked = self.tree.inside(heading).any(is_link)
                || self.tree.ancestors(heading).take(3).any(is_link);
            let words = self.tree.words(heading);
            linked
                && words.split_whitespace().count() > 3
                && !is_similar(&normalized(&words), &self.title)
        })
    }
}

/// The block that shows the title: a heading of it, or else the last such block above the text.
fn titled_block(tree: &Tree, blocks: &[Block], title: &str) -> Option<usize> {
    let title = normalized(title);
    if title.is_empty() {
        return None;
    }
    let is_shown = |block: &Block| block.region < Region::Comments;
    let same = |block: &Block| {
        let first = block.lines().next().filter(|line| line.len() < MAX_HEADLINE);
        is_shown(block) && first.is_some_and(|line| normalized(line) == title)
    };
    let heading = |block: &Block| tree.tag(block.element).is_heading();
    let find = |accept: &dyn Fn(&Block) -> bool| blocks.iter().position(accept);
    find(&|block| heading(block) && same(block))
        .or_else(|| {
            find(&|block| heading(block) && is_shown(block) && is_similar(&block.text, &title))
        })
        .or_else(|| {
            let text = find(&Block::is_prose).unwrap_or(blocks.len());
            blocks[..text].iter().rposition(same)
        })
}
