//! Items of which the index has several versions, in one file or in many: the highest is current, and those below it are
//! superseded. Equal highest versions are all current, as one item may have a story in each of several languages.
//!
//! Which are superseded follows from the versions that are there, in whatever order they came.

use std::ops::RangeInclusive;

use crate::error::Result;
use crate::manifest::stored_version::{StoredVersion, VersionKind, key_ranges};
use crate::query::engine::writing::Commit;

/// Versions that are compared at once, in 56 bytes each.
const AT_ONCE: u64 = 1 << 20;

/// Ranges of item ids that hold about [`AT_ONCE`] versions each.
pub(super) fn ranges(commit: &dyn Commit) -> Result<impl Iterator<Item = RangeInclusive<u64>>> {
    Ok(key_ranges(commit.count_versions_of_items()?.div_ceil(AT_ONCE)))
}

/// Articles to be superseded, and superseded ones to be current again, of a range of items, in the order of their handles.
pub(super) fn misplaced(
    commit: &dyn Commit,
    items: RangeInclusive<u64>,
) -> Result<Vec<StoredVersion>> {
    Ok(misplaced_of(commit.versions_of_items(items)?))
}

/// Those of whole items whose kind is another than it should be.
fn misplaced_of(mut versions: Vec<StoredVersion>) -> Vec<StoredVersion> {
    versions.sort_unstable_by_key(|version| (version.item, version.handle));
    let mut misplaced: Vec<StoredVersion> = Vec::new();
    for of_item in versions.chunk_by(|a, b| item_id(a) == item_id(b)) {
        let highest = of_item.last().and_then(|version| version.item);
        misplaced.extend(of_item.iter().filter(|version| match version.kind {
            VersionKind::Article => version.item < highest,
            VersionKind::Superseded => version.item == highest,
            VersionKind::Notice => false,
        }));
    }
    misplaced.sort_unstable_by_key(|version| version.handle);
    misplaced
}

fn item_id(version: &StoredVersion) -> Option<u64> {
    version.item.map(|item| item.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Item;

    /// Kinds and versions of one item, and the numbers of those that are to change.
    fn check(versions: &[(VersionKind, u64)], expected: &[u64]) {
        let stored = |(handle, &(kind, version)): (u64, &(VersionKind, u64))| StoredVersion {
            kind,
            key: 0,
            digest: 0,
            item: Some(Item { id: 7, version }),
            handle,
        };
        let found = misplaced_of((0..).zip(versions).map(stored).collect());
        let found: Vec<_> = found.iter().map(|version| version.handle).collect();
        assert_eq!(found, expected, "{versions:?}");
    }

    #[test]
    fn the_highest_version_counts() {
        use VersionKind::{Article, Notice, Superseded};

        check(&[], &[]);
        check(&[(Article, 0)], &[]);
        check(&[(Article, 3), (Article, 1), (Article, 2)], &[1, 2]);
        check(&[(Article, 2), (Superseded, 1), (Article, 2)], &[]);
        check(&[(Article, 1), (Notice, 2), (Superseded, 0)], &[0]);
        check(&[(Superseded, 1), (Notice, 1), (Superseded, 0)], &[0]);
        check(&[(Superseded, 4), (Article, 3)], &[0, 1]);
    }
}
