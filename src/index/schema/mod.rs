//! What the index keeps about articles, quotations and files of the archive: the fields ([`Fields`]), their columns
//! ([`columns`]), articles as documents ([`document`]), and where sentences begin ([`sentence_starts`]). How text becomes
//! terms is described in [`super::tokenize`].

pub mod columns;
pub mod document;
pub mod sentence_starts;

use std::sync::LazyLock;

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STORED, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};

use self::columns::{METADATA, METADATA_NAMES, NumberColumn, TextColumn, TimeColumn};
use super::tokenize::{NAME, WORDS};
use crate::article::{Facet, ValueMatching};

/// The oldest schema version that this program can search, until the index is built again: later versions only added fields
/// behind the others, and dropped stems from the terms, which then count twice in the ranking. Before version 6 a text is found
/// as it is spelled alone: not by other readings, and not by `=` with an accent.
pub const OLDEST_SEARCHABLE: u32 = 3;

/// The kinds of document in one index (field `kind`). Only articles and quotations are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Kind {
    /// An article.
    Article = 0,
    /// A quotation of an article. The quotations of an article follow it directly, in order.
    Quote = 1,
    /// A file of the archive: its entry in the manifest.
    Source = 2,
    /// An article that a higher version of its item, in whatever file, replaces: it is current again when that one is gone.
    Superseded = 3,
    /// An item that its sender withdrew, or put under an embargo: it supersedes lower versions, and is no article.
    Notice = 4,
}

impl Kind {
    /// The kind of that number.
    pub fn of(number: u64) -> Option<Self> {
        let all = [Self::Article, Self::Quote, Self::Source, Self::Superseded, Self::Notice];
        all.into_iter().find(|kind| *kind as u64 == number)
    }
}

/// All fields. Comments name the kinds of document that have a field: a article, q quotation, s source, u superseded
/// article, n notice.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// aqsun: [`Kind`] as a number.
    pub kind: Field,
    /// aqun: key of the archive file, by which all that was read from it is deleted.
    pub source: Field,
    /// a: the article's id, one raw term.
    pub id: Field,
    /// aqun: 64-bit hash of the article's file and id: breaks ties, and deletes the article with its quotations.
    pub key: Field,
    /// au: 64-bit hash of all that is stored of the article: another one if it changed.
    pub digest: Field,
    /// q: number of the quotation in its article, from 0: the article is so many documents and one before it.
    pub ordinal: Field,
    /// au: the article, in the encoding of [`crate::manifest::record`].
    pub record: Field,

    /// a: words of the headline.
    pub title: Field,
    /// a: words of the whole text.
    pub body: Field,
    /// aq: position in the body of the first word of the lead, or of the quotation: their words are the body's.
    pub from_word: Field,
    /// aq: one past the position of its last word.
    pub to_word: Field,

    /// a: where sentences and paragraphs of the body begin, in the encoding of [`super::schema::sentence_starts`]. Multi-valued.
    pub sentence_starts: Field,

    /// a: first day of the publication date as `YYYYMMDD`.
    pub date: Field,
    /// a: its last day: another one where only month or year is known.
    pub date_end: Field,
    /// a: number of words.
    pub words: Field,
    /// q: confidence of the speaker, 0 to 1.
    pub confidence: Field,

    /// Facets, in the order of [`Facet::ALL`].
    facets: [Field; Facet::ALL.len()],

    /// s: key of the archive file.
    pub file: Field,
    /// s: size in bytes.
    pub size: Field,
    /// s: last change in nanoseconds since 1970.
    pub modified: Field,
    /// s: first 64 bits of the content's BLAKE3 hash.
    pub hash: Field,
    /// s: number of articles.
    pub articles: Field,
    /// s: reader and extractor version, as one number.
    pub versions: Field,
    /// s: why the file gave no article; absent if there is no reason.
    pub skipped: Field,

    /// aun: 64-bit hash of the id of an item that keeps it in all its versions.
    pub item: Field,
    /// aun: version of that item.
    pub version: Field,
    /// u: the id of a superseded article, one raw term.
    pub superseded: Field,
    /// a: [`ContentDigest`](crate::article::ContentDigest) as a number.
    pub content: Field,
    /// a: names of metadata without a field of their own.
    pub metadata_names: Field,
    /// a: [`MetadataValue::term`](crate::article::MetadataValue::term), each one raw term.
    pub metadata: Field,

    /// s: [`crate::manifest::files::FileState`] as a number; absent if the file is whole.
    pub state: Field,
}

