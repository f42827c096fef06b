//! Parquet: one article a row, columns by their names (see [`crate::read::fields`]). Only columns of known names are
//! decoded, a batch of rows at a time. A row becomes an object of JSON, which is read by [`super::json`].
//!
//! Supported are lists (`authors: list<string>`), lists of structures by their names (`authors: list<{name, url}>`), and
//! structures that hold fields (`metadata: {title, date}`). Rows are assembled from repetition and definition levels as in
//! Dremel (Melnik et al. 2010); deeper nesting is flattened into one list.

mod column;
mod guard;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use serde_json::{Map, Value};

use super::json::NESTED;
use super::json_values::NAMING;
use crate::archive::budget;
use crate::read::fields::FieldMap;
use crate::read::split::{Piece, PieceSink};
use column::{Column, SelectedColumn};
use guard::{Allowance, Guarded};

/// The number of rows that are decoded at once.
const BATCH: usize = 256;

/// The maximum number of columns that are read.
const MAX_COLUMNS: usize = 64;

/// The maximum number of consecutive rows without a value.
const MAX_EMPTY_ROWS: u64 = 16 << 20;

/// Passes the rows of a file to `sink`, as JSON. The rows before an error are passed on.
pub(in crate::read) fn rows<R: ChunkReader + 'static>(
    source: R,
    map: &FieldMap,
    sink: &mut PieceSink<'_>,
) -> io::Result<()> {
    let mut at = source.len();
    match rows_until_damage(source, map, &mut at, sink) {
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            let _ = sink(Piece::Cut { at, what: error.to_string() });
            Ok(())
        }
        outcome => outcome,
    }
}

/// [`rows`]; `at` becomes the byte at which the row group begins that is read.
fn rows_until_damage<R: ChunkReader + 'static>(
    source: R,
    map: &FieldMap,
    at: &mut u64,
    sink: &mut PieceSink<'_>,
) -> io::Result<()> {
    let packed = source.len();
    let allowance = Arc::new(Allowance::default());
    let guarded = Guarded { inner: source, allowance: Arc::clone(&allowance) };
    let file = decoded(|| SerializedFileReader::new(guarded))?;
    let columns = selected_columns(file.metadata(), map);
    let mut table =
        Table { columns: &columns, allowance: &allowance, packed, unpacked: 0, empty_rows: 0 };
    for group in 0..file.num_row_groups() {
        check_bounds(file.metadata(), group, packed)?;
        let columns = file.metadata().row_group(group).columns();
        *at = columns.iter().map(|column| column.byte_range().0).min().unwrap_or(packed);
        check_compression(file.metadata(), group)?;
        if table.group(&file, group, sink)? {
            break;
        }
    }
    Ok(())
}

/// The result of the decoder for a part of a file. The decoder reports most errors, but panics on some (version 60.1: a
/// page that refers to a missing dictionary). A broken file costs only itself: the decoder is not used after a panic.
fn decoded<T>(decode: impl FnOnce() -> Result<T, ParquetError>) -> io::Result<T> {
    match catch_unwind(AssertUnwindSafe(decode)) {
        Ok(outcome) => outcome.map_err(broken),
        Err(_) => Err(damaged("a page of it cannot be decoded".to_owned())),
    }
}

fn broken(error: ParquetError) -> io::Error {
    damaged(match error {
        ParquetError::General(why) => why,
        other => other.to_string(),
    })
}

