//! The articles that an index holds of a file: what a run compares with what it reads there now.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED, Term};

use super::schema::{Kind, fields};
use super::snapshot::Snapshot;

/// An article that the index holds.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// [`super::document::article_key`].
    pub key: u64,
    /// [`super::document::digest`].
    pub digest: u64,
    /// Where it stands.
    pub address: DocAddress,
}

/// All articles of the file `source`.
pub fn articles_of(snapshot: &Snapshot, source: &str) -> tantivy::Result<Vec<Held>> {
    let term = Term::from_field_text(fields().source, source);
    let mut held = Vec::new();
    for (number, segment) in snapshot.searcher().segment_readers().iter().enumerate() {
        in_segment(number as u32, segment, &term, &mut held)?;
    }
    Ok(held)
}

fn in_segment(
    number: u32,
    segment: &SegmentReader,
    term: &Term,
    held: &mut Vec<Held>,
) -> tantivy::Result<()> {
    let index = segment.inverted_index(term.field())?;
    let Some(mut found) = index.read_postings(term, IndexRecordOption::Basic)? else {
        return Ok(());
    };
    let columns = segment.fast_fields();
    let (kind, key) = (columns.u64("kind")?, columns.u64("key")?);
    let digest = columns.u64("digest")?;
    while found.doc() != TERMINATED {
        let doc = found.doc();
        if !segment.is_deleted(doc) && kind.first(doc) == Some(Kind::Article as u64) {
            held.push(Held {
                key: key.first(doc).unwrap_or_default(),
                digest: digest.first(doc).unwrap_or_default(),
                address: DocAddress::new(number, doc),
            });
        }
        found.advance();
    }
    Ok(())
}
