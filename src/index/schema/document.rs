//! An article as the documents of the index, and back: the article itself, and one document for each quotation.

use std::borrow::Cow;
use std::ops::Range;

use tantivy::TantivyDocument;
use tantivy::schema::Value;

use super::sentence_starts;
use super::{Kind, fields};
use crate::article::{Article, ContentDigest, Facet, Item, Quotation};
use crate::index::tokenize::tagged;
use crate::manifest::record::{
    SHORT_VALUES, article_key, article_of_record, digest_with, notice_key, record,
};
use crate::text::words_in;

/// Bytes of a word and the space after it in most languages; a low estimate, as it sizes a buffer.
const LETTERS: usize = 5;
/// Bytes of the short values of a quotation's document.
const QUOTATION: usize = 128;

/// Documents as the writer takes them.
pub type Documents = Vec<TantivyDocument>;

/// The documents of `article`, whose file has the key `source`: itself, then its quotations. They must be written in
/// one operation, so that they stay next to each other.
pub fn documents(article: &Article, source: &str) -> Vec<TantivyDocument> {
    let mut words = Vec::with_capacity(article.body.len() / LETTERS);
    words.extend(crate::text::words(&article.body));
    let mut documents = Vec::with_capacity(article.quotes.len() + 1);
    documents.push(article_document(article, &words, source));
    let quotations = article.quotes.iter().enumerate();
    documents.extend(quotations.map(|(at, quote)| quotation_document(at, quote, &words, source)));
    let key = article_key(source, &article.id);
    for document in &mut documents {
        document.add_u64(fields().key, key);
    }
    documents
}

/// The document of an article that a higher version replaces; `digest` is the one that it had as an article.
pub fn superseded(article: &Article, digest: u64, source: &str) -> TantivyDocument {
    let f = fields();
    let record = record(article);
    let mut d = base(Kind::Superseded, source, record.len() + SHORT_VALUES);
    d.add_text(f.superseded, &article.id);
    d.add_bytes(f.record, &record);
    d.add_u64(f.digest, digest);
    d.add_u64(f.key, article_key(source, &article.id));
    add_item(&mut d, article.item);
    d
}

/// The document of an item of the file `source` that gives no article.
pub fn notice(item: Item, source: &str) -> TantivyDocument {
    let mut d = base(Kind::Notice, source, QUOTATION);
    d.add_u64(fields().key, notice_key(source, item));
    add_item(&mut d, Some(item));
    d
}

/// The stored form of the article that a document holds.
pub fn record_of(document: &TantivyDocument) -> tantivy::Result<&[u8]> {
    let record = document.get_first(fields().record).and_then(|record| record.as_bytes());
    record.ok_or_else(|| damaged("an article has no record"))
}

/// The article that a document holds.
pub fn article(document: &TantivyDocument) -> tantivy::Result<Article> {
    article_of_record(record_of(document)?)
        .map_err(|error| damaged(&format!("an article's record: {error}")))
}

/// The error of stored bytes that cannot be what was written.
pub(crate) fn damaged(what: &str) -> tantivy::TantivyError {
    tantivy::error::DataCorruption::comment_only(what).into()
}

/// The record in the bytes that tantivy stores for such a document: tantivy would copy it byte by byte. `None` if the bytes are
/// anything but one value of that field.
pub fn record_in(stored: &[u8]) -> Option<&[u8]> {
    /// tantivy's code for a value of bytes.
    const BYTES: u8 = 4;
    let (1, rest) = number(stored)? else { return None };
    let (field, rest) = rest.split_first_chunk::<4>()?;
    let (&BYTES, rest) = rest.split_first()? else { return None };
    let (length, record) = number(rest)?;
    let is_record = u32::from_le_bytes(*field) == fields().record.field_id();
    (is_record && length == record.len()).then_some(record)
}

/// A number at the start of `bytes`, seven bits a byte, the last marked; and the bytes after it.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut number = 0;
    for (at, &byte) in bytes.iter().enumerate().take(9) {
        number |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 != 0 {
            return Some((number, &bytes[at + 1..]));
        }
    }
    None
}

fn article_document(article: &Article, words: &[Range<usize>], source: &str) -> TantivyDocument {
    let f = fields();
    let language = article.language.as_deref();
    let record = record(article);
    let mut d = base(Kind::Article, source, article.body.len() + record.len() + SHORT_VALUES);
    d.add_text(f.id, &article.id);
    d.add_bytes(f.record, &record);
    d.add_u64(f.digest, digest_with(record, article));
    add_item(&mut d, article.item);
    d.add_u64(f.content, ContentDigest::of(article).number());
    d.add_text(f.title, tagged(article.title.as_deref().unwrap_or_default(), language));
    d.add_text(f.body, tagged(&article.body, language));
    add_region(&mut d, words_in(words, article.lead()));
    for value in sentence_starts::encoded(article, words) {
        d.add_u64(f.sentence_starts, value);
    }
    d.add_u64(f.words, words.len() as u64);
    if let Some((first, last)) = article.published.as_ref().and_then(|p| p.date.days()) {
        d.add_i64(f.date, first);
        d.add_i64(f.date_end, last);
    }
    for facet in Facet::ALL.into_iter().chain([Facet::MetadataName]) {
        add_facet(&mut d, facet, &article.facet_values(facet));
    }
    for value in &article.metadata {
        d.add_text(f.metadata, value.term());
    }
    d
}

fn quotation_document(
    ordinal: usize,
    quote: &Quotation,
    words: &[Range<usize>],
    source: &str,
) -> TantivyDocument {
    let f = fields();
    let mut d = base(Kind::Quote, source, QUOTATION);
    d.add_u64(f.ordinal, ordinal as u64);
    add_region(&mut d, words_in(words, quote.span));
    d.add_f64(f.confidence, f64::from(quote.confidence));
    for facet in Facet::ALL {
        add_facet(&mut d, facet, &quote.facet_values(facet));
    }
    d
}

/// A document with what all of a file's documents have, and room for `bytes` more: tantivy would reserve a kilobyte in each
/// of many quotations.
fn base(kind: Kind, source: &str, bytes: usize) -> TantivyDocument {
    let mut d = TantivyDocument::with_capacity(source.len() + bytes);
    d.add_u64(fields().kind, kind as u64);
    d.add_text(fields().source, source);
    d
}

fn add_item(d: &mut TantivyDocument, item: Option<Item>) {
    if let Some(Item { id, version }) = item {
        d.add_u64(fields().item, id);
        d.add_u64(fields().version, version);
    }
}

fn add_region(d: &mut TantivyDocument, words: Range<usize>) {
    d.add_u64(fields().from_word, words.start as u64);
    d.add_u64(fields().to_word, words.end as u64);
}

/// Adds the values of a facet.
fn add_facet(d: &mut TantivyDocument, facet: Facet, values: &[Cow<'_, str>]) {
    for value in values {
        d.add_text(fields().facet(facet), value);
    }
}
