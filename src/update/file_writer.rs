//! Writes what a file gives to the index. Only articles that differ from the stored ones are written.
//!
//! The articles of a file are held until its end and written in one batch; those of a larger file are written batch by
//! batch, behind an entry in the manifest that marks the file as unfinished. A damaged file keeps the articles of its last
//! good version.

use rustc_hash::FxHashMap;

use super::file_reader::Reading;
use super::job::Job;
use super::last_good_version::{Before, Copied, LastGoodVersion};
use super::plan::{articles_of, has_vanished};
use crate::archive::walk::FileRef;
use crate::article::{Article, Item};
use crate::error::Result;
use crate::manifest::files::{FileEntry, FileState};
use crate::manifest::journal::Kind;
use crate::manifest::record::{article_key, digest, notice_key};
use crate::manifest::stored_version::{StoredVersion, VersionKind};
use crate::query::engine::writing::Batch;
use crate::report::{ArticleCounts, Reason, Skipped};

/// Bytes of articles after which what was read of a file is written, though it is not all.
const MAX_HELD: usize = 4 << 20;

/// Bytes that a quotation counts for beside its text: it is a document of its own.
const QUOTATION: usize = 256;

/// Writes one file.
pub(super) struct FileWriter<'a, 'j> {
    job: &'a Job<'j>,
    pub(super) file: &'a FileRef,
    pub(super) entry: FileEntry,
    /// What the index has of the file and was not read yet, by key.
    stored: FxHashMap<u64, StoredVersion>,
    batch: Batch,
    held: Held,
    /// Whether the index has an entry of the file.
    known: bool,
    /// Whether a part of the file is written.
    begun: bool,
    /// What the articles of the file are to it while only a part is written.
    unfinished: FileState,
    /// Whether a better version of the file may be lost.
    is_lost: bool,
    changes: ArticleCounts,
    quotations: u64,
}

/// The size of the articles in a batch.
#[derive(Default)]
struct Held {
    /// Bytes of text.
    text: usize,
    quotations: usize,
}

impl Held {
    fn add(&mut self, article: &Article) {
        self.text += article.body.len();
        self.quotations += article.quotes.len();
    }

