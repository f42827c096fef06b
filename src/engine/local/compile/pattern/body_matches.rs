//! Where a query matches in bodies, as positions of words: what a text is read for otherwise.

use std::sync::Arc;

use tantivy::DocId;
use tantivy::index::SegmentReader;
use tantivy::query::EnableScoring;

use super::by_text::needs_text;
use super::candidates::{Candidates, CompiledPattern};
use super::word_postings::WordPostings;
use crate::engine::local::compile::compiler::Compiler;
use crate::engine::local::compile::terms::{Terms, TermsBySegment};
use crate::index::schema::fields;
use crate::query::body_patterns;
use crate::query::engine::unread::MatchedWords;
use crate::query::language::clause::{Clause, Pattern, Scope};
use crate::query::language::shown;
use crate::query::matching::{Interval, PatternPlan, WordMatcher};

/// The patterns of a query that decide where it matches in bodies, with their terms.
pub(crate) struct BodyMatches {
    patterns: Vec<(Arc<CompiledPattern>, Vec<TermsBySegment>)>,
}

impl BodyMatches {
    /// Of a query; `None` if positions do not tell.
    pub(crate) fn new(compiler: Compiler<'_>, query: &Clause) -> tantivy::Result<Option<Self>> {
        let Some(patterns) = body_patterns(query) else { return Ok(None) };
        let compiled: Vec<_> =
            patterns.into_iter().map(|pattern| in_bodies(compiler, pattern, query)).collect();
        if compiled.iter().flat_map(|pattern| &pattern.words).any(needs_text) {
            return Ok(None);
        }
        let scoring = EnableScoring::disabled_from_searcher(compiler.searcher);
        let with_terms = |pattern: CompiledPattern| -> tantivy::Result<_> {
            let words = pattern.words.iter().map(|word| (pattern.field, word));
            let terms = Terms::of(words, scoring, compiler.live, compiler.watch)?.by_word();
            Ok((Arc::new(pattern), terms))
        };
        let patterns: tantivy::Result<_> = compiled.into_iter().map(with_terms).collect();
        Ok(Some(Self { patterns: patterns? }))
    }

    /// Those in one segment.
    pub(crate) fn in_segment(&self, reader: &SegmentReader) -> tantivy::Result<SegmentBodyMatches> {
        let index = reader.inverted_index(fields().body)?;
        let open = |(pattern, words): &(Arc<CompiledPattern>, Vec<TermsBySegment>)| {
            let terms = words.iter().filter_map(|word| word.get(&reader.segment_id()));
            let postings: std::io::Result<_> =
                terms.map(|terms| WordPostings::open(&index, terms, &pattern.watch)).collect();
            let mut candidates = Candidates::open(pattern, postings?, reader)?;
            candidates.seek(0);
            Ok(candidates)
        };
        let patterns: tantivy::Result<_> = self.patterns.iter().map(open).collect();
        Ok(SegmentBodyMatches { patterns: patterns?, intervals: Vec::new() })
    }
}

/// A pattern of a query as it is searched in bodies.
fn in_bodies(compiler: Compiler<'_>, pattern: &Pattern, query: &Clause) -> CompiledPattern {
    let mut words = Vec::new();
    let plan = PatternPlan::new(pattern, &mut words);
    let words = words.iter().map(|word| WordMatcher::new(word, compiler.languages)).collect();
    let (field, live) = (fields().body, Arc::clone(compiler.live));
    let (clause, watch) = (shown(query), compiler.watch.clone());
    CompiledPattern { plan, words, field, scope: Scope::Body, at_least: 1, live, clause, watch }
}

/// Where a query matches in the bodies of one segment.
pub(crate) struct SegmentBodyMatches {
    patterns: Vec<Candidates>,
    /// Buffer: the matches of one article.
    intervals: Vec<Interval>,
}

impl SegmentBodyMatches {
    /// Adds the matches in an article, in order and without overlap; articles are asked for in their order.
    pub(crate) fn add(&mut self, article: DocId, matches: &mut Vec<MatchedWords>) {
        self.intervals.clear();
        for pattern in &mut self.patterns {
            if pattern.doc < article {
                pattern.seek(article);
            }
            if pattern.doc == article {
                self.intervals.extend(pattern.intervals());
            }
        }
        self.intervals.sort_unstable();
        let first = matches.len();
        for interval in &self.intervals {
            match matches[first..].last_mut() {
                Some(last) if interval.start <= *last.end() => {
                    *last = *last.start()..=interval.end.max(*last.end());
                }
                _ => matches.push(interval.start..=interval.end),
            }
        }
    }
}
