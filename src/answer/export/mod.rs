//! Exports as tables: CSV on standard output, or a Parquet file. Rows go through one at a time, so that memory stays the
//! same however many there are. The query stands in each: as the last column of CSV, among the metadata of Parquet.

mod parquet;

use self::parquet::ParquetFile;
use crate::cli::Failure;
use crate::cli::args::ExportArgs;
use crate::cli::output::{CsvWriter, Out, counted};

/// A column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// What it is called.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) kind: Kind,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text, or nothing.
    Text,
    /// Any number of texts; CSV joins them with `; `.
    Texts,
    /// A number of things.
    Count,
    /// A number, in CSV with so many decimals.
    Real(usize),
}

impl Kind {
    /// The cell where there is nothing to say.
    fn nothing(self) -> Cell {
        match self {
            Self::Text => Cell::Text(None),
            Self::Texts => Cell::Texts(Vec::new()),
            Self::Count => Cell::Count(0),
            Self::Real(_) => Cell::Real(f64::NAN),
        }
    }
}

/// A cell, of its column's kind.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Text, or nothing.
    Text(Option<String>),
    /// Several texts.
    Texts(Vec<String>),
    /// A number of things.
    Count(u64),
    /// A number.
    Real(f64),
}

impl Cell {
    /// Text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(Some(text.into()))
    }

    /// Texts, none twice side by side.
    pub(crate) fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut texts: Vec<_> = texts.into_iter().map(str::to_owned).collect();
        texts.dedup();
        Self::Texts(texts)
    }

    fn into_csv(self, kind: Kind) -> String {
        match (self, kind) {
            (Self::Text(text), _) => text.unwrap_or_default(),
            (Self::Texts(texts), _) => texts.join("; "),
            (Self::Count(n), _) => n.to_string(),
            (Self::Real(n), Kind::Real(decimals)) => format!("{n:.decimals$}"),
            (Self::Real(n), _) => n.to_string(),
        }
    }
}

/// A column by name and kind.
pub(crate) const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

/// An export of rows.
pub(crate) enum Table<'a> {
    /// On standard output.
    Csv { writer: Box<CsvWriter<'a>>, kinds: Vec<Kind>, query: String },
    /// A file, of which standard output says how many rows it has.
    Parquet { file: Box<ParquetFile>, out: &'a mut Out },
}

impl<'a> Table<'a> {
    /// With these columns, in a file if one is named.
    pub(crate) fn new(
        export: &ExportArgs,
        columns: &[Column],
        query: &str,
        out: &'a mut Out,
    ) -> Result<Self, Failure> {
        if let Some(path) = &export.parquet {
            let file = Box::new(ParquetFile::create(path, columns, query)?);
            return Ok(Self::Parquet { file, out });
        }
        let names = columns.iter().map(|column| column.name);
        let header: Vec<_> = names.chain(["query"]).collect();
        let kinds = columns.iter().map(|column| column.kind).collect();
        Ok(Self::Csv { writer: Box::new(out.csv(&header)?), kinds, query: query.to_owned() })
    }

    /// The next row: a cell for each column.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<(), Failure> {
        match self {
            Self::Csv { writer, kinds, query } => {
                for (cell, kind) in cells.into_iter().zip(kinds.iter()) {
                    writer.write_field(cell.into_csv(*kind))?;
                }
                writer.write_field(query.as_bytes())?;
                writer.write_record(None::<&[u8]>)?;
            }
            Self::Parquet { file, .. } => file.row(cells)?,
        }
        Ok(())
    }

    /// Hands everything to the system.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Csv { mut writer, .. } => writer.flush()?,
            Self::Parquet { file, out } => {
                let (path, rows) = file.finish()?;
                out.line(format_args!("{} in {}", counted(rows, "row"), path.display()))?;
            }
        }
        Ok(())
    }
}
