//! The journal of what a run changed: the ids of added articles, and changed and removed ones as they were before. How an
//! article was after the run is in a later journal, or in the index, so that nothing is kept twice.
//!
//! A journal is a head line, then blocks: length and checksum (32 and 64 bits, little-endian), and a zstd frame of
//! changes in postcard. It is synced before each commit, so that it has all changes of the commit. Changes that a killed
//! run noted after its last commit do no harm: the next run appends them again, and the first entry of an article counts.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{SCHEMA_VERSION, record};
use crate::article::Article;
use crate::atomic_file;
use crate::failpoint::{self, FileOperation};

/// Bytes of changes after which a block is written.
const BLOCK: usize = 1 << 20;
/// Bytes of a journal at most; later changes are not noted.
const MOST: u64 = 64 << 20;
/// zstd's fastest level: text shrinks to less than half at 300 MB/s.
const LEVEL: i32 = 1;

/// What happened to an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// It is new.
    Added,
    /// Its text or its metadata changed.
    Changed,
    /// It is gone.
    Removed,
}

/// A change of one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What happened.
    pub kind: Kind,
    /// The article's id.
    pub id: String,
    /// Its stored form as it was; empty if it was not there.
    pub before: Vec<u8>,
}

impl Change {
    /// The article `id` is new.
    pub fn added(id: &str) -> Self {
        Self { kind: Kind::Added, id: id.to_owned(), before: Vec::new() }
    }

    /// The article `id`, whose stored form was `before`, was changed or removed.
    pub fn of(kind: Kind, id: &str, before: Vec<u8>) -> Self {
        Self { kind, id: id.to_owned(), before }
    }

    /// The article as it was before; `None` if it was not there.
    pub fn before(&self) -> postcard::Result<Option<Article>> {
        let is_new = self.before.is_empty();
        (!is_new).then(|| record::article_of_record(&self.before)).transpose()
    }
}

/// What a journal holds.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// In the order in which they were made. An article that a killed run and the run after it both changed is here once,
    /// as it was before the first of them.
    pub changes: Vec<Change>,
    /// Whether there were more than a journal holds.
    pub cut_off: bool,
}

/// A journal that is being written.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
    length: u64,
    pending: Vec<Change>,
    pending_bytes: usize,
}

impl Journal {
    /// Opens the journal at `path`; what a killed run left there is kept.
    pub fn open(path: &Path) -> io::Result<Self> {
        if !path.exists() {
            failpoint::perform(FileOperation::Create(path), || File::create_new(path))?;
            atomic_file::sync_folder(path.parent().unwrap_or(Path::new(".")))?;
        }
        let mut file = File::options().read(true).write(true).open(path)?;
        let mut length = whole_length(&mut file)?;
        file.set_len(length)?;
        file.seek(SeekFrom::Start(length))?;
        if length == 0 {
            failpoint::perform(FileOperation::Write(path), || file.write_all(head().as_bytes()))?;
            length = head().len() as u64;
        }
        let path = path.to_path_buf();
        Ok(Self { file, path, length, pending: Vec::new(), pending_bytes: 0 })
    }

    /// Whether the journal has no room for more changes.
    pub fn is_full(&self) -> bool {
        self.length >= MOST
    }

    /// Notes a change.
    pub fn note(&mut self, change: Change) -> io::Result<()> {
        if self.is_full() {
            return Ok(());
        }
        self.pending_bytes += change.id.len() + change.before.len();
        self.pending.push(change);
        if self.pending_bytes >= BLOCK { self.write_block() } else { Ok(()) }
    }

    /// Makes all noted changes durable.
    pub fn sync(&mut self) -> io::Result<()> {
        self.write_block()?;
        failpoint::reached("journal");
        failpoint::perform(FileOperation::Sync(&self.path), || self.file.sync_data())
    }

    fn write_block(&mut self) -> io::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let changes = postcard::to_stdvec(&self.pending).map_err(io::Error::other)?;
        self.pending.clear();
        self.pending_bytes = 0;
        let frame = zstd::encode_all(&changes[..], LEVEL)?;
        let mut block = Vec::with_capacity(frame.len() + HEAD);
        block.extend((frame.len() as u32).to_le_bytes());
        block.extend(record::key_of(&frame).to_le_bytes());
        block.extend(frame);
        failpoint::perform(FileOperation::Write(&self.path), || self.file.write_all(&block))?;
        self.length += block.len() as u64;
        Ok(())
    }
}

/// Bytes before a block's frame.
const HEAD: usize = 12;

