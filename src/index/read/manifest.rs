//! The manifest in the index: one document for each file that the index was made from.

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyDocument, Term};

use crate::index::schema::columns::{Columns, NumberColumn, TextColumn, TimeColumn};
use crate::index::schema::document::damaged;
use crate::index::schema::{Kind, fields};
use crate::manifest::files::{FileEntry, FileFingerprint, FileState, Fingerprints};
use crate::manifest::record;

/// The document of the file `key`.
pub(crate) fn document(entry: &FileEntry, key: &str) -> TantivyDocument {
    let f = fields();
    let mut d = TantivyDocument::default();
    d.add_u64(f.kind, Kind::Source as u64);
    d.add_text(f.file, key);
    d.add_u64(f.size, entry.size);
    d.add_i64(f.modified, entry.modified);
    d.add_u64(f.hash, entry.hash);
    d.add_u64(f.articles, entry.articles);
    d.add_u64(f.versions, entry.versions);
    if entry.state != FileState::Whole {
        d.add_u64(f.state, entry.state as u64);
    }
    if let Some(reason) = &entry.skipped {
        d.add_text(f.skipped, reason);
    }
    d
}

/// The fingerprints of all files of a commit.
pub fn fingerprints(searcher: &Searcher) -> tantivy::Result<Fingerprints> {
    let mut files = Vec::new();
    for segment in searcher.segment_readers() {
        load_segment(segment, &mut files)?;
    }
    Ok(Fingerprints::new(files))
}

fn load_segment(
    segment: &SegmentReader,
    files: &mut Vec<(u64, FileFingerprint)>,
) -> tantivy::Result<()> {
    let columns = Columns::of(segment);
    let Some(file) = columns.text(TextColumn::File)? else { return Ok(()) };
    let mut keys = Vec::with_capacity(file.num_terms());
    let mut names = file.dictionary().stream()?;
    while names.advance() {
        keys.push(record::key_of(names.key()));
    }
    let (size, modified) =
        (columns.number(NumberColumn::Size)?, columns.time(TimeColumn::Modified)?);
    let versions = columns.number(NumberColumn::Versions)?;
    for doc in segment.doc_ids_alive() {
        let Some(&key) = file.ords().first(doc).and_then(|ord| keys.get(ord as usize)) else {
            continue;
        };
        let fingerprint = FileFingerprint::new(
            size.first(doc).ok_or_else(no_value)?,
            modified.first(doc).ok_or_else(no_value)?,
            versions.first(doc).ok_or_else(no_value)?,
        );
        files.push((key, fingerprint));
    }
    Ok(())
}

/// The entry of the file `key`.
pub fn file_entry(searcher: &Searcher, key: &str) -> tantivy::Result<Option<FileEntry>> {
    let term = Term::from_field_text(fields().file, key);
    for segment in searcher.segment_readers() {
        let Some(mut found) =
            segment.inverted_index(term.field())?.read_postings(&term, IndexRecordOption::Basic)?
        else {
            continue;
        };
        while found.doc() != TERMINATED {
            if !segment.is_deleted(found.doc()) {
                return EntryColumns::open(segment)?.entry(found.doc()).map(Some);
            }
            found.advance();
        }
    }
    Ok(None)
}

/// The keys and the entries of the files that are damaged, of a commit of this schema.
pub fn damaged_files(searcher: &Searcher) -> tantivy::Result<Vec<(String, FileEntry)>> {
    let mut found = Vec::new();
    for segment in searcher.segment_readers() {
        let Some(file) = Columns::of(segment).text(TextColumn::File)? else { continue };
        let index = segment.inverted_index(fields().state)?;
        for state in FileState::DAMAGED {
            let term = Term::from_field_u64(fields().state, state as u64);
            let Some(mut docs) = index.read_postings(&term, IndexRecordOption::Basic)? else {
                continue;
            };
            while docs.doc() != TERMINATED {
                if let Some(ord) = file.ords().first(docs.doc())
                    && !segment.is_deleted(docs.doc())
                {
                    let mut key = String::new();
                    file.ord_to_str(ord, &mut key)?;
                    found.push((key, EntryColumns::open(segment)?.entry(docs.doc())?));
                }
                docs.advance();
            }
        }
    }
    Ok(found)
}

/// Calls `visit` with the key and the entry of every file.
pub fn for_each_file(
    searcher: &Searcher,
    mut visit: impl FnMut(&str, FileEntry),
) -> tantivy::Result<()> {
    for segment in searcher.segment_readers() {
        let Some(file) = Columns::of(segment).text(TextColumn::File)? else { continue };
        let mut docs: Vec<(u64, DocId)> = segment
            .doc_ids_alive()
            .filter_map(|doc| Some((file.ords().first(doc)?, doc)))
            .collect();
        docs.sort_unstable();
        let mut docs = docs.into_iter().peekable();
        let columns = EntryColumns::open(segment)?;
        let mut names = file.dictionary().stream()?;
        let mut ord = 0;
        while names.advance() {
            while let Some((_, doc)) = docs.next_if(|&(of, _)| of == ord) {
                visit(&String::from_utf8_lossy(names.key()), columns.entry(doc)?);
            }
            ord += 1;
        }
    }
    Ok(())
}

fn no_value() -> tantivy::TantivyError {
    damaged("a file's entry lacks a value")
}

/// The columns of a segment that make an entry.
struct EntryColumns {
    size: Column<u64>,
    modified: Column<i64>,
    hash: Column<u64>,
    articles: Column<u64>,
    versions: Column<u64>,
    state: Option<Column<u64>>,
    skipped: Option<StrColumn>,
}

impl EntryColumns {
    fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = Columns::of(segment);
        Ok(Self {
            size: columns.number(NumberColumn::Size)?,
            modified: columns.time(TimeColumn::Modified)?,
            hash: columns.number(NumberColumn::Hash)?,
            articles: columns.number(NumberColumn::Articles)?,
            versions: columns.number(NumberColumn::Versions)?,
            state: columns.number_if_any(NumberColumn::State)?,
            skipped: columns.text(TextColumn::Skipped)?,
        })
    }

    fn entry(&self, doc: DocId) -> tantivy::Result<FileEntry> {
        let state = self.state.as_ref().and_then(|column| column.first(doc));
        let number = |column: &Column<u64>| column.first(doc).ok_or_else(no_value);
        Ok(FileEntry {
            size: number(&self.size)?,
            modified: self.modified.first(doc).ok_or_else(no_value)?,
            hash: number(&self.hash)?,
            articles: number(&self.articles)?,
            versions: number(&self.versions)?,
            state: state.and_then(FileState::of).unwrap_or_default(),
            skipped: self.skipped(doc)?,
        })
    }

    fn skipped(&self, doc: DocId) -> tantivy::Result<Option<String>> {
        let Some(column) = &self.skipped else { return Ok(None) };
        let Some(ord) = column.ords().first(doc) else { return Ok(None) };
        let mut reason = String::new();
        column.ord_to_str(ord, &mut reason)?;
        Ok(Some(reason))
    }
}
