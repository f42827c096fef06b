//! Exports: rows in one of several formats, written one at a time, so that memory stays the same however many there are.
//! A file for each format; [`json`] is written alike elsewhere. The query stands in each row of CSV and JSON Lines, and among the metadata of Parquet.

mod csv;
pub(crate) mod json;
mod json_lines;
#[cfg(feature = "parquet")]
mod parquet;

use std::borrow::Cow;
use std::io;

use serde_json::Value;

pub(crate) use self::csv::{Csv, CsvTexts};
pub(crate) use self::json::JsonLine;
pub(crate) use self::json_lines::JsonLines;
#[cfg(feature = "parquet")]
pub(crate) use self::parquet::Parquet;

/// A row of an answer.
pub(crate) trait Row {
    /// The row as a JSON object.
    fn json(&self) -> Value;
    /// A cell for each column, of the column's kind.
    fn cells(&self) -> Vec<Cell>;
}

/// Writes rows in one format.
pub(crate) trait Exporter {
    /// Writes a row.
    fn row(&mut self, row: &dyn Row) -> io::Result<()>;
    /// Writes what is left, and returns the number of rows.
    fn finish(&mut self) -> io::Result<u64>;
}

/// A column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Its name.
    pub(crate) name: Cow<'static, str>,
    /// What its cells hold.
    pub(crate) kind: Kind,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text, or nothing.
    Text,
    /// The text of an article, which CSV leaves out.
    Body,
    /// Any number of texts; CSV joins them with `; `.
    Texts,
    /// A number of things.
    Count,
    /// A number, in CSV with so many decimals.
    Real(usize),
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

    /// Texts without repetitions side by side.
    pub(crate) fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut texts: Vec<_> = texts.into_iter().map(str::to_owned).collect();
        texts.dedup();
        Self::Texts(texts)
    }

    /// A date, month or year as text, or nothing.
    pub(crate) fn date(date: Option<impl ToString>) -> Self {
        Self::Text(date.map(|date| date.to_string()))
    }
}

impl From<Cell> for Value {
    fn from(cell: Cell) -> Self {
        match cell {
            Cell::Text(text) => text.into(),
            Cell::Texts(texts) => texts.into(),
            Cell::Count(n) => n.into(),
            Cell::Real(n) => n.into(),
        }
    }
}

/// Cells as a JSON object, each under the name of its column.
pub(crate) fn object(columns: &[Column], cells: Vec<Cell>) -> Value {
    columns.iter().zip(cells).map(|(column, cell)| (column.name.as_ref(), cell)).collect()
}

/// A column by name and kind.
pub(crate) const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name: Cow::Borrowed(name), kind }
}

impl<R: Row + ?Sized> Row for &R {
    fn json(&self) -> Value {
        (**self).json()
    }

    fn cells(&self) -> Vec<Cell> {
        (**self).cells()
    }
}

#[cfg(test)]
mod tests {
    #[cfg(feature = "parquet")]
    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use serde_json::json;

    use super::*;

    /// An article with any number of writers.
    struct Story(Option<&'static str>, &'static [&'static str]);

    static COLUMNS: [Column; 5] = [
        column("title", Kind::Text),
        column("byline", Kind::Texts),
        column("words", Kind::Count),
        column("share", Kind::Real(2)),
        column("body", Kind::Body),
    ];

    static STORIES: [Story; 2] =
        [Story(Some("Crews, \"tired\""), &["A. Doe", "B. Roe"]), Story(None, &[])];

    impl Row for Story {
        fn json(&self) -> Value {
            json!({ "title": self.0, "byline": self.1 })
        }

        fn cells(&self) -> Vec<Cell> {
            let (title, byline) = (self.0.map(str::to_owned), self.1.iter().copied());
            let numbers = [Cell::Count(12), Cell::Real(0.125)];
            let [words, share] = numbers;
            vec![Cell::Text(title), Cell::texts(byline), words, share, Cell::text("The text.")]
        }
    }

    fn write(exporter: io::Result<impl Exporter>) {
        let mut exporter = exporter.expect("memory does not fail");
        for story in &STORIES {
            exporter.row(story).expect("memory does not fail");
        }
        assert_eq!(exporter.finish().expect("memory does not fail"), 2);
    }

    /// The same rows in every format, with and without a query.
    #[test]
    fn formats() {
        let (mut csv, mut plain_csv, mut lines, mut plain_lines) =
            <(Vec<_>, Vec<_>, Vec<_>, Vec<_>)>::default();
        write(Csv::new(&mut csv, &COLUMNS, Some("ferry"), CsvTexts::Spreadsheet));
        write(Csv::new(&mut plain_csv, &COLUMNS, None, CsvTexts::Exact));
        write(Ok(JsonLines::new(&mut lines, Some("ferry"))));
        write(Ok(JsonLines::new(&mut plain_lines, None)));
        let table = [
            (
                csv,
                "title,byline,words,share,query\n\"Crews, \"\"tired\"\"\",A. Doe; B. Roe,12,0.12,ferry\n\
                 ,,12,0.12,ferry\n",
            ),
            (
                plain_csv,
                "title,byline,words,share\n\"Crews, \"\"tired\"\"\",A. Doe; B. Roe,12,0.12\n,,12,0.12\n",
            ),
            (
                lines,
                "{\"byline\":[\"A. Doe\",\"B. Roe\"],\"query\":\"ferry\",\"title\":\"Crews, \\\"tired\\\"\"}\n\
                 {\"byline\":[],\"query\":\"ferry\",\"title\":null}\n",
            ),
            (
                plain_lines,
                "{\"byline\":[\"A. Doe\",\"B. Roe\"],\"title\":\"Crews, \\\"tired\\\"\"}\n\
                 {\"byline\":[],\"title\":null}\n",
            ),
        ];
        for (written, expected) in table {
            assert_eq!(String::from_utf8_lossy(&written), expected);
        }
    }

    #[cfg(feature = "parquet")]
    #[test]
    fn parquet_holds_typed_columns_the_body_and_the_query() {
        let mut file = Vec::new();
        write(Parquet::new(&mut file, &COLUMNS, Some("ferry")));
        let reader = SerializedFileReader::new(bytes::Bytes::from(file)).expect("a Parquet file");
        let metadata = reader.metadata().file_metadata().key_value_metadata();
        let query = metadata.into_iter().flatten().find(|entry| entry.key == "newsdex.query");
        assert_eq!(query.and_then(|entry| entry.value.as_deref()), Some("ferry"));
        let rows = reader.get_row_iter(None).expect("rows");
        let rows: Vec<_> = rows.map(|row| row.expect("a row").to_string()).collect();
        let expected = [
            "{title: \"Crews, \"tired\"\", byline: [\"A. Doe\", \"B. Roe\"], words: 12, share: 0.125, \
             body: \"The text.\"}",
            "{title: null, byline: [], words: 12, share: 0.125, body: \"The text.\"}",
        ];
        assert_eq!(rows, expected);
    }
}
