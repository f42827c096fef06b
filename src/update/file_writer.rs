//! A file on its way into the index. Only articles that differ from what the index has are written.
//!
//! What a file gives is held until its end, and written in one step; where it gives more than a batch, it is written
//! batch by batch, behind an entry in the manifest that marks it as unfinished.

use rustc_hash::FxHashMap;

use super::Reading;
use super::job::Job;
use super::plan::has_vanished;
use crate::archive::walk::FileRef;
use crate::article::{Article, Item};
use crate::error::Result;
use crate::index::read::manifest::Source;
use crate::index::read::stored_state::StoredVersion;
use crate::index::schema::document::{article_key, digest, notice_key};
use crate::index::write::journal::Kind;
use crate::index::write::writer::Batch;
use crate::report::{ArticleCounts, Reason, Skipped};

/// What a batch of a large file is charged with while it waits for the engine, in bytes.
const BATCH: usize = 4 << 20;

/// A file on its way into the index.
pub(super) struct FileWriter<'a, 'j> {
    job: &'a Job<'j>,
    pub(super) file: &'a FileRef,
    pub(super) source: Source,
    /// What the index has of the file and was not read yet, by key.
    held: FxHashMap<u64, StoredVersion>,
    batch: Batch,
    /// Has the index an entry of the file?
    known: bool,
    /// Is a part of the file written?
    begun: bool,
    changes: ArticleCounts,
    quotations: u64,
}

impl<'a, 'j> FileWriter<'a, 'j> {
    /// `known`: the index has the file.
    pub(super) fn new(
        job: &'a Job<'j>,
        file: &'a FileRef,
        source: Source,
        known: bool,
    ) -> Result<Self> {
        let held = if known { job.held(&file.key)? } else { Vec::new() };
        Ok(Self {
            job,
            file,
            source,
            held: held.into_iter().map(|held| (held.key, held)).collect(),
            batch: Batch::default(),
            known,
            begun: false,
            changes: ArticleCounts::default(),
            quotations: 0,
        })
    }

    /// Takes the next articles of the file.
    pub(super) fn take(&mut self, articles: &[Article]) -> Result<()> {
        self.write_held_back()?;
        for article in articles {
            self.quotations += article.quotes.len() as u64;
            self.compare(article)?;
        }
        Ok(())
    }

    /// What came before is a batch; with it goes, the first time, the mark that the file is unfinished.
    fn write_held_back(&mut self) -> Result<()> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let mut batch = std::mem::take(&mut self.batch);
        if !self.begun {
            self.begun = true;
            let unfinished = Source { versions: 0, hash: 0, ..self.source.clone() };
            batch.enter(&self.file.key, &unfinished, self.known);
        }
        self.job.writer.write(batch, BATCH)
    }

    fn compare(&mut self, article: &Article) -> Result<()> {
        let file = &self.file.key;
        let key = article_key(file, &article.id);
        let held = self.held.remove(&key);
        if held.is_some_and(|held| held.digest == digest(article)) {
            self.changes.same += 1;
            return Ok(());
        }
        if article.item.or(held.and_then(|held| held.item)).is_some() {
            self.batch.unsettle();
        }
        if let Some(held) = held.filter(StoredVersion::is_found) {
            self.changes.changed += 1;
            self.job.note(&mut self.batch, Kind::Changed, &held)?;
        } else {
            self.changes.added += 1;
            self.batch.note_added(&article.id);
        }
        if held.is_some() {
            self.batch.take_out(key);
        }
        self.batch.add(article, file);
        Ok(())
    }

    fn take_notice(&mut self, item: Item) {
        let file = &self.file.key;
        if self.held.remove(&notice_key(file, item)).is_none() {
            self.batch.unsettle();
            self.batch.add_notice(item, file);
        }
    }

    /// The file was read to its end, or as far as it goes.
    pub(super) fn finish(mut self, reading: Reading) -> Result<()> {
        reading.notices.iter().for_each(|item| self.take_notice(*item));
        let stopped = reading.failure == Some(Reason::Stopped);
        let unread = matches!(reading.failure, Some(Reason::Unreadable(_)));
        if stopped || unread {
            // The rest was not seen: what the index has of it stays.
            self.source.versions = 0;
        } else {
            self.take_out_rest()?;
        }
        // What is under an embargo is looked at again in the next run.
        if reading.waits {
            self.source.versions = 0;
        }
        self.source.articles = reading.articles;
        if let Some(reason) = reading.failure.filter(|_| !stopped) {
            self.source.skipped = Some(reason.to_string());
            self.skip(&reason);
        }
        if self.begun || !self.batch.is_empty() || !self.job.knows(&self.file.key, &self.source)? {
            self.batch.enter(&self.file.key, &self.source, self.known || self.begun);
        }
        let batch = std::mem::take(&mut self.batch);
        if self.begun {
            self.job.writer.write(batch, BATCH)?;
        } else {
            self.job.writer.write_whole(batch, self.file.size as usize)?;
        }
        self.count(reading.articles);
        Ok(())
    }

    /// The file could not be opened: what the index has of it stays, and the next run tries again.
    pub(super) fn leave(self, reason: &Reason) {
        if !has_vanished(&self.file.path) {
            self.skip(reason);
        }
        self.job.done(0, 0);
    }

    fn take_out_rest(&mut self) -> Result<()> {
        let mut rest: Vec<_> = self.held.drain().map(|(_, held)| held).collect();
        rest.sort_unstable_by_key(|held| held.address);
        for held in &rest {
            self.job.note_gone(&mut self.batch, held)?;
            self.batch.take_out(held.key);
        }
        Ok(())
    }

    fn skip(&self, reason: &Reason) {
        self.job.tally().skipped.push(Skipped::new(self.file.path.clone(), reason));
    }

    fn count(&self, articles: u64) {
        let mut tally = self.job.tally();
        tally.articles += articles;
        tally.quotations += self.quotations;
        let (all, mine) = (&mut tally.changes, self.changes);
        all.added += mine.added;
        all.changed += mine.changed;
        all.same += mine.same;
        drop(tally);
        self.job.done(articles, self.file.size);
    }
}
