//! Recognises an archive that was moved: where it is given as a new one, all its articles would be in the index twice.

use super::archive_names::{NamedArchive, exists};
use super::plan::content_hash;
use crate::archive::walk::{FileRef, Filter, walk};
use crate::error::{Error, Result};
use crate::manifest::commit_metadata::Archive;
use crate::manifest::files::FileEntry;
use crate::query::engine::writing::Commit;
use crate::read;

/// Files of the new archive that are looked at.
const SAMPLE: usize = 256;
/// Files whose content is compared.
const COMPARED: usize = 16;
/// Bytes of larger files are not compared: size and name will do.
const LARGE: u64 = 64 << 20;

/// Refuses `archive`, which is new, if it has the files of one that the index knows and whose folder is gone.
pub(super) fn refuse(archive: &NamedArchive, known: &[Archive], commit: &dyn Commit) -> Result<()> {
    let mut gone = known.iter().filter(|known| !exists(&known.folder)).peekable();
    if archive.known.is_some() || gone.peek().is_none() {
        return Ok(());
    }
    let everything = Filter::default();
    let found = walk(&archive.folder, &archive.name, &everything)?;
    let sample: Vec<FileRef> = found.filter_map(std::result::Result::ok).take(SAMPLE).collect();
    for known in gone {
        if holds_files_of(&sample, &archive.name, known, commit)? {
            return Err(Error::ArchiveMoved {
                name: known.name.clone(),
                from: known.folder.clone(),
                to: archive.folder.clone(),
            });
        }
    }
    Ok(())
}

/// Whether most of the files are in the archive `known`, at the same places, with the same content.
fn holds_files_of(
    files: &[FileRef],
    name: &str,
    known: &Archive,
    commit: &dyn Commit,
) -> Result<bool> {
    let keys: Vec<String> = files
        .iter()
        .map(|file| format!("{}{}", known.name, file.key.strip_prefix(name).unwrap_or_default()))
        .collect();
    let entries = commit.file_entries(&keys.iter().map(String::as_str).collect::<Vec<_>>())?;
    let mut compared = 0;
    let mut is_same = |file: &FileRef, entry: &FileEntry| {
        if entry.size != file.size || entry.articles == 0 {
            return false;
        }
        if compared == COMPARED || file.size > LARGE {
            return true;
        }
        compared += 1;
        let hash = read::open(file).and_then(|opened| content_hash(&opened, &|| false));
        hash.is_ok_and(|(hash, _)| hash == entry.hash)
    };
    let both = files.iter().zip(&entries);
    let same =
        both.filter(|(file, entry)| entry.as_ref().is_some_and(|e| is_same(file, e))).count();
    Ok(same > 0 && same * 2 >= files.len())
}
