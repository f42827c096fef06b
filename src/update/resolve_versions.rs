//! The end of a run: which versions of items count, over all files of the index. An article that a higher version
//! replaces, be that one withheld, is kept as a superseded one, which no search finds; it comes back when that is gone.
//!
//! All is settled from what is committed, so it does not matter in which order the files came, or whether the run that
//! read them lived: the metadata of a commit says whether this is still to be done.

use super::job::Job;
use crate::article::Article;
use crate::error::{Error, Result};
use crate::failpoint;
use crate::index::read::snapshot::Snapshot;
use crate::index::read::stored_state::StoredVersion;
use crate::index::schema::document;
use crate::index::write::item_versions;
use crate::index::write::journal::Kind;
use crate::index::write::writer::Batch;
use crate::text::Text;

/// So many bytes of articles change their place in one step.
const STEP: usize = 4 << 20;

/// Lets the highest versions of what `committed` holds be found, and no others.
pub(super) fn settle(job: &Job<'_>, committed: &Snapshot) -> Result<()> {
    failpoint::reached("settle");
    let read = |error| Error::index("read", committed.dir())(error);
    let parts = item_versions::parts(committed).map_err(read)?;
    let mut step = Step { job, committed, batch: Batch::default(), bytes: 0 };
    for part in 0..parts {
        for held in item_versions::misplaced(committed, part, parts).map_err(read)? {
            if job.stopped() {
                return step.write();
            }
            step.replace(&held)?;
        }
    }
    step.write()?;
    job.writer.set_unsettled(false);
    Ok(())
}

/// Articles that change their place.
struct Step<'a> {
    job: &'a Job<'a>,
    committed: &'a Snapshot,
    batch: Batch,
    bytes: usize,
}

impl Step<'_> {
    fn replace(&mut self, held: &StoredVersion) -> Result<()> {
        let record = self.committed.record(held.address);
        let record = record.map_err(Error::index("read", self.committed.dir()))?;
        let Some(mut article) = document::article_of_record(&record) else { return Ok(()) };
        article.item = held.item;
        let Some(source) = document::source_of(&article, held.key).map(str::to_owned) else {
            return Ok(());
        };
        self.bytes += record.len();
        self.batch.take_out(held.key);
        if held.is_found() {
            self.supersede(held, &article, &source, record)?;
        } else {
            self.bring_back(article, &source);
        }
        if self.bytes < STEP { Ok(()) } else { self.write() }
    }

    fn supersede(
        &mut self,
        held: &StoredVersion,
        article: &Article,
        source: &str,
        record: Vec<u8>,
    ) -> Result<()> {
        self.batch.add_superseded(article, held.digest, source);
        if self.job.writer.keeps_journal() {
            self.batch.note_before(Kind::Removed, record);
        }
        let before = self.job.found_before(held.key)?;
        let changes = &mut self.job.tally().changes;
        match before {
            None => changes.added = changes.added.saturating_sub(1),
            Some(digest) => {
                changes.removed += 1;
                // It was changed in this run, too: that counts no longer.
                let was_changed = u64::from(digest != held.digest);
                changes.changed = changes.changed.saturating_sub(was_changed);
            }
        }
        Ok(())
    }

    fn bring_back(&mut self, mut article: Article, source: &str) {
        article.cuts = Some(Text::new(&article.body).cuts());
        self.batch.note_added(&article.id);
        self.batch.add(&article, source);
        self.job.tally().changes.added += 1;
    }

    fn write(&mut self) -> Result<()> {
        let bytes = std::mem::take(&mut self.bytes);
        self.job.writer.write(std::mem::take(&mut self.batch), bytes)
    }
}
