//! The formats that are read: what each is called, how its files are cut, and which function reads a record.

mod alto;
mod csv;
mod feed;
mod iptc7901;
mod json;
mod mail;
mod mediawiki;
pub(super) mod mets;
mod newsml1;
mod newsmlg2;
pub(super) mod nexis;
mod ninjs;
mod nitf;
pub(super) mod parquet;
pub mod plain;
pub(super) mod release;
mod reuters;
mod telex;
mod trec;
pub(super) mod warc;
mod web;
mod wxr;
mod xml_fields;

use std::sync::OnceLock;

use super::Options;
use super::draft::Draft;
use super::split::Cut;
use super::xml::{self, Element};

/// A format of news archives.
#[derive(Debug)]
pub struct Format {
    /// As `--format` takes it.
    pub name: &'static str,
    /// What it is.
    pub title: &'static str,
    /// Usual endings of its files.
    pub endings: &'static [&'static str],
    /// Does a file usually hold many articles? Then each has an id of its own, even if there is only one.
    pub(super) many: bool,
    pub(super) cut: Cut,
    pub(super) read: Read,
}

impl Format {
    /// Do its items have versions, of which the highest is the one to read?
    pub(super) fn is_versioned(&self) -> bool {
        const NAMES: &[&str] =
            &["nitf", "newsml1", "newsml-g2", "ninjs", "json", "jsonl", "csv", "parquet", "xml"];
        NAMES.contains(&self.name)
    }
}

