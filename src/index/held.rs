//! The articles that an index holds, of a file or at all: what a run compares with what it reads now, or with what
//! another generation holds.

use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED, Term};

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

/// Calls `visit` with all articles, in the order of their addresses.
pub fn each_article(snapshot: &Snapshot, mut visit: impl FnMut(Held)) -> tantivy::Result<()> {
    for (number, segment) in snapshot.searcher().segment_readers().iter().enumerate() {
        let columns = Columns::open(segment)?;
        for doc in segment.doc_ids_alive() {
            if let Some(held) = columns.article(number as u32, doc) {
                visit(held);
            }
        }
    }
    Ok(())
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
    let columns = Columns::open(segment)?;
    while found.doc() != TERMINATED {
        if !segment.is_deleted(found.doc()) {
            held.extend(columns.article(number, found.doc()));
        }
        found.advance();
    }
    Ok(())
}

/// What a segment knows of its articles at a glance.
struct Columns {
    kind: Column<u64>,
    key: Column<u64>,
    digest: Column<u64>,
}

impl Columns {
    fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        Ok(Self { kind: fast.u64("kind")?, key: fast.u64("key")?, digest: fast.u64("digest")? })
    }

    /// The article that stands there, if it is one.
    fn article(&self, segment: u32, doc: DocId) -> Option<Held> {
        (self.kind.first(doc) == Some(Kind::Article as u64)).then(|| Held {
            key: self.key.first(doc).unwrap_or_default(),
            digest: self.digest.first(doc).unwrap_or_default(),
            address: DocAddress::new(segment, doc),
        })
    }
}
