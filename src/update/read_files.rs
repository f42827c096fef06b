//! Reads the files of a run, each on one of its threads, and writes what they give.

use std::ops::ControlFlow;

use super::archives::SelectedArchive;
use super::file_reader::{Reading, ReadingContext, read_file, survey_file};
use super::file_writer::FileWriter;
use super::job::{Job, lock};
use super::last_good_version::LastGoodVersion;
use super::plan::{self, Change};
use crate::archive::walk::FileRef;
use crate::error::Result;
use crate::manifest::files::FileEntry;
use crate::query::engine::writing::Batch;
use crate::read::{self, Lost};
use crate::report::{Reason, RefusedDate, Skipped};

impl Job<'_> {
    /// Reads and writes every file that the plan names, then deletes those that are gone.
    pub(super) fn read_files(&self, archives: &[SelectedArchive]) -> Result<()> {
        self.plan.for_each(archives, self.previous, self.context, |archive, file, change| {
            self.take(archive, file, change);
        })?;
        for file in &self.plan.gone {
            if self.stopped() {
                break;
            }
            self.delete_file(&file.key)?;
        }
        lock(&self.failure).take().map_or(Ok(()), Err)
    }

    fn take(&self, archive: &SelectedArchive, file: &FileRef, change: Result<Change>) {
        if self.stopped() {
            return;
        }
        let outcome = change.and_then(|change| match change {
            Change::Same => Ok(()),
            Change::Touched(entry) => self.put_entry(&file.key, entry),
            Change::New => self.read(archive, file, false),
            Change::Changed(_) => self.read(archive, file, true),
        });
        if let Err(error) = outcome.and_then(|()| self.commit_if_due()) {
            lock(&self.failure).get_or_insert(error);
        }
    }

    fn put_entry(&self, file: &str, entry: FileEntry) -> Result<()> {
        let mut batch = Batch::default();
        batch.put_entry(file, entry, true);
        self.writer.write_whole(batch, 0)
    }

    /// Deletes a file that is gone.
    fn delete_file(&self, file: &str) -> Result<()> {
        let mut batch = Batch::default();
        batch.delete_file(file);
        for stored in self.stored_versions(file)? {
            self.note_deleted(&mut batch, &stored)?;
        }
        self.writer.write(batch, 0)
    }

    fn read(&self, archive: &SelectedArchive, file: &FileRef, known: bool) -> Result<()> {
        let entry = plan::file_entry(file, archive.versions, self.context.started);
        let mut writer = FileWriter::new(self, file, entry, known)?;
        let has_stopped = || self.stopped();
        let in_flight = &self.context.in_flight;
        let reader =
            ReadingContext { options: &archive.reading, in_flight, has_stopped: &has_stopped };
        let opened = read::open(file).and_then(|opened| {
            let pass = in_flight.records(&opened);
            opened.content()?;
            let (hash, size) = plan::content_hash(&opened, &has_stopped)?;
            Ok((opened, pass, hash, size))
        });
        let mut good = self.last_good_version(file, writer.has_stored())?;
        let (opened, _pass, hash, size) = match opened {
            Ok(opened) => opened,
            Err(Reason::Stopped) => return Ok(()),
            Err(reason) => return writer.leave(good, &reason),
        };
        writer.entry.hash = hash;
        writer.entry.size = size;
        // A large file is written before its end is seen: what replaces a good version must be found whole first.
        let mut survey = good.exists().then(|| survey_file(file, &opened, reader));
        match survey.as_mut().and_then(|survey| survey.damage.take()) {
            Some(Reason::Stopped) => return Ok(()),
            Some(reason @ Reason::Unreadable(_)) => return writer.leave(good, &reason),
            Some(reason) if good.is_readable(&reason)? => return writer.keep(good, &reason),
            Some(_) => good = LastGoodVersion::Lost,
            None => {}
        }
        writer.replaces(&good);
        let reading = self.read_into(&mut writer, &opened, reader, survey)?;
        writer.finish(&reading)
    }

    fn read_into(
        &self,
        writer: &mut FileWriter<'_, '_>,
        opened: &read::Opened,
        reader: ReadingContext<'_>,
        survey: Option<read::Survey>,
    ) -> Result<Reading> {
        let (file, mut failure) = (writer.file, None);
        let mut done =
            read_file(file, opened, reader, survey, &mut |articles| match writer.take(articles) {
                Ok(()) if !self.stopped() => ControlFlow::Continue(()),
                Ok(()) => ControlFlow::Break(()),
                Err(error) => {
                    failure = Some(error);
                    ControlFlow::Break(())
                }
            });
        if let Some(error) = failure {
            return Err(error);
        }
        let mut tally = self.tally();
        for (kind, count) in &done.withheld {
            *tally.withheld.entry(kind).or_default() += count;
        }
        tally.values_left_out += done.values_left_out;
        if done.has_headlines_only {
            tally.headlines_only.push(file.key.clone());
        }
        for (article, date) in std::mem::take(&mut done.refused_dates) {
            tally.refused_dates.push(RefusedDate { article, date: date.to_string() });
        }
        for Lost { key, reason } in &done.lost {
            let inside = key.strip_prefix(file.key.as_str()).unwrap_or(key);
            let path = format!("{}{inside}", file.path.display());
            tally.skipped.push(Skipped::new(path.into(), reason));
        }
        Ok(done)
    }
}
