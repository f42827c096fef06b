//! What an index holds of a file, of an item or at all: what a run compares with what it reads now, or with what another
//! generation holds.

use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::snapshot::Snapshot;
use crate::article::Item;
use crate::index::schema::columns::{Columns, NumberColumn};
use crate::index::schema::{Kind, fields};

/// An article that the index holds, searched or superseded; or a notice that an item gives none.
#[derive(Clone, Copy, Debug)]
pub struct StoredVersion {
    /// Which of these it is.
    pub kind: Kind,
    /// [`crate::index::schema::document::article_key`], or [`crate::index::schema::document::notice_key`].
    pub key: u64,
    /// [`crate::index::schema::document::digest`]; 0 of a notice.
    pub digest: u64,
    /// The item that it is a version of, if it is of one.
    pub item: Option<Item>,
    /// Where it stands.
    pub address: DocAddress,
}

impl StoredVersion {
    /// Is it an article that searches find?
    pub fn is_found(&self) -> bool {
        self.kind == Kind::Article
    }
}

/// What was read from the file `source`.
pub fn of_file(snapshot: &Snapshot, source: &str) -> tantivy::Result<Vec<StoredVersion>> {
    having(snapshot, &Term::from_field_text(fields().source, source))
}

/// What has that key.
pub fn of_key(snapshot: &Snapshot, key: u64) -> tantivy::Result<Option<StoredVersion>> {
    Ok(having(snapshot, &Term::from_field_u64(fields().key, key))?.pop())
}

/// All versions of an item.
pub fn of_item(snapshot: &Snapshot, item: u64) -> tantivy::Result<Vec<StoredVersion>> {
    having(snapshot, &Term::from_field_u64(fields().item, item))
}

/// The superseded articles of that id. An index of an older version has none.
pub fn superseded(snapshot: &Snapshot, id: &str) -> tantivy::Result<Vec<StoredVersion>> {
    let schema = snapshot.searcher().schema();
    if schema.num_fields() <= fields().superseded.field_id() as usize {
        return Ok(Vec::new());
    }
    having(snapshot, &Term::from_field_text(fields().superseded, id))
}

/// Calls `visit` with all articles that searches find, in the order of their addresses.
pub fn each_article(snapshot: &Snapshot, visit: impl FnMut(StoredVersion)) -> tantivy::Result<()> {
    each(snapshot, |columns, doc| columns.is(doc, Kind::Article), visit)
}

/// Calls `visit` with all versions of all items, in the order of their addresses.
pub fn each_version(snapshot: &Snapshot, visit: impl FnMut(StoredVersion)) -> tantivy::Result<()> {
    each(snapshot, |columns, doc| columns.item(doc).is_some(), visit)
}

fn each(
    snapshot: &Snapshot,
    is_wanted: impl Fn(&StateColumns, DocId) -> bool,
    mut visit: impl FnMut(StoredVersion),
) -> tantivy::Result<()> {
    for (number, segment) in snapshot.searcher().segment_readers().iter().enumerate() {
        let columns = StateColumns::open(segment)?;
        for doc in segment.doc_ids_alive().filter(|&doc| is_wanted(&columns, doc)) {
            columns.held(number as u32, doc).into_iter().for_each(&mut visit);
        }
    }
    Ok(())
}

/// What has a term, of all segments.
fn having(snapshot: &Snapshot, term: &Term) -> tantivy::Result<Vec<StoredVersion>> {
    let mut held = Vec::new();
    for (number, segment) in snapshot.searcher().segment_readers().iter().enumerate() {
        in_segment(number as u32, segment, term, &mut held)?;
    }
    Ok(held)
}

fn in_segment(
    number: u32,
    segment: &SegmentReader,
    term: &Term,
    held: &mut Vec<StoredVersion>,
) -> tantivy::Result<()> {
    let index = segment.inverted_index(term.field())?;
    let Some(mut found) = index.read_postings(term, IndexRecordOption::Basic)? else {
        return Ok(());
    };
    let columns = StateColumns::open(segment)?;
    while found.doc() != TERMINATED {
        if !segment.is_deleted(found.doc()) {
            held.extend(columns.held(number, found.doc()));
        }
        found.advance();
    }
    Ok(())
}

/// What a segment knows at a fingerprint of what it holds.
struct StateColumns {
    kind: Column<u64>,
    key: Column<u64>,
    digest: Column<u64>,
    item: Column<u64>,
    version: Column<u64>,
}

impl StateColumns {
    fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = Columns::of(segment);
        Ok(Self {
            kind: columns.number(NumberColumn::Kind)?,
            key: columns.number(NumberColumn::Key)?,
            digest: columns.number(NumberColumn::Digest)?,
            item: columns.number(NumberColumn::Item)?,
            version: columns.number(NumberColumn::Version)?,
        })
    }

    fn is(&self, doc: DocId, kind: Kind) -> bool {
        self.kind.first(doc) == Some(kind as u64)
    }

    fn item(&self, doc: DocId) -> Option<Item> {
        let id = self.item.first(doc)?;
        Some(Item { id, version: self.version.first(doc).unwrap_or_default() })
    }

    /// What stands there, if it is neither a quotation nor a source.
    fn held(&self, segment: u32, doc: DocId) -> Option<StoredVersion> {
        let kind = Kind::of(self.kind.first(doc)?)?;
        matches!(kind, Kind::Article | Kind::Superseded | Kind::Notice).then(|| StoredVersion {
            kind,
            key: self.key.first(doc).unwrap_or_default(),
            digest: self.digest.first(doc).unwrap_or_default(),
            item: self.item(doc),
            address: DocAddress::new(segment, doc),
        })
    }
}