    fn bytes(&self) -> usize {
        self.text + QUOTATION * self.quotations
    }
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
            held: Held::default(),
            known,
            begun: false,
            unfinished: FileState::Incomplete,
            is_lost: false,
            changes: ArticleCounts::default(),
            quotations: 0,
        })
    }

    /// Whether the index has anything of the file.
    pub(super) fn has_stored(&self) -> bool {
        !self.stored.is_empty()
    }

    /// Tells what the articles to come replace. A good version of which only a part is replaced is good as well.
    pub(super) fn replaces(&mut self, good: &LastGoodVersion<'_>) {
        if matches!(good, LastGoodVersion::Here) {
            self.unfinished = FileState::Whole;
        }
        self.is_lost = matches!(good, LastGoodVersion::Lost);
    }

    /// Takes the next articles of the file.
    pub(super) fn take(&mut self, articles: Vec<Article>) -> Result<()> {
        self.write_batch()?;
        for article in articles {
            self.quotations += article.quotes.len() as u64;
            self.held.add(&article);
            self.compare(article)?;
            if self.held.bytes() > MAX_HELD {
                self.write_batch()?;
            }
        }
        Ok(())
    }

    /// Writes the articles taken before; the first time, with an entry that marks the file as unfinished.
    fn write_batch(&mut self) -> Result<()> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let mut batch = std::mem::take(&mut self.batch);
        let bytes = std::mem::take(&mut self.held).bytes();
        if !self.begun {
            self.begun = true;
            let state = self.unfinished;
            let unfinished = FileEntry { versions: 0, hash: 0, state, ..self.entry.clone() };
            batch.put_entry(&self.file.key, unfinished, self.known);
        }
        self.job.writer.write(batch, bytes)
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
    pub(super) fn finish(mut self, reading: &Reading) -> Result<()> {
        reading.notices.iter().for_each(|item| self.take_notice(*item));
        let stopped = reading.failure == Some(Reason::Stopped);
        let unread = matches!(reading.failure, Some(Reason::Unreadable(_)));
        if stopped || unread {
            // The rest was not seen: what the index has of it stays.
            self.entry.versions = 0;
            self.entry.state = self.unfinished;
        } else {
            self.delete_rest()?;
        }
        self.tell(reading);
        // The next run looks again at what is under an embargo.
        if reading.waits {
            self.entry.versions = 0;
        }
        self.entry.articles = reading.articles;
        self.write_rest()?;
        self.count(reading.articles);
        Ok(())
    }

    /// Tells in the entry and in the report why not all of the file was read.
    fn tell(&mut self, reading: &Reading) {
        let damage = reading.damage();
        if damage.is_some() {
            self.entry.state = FileState::Incomplete;
        }
        match &reading.failure {
            Some(Reason::Stopped) => {}
            Some(reason) if reason.is_damage() => self.tell_damage(&reason.to_string()),
            Some(reason) => {
                self.entry.skipped = Some(reason.to_string());
                self.skip(reason);
            }
            None => {
                let lost = reading.lost.iter().find(|lost| lost.reason.is_damage());
                self.entry.skipped = lost.map(|lost| {
                    let inside = lost.key.strip_prefix(&self.file.key).unwrap_or(&lost.key);
                    format!("{} is {}", inside.trim_start_matches("!/"), lost.reason)
                });
            }
        }
    }

    fn tell_damage(&mut self, what: &str) {
        self.entry.skipped = Some(what.to_owned());
        let mut articles = articles_of(self.entry.state).to_owned();
        if self.is_lost {
            articles += ", and what the index before had of it is lost: that cannot be read";
        }
        let entry = Skipped::damaged(self.file.path.clone(), what, &articles);
        self.job.tally().skipped.push(entry);
    }

    /// Writes what is left of the batch, with the entry of the file.
    fn write_rest(&mut self) -> Result<()> {
        let mut batch = std::mem::take(&mut self.batch);
        if self.begun || !batch.is_empty() || !self.job.has_entry(&self.file.key, &self.entry)? {
            batch.put_entry(&self.file.key, self.entry.clone(), self.known || self.begun);
        }
        if self.begun {
            self.job.writer.write(batch, self.held.bytes())
        } else {
            self.job.writer.write_whole(batch, self.held.text)
        }
    }

    /// Keeps the articles of the last good version of a file that is damaged now.
    pub(super) fn keep(mut self, good: LastGoodVersion<'_>, reason: &Reason) -> Result<()> {
        if let LastGoodVersion::Before(before) = good {
            self.copy(&before)?;
        } else {
            let is_article = |stored: &&StoredVersion| stored.kind != VersionKind::Notice;
            self.entry.articles = self.stored.values().filter(is_article).count() as u64;
        }
        self.entry.state = FileState::Kept;
        self.tell_damage(&reason.to_string());
        self.write_rest()?;
        self.job.done(0, self.file.size);
        Ok(())
    }

    /// Copies what the generation before has of the file. Versions of items are resolved at the end of the run.
    fn copy(&mut self, before: &Before<'_>) -> Result<()> {
        for copied in before.copies()? {
            match copied {
                Copied::Article(article) => {
                    self.entry.articles += 1;
                    self.held.add(&article);
                    self.compare(*article)?;
                }
                Copied::Notice(item) => self.take_notice(item),
                Copied::Unreadable => self.is_lost = true,
            }
            if self.held.bytes() > MAX_HELD {
                self.write_batch()?;
            }
        }
        self.delete_rest()
    }

    /// Leaves a file that could not be read as the index has it: the next run tries again.
    pub(super) fn leave(mut self, good: LastGoodVersion<'_>, reason: &Reason) -> Result<()> {
        if has_vanished(&self.file.path) {
            self.job.done(0, 0);
            return Ok(());
        }
        if let LastGoodVersion::Before(_) = good {
            self.entry.versions = 0;
            return self.keep(good, reason);
        }
        self.skip(reason);
        self.job.done(0, 0);
        Ok(())
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
