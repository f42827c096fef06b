//! Items that stand in several versions in the index, in one file or in many: the highest version counts, and those below
//! it are superseded. Equal highest versions all count, as one item may have a story in each of several languages.
//!
//! Which are superseded follows from the versions that are there, whatever order they came in.

use crate::index::read::snapshot::Snapshot;
use crate::index::read::stored_state::{StoredVersion, each_version};
use crate::index::schema::Kind;

/// So many versions are held against each other at once, in 56 bytes each.
const AT_ONCE: u64 = 1 << 20;

/// In how many parts all versions are held against each other.
pub fn parts(snapshot: &Snapshot) -> tantivy::Result<u64> {
    let mut all = 0_u64;
    each_version(snapshot, |_| all += 1)?;
    Ok(all.div_ceil(AT_ONCE))
}

/// Articles of a part of all items that are to be superseded, and superseded ones that are to be found again, in the
/// order of their addresses.
pub fn misplaced(
    snapshot: &Snapshot,
    part: u64,
    parts: u64,
) -> tantivy::Result<Vec<StoredVersion>> {
    let mut versions = Vec::new();
    each_version(snapshot, |held| {
        if held.item.is_some_and(|item| item.id % parts == part) {
            versions.push(held);
        }
    })?;
    Ok(misplaced_of(versions))
}

/// Those of whole items whose kind is another than it should be.
fn misplaced_of(mut versions: Vec<StoredVersion>) -> Vec<StoredVersion> {
    versions.sort_unstable_by_key(|held| (held.item, held.address));
    let mut misplaced: Vec<StoredVersion> = Vec::new();
    for of_item in versions.chunk_by(|a, b| id(a) == id(b)) {
        let highest = of_item.last().and_then(|held| held.item);
        misplaced.extend(of_item.iter().filter(|held| match held.kind {
            Kind::Article => held.item < highest,
            Kind::Superseded => held.item == highest,
            Kind::Quote | Kind::Source | Kind::Notice => false,
        }));
    }
    misplaced.sort_unstable_by_key(|held| held.address);
    misplaced
}

fn id(held: &StoredVersion) -> Option<u64> {
    held.item.map(|item| item.id)
}

#[cfg(test)]
mod tests {
    use tantivy::DocAddress;

    use super::*;
    use crate::article::Item;

    /// Kinds and versions of one item, and the places of those that are to change.
    fn check(stand: &[(Kind, u64)], expected: &[u32]) {
        let held = |(doc, &(kind, version)): (u32, &(Kind, u64))| StoredVersion {
            kind,
            key: 0,
            digest: 0,
            item: Some(Item { id: 7, version }),
            address: DocAddress::new(0, doc),
        };
        let found = misplaced_of((0..).zip(stand).map(held).collect());
        let found: Vec<_> = found.iter().map(|held| held.address.doc_id).collect();
        assert_eq!(found, expected, "{stand:?}");
    }

    #[test]
    fn the_highest_version_counts() {
        use Kind::{Article, Notice, Superseded};

        check(&[], &[]);
        check(&[(Article, 0)], &[]);
        check(&[(Article, 3), (Article, 1), (Article, 2)], &[1, 2]);
        check(&[(Article, 2), (Superseded, 1), (Article, 2)], &[]);
        check(&[(Article, 1), (Notice, 2), (Superseded, 0)], &[0]);
        check(&[(Superseded, 1), (Notice, 1), (Superseded, 0)], &[0]);
        check(&[(Superseded, 4), (Article, 3)], &[0, 1]);
    }
}
