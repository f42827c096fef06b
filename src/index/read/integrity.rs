//! Checks an index: checksums of tantivy's files, files that belong to no commit, and, for each file of the archive, the
//! manifest's entry against the articles and quotations that are there.

use std::path::PathBuf;

use rustc_hash::FxHashMap;
use tantivy::directory::{Directory, META_LOCK};
use tantivy::index::{SegmentComponent, SegmentMeta};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

use super::manifest::for_each_file;
use super::snapshot::Snapshot;
use crate::atomic_file;
use crate::error::{Error, Result};
use crate::index::schema::columns::{Columns, NumberColumn};
use crate::index::schema::{Kind, fields};
use crate::index::storage::generation::Generation;
use crate::manifest::files::FileState;
use crate::manifest::findings::{DamagedSource, Findings, Wrong};
use crate::manifest::record;

/// tantivy's list of its files.
const FILES: &str = ".managed.json";
/// tantivy's files beside those of segments.
const KEPT: [&str; 4] = ["meta.json", FILES, ".tantivy-meta.lock", ".tantivy-writer.lock"];

/// Checks all of an index; nobody may be writing it.
pub fn examine(snapshot: &Snapshot) -> Result<Findings> {
    let mut findings = Findings {
        damaged: damaged_files(snapshot)?,
        orphans: orphans(snapshot)?,
        ..Findings::default()
    };
    if findings.damaged.is_empty() {
        let compare =
            || compare(snapshot, &mut findings).map_err(Error::index("read", snapshot.dir()));
        snapshot.guard(compare)?;
    }
    Ok(findings)
}

/// The files of a commit whose content is not what was written, or that are missing.
pub fn damaged_files(snapshot: &Snapshot) -> Result<Vec<PathBuf>> {
    let (Some(directory), Some(generation)) = (&snapshot.directory, snapshot.generation()) else {
        return Ok(Vec::new());
    };
    let index = snapshot.searcher().index();
    let read = |error| Error::index("read", snapshot.dir())(error);
    let folder = generation.path();
    let mut damaged: Vec<PathBuf> = if directory.is_sealed() {
        let metas = index.load_metas().map_err(read)?;
        let files = metas.segments.iter().flat_map(files_of_segment);
        files.filter(|file| directory.verify(file).is_err()).collect()
    } else {
        index.validate_checksum().map_err(read)?.into_iter().collect()
    };
    // Without the list of its files, tantivy would never remove one.
    damaged.extend([PathBuf::from(FILES)].into_iter().filter(|file| !folder.join(file).exists()));
    damaged.sort();
    Ok(damaged.into_iter().map(|file| folder.join(file)).collect())
}

/// The names of the files of a segment.
fn files_of_segment(segment: &SegmentMeta) -> impl Iterator<Item = PathBuf> {
    use SegmentComponent::{Delete, FastFields, FieldNorms, Positions, Postings, Store, Terms};
    let always = [Terms, Postings, Positions, FastFields, FieldNorms, Store];
    let deletes = segment.has_deletes().then_some(Delete);
    always.into_iter().chain(deletes).map(|component| segment.relative_path(component))
}

/// Removes what belongs to no commit of a generation: what a killed run had begun, and what a merge at the end of a run
/// has replaced. Nobody else may be writing.
pub fn sweep(generation: &Generation) -> Result<()> {
    let snapshot = Snapshot::of_generation(generation)?;
    // Readers hold this lock while they open the files of a commit.
    let lock = snapshot.searcher().index().directory().acquire_lock(&META_LOCK);
    let _lock = lock.map_err(Error::index("lock", snapshot.dir()))?;
    for path in files_of_no_commit(&snapshot, generation)? {
        atomic_file::remove_file(&path).map_err(Error::io("remove", &path))?;
    }
    Ok(())
}

fn files_of_no_commit(snapshot: &Snapshot, generation: &Generation) -> Result<Vec<PathBuf>> {
    let folder = generation.path();
    let metas = snapshot.searcher().index().load_metas();
    let live = metas.map_err(Error::index("read", snapshot.dir()))?.list_segment_files();
    let entries = std::fs::read_dir(&folder).map_err(Error::io("read", &folder))?;
    let names = entries.flatten().map(|entry| PathBuf::from(entry.file_name()));
    let is_kept = |name: &PathBuf| KEPT.iter().any(|kept| name.as_os_str() == *kept);
    let others = names.filter(|name| !is_kept(name) && !live.contains(name));
    Ok(others.map(|name| folder.join(name)).collect())
}

/// Files of no commit, and other generations.
fn orphans(snapshot: &Snapshot) -> Result<Vec<PathBuf>> {
    let Some(generation) = snapshot.generation() else { return Ok(Vec::new()) };
    let mut orphans = files_of_no_commit(snapshot, generation)?;
    let folder = generation.path();
    let beside = folder.parent().and_then(|above| std::fs::read_dir(above).ok());
    let others = beside.into_iter().flatten().flatten().map(|entry| entry.path());
    orphans.extend(others.filter(|path| *path != folder));
    orphans.sort();
    Ok(orphans)
}

