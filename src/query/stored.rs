//! From a document of the index to its article.

use std::sync::Arc;

use tantivy::collector::DocSetCollector;
use tantivy::columnar::{Column, ColumnValues};
use tantivy::index::SegmentReader;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, Searcher, TantivyDocument, Term};

use super::search::Target;
use crate::article::Article;
use crate::index::document;
use crate::index::schema::{Kind, fields};

/// What tells the documents of a segment apart.
pub(super) struct Columns {
    kind: Arc<dyn ColumnValues<u64>>,
    key: Arc<dyn ColumnValues<u64>>,
    ordinal: Option<Column<u64>>,
}

impl Columns {
    /// Those of one segment.
    pub(super) fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        Ok(Self {
            kind: fast.column_first_or_default("kind")?,
            key: fast.column_first_or_default("key")?,
            ordinal: fast.column_opt("ordinal")?,
        })
    }

    /// Hash of the article's id.
    pub(super) fn key(&self, doc: DocId) -> u64 {
        self.key.get_val(doc)
    }

    /// Is the document of that kind?
    pub(super) fn is(&self, doc: DocId, target: Target) -> bool {
        let kind = match target {
            Target::Articles => Kind::Article,
            Target::Quotations => Kind::Quote,
        };
        self.kind.get_val(doc) == kind as u64
    }

    /// The article before a quotation, if that is where it stands.
    pub(super) fn article_of(&self, quote: DocId) -> Option<DocId> {
        let key = self.key(quote);
        let before = (0..quote).rev().take_while(|&doc| self.key(doc) == key);
        before.into_iter().find(|&doc| self.is(doc, Target::Articles))
    }

    fn ordinal(&self, quote: DocId) -> Option<usize> {
        Some(self.ordinal.as_ref()?.first(quote)? as usize)
    }
}

/// Reads articles.
pub(super) struct Stored {
    searcher: Searcher,
    columns: Vec<Columns>,
}

impl Stored {
    /// From the index that `searcher` sees.
    pub(super) fn new(searcher: &Searcher) -> tantivy::Result<Self> {
        let columns: tantivy::Result<_> =
            searcher.segment_readers().iter().map(Columns::open).collect();
        Ok(Self { searcher: searcher.clone(), columns: columns? })
    }

    /// The article at `address`; or that of the quotation there, and which of its quotations it is.
    pub(super) fn article(
        &self,
        address: DocAddress,
    ) -> tantivy::Result<Option<(Article, Option<usize>)>> {
        let columns = &self.columns[address.segment_ord as usize];
        if columns.is(address.doc_id, Target::Articles) {
            return Ok(self.load(address)?.map(|article| (article, None)));
        }
        let beside =
            columns.article_of(address.doc_id).map(|doc| DocAddress::new(address.segment_ord, doc));
        let article = match beside {
            Some(beside) => Some(beside),
            None => self.by_key(columns.key(address.doc_id))?,
        };
        let Some(article) = article else { return Ok(None) };
        let ordinal = columns.ordinal(address.doc_id);
        Ok(self.load(article)?.map(|article| (article, ordinal)))
    }

    /// The live article with that key.
    fn by_key(&self, key: u64) -> tantivy::Result<Option<DocAddress>> {
        let term = Term::from_field_u64(fields().key, key);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = self.searcher.search(&query, &DocSetCollector)?;
        let is_article =
            |a: &DocAddress| self.columns[a.segment_ord as usize].is(a.doc_id, Target::Articles);
        Ok(found.into_iter().filter(is_article).min())
    }

    fn load(&self, address: DocAddress) -> tantivy::Result<Option<Article>> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        Ok(document::article(&document))
    }
}
