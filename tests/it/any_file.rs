//! Laws of the readers: any bytes in any format. No panic, ids that differ, bodies that are text; what is cut off, or
//! taken for another format, is read as far as it goes.

use std::path::Path;

use newsdex::archive::walk::{Filter, walk};
use newsdex::read::formats::FORMATS;
use newsdex::read::{self, Options};
use proptest::prelude::*;

/// Pieces of which files of all formats are made, in any order.
const PIECES: &[&str] = &[
    "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>",
    "<nitf>",
    "</nitf>",
    "<body.head>",
    "<hedline><hl1>",
    "</hl1>",
    "<body.content>",
    "<p>",
    "</p>",
    "<NewsML><NewsItem><NewsComponent>",
    "<NewsComponent>",
    "</NewsComponent>",
    "<ContentItem><DataContent>",
    "<newsItem guid='a' version='2'>",
    "</newsItem>",
    "<contentSet><inlineXML>",
    "<headline>",
    "<rss><channel>",
    "<item>",
    "</item>",
    "<title>",
    "<content:encoded><![CDATA[",
    "]]>",
    "<mediawiki><page>",
    "</page>",
    "<ns>0</ns><revision><text>",
    "{{date|",
    "}}",
    "[[",
    "]]",
    "{|",
    "|}",
    "<ref",
    "<ref name='a'/>",
    "[http://a b",
    "<TextBlock ID='b'><TextLine><String CONTENT='a'/></TextLine></TextBlock>",
    "<smLinkGrp><smLocatorLink label='a' href='#x'/><smArcLink from='a' to='a'/>",
    "<DOC>",
    "</DOC>",
    "<DOCNO>",
    "<TEXT>",
    "<REUTERS>",
    "&#2;",
    "&amp;",
    "<alto><Layout><TextBlock><TextLine><String CONTENT='a' SUBS_TYPE='HypPart2' SUBS_CONTENT='b'/>",
    "<mets><structMap TYPE='LOGICAL'><div TYPE='ARTICLE' ID='x'><fptr><area BEGIN='a' FILEID='f'/>",
    "{\"title\":",
    "\"a\"",
    ",\"body\":",
    "\"<p>b</p>\"",
    "{\"data\":{\"item\":{",
    "\"versioncreated\":\"2021-02-27\"",
    "\"bodies\":[{\"value\":",
    "}",
    "[",
    "]",
    ",",
    "id,title,content\n",
    "\"",
    "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 40\r\nWARC-Target-URI: http://a/\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    "http://a/ 1.1.1.1 20140216050221 text/html 12\n",
    "a\r\n",
    "From a\n",
    "Message-ID: <a@b>\nMIME-Version: 1.0\nSubject: c\n\n",
    "1 of 2 DOCUMENTS\n",
    "BYLINE: Jane Doe\n",
    "March 3, 2021\n",
    "Copyright 2021\n",
    "MEDIA RELEASE PR1\n",
    "ZCZC AB\n$",
    "NNNN",
    "\u{1}aa 1\n",
    "\u{2}^",
    "\u{3}271042 GMT Feb 21",
    "\u{4}",
    "\n",
    "\n\n",
    " ",
    "é",
    "東京",
    "\0",
    "PK\u{3}\u{4}",
];

fn file_like() -> impl Strategy<Value = Vec<u8>> {
    let text = prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..40)
        .prop_map(|pieces| pieces.concat().into_bytes());
    let noise = prop::collection::vec(any::<u8>(), 0..60);
    prop_oneof![text.clone(), (text, noise).prop_map(|(text, noise)| [text, noise].concat()),]
}

fn check(bytes: &[u8], options: &Options) -> Result<(), TestCaseError> {
    let articles = read::parse_as(bytes, "archive/x", options).unwrap_or_default();
    for article in &articles {
        prop_assert!(article.id.starts_with("archive/x"), "{}", article.id);
        prop_assert!(!article.body.trim().is_empty());
        if let Some(title) = article.title_span {
            prop_assert!(article.body.get(title.start as usize..title.end as usize).is_some());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn any_file_is_read(bytes in file_like()) {
        check(&bytes, &Options::default())?;
    }

    #[test]
    fn any_file_is_read_as_any_format(bytes in file_like(), number in 0..FORMATS.len()) {
        check(&bytes, &Options { format: Some(&FORMATS[number]), ..Options::default() })?;
    }
}

#[test]
fn each_reader_has_a_fuzz_target() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/Cargo.toml");
    let targets = std::fs::read_to_string(manifest).unwrap();
    for format in FORMATS {
        let name = format!("name = \"{}\"", format.name);
        assert!(targets.contains(&name), "fuzz/Cargo.toml lacks a target {}", format.name);
    }
}

/// The samples of all formats, cut off anywhere, or with a byte changed.
#[test]
fn damaged_samples_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus/formats");
    for file in walk(&folder, "formats", &Filter::default()).unwrap().flatten() {
        let (bytes, name) = (std::fs::read(&file.path).unwrap(), file.key);
        for at in (0..bytes.len()).step_by(bytes.len() / 60 + 1) {
            let _ = read::parse(&bytes[..at], &name);
            let mut changed = bytes.clone();
            changed[at] = changed[at].wrapping_add(97);
            let _ = read::parse(&changed, &name);
        }
    }
}

/// A hundred thousand bytes of what each reader looks for take no more than a moment even without optimisation.
#[test]
fn much_of_any_piece_is_read_in_time() {
    for piece in PIECES.iter().filter(|piece| !piece.trim().is_empty()) {
        let bytes = piece.repeat(100_000 / piece.len()).into_bytes();
        for format in [None].into_iter().chain(FORMATS.iter().map(Some)) {
            let begun = std::time::Instant::now();
            let _ = read::parse_as(&bytes, "archive/x", &Options { format, ..Options::default() });
            let name = format.map_or("none", |format| format.name);
            assert!(begun.elapsed().as_secs() < 60, "{piece:?} as {name}: {:?}", begun.elapsed());
        }
    }
}
