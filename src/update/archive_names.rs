//! Under which name the index knows an archive. A name is given once and stays, as the ids of all articles begin with it:
//! an archive that moved keeps it, and a second archive whose folder has the same name gets another one.

use std::path::{Path, PathBuf};

use crate::archive::walk::default_name;
use crate::error::{Error, Result};
use crate::manifest::commit_metadata::Archive;

/// An archive that is given, and how the index knows it.
#[derive(Clone, Debug)]
pub(super) struct NamedArchive {
    pub(super) name: String,
    pub(super) folder: PathBuf,
    /// What the index remembers of it, if it knows it.
    pub(super) known: Option<Archive>,
}

/// What the user says of the name of the only archive that is given.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wishes<'a> {
    pub(super) name: Option<&'a str>,
    pub(super) moved_from: Option<&'a str>,
}

/// The names of the archives in the folders `given`, which are absolute and different, when the index knows `known`.
pub(super) fn named(
    given: &[PathBuf],
    wishes: Wishes<'_>,
    known: &[Archive],
) -> Result<Vec<NamedArchive>> {
    let mut named: Vec<NamedArchive> = Vec::with_capacity(given.len());
    for folder in given {
        let archive = match (wishes.moved_from, wishes.name) {
            (Some(former), _) => moved(folder, former, known)?,
            (None, Some(name)) => with_name(folder, name, known)?,
            (None, None) => by_its_folder(folder, known, &named),
        };
        named.push(archive);
    }
    Ok(named)
}

/// Checks a name that the user gives.
pub(super) fn check_name(name: &str) -> Result<()> {
    let is_usable = !name.trim().is_empty()
        && !name.starts_with('.')
        && !name.contains(|c: char| c == '/' || c == '!' || c.is_control());
    if is_usable {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "{name:?} is no name of an archive: it must not be empty, begin with a dot, or have a / or a ! in it"
    )))
}

/// The archive that was at, or is called, `former`, and is now in `folder`.
fn moved(folder: &Path, former: &str, known: &[Archive]) -> Result<NamedArchive> {
    let place = std::path::absolute(former).unwrap_or_default();
    let archive = known
        .iter()
        .find(|archive| archive.folder == place)
        .or_else(|| known.iter().find(|archive| archive.name == former));
    let Some(archive) = archive else {
        let names: Vec<_> = known.iter().map(|archive| archive.name.as_str()).collect();
        return Err(Error::Usage(format!(
            "the index knows no archive {former}; it has: {}",
            names.join(", ")
        )));
    };
    Ok(NamedArchive::known(archive, folder))
}

/// The archive in `folder` by the name that the user gives it.
fn with_name(folder: &Path, name: &str, known: &[Archive]) -> Result<NamedArchive> {
    if let Some(archive) = known.iter().find(|archive| archive.folder == folder) {
        if archive.name == name {
            return Ok(NamedArchive::known(archive, folder));
        }
        return Err(Error::Usage(format!(
            "the index knows {} by the name {} already: the ids of its articles begin with that",
            folder.display(),
            archive.name
        )));
    }
    match known.iter().find(|archive| archive.name == name) {
        Some(other) if exists(&other.folder) => Err(Error::Usage(format!(
            "the archive {} has the name {name} already; choose another one",
            other.folder.display()
        ))),
        Some(archive) => Ok(NamedArchive::known(archive, folder)),
        None => Ok(NamedArchive::new(name.to_owned(), folder)),
    }
}

