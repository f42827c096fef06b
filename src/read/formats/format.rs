//! The description of a format, and what its reader is given beside the bytes of a record.

use std::sync::OnceLock;

use super::mets::PageFile;
use crate::read::draft::Draft;
use crate::read::fields::FieldMap;
use crate::read::split::Splitting;
use crate::read::xml::{self, Element};

/// A format of news archives.
#[derive(Debug)]
pub struct Format {
    /// The name that `--format` takes.
    pub name: &'static str,
    /// A description for the list of formats.
    pub title: &'static str,
    /// The usual extensions of its files.
    pub endings: &'static [&'static str],
    /// Whether a file usually holds many articles. Each then has an id of its own, even a single one.
    pub(in crate::read) has_many: bool,
    pub(in crate::read) splitting: Splitting,
    pub(in crate::read) reader: Reader,
}

impl Format {
    /// Whether its items have versions, of which only the highest is read.
    pub(in crate::read) fn is_versioned(&self) -> bool {
        const NAMES: &[&str] =
            &["nitf", "newsml1", "newsml-g2", "ninjs", "json", "jsonl", "csv", "parquet", "xml"];
        NAMES.contains(&self.name)
    }

    /// Whether the ends of its lines have a meaning.
    pub(in crate::read) fn has_lines(&self) -> bool {
        const NAMES: &[&str] = &["mail", "release", "telex", "nexis", "subtitles"];
        matches!(self.splitting, Splitting::Lines | Splitting::Rows | Splitting::Messages)
            || NAMES.contains(&self.name)
    }
}

/// The function that reads the articles of a record.
#[derive(Clone, Copy, Debug)]
pub(in crate::read) enum Reader {
    /// From its text.
    Text(fn(&RecordContext<'_>, &str) -> Vec<Draft>),
    /// From its bytes.
    Bytes(fn(&RecordContext<'_>, &[u8]) -> Vec<Draft>),
}

/// The file that a record is part of.
#[derive(Clone, Copy, Debug)]
pub(in crate::read) struct RecordContext<'a> {
    pub(in crate::read) head: &'a FileHead,
    /// The ALTO pages of a METS issue.
    pub(in crate::read) pages: &'a [PageFile],
    /// The file's key.
    pub(in crate::read) key: &'a str,
    /// Field names beside the usual ones.
    pub(in crate::read) map: &'a FieldMap,
}

/// What precedes the first record of a file: the header of a CSV, the channel of a feed. It is parsed once for all
/// records.
#[derive(Debug, Default)]
pub(in crate::read) struct FileHead {
    pub(in crate::read) text: String,
    tree: OnceLock<Element>,
    columns: OnceLock<(u8, Vec<String>)>,
}

impl FileHead {
    pub(in crate::read) fn new(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// The head as XML whose elements are still open.
    pub(super) fn tree(&self) -> &Element {
        self.tree.get_or_init(|| xml::parse(&self.text))
    }

    /// The head as the header of a table, read with `parse`: the delimiter and the names of the columns.
    pub(super) fn columns(&self, parse: fn(&str) -> (u8, Vec<String>)) -> &(u8, Vec<String>) {
        self.columns.get_or_init(|| parse(&self.text))
    }
}
