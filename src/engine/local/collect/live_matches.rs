//! The live documents of a segment that match, one by one, in their order.

use tantivy::index::SegmentReader;
use tantivy::query::Weight;
use tantivy::{DocId, Score};

/// Calls `each` with the live documents that match, and with their scores if they are asked for.
pub(crate) fn for_each_live(
    weight: &dyn Weight,
    reader: &SegmentReader,
    is_scored: bool,
    each: &mut dyn FnMut(DocId, Score),
) -> tantivy::Result<()> {
    let alive = reader.alive_bitset();
    let is_alive = |doc| alive.is_none_or(|alive| alive.is_alive(doc));
    if is_scored {
        return weight.for_each(reader, &mut |doc, score| {
            if is_alive(doc) {
                each(doc, score);
            }
        });
    }
    weight.for_each_no_score(reader, &mut |docs| {
        docs.iter().filter(|&&doc| is_alive(doc)).for_each(|&doc| each(doc, 0.0));
    })
}
