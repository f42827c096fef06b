//! Which version of an item is the highest, over all records and members of a file: an agency's delivery holds an item
//! as often as it was sent. A file that may hold several is looked through once before it is read. Which is the highest
//! of all files is settled in the index.

use rustc_hash::FxHashMap;

use super::draft::Draft;
use crate::article::Item;

/// The highest version of each item that has one, by a hash of its id.
#[derive(Debug, Default)]
pub(super) struct Versions(FxHashMap<u64, u64>);

impl Versions {
    /// Takes note of an item.
    pub(super) fn note(&mut self, draft: &Draft) {
        if let Some(key) = key(draft) {
            let highest = self.0.entry(key).or_default();
            *highest = draft.version.max(*highest);
        }
    }

    /// Is there a higher version of the item?
    pub(super) fn supersede(&self, draft: &Draft) -> bool {
        let highest = key(draft).and_then(|key| self.0.get(&key));
        highest.is_some_and(|highest| draft.version < *highest)
    }
}

fn key(draft: &Draft) -> Option<u64> {
    draft.own_id.as_deref().filter(|_| draft.version > 0).map(hash)
}

fn hash(id: &str) -> u64 {
    let hash = blake3::hash(id.as_bytes());
    u64::from_le_bytes(hash.as_bytes().first_chunk().copied().unwrap_or_default())
}

/// Which item of all files it is, if it has an id that says so. Without a version it is the lowest.
pub(super) fn item(draft: &Draft) -> Option<Item> {
    Some(Item { id: hash(draft.item_id.as_deref()?), version: draft.version })
}

/// May a record state a version? A look at its bytes, which is much faster than reading it.
pub(super) fn may_be_stated(bytes: &[u8]) -> bool {
    // `version`, `Version`, `versioncreated`; `RevisionId`
    [b"ersion", b"evisio"].iter().any(|word| memchr::memmem::find(bytes, *word).is_some())
}