/// The archive in `folder`: one that the index knows there; else one of its name whose folder is gone; else a new one, with
/// a name that neither a known one nor one of `before` has.
fn by_its_folder(folder: &Path, known: &[Archive], before: &[NamedArchive]) -> NamedArchive {
    if let Some(archive) = known.iter().find(|archive| archive.folder == folder) {
        return NamedArchive::known(archive, folder);
    }
    let name = default_name(folder);
    let is_given = |name: &str| before.iter().any(|other| other.name == name);
    match known.iter().find(|archive| archive.name == name) {
        Some(archive) if !exists(&archive.folder) && !is_given(&name) => {
            return NamedArchive::known(archive, folder);
        }
        None if !is_given(&name) => return NamedArchive::new(name, folder),
        _ => {}
    }
    let is_free =
        |name: &String| !is_given(name) && !known.iter().any(|archive| archive.name == *name);
    let parent = folder.parent().map(default_name).unwrap_or_default();
    let with_parent = format!("{parent}-{name}");
    let mut candidates = std::iter::once(with_parent.clone())
        .chain((2_u32..).map(|number| format!("{with_parent}-{number}")));
    NamedArchive::new(candidates.find(is_free).unwrap_or(with_parent), folder)
}

impl NamedArchive {
    fn new(name: String, folder: &Path) -> Self {
        Self { name, folder: folder.to_path_buf(), known: None }
    }

    fn known(archive: &Archive, folder: &Path) -> Self {
        let (name, known) = (archive.name.clone(), Some(archive.clone()));
        Self { name, folder: folder.to_path_buf(), known }
    }
}

/// Whether there is something; where that cannot be told, it is taken to be there.
pub(super) fn exists(folder: &Path) -> bool {
    !std::fs::metadata(folder).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(name: &str, folder: &Path) -> Archive {
        let (name, folder) = (name.to_owned(), folder.to_path_buf());
        Archive { name, folder, device: None, selection: <_>::default() }
    }

    fn names(given: &[PathBuf], wishes: Wishes<'_>, known: &[Archive]) -> Result<Vec<String>> {
        Ok(named(given, wishes, known)?.into_iter().map(|archive| archive.name).collect())
    }

    #[test]
    fn archives_of_one_name_get_names_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let at = |below: &str| {
            let path = folder.path().join(below);
            std::fs::create_dir_all(&path).unwrap();
            path
        };
        let (gazette, herald) = (at("gazette/news"), at("herald/news"));
        let both = [gazette.clone(), herald.clone()];
        assert_eq!(names(&both, Wishes::default(), &[]).unwrap(), ["news", "herald-news"]);
        let known = [archive("news", &gazette)];
        let alone = [herald.clone()];
        assert_eq!(names(&alone, Wishes::default(), &known).unwrap(), ["herald-news"]);
        let known = [archive("herald-news", &herald), archive("news", &gazette)];
        assert_eq!(names(&alone, Wishes::default(), &known).unwrap(), ["herald-news"]);
        // One whose folder is gone was moved.
        let gone = [archive("news", &folder.path().join("nowhere/news"))];
        assert_eq!(names(&alone, Wishes::default(), &gone).unwrap(), ["news"]);
    }

    #[test]
    fn a_name_is_given_once() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path().to_path_buf();
        let wish = |name| Wishes { name: Some(name), moved_from: None };
        let known = [archive("gazette", &here), archive("herald", Path::new("/"))];
        let given = std::slice::from_ref(&here);
        assert_eq!(names(given, wish("gazette"), &known).unwrap(), ["gazette"]);
        assert!(names(given, wish("courier"), &known).is_err());
        assert!(names(&[here.join("x")], wish("herald"), &known).is_err());
        assert_eq!(names(&[here.join("x")], wish("courier"), &known).unwrap(), ["courier"]);
        for wrong in ["", " ", ".x", "a/b", "a!/b", "a\n"] {
            assert!(check_name(wrong).is_err(), "{wrong:?}");
        }
        assert!(check_name("The Gazette 1998–2004").is_ok());
    }

    #[test]
    fn a_moved_archive_keeps_its_name() {
        let known = [archive("gazette", Path::new("/old/papers"))];
        for former in ["gazette", "/old/papers"] {
            let wishes = Wishes { name: None, moved_from: Some(former) };
            assert_eq!(names(&["/new/papers".into()], wishes, &known).unwrap(), ["gazette"]);
        }
        let wishes = Wishes { name: None, moved_from: Some("herald") };
        let error = names(&["/new/papers".into()], wishes, &known).unwrap_err();
        assert!(error.to_string().contains("gazette"), "{error}");
    }
}
