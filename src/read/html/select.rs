//! Selects the blocks of the main content: prose, short blocks between prose, and the lead above it.

use super::blocks::Block;
use super::dates;
use super::regions::Region;
use super::shingles::Shingles;
use super::text::{is_similar, normalized};
use super::tree::{Id, Tag, Tree};

/// The lead is at most so many blocks above the text.
const MAX_LEAD_DISTANCE: usize = 60;

/// The maximum number of nodes of the teaser of another article.
const MAX_TEASER: usize = 80;

/// A longer heading is a paragraph, in bytes.
const MAX_HEADING: usize = 160;

/// The maximum length of a line that credits the writers, in bytes.
const MAX_CREDIT: usize = 120;

/// A block is compared with the title if it is at most so many bytes longer.
const MAX_EXCESS: usize = 80;

/// The metadata of the page that helps to recognise its text.
#[derive(Debug, Default)]
pub(super) struct PageFacts<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) description: Option<&'a str>,
    /// The text in JSON-LD.
    pub(super) body: Option<&'a str>,
    pub(super) writers: &'a [String],
}

/// The blocks of a page, and the element that holds the article.
pub(super) struct Selection<'a> {
    tree: &'a Tree,
    facts: &'a PageFacts<'a>,
    blocks: &'a [Block],
    container: Id,
    title: String,
    /// Whether no paragraph of the text is long.
    is_brief: bool,
}

impl<'a> Selection<'a> {
    pub(super) fn new(
        tree: &'a Tree,
        facts: &'a PageFacts<'a>,
        blocks: &'a [Block],
        container: Id,
    ) -> Self {
        let title = facts.title.map(normalized).unwrap_or_default();
        let inside = |block: &&Block| tree.inside(container).contains(&block.element);
        let is_brief = !blocks.iter().filter(inside).any(Block::is_prose);
        Self { tree, facts, blocks, container, title, is_brief }
    }

