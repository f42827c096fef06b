//! What a rebuild changed: compares the articles of the generation that searches saw before with those of the one that
//! replaces it, by their keys and digests.
//!
//! Keys are compared in ranges of about [`AT_ONCE`] articles, and only articles that differ are read, as long as the
//! journal has room for them: so memory and time are bounded, whatever the size of the archive.

use std::ops::RangeInclusive;

use crate::error::{Error, Result};
use crate::manifest::SCHEMA_VERSION;
use crate::manifest::journal::{Change, Journal, Kind};
use crate::manifest::stored_version::{StoredVersion, key_ranges};
use crate::query::engine::writing::{Commit, WritableIndex};
use crate::report::ArticleCounts;

/// Articles of each generation that are compared at once, in 56 bytes each.
const AT_ONCE: u64 = 1 << 20;

/// A reason not to compare.
const DAMAGED: &str = "the index before was damaged";

/// Whether the generations could be compared.
pub(super) enum Compared {
    /// They were.
    Whole(ArticleCounts),
    /// They were not, and why.
    Not(&'static str),
}

/// Notes in `journal` how the articles of `new` differ from those of `old`, unless it `has_stopped`.
pub(super) fn compare(
    index: &dyn WritableIndex,
    has_stopped: &dyn Fn() -> bool,
    old: &dyn Commit,
    new: &dyn Commit,
    journal: &mut Journal,
) -> Result<Compared> {
    if old.metadata()?.schema != SCHEMA_VERSION {
        return Ok(Compared::Not("another version of newsdex had written the index before"));
    }
    let articles = old.count_articles()?.max(new.count_articles()?);
    let mut counts = ArticleCounts::default();
    let mut comparison = Comparison { index, old, new, journal };
    for keys in key_ranges(articles.div_ceil(AT_ONCE)) {
        if has_stopped() {
            return Ok(Compared::Not("the run was stopped"));
        }
        match comparison.compare_range(keys, &mut counts) {
            Err(Error::Damaged { .. }) => return Ok(Compared::Not(DAMAGED)),
            compared => compared?,
        }
    }
    Ok(Compared::Whole(counts))
}

/// Two generations, and the journal that their differences are noted in.
struct Comparison<'a> {
    index: &'a dyn WritableIndex,
    old: &'a dyn Commit,
    new: &'a dyn Commit,
    journal: &'a mut Journal,
}

impl Comparison<'_> {
    fn compare_range(
        &mut self,
        keys: RangeInclusive<u64>,
        counts: &mut ArticleCounts,
    ) -> Result<()> {
        let mut old = sorted(self.old.articles(keys.clone())?).into_iter().peekable();
        let mut differences = Vec::new();
        for new in sorted(self.new.articles(keys)?) {
            while let Some(gone) = old.next_if(|old| old.key < new.key) {
                counts.removed += 1;
                differences.push((Kind::Removed, gone));
            }
            match old.next_if(|old| old.key == new.key) {
                Some(old) if old.digest == new.digest => counts.same += 1,
                Some(old) => {
                    counts.changed += 1;
                    differences.push((Kind::Changed, old));
                }
                None => {
                    counts.added += 1;
                    differences.push((Kind::Added, new));
                }
            }
        }
        let rest: Vec<_> = old.map(|gone| (Kind::Removed, gone)).collect();
        counts.removed += rest.len() as u64;
        differences.extend(rest);
        differences.sort_unstable_by_key(|(_, version)| version.handle);
        differences.into_iter().try_for_each(|(kind, version)| self.note(kind, &version))
    }

    fn note(&mut self, kind: Kind, version: &StoredVersion) -> Result<()> {
        if self.journal.is_full() {
            return Ok(());
        }
        let commit = if kind == Kind::Added { self.new } else { self.old };
        let stored = commit.stored_article(version.handle)?;
        let change = match kind {
            Kind::Added => Change::added(&stored.article.id),
            Kind::Changed | Kind::Removed => Change::of(kind, &stored.article.id, stored.record),
        };
        self.journal.note(change).map_err(Error::io("write a journal of", self.index.folder()))
    }
}

fn sorted(mut articles: Vec<StoredVersion>) -> Vec<StoredVersion> {
    articles.sort_unstable_by_key(|article| article.key);
    articles
}
