//! Parquet: a row an article, columns by the usual names of fields. Only columns that a name is known of are read, a
//! batch of rows at a time; what comes out of a row is an object of JSON, whose fields `json` reads.
//!
//! Lists are read (`authors: list<string>`), lists of structures by what names them (`authors: list<{name, url}>`), and
//! structures that hold fields (`metadata: {title, date}`). Rows are told by their levels, as in Dremel's paper
//! (Melnik et al. 2010); deeper nesting than that counts as one list.

mod column;
mod guard;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use serde_json::{Map, Value};

use super::json;
use crate::archive::container;
use crate::read::fields::FieldMap;
use crate::read::split::Each;
use column::{Column, Wanted};
use guard::{Allowance, Guarded};

/// Rows that are decoded at once.
const BATCH: usize = 256;

/// An article has no more columns that are of use.
const MAX_COLUMNS: usize = 64;

/// After so many rows without any value there are no others.
const MAX_EMPTY: u64 = 16 << 20;

/// Hands on the rows of a file. Of a file that fails on the way, what came before is kept.
pub(crate) fn rows<R: ChunkReader + 'static>(
    source: R,
    map: &FieldMap,
    each: &mut Each<'_>,
) -> io::Result<()> {
    let packed = source.len();
    let allowance = Arc::new(Allowance::default());
    let guarded = Guarded { inner: source, allowance: Arc::clone(&allowance) };
    let file = decoded(|| SerializedFileReader::new(guarded))?;
    let wanted = wanted(file.metadata(), map);
    let mut table = Table { wanted: &wanted, allowance: &allowance, packed, unpacked: 0, empty: 0 };
    for group in 0..file.num_row_groups() {
        sound(file.metadata(), group, packed)?;
        readable(file.metadata(), group)?;
        if table.group(&file, group, each)? {
            break;
        }
    }
    Ok(())
}

/// What the decoder makes of a part of a file. Most faults it reports; some it takes for impossible and panics (version
/// 60.1: a page that refers to a dictionary which its column lacks). A broken file must cost itself only, and what the
/// decoder leaves behind then is not used again.
fn decoded<T>(decode: impl FnOnce() -> Result<T, ParquetError>) -> io::Result<T> {
    match catch_unwind(AssertUnwindSafe(decode)) {
        Ok(outcome) => outcome.map_err(broken),
        Err(_) => Err(io::Error::other("a page of it cannot be decoded")),
    }
}

fn broken(error: ParquetError) -> io::Error {
    io::Error::other(match error {
        ParquetError::General(why) => why,
        other => other.to_string(),
    })
}

/// Do the columns of a row group lie within the file? The decoder takes that for granted.
fn sound(file: &ParquetMetaData, group: usize, length: u64) -> io::Result<()> {
    let inside = |start: i64, length_: i64| {
        let end = u64::try_from(start).ok().zip(u64::try_from(length_).ok());
        end.and_then(|(start, size)| start.checked_add(size)).is_some_and(|end| end <= length)
    };
    let columns = file.row_group(group).columns();
    let all = columns.iter().all(|column| {
        let start = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
        inside(start, column.compressed_size())
    });
    if all { Ok(()) } else { Err(io::Error::other("it points behind its end")) }
}

/// Are the columns packed in a way that the decoder was built with?
fn readable(file: &ParquetMetaData, group: usize) -> io::Result<()> {
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

/// The columns that are of use: those whose name, or the name around it, is that of a field.
fn wanted(file: &ParquetMetaData, map: &FieldMap) -> Vec<Wanted> {
    let columns = file.file_metadata().schema_descr().columns();
    let named = columns.iter().enumerate().filter_map(|(leaf, column)| {
        let (path, rank) = path(column.path().parts(), map)?;
        Some((rank, Wanted::new(leaf, column, path)))
    });
    let mut best: Vec<(usize, Wanted)> = Vec::new();
    for (rank, column) in named {
        match best.iter().position(|(_, known)| known.path == column.path) {
            Some(at) if rank < best[at].0 => best[at] = (rank, column),
            None if best.len() < MAX_COLUMNS => best.push((rank, column)),
            _ => {}
        }
    }
    best.into_iter().map(|(_, column)| column).collect()
}

/// Under which names the values of a column go, by its path in the schema, and its rank among those that go there: of
/// a writer's name and address the name counts.
fn path(parts: &[String], map: &FieldMap) -> Option<(Vec<String>, usize)> {
    /// What writers call the levels of a list.
    const LEVELS: &[&str] =
        &["list", "element", "item", "items", "array", "array_element", "bag", "key_value"];
    let (outer, inner) = parts.split_first()?;
    let inner: Vec<&String> =
        inner.iter().filter(|part| !LEVELS.contains(&part.as_str())).collect();
    match (map.part(outer), inner.as_slice()) {
        (Some(_), []) => Some((vec![outer.clone()], 0)),
        (_, [name]) if json::INNER.contains(&outer.as_str()) && map.part(name).is_some() => {
            Some((vec![outer.clone(), (*name).clone()], 0))
        }
        (Some(_), [name]) => {
            let rank = json::NAMING.iter().position(|naming| naming == name)?;
            Some((vec![outer.clone()], rank))
        }
        _ => None,
    }
}

/// A table while its rows are handed on.
struct Table<'a> {
    wanted: &'a [Wanted],
    allowance: &'a Allowance,
    packed: u64,
    unpacked: u64,
    /// Rows without any value, one behind the other.
    empty: u64,
}

impl Table<'_> {
    /// The rows of a row group; `true` to stop.
    fn group<R: ChunkReader + 'static>(
        &mut self,
        file: &SerializedFileReader<Guarded<R>>,
        group: usize,
        each: &mut Each<'_>,
    ) -> io::Result<bool> {
        self.allowance.renew();
        let group = decoded(|| file.get_row_group(group))?;
        let opened = self.wanted.iter().map(|wanted| decoded(|| wanted.open(&*group)));
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
                if self.row(&columns, row, each)? {
                    return Ok(true);
                }
            }
            left -= (read as u64).min(left);
        }
        Ok(false)
    }

    fn row(&mut self, columns: &[Column], row: usize, each: &mut Each<'_>) -> io::Result<bool> {
        let mut object = Map::new();
        for (wanted, column) in self.wanted.iter().zip(columns) {
            let mut texts: Vec<Value> = column.row(row).map(Value::String).collect();
            let value = match texts.len() {
                0 => continue,
                1 if !wanted.is_list() => texts.remove(0),
                _ => Value::Array(texts),
            };
            match wanted.path.as_slice() {
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
            self.empty += 1;
            return if self.empty > MAX_EMPTY {
                Err(io::Error::other("its rows are empty"))
            } else {
                Ok(false)
            };
        }
        self.empty = 0;
        let record = Value::Object(object).to_string().into_bytes();
        self.unpacked += record.len() as u64;
        if container::is_bomb(self.packed, self.unpacked) {
            return Err(io::Error::other("it unpacks to far more than it should"));
        }
        Ok(each(record, false).is_break())
    }
}

#[cfg(test)]
mod tests;
