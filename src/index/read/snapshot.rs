//! An index opened for reading: one commit, which does not change while others write.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tantivy::collector::{Count, TopDocs};
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, IndexReader, ReloadPolicy, Searcher, TantivyDocument, Term};

use super::live_documents::LiveDocuments;
use super::stored_articles::StoredArticles;
use super::stored_state;
use crate::article::{Article, ContentDigest, Successor};
use crate::error::{Error, Result};
use crate::index::schema::document;
use crate::index::schema::{Kind, fields, schema};
use crate::index::storage::directory::IndexDirectory;
use crate::index::storage::generation::Generation;
use crate::index::tokenize;
use crate::manifest::commit_metadata::CommitMetadata;
use crate::manifest::record::{StoredArticle, article_of_record};
use crate::manifest::stored_version::StoredVersion;

/// One commit of an index.
#[derive(Clone)]
pub struct Snapshot {
    dir: PathBuf,
    /// `None` in memory.
    generation: Option<Generation>,
    /// Its files; `None` in memory.
    pub(super) directory: Option<IndexDirectory>,
    reader: IndexReader,
    searcher: Searcher,
    live: Arc<OnceLock<Arc<LiveDocuments>>>,
    stored: Arc<OnceLock<Arc<StoredArticles>>>,
}

impl Snapshot {
    /// An index in memory that holds `articles`: for tests and small jobs.
    pub fn of_articles<'a>(articles: impl IntoIterator<Item = &'a Article>) -> Result<Self> {
        let dir = PathBuf::from("in memory");
        let index = Index::create_in_ram(schema().0.clone());
        let mut index = index;
        index.set_tokenizers(tokenize::tokenizers());
        let fill = |index: &Index| {
            let mut writer = index.writer_with_num_threads(1, 15_000_000)?;
            for article in articles {
                for document in document::documents(article, &article.path) {
                    writer.add_document(document)?;
                }
            }
            writer.commit()
        };
        fill(&index).map_err(Error::index("write", &dir))?;
        Self::of(index, &dir, None)
    }

    pub(super) fn of(
        mut index: Index,
        dir: &Path,
        stored: Option<(Generation, IndexDirectory)>,
    ) -> Result<Self> {
        index.set_tokenizers(tokenize::tokenizers());
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(Error::index("open", dir))?;
        let searcher = IndexReader::searcher(&reader);
        let dir = dir.to_path_buf();
        let (generation, directory) = stored.unzip();
        let (live, stored) = (Arc::default(), Arc::default());
        Ok(Self { dir, generation, directory, reader, searcher, live, stored })
    }

    /// The folder of the index.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// What the newest commit says about itself.
    pub fn commit_metadata(&self) -> Result<CommitMetadata> {
        let metas = self.searcher.index().load_metas().map_err(Error::index("read", &self.dir))?;
        CommitMetadata::of(metas.payload.as_deref()).map_err(|error| {
            let reason = format!("the metadata of a commit: {error}");
            Error::Damaged { path: self.dir.clone(), reason }
        })
    }

    /// Moves on to the newest commit of the generation that is now current.
    pub fn reload(&mut self) -> Result<()> {
        let is_replaced =
            self.generation.is_some() && Generation::current(&self.dir)? != self.generation;
        let reload = || self.reader.reload().map_err(Error::index("open", &self.dir));
        if is_replaced || self.guard(reload).is_err() {
            *self = Self::open(&self.dir)?;
            return Ok(());
        }
        self.searcher = self.reader.searcher();
        self.live = Arc::default();
        self.stored = Arc::default();
        Ok(())
    }

    /// The generation that it belongs to; `None` in memory.
    pub fn generation(&self) -> Option<&Generation> {
        self.generation.as_ref()
    }

    /// tantivy's view of this commit.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The live documents of this commit, computed once.
    pub fn live_documents(&self) -> tantivy::Result<&Arc<LiveDocuments>> {
        if let Some(live) = self.live.get() {
            return Ok(live);
        }
        let live = Arc::new(LiveDocuments::new(&self.searcher)?);
        Ok(self.live.get_or_init(|| live))
    }

    /// A reader of the articles of this commit, opened once.
    pub fn stored_articles(&self) -> tantivy::Result<&Arc<StoredArticles>> {
        if let Some(stored) = self.stored.get() {
            return Ok(stored);
        }
        let stored = Arc::new(StoredArticles::new(&self.searcher)?);
        Ok(self.stored.get_or_init(|| stored))
    }

    /// Number of live documents of a kind.
    pub fn count(&self, kind: Kind) -> tantivy::Result<usize> {
        let term = Term::from_field_u64(fields().kind, kind as u64);
        self.searcher.search(&TermQuery::new(term, IndexRecordOption::Basic), &Count)
    }

    /// The article of that id.
    pub fn find(&self, id: &str) -> Result<Option<Article>> {
        let query =
            TermQuery::new(Term::from_field_text(fields().id, id), IndexRecordOption::Basic);
        let find = || {
            let found = self.searcher.search(&query, &TopDocs::with_limit(1).order_by_score())?;
            found.first().map(|&(_, address)| self.article(address)).transpose()
        };
        find().map_err(Error::index("read", &self.dir))
    }

    /// The articles that say the same, in the order of their ids.
    pub fn find_content(&self, digest: ContentDigest) -> Result<Vec<Article>> {
        let find = || -> tantivy::Result<_> {
            let found = stored_state::of_content(&self.searcher, digest.number())?;
            let articles = found.iter().filter(|version| version.is_searched());
            let read =
                |version: &StoredVersion| self.article(stored_state::address_of(version.handle));
            articles.map(read).collect()
        };
        let mut articles: Vec<Article> = find().map_err(Error::index("read", &self.dir))?;
        articles.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(articles)
    }

    /// What replaced the superseded article `id`; `None` if there is no such article.
    pub fn successor(&self, id: &str) -> Result<Option<Successor>> {
        let find = || -> tantivy::Result<_> {
            let Some(item) =
                stored_state::superseded(&self.searcher, id)?.pop().and_then(|found| found.item)
            else {
                return Ok(None);
            };
            let versions = stored_state::of_item(&self.searcher, item.id)?;
            let Some(highest) = versions.iter().filter_map(|version| version.item).max() else {
                return Ok(None);
            };
            let current = versions
                .iter()
                .filter(|version| version.item == Some(highest) && version.is_searched());
            let mut ids = Vec::new();
            for version in current {
                ids.push(self.article(stored_state::address_of(version.handle))?.id);
            }
            ids.sort();
            Ok(Some(Successor { version: item.version, by: highest.version, ids }))
        };
        find().map_err(Error::index("read", &self.dir))
    }

    /// The article of a [`StoredVersion::handle`].
    pub fn stored_article(&self, handle: u64) -> Result<StoredArticle> {
        let read = || -> tantivy::Result<_> {
            let document: TantivyDocument = self.searcher.doc(stored_state::address_of(handle))?;
            Ok(document::record_of(&document)?.to_vec())
        };
        let record = read().map_err(Error::index("read", &self.dir))?;
        let article = article_of_record(&record).map_err(|error| {
            let reason = format!("the record of an article: {error}");
            Error::Damaged { path: self.dir.clone(), reason }
        })?;
        Ok(StoredArticle { article, record })
    }

    /// The article of the document at `address`.
    pub fn article(&self, address: tantivy::DocAddress) -> tantivy::Result<Article> {
        document::article(&self.searcher.doc::<TantivyDocument>(address)?)
    }
}
