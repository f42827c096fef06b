//! What a commit says about itself, beside the documents: which program wrote it, and which archives it has, with the
//! options that each was indexed with.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::SCHEMA_VERSION;
use super::record::FORM;

/// What a commit says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitMetadata {
    /// Version of the program.
    pub program: String,
    /// [`SCHEMA_VERSION`].
    pub schema: u32,
    /// [`super::record::FORM`]: whether articles of it can be read by another version of the program.
    #[serde(default)]
    pub form: u32,
    /// What was indexed.
    pub archives: Vec<Archive>,
    /// Whether it must still be resolved which versions of items are current: a run that ends early leaves that to the next.
    #[serde(default, rename = "unsettled", skip_serializing_if = "std::ops::Not::not")]
    pub unresolved: bool,
}

impl CommitMetadata {
    /// What a commit's payload says; the default if it has none.
    pub fn of(payload: Option<&str>) -> serde_json::Result<Self> {
        payload.map_or(Ok(Self::default()), serde_json::from_str)
    }

    /// The metadata of this program for an index of `archives`.
    pub fn new(archives: Vec<Archive>) -> Self {
        let program = env!("CARGO_PKG_VERSION").to_owned();
        Self { program, schema: SCHEMA_VERSION, form: FORM, archives, unresolved: false }
    }

    /// Whether this version of the program wrote it.
    pub fn is_ours(&self) -> bool {
        *self == Self { unresolved: self.unresolved, ..Self::new(self.archives.clone()) }
    }
}

/// An archive that an index knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Archive {
    /// With which the keys of its files begin: unless another one was given, the name of its folder.
    pub name: String,
    /// Its folder, or its only file, as an absolute path.
    pub folder: PathBuf,
    /// The device of the file system that the folder was on, where the system numbers them.
    pub device: Option<u64>,
    /// What of it is indexed.
    pub selection: ArchiveOptions,
}

/// What of an archive is indexed, and how its files are read, as given on the command line. By default all files, each in
/// the format that its content shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct ArchiveOptions {
    /// Globs of files to take; none means all.
    pub include: Vec<String>,
    /// Globs of files to leave out.
    pub exclude: Vec<String>,
    /// Name of the format of all files.
    pub format: Option<String>,
    /// Names of fields that hold parts of an article, such as `title=regel`.
    pub map: Vec<String>,
    /// Whether items that are withdrawn or under an embargo are indexed, too.
    pub withheld: bool,
    /// Whether links that lead out of the archive are followed.
    pub follow_links_outside: bool,
}

impl ArchiveOptions {
    /// The command line arguments that give these options.
    pub fn words(&self) -> Vec<String> {
        let each = |option: &'static str, values: &[String]| {
            values.iter().flat_map(|value| [option.to_owned(), value.clone()]).collect::<Vec<_>>()
        };
        let mut words = each("--include", &self.include);
        words.extend(each("--exclude", &self.exclude));
        words.extend(each("--format", self.format.as_slice()));
        words.extend(each("--map", &self.map));
        words.extend(self.withheld.then(|| "--withheld".to_owned()));
        words.extend(self.follow_links_outside.then(|| "--follow-links-outside".to_owned()));
        words
    }
}

/// An archive in JSON.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    /// As early versions wrote it.
    Folder(Name),
    Whole {
        #[serde(default)]
        name: Option<String>,
        folder: Name,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        device: Option<u64>,
        #[serde(flatten)]
        selection: ArchiveOptions,
    },
}

/// A path, or the bytes of one that is not UTF-8.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Name {
    Text(String),
    Bytes(Vec<u8>),
}

impl From<Written> for Archive {
    fn from(written: Written) -> Self {
        let (name, folder, device, selection) = match written {
            Written::Folder(folder) => (None, folder, None, ArchiveOptions::default()),
            Written::Whole { name, folder, device, selection } => (name, folder, device, selection),
        };
        let folder: PathBuf = match folder {
            Name::Text(text) => text.into(),
            Name::Bytes(bytes) => os_string(bytes).into(),
        };
        // Early versions knew an archive by the name of its folder alone.
        let name = name.unwrap_or_else(|| match folder.file_name() {
            Some(name) => name.to_string_lossy().into_owned(),
            None => folder.to_string_lossy().into_owned(),
        });
        Self { name, folder, device, selection }
    }
}

impl From<Archive> for Written {
    fn from(archive: Archive) -> Self {
        let Archive { name, folder, device, selection } = archive;
        Self::Whole { name: Some(name), folder: Name::of(&folder), device, selection }
    }
}

impl Name {
    fn of(path: &Path) -> Self {
        match path.to_str() {
            Some(text) => Self::Text(text.to_owned()),
            None => Self::Bytes(path.as_os_str().as_encoded_bytes().to_vec()),
        }
    }
}

#[cfg(unix)]
fn os_string(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(folder: impl Into<PathBuf>) -> Archive {
        let folder = folder.into();
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Archive { name, folder, device: None, selection: ArchiveOptions::default() }
    }

    #[test]
    fn what_is_written_is_read() {
        let selection = ArchiveOptions {
            include: vec!["*.txt".into(), "*.md".into()],
            format: Some("nitf".into()),
            withheld: true,
            ..ArchiveOptions::default()
        };
        let words = ["--include", "*.txt", "--include", "*.md", "--format", "nitf", "--withheld"];
        assert_eq!(selection.words(), words);
        let selected = Archive { selection, device: Some(7), ..archive("/b") };
        let metadata = CommitMetadata::new(vec![archive("/a"), selected]);
        let payload = serde_json::to_string(&metadata).unwrap();
        assert_eq!(CommitMetadata::of(Some(&payload)).unwrap(), metadata);
    }

    #[test]
    fn early_metadata_names_folders_only() {
        let payload = r#"{"program":"0.1.0","schema":2,"archives":["/a","/b"]}"#;
        let metadata = CommitMetadata::of(Some(payload)).unwrap();
        assert_eq!(metadata.archives, [archive("/a"), archive("/b")]);
        assert!(CommitMetadata::of(Some("{")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn folders_whose_names_are_not_utf8_are_remembered() {
        let metadata = CommitMetadata::new(vec![archive(os_string(b"/caf\xe9".to_vec()))]);
        let payload = serde_json::to_string(&metadata).unwrap();
        assert_eq!(CommitMetadata::of(Some(&payload)).unwrap(), metadata);
    }
}
