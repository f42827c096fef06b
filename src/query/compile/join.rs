//! Articles by their quotations, and quotations by their articles. Both stand side by side in a segment, the article
//! first; where they do not, their common key joins them.

use rustc_hash::FxHashMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::index::SegmentReader;
use tantivy::{DocId, Score};

use super::docs::DocsQuery;
use super::{Compiled, Compiler};
use crate::query::ast::Clause;
use crate::query::search::Target;
use crate::query::statistics::Statistics;
use crate::query::stored::Columns;

impl Compiler<'_> {
    /// The articles of which a quotation fulfils `clause`; the best one gives the score.
    pub(super) fn articles_of_quotations(self, clause: &Clause) -> tantivy::Result<Compiled> {
        let found = self.matches(clause, Target::Quotations)?;
        let mut lists = Vec::new();
        let mut elsewhere: FxHashMap<u64, Score> = FxHashMap::default();
        for (reader, quotes) in self.searcher.segment_readers().iter().zip(found) {
            let columns = Columns::open(reader)?;
            let mut articles = Vec::with_capacity(quotes.len());
            for (quote, score) in quotes {
                if let Some(article) = columns.article_of(quote) {
                    articles.push((article, score));
                } else {
                    let best = elsewhere.entry(columns.key(quote)).or_insert(score);
                    *best = best.max(score);
                }
            }
            lists.push(articles);
        }
        if !elsewhere.is_empty() {
            self.add_by_key(&elsewhere, Target::Articles, &mut lists)?;
        }
        Ok(Box::new(DocsQuery::new(self.searcher, lists)))
    }

    /// The quotations whose article fulfils `clause`, with its score.
    pub(super) fn quotations_of_articles(self, clause: &Clause) -> tantivy::Result<Compiled> {
        let found = self.matches(clause, Target::Articles)?;
        let mut keys: FxHashMap<u64, Score> = FxHashMap::default();
        for (reader, articles) in self.searcher.segment_readers().iter().zip(&found) {
            let columns = Columns::open(reader)?;
            keys.extend(articles.iter().map(|&(article, score)| (columns.key(article), score)));
        }
        let mut lists = vec![Vec::new(); found.len()];
        self.add_by_key(&keys, Target::Quotations, &mut lists)?;
        Ok(Box::new(DocsQuery::new(self.searcher, lists)))
    }

    /// Adds the documents of `target`'s kind that have one of the keys.
    fn add_by_key(
        self,
        keys: &FxHashMap<u64, Score>,
        target: Target,
        lists: &mut [Vec<(DocId, Score)>],
    ) -> tantivy::Result<()> {
        for (reader, list) in self.searcher.segment_readers().iter().zip(lists) {
            let columns = Columns::open(reader)?;
            for doc in 0..reader.max_doc() {
                if columns.is(doc, target)
                    && let Some(&score) = keys.get(&columns.key(doc))
                {
                    list.push((doc, score));
                }
            }
        }
        Ok(())
    }

    /// All matches, a list for each segment.
    fn matches(self, clause: &Clause, target: Target) -> tantivy::Result<Vec<Vec<(DocId, Score)>>> {
        let query = self.query(clause, target)?;
        let statistics = Statistics::new(self.searcher, target)?;
        self.searcher.search_with_statistics_provider(&query, &Scored, &statistics)
    }
}

/// Collects documents and scores.
struct Scored;

struct SegmentScored(Vec<(DocId, Score)>);

impl Collector for Scored {
    type Fruit = Vec<Vec<(DocId, Score)>>;
    type Child = SegmentScored;

    fn for_segment(&self, _: u32, _: &SegmentReader) -> tantivy::Result<SegmentScored> {
        Ok(SegmentScored(Vec::new()))
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Vec<(DocId, Score)>>) -> tantivy::Result<Self::Fruit> {
        Ok(fruits)
    }
}

impl SegmentCollector for SegmentScored {
    type Fruit = Vec<(DocId, Score)>;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.0.push((doc, score));
    }

    fn harvest(self) -> Self::Fruit {
        self.0
    }
}
