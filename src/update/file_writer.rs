//! Writes what a file gives to the index. Only articles that differ from the stored ones are written.
//!
//! The articles of a file are held until its end and written in one batch; those of a larger file are written batch by
//! batch, behind an entry in the manifest that marks the file as unfinished.

use rustc_hash::FxHashMap;

use super::file_reader::Reading;
use super::job::Job;
use super::plan::has_vanished;
use crate::archive::walk::FileRef;
use crate::article::{Article, Item};
use crate::error::Result;
use crate::manifest::files::FileEntry;
use crate::manifest::journal::Kind;
use crate::manifest::record::{article_key, digest, notice_key};
use crate::manifest::stored_version::StoredVersion;
use crate::query::engine::writing::Batch;
use crate::report::{ArticleCounts, Reason, Skipped};

/// Bytes that a batch of a larger file is charged with until it is indexed.
const BATCH: usize = 4 << 20;

/// Writes one file.
pub(super) struct FileWriter<'a, 'j> {
    job: &'a Job<'j>,
    pub(super) file: &'a FileRef,
    pub(super) entry: FileEntry,
    /// What the index has of the file and was not read yet, by key.
    stored: FxHashMap<u64, StoredVersion>,
    batch: Batch,
    /// Whether the index has an entry of the file.
    known: bool,
    /// Whether a part of the file is written.
    begun: bool,
    changes: ArticleCounts,
    quotations: u64,
}

impl<'a, 'j> FileWriter<'a, 'j> {
    /// `known`: whether the index has the file.
    pub(super) fn new(
        job: &'a Job<'j>,
        file: &'a FileRef,
        entry: FileEntry,
        known: bool,
    ) -> Result<Self> {
        let stored = if known { job.stored_versions(&file.key)? } else { Vec::new() };
        Ok(Self {
            job,
            file,
            entry,
            stored: stored.into_iter().map(|version| (version.key, version)).collect(),
            batch: Batch::default(),
            known,
            begun: false,
            changes: ArticleCounts::default(),
            quotations: 0,
        })
    }

    /// Takes the next articles of the file.
    pub(super) fn take(&mut self, articles: Vec<Article>) -> Result<()> {
        self.write_batch()?;
        for article in articles {
            self.quotations += article.quotes.len() as u64;
            self.compare(article)?;
        }
        Ok(())
    }

    /// Writes the articles taken before; the first time, with an entry that marks the file as unfinished.
    fn write_batch(&mut self) -> Result<()> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let mut batch = std::mem::take(&mut self.batch);
        if !self.begun {
            self.begun = true;
            let unfinished = FileEntry { versions: 0, hash: 0, ..self.entry.clone() };
            batch.put_entry(&self.file.key, unfinished, self.known);
        }
        self.job.writer.write(batch, BATCH)
    }

    fn compare(&mut self, article: Article) -> Result<()> {
        let file = &self.file.key;
        let key = article_key(file, &article.id);
        let stored = self.stored.remove(&key);
        if stored.is_some_and(|stored| stored.digest == digest(&article)) {
            self.changes.same += 1;
            return Ok(());
        }
        if article.item.or(stored.and_then(|stored| stored.item)).is_some() {
            self.batch.is_unresolved = true;
        }
        if let Some(stored) = stored.filter(StoredVersion::is_searched) {
            self.changes.changed += 1;
            self.job.note(&mut self.batch, Kind::Changed, &stored)?;
        } else {
            self.changes.added += 1;
            self.batch.note_added(&article.id);
        }
        if stored.is_some() {
            self.batch.delete_version(key);
        }
        self.batch.add_article(article, file);
        Ok(())
    }

    fn take_notice(&mut self, item: Item) {
        let file = &self.file.key;
        if self.stored.remove(&notice_key(file, item)).is_none() {
            self.batch.is_unresolved = true;
            self.batch.add_notice(item, file);
        }
    }

    /// Writes the rest of a file that was read to its end, or as far as it can be.
    pub(super) fn finish(mut self, reading: Reading) -> Result<()> {
        reading.notices.iter().for_each(|item| self.take_notice(*item));
        let stopped = reading.failure == Some(Reason::Stopped);
        let unread = matches!(reading.failure, Some(Reason::Unreadable(_)));
        if stopped || unread {
            // The rest was not seen: what the index has of it stays.
            self.entry.versions = 0;
        } else {
            self.delete_rest()?;
        }
        // The next run looks again at what is under an embargo.
        if reading.waits {
            self.entry.versions = 0;
        }
        self.entry.articles = reading.articles;
        if let Some(reason) = reading.failure.filter(|_| !stopped) {
            self.entry.skipped = Some(reason.to_string());
            self.skip(&reason);
        }
        let mut batch = std::mem::take(&mut self.batch);
        if self.begun || !batch.is_empty() || !self.job.has_entry(&self.file.key, &self.entry)? {
            batch.put_entry(&self.file.key, self.entry.clone(), self.known || self.begun);
        }
        if self.begun {
            self.job.writer.write(batch, BATCH)?;
        } else {
            self.job.writer.write_whole(batch, self.file.size as usize)?;
        }
        self.count(reading.articles);
        Ok(())
    }

    /// Leaves a file that could not be opened as the index has it: the next run tries again.
    pub(super) fn leave(self, reason: &Reason) {
        if !has_vanished(&self.file.path) {
            self.skip(reason);
        }
        self.job.done(0, 0);
    }

    fn delete_rest(&mut self) -> Result<()> {
        let mut rest: Vec<_> = self.stored.drain().map(|(_, stored)| stored).collect();
        rest.sort_unstable_by_key(|stored| stored.handle);
        for stored in &rest {
            self.job.note_deleted(&mut self.batch, stored)?;
            self.batch.delete_version(stored.key);
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
