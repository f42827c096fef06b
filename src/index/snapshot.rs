//! An index opened for reading: one whole commit, whatever a writer does meanwhile.

use std::path::{Path, PathBuf};

use tantivy::collector::{Count, TopDocs};
use tantivy::directory::MmapDirectory;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, IndexReader, ReloadPolicy, Searcher, TantivyDocument, Term};

use super::schema::{Kind, fields, schema};
use super::writer::Stamp;
use super::{analyze, document};
use crate::article::Article;
use crate::error::{Error, Result};

/// The folder of an index if none is named.
pub const DEFAULT_DIR: &str = ".newsdex";

/// One commit of an index.
#[derive(Clone)]
pub struct Snapshot {
    dir: PathBuf,
    reader: IndexReader,
    searcher: Searcher,
}

impl Snapshot {
    /// Is there an index in the folder `dir`?
    pub fn exists(dir: &Path) -> bool {
        dir.join("meta.json").is_file()
    }

    /// Opens the index in the folder `dir`.
    pub fn open(dir: &Path) -> Result<Self> {
        if !Self::exists(dir) {
            return Err(Error::Usage(format!(
                "there is no index in {}; make one with: newsdex index ARCHIVE{}",
                dir.display(),
                if dir == Path::new(DEFAULT_DIR) {
                    String::new()
                } else {
                    format!(" --index {}", dir.display())
                }
            )));
        }
        let index = MmapDirectory::open(dir)
            .map_err(tantivy::TantivyError::from)
            .and_then(Index::open)
            .map_err(Error::index("open", dir))?;
        Self::of(index, dir)
    }

    /// An index in memory that holds `articles`: for tests and small jobs.
    pub fn of_articles<'a>(articles: impl IntoIterator<Item = &'a Article>) -> Result<Self> {
        let dir = PathBuf::from("in memory");
        let index = Index::create_in_ram(schema().0.clone());
        let mut index = index;
        index.set_tokenizers(analyze::tokenizers());
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
        Self::of(index, &dir)
    }

    fn of(mut index: Index, dir: &Path) -> Result<Self> {
        index.set_tokenizers(analyze::tokenizers());
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(Error::index("open", dir))?;
        let searcher = IndexReader::searcher(&reader);
        Ok(Self { dir: dir.to_path_buf(), reader, searcher })
    }

    /// The folder of the index.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// What the newest commit says about itself.
    pub fn stamp(&self) -> tantivy::Result<Stamp> {
        let meta = self.searcher.index().load_metas()?;
        Ok(Stamp::of(meta.payload.as_deref()))
    }

    /// The newest commit, if it is another one.
    pub fn reload(&mut self) -> tantivy::Result<()> {
        self.reader.reload()?;
        self.searcher = self.reader.searcher();
        Ok(())
    }

    /// The engine's view of this commit.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// How many documents of a kind there are.
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
            found.first().map_or(Ok(None), |&(_, address)| self.article(address))
        };
        find().map_err(Error::index("read", &self.dir))
    }

    /// The article whose document stands at `address`.
    pub fn article(&self, address: tantivy::DocAddress) -> tantivy::Result<Option<Article>> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        Ok(document::article(&document))
    }
}
