//! The formats that are read. [`FORMATS`] lists them: their names, how their files are split, and their readers.

pub mod format;

mod json_metadata;
mod json_values;

mod front_matter;
mod html;
mod text;

mod newsml1;
mod newsml_g2;
mod ninjs;
mod nitf;

pub(super) mod iptc7901;
pub(super) mod release;
pub(super) mod telex;

mod csv;
mod json;
#[cfg(feature = "parquet")]
pub(super) mod parquet;

mod feed;
mod mediawiki;
mod warc;
mod wxr;

pub(super) mod exports;
mod factiva;
mod reuters;
mod trec;

mod alto;
pub(super) mod mets;

mod mail;
pub(super) mod msg;

mod epub;
pub(crate) mod pdf;
pub(super) mod subtitles;
pub(super) mod word;

mod xml;

pub use format::Format;
use format::Reader::{self, Bytes, Text};

use super::split::Splitting::{
    self, Custom, Document, Elements, Lines, Messages, Objects, Rows, Table, Whole,
};

const fn format(
    name: &'static str,
    title: &'static str,
    endings: &'static [&'static str],
    has_many: bool,
    splitting: Splitting,
    reader: Reader,
) -> Format {
    Format { name, title, endings, has_many, splitting, reader }
}

/// All formats, in the order in which they are listed.
pub static FORMATS: &[Format] = &[
    format(
        "text",
        "plain text and Markdown",
        &["txt", "text", "md"],
        false,
        Whole,
        Text(text::drafts),
    ),
    format("html", "web pages", &["html", "htm", "xhtml"], false, Whole, Bytes(html::drafts)),
    format(
        "nitf",
        "NITF, with or without namespace",
        &["nitf", "xml"],
        false,
        Whole,
        Text(nitf::drafts),
    ),
    format("newsml1", "NewsML 1.x", &["xml"], false, Whole, Text(newsml1::drafts)),
    format(
        "newsml-g2",
        "NewsML-G2 news items and messages",
        &["xml", "newsml"],
        false,
        Whole,
        Text(newsml_g2::drafts),
    ),
    format(
        "ninjs",
        "ninjs 1 to 3, media JSON of AP, digitalwires of dpa",
        &["json"],
        false,
        Whole,
        Text(json::drafts),
    ),
    format(
        "iptc7901",
        "IPTC 7901 and ANPA 1312 wire files",
        &["tst"],
        false,
        Whole,
        Bytes(iptc7901::drafts),
    ),
    format(
        "telex",
        "wire files between ZCZC and NNNN",
        &["tst"],
        false,
        Whole,
        Text(telex::drafts),
    ),
    format(
        "release",
        "press releases of AsiaNet",
        &["txt", "tst"],
        false,
        Whole,
        Text(release::drafts),
    ),
    format(
        "json",
        "JSON: an article, or a list of articles",
        &["json"],
        false,
        Objects,
        Text(json::drafts),
    ),
    format("jsonl", "JSON Lines", &["jsonl", "ndjson"], true, Lines, Text(json::drafts)),
    format("csv", "CSV and TSV", &["csv", "tsv"], true, Rows, Text(csv::drafts)),
    format("parquet", "Parquet tables", &["parquet"], true, Table, Text(json::drafts)),
    format(
        "warc",
        "WARC and ARC crawls",
        &["warc", "arc"],
        true,
        Custom(warc::split),
        Bytes(warc::drafts),
    ),
    format(
        "feed",
        "RSS and Atom",
        &["rss", "atom", "xml"],
        true,
        Elements(&["item", "entry", "rss:item", "atom:entry"]),
        Text(feed::drafts),
    ),
    format(
        "wxr",
        "exports of WordPress (WXR)",
        &["xml"],
        true,
        Elements(&["item"]),
        Text(wxr::drafts),
    ),
    format(
        "mediawiki",
        "exports of MediaWiki, such as Wikinews",
        &["xml"],
        true,
        Elements(&["page"]),
        Text(mediawiki::drafts),
    ),
    format(
        "trec",
        "TREC SGML",
        &["sgml", "sgm"],
        true,
        Elements(&["DOC", "doc"]),
        Text(trec::drafts),
    ),
    format(
        "reuters",
        "Reuters-21578 SGML",
        &["sgm"],
        true,
        Elements(&["REUTERS"]),
        Text(reuters::drafts),
    ),
    format("factiva", "Factiva XML", &["xml"], true, Elements(&["article"]), Text(factiva::drafts)),
    format(
        "nexis",
        "downloads of Nexis, Factiva and Europresse, as text or HTML (in Word or RTF: docx, rtf)",
        &["txt", "html"],
        true,
        Whole,
        Text(exports::drafts),
    ),
    format("mets", "METS issues with ALTO pages", &["xml"], true, Whole, Text(mets::drafts)),
    format("alto", "ALTO pages", &["xml"], false, Whole, Text(alto::drafts)),
    format(
        "pdf",
        "PDF with a text layer: articles, newspaper pages, downloads",
        &["pdf"],
        false,
        Document,
        Text(pdf::drafts),
    ),
    format("mail", "e-mail", &["eml"], false, Whole, Bytes(mail::drafts)),
    format("msg", "messages of Outlook", &["msg"], false, Whole, Bytes(msg::drafts)),
    format("mbox", "mailboxes (mbox)", &["mbox"], true, Messages, Bytes(mail::drafts)),
    format(
        "docx",
        "documents of Word, and downloads of Nexis and Factiva in them",
        &["docx"],
        false,
        Whole,
        Bytes(word::docx_drafts),
    ),
    format(
        "rtf",
        "RTF documents, and downloads of Nexis and Factiva in them",
        &["rtf"],
        false,
        Whole,
        Bytes(word::rtf_drafts),
    ),
    format("epub", "EPUB books and magazines", &["epub"], true, Whole, Bytes(epub::drafts)),
    format(
        "subtitles",
        "transcripts in SubRip and WebVTT",
        &["srt", "vtt"],
        false,
        Whole,
        Text(subtitles::drafts),
    ),
    format(
        "xml",
        "other XML with elements of usual names",
        &["xml"],
        false,
        Whole,
        Text(xml::drafts),
    ),
];

/// The format of that name.
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
