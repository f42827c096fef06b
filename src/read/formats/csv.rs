//! CSV and TSV with a header: one article a row, columns by their names (see [`crate::read::fields`]). The delimiter is a
//! comma, semicolon, tab or vertical bar, or the one that a first line `sep=;` names; quoted fields may span lines.

use super::format::RecordContext;
use crate::read::draft::Draft;
use crate::read::fields::{ArticlePart, Fields};

/// The maximum number of delimiters of a row, in its texts as well.
const MAX_DELIMITERS: usize = 1 << 20;

/// The maximum number of columns.
const MAX_COLUMNS: usize = 10_000;

/// The article of a row.
pub(super) fn drafts(context: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    let (delimiter, names) = context.head.columns(header);
    let mut fields = Fields::default();
    for (name, value) in names.iter().zip(row(text, *delimiter)) {
        fields.add(context.map, name, vec![value], 0);
    }
    if !fields.has(ArticlePart::Body) && !fields.has(ArticlePart::Title) {
        return Vec::new();
    }
    vec![fields.draft()].into_iter().filter(Draft::has_any).collect()
}

/// The delimiter and the names of the columns of a header. A line above it, as spreadsheets write it, names the delimiter:
/// `sep=;`.
fn header(text: &str) -> (u8, Vec<String>) {
    let text = text.trim_start_matches('\u{feff}');
    let named = text.split_once('\n').and_then(|(first, rest)| {
        let first = first.trim().trim_matches('"');
        let named = first.get(..4).filter(|name| name.eq_ignore_ascii_case("sep="))?;
        Some((*first.as_bytes().get(named.len())?, rest))
    });
    let (delimiter, header) = named.unwrap_or_else(|| (delimiter(text), text));
    (delimiter, row(header, delimiter))
}

/// The delimiter that is most frequent in a header.
fn delimiter(header: &str) -> u8 {
    let count = |delimiter: &u8| header.bytes().filter(|b| b == delimiter).count();
    [b'|', b';', b'\t', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

fn row(text: &str, delimiter: u8) -> Vec<String> {
    // The reader takes tens of bytes a cell; more delimiters are those of a text that is cut further on.
    let end = memchr::memchr_iter(delimiter, text.as_bytes()).nth(MAX_DELIMITERS);
    let text = &text[..end.unwrap_or(text.len())];
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let first = reader.records().next().and_then(Result::ok);
    let cells =
        |record: ::csv::StringRecord| record.iter().take(MAX_COLUMNS).map(str::to_owned).collect();
    first.map(cells).unwrap_or_default()
}
