//! The end of a run: the last commit, the versions of items, merges, and the comparison of a rebuild.

use std::sync::{Arc, PoisonError};

use super::compare_generations::{self, Compared};
use super::context::RunContext;
use super::history;
use super::job::Job;
use super::resolve_versions;
use crate::error::{Error, Result};
use crate::failpoint;
use crate::query::engine::writing::Commit;
use crate::report::{ArticleCounts, Report, Skipped, Stages};

impl Job<'_> {
    /// Commits, lets searches see a rebuild, and fills in the report. Returns the files that were skipped.
    pub(super) fn finish(self, report: &mut Report) -> Result<Vec<Skipped>> {
        self.context.progress.finishing();
        self.commit()?;
        let (previous, index) = (self.previous, self.context.index);
        if self.writer.is_unresolved() && !self.context.stopped() {
            let committed = committed(self.context, previous.target)?;
            Stages::time(&mut report.stages.settle, || {
                resolve_versions::resolve(&self, &*committed)
            })?;
            self.commit()?;
        }
        let stopped = self.context.stopped();
        Stages::time(&mut report.stages.merge, || {
            if stopped { self.writer.close() } else { self.writer.finish() }
        })?;
        let mut tally = self.tally.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = previous.current.as_ref().filter(|_| previous.is_rebuilt())
            && !self.context.stopped()
        {
            match compare_rebuild(self.context, &**old, previous.target)? {
                Compared::Whole(counts) => tally.changes = counts,
                Compared::Not(why) => {
                    tally.changes = ArticleCounts::default();
                    report.not_compared = Some(why.to_owned());
                }
            }
            index.make_current(previous.target)?;
        }
        tally.refused_dates.sort();
        report.withheld = tally.withheld;
        report.refused_dates = tally.refused_dates;
        tally.headlines_only.sort();
        report.headlines_only = tally.headlines_only;
        report.values_left_out = tally.values_left_out;
        report.articles = tally.articles;
        report.quotations = tally.quotations;
        report.changes = tally.changes;
        report.stages.commit = tally.committing;
        report.bytes = self.bytes.into_inner();
        Ok(tally.skipped)
    }
}

/// Notes in the journal how the generation `new` differs from the one that searches saw before.
fn compare_rebuild(context: &RunContext<'_>, old: &dyn Commit, new: u32) -> Result<Compared> {
    let (index, folder) = (context.index, context.index.folder());
    let mut journal = history::open_journal(folder)?;
    let new = committed(context, new)?;
    let has_stopped = || context.stopped();
    let compared = compare_generations::compare(index, &has_stopped, old, &*new, &mut journal)?;
    journal.sync().map_err(Error::io("write a journal of", folder))?;
    failpoint::reached("compared");
    Ok(compared)
}

/// The newest commit of a generation that this run has committed.
fn committed(context: &RunContext<'_>, generation: u32) -> Result<Arc<dyn Commit>> {
    context.index.newest_commit(generation)?.ok_or_else(|| {
        let gone = std::io::Error::from(std::io::ErrorKind::NotFound);
        Error::index("read", context.index.folder())(gone)
    })
}
