//! The ranks of matches, and the greatest of many.

use std::cmp::Reverse;

use tantivy::{DocAddress, Score};

use crate::index::read::stored_articles::Order;
use crate::query::engine::unread::Place;
use crate::query::request::Sort;

/// The position of a match in an order; greater ones come first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    /// The bits of the score, 0 if matches are not sorted by it.
    pub(crate) score: u32,
    /// The day of publication, `YYYYMMDD`, negative if the oldest come first; `i64::MIN` without a date.
    pub(crate) date: i64,
    /// The hash of the article's id.
    pub(crate) key: Reverse<u64>,
    /// The document.
    pub(crate) address: Reverse<DocAddress>,
}

impl Rank {
    /// Of a document whose score has these [bits](score_bits).
    pub(crate) fn of(address: DocAddress, score: u32, sort: Sort, order: &Order) -> Self {
        let (date, key) = order.of(address.doc_id);
        let date = match sort {
            Sort::Relevance | Sort::Newest => date.unwrap_or(i64::MIN),
            Sort::Oldest => date.map_or(i64::MIN, |date| -date),
        };
        Self { score, date, key: Reverse(key), address: Reverse(address) }
    }

    /// Where the match stands: the lower, the greater the rank.
    pub(crate) fn place(&self) -> Place {
        let (Reverse(key), Reverse(address)) = (self.key, self.address);
        let date = self.date.cast_unsigned() ^ 1 << 63;
        let address = u64::from(address.segment_ord) << 32 | u64::from(address.doc_id);
        Place([u64::from(!self.score), !date, key, address])
    }
}

/// The bits of a score, which are ordered as non-negative floats are; 0 if matches are not sorted by it.
pub(crate) fn score_bits(score: Score, sort: Sort) -> u32 {
    if sort == Sort::Relevance { score.max(0.0).to_bits() } else { 0 }
}

/// Up to this number of ranks to keep, scores are compared before dates are read.
const SMALL: usize = 1 << 14;
/// Ranks beyond twice those to keep that are buffered before the others are dropped: with few to keep, selecting at every
/// second one would cost more than the buffer.
pub(super) const SPARE: usize = 64;

/// The greatest ranks seen so far.
pub(super) struct TopRanks {
    pub(super) keep: usize,
    /// Only ranks below this are kept.
    below: Option<Rank>,
    /// Lower ranks are not among the greatest.
    least: Option<Rank>,
    /// Ranks of a lower score are not among the greatest.
    floor: u32,
    /// At most twice those to keep and [`SPARE`], in any order.
    ranks: Vec<Rank>,
}

impl TopRanks {
    /// The `keep` greatest of those that are less than `below`.
    pub(super) fn new(keep: usize, below: Option<Rank>) -> Self {
        let floor = if keep == 0 { u32::MAX } else { 0 };
        Self { keep, below, least: None, floor, ranks: Vec::new() }
    }

    /// Whether the ranks to keep are few, and the first ones.
    pub(super) fn is_small(&self) -> bool {
        self.keep <= SMALL && self.below.is_none()
    }

    /// Whether no match of this score can be among the greatest.
    pub(super) fn is_below(&self, score: u32) -> bool {
        score < self.floor
    }

    /// Excludes scores below `floor`.
    pub(super) fn raise(&mut self, floor: u32) {
        self.floor = self.floor.max(floor);
    }

    /// Adds a rank.
    pub(super) fn push(&mut self, rank: Rank) {
        let is_excluded = self.below.is_some_and(|below| rank >= below);
        if is_excluded || self.least.is_some_and(|least| rank < least) {
            return;
        }
        self.ranks.push(rank);
        if self.ranks.len() >= self.keep.saturating_mul(2).saturating_add(SPARE) {
            self.cut();
        }
    }

    /// Drops all but the greatest.
    fn cut(&mut self) {
        if self.ranks.len() <= self.keep || self.keep == 0 {
            return;
        }
        let (_, least, _) = self.ranks.select_nth_unstable_by(self.keep - 1, |a, b| b.cmp(a));
        (self.least, self.floor) = (Some(*least), least.score.max(self.floor));
        self.ranks.truncate(self.keep);
    }

    /// The greatest, in no order.
    pub(super) fn ranks(mut self) -> Vec<Rank> {
        self.cut();
        self.ranks
    }

    /// The greatest first.
    pub(super) fn sorted(self) -> Vec<Rank> {
        let mut ranks = self.ranks();
        ranks.sort_unstable_by(|a, b| b.cmp(a));
        ranks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_in_the_order_of_ranks() {
        let rank = |score: f32, date, key, doc| Rank {
            score: score_bits(score, Sort::Relevance),
            date,
            key: Reverse(key),
            address: Reverse(DocAddress::new(1, doc)),
        };
        let first_to_last = [
            rank(2.5, 2021_02_27, 7, 3),
            rank(1.5, 2021_02_27, 7, 3),
            rank(1.5, 2021_02_26, 6, 3),
            rank(1.5, 2021_02_26, 7, 3),
            rank(1.5, 2021_02_26, 7, 4),
            rank(1.5, -2021_02_26, 7, 4),
            rank(1.5, i64::MIN, 7, 4),
            rank(0.0, 2021_02_27, 7, 4),
        ];
        assert!(first_to_last.is_sorted_by(|a, b| a > b));
        assert!(first_to_last.is_sorted_by(|a, b| a.place() < b.place()));
    }
}
