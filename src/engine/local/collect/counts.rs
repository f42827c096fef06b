//! Counts of one facet in one segment, in an array over the ordinals of its values.

use std::sync::Arc;

use tantivy::DocId;
use tantivy::columnar::{Column, ColumnIndex, StrColumn};
use tantivy::index::SegmentReader;

use crate::article::Facet;
use crate::engine::local::people::SegmentPeople;
use crate::engine::local::people::SplitArticles;
use crate::index::schema::columns::Columns;

/// Values that are read at once.
const CHUNK: usize = 1024;

/// A facet to count.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    /// Which.
    pub(crate) facet: Facet,
    /// Who has which of its values.
    pub(crate) people: Option<Arc<SplitArticles>>,
}

/// Counts of a facet in a segment.
pub(crate) struct SegmentCounts {
    /// Its values; none if no document of the segment has one.
    pub(crate) column: Option<StrColumn>,
    /// Matches with each value, by ordinal.
    pub(crate) counts: Vec<u32>,
    /// Matches without one.
    pub(crate) missing: u64,
    /// People, in place of the values that are names of theirs.
    pub(crate) people: Option<SegmentPeople>,
    /// Does a quotation have values of its own, not its article's?
    pub(super) is_of_quotations: bool,
}

impl SegmentCounts {
    /// None counted yet.
    pub(super) fn open(
        facet: &Counted,
        segment: u32,
        reader: &SegmentReader,
    ) -> tantivy::Result<Self> {
        let column = Columns::of(reader).facet(facet.facet)?;
        let people = match (&facet.people, &column) {
            (Some(splits), Some(column)) => {
                Some(SegmentPeople::open(splits, facet.facet, segment, reader, column)?)
            }
            _ => None,
        };
        let counts = vec![0; column.as_ref().map_or(0, |column| column.num_terms())];
        let is_of_quotations = facet.facet.is_of_quotations();
        Ok(Self { column, counts, missing: 0, people, is_of_quotations })
    }

    /// Counts the values of documents, each of which is one of the articles or a quotation of it.
    pub(super) fn count(&mut self, docs: &[DocId], articles: &[DocId]) {
        let Some(column) = &self.column else {
            self.missing += docs.len() as u64;
            return;
        };
        if let Some(people) = &mut self.people {
            for (&doc, &article) in docs.iter().zip(articles) {
                let mut is_missing = true;
                for ordinal in column.ords().values_for_doc(doc) {
                    is_missing = false;
                    if !people.meet(ordinal, article) {
                        self.counts[ordinal as usize] += 1;
                    }
                }
                people.count_met();
                self.missing += u64::from(is_missing);
            }
            return;
        }
        let Column { index, values } = column.ords();
        for &doc in docs {
            let rows = index.value_row_ids(doc);
            self.missing += u64::from(rows.is_empty());
            rows.for_each(|row| self.counts[values.get_val(row) as usize] += 1);
        }
    }

    /// Counts the values of all articles of the segment, but for those that are `gone`. Where articles alone have values
    /// they are counted as they stand in the column, whosever they are.
    pub(super) fn count_articles(&mut self, articles: &[DocId], gone: &[DocId]) {
        let column = self.column.as_ref().filter(|_| self.people.is_none());
        let Some(column) = column.filter(|_| !self.is_of_quotations) else {
            self.count(articles, articles);
            return;
        };
        let Column { index, values } = column.ords();
        let mut chunk = [0; CHUNK];
        for start in (0..values.num_vals()).step_by(CHUNK) {
            let length = (values.num_vals() - start).min(CHUNK as u32) as usize;
            values.get_range(u64::from(start), &mut chunk[..length]);
            for &ordinal in &chunk[..length] {
                self.counts[ordinal as usize] += 1;
            }
        }
        let mut having = match index {
            ColumnIndex::Empty { .. } => 0,
            ColumnIndex::Full => values.num_vals(),
            ColumnIndex::Optional(index) => index.num_non_nulls(),
            // Where each document's values begin that has any, and where the last one's end.
            ColumnIndex::Multivalued(rows) => rows.get_start_index_column().num_vals() - 1,
        };
        for &doc in gone {
            let rows = index.value_row_ids(doc);
            having -= u32::from(!rows.is_empty());
            rows.for_each(|row| self.counts[values.get_val(row) as usize] -= 1);
        }
        self.missing += articles.len() as u64 - u64::from(having);
    }

    /// Calls `each` for all values that were counted, in order.
    pub(crate) fn for_each(&self, mut each: impl FnMut(&[u8], u32)) -> std::io::Result<()> {
        let Some(column) = &self.column else { return Ok(()) };
        let counted = || self.counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let ordinals: Vec<u64> = counted().map(|(ordinal, _)| ordinal as u64).collect();
        let mut counts = counted().map(|(_, count)| *count);
        column.dictionary().sorted_ords_to_term_cb(&ordinals, |value| {
            each(value, counts.next().unwrap_or(0));
        })?;
        Ok(())
    }
}
