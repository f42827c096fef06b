//! What of a commit is alive. A document that was deleted stays in its segment until that is merged, and till then in
//! the engine's own counts: these leave it out, so that an index that changed counts as a fresh one of the same
//! articles would, however either is cut into segments.

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

/// Numbers of live documents. Without deletes they are the engine's.
#[derive(Debug)]
pub struct LiveDocuments {
    articles: u64,
    quotations: u64,
    languages: Vec<String>,
    /// Deleted articles of the segments that have any, sorted.
    gone: FxHashMap<SegmentId, Vec<DocId>>,
    /// Of headlines and of bodies, once they are asked for.
    words: [OnceLock<u64>; 2],
}

impl LiveDocuments {
    /// Looks at the deletes of what `searcher` sees.
    pub(crate) fn new(searcher: &Searcher) -> tantivy::Result<Self> {
        let of_kind = |kind| searcher.doc_freq(&Term::from_field_u64(fields().kind, kind as u64));
        let mut live = Self {
            articles: of_kind(Kind::Article)?,
            quotations: of_kind(Kind::Quote)?,
            languages: Vec::new(),
            gone: FxHashMap::default(),
            words: [const { OnceLock::new() }; 2],
        };
        for reader in searcher.segment_readers() {
            live.leave_out(reader)?;
        }
        live.languages = live.find_languages(searcher)?;
        Ok(live)
    }

    fn leave_out(&mut self, reader: &SegmentReader) -> tantivy::Result<()> {
        let Some(alive) = reader.alive_bitset() else { return Ok(()) };
        let kinds = Columns::of(reader).number_or_zero(NumberColumn::Kind)?;
        let mut gone = Vec::new();
        for doc in (0..reader.max_doc()).filter(|&doc| alive.is_deleted(doc)) {
            let kind = kinds.get_val(doc);
            if kind == Kind::Article as u64 {
                gone.push(doc);
            } else if kind == Kind::Quote as u64 {
                self.quotations = self.quotations.saturating_sub(1);
            }
        }
        self.articles = self.articles.saturating_sub(gone.len() as u64);
        self.gone.insert(reader.segment_id(), gone);
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

    /// Languages that articles are in, in order.
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// How many documents of the kind there are: articles or quotations.
    pub fn documents(&self, kind: Kind) -> u64 {
        match kind {
            Kind::Article => self.articles,
            _ => self.quotations,
        }
    }

    /// How many articles have the term.
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

    /// How many articles of a segment have one of its terms, which only articles have.
    pub fn articles_of(
        &self,
        reader: &SegmentReader,
        index: &InvertedIndexReader,
        info: &TermInfo,
    ) -> tantivy::Result<u64> {
        let having = u64::from(info.doc_freq);
        let Some(mut gone) = self.gone.get(&reader.segment_id()).map(Vec::as_slice) else {
            return Ok(having);
        };
        let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        let (mut doc, mut left_out) = (postings.doc(), 0);
        while doc != TERMINATED {
            gone = &gone[gone.partition_point(|&gone| gone < doc)..];
            let Some(&next) = gone.first() else { break };
            doc = if next == doc {
                left_out += 1;
                postings.advance()
            } else {
                postings.seek(next)
            };
        }
        Ok(having - left_out)
    }

    /// How many words the headlines or bodies of all articles have together: the sum of their lengths as the index keeps
    /// them for the ranking, in a byte, as the engine's own sum is not that of a fresh index once segments with deletes
    /// were merged.
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
        for &doc in self.gone.get(&reader.segment_id()).into_iter().flatten() {
            having[usize::from(lengths.fieldnorm_id(doc))] -= 1;
        }
        let lengths = (0..=u8::MAX).map(length_of);
        Ok(lengths.zip(having).map(|(length, having)| length * having).sum())
    }
}

/// The middle of the lengths that the index keeps as this byte: it rounds them down, by up to an eighth.
fn length_of(id: u8) -> u64 {
    let least = FieldNormReader::id_to_fieldnorm(id);
    let next = id.checked_add(1).map_or(least + 1, FieldNormReader::id_to_fieldnorm);
    u64::from(least + (next - least - 1) / 2)
}