impl Fields {
    /// The field of a facet.
    pub fn facet(&self, facet: Facet) -> Field {
        match facet {
            Facet::MetadataName => self.metadata_names,
            Facet::Metadata(_) => self.metadata,
            facet => facet.number().map_or(self.metadata_names, |number| self.facets[number]),
        }
    }
}

/// The schema and its fields.
pub fn schema() -> &'static (Schema, Fields) {
    static SCHEMA: LazyLock<(Schema, Fields)> = LazyLock::new(build);
    &SCHEMA
}

/// The fields of [`schema`].
pub fn fields() -> &'static Fields {
    &schema().1
}

fn build() -> (Schema, Fields) {
    let mut b = Schema::builder();
    let number: NumericOptions = FAST.into();
    let fields = Fields {
        kind: b.add_u64_field(NumberColumn::Kind.name(), INDEXED | FAST),
        source: b.add_text_field("source", raw()),
        id: b.add_text_field("id", raw()),
        key: b.add_u64_field(NumberColumn::Key.name(), INDEXED | FAST),
        digest: b.add_u64_field(NumberColumn::Digest.name(), FAST),
        ordinal: b.add_u64_field(NumberColumn::Ordinal.name(), FAST),
        record: b.add_bytes_field("record", STORED),
        title: b.add_text_field("title", words()),
        body: b.add_text_field("body", words()),
        from_word: b.add_u64_field(NumberColumn::FromWord.name(), FAST),
        to_word: b.add_u64_field(NumberColumn::ToWord.name(), FAST),
        sentence_starts: b.add_u64_field(NumberColumn::SentenceStarts.name(), FAST),
        date: b.add_i64_field(TimeColumn::Date.name(), FAST),
        date_end: b.add_i64_field(TimeColumn::DateEnd.name(), FAST),
        words: b.add_u64_field(NumberColumn::Words.name(), FAST),
        confidence: b.add_f64_field("confidence", FAST),
        facets: Facet::ALL.map(|facet| add_facet(&mut b, facet)),
        file: b.add_text_field(TextColumn::File.name(), raw().set_fast("raw")),
        size: b.add_u64_field(NumberColumn::Size.name(), number.clone()),
        modified: b.add_i64_field(TimeColumn::Modified.name(), number.clone()),
        hash: b.add_u64_field(NumberColumn::Hash.name(), number.clone()),
        articles: b.add_u64_field(NumberColumn::Articles.name(), number.clone()),
        versions: b.add_u64_field(NumberColumn::Versions.name(), number),
        skipped: b.add_text_field(TextColumn::Skipped.name(), raw().set_fast("raw")),
        item: b.add_u64_field(
            NumberColumn::Item.name(),
            NumericOptions::default().set_indexed().set_fast(),
        ),
        version: b.add_u64_field(NumberColumn::Version.name(), FAST),
        superseded: b.add_text_field("superseded", raw()),
        content: b.add_u64_field(NumberColumn::Content.name(), INDEXED | FAST),
        metadata_names: b.add_text_field(METADATA_NAMES, raw().set_fast("raw")),
        metadata: b.add_text_field(METADATA, raw().set_fast("raw")),
        state: b.add_u64_field(NumberColumn::State.name(), INDEXED | FAST),
    };
    (b.build(), fields)
}

/// Text that is searched by its words: positions for phrases and proximity, lengths for BM25.
fn words() -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(WORDS)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    )
}

/// One value, one term.
fn raw() -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false),
    )
}

fn add_facet(builder: &mut SchemaBuilder, facet: Facet) -> Field {
    let options = match facet.matching() {
        ValueMatching::Whole => raw(),
        ValueMatching::Name => TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(NAME)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions)
                .set_fieldnorms(false),
        ),
    };
    builder.add_text_field(facet.name(), options.set_fast("raw"))
}
