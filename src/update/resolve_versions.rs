//! The end of a run: resolves which versions of items are current, over all files of the index. An article that a higher
//! version replaces, even a withheld one, is kept as a superseded one, which no search finds; it becomes current again
//! when that is gone.
//!
//! All follows from what is committed, so the order in which files came does not matter, nor whether the run that read
//! them was killed: the metadata of a commit says whether this is still to be done.

use super::item_versions;
use super::job::Job;
use crate::article::Article;
use crate::error::Result;
use crate::failpoint;
use crate::manifest::journal::{Change, Kind};
use crate::manifest::record::{StoredArticle, file_of};
use crate::manifest::stored_version::StoredVersion;
use crate::query::engine::writing::{Batch, Commit};
use crate::text::Text;

/// Bytes of articles that are written in one batch.
const BATCH: usize = 4 << 20;

/// Makes the highest versions of the items in `committed` current, and supersedes the others.
pub(super) fn resolve(job: &Job<'_>, committed: &dyn Commit) -> Result<()> {
    failpoint::reached("settle");
    let mut resolving = Resolving { job, committed, batch: Batch::default(), bytes: 0 };
    for items in item_versions::ranges(committed)? {
        for version in item_versions::misplaced(committed, items)? {
            if job.stopped() {
                return resolving.write();
            }
            resolving.replace(&version)?;
        }
    }
    resolving.write()?;
    job.writer.set_unresolved(false);
    Ok(())
}

/// Articles that become superseded or current.
struct Resolving<'a> {
    job: &'a Job<'a>,
    committed: &'a dyn Commit,
    batch: Batch,
    bytes: usize,
}

impl Resolving<'_> {
    fn replace(&mut self, version: &StoredVersion) -> Result<()> {
        let mut stored = self.committed.stored_article(version.handle)?;
        stored.article.item = version.item;
        let Some(file) = file_of(&stored.article, version.key).map(str::to_owned) else {
            return Ok(());
        };
        self.bytes += stored.record.len();
        self.batch.delete_version(version.key);
        if version.is_searched() {
            self.supersede(version, stored, &file)?;
        } else {
            self.restore(stored.article, &file);
        }
        if self.bytes < BATCH { Ok(()) } else { self.write() }
    }

    fn supersede(
        &mut self,
        version: &StoredVersion,
        stored: StoredArticle,
        file: &str,
    ) -> Result<()> {
        let StoredArticle { article, record } = stored;
        if self.job.writer.keeps_journal() {
            self.batch.changes.push(Change::of(Kind::Removed, &article.id, record));
        }
        self.batch.add_superseded(article, version.digest, file);
        let previous = self.job.previous_digest(version.key)?;
        let changes = &mut self.job.tally().changes;
        match previous {
            None => changes.added = changes.added.saturating_sub(1),
            Some(digest) => {
                changes.removed += 1;
                // If this run changed it, too, it counts as removed only.
                let was_changed = u64::from(digest != version.digest);
                changes.changed = changes.changed.saturating_sub(was_changed);
            }
        }
        Ok(())
    }

    fn restore(&mut self, mut article: Article, file: &str) {
        article.boundaries = Some(Text::new(&article.body).boundaries());
        self.batch.note_added(&article.id);
        self.batch.add_article(article, file);
        self.job.tally().changes.added += 1;
    }

    fn write(&mut self) -> Result<()> {
        let bytes = std::mem::take(&mut self.bytes);
        self.job.writer.write(std::mem::take(&mut self.batch), bytes)
    }
}