/// What the index has of a file.
#[derive(Clone, Copy, Default)]
struct Tally {
    articles: u64,
    superseded: u64,
    lost_quotations: u64,
}

impl Tally {
    /// Articles that were read from the file.
    fn read(self) -> u64 {
        self.articles + self.superseded
    }
}

fn compare(snapshot: &Snapshot, findings: &mut Findings) -> tantivy::Result<()> {
    let mut tallies: FxHashMap<u64, Tally> = FxHashMap::default();
    each_file(snapshot, &mut |name, tally, quotations| {
        findings.articles += tally.articles;
        findings.superseded += tally.superseded;
        findings.quotations += quotations;
        let sum = tallies.entry(record::key_of(name)).or_default();
        sum.articles += tally.articles;
        sum.superseded += tally.superseded;
        sum.lost_quotations += tally.lost_quotations;
    })?;
    for_each_file(snapshot.searcher(), |key, source| {
        let found = tallies.remove(&record::key(key)).unwrap_or_default();
        findings.files += 1;
        if source.state != FileState::Whole {
            let (file, state) = (key.to_owned(), source.state.name());
            let reason = source.skipped.unwrap_or_default();
            findings.damaged_sources.push(DamagedSource { file, state, reason });
        }
        if source.versions == 0 {
            findings.unfinished += 1;
        } else if source.articles != found.read() || found.lost_quotations > 0 {
            let (found, lost_quotations) = (found.read(), found.lost_quotations);
            let stated = Some(source.articles);
            findings.wrong.push(Wrong { file: key.to_owned(), stated, found, lost_quotations });
        }
    })?;
    tallies.retain(|_, found| found.read() > 0 || found.lost_quotations > 0);
    if !tallies.is_empty() {
        each_file(snapshot, &mut |name, _, _| {
            if let Some(found) = tallies.remove(&record::key_of(name)) {
                findings.wrong.push(Wrong {
                    file: String::from_utf8_lossy(name).into_owned(),
                    stated: None,
                    found: found.read(),
                    lost_quotations: found.lost_quotations,
                });
            }
        })?;
    }
    findings.wrong.sort();
    findings.damaged_sources.sort();
    Ok(())
}

/// Calls `take`, for every segment and every file that it has documents of, with the file's key, counts and number of
/// quotations.
fn each_file(snapshot: &Snapshot, take: &mut dyn FnMut(&[u8], Tally, u64)) -> tantivy::Result<()> {
    for segment in snapshot.searcher().segment_readers() {
        let documents = Documents::open(segment)?;
        let index = segment.inverted_index(fields().source)?;
        let mut files = index.terms().stream()?;
        while files.advance() {
            let mut found =
                index.read_postings_from_terminfo(files.value(), IndexRecordOption::Basic)?;
            let (mut tally, mut quotations) = (Tally::default(), 0);
            while found.doc() != TERMINATED {
                match documents.kind_of(found.doc()) {
                    Some(Kind::Article) => tally.articles += 1,
                    Some(Kind::Superseded) => tally.superseded += 1,
                    Some(Kind::Quote) if documents.has_article(found.doc()) => quotations += 1,
                    Some(Kind::Quote) => tally.lost_quotations += 1,
                    _ => {}
                }
                found.advance();
            }
            take(files.key(), tally, quotations);
        }
    }
    Ok(())
}

/// The documents of a segment that are not deleted.
struct Documents<'s> {
    segment: &'s SegmentReader,
    kind: tantivy::columnar::Column<u64>,
    key: tantivy::columnar::Column<u64>,
    ordinal: tantivy::columnar::Column<u64>,
}

impl<'s> Documents<'s> {
    fn open(segment: &'s SegmentReader) -> tantivy::Result<Self> {
        let columns = Columns::of(segment);
        let (kind, key, ordinal) = (
            columns.number(NumberColumn::Kind)?,
            columns.number(NumberColumn::Key)?,
            columns.number(NumberColumn::Ordinal)?,
        );
        Ok(Self { segment, kind, key, ordinal })
    }

    fn kind_of(&self, doc: DocId) -> Option<Kind> {
        let kind = self.kind.first(doc).filter(|_| !self.segment.is_deleted(doc))?;
        Kind::of(kind)
    }

    /// Whether the article of the quotation `doc` is where it should be, before it.
    fn has_article(&self, doc: DocId) -> bool {
        let ordinal = self.ordinal.first(doc).unwrap_or_default() as DocId;
        doc.checked_sub(ordinal + 1).is_some_and(|article| {
            self.kind_of(article) == Some(Kind::Article)
                && self.key.first(article) == self.key.first(doc)
        })
    }
}
