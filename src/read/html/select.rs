//! Which blocks of the chosen element are text: prose, what stands between it, and the opening above it.

use super::blocks::Block;
use super::content::Known;
use super::hints::Part;
use super::oracle::Oracle;
use super::text::{normal, similar};
use super::tree::{Id, Tag, Tree};

/// The opening stands at most so many blocks above the text.
const NEAR: usize = 60;

/// The box of another article has no more nodes.
const TEASER: usize = 80;

/// A title is compared with blocks up to so many bytes longer.
const MORE_THAN_TITLE: usize = 80;

/// The blocks of a page, one element of which holds the article.
pub(super) struct Selection<'a> {
    tree: &'a Tree,
    known: &'a Known<'a>,
    blocks: &'a [Block],
    container: Id,
    title: String,
}

impl<'a> Selection<'a> {
    pub(super) fn new(
        tree: &'a Tree,
        known: &'a Known<'a>,
        blocks: &'a [Block],
        container: Id,
    ) -> Self {
        let title = known.title.map(normal).unwrap_or_default();
        Self { tree, known, blocks, container, title }
    }

    /// The lines of the text.
    pub(super) fn lines(&self, oracle: Option<&Oracle>) -> Vec<&'a str> {
        let mut keep: Vec<bool> = (0..self.blocks.len()).map(|at| self.keeps(at)).collect();
        if let Some(oracle) = oracle {
            self.ask(oracle, &mut keep);
        }
        self.drop_headings(&mut keep);
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

    /// Is it the headline, perhaps with a word above it?
    fn is_title(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        let tag = self.tag(at);
        tag == Tag::H1
            || !self.title.is_empty()
                && block.text.len() < self.known.title.map_or(0, str::len) + MORE_THAN_TITLE
                && {
                    let text = normal(&block.text);
                    text == self.title
                        || tag.is_heading() && self.title.len() > 12 && text.contains(&self.title)
                }
    }

    /// Does the block belong to the text, by itself and by its neighbours?
    fn keeps(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        if !self.is_inside(block.element) {
            return false;
        }
        let apart =
            block.part >= Part::Aside && self.tree.inside(self.container).contains(&block.hinted);
        if apart || self.is_title(at) || self.is_teaser(at) || is_notice(block) {
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

    /// A short line is text where prose is around it.
    fn is_near_prose(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        let before = self.blocks[..at].iter().rev().take(3).any(Block::is_prose);
        let after = self.blocks[at + 1..].iter().take(3).any(Block::is_prose);
        match self.tag(at) {
            Tag::P | Tag::Blockquote | Tag::Pre => block.link_density() < 0.6 || before || after,
            Tag::Li | Tag::Td | Tag::Th | Tag::Dd | Tag::Dt => block.link_density() < 0.5,
            _ => block.has_sentence() && (before || after),
        }
    }

    /// The summary of another article: behind a heading that is a link, in a small element with it.
    fn is_teaser(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let group = self.tree.inside(self.tree.parent(self.blocks[at].element));
        self.tag(at) == Tag::P
            && self.tag(before).is_heading()
            && self.tag(before) != Tag::H1
            && self.blocks[before].link_density() > 0.8
            && group.len() <= TEASER
            && group.contains(&self.blocks[before].element)
    }

    /// Where JSON-LD gives the whole text, it says which blocks are of it.
    fn ask(&self, oracle: &Oracle, keep: &mut [bool]) {
        let shares: Vec<f32> = self
            .blocks
            .iter()
            .map(|block| {
                if self.is_inside(block.element) && block.link_density() < 0.95 {
                    oracle.share(&block.text)
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
        let known = bytes(&|at| shares[at] > 0.6);
        let kept = bytes(&|at| keep[at]);
        let whole = oracle.len as f32;
        if known < 0.7 * whole || whole < 0.8 * kept {
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

    /// Headings above all text name the section; those behind it open lists of other articles.
    fn drop_headings(&self, keep: &mut [bool]) {
        let is_text = |(at, keep): (usize, &bool)| *keep && !self.tag(at).is_heading();
        let first = keep.iter().enumerate().position(is_text).unwrap_or(keep.len());
        let last = (first..keep.len()).rev().find(|&at| is_text((at, &keep[at]))).unwrap_or(first);
        keep[..first].fill(false);
        if let Some(behind) = keep.get_mut(last + 1..) {
            behind.fill(false);
        }
    }

    /// The opening, often outside of the text: what is called so, or says what the description says.
    fn lead(&self, keep: &[bool]) -> Option<usize> {
        let first = keep.iter().position(|keep| *keep)?;
        (first.saturating_sub(NEAR)..first).rev().find(|&at| {
            let block = &self.blocks[at];
            let described = self.known.description.is_some_and(|text| {
                block.text.len() > 40 && block.text.len() < 1000 && similar(text, &block.text)
            });
            (block.part == Part::Lead && block.text.len() > 30
                || described && block.part < Part::Comments)
                && block.link_density() < 0.4
                && !self.is_title(at)
                && !self.is_teaser(at)
        })
    }
}

/// Words to the reader about the paper, not of the article.
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