/// Whether the journal at `path` has no changes.
pub fn is_blank(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|about| about.len() <= head().len() as u64)
}

/// Reads the journal at `path`; one that does not exist has no changes. `None` if another version of the program wrote it.
pub fn read(path: &Path) -> io::Result<Option<Changes>> {
    let mut file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(Some(Changes::default()));
        }
        file => file?,
    };
    let mut read = Changes::default();
    let mut seen = rustc_hash::FxHashSet::default();
    let length = for_each_block(&mut file, &mut |frame| {
        let changes = zstd::decode_all(frame)?;
        let changes: Vec<Change> = postcard::from_bytes(&changes).map_err(io::Error::other)?;
        read.changes
            .extend(changes.into_iter().filter(|change| seen.insert(record::key(&change.id))));
        Ok(())
    })?;
    read.cut_off = length.is_some_and(|length| length >= MOST);
    Ok(length.map(|_| read))
}

/// The first line: it differs between versions of the schema.
fn head() -> String {
    format!("newsdex journal 1.{SCHEMA_VERSION}\n")
}

/// The length of the head and all whole blocks; 0 if there is no head.
fn whole_length(file: &mut File) -> io::Result<u64> {
    Ok(for_each_block(file, &mut |_| Ok(()))?.unwrap_or(0))
}

/// Calls `take` with the frame of every whole block. Returns the length of the head and these blocks; `None` if the head is
/// another.
fn for_each_block(
    file: &mut File,
    take: &mut dyn FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<Option<u64>> {
    let mut file = io::BufReader::new(file);
    let mut first = vec![0; head().len()];
    if fill(&mut file, &mut first)? < first.len() || first != head().as_bytes() {
        return Ok(None);
    }
    let mut length = first.len() as u64;
    loop {
        let mut about = [0; HEAD];
        if fill(&mut file, &mut about)? < HEAD {
            return Ok(Some(length));
        }
        let (size, sum) = about.split_at(4);
        let size = u32::from_le_bytes(size.try_into().unwrap_or_default());
        let mut frame = Vec::new();
        (&mut file).take(u64::from(size)).read_to_end(&mut frame)?;
        if frame.len() < size as usize || record::key_of(&frame).to_le_bytes() != *sum {
            return Ok(Some(length));
        }
        take(&frame)?;
        length += (HEAD + frame.len()) as u64;
    }
}

/// Reads until `bytes` are full or the file ends.
fn fill(file: &mut impl Read, bytes: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < bytes.len() {
        match file.read(&mut bytes[filled..])? {
            0 => break,
            n => filled += n,
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(kind: Kind, id: &str, before: &str) -> Change {
        Change { kind, id: id.to_owned(), before: before.as_bytes().to_vec() }
    }

    fn write(path: &Path, changes: &[Change]) {
        let mut journal = Journal::open(path).unwrap();
        for change in changes {
            journal.note(change.clone()).unwrap();
        }
        journal.sync().unwrap();
    }

    #[test]
    fn what_is_noted_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("changes");
        assert!(read(&path).unwrap().unwrap().changes.is_empty(), "there is none");
        let changes = [change(Kind::Added, "a", ""), change(Kind::Changed, "b", "what it was")];
        write(&path, &changes);
        assert_eq!(read(&path).unwrap().unwrap().changes, changes);
    }

    #[test]
    fn a_torn_end_is_cut_off_and_the_first_entry_counts() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("changes");
        write(&path, &[change(Kind::Changed, "a", "first")]);
        let whole = std::fs::metadata(&path).unwrap().len();
        write(&path, &[change(Kind::Changed, "b", "torn")]);
        let length = std::fs::metadata(&path).unwrap().len();
        for cut in whole..length {
            File::options().write(true).open(&path).unwrap().set_len(cut).unwrap();
            write(&path, &[change(Kind::Changed, "a", "second"), change(Kind::Removed, "c", "c")]);
            let ids: Vec<_> =
                read(&path).unwrap().unwrap().changes.into_iter().map(|c| c.before).collect();
            assert_eq!(ids, [b"first".to_vec(), b"c".to_vec()], "cut at {cut}");
            File::options().write(true).open(&path).unwrap().set_len(whole).unwrap();
            write(&path, &[change(Kind::Changed, "b", "torn")]);
        }
    }

    #[test]
    fn a_journal_of_another_version_is_not_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("changes");
        std::fs::write(&path, "newsdex journal 0.1\nx").unwrap();
        assert!(read(&path).unwrap().is_none());
    }
}
