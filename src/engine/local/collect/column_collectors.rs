//! Collectors over columns: matches by day of publication, and the extent of articles.

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::index::SegmentReader;
use tantivy::{DocId, Score};

use crate::index::read::stored_articles::DocumentColumns;
use crate::index::schema::columns::{Columns, NumberColumn, TimeColumn};
use crate::query::engine::{DayCounts, Extent};

/// Counts matches by day of publication.
pub(crate) struct DayCollector;

pub(crate) struct SegmentDays {
    first: Option<Column<i64>>,
    last: Option<Column<i64>>,
    columns: DocumentColumns,
    counts: DayCounts,
}

impl Collector for DayCollector {
    type Fruit = DayCounts;
    type Child = SegmentDays;

    fn for_segment(&self, _: u32, reader: &SegmentReader) -> tantivy::Result<SegmentDays> {
        let columns = Columns::of(reader);
        Ok(SegmentDays {
            first: columns.time_if_any(TimeColumn::Date)?,
            last: columns.time_if_any(TimeColumn::DateEnd)?,
            columns: DocumentColumns::open(reader)?,
            counts: DayCounts::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<DayCounts>) -> tantivy::Result<DayCounts> {
        let mut all = DayCounts::default();
        for (days, count) in segments.into_iter().flatten() {
            *all.entry(days).or_default() += count;
        }
        Ok(all)
    }
}

impl SegmentCollector for SegmentDays {
    type Fruit = DayCounts;

    fn collect(&mut self, doc: DocId, _: Score) {
        let article = self.columns.article_of(doc);
        let day = |column: &Option<Column<i64>>| column.as_ref().and_then(|c| c.first(article));
        let days = day(&self.first).zip(day(&self.last));
        *self.counts.entry(days).or_default() += 1;
    }

    fn harvest(self) -> DayCounts {
        self.counts
    }
}

/// Adds up words, and finds the first and last day of publication.
pub(crate) struct ExtentCollector;

pub(crate) struct SegmentExtent {
    words: Option<Column<u64>>,
    first: Option<Column<i64>>,
    last: Option<Column<i64>>,
    extent: Extent,
}

fn add(extent: &mut Extent, words: u64, first: Option<i64>, last: Option<i64>) {
    extent.words += words;
    extent.first = [extent.first, first].into_iter().flatten().min();
    extent.last = extent.last.max(last);
}

impl Collector for ExtentCollector {
    type Fruit = Extent;
    type Child = SegmentExtent;

    fn for_segment(&self, _: u32, reader: &SegmentReader) -> tantivy::Result<SegmentExtent> {
        let columns = Columns::of(reader);
        Ok(SegmentExtent {
            words: columns.number_if_any(NumberColumn::Words)?,
            first: columns.time_if_any(TimeColumn::Date)?,
            last: columns.time_if_any(TimeColumn::DateEnd)?,
            extent: Extent::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Extent>) -> tantivy::Result<Extent> {
        let mut all = Extent::default();
        for segment in segments {
            add(&mut all, segment.words, segment.first, segment.last);
        }
        Ok(all)
    }
}

impl SegmentCollector for SegmentExtent {
    type Fruit = Extent;

    fn collect(&mut self, doc: DocId, _: Score) {
        let words = self.words.as_ref().and_then(|column| column.first(doc)).unwrap_or(0);
        let day = |column: &Option<Column<i64>>| column.as_ref().and_then(|c| c.first(doc));
        add(&mut self.extent, words, day(&self.first), day(&self.last));
    }

    fn harvest(self) -> Extent {
        self.extent
    }
}
