//! The live documents of a commit: those that are not deleted. A deleted document stays in its segment, and in tantivy's
//! own counts, until the segment is merged. The counts here leave it out, so that an index that changed counts as a
//! fresh one of the same articles would, whatever their segments.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::{SegmentId, SegmentReader};
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Searcher, TERMINATED, Term};

use crate::article::Facet;
use crate::index::schema::columns::{Columns, NumberColumn};
use crate::index::schema::{Kind, fields};

/// Numbers of live documents. Without deletes they are tantivy's.
#[derive(Debug)]
pub struct LiveDocuments {
    articles: u64,
    quotations: u64,
    languages: Vec<String>,
    /// Deleted articles of the segments that have any, sorted.
    deleted: FxHashMap<SegmentId, Vec<DocId>>,
    /// Of headlines and of bodies, computed once.
    words: [OnceLock<u64>; 2],
}

impl LiveDocuments {
    /// Counts the live documents that `searcher` sees.
    pub(crate) fn new(searcher: &Searcher) -> tantivy::Result<Self> {
        let of_kind = |kind| searcher.doc_freq(&Term::from_field_u64(fields().kind, kind as u64));
        let mut live = Self {
            articles: of_kind(Kind::Article)?,
            quotations: of_kind(Kind::Quote)?,
            languages: Vec::new(),
            deleted: FxHashMap::default(),
            words: [const { OnceLock::new() }; 2],
        };
        for reader in searcher.segment_readers() {
            live.subtract_deleted(reader)?;
        }
        live.languages = live.find_languages(searcher)?;
        Ok(live)
    }

    fn subtract_deleted(&mut self, reader: &SegmentReader) -> tantivy::Result<()> {
        let Some(alive) = reader.alive_bitset() else { return Ok(()) };
        let kinds = Columns::of(reader).number_or_zero(NumberColumn::Kind)?;
        let mut deleted = Vec::new();
        for doc in (0..reader.max_doc()).filter(|&doc| alive.is_deleted(doc)) {
            let kind = kinds.get_val(doc);
            if kind == Kind::Article as u64 {
                deleted.push(doc);
            } else if kind == Kind::Quote as u64 {
                self.quotations = self.quotations.saturating_sub(1);
            }
        }
        self.articles = self.articles.saturating_sub(deleted.len() as u64);
        self.deleted.insert(reader.segment_id(), deleted);
        Ok(())
    }

    fn find_languages(&self, searcher: &Searcher) -> tantivy::Result<Vec<String>> {
        let field = fields().facet(Facet::Language);
        let mut found = Vec::new();
        for reader in searcher.segment_readers() {
            let index = reader.inverted_index(field)?;
            let mut terms = index.terms().stream()?;
            while let Some((language, info)) = terms.next() {
                if let Ok(language) = std::str::from_utf8(language)
                    && self.articles_of(reader, &index, info)? > 0
                {
                    found.push(language.to_owned());
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// Languages (ISO 639-1) that live articles are in, sorted.
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// Number of live articles or quotations.
    pub fn documents(&self, kind: Kind) -> u64 {
        match kind {
            Kind::Article => self.articles,
            _ => self.quotations,
        }
    }

    /// Number of live articles that have the term.
    pub fn articles_with(&self, searcher: &Searcher, term: &Term) -> tantivy::Result<u64> {
        let mut having = 0;
        for reader in searcher.segment_readers() {
            let index = reader.inverted_index(term.field())?;
            if let Some(info) = index.get_term_info(term)? {
                having += self.articles_of(reader, &index, &info)?;
            }
        }
        Ok(having)
    }

    /// Number of live articles of a segment that have one of its terms, which only articles have.
    pub fn articles_of(
        &self,
        reader: &SegmentReader,
        index: &InvertedIndexReader,
        info: &TermInfo,
    ) -> tantivy::Result<u64> {
        let having = u64::from(info.doc_freq);
        let Some(mut deleted) = self.deleted.get(&reader.segment_id()).map(Vec::as_slice) else {
            return Ok(having);
        };
        let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        let (mut doc, mut subtracted) = (postings.doc(), 0);
        while doc != TERMINATED {
            deleted = &deleted[deleted.partition_point(|&deleted| deleted < doc)..];
            let Some(&next) = deleted.first() else { break };
            doc = if next == doc {
                subtracted += 1;
                postings.advance()
            } else {
                postings.seek(next)
            };
        }
        Ok(having - subtracted)
    }

    /// Number of words in the headlines or bodies of all live articles: the sum of their lengths as the index stores them
    /// for the ranking, in a byte. Once segments with deletes were merged, tantivy's own sum is not that of a fresh index.
    pub fn words(&self, searcher: &Searcher, field: Field) -> tantivy::Result<u64> {
        let cell = &self.words[usize::from(field == fields().body)];
        if let Some(&words) = cell.get() {
            return Ok(words);
        }
        let mut words = 0;
        for reader in searcher.segment_readers() {
            words += self.words_of(reader, field)?;
        }
        Ok(*cell.get_or_init(|| words))
    }

    fn words_of(&self, reader: &SegmentReader, field: Field) -> tantivy::Result<u64> {
        let Some(lengths) = reader.fieldnorms_readers().get_field(field)? else { return Ok(0) };
        let mut having = [0_u64; 256];
        for doc in 0..reader.max_doc() {
            having[usize::from(lengths.fieldnorm_id(doc))] += 1;
        }
        for &doc in self.deleted.get(&reader.segment_id()).into_iter().flatten() {
            having[usize::from(lengths.fieldnorm_id(doc))] -= 1;
        }
        let lengths = (0..=u8::MAX).map(length_of);
        Ok(lengths.zip(having).map(|(length, having)| length * having).sum())
    }
}

/// The middle of the lengths that the index stores as this byte: it rounds them down, by up to an eighth.
fn length_of(id: u8) -> u64 {
    let least = FieldNormReader::id_to_fieldnorm(id);
    let next = id.checked_add(1).map_or(least + 1, FieldNormReader::id_to_fieldnorm);
    u64::from(least + (next - least - 1) / 2)
}
