//! Refuses a run that would take away much of what the index has of an archive: more likely a disk is not mounted, a
//! download broke off, or an option is mistyped. Articles are counted, as a file may hold one or a million. Nothing is
//! written here, and what changed is read a second time only where so many articles are at risk.

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::archives::SelectedArchive;
use super::context::RunContext;
use super::file_reader::{ReadingContext, survey_file};
use super::job::lock;
use super::plan::{Change, GoneFile, Plan, content_hash};
use super::previous_state::PreviousState;
use crate::archive::walk::{FileRef, walk};
use crate::error::{Error, MassDeleteCause, Result};
use crate::manifest::files::{FileEntry, FileState, nanoseconds};
use crate::manifest::record::key;
use crate::query::engine::writing::Commit;
use crate::read;

/// More articles than this, and more than a tenth of those of an archive, are much.
const FEW: u64 = 20;
/// At least so many, and more than half of them, are much, too.
const HANDFUL: u64 = 10;

/// Refuses a run by `plan` that would take away much of an archive, unless its options allow that.
pub(super) fn refuse(
    plan: &Plan,
    archives: &[SelectedArchive],
    previous: &PreviousState,
    context: &RunContext<'_>,
) -> Result<()> {
    if context.options.allow_mass_delete || context.stopped() {
        return Ok(());
    }
    let (reference, suspects) = match (&previous.base, &previous.current) {
        (_, Some(current)) if previous.is_rebuilt() => {
            (current, Suspects::of_rebuild(archives, &**current)?)
        }
        (Some(base), _) if !plan.gone.is_empty() || plan.articles_at_risk >= HANDFUL => {
            (base, Suspects::of_plan(plan, archives, previous, context)?)
        }
        _ => return Ok(()),
    };
    let known = known_articles(archives, &**reference)?;
    for (number, archive) in archives.iter().enumerate().filter(|(_, archive)| !archive.is_gone) {
        let loss = suspects.loss(number, archive, known[number], context);
        if loss.is_much(archive) {
            return Err(loss.error(archive));
        }
    }
    Ok(())
}

/// The number of articles that a commit has of each archive.
fn known_articles(archives: &[SelectedArchive], commit: &dyn Commit) -> Result<Vec<u64>> {
    let mut known = vec![0; archives.len()];
    commit.for_each_file(&mut |file, entry| {
        if let Some(number) = archives.iter().position(|archive| archive.has(file)) {
            known[number] += entry.articles;
        }
    })?;
    Ok(known)
}

/// Files of which articles may be lost. The numbers are those of archives.
#[derive(Default)]
struct Suspects {
    gone: Vec<(usize, GoneFile)>,
    changed: Vec<(usize, FileRef, FileEntry)>,
    /// Files that the index does not have: one that is gone may have been renamed.
    new: Vec<FileRef>,
    /// Files that the walk found, by archive.
    found: Vec<u64>,
}

impl Suspects {
    fn of_plan(
        plan: &Plan,
        archives: &[SelectedArchive],
        previous: &PreviousState,
        context: &RunContext<'_>,
    ) -> Result<Self> {
        let number_of = |file: &str| archives.iter().position(|archive| archive.has(file));
        let gone = plan.gone.iter().filter_map(|file| Some((number_of(&file.key)?, file.clone())));
        let mut suspects =
            Self { gone: gone.collect(), found: plan.found.clone(), ..Self::default() };
        let changed: Mutex<Vec<(usize, FileRef, FileEntry)>> = Mutex::default();
        let new: Mutex<Vec<FileRef>> = Mutex::default();
        plan.for_each(archives, previous, context, |_, file, change| match change {
            Ok(Change::New) if !plan.gone.is_empty() => lock(&new).push(file.clone()),
            Ok(Change::Changed(entry)) if is_at_risk(file, &entry) => {
                let number = number_of(&file.key);
                lock(&changed).extend(number.map(|number| (number, file.clone(), entry)));
            }
            _ => {}
        })?;
        suspects.changed = changed.into_inner().unwrap_or_default();
        suspects.new = new.into_inner().unwrap_or_default();
        Ok(suspects)
    }

    /// What a rebuild may lose of what `current` has: all files are new to it.
    fn of_rebuild(archives: &[SelectedArchive], current: &dyn Commit) -> Result<Self> {
        let mut known = FxHashMap::default();
        current.for_each_file(&mut |file, entry| {
            if let Some(number) = archives.iter().position(|archive| archive.has(file)) {
                known.insert(key(file), (number, entry.clone()));
            }
        })?;
        let mut suspects = Self { found: vec![0; archives.len()], ..Self::default() };
        for (number, archive) in archives.iter().enumerate().filter(|(_, a)| !a.is_gone) {
            for file in walk(&archive.folder, &archive.name, &archive.filter)?.flatten() {
                suspects.found[number] += 1;
                match known.remove(&key(&file.key)) {
                    None => suspects.new.push(file),
                    Some((_, entry)) if is_at_risk(&file, &entry) => {
                        suspects.changed.push((number, file, entry));
                    }
                    Some(_) => {}
                }
            }
        }
        // The order of a hash table does not matter: the files are counted.
        let file = |(number, entry)| (number, GoneFile { key: String::new(), entry });
        suspects.gone = known.into_values().map(file).collect();
        Ok(suspects)
    }

