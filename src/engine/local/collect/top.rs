//! The greatest of many ranks.

use std::cmp::Reverse;

use tantivy::DocAddress;

/// Sorts greatest first: score, day, then hash of the id and address upwards.
pub(crate) type Rank = (u32, i64, Reverse<u64>, Reverse<DocAddress>);

/// Of up to so many places, scores are compared before dates are read.
const FEW: usize = 1 << 14;
/// So many more than may be among the greatest are kept before they are sorted out.
pub(super) const SPARE: usize = 64;

/// The greatest ranks seen so far, all of them below a first one if that is given.
pub(super) struct Top {
    pub(super) keep: usize,
    below: Option<Rank>,
    /// Those below this are not among them.
    least: Option<Rank>,
    /// Those of a score below this are not among them.
    floor: u32,
    /// Less than twice as many as to keep, in any order.
    ranks: Vec<Rank>,
}

impl Top {
    /// The `keep` greatest of those that are less than `below`.
    pub(super) fn new(keep: usize, below: Option<Rank>) -> Self {
        let floor = if keep == 0 { u32::MAX } else { 0 };
        Self { keep, below, least: None, floor, ranks: Vec::new() }
    }

    /// Are there but few places, the first ones?
    pub(super) fn is_of_few(&self) -> bool {
        self.keep <= FEW && self.below.is_none()
    }

    /// Is a match of this score sure not to be among them?
    pub(super) fn is_below(&self, score: u32) -> bool {
        score < self.floor
    }

    /// From now on no lower score can come among them.
    pub(super) fn raise(&mut self, floor: u32) {
        self.floor = self.floor.max(floor);
    }

    pub(super) fn push(&mut self, rank: Rank) {
        let is_above = self.below.is_some_and(|below| rank >= below);
        if is_above || self.least.is_some_and(|least| rank < least) {
            return;
        }
        self.ranks.push(rank);
        if self.ranks.len() >= self.keep.saturating_mul(2).saturating_add(SPARE) {
            self.cut();
        }
    }

    /// Forgets what is not among them.
    fn cut(&mut self) {
        if self.ranks.len() <= self.keep || self.keep == 0 {
            return;
        }
        let (_, least, _) = self.ranks.select_nth_unstable_by(self.keep - 1, |a, b| b.cmp(a));
        (self.least, self.floor) = (Some(*least), least.0.max(self.floor));
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
