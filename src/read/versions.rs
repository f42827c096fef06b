//! The highest version of each item over all records and members of one file: an agency's delivery holds an item as
//! often as it was sent. A file that may hold several versions is surveyed before it is read. Versions in different
//! files are resolved by `update`.

use rustc_hash::FxHashMap;

use super::draft::Draft;
use crate::article::Item;

/// The highest version of each item that has versions, by a hash of the item's id.
#[derive(Debug, Default)]
pub(super) struct Versions(FxHashMap<u64, u64>);

impl Versions {
    /// Adds the version of an item.
    pub(super) fn add(&mut self, draft: &Draft) {
        if let Some(key) = key(draft) {
            let highest = self.0.entry(key).or_default();
            *highest = draft.version.max(*highest);
        }
    }

    /// Whether a higher version of the item is known.
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

/// The item that a draft is a version of, if it has a globally unique id.
pub(super) fn item(draft: &Draft) -> Option<Item> {
    Some(Item { id: hash(draft.item_id.as_deref()?), version: draft.version })
}

/// Whether a record may state a version. A search in its bytes is much faster than reading it.
pub(super) fn may_be_stated(bytes: &[u8]) -> bool {
    // `version`, `Version`, `versioncreated`; `RevisionId`
    [b"ersion", b"evisio"].iter().any(|word| memchr::memmem::find(bytes, *word).is_some())
}