    /// What archive `number` loses, of which the index has `known` articles; at most, if that is little.
    fn loss(
        &self,
        number: usize,
        archive: &SelectedArchive,
        known: u64,
        context: &RunContext<'_>,
    ) -> Loss {
        let changed = || self.changed.iter().filter(|(of, ..)| *of == number);
        let gone = || self.gone.iter().filter(|(of, _)| *of == number).map(|(_, file)| file);
        let at_risk = changed().map(|(_, _, entry)| entry.articles).sum::<u64>()
            + gone().map(|file| file.entry.articles).sum::<u64>();
        let loss = Loss { gone: at_risk, known, is_empty: self.found[number] == 0 };
        if !loss.is_much(archive) {
            return loss;
        }
        let left = AtomicU64::new(loss.gone);
        let regain = |articles: u64| left.fetch_sub(articles, Relaxed);
        context.pool.install(|| {
            changed().par_bridge().for_each(|(_, file, entry)| {
                regain(articles_left(file, entry, archive, context));
            });
        });
        regain(renamed(&gone().collect::<Vec<_>>(), &self.new));
        Loss { gone: left.into_inner(), ..loss }
    }
}

/// Articles that an archive loses.
struct Loss {
    gone: u64,
    known: u64,
    /// Whether the walk found no file in the archive.
    is_empty: bool,
}

impl Loss {
    fn is_much(&self, archive: &SelectedArchive) -> bool {
        let is_tenth = self.gone > FEW && self.gone * 10 > self.known;
        let is_half = self.gone >= HANDFUL && self.gone * 2 > self.known;
        is_tenth || is_half || self.gone > 0 && (self.is_empty || archive.is_on_other_device())
    }

    fn error(&self, archive: &SelectedArchive) -> Error {
        let cause = if archive.has_other_options() {
            MassDeleteCause::Options
        } else if self.is_empty {
            MassDeleteCause::Empty
        } else if archive.is_on_other_device() {
            MassDeleteCause::OtherDevice
        } else {
            MassDeleteCause::Gone
        };
        let (archive, gone, known) = (archive.name.clone(), self.gone, self.known);
        Error::MassDelete { archive, gone, known, cause }
    }
}

/// Whether a file that is read again may give fewer articles than its entry says: it was written since.
pub(super) fn is_at_risk(file: &FileRef, entry: &FileEntry) -> bool {
    let modified = file.modified.map_or(0, nanoseconds);
    entry.articles > 0 && (entry.size != file.size || entry.modified != modified)
}

/// How many of the articles of a file's entry are left in it: all, if it is damaged and keeps them.
fn articles_left(
    file: &FileRef,
    entry: &FileEntry,
    archive: &SelectedArchive,
    context: &RunContext<'_>,
) -> u64 {
    let Ok(opened) = read::open(file) else { return entry.articles };
    let has_stopped = || context.stopped();
    let options = &archive.reading;
    let reader =
        ReadingContext { options, in_flight: &context.in_flight, has_stopped: &has_stopped };
    let _pass = context.in_flight.records(&opened);
    let may_be_kept = entry.state != FileState::Incomplete && !context.options.accept_damaged;
    let survey = may_be_kept.then(|| survey_file(file, &opened, reader));
    if survey.as_ref().is_some_and(|survey| survey.damage.is_some()) {
        return entry.articles;
    }
    let mut articles = 0;
    let mut count = |piece: std::result::Result<read::Record, read::Lost>| {
        let read = piece.ok().and_then(|record| record.read(options).ok());
        articles += read.map_or(0, |read| read.articles.len() as u64);
        if articles < entry.articles { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let _ = read::records(&opened, file, options, survey, &has_stopped, &mut count);
    articles.min(entry.articles)
}

/// The articles of files that are gone and are among the `new` ones by another name, with the same content.
fn renamed(gone: &[&GoneFile], new: &[FileRef]) -> u64 {
    let mut by_size: FxHashMap<u64, Vec<&FileRef>> = FxHashMap::default();
    for file in new {
        by_size.entry(file.size).or_default().push(file);
    }
    let mut hashes: FxHashMap<&str, u64> = FxHashMap::default();
    let mut articles = 0;
    for file in gone {
        let Some(candidates) = by_size.get_mut(&file.entry.size) else { continue };
        let same = candidates.iter().position(|candidate| {
            let hash = hashes.entry(&candidate.key).or_insert_with(|| {
                let read =
                    read::open(candidate).and_then(|opened| content_hash(&opened, &|| false));
                read.map_or(0, |(hash, _)| hash)
            });
            *hash == file.entry.hash
        });
        if let Some(at) = same {
            candidates.swap_remove(at);
            articles += file.entry.articles;
        }
    }
    articles
}
