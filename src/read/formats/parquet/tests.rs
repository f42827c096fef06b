//! Reads valid and broken tables that the tests write.

use std::sync::Arc;

use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::article::{Article, ContentDigest};
use crate::read;

const SCHEMA: &str = "message rows {
    optional binary headline (UTF8);
    optional binary text (UTF8);
    required int64 published (TIMESTAMP_MILLIS);
    optional group authors (LIST) { repeated group list { optional binary element (UTF8); } }
    optional group keywords (LIST) { repeated group list { optional group element {
        optional binary name (UTF8); optional binary url (UTF8); } } }
    optional group metadata { optional binary section (UTF8); }
    optional int32 colour;
}";

/// A table of two articles and a row without any.
fn table(compression: Compression) -> Vec<u8> {
    table_with(WriterProperties::builder().set_compression(compression).build())
}

fn table_with(properties: WriterProperties) -> Vec<u8> {
    let mut bytes = Vec::new();
    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let mut file = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties)).unwrap();
    let mut group = file.next_row_group().unwrap();
    let mut texts = |values: &[&str], definitions: &[i16], repetitions: Option<&[i16]>| {
        let values: Vec<ByteArray> = values.iter().map(|value| ByteArray::from(*value)).collect();
        let mut column = group.next_column().unwrap().unwrap();
        column
            .typed::<ByteArrayType>()
            .write_batch(&values, Some(definitions), repetitions)
            .unwrap();
        column.close().unwrap();
    };
    texts(&["River rises", "Rain"], &[1, 1, 0], None);
    texts(&["The river rose on Monday.", "It rained."], &[1, 1, 0], None);
    let mut column = group.next_column().unwrap().unwrap();
    let days = [1_583_231_000_000, 1_583_317_400_000, 0];
    column.typed::<Int64Type>().write_batch(&days, None, None).unwrap();
    column.close().unwrap();
    let mut texts = |values: &[&str], definitions: &[i16], repetitions: Option<&[i16]>| {
        let values: Vec<ByteArray> = values.iter().map(|value| ByteArray::from(*value)).collect();
        let mut column = group.next_column().unwrap().unwrap();
        column
            .typed::<ByteArrayType>()
            .write_batch(&values, Some(definitions), repetitions)
            .unwrap();
        column.close().unwrap();
    };
    texts(&["Jane Doe", "John Roe"], &[3, 3, 0, 0], Some(&[0, 1, 0, 0]));
    texts(&["river", "rain", "rain"], &[4, 4, 4, 0], Some(&[0, 1, 0, 0]));
    texts(&["https://a.example/river"], &[4, 3, 3, 0], Some(&[0, 1, 0, 0]));
    texts(&["City"], &[2, 1, 0], None);
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<Int32Type>().write_batch(&[7], Some(&[0, 1, 0]), None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    file.close().unwrap();
    bytes
}

fn articles(bytes: &[u8]) -> Vec<Article> {
    read::parse(bytes, "a/rows.parquet").unwrap_or_default()
}

#[test]
fn columns_are_fields() {
    for compression in [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::ZSTD(ZstdLevel::default()),
        Compression::GZIP(GzipLevel::default()),
        Compression::LZ4_RAW,
    ] {
        let articles = articles(&table(compression));
        assert_eq!(articles.len(), 2, "{compression}");
        let first = &articles[0];
        assert_eq!(first.id, format!("a/rows.parquet#{}", ContentDigest::of(first)));
        assert_eq!(first.title.as_deref(), Some("River rises"));
        assert_eq!(first.body, "The river rose on Monday.");
        assert_eq!(first.published.as_ref().unwrap().date.to_string(), "2020-03-03");
        let writers: Vec<_> = first.stated.bylines.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(writers, ["Jane Doe", "John Roe"]);
        assert_eq!(first.keywords, ["river", "rain"]);
        assert_eq!(first.section.as_deref(), Some("City"));
        assert_eq!(articles[1].title.as_deref(), Some("Rain"));
        assert!(articles[1].stated.bylines.is_empty());
    }
}

#[test]
fn a_truncated_table_is_reported() {
    let bytes = table(Compression::SNAPPY);
    let reason = read::parse(&bytes[..bytes.len() - 20], "rows.parquet").unwrap_err();
    let length = bytes.len() - 20;
    assert!(reason.to_string().starts_with(&format!("damaged at byte {length}: ")), "{reason}");
}

/// The decoder panics where a page refers to a missing dictionary.
#[test]
fn a_missing_dictionary_costs_one_file() {
    /// The header of a data page: three values, plain.
    const PLAIN: &[u8] = &[0x2c, 0x15, 0x06, 0x15, 0x00];
    /// The encoding by dictionary, in such a header.
    const DICTIONARY: u8 = 0x10;
    let mut bytes = table_with(WriterProperties::builder().set_dictionary_enabled(false).build());
    let at = bytes.windows(PLAIN.len()).position(|window| window == PLAIN).unwrap();
    bytes[at + PLAIN.len() - 1] = DICTIONARY;
    let reason = read::parse(&bytes, "rows.parquet").unwrap_err();
    assert_eq!(reason.to_string(), "damaged at byte 4: a page of it cannot be decoded");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 500, ..Default::default() })]

    #[test]
    fn any_broken_table_is_read(
        faults in proptest::collection::vec((proptest::prelude::any::<u16>(), proptest::prelude::any::<u8>()), 1..6),
        packed in proptest::prelude::any::<bool>(),
    ) {
        let mut bytes = table(if packed { Compression::SNAPPY } else { Compression::UNCOMPRESSED });
        for (at, byte) in faults {
            let at = usize::from(at) % bytes.len();
            bytes[at] = byte;
        }
        articles(&bytes);
    }
}
