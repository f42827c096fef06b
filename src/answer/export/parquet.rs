//! A table as a Parquet file, with the format's own typed columns: texts are UTF-8 and may be missing, several texts are
//! lists. Rows are gathered into groups of a few megabytes, each of which is written and forgotten.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::{Cell, Column, Kind};
use crate::error::{Error, Result};

/// Bytes of text in a group of rows, about: what is held in memory.
const GROUP_BYTES: usize = 8 << 20;
/// Rows in a group.
const GROUP_ROWS: usize = 100_000;

/// A Parquet file that is being written.
pub(crate) struct ParquetFile {
    path: PathBuf,
    writer: SerializedFileWriter<File>,
    columns: Vec<Gathered>,
    rows: usize,
    bytes: usize,
    /// Rows in all.
    written: u64,
}

/// Cells of a column that are not yet written.
struct Gathered {
    kind: Kind,
    values: Values,
    /// Of a text: is it there? Of several: is this one of them, or does it stand for none?
    present: Vec<i16>,
    /// Of several texts: 0 begins a row, 1 goes on with it.
    goes_on: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Texts(Vec<ByteArray>),
    Count(Vec<i64>),
    Real(Vec<f64>),
}

impl ParquetFile {
    /// A new file at `path`, which takes the place of an old one.
    pub(super) fn create(path: &Path, columns: &[Column], query: &str) -> Result<Self> {
        let failed = |error| failed(path, error);
        let schema = Arc::new(parse_message_type(&schema(columns)).map_err(failed)?);
        let said = |key: &str, value: &str| KeyValue::new(key.to_owned(), value.to_owned());
        let version = env!("CARGO_PKG_VERSION");
        let about = vec![said("newsdex.query", query), said("newsdex.version", version)];
        let properties = WriterProperties::builder()
            .set_created_by(format!("newsdex version {version}"))
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_key_value_metadata(Some(about))
            .build();
        let file = File::create(path).map_err(Error::io("write", path))?;
        let writer = SerializedFileWriter::new(file, schema, Arc::new(properties));
        Ok(Self {
            path: path.to_owned(),
            writer: writer.map_err(failed)?,
            columns: columns.iter().map(|column| Gathered::new(column.kind)).collect(),
            rows: 0,
            bytes: 0,
            written: 0,
        })
    }

    /// Takes a row.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            self.bytes += column.take(cell);
        }
        self.rows += 1;
        self.written += 1;
        if self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES {
            self.write_group()?;
        }
        Ok(())
    }

    /// Writes what is left, and what the file says of itself; gives its path and how many rows it has.
    pub(super) fn finish(mut self) -> Result<(PathBuf, u64)> {
        if self.rows > 0 {
            self.write_group()?;
        }
        self.writer.finish().map_err(|error| failed(&self.path, error))?;
        Ok((self.path, self.written))
    }

    fn write_group(&mut self) -> Result<()> {
        let written = self.writer.next_row_group().and_then(|mut group| {
            for column in &mut self.columns {
                column.write(&mut group)?;
            }
            group.close()
        });
        written.map_err(|error| failed(&self.path, error))?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

impl Gathered {
    fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Text => Values::Text(Vec::new()),
            Kind::Texts => Values::Texts(Vec::new()),
            Kind::Count => Values::Count(Vec::new()),
            Kind::Real(_) => Values::Real(Vec::new()),
        };
        Self { kind, values, present: Vec::new(), goes_on: Vec::new() }
    }

    /// Takes a cell, and says how many bytes it has. One of another kind is taken for none.
    fn take(&mut self, cell: Cell) -> usize {
        match (&mut self.values, cell) {
            (Values::Text(values), Cell::Text(text)) => {
                self.present.push(i16::from(text.is_some()));
                let bytes = text.as_ref().map_or(0, String::len);
                values.extend(text.map(|text| ByteArray::from(text.into_bytes())));
                bytes
            }
            (Values::Texts(values), Cell::Texts(texts)) => {
                if texts.is_empty() {
                    self.present.push(0);
                    self.goes_on.push(0);
                }
                let bytes = texts.iter().map(String::len).sum();
                for (at, text) in texts.into_iter().enumerate() {
                    self.present.push(1);
                    self.goes_on.push(i16::from(at > 0));
                    values.push(ByteArray::from(text.into_bytes()));
                }
                bytes
            }
            (Values::Count(values), Cell::Count(n)) => {
                values.push(i64::try_from(n).unwrap_or(i64::MAX));
                size_of::<i64>()
            }
            (Values::Real(values), Cell::Real(n)) => {
                values.push(n);
                size_of::<f64>()
            }
            _ => self.take(self.kind.nothing()),
        }
    }

    /// Writes and forgets what was taken.
    fn write(
        &mut self,
        group: &mut SerializedRowGroupWriter<'_, File>,
    ) -> std::result::Result<(), ParquetError> {
        let Some(mut column) = group.next_column()? else { return Ok(()) };
        let present = std::mem::take(&mut self.present);
        let goes_on = std::mem::take(&mut self.goes_on);
        match &mut self.values {
            Values::Text(values) => {
                let values = std::mem::take(values);
                column.typed::<ByteArrayType>().write_batch(&values, Some(&present), None)?;
            }
            Values::Texts(values) => {
                let (values, column) = (std::mem::take(values), column.typed::<ByteArrayType>());
                column.write_batch(&values, Some(&present), Some(&goes_on))?;
            }
            Values::Count(values) => {
                let values = std::mem::take(values);
                column.typed::<Int64Type>().write_batch(&values, None, None)?;
            }
            Values::Real(values) => {
                let values = std::mem::take(values);
                column.typed::<DoubleType>().write_batch(&values, None, None)?;
            }
        }
        column.close()
    }
}

/// The columns in the format's own language.
fn schema(columns: &[Column]) -> String {
    let field = |&Column { name, kind }: &Column| match kind {
        Kind::Text => format!("optional binary {name} (UTF8);"),
        Kind::Texts => format!(
            "required group {name} (LIST) {{ repeated group list {{ required binary element (UTF8); }} }}"
        ),
        Kind::Count => format!("required int64 {name};"),
        Kind::Real(_) => format!("required double {name};"),
    };
    format!("message newsdex {{ {} }}", columns.iter().map(field).collect::<Vec<_>>().join(" "))
}

fn failed(path: &Path, error: ParquetError) -> Error {
    Error::io("write", path)(std::io::Error::other(error))
}