/// How a record becomes articles.
#[derive(Clone, Copy, Debug)]
pub(super) enum Read {
    /// It is its text.
    Plain,
    /// From its text.
    Text(fn(&Source<'_>, &str) -> Vec<Draft>),
    /// From its bytes.
    Bytes(fn(&Source<'_>, &[u8]) -> Vec<Draft>),
}

/// Where a record comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'a> {
    /// What stands in the file before its first record.
    pub(super) head: &'a Head,
    /// Other files that belong to it, by name: the pages of an issue.
    pub(super) parts: &'a [(String, Vec<u8>)],
    /// The file's key.
    pub(super) key: &'a str,
    /// What was asked for.
    pub(super) options: &'a Options,
}

/// What stands in a file before its first record: the header of a CSV, the channel of a feed. It is read once for all
/// records.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) text: String,
    tree: OnceLock<Element>,
    columns: OnceLock<(u8, Vec<String>)>,
}

impl Head {
    /// A head of that text.
    pub(super) fn new(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// As XML, whose elements are still open.
    pub(super) fn tree(&self) -> &Element {
        self.tree.get_or_init(|| xml::parse(&self.text))
    }

    /// As the header of a table: the mark between its columns, and their names.
    pub(super) fn columns(&self) -> &(u8, Vec<String>) {
        self.columns.get_or_init(|| csv::header(&self.text))
    }
}

macro_rules! format {
    ($name:literal, $title:literal, $endings:expr, $many:literal, $cut:expr, $read:expr) => {
        Format {
            name: $name,
            title: $title,
            endings: &$endings,
            many: $many,
            cut: $cut,
            read: $read,
        }
    };
}

/// All of them, in the order in which they are listed.
pub static FORMATS: &[Format] = &[
    format!(
        "text",
        "plain text and Markdown",
        ["txt", "text", "md"],
        false,
        Cut::Whole,
        Read::Plain
    ),
    format!(
        "html",
        "web pages",
        ["html", "htm", "xhtml"],
        false,
        Cut::Whole,
        Read::Bytes(web::drafts)
    ),
    format!(
        "nitf",
        "NITF, with or without namespace",
        ["nitf", "xml"],
        false,
        Cut::Whole,
        Read::Text(nitf::drafts)
    ),
    format!("newsml1", "NewsML 1.x", ["xml"], false, Cut::Whole, Read::Text(newsml1::drafts)),
    format!(
        "newsml-g2",
        "NewsML-G2 news items and messages",
        ["xml", "newsml"],
        false,
        Cut::Whole,
        Read::Text(newsmlg2::drafts)
    ),
    format!(
        "ninjs",
        "ninjs 1 to 3, media JSON of AP, digitalwires of dpa",
        ["json"],
        false,
        Cut::Whole,
        Read::Text(ninjs::drafts)
    ),
    format!(
        "iptc7901",
        "IPTC 7901 and ANPA 1312 wire files",
        ["tst"],
        false,
        Cut::Whole,
        Read::Bytes(iptc7901::drafts)
    ),
    format!(
        "telex",
        "wire files between ZCZC and NNNN",
        ["tst"],
        false,
        Cut::Whole,
        Read::Text(telex::drafts)
    ),
    format!(
        "release",
        "press releases of AsiaNet",
        ["txt", "tst"],
        false,
        Cut::Whole,
        Read::Text(release::drafts)
    ),
    format!(
        "json",
        "JSON: an article, or a list of articles",
        ["json"],
        false,
        Cut::Objects,
        Read::Text(json::drafts)
    ),
    format!("jsonl", "JSON Lines", ["jsonl", "ndjson"], true, Cut::Lines, Read::Text(json::drafts)),
    format!("csv", "CSV and TSV", ["csv", "tsv"], true, Cut::Rows, Read::Text(csv::drafts)),
    format!("parquet", "Parquet tables", ["parquet"], true, Cut::Table, Read::Text(json::drafts)),
    format!(
        "warc",
        "WARC and ARC crawls",
        ["warc", "arc"],
        true,
        Cut::Captures,
        Read::Bytes(warc::drafts)
    ),
    format!(
        "feed",
        "RSS and Atom",
        ["rss", "atom", "xml"],
        true,
        Cut::Elements(&["item", "entry", "rss:item", "atom:entry"]),
        Read::Text(feed::drafts)
    ),
    format!(
        "wxr",
        "exports of WordPress (WXR)",
        ["xml"],
        true,
        Cut::Elements(&["item"]),
        Read::Text(wxr::drafts)
    ),
    format!(
        "mediawiki",
        "exports of MediaWiki, such as Wikinews",
        ["xml"],
        true,
        Cut::Elements(&["page"]),
        Read::Text(mediawiki::drafts)
    ),
    format!(
        "trec",
        "TREC SGML",
        ["sgml", "sgm"],
        true,
        Cut::Elements(&["DOC", "doc"]),
        Read::Text(trec::drafts)
    ),
    format!(
        "reuters",
        "Reuters-21578 SGML",
        ["sgm"],
        true,
        Cut::Elements(&["REUTERS"]),
        Read::Text(reuters::drafts)
    ),
    format!(
        "factiva",
        "Factiva XML",
        ["xml"],
        true,
        Cut::Elements(&["article"]),
        Read::Text(xml_fields::factiva)
    ),
    format!(
        "nexis",
        "downloads of Nexis, Factiva and Europresse, as text or HTML",
        ["txt", "html"],
        true,
        Cut::Whole,
        Read::Text(nexis::drafts)
    ),
    format!(
        "mets",
        "METS issues with ALTO pages",
        ["xml"],
        true,
        Cut::Whole,
        Read::Text(mets::drafts)
    ),
    format!("alto", "ALTO pages", ["xml"], false, Cut::Whole, Read::Text(alto::drafts)),
    format!("mail", "e-mail", ["eml"], false, Cut::Whole, Read::Bytes(mail::drafts)),
    format!("mbox", "mailboxes (mbox)", ["mbox"], true, Cut::Messages, Read::Bytes(mail::drafts)),
    format!(
        "xml",
        "other XML with elements of usual names",
        ["xml"],
        false,
        Cut::Whole,
        Read::Text(xml_fields::drafts)
    ),
];

/// The format of that name.
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
