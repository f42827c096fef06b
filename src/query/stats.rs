//! What an index, or the part of it that matches a query, holds.

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::index::SegmentReader;
use tantivy::{DocId, Score};

use super::collect::Sweep;
use super::facets;
use super::search::{FacetRequest, Question, Request, Sort, Target};
use crate::article::PartialDate;
use crate::error::Result;
use crate::index::read::snapshot::Snapshot;
use crate::index::schema::{FACETS, Kind};

/// Totals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stats {
    /// Articles.
    pub articles: u64,
    /// Quotations that match; without a query all of them.
    pub quotations: u64,
    /// Files of the archive, those that gave no article included; whatever the query.
    pub sources: u64,
    /// Words in the articles.
    pub words: u64,
    /// First and last day of publication.
    pub dates: Option<(PartialDate, PartialDate)>,
    /// For each facet: how many articles have it, and how many values there are.
    pub facets: Vec<FacetStats>,
}

/// How well a facet is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetStats {
    /// The facet.
    pub field: &'static str,
    /// Articles with a value.
    pub articles: u64,
    /// Distinct values.
    pub distinct: u64,
}

/// Totals of what `request` matches (its query and dates alone are used).
pub fn stats(snapshot: &Snapshot, request: &Request) -> Result<Stats> {
    let request = Request { target: Target::Articles, any_words: false, ..request.clone() };
    let question = Question::new(snapshot, &request)?;
    let sweep = Sweep {
        sort: Sort::Newest,
        keep: 0,
        facets: question.counted(&FACETS.map(|facet| facet.name))?,
    };
    let (swept, sums) = (question.swept(&sweep)?, question.sweep(&Sums)?);
    let of_quotations = Request { target: Target::Quotations, ..request };
    let count = Sweep { sort: Sort::Newest, keep: 0, facets: Vec::new() };
    let quotations = Question::new(snapshot, &of_quotations)?.swept(&count)?.total;

    let mut stats = Stats {
        articles: swept.total,
        quotations,
        sources: snapshot.count(Kind::Source).map_err(|e| question.failed(e))? as u64,
        words: sums.words,
        dates: sums.first.zip(sums.last).map(|(first, last)| (date(first), date(last))),
        facets: Vec::with_capacity(FACETS.len()),
    };
    for (facet, segments) in FACETS.iter().zip(&swept.facets) {
        let every = FacetRequest { field: facet.name.to_owned(), limit: 0, matching: None };
        let counts =
            facets::merged(&every, segments).map_err(|error| question.failed(error.into()))?;
        stats.facets.push(FacetStats {
            field: facet.name,
            articles: swept.total - counts.missing,
            distinct: counts.distinct,
        });
    }
    Ok(stats)
}

#[expect(clippy::cast_sign_loss, reason = "a remainder of a positive number")]
fn date(day: i64) -> PartialDate {
    PartialDate {
        year: Some((day / 10_000) as i16),
        month: Some((day / 100 % 100) as u8),
        day: Some((day % 100) as u8),
    }
}

/// Sums up words and dates.
struct Sums;

/// Words, first and last day.
#[derive(Default)]
struct Summed {
    words: u64,
    first: Option<i64>,
    last: Option<i64>,
}

struct SegmentSums {
    words: Option<Column<u64>>,
    first: Option<Column<i64>>,
    last: Option<Column<i64>>,
    sums: Summed,
}

impl Summed {
    fn add(&mut self, words: u64, first: Option<i64>, last: Option<i64>) {
        self.words += words;
        self.first = [self.first, first].into_iter().flatten().min();
        self.last = self.last.max(last);
    }
}

impl Collector for Sums {
    type Fruit = Summed;
    type Child = SegmentSums;

    fn for_segment(&self, _: u32, reader: &SegmentReader) -> tantivy::Result<SegmentSums> {
        let fast = reader.fast_fields();
        Ok(SegmentSums {
            words: fast.column_opt("words")?,
            first: fast.column_opt("date")?,
            last: fast.column_opt("date_end")?,
            sums: Summed::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Summed>) -> tantivy::Result<Summed> {
        let mut all = Summed::default();
        for segment in segments {
            all.add(segment.words, segment.first, segment.last);
        }
        Ok(all)
    }
}

impl SegmentCollector for SegmentSums {
    type Fruit = Summed;

    fn collect(&mut self, doc: DocId, _: Score) {
        let words = self.words.as_ref().and_then(|column| column.first(doc)).unwrap_or(0);
        let day = |column: &Option<Column<i64>>| column.as_ref().and_then(|c| c.first(doc));
        self.sums.add(words, day(&self.first), day(&self.last));
    }

    fn harvest(self) -> Summed {
        self.sums
    }
}
