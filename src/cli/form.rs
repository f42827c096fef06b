//! The form in which an answer is printed, and what follows from it for the number of results.

use std::path::Path;

use super::args::{ExportArgs, FormatArgs};

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form<'a> {
    /// For people, on a screen.
    Screen,
    /// One JSON object.
    Json,
    /// All results, row by row.
    Rows(Export<'a>),
}

/// The format of rows, and where they go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Export<'a> {
    /// JSON Lines on standard output.
    JsonLines,
    /// CSV on standard output.
    Csv {
        /// Every text byte for byte, as no spreadsheet should get it.
        raw: bool,
    },
    /// Parquet in a file.
    Parquet(&'a Path),
}

impl Form<'_> {
    /// Whether all results are wanted if no number is given.
    pub(super) fn is_export(self) -> bool {
        matches!(self, Self::Rows(_))
    }

    /// How many results to print: as many as typed, else all in an export and `page` elsewhere.
    pub(super) fn limit(self, typed: Option<usize>, page: usize) -> usize {
        typed.unwrap_or(if self.is_export() { usize::MAX } else { page })
    }
}

impl From<FormatArgs> for Form<'_> {
    fn from(args: FormatArgs) -> Self {
        match args {
            FormatArgs { json: true, .. } => Self::Json,
            FormatArgs { jsonl: true, .. } => Self::Rows(Export::JsonLines),
            FormatArgs { csv, raw_csv, .. } if csv || raw_csv => {
                Self::Rows(Export::Csv { raw: raw_csv })
            }
            _ => Self::Screen,
        }
    }
}

impl<'a> From<&'a ExportArgs> for Form<'a> {
    fn from(args: &'a ExportArgs) -> Self {
        match &args.parquet {
            Some(path) => Self::Rows(Export::Parquet(path)),
            None => args.format.into(),
        }
    }
}
