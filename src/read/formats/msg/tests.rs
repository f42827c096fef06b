//! Messages as Outlook writes them, and damaged ones.

use std::io::Write;

use super::*;
use crate::read;

/// A message with such streams, and fixed properties in 16 bytes each.
fn message(streams: &[(&str, &[u8])], fixed: &[[u8; 16]]) -> Vec<u8> {
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let properties = [vec![0; 32], fixed.concat()].concat();
    for (path, bytes) in
        streams.iter().copied().chain([("/__properties_version1.0", &properties[..])])
    {
        if let Some((folder, _)) = path[1..].split_once('/') {
            let _ = file.create_storage(format!("/{folder}"));
        }
        file.create_stream(path).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn fixed(number: u16, value: u64) -> [u8; 16] {
    let mut entry = [0; 16];
    entry[2..4].copy_from_slice(&number.to_le_bytes());
    entry[8..].copy_from_slice(&value.to_le_bytes());
    entry
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// 3 March 2021, 12:00 UTC.
const NOON: u64 = (1_614_772_800 + 11_644_473_600) * 10_000_000;

#[test]
fn texts_are_read_as_utf_16_or_in_a_code_page_or_as_html() {
    let wide_texts = message(
        &[
            ("/__substg1.0_0037001F", &wide("Gates close")),
            ("/__substg1.0_0C1A001F", &wide("Harbour Trust")),
            ("/__substg1.0_1000001F", &wide("The gates close.\r\n\r\nThey rest.")),
        ],
        &[fixed(property::SUBMITTED, NOON)],
    );
    let bytes = |text: &str| encoding_rs::WINDOWS_1251.encode(text).0.into_owned();
    let narrow_texts = message(
        &[
            ("/__substg1.0_0037001E", &bytes("Шлюз закрыт")),
            ("/__substg1.0_1000001E", &bytes("Шлюз закрыт до весны.")),
        ],
        &[fixed(property::CODE_PAGE, 1251), fixed(property::DELIVERED, NOON)],
    );
    let html = message(
        &[
            ("/__substg1.0_0037001F", &wide("Gates close")),
            ("/__substg1.0_10130102", b"<html><p>The gates close.</p><p>They rest.</p></html>"),
        ],
        &[fixed(property::SUBMITTED, NOON)],
    );
    for (bytes, title, body) in [
        (wide_texts, "Gates close", "The gates close.\n\nThey rest."),
        (narrow_texts, "Шлюз закрыт", "Шлюз закрыт до весны."),
        (html, "Gates close", "The gates close.\n\nThey rest."),
    ] {
        let article = &read::parse(&bytes, "a.msg").unwrap()[0];
        assert_eq!(article.title.as_deref(), Some(title));
        assert_eq!(article.body, body);
        let published = article.published.as_ref().unwrap();
        assert_eq!(published.date.to_string(), "2021-03-03");
    }
}

#[test]
fn attachments_of_agencies_are_the_articles() {
    let nitf = b"<nitf><body><body.head><hedline><hl1>Gates close</hl1></hedline></body.head>\
        <body.content><p>They rest.</p></body.content></body></nitf>";
    let bytes = message(
        &[
            ("/__substg1.0_1000001F", &wide("See below.")),
            ("/__attach_version1.0_#00000000/__substg1.0_37010102", nitf),
        ],
        &[],
    );
    assert_eq!(read::parse(&bytes, "a.msg").unwrap()[0].body, "They rest.");
}

#[test]
fn damaged_messages_are_survived() {
    let whole = message(
        &[
            ("/__substg1.0_0037001F", &wide("Gates close")),
            ("/__substg1.0_1000001F", &wide(&"They rest. ".repeat(900))),
        ],
        &[fixed(property::SUBMITTED, u64::MAX)],
    );
    let options = read::Options { format: read::formats::named("msg"), ..read::Options::default() };
    for at in (0..whole.len()).step_by(7) {
        let mut damaged = whole.clone();
        for value in [0, 0xff, 0xfe, damaged[at].wrapping_add(1)] {
            damaged[at] = value;
            let _ = read::parse_as(&damaged, "a.msg", &options);
        }
        let _ = read::parse_as(&whole[..at], "a.msg", &options);
    }
}
