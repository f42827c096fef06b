//! CSV and TSV with a header: a row an article, columns by the usual names of fields. Commas, semicolons, tabs or
//! strokes part the columns; quoted fields may run over lines.

use super::Source;
use crate::read::draft::Draft;
use crate::read::fields::{Fields, Part};

/// The article of a row.
pub(crate) fn drafts(source: &Source<'_>, text: &str) -> Vec<Draft> {
    let (mark, names) = source.head.columns();
    let mut fields = Fields::default();
    for (name, value) in names.iter().zip(row(text, *mark)) {
        fields.add(&source.options.map, name, vec![value], 0);
    }
    if !fields.has(Part::Body) && !fields.has(Part::Title) {
        return Vec::new();
    }
    vec![fields.draft()].into_iter().filter(Draft::has_any).collect()
}

/// The mark between the columns of a header, and their names.
pub(crate) fn header(text: &str) -> (u8, Vec<String>) {
    let text = text.trim_start_matches('\u{feff}');
    let mark = delimiter(text);
    (mark, row(text, mark))
}

/// What parts the columns of a header.
fn delimiter(header: &str) -> u8 {
    let count = |mark: &u8| header.bytes().filter(|b| b == mark).count();
    [b'|', b';', b'\t', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

fn row(text: &str, delimiter: u8) -> Vec<String> {
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let first = reader.records().next().and_then(Result::ok);
    first.map(|record| record.iter().map(str::to_owned).collect()).unwrap_or_default()
}
