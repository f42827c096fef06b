//! The versions of articles and items that a commit stores: what a run compares with what it reads now.

use std::ops::RangeInclusive;

use crate::article::Item;

/// An article that an index stores, current or superseded, or a notice that an item gives none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredVersion {
    /// Which of these it is.
    pub kind: VersionKind,
    /// [`super::record::article_key`], or [`super::record::notice_key`].
    pub key: u64,
    /// [`super::record::digest`]; 0 for a notice.
    pub digest: u64,
    /// The item that it is a version of, if any.
    pub item: Option<Item>,
    /// The engine's own address of it within the commit. Neighbours in this order are read fastest one after the other.
    pub handle: u64,
}

/// Kinds of [`StoredVersion`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionKind {
    /// An article that searches find.
    Article,
    /// An article that a higher version of its item, in whatever file, replaces.
    Superseded,
    /// An item that its sender withdrew, or put under an embargo: it supersedes lower versions, and is no article.
    Notice,
}

impl StoredVersion {
    /// Whether searches find it.
    pub fn is_searched(&self) -> bool {
        self.kind == VersionKind::Article
    }
}

/// All 64-bit keys in so many ranges of the same length, in order: an index is compared range by range, in bounded memory.
pub fn key_ranges(ranges: u64) -> impl Iterator<Item = RangeInclusive<u64>> {
    let start = move |range: u64| (u128::from(range) << 64) / u128::from(ranges.max(1));
    (0..ranges).map(move |range| start(range) as u64..=(start(range + 1) - 1) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_cover_all_keys_once() {
        assert_eq!(key_ranges(0).count(), 0);
        for count in [1, 2, 3, 7] {
            let ranges: Vec<_> = key_ranges(count).collect();
            assert_eq!(ranges.len() as u64, count);
            assert_eq!((*ranges[0].start(), ranges.last().map(|r| *r.end())), (0, Some(u64::MAX)));
            assert!(ranges.windows(2).all(|pair| pair[0].end() + 1 == *pair[1].start()));
        }
    }
}
