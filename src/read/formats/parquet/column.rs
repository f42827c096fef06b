//! A column of a Parquet file, decoded a batch of rows at a time, and its values as text.

use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType, FixedLenByteArray, Int96};
use parquet::errors::ParquetError;
use parquet::file::reader::RowGroupReader;
use parquet::schema::types::ColumnDescriptor;

type Result<T> = std::result::Result<T, ParquetError>;

/// A column that is read.
#[derive(Clone, Debug)]
pub(super) struct SelectedColumn {
    /// Its index among the leaves of the schema.
    pub(super) leaf: usize,
    /// The path of its values in the object of JSON.
    pub(super) path: Vec<String>,
    levels: Levels,
    meaning: Meaning,
}

/// The maximum levels of a column, which tell rows and missing values.
#[derive(Clone, Copy, Debug)]
struct Levels {
    definition: i16,
    repetition: i16,
}

/// The meaning of a column's integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Number,
    /// Days since 1970.
    Date,
    /// Time since 1970, in units of which so many are a second.
    Timestamp(i64),
}

impl SelectedColumn {
    /// The column of that descriptor.
    pub(super) fn new(leaf: usize, descriptor: &ColumnDescriptor, path: Vec<String>) -> Self {
        let levels = Levels {
            definition: descriptor.max_def_level(),
            repetition: descriptor.max_rep_level(),
        };
        Self { leaf, path, levels, meaning: meaning(descriptor) }
    }

    /// Whether a row may have several values.
    pub(super) fn is_list(&self) -> bool {
        self.levels.repetition > 0
    }

    /// The column in one row group.
    pub(super) fn open(&self, group: &dyn RowGroupReader) -> Result<Column> {
        let reader = group.get_column_reader(self.leaf)?;
        let (levels, meaning) = (self.levels, self.meaning);
        Ok(Column { reader, levels, meaning, values: Values::None, ends: Vec::new() })
    }
}

fn meaning(column: &ColumnDescriptor) -> Meaning {
    match (column.logical_type_ref(), column.converted_type()) {
        (Some(LogicalType::Date), _) | (None, ConvertedType::DATE) => Meaning::Date,
        (Some(LogicalType::Timestamp(stamp)), _) => Meaning::Timestamp(match stamp.unit {
            TimeUnit::MILLIS => 1_000,
            TimeUnit::MICROS => 1_000_000,
            TimeUnit::NANOS => 1_000_000_000,
        }),
        (None, ConvertedType::TIMESTAMP_MILLIS) => Meaning::Timestamp(1_000),
        (None, ConvertedType::TIMESTAMP_MICROS) => Meaning::Timestamp(1_000_000),
        _ => Meaning::Number,
    }
}

/// A column in one row group.
pub(super) struct Column {
    reader: ColumnReader,
    levels: Levels,
    meaning: Meaning,
    values: Values,
    /// The end of the values of each row of the batch.
    ends: Vec<usize>,
}

/// The values of a batch; texts are slices of their page.
enum Values {
    None,
    Int32(Vec<i32>),
    Int64(Vec<i64>),
    Int96(Vec<Int96>),
    Float(Vec<f64>),
    Bytes(Vec<ByteArray>),
    FixedBytes(Vec<FixedLenByteArray>),
}

