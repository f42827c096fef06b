//! Which segments tantivy merges, and whether it did: a merge that fails, or whose thread dies, it only logs.

use std::sync::{Arc, Mutex, PoisonError};

use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};
use tantivy::{Index, TantivyError};

/// The share of deleted documents above which a segment is merged.
const MAX_DELETED: f32 = 0.2;

/// Merges segments of like size, and remembers what it has asked for.
#[derive(Clone, Debug)]
pub(super) struct Merges {
    policy: LogMergePolicy,
    asked_for: Arc<Mutex<Vec<Vec<SegmentId>>>>,
}

impl Default for Merges {
    fn default() -> Self {
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(MAX_DELETED);
        Self { policy, asked_for: Arc::default() }
    }
}

impl MergePolicy for Merges {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let candidates = self.policy.compute_merge_candidates(segments);
        let mut asked_for = self.asked_for.lock().unwrap_or_else(PoisonError::into_inner);
        asked_for.extend(candidates.iter().map(|candidate| candidate.0.clone()));
        candidates
    }
}

impl Merges {
    /// Fails if a merge did not come to its end: all of its segments are still there.
    pub(super) fn check(&self, index: &Index) -> tantivy::Result<()> {
        let there = index.searchable_segment_ids()?;
        let asked_for = self.asked_for.lock().unwrap_or_else(PoisonError::into_inner);
        if asked_for.iter().any(|merge| merge.iter().all(|segment| there.contains(segment))) {
            return Err(TantivyError::SystemError("segments could not be merged".to_owned()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use tantivy::IndexWriter;
    use tantivy::doc;

    use super::*;
    use crate::index::schema::{fields, schema};
    use crate::index::tokenize;

    #[test]
    fn segments_that_were_asked_for_and_are_still_there_were_not_merged() {
        let mut index = Index::create_in_ram(schema().0.clone());
        index.set_tokenizers(tokenize::tokenizers());
        let merges = Merges::default();
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        writer.set_merge_policy(Box::new(merges.clone()));
        for key in 0..8_u64 {
            writer.add_document(doc!(fields().key => key)).unwrap();
            writer.commit().unwrap();
        }
        writer.wait_merging_threads().unwrap();
        assert!(!merges.asked_for.lock().unwrap().is_empty(), "eight segments are merged");
        merges.check(&index).unwrap();
        let there = index.searchable_segment_ids().unwrap();
        merges.asked_for.lock().unwrap().push(there);
        assert!(merges.check(&index).is_err());
    }
}
