//! Rows as a Parquet file, with the format's own typed columns: texts are UTF-8 and may be missing, several texts are
//! lists. Rows are gathered into groups of a few megabytes, each of which is written and freed.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::{Cell, Column, Exporter, Kind, Row};

/// Bytes of text in a group of rows, about: what is held in memory.
const GROUP_BYTES: usize = 8 << 20;
/// Rows in a group.
const GROUP_ROWS: usize = 100_000;

/// A Parquet file that is being written.
pub(crate) struct Parquet<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: Vec<Gathered>,
    /// Rows that are not yet written.
    rows: usize,
    /// Their size.
    bytes: usize,
    /// Rows in all.
    all: u64,
}

/// Cells of a column that are not yet written.
struct Gathered {
    kind: Kind,
    values: Values,
    /// Definition levels: 1 for a text that is there, 0 for none.
    present: Vec<i16>,
    /// Repetition levels of lists: 0 begins a row, 1 continues it.
    repeated: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Texts(Vec<ByteArray>),
    Count(Vec<i64>),
    Real(Vec<f64>),
}

impl<W: Write + Send> Parquet<W> {
    /// A file with these columns, whose names are words; the query is among its metadata.
    pub(crate) fn new(to: W, columns: &[Column], query: Option<&str>) -> io::Result<Self> {
        let schema = Arc::new(parse_message_type(&schema(columns)).map_err(failed)?);
        let entry = |key: &str, value: &str| KeyValue::new(key.to_owned(), value.to_owned());
        let version = env!("CARGO_PKG_VERSION");
        let query = query.map(|query| entry("newsdex.query", query));
        let metadata = query.into_iter().chain([entry("newsdex.version", version)]).collect();
        let properties = WriterProperties::builder()
            .set_created_by(format!("newsdex version {version}"))
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_key_value_metadata(Some(metadata))
            .build();
        let writer = SerializedFileWriter::new(to, schema, Arc::new(properties));
        Ok(Self {
            writer: writer.map_err(failed)?,
            columns: columns.iter().map(|column| Gathered::new(column.kind)).collect(),
            rows: 0,
            bytes: 0,
            all: 0,
        })
    }

    fn write_group(&mut self) -> io::Result<()> {
        let mut group = self.writer.next_row_group().map_err(failed)?;
        for column in &mut self.columns {
            column.write(&mut group).map_err(failed)?;
        }
        group.close().map_err(failed)?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

impl<W: Write + Send> Exporter for Parquet<W> {
    fn row(&mut self, row: &dyn Row) -> io::Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(row.cells()) {
            self.bytes += column.take(cell);
        }
        self.rows += 1;
        self.all += 1;
        if self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES {
            self.write_group()?;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<u64> {
        if self.rows > 0 {
            self.write_group()?;
        }
        self.writer.finish().map_err(failed)?;
        Ok(self.all)
    }
}

impl Gathered {
    fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Text | Kind::Body => Values::Text(Vec::new()),
            Kind::Texts => Values::Texts(Vec::new()),
            Kind::Count => Values::Count(Vec::new()),
            Kind::Real(_) => Values::Real(Vec::new()),
        };
        Self { kind, values, present: Vec::new(), repeated: Vec::new() }
    }

    /// Takes a cell, and returns its size in bytes. A cell of another kind counts as none.
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
                    self.repeated.push(0);
                }
                let bytes = texts.iter().map(String::len).sum();
                for (at, text) in texts.into_iter().enumerate() {
                    self.present.push(1);
                    self.repeated.push(i16::from(at > 0));
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
            _ => self.take(match self.kind {
                Kind::Text | Kind::Body => Cell::Text(None),
                Kind::Texts => Cell::Texts(Vec::new()),
                Kind::Count => Cell::Count(0),
                Kind::Real(_) => Cell::Real(f64::NAN),
            }),
        }
    }

    /// Writes and frees the cells that were taken.
    fn write<W: Write + Send>(
        &mut self,
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<(), ParquetError> {
        let Some(mut column) = group.next_column()? else { return Ok(()) };
        let present = std::mem::take(&mut self.present);
        let repeated = std::mem::take(&mut self.repeated);
        match &mut self.values {
            Values::Text(values) => {
                let values = std::mem::take(values);
                column.typed::<ByteArrayType>().write_batch(&values, Some(&present), None)?;
            }
            Values::Texts(values) => {
                let (values, column) = (std::mem::take(values), column.typed::<ByteArrayType>());
                column.write_batch(&values, Some(&present), Some(&repeated))?;
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

/// The columns in the format's schema language.
fn schema(columns: &[Column]) -> String {
    let field = |Column { name, kind }: &Column| match kind {
        Kind::Text | Kind::Body => format!("optional binary {name} (UTF8);"),
        Kind::Texts => format!(
            "required group {name} (LIST) {{ repeated group list {{ required binary element (UTF8); }} }}"
        ),
        Kind::Count => format!("required int64 {name};"),
        Kind::Real(_) => format!("required double {name};"),
    };
    format!("message newsdex {{ {} }}", columns.iter().map(field).collect::<Vec<_>>().join(" "))
}

/// The error of the writer below, whose kind tells a closed pipe from a full disk.
fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}