    /// The paragraphs of the text. `stated`: the shingles of the text in JSON-LD.
    pub(super) fn lines(&self, stated: Option<&Shingles>) -> Vec<&'a str> {
        let mut keep: Vec<bool> = (0..self.blocks.len()).map(|at| self.keeps(at)).collect();
        if let Some(stated) = stated {
            self.apply_stated_text(stated, &mut keep);
        }
        self.drop_headings(&mut keep);
        self.drop_credits(&mut keep);
        if let Some(lead) = self.lead(&keep) {
            keep[lead] = true;
        }
        let mut lines: Vec<&str> = Vec::new();
        for (block, _) in self.blocks.iter().zip(keep).filter(|(_, keep)| *keep) {
            if !lines.iter().rev().take(3).any(|line| *line == block.text) {
                lines.push(&block.text);
            }
        }
        lines
    }

    fn tag(&self, at: usize) -> Tag {
        self.tree.tag(self.blocks[at].element)
    }

    fn is_inside(&self, id: Id) -> bool {
        id == self.container || self.tree.inside(self.container).contains(&id)
    }

    /// Whether a block is the headline, perhaps with a kicker.
    fn is_title(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        let tag = self.tag(at);
        tag == Tag::H1
            || !self.title.is_empty()
                && block.text.len() < self.facts.title.map_or(0, str::len) + MAX_EXCESS
                && {
                    let text = normalized(&block.text);
                    text == self.title
                        || tag.is_heading() && self.title.len() > 12 && text.contains(&self.title)
                }
    }

    /// Whether a block belongs to the text, by its features and those of its neighbours.
    fn keeps(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        if !self.is_inside(block.element) {
            return false;
        }
        let is_boilerplate = block.region >= Region::Aside
            && self.tree.inside(self.container).contains(&block.region_element);
        if is_boilerplate || self.is_title(at) || self.is_teaser(at) || is_notice(block) {
            return false;
        }
        let tag = self.tag(at);
        if tag.is_heading() {
            return block.link_density() < 0.7;
        }
        if block.link_density() > if tag == Tag::P { 0.9 } else { 0.6 } {
            return false;
        }
        block.is_prose() || self.is_near_prose(at)
    }

    /// Whether a short block is text because of the prose around it.
    fn is_near_prose(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        let before = self.blocks[..at].iter().rev().take(3).any(Block::is_prose);
        let after = self.blocks[at + 1..].iter().take(3).any(Block::is_prose);
        match self.tag(at) {
            Tag::P | Tag::Blockquote | Tag::Pre => block.link_density() < 0.6 || before || after,
            Tag::Li | Tag::Td | Tag::Th | Tag::Dd | Tag::Dt => block.link_density() < 0.5,
            _ => block.has_sentence() && (before || after || self.is_brief),
        }
    }

    /// Whether a block is the teaser of another article: it follows a heading that is a link, in one small element.
    fn is_teaser(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let group = self.tree.inside(self.tree.parent(self.blocks[at].element));
        self.tag(at) == Tag::P
            && self.tag(before).is_heading()
            && self.tag(before) != Tag::H1
            && self.blocks[before].link_density() > 0.8
            && group.len() <= MAX_TEASER
            && group.contains(&self.blocks[before].element)
    }

    /// Selects the blocks that are in the text in JSON-LD, if that is complete.
    fn apply_stated_text(&self, stated: &Shingles, keep: &mut [bool]) {
        let shares: Vec<f32> = self
            .blocks
            .iter()
            .map(|block| {
                if self.is_inside(block.element) && block.link_density() < 0.95 {
                    stated.containment(&block.text)
                } else {
                    0.0
                }
            })
            .collect();
        let bytes = |chosen: &dyn Fn(usize) -> bool| -> f32 {
            (0..self.blocks.len())
                .filter(|&at| chosen(at))
                .map(|at| self.blocks[at].text.len() as f32)
                .sum()
        };
        let matched = bytes(&|at| shares[at] > 0.6);
        let kept = bytes(&|at| keep[at]);
        let whole = stated.text_len as f32;
        if matched < 0.7 * whole || whole < 0.8 * kept {
            return;
        }
        let fits =
            |at: usize, keep: bool| shares[at] > 0.6 && (keep || self.blocks[at].text.len() > 40);
        let first = (0..keep.len()).find(|&at| fits(at, keep[at])).unwrap_or(0);
        for (at, keep) in keep.iter_mut().enumerate() {
            let opens = at < first && self.blocks[at].is_prose();
            *keep = fits(at, *keep) || *keep && (self.tag(at).is_heading() || opens);
        }
    }

    /// Drops headings before the text, which name the section, and after it, which head lists of other articles.
    fn drop_headings(&self, keep: &mut [bool]) {
        let is_heading =
            |at: usize| self.tag(at).is_heading() && self.blocks[at].text.len() < MAX_HEADING;
        let is_text = |(at, keep): (usize, &bool)| *keep && !is_heading(at);
        let first = keep.iter().enumerate().position(is_text).unwrap_or(keep.len());
        let last = (first..keep.len()).rev().find(|&at| is_text((at, &keep[at]))).unwrap_or(first);
        keep[..first].fill(false);
        if let Some(behind) = keep.get_mut(last + 1..) {
            behind.fill(false);
        }
    }

    /// Drops the lines above the first paragraph that credit the writers or state the date.
    fn drop_credits(&self, keep: &mut [bool]) {
        let text = (0..keep.len()).find(|&at| keep[at] && self.blocks[at].is_prose());
        let above = keep.iter_mut().zip(self.blocks).take(text.unwrap_or(0));
        for (keep, block) in above {
            let names_writer =
                |name: &String| block.text.len() < MAX_CREDIT && block.text.contains(name.as_str());
            let is_credit =
                self.facts.writers.iter().any(names_writer) || dates::is_date_alone(&block.text);
            *keep &= !is_credit;
        }
    }

    /// The lead, often outside the main content: a block of that region, or one similar to the description.
    fn lead(&self, keep: &[bool]) -> Option<usize> {
        let first = keep.iter().position(|keep| *keep)?;
        (first.saturating_sub(MAX_LEAD_DISTANCE)..first).rev().find(|&at| {
            let block = &self.blocks[at];
            let described = self.facts.description.is_some_and(|text| {
                block.text.len() > 40 && block.text.len() < 1000 && is_similar(text, &block.text)
            });
            (block.region == Region::Lead && block.text.len() > 30
                || described && block.region < Region::Comments)
                && block.link_density() < 0.4
                && !self.is_title(at)
                && !self.is_teaser(at)
        })
    }
}

/// Whether a block addresses the reader about the paper: related articles, newsletters, advertisements.
fn is_notice(block: &Block) -> bool {
    const OPENINGS: &[&str] = &[
        "read more",
        "read also",
        "also read",
        "see also:",
        "lesen sie",
        "lesen sie auch",
        "mehr zum thema",
        "auch interessant",
        "lire aussi",
        "à lire aussi",
        "leggi anche",
        "lea también",
        "lee también",
        "te puede interesar",
        "leia também",
        "baca juga",
        "lees ook",
        "læs også",
        "les også",
        "läs också",
        "czytaj też",
        "czytaj także",
        "читайте также",
        "advertisement",
        "anzeige",
        "continue reading",
        "weiterlesen",
        "related:",
        "follow us",
        "subscribe",
        "sign up",
        "join our",
        "click here",
        "click to ",
        "about the author",
        "more about",
        "copy link",
        "leave a comment",
        "would you like to comment",
        "diesen artikel teilen",
        "empfohlener redaktioneller inhalt",
        "partager cet article",
        "share this",
        "photo:",
        "foto:",
        "bild:",
    ];
    if block.text.len() > 400 {
        return false;
    }
    let lower = block.text.to_lowercase();
    block.text.len() < 160 && OPENINGS.iter().any(|opening| lower.starts_with(opening))
        || lower.contains("newsletter") && (block.linked > 0 || block.text.len() < 250)
}
