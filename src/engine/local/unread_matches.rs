//! All matches, none read before it is asked for. They are handed out in batches, from several threads, in the order of their
//! documents: neighbours are stored in one block, which is decompressed once.

use std::cmp::Reverse;
use std::ops::Range;

use rayon::prelude::*;
use tantivy::columnar::Column;
use tantivy::index::SegmentReader;
use tantivy::{DocAddress, DocId, Score};

use super::collect::{Rank, for_each_live, score_bits};
use super::compile::{BodyMatches, Compiler, SegmentBodyMatches};
use super::index_errors::{attempt, failed};
use super::prepared::{MatchReader, Prepared};
use crate::article::PartialDate;
use crate::error::Result;
use crate::index::read::snapshot::Snapshot;
use crate::index::schema::columns::{Columns, TimeColumn};
use crate::manifest::SCHEMA_VERSION;
use crate::query::engine::Match;
use crate::query::engine::unread::{Known, MatchedWords, Parts, Place, UnreadMatch};
use crate::query::limits::Ticker;
use crate::query::request::{Sort, Target};

/// Matches of a batch.
const BATCH: usize = 2048;
/// Matches that a thread takes at once.
const TASK: usize = 32;

/// Steps that a match counts for: it may be read.
const READING: usize = 64;

/// What is done with each match.
type Each<'e> = &'e (dyn Fn(&dyn UnreadMatch) -> Result<()> + Sync);

impl Prepared<'_> {
    /// Calls `each` for all matches; places are those of that order.
    pub(super) fn for_each_unread(&self, sort: Sort, each: Each<'_>) -> Result<()> {
        let (bodies, reader) = (self.body_matches()?, self.reader()?);
        let mut batch = Batch::new(self, &reader, sort, each);
        let all = || {
            let weight = self.weight(sort == Sort::Relevance)?;
            for (segment, reader) in (0..).zip(self.snapshot.searcher().segment_readers()) {
                let bodies = bodies.as_ref().map(|bodies| bodies.in_segment(reader)).transpose()?;
                batch.segment = segment;
                batch.known =
                    bodies.map(|bodies| KnownColumns::open(bodies, reader)).transpose()?;
                for_each_live(&*weight, reader, sort == Sort::Relevance, &mut |doc, score| {
                    batch.add(doc, score);
                })?;
                batch.hand_out();
            }
            Ok(())
        };
        self.whole(attempt(all))?;
        batch.outcome
    }

    /// Where the query matches in bodies; `None` if the text must be read for that. In indexes of earlier versions the terms tell
    /// less than the text does.
    fn body_matches(&self) -> Result<Option<BodyMatches>> {
        let is_current = self.snapshot.generation().is_none()
            || self.snapshot.commit_metadata()?.schema == SCHEMA_VERSION;
        if self.question.target == Target::Quotations || !is_current {
            return Ok(None);
        }
        let compile = || {
            let compiler = Compiler::new(self.snapshot, &self.question.aliases, &self.watch)?;
            BodyMatches::new(compiler, &self.question.clause)
        };
        self.whole(attempt(compile))
    }
}

/// The next matches of a segment.
struct Batch<'b> {
    snapshot: &'b Snapshot,
    /// Once it is over, no match is handed out.
    ticker: Ticker,
    reader: &'b MatchReader,
    sort: Sort,
    each: Each<'b>,
    segment: u32,
    /// Of the segment; `None` if only texts tell.
    known: Option<KnownColumns>,
    /// With the range of what is theirs in `words`.
    ranks: Vec<(Rank, Range<usize>)>,
    words: Vec<MatchedWords>,
    /// Of the matches that were handed out: after a failure none is.
    outcome: Result<()>,
}

impl<'b> Batch<'b> {
    fn new(
        prepared: &'b Prepared<'_>,
        reader: &'b MatchReader,
        sort: Sort,
        each: Each<'b>,
    ) -> Self {
        Self {
            snapshot: prepared.snapshot,
            ticker: prepared.watch.ticker(),
            reader,
            sort,
            each,
            segment: 0,
            known: None,
            ranks: Vec::with_capacity(BATCH),
            words: Vec::new(),
            outcome: Ok(()),
        }
    }

    fn add(&mut self, doc: DocId, score: Score) {
        if self.outcome.is_err() || self.ticker.is_over_after(READING) {
            return;
        }
        let first = self.words.len();
        if let Some(known) = &mut self.known {
            known.bodies.add(doc, &mut self.words);
        }
        let address = DocAddress::new(self.segment, doc);
        let rank = self.reader.rank(address, score_bits(score, self.sort), self.sort);
        self.ranks.push((rank, first..self.words.len()));
        if self.ranks.len() == BATCH {
            self.hand_out();
        }
    }

    /// Hands out all matches of the batch.
    fn hand_out(&mut self) {
        let (each, known) = (self.each, self.known.as_ref());
        let (snapshot, reader, sort) = (self.snapshot, self.reader, self.sort);
        let unread = |(rank, words): &(Rank, Range<usize>)| {
            let words = &self.words[words.clone()];
            each(&UnreadDocument { snapshot, reader, rank, sort, words, known })
        };
        if self.outcome.is_ok() {
            let tasks = self.ranks.par_chunks(TASK);
            self.outcome = tasks.try_for_each(|task| task.iter().try_for_each(unread));
        }
        self.ranks.clear();
        self.words.clear();
    }
}

/// What a segment tells of its articles without their texts.
struct KnownColumns {
    bodies: SegmentBodyMatches,
    first_day: Option<Column<i64>>,
    last_day: Option<Column<i64>>,
}

impl KnownColumns {
    fn open(bodies: SegmentBodyMatches, reader: &SegmentReader) -> tantivy::Result<Self> {
        let day = |column| Columns::of(reader).time_if_any(column);
        let (first_day, last_day) = (day(TimeColumn::Date)?, day(TimeColumn::DateEnd)?);
        Ok(Self { bodies, first_day, last_day })
    }

    /// When an article was published.
    fn date(&self, article: DocId) -> Option<PartialDate> {
        let day = |column: &Option<Column<i64>>| column.as_ref()?.first(article);
        PartialDate::of_days(day(&self.first_day)?, day(&self.last_day)?)
    }
}

/// A match in the store.
struct UnreadDocument<'b> {
    snapshot: &'b Snapshot,
    reader: &'b MatchReader,
    rank: &'b Rank,
    sort: Sort,
    words: &'b [MatchedWords],
    known: Option<&'b KnownColumns>,
}

impl UnreadMatch for UnreadDocument<'_> {
    fn place(&self) -> Place {
        self.rank.place()
    }

    fn known(&self) -> Option<Known<'_>> {
        let Reverse(DocAddress { doc_id, .. }) = self.rank.address;
        Some(Known { words: self.words, date: self.known?.date(doc_id) })
    }

    fn read(&self, parts: Parts) -> Result<Match> {
        self.reader.read(self.rank, self.sort, parts).map_err(failed(self.snapshot))
    }
}