impl Column {
    /// Decodes the next `rows` rows. Returns how many there were.
    pub(super) fn advance(&mut self, rows: usize) -> Result<usize> {
        let levels = self.levels;
        (self.values, self.ends) = match &mut self.reader {
            ColumnReader::Int32ColumnReader(reader) => {
                map(read(reader, levels, rows)?, Values::Int32)
            }
            ColumnReader::Int64ColumnReader(reader) => {
                map(read(reader, levels, rows)?, Values::Int64)
            }
            ColumnReader::Int96ColumnReader(reader) => {
                map(read(reader, levels, rows)?, Values::Int96)
            }
            ColumnReader::FloatColumnReader(reader) => {
                let (values, ends) = read(reader, levels, rows)?;
                (Values::Float(values.into_iter().map(f64::from).collect()), ends)
            }
            ColumnReader::DoubleColumnReader(reader) => {
                map(read(reader, levels, rows)?, Values::Float)
            }
            ColumnReader::ByteArrayColumnReader(reader) => {
                map(read(reader, levels, rows)?, Values::Bytes)
            }
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                map(read(reader, levels, rows)?, Values::FixedBytes)
            }
            // Booleans hold nothing of an article, but their rows count.
            ColumnReader::BoolColumnReader(reader) => {
                let (_, ends) = read(reader, levels, rows)?;
                (Values::None, vec![0; ends.len()])
            }
        };
        Ok(self.ends.len())
    }

    /// The values of a row of the batch, as text.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = String> {
        let end = self.ends.get(row).copied().unwrap_or(0);
        let start =
            row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        (start..end).filter_map(|at| self.text(at))
    }

    fn text(&self, at: usize) -> Option<String> {
        match &self.values {
            Values::None => None,
            Values::Int32(values) => self.number(i64::from(*values.get(at)?)),
            Values::Int64(values) => self.number(*values.get(at)?),
            Values::Int96(values) => int96(*values.get(at)?),
            Values::Float(values) => Some(values.get(at)?.to_string()),
            Values::Bytes(values) => values.get(at)?.as_utf8().ok().map(str::to_owned),
            Values::FixedBytes(values) => values.get(at)?.as_utf8().ok().map(str::to_owned),
        }
    }

    fn number(&self, number: i64) -> Option<String> {
        let second = match self.meaning {
            Meaning::Number => return Some(number.to_string()),
            Meaning::Date => number.checked_mul(24 * 60 * 60)?,
            Meaning::Timestamp(units) => number.div_euclid(units),
        };
        let moment = jiff::Timestamp::from_second(second).ok()?.to_string();
        let day = if self.meaning == Meaning::Date { moment.split('T').next() } else { None };
        Some(day.map_or(moment.clone(), str::to_owned))
    }
}

/// A timestamp of Impala and older versions of Spark: nanoseconds of the day, and the Julian day number.
fn int96(timestamp: Int96) -> Option<String> {
    /// The Julian day number of 1970-01-01.
    const EPOCH: i64 = 2_440_588;
    let [low, high, day] = *timestamp.data() else { return None };
    let nanoseconds = (u64::from(high) << 32) | u64::from(low);
    let seconds = i64::try_from(nanoseconds / 1_000_000_000).ok()?;
    let second = (i64::from(day) - EPOCH) * 24 * 60 * 60 + seconds;
    Some(jiff::Timestamp::from_second(second).ok()?.to_string())
}

fn map<T>(
    (values, ends): (Vec<T>, Vec<usize>),
    kind: fn(Vec<T>) -> Values,
) -> (Values, Vec<usize>) {
    (kind(values), ends)
}

/// The values of the next rows, and the end of those of each row.
fn read<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    levels: Levels,
    rows: usize,
) -> Result<(Vec<T::T>, Vec<usize>)> {
    let (mut definitions, mut repetitions, mut values) = (Vec::new(), Vec::new(), Vec::new());
    reader.read_records(rows, Some(&mut definitions), Some(&mut repetitions), &mut values)?;
    if levels.definition == 0 {
        let ends = (1..=values.len()).collect();
        return Ok((values, ends));
    }
    let mut ends: Vec<usize> = Vec::with_capacity(rows.min(definitions.len()));
    let mut seen = 0;
    for (at, definition) in definitions.iter().enumerate() {
        // A row begins at repetition level 0.
        if at > 0 && repetitions.get(at).is_none_or(|repetition| *repetition == 0) {
            ends.push(seen);
        }
        seen += usize::from(*definition == levels.definition);
    }
    if !definitions.is_empty() {
        ends.push(seen);
    }
    Ok((values, ends))
}
