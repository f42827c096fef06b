//! Reads articles back, by the address of their document or of one of their quotations.

use std::sync::Arc;

use tantivy::columnar::{Column, ColumnValues};
use tantivy::index::SegmentReader;
use tantivy::store::StoreReader;
use tantivy::{DocAddress, DocId, Searcher, TantivyDocument};

use crate::article::Article;
use crate::index::schema::Kind;
use crate::index::schema::columns::{Columns, NumberColumn, TimeColumn};
use crate::index::schema::document;
use crate::manifest::record::{article_of_record, text_of_record};

/// Decompressed blocks of articles (16 kB) that are cached for each segment: neighbours are often read together, and read
/// again for the next page.
const BLOCKS: usize = 16;

/// The columns that tell articles from quotations in a segment.
pub struct DocumentColumns {
    kind: Arc<dyn ColumnValues<u64>>,
    ordinal: Arc<dyn ColumnValues<u64>>,
}

impl DocumentColumns {
    /// Those of one segment.
    pub fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = Columns::of(reader);
        Ok(Self {
            kind: columns.number_or_zero(NumberColumn::Kind)?,
            ordinal: columns.number_or_zero(NumberColumn::Ordinal)?,
        })
    }

    /// Whether the document is of that kind.
    pub fn is(&self, doc: DocId, kind: Kind) -> bool {
        self.kind.get_val(doc) == kind as u64
    }

    /// The article of a quotation, whose document precedes those of its quotations; an article itself.
    pub fn article_of(&self, doc: DocId) -> DocId {
        if self.is(doc, Kind::Quote) {
            doc.saturating_sub(self.ordinal.get_val(doc) as DocId + 1)
        } else {
            doc
        }
    }
}

/// The sort keys of the documents of a segment.
pub struct Order {
    columns: DocumentColumns,
    date: Option<Column<i64>>,
    key: Option<Column<u64>>,
    content: Option<Column<u64>>,
}

impl Order {
    fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let (columns, fast) = (DocumentColumns::open(reader)?, Columns::of(reader));
        Ok(Self {
            columns,
            date: fast.time_if_any(TimeColumn::Date)?,
            key: fast.number_if_any(NumberColumn::Key)?,
            content: fast.number_if_any(NumberColumn::Content)?,
        })
    }

    /// The columns of kinds.
    pub fn columns(&self) -> &DocumentColumns {
        &self.columns
    }

    /// First possible day of the article, if known, and its key; for a quotation those of its article.
    pub fn of(&self, doc: DocId) -> (Option<i64>, u64) {
        let article = self.columns.article_of(doc);
        let date = self.date.as_ref().and_then(|column| column.first(article));
        let key = self.key.as_ref().and_then(|column| column.first(article));
        (date, key.unwrap_or(0))
    }

    /// The digest of what the article says, as a number; for a quotation that of its article.
    pub fn content(&self, doc: DocId) -> u64 {
        let article = self.columns.article_of(doc);
        self.content.as_ref().and_then(|column| column.first(article)).unwrap_or(0)
    }
}

/// Reads the articles of a commit.
pub struct StoredArticles {
    segments: Vec<(Arc<Order>, StoreReader)>,
}

impl StoredArticles {
    /// Of the commit that `searcher` sees.
    pub fn new(searcher: &Searcher) -> tantivy::Result<Self> {
        let open = |reader: &SegmentReader| -> tantivy::Result<_> {
            Ok((Arc::new(Order::open(reader)?), reader.get_store_reader(BLOCKS)?))
        };
        let segments: tantivy::Result<_> = searcher.segment_readers().iter().map(open).collect();
        Ok(Self { segments: segments? })
    }

    /// The sort keys of the documents of a segment.
    pub fn order(&self, segment: u32) -> &Arc<Order> {
        &self.segments[segment as usize].0
    }

    /// The article at `address`; or that of the quotation there, and which of its quotations it is.
    pub fn article(&self, address: DocAddress) -> tantivy::Result<(Article, Option<usize>)> {
        self.read(address, article_of)
    }

    /// The same without what was found in the text: see [`text_of_record`].
    pub fn text(&self, address: DocAddress) -> tantivy::Result<(Article, Option<usize>)> {
        self.read(address, text_of)
    }

    fn read(
        &self,
        address: DocAddress,
        article_of: impl FnOnce(&StoreReader, DocId) -> tantivy::Result<Article>,
    ) -> tantivy::Result<(Article, Option<usize>)> {
        let (order, store) = &self.segments[address.segment_ord as usize];
        let doc = order.columns.article_of(address.doc_id);
        let ordinal = (doc != address.doc_id).then(|| (address.doc_id - doc - 1) as usize);
        Ok((article_of(store, doc)?, ordinal))
    }
}

/// The article of a document of a segment.
pub fn article_of(store: &StoreReader, doc: DocId) -> tantivy::Result<Article> {
    let stored = store.get_document_bytes(doc)?;
    match document::record_in(&stored).map(article_of_record) {
        Some(Ok(article)) => Ok(article),
        _ => document::article(&store.get::<TantivyDocument>(doc)?),
    }
}

/// The same without what was found in the text.
fn text_of(store: &StoreReader, doc: DocId) -> tantivy::Result<Article> {
    let stored = store.get_document_bytes(doc)?;
    match document::record_in(&stored).map(text_of_record) {
        Some(Ok(article)) => Ok(article),
        _ => document::article(&store.get::<TantivyDocument>(doc)?),
    }
}