fn damaged(what: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// Checks that the columns of a row group lie within the file, which the decoder assumes.
fn check_bounds(file: &ParquetMetaData, group: usize, length: u64) -> io::Result<()> {
    let is_inside = |start: i64, size: i64| {
        let end = u64::try_from(start).ok().zip(u64::try_from(size).ok());
        end.and_then(|(start, size)| start.checked_add(size)).is_some_and(|end| end <= length)
    };
    let columns = file.row_group(group).columns();
    let all = columns.iter().all(|column| {
        let start = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
        is_inside(start, column.compressed_size())
    });
    if all { Ok(()) } else { Err(damaged("it points behind its end".to_owned())) }
}

/// Checks that the decoder supports the compression of all columns of a row group.
fn check_compression(file: &ParquetMetaData, group: usize) -> io::Result<()> {
    use parquet::basic::Compression::{BROTLI, LZO};
    let mut packed = file.row_group(group).columns().iter().map(ColumnChunkMetaData::compression);
    match packed.find(|packed| matches!(packed, BROTLI(_) | LZO)) {
        Some(packed) => {
            let name = packed.to_string();
            let name = name.split('(').next().unwrap_or_default().to_lowercase();
            Err(io::Error::other(format!("its columns are packed with {name}, which is not read")))
        }
        None => Ok(()),
    }
}

/// The columns whose name, or that of the structure around them, is the name of a field.
fn selected_columns(file: &ParquetMetaData, map: &FieldMap) -> Vec<SelectedColumn> {
    let columns = file.file_metadata().schema_descr().columns();
    let named = columns.iter().enumerate().filter_map(|(leaf, column)| {
        let (path, rank) = path(column.path().parts(), map)?;
        Some((rank, SelectedColumn::new(leaf, column, path)))
    });
    let mut best: Vec<(usize, SelectedColumn)> = Vec::new();
    for (rank, column) in named {
        match best.iter().position(|(_, known)| known.path == column.path) {
            Some(at) if rank < best[at].0 => best[at] = (rank, column),
            None if best.len() < MAX_COLUMNS => best.push((rank, column)),
            _ => {}
        }
    }
    best.into_iter().map(|(_, column)| column).collect()
}

/// The path of a column's values in the object of JSON, and its rank among the columns with that path: a writer's name
/// ranks above the writer's URL. `parts` is the path in the schema.
fn path(parts: &[String], map: &FieldMap) -> Option<(Vec<String>, usize)> {
    /// Names of the levels of a list.
    const LEVELS: &[&str] =
        &["list", "element", "item", "items", "array", "array_element", "bag", "key_value"];
    let (outer, inner) = parts.split_first()?;
    let inner: Vec<&String> =
        inner.iter().filter(|part| !LEVELS.contains(&part.as_str())).collect();
    match (map.part(outer), inner.as_slice()) {
        (Some(_), []) => Some((vec![outer.clone()], 0)),
        (_, [name]) if NESTED.contains(&outer.as_str()) && map.part(name).is_some() => {
            Some((vec![outer.clone(), (*name).clone()], 0))
        }
        (Some(_), [name]) => {
            let rank = NAMING.iter().position(|naming| naming == name)?;
            Some((vec![outer.clone()], rank))
        }
        _ => None,
    }
}

/// A table while its rows are passed on.
struct Table<'a> {
    columns: &'a [SelectedColumn],
    allowance: &'a Allowance,
    packed: u64,
    unpacked: u64,
    /// The number of consecutive rows without a value.
    empty_rows: u64,
}

impl Table<'_> {
    /// Passes on the rows of a row group. Returns true to stop.
    fn group<R: ChunkReader + 'static>(
        &mut self,
        file: &SerializedFileReader<Guarded<R>>,
        group: usize,
        sink: &mut PieceSink<'_>,
    ) -> io::Result<bool> {
        self.allowance.renew();
        let group = decoded(|| file.get_row_group(group))?;
        let opened = self.columns.iter().map(|column| decoded(|| column.open(&*group)));
        let mut columns: Vec<Column> = opened.collect::<Result<_, _>>()?;
        let mut left = u64::try_from(group.metadata().num_rows()).unwrap_or(0);
        while left > 0 {
            self.allowance.renew();
            let size = left.min(BATCH as u64) as usize;
            let mut read = 0;
            for column in &mut columns {
                read = read.max(decoded(|| column.advance(size))?);
            }
            if read == 0 {
                break;
            }
            for row in 0..read {
                if self.row(&columns, row, sink)? {
                    return Ok(true);
                }
            }
            left -= (read as u64).min(left);
        }
        Ok(false)
    }

    fn row(
        &mut self,
        columns: &[Column],
        row: usize,
        sink: &mut PieceSink<'_>,
    ) -> io::Result<bool> {
        let mut object = Map::new();
        for (selected, column) in self.columns.iter().zip(columns) {
            let mut texts: Vec<Value> = column.row(row).map(Value::String).collect();
            let value = match texts.len() {
                0 => continue,
                1 if !selected.is_list() => texts.remove(0),
                _ => Value::Array(texts),
            };
            match selected.path.as_slice() {
                [name] => _ = object.insert(name.clone(), value),
                [outer, name] => {
                    let around = object.entry(outer).or_insert_with(|| Value::Object(Map::new()));
                    if let Value::Object(around) = around {
                        around.insert(name.clone(), value);
                    }
                }
                _ => {}
            }
        }
        if object.is_empty() {
            self.empty_rows += 1;
            return if self.empty_rows > MAX_EMPTY_ROWS {
                Err(io::Error::other("its rows are empty"))
            } else {
                Ok(false)
            };
        }
        self.empty_rows = 0;
        let record = Value::Object(object).to_string().into_bytes();
        self.unpacked += record.len() as u64;
        if self.unpacked > budget::most_unpacked(self.packed) {
            return Err(io::Error::other("it unpacks to far more than it should"));
        }
        Ok(sink(Piece::Record(record, 0)).is_break())
    }
}

#[cfg(test)]
mod tests;
