//! Block joins: articles by their quotations, and quotations by their articles. In a segment the quotations of an article
//! follow it directly (they are written in one operation, and merges keep the order), so that a join needs no look-up.

use std::sync::Arc;

use tantivy::index::SegmentReader;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::compiler::Compiler;
use super::simple_queries::BoxedQuery;
use crate::engine::local::statistics::Statistics;
use crate::index::read::live_documents::LiveDocuments;
use crate::index::read::stored_articles::DocumentColumns;
use crate::index::schema::Kind;
use crate::query::request::Target;

/// The articles of which a quotation matches, with the score of the best quotation; or the quotations whose article matches,
/// with the score of the article.
#[derive(Debug)]
pub(super) struct Joined {
    /// The kind of the results.
    target: Target,
    /// Matches documents of the other kind alone.
    other: BoxedQuery,
    live: Arc<LiveDocuments>,
}

impl Compiler<'_> {
    /// The articles of the quotations that match.
    pub(super) fn articles_of(self, quotations: BoxedQuery) -> BoxedQuery {
        let (target, live) = (Target::Articles, Arc::clone(self.live));
        Box::new(Joined { target, other: quotations, live })
    }

    /// The quotations of the articles that match.
    pub(super) fn quotations_of(self, articles: BoxedQuery) -> BoxedQuery {
        let (target, live) = (Target::Quotations, Arc::clone(self.live));
        Box::new(Joined { target, other: articles, live })
    }
}

impl Clone for Joined {
    fn clone(&self) -> Self {
        let (other, live) = (self.other.box_clone(), Arc::clone(&self.live));
        Self { target: self.target, other, live }
    }
}

impl Query for Joined {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let other = match scoring {
            EnableScoring::Enabled { searcher, .. } => {
                let statistics = Statistics::new(searcher, &self.live, self.target.other());
                self.other.weight(EnableScoring::enabled_from_statistics_provider(
                    &statistics,
                    searcher,
                ))?
            }
            EnableScoring::Disabled { .. } => self.other.weight(scoring)?,
        };
        Ok(Box::new(JoinedWeight { target: self.target, other }))
    }
}

struct JoinedWeight {
    target: Target,
    other: Box<dyn Weight>,
}

impl Weight for JoinedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let columns = DocumentColumns::open(reader)?;
        let other = self.other.scorer(reader, boost)?;
        Ok(match self.target {
            Target::Articles => Box::new(ArticlesOf::new(other, columns)),
            Target::Quotations => Box::new(QuotationsOf::new(other, columns, reader.max_doc())),
        })
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("joined", 1.0))
    }
}

/// The articles of the quotations of a scorer.
struct ArticlesOf {
    quotations: Box<dyn Scorer>,
    columns: DocumentColumns,
    article: DocId,
    score: Score,
}

impl ArticlesOf {
    fn new(quotations: Box<dyn Scorer>, columns: DocumentColumns) -> Self {
        let mut this = Self { quotations, columns, article: TERMINATED, score: 0.0 };
        this.read_article();
        this
    }

    /// Reads all quotations of the next article.
    fn read_article(&mut self) -> DocId {
        let mut quote = self.quotations.doc();
        if quote == TERMINATED {
            self.article = TERMINATED;
            return TERMINATED;
        }
        self.article = self.columns.article_of(quote);
        self.score = 0.0;
        while quote != TERMINATED && self.columns.article_of(quote) == self.article {
            self.score = self.score.max(self.quotations.score());
            quote = self.quotations.advance();
        }
        self.article
    }
}

impl DocSet for ArticlesOf {
    fn advance(&mut self) -> DocId {
        self.read_article()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.article >= target {
            return self.article;
        }
        if self.quotations.doc() < target {
            self.quotations.seek(target);
        }
        while self.read_article() < target {}
        self.article
    }

    fn doc(&self) -> DocId {
        self.article
    }

    fn size_hint(&self) -> u32 {
        self.quotations.size_hint()
    }

    fn cost(&self) -> u64 {
        self.quotations.cost()
    }
}

impl Scorer for ArticlesOf {
    fn score(&mut self) -> Score {
        self.score
    }
}

/// All quotations of the articles of a scorer.
struct QuotationsOf {
    articles: Box<dyn Scorer>,
    columns: DocumentColumns,
    quote: DocId,
    /// The number of documents of the segment.
    end: DocId,
}

impl QuotationsOf {
    fn new(articles: Box<dyn Scorer>, columns: DocumentColumns, end: DocId) -> Self {
        let mut this = Self { articles, columns, quote: TERMINATED, end };
        this.first_quotation();
        this
    }

    fn is_quote(&self, doc: DocId) -> bool {
        doc < self.end && self.columns.is(doc, Kind::Quote)
    }

    /// Moves to the first quotation of the current article, or of the next one that has any.
    fn first_quotation(&mut self) -> DocId {
        let mut article = self.articles.doc();
        while article != TERMINATED && !self.is_quote(article + 1) {
            article = self.articles.advance();
        }
        self.quote = if article == TERMINATED { TERMINATED } else { article + 1 };
        self.quote
    }
}

impl DocSet for QuotationsOf {
    fn advance(&mut self) -> DocId {
        if self.quote == TERMINATED {
            return TERMINATED;
        }
        if self.is_quote(self.quote + 1) {
            self.quote += 1;
            return self.quote;
        }
        self.articles.advance();
        self.first_quotation()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.quote >= target {
            return self.quote;
        }
        if target >= self.end {
            self.quote = TERMINATED;
            return TERMINATED;
        }
        let article = self.columns.article_of(target);
        if self.articles.doc() < article {
            self.articles.seek(article);
        }
        if self.articles.doc() == article && self.is_quote(target) {
            self.quote = target;
            return target;
        }
        self.first_quotation()
    }

    fn doc(&self) -> DocId {
        self.quote
    }

    fn size_hint(&self) -> u32 {
        self.articles.size_hint().saturating_mul(8)
    }

    fn cost(&self) -> u64 {
        self.articles.cost().max(u64::from(self.size_hint()))
    }
}

impl Scorer for QuotationsOf {
    fn score(&mut self) -> Score {
        self.articles.score()
    }
}
