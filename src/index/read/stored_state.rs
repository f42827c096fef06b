//! The stored versions of a file, of an item or of a whole commit: what a run compares with what it reads now, or with
//! what another generation holds.

use std::ops::RangeInclusive;

use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use crate::article::Item;
use crate::index::schema::columns::{Columns, NumberColumn};
use crate::index::schema::{Kind, fields};
use crate::manifest::stored_version::{StoredVersion, VersionKind};

/// The document that a [`StoredVersion::handle`] stands for.
pub fn address_of(handle: u64) -> DocAddress {
    DocAddress::new((handle >> 32) as u32, handle as u32)
}

fn handle_of(segment: u32, doc: DocId) -> u64 {
    u64::from(segment) << 32 | u64::from(doc)
}

/// All that was read from the file `file`.
pub fn of_file(searcher: &Searcher, file: &str) -> tantivy::Result<Vec<StoredVersion>> {
    with_term(searcher, &Term::from_field_text(fields().source, file))
}

/// The article or notice of that key.
pub fn of_key(searcher: &Searcher, key: u64) -> tantivy::Result<Option<StoredVersion>> {
    Ok(with_term(searcher, &Term::from_field_u64(fields().key, key))?.pop())
}

/// The articles of that digest. An index of an older version has none.
pub fn of_content(searcher: &Searcher, content: u64) -> tantivy::Result<Vec<StoredVersion>> {
    with_later_term(searcher, &Term::from_field_u64(fields().content, content))
}

/// All versions of an item.
pub fn of_item(searcher: &Searcher, item: u64) -> tantivy::Result<Vec<StoredVersion>> {
    with_term(searcher, &Term::from_field_u64(fields().item, item))
}

/// The superseded articles of that id. An index of an older version has none.
pub fn superseded(searcher: &Searcher, id: &str) -> tantivy::Result<Vec<StoredVersion>> {
    with_later_term(searcher, &Term::from_field_text(fields().superseded, id))
}

/// The articles that searches find whose keys are in `keys`.
pub fn articles(
    searcher: &Searcher,
    keys: &RangeInclusive<u64>,
) -> tantivy::Result<Vec<StoredVersion>> {
    let mut articles = Vec::new();
    let is_wanted = |columns: &StateColumns, doc| {
        columns.is(doc, Kind::Article) && columns.key.first(doc).is_some_and(|k| keys.contains(&k))
    };
    for_each(searcher, is_wanted, |article| articles.push(article))?;
    Ok(articles)
}

/// All versions of the items whose ids are in `items`.
pub fn versions_of_items(
    searcher: &Searcher,
    items: &RangeInclusive<u64>,
) -> tantivy::Result<Vec<StoredVersion>> {
    let mut versions = Vec::new();
    let is_wanted = |columns: &StateColumns, doc| {
        columns.item.first(doc).is_some_and(|item| items.contains(&item))
    };
    for_each(searcher, is_wanted, |version| versions.push(version))?;
    Ok(versions)
}

/// The number of versions of all items.
pub fn count_versions_of_items(searcher: &Searcher) -> tantivy::Result<u64> {
    let mut count = 0;
    for_each(searcher, |columns, doc| columns.item.first(doc).is_some(), |_| count += 1)?;
    Ok(count)
}

fn for_each(
    searcher: &Searcher,
    is_wanted: impl Fn(&StateColumns, DocId) -> bool,
    mut visit: impl FnMut(StoredVersion),
) -> tantivy::Result<()> {
    for (number, segment) in searcher.segment_readers().iter().enumerate() {
        let columns = StateColumns::open(segment)?;
        for doc in segment.doc_ids_alive().filter(|&doc| is_wanted(&columns, doc)) {
            columns.version(number as u32, doc).into_iter().for_each(&mut visit);
        }
    }
    Ok(())
}

/// The versions that have a term of a field that older versions of the index lack.
fn with_later_term(searcher: &Searcher, term: &Term) -> tantivy::Result<Vec<StoredVersion>> {
    if searcher.schema().num_fields() <= term.field().field_id() as usize {
        return Ok(Vec::new());
    }
    with_term(searcher, term)
}

/// The versions that have a term.
fn with_term(searcher: &Searcher, term: &Term) -> tantivy::Result<Vec<StoredVersion>> {
    let mut versions = Vec::new();
    for (number, segment) in searcher.segment_readers().iter().enumerate() {
        in_segment(number as u32, segment, term, &mut versions)?;
    }
    Ok(versions)
}

fn in_segment(
    number: u32,
    segment: &SegmentReader,
    term: &Term,
    versions: &mut Vec<StoredVersion>,
) -> tantivy::Result<()> {
    let index = segment.inverted_index(term.field())?;
    let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else {
        return Ok(());
    };
    let columns = StateColumns::open(segment)?;
    while postings.doc() != TERMINATED {
        if !segment.is_deleted(postings.doc()) {
            versions.extend(columns.version(number, postings.doc()));
        }
        postings.advance();
    }
    Ok(())
}

/// The columns of a segment that make a [`StoredVersion`].
struct StateColumns {
    kind: Column<u64>,
    key: Column<u64>,
    digest: Column<u64>,
    item: Column<u64>,
    item_version: Column<u64>,
}

impl StateColumns {
    fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = Columns::of(segment);
        Ok(Self {
            kind: columns.number(NumberColumn::Kind)?,
            key: columns.number(NumberColumn::Key)?,
            digest: columns.number(NumberColumn::Digest)?,
            item: columns.number(NumberColumn::Item)?,
            item_version: columns.number(NumberColumn::Version)?,
        })
    }

    fn is(&self, doc: DocId, kind: Kind) -> bool {
        self.kind.first(doc) == Some(kind as u64)
    }

    fn item(&self, doc: DocId) -> Option<Item> {
        let id = self.item.first(doc)?;
        Some(Item { id, version: self.item_version.first(doc).unwrap_or_default() })
    }

    /// The version whose document that is; `None` if it is a quotation or a file's.
    fn version(&self, segment: u32, doc: DocId) -> Option<StoredVersion> {
        let kind = match Kind::of(self.kind.first(doc)?)? {
            Kind::Article => VersionKind::Article,
            Kind::Superseded => VersionKind::Superseded,
            Kind::Notice => VersionKind::Notice,
            Kind::Quote | Kind::Source => return None,
        };
        Some(StoredVersion {
            kind,
            key: self.key.first(doc).unwrap_or_default(),
            digest: self.digest.first(doc).unwrap_or_default(),
            item: self.item(doc),
            handle: handle_of(segment, doc),
        })
    }
}
