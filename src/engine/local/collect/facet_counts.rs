//! Counts of one facet in one segment, in an array over the ordinals of its values.

use std::ops::Range;
use std::sync::Arc;

use tantivy::DocId;
use tantivy::columnar::{Column, ColumnIndex, StrColumn};
use tantivy::index::SegmentReader;

use crate::article::Facet;
use crate::engine::local::people::{SegmentPeople, SplitArticles};
use crate::index::schema::columns::Columns;

/// Values of a column that are read at once.
const CHUNK: usize = 1024;

/// A facet to count.
#[derive(Clone, Debug)]
pub(crate) struct CountedFacet {
    /// The facet.
    pub(crate) facet: Facet,
    /// The people who are counted in place of their names.
    pub(crate) people: Option<Arc<SplitArticles>>,
}

/// Counts of a facet in a segment.
pub(crate) struct SegmentFacetCounts {
    /// Its values; none if no document of the segment has one.
    pub(crate) column: Option<StrColumn>,
    /// The values of the column that are of the facet: of metadata, those of one name.
    own: Range<u64>,
    /// Bytes before each value: of metadata, the name.
    pub(crate) prefix: usize,
    /// Matches with each value, by ordinal.
    pub(crate) counts: Vec<u32>,
    /// Matches without a value.
    pub(crate) missing: u64,
    /// Counts of people in place of their names.
    pub(crate) people: Option<SegmentPeople>,
    /// Whether quotations have values of their own, not their article's.
    pub(super) is_of_quotations: bool,
}

impl SegmentFacetCounts {
    /// For one segment; nothing is counted yet.
    pub(super) fn open(
        facet: &CountedFacet,
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
        let prefix = match facet.facet {
            Facet::Metadata(field) => field.term_prefix(),
            _ => String::new(),
        };
        let own = column.as_ref().map_or(Ok(0..0), |column| with_prefix(column, &prefix))?;
        let counts = vec![0; column.as_ref().map_or(0, |column| column.num_terms())];
        let is_of_quotations = facet.facet.is_of_quotations();
        let prefix = prefix.len();
        Ok(Self { column, own, prefix, counts, missing: 0, people, is_of_quotations })
    }

    /// Counts the values of documents; each is the article at the same place of `articles`, or a quotation of it.
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
                    if !people.add_name(ordinal, article) {
                        self.counts[ordinal as usize] += 1;
                    }
                }
                people.finish_document();
                self.missing += u64::from(is_missing);
            }
            return;
        }
        let Column { index, values } = column.ords();
        if self.prefix > 0 {
            for &doc in docs {
                let own = column.ords().values_for_doc(doc).filter(|ord| self.own.contains(ord));
                let before = self.missing;
                self.missing += 1;
                own.for_each(|ordinal| {
                    self.missing = before;
                    self.counts[ordinal as usize] += 1;
                });
            }
            return;
        }
        for &doc in docs {
            let rows = index.value_row_ids(doc);
            self.missing += u64::from(rows.is_empty());
            rows.for_each(|row| self.counts[values.get_val(row) as usize] += 1);
        }
    }

    /// Counts the values of all live articles of the segment; `deleted` are its other articles. If no quotation has values,
    /// the column is read as a whole, and the values of deleted articles are subtracted.
    pub(super) fn count_articles(&mut self, articles: &[DocId], deleted: &[DocId]) {
        let column = self.column.as_ref().filter(|_| self.people.is_none());
        let Some(column) = column.filter(|_| !self.is_of_quotations && self.prefix == 0) else {
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
            // Holds the start of each document that has values, and the end of the last one.
            ColumnIndex::Multivalued(rows) => rows.get_start_index_column().num_vals() - 1,
        };
        for &doc in deleted {
            let rows = index.value_row_ids(doc);
            having -= u32::from(!rows.is_empty());
            rows.for_each(|row| self.counts[values.get_val(row) as usize] -= 1);
        }
        self.missing += articles.len() as u64 - u64::from(having);
    }

    /// Calls `each` for all values with a count, in order.
    pub(crate) fn for_each(&self, mut each: impl FnMut(&[u8], u32)) -> std::io::Result<()> {
        let Some(column) = &self.column else { return Ok(()) };
        let counted = || self.counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let ordinals: Vec<u64> = counted().map(|(ordinal, _)| ordinal as u64).collect();
        let mut counts = counted().map(|(_, count)| *count);
        column.dictionary().sorted_ords_to_term_cb(&ordinals, |value| {
            each(&value[self.prefix..], counts.next().unwrap_or(0));
        })?;
        Ok(())
    }
}

/// The ordinals of the values that begin with `prefix`.
fn with_prefix(column: &StrColumn, prefix: &str) -> std::io::Result<Range<u64>> {
    if prefix.is_empty() {
        return Ok(0..column.num_terms() as u64);
    }
    let mut values = column.dictionary().prefix_range(prefix).into_stream()?;
    if !values.advance() {
        return Ok(0..0);
    }
    let first = values.term_ord();
    let mut last = first;
    while values.advance() {
        last = values.term_ord();
    }
    Ok(first..last + 1)
}
