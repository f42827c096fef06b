//! The trait of engines, implemented for a snapshot of an index. Every answer is guarded: one that was read from a damaged
//! file is an error.

use std::ops::ControlFlow;

use super::collect::{DayCollector, ExtentCollector, PASS};
use super::compile;
use super::index_errors::{attempt, failed};
use super::prepared::Prepared;
use super::watch::Watch;
use crate::article::{Article, ContentDigest, Facet, Successor};
use crate::error::Result;
use crate::index::read::manifest;
use crate::index::read::snapshot::Snapshot;
use crate::index::schema::columns::Columns;
use crate::index::schema::{Kind, fields};
use crate::index::tokenize::{FIRST_OF_WORDS, LENGTH};
use crate::manifest::SCHEMA_VERSION;
use crate::manifest::files::FileEntry;
use crate::manifest::record::files_around;
use crate::query::engine::unread::UnreadMatch;
use crate::query::engine::{About, DayCounts, Engine, Extent, Found, Identity, Match, Wanted};
use crate::query::limits::{Limits, Ticker};
use crate::query::matching::name::folded_name;
use crate::query::question::Question;
use crate::query::request::Sort;

impl Engine for Snapshot {
    fn about(&self) -> Result<About> {
        let about = || {
            Ok(About {
                location: self.dir().to_path_buf(),
                schema: SCHEMA_VERSION,
                commit: self.searcher().index().load_metas()?.opstamp,
                articles: self.live_documents()?.documents(Kind::Article),
                files: self.count(Kind::Source)? as u64,
            })
        };
        self.guard(|| about().map_err(failed(self)))
    }

    fn languages(&self) -> Result<Vec<String>> {
        self.guard(|| Ok(self.live_documents().map_err(failed(self))?.languages().to_vec()))
    }

    fn find(&self, question: &Question, wanted: &Wanted) -> Result<Found> {
        self.guard(|| Prepared::new(self, question)?.find(wanted))
    }

    fn for_each_match(
        &self,
        question: &Question,
        sort: Sort,
        skip: usize,
        each: &mut dyn FnMut(Match) -> ControlFlow<()>,
    ) -> Result<()> {
        self.guard(|| Prepared::new(self, question)?.for_each_match(sort, skip, PASS, each))
    }

    fn for_each_unread(
        &self,
        question: &Question,
        sort: Sort,
        each: &(dyn Fn(&dyn UnreadMatch) -> Result<()> + Sync),
    ) -> Result<()> {
        self.guard(|| Prepared::new(self, question)?.for_each_unread(sort, each))
    }

    fn for_each_identity(&self, question: &Question, each: &mut dyn FnMut(Identity)) -> Result<()> {
        self.guard(|| Prepared::new(self, question)?.for_each_identity(each))
    }

    fn count_days(&self, question: &Question) -> Result<DayCounts> {
        self.guard(|| Prepared::new(self, question)?.collect(&DayCollector))
    }

    fn extent(&self, question: &Question) -> Result<Extent> {
        self.guard(|| Prepared::new(self, question)?.collect(&ExtentCollector))
    }

    fn articles_with(&self, word: &str) -> Result<u64> {
        self.guard(|| compile::articles_with(self, word).map_err(failed(self)))
    }

    fn for_each_name(
        &self,
        facet: Facet,
        limits: &Limits,
        each: &mut dyn FnMut(&str),
    ) -> Result<()> {
        let mut ticker = Ticker::new(limits);
        let names = || {
            for reader in self.searcher().segment_readers() {
                if let Some(column) = Columns::of(reader).facet(facet)? {
                    compile::for_each_name(&column, &mut ticker, |_, name| {
                        each(&folded_name(name));
                    })?;
                }
            }
            Ok(())
        };
        self.guard(|| within(limits, attempt(names)).and_then(|read| read.map_err(failed(self))))
    }

    /// Reads the term dictionaries: each word once a segment.
    fn for_each_word_of_names(
        &self,
        facet: Facet,
        limits: &Limits,
        each: &mut dyn FnMut(&str),
    ) -> Result<()> {
        let mut ticker = Ticker::new(limits);
        let words = || {
            for reader in self.searcher().segment_readers() {
                let index = reader.inverted_index(fields().facet(facet))?;
                let mut terms = index.terms().stream()?;
                while let Some((term, _)) = terms.next() {
                    Watch::step(&mut ticker, 16)?;
                    if term.first().is_some_and(|&first| first >= FIRST_OF_WORDS)
                        && let Ok(word) = std::str::from_utf8(term)
                        && !word.starts_with(LENGTH)
                    {
                        each(word);
                    }
                }
            }
            Ok(())
        };
        self.guard(|| within(limits, attempt(words)).and_then(|read| read.map_err(failed(self))))
    }

    fn article(&self, id: &str) -> Result<Option<Article>> {
        self.guard(|| self.find(id))
    }

    fn articles_with_content(&self, digest: ContentDigest) -> Result<Vec<Article>> {
        self.guard(|| self.find_content(digest))
    }

    fn source(&self, article: &Article) -> Result<Option<FileEntry>> {
        let entry = || {
            for file in files_around(article) {
                if let Some(entry) = manifest::file_entry(self.searcher(), file)? {
                    return Ok(Some(entry));
                }
            }
            Ok(None)
        };
        self.guard(|| attempt(entry).map_err(failed(self)))
    }

    fn successor(&self, id: &str) -> Result<Option<Successor>> {
        self.guard(|| Self::successor(self, id))
    }
}

/// What was read, unless the time was over.
fn within<T>(limits: &Limits, read: tantivy::Result<T>) -> Result<tantivy::Result<T>> {
    limits.check().map(|()| read)
}

/// The matches from number `request.offset` on, ranking `pass` at a time.
#[cfg(test)]
pub(in crate::engine) fn for_each_match_in_passes(
    snapshot: &Snapshot,
    question: &Question,
    request: &crate::query::Request,
    pass: usize,
    each: &mut dyn FnMut(Match) -> ControlFlow<()>,
) -> Result<()> {
    Prepared::new(snapshot, question)?.for_each_match(request.sort, request.offset, pass, each)
}
