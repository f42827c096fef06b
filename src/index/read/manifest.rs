//! The manifest in the index: one document for each file that the index was made from.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyDocument, Term};

use crate::index::schema::columns::{Columns, NumberColumn, TextColumn, TimeColumn};
use crate::index::schema::document::damaged;
use crate::index::schema::{Kind, fields};
use crate::manifest::files::{FileEntry, FileFingerprint, Fingerprints};
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
                return entry_at(segment, found.doc()).map(Some);
            }
            found.advance();
        }
    }
    Ok(None)
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
        let mut names = file.dictionary().stream()?;
        let mut ord = 0;
        while names.advance() {
            while let Some((_, doc)) = docs.next_if(|&(of, _)| of == ord) {
                visit(&String::from_utf8_lossy(names.key()), entry_at(segment, doc)?);
            }
            ord += 1;
        }
    }
    Ok(())
}

fn no_value() -> tantivy::TantivyError {
    damaged("a file's entry lacks a value")
}

fn entry_at(segment: &SegmentReader, doc: DocId) -> tantivy::Result<FileEntry> {
    let columns = Columns::of(segment);
    let number = |column| columns.number(column)?.first(doc).ok_or_else(no_value);
    let skipped = match columns.text(TextColumn::Skipped)? {
        Some(column) => match column.ords().first(doc) {
            Some(ord) => {
                let mut reason = String::new();
                column.ord_to_str(ord, &mut reason)?;
                Some(reason)
            }
            None => None,
        },
        None => None,
    };
    Ok(FileEntry {
        size: number(NumberColumn::Size)?,
        modified: columns.time(TimeColumn::Modified)?.first(doc).ok_or_else(no_value)?,
        hash: number(NumberColumn::Hash)?,
        articles: number(NumberColumn::Articles)?,
        versions: number(NumberColumn::Versions)?,
        skipped,
    })
}
