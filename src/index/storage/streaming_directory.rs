//! tantivy's files as a writer reads them, and those of stored articles as all do: memory is returned as soon as a piece was
//! used. A merge reads all of its segments; if their files stayed mapped until it ends, all that it has read would count as memory
//! of the process.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use tantivy::directory::error::OpenReadError;
use tantivy::directory::{FileHandle, MmapDirectory, OwnedBytes};
use tantivy::{Directory, HasLen};

/// Pieces shorter than this (bytes) are copied, longer ones mapped for as long as they are used.
const LONG: usize = 1 << 17;

/// A file, open for reading.
#[derive(Debug)]
pub(crate) struct StreamingFile {
    file: File,
    length: usize,
    path: PathBuf,
    files: MmapDirectory,
}

impl StreamingFile {
    /// Opens the file `path` of `files`, which lie in `folder`.
    pub(crate) fn open(
        files: &MmapDirectory,
        folder: &Path,
        path: &Path,
    ) -> Result<Self, OpenReadError> {
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_path_buf()),
            _ => OpenReadError::wrap_io_error(error, path.to_path_buf()),
        };
        let file = File::open(folder.join(path)).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len() as usize;
        Ok(Self { file, length, path: path.to_path_buf(), files: files.clone() })
    }
}

impl HasLen for StreamingFile {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for StreamingFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.len() < LONG {
            let mut piece = vec![0; range.len()];
            read_exact_at(&self.file, &mut piece, range.start as u64)?;
            return Ok(OwnedBytes::new(piece));
        }
        let mapped = self.files.get_file_handle(&self.path).map_err(io::Error::other)?;
        mapped.read_bytes(range)
    }
}

#[cfg(unix)]
fn read_exact_at(file: &File, piece: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, piece, at)
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut piece: &mut [u8], mut at: u64) -> io::Result<()> {
    while !piece.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, piece, at)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                piece = &mut piece[read..];
                at += read as u64;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_pieces_are_those_of_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let content: Vec<u8> = (0..3 * LONG).map(|i| (i % 251) as u8).collect();
        std::fs::write(folder.path().join("f"), &content).expect("a file");
        let files = MmapDirectory::open(folder.path()).expect("a folder that is there");
        let file = StreamingFile::open(&files, folder.path(), Path::new("f")).expect("a file");
        assert_eq!(file.len(), content.len());
        for range in [0..0, 5..9, 7..7 + LONG, 0..content.len(), content.len() - 1..content.len()] {
            let piece = file.read_bytes(range.clone()).expect("a piece");
            assert_eq!(piece.as_slice(), &content[range]);
        }
        let missing = StreamingFile::open(&files, folder.path(), Path::new("g"));
        assert!(matches!(missing, Err(OpenReadError::FileDoesNotExist(_))));
    }
}
