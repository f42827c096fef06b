//! What a rebuild changed: the articles of the generation that was searched before, held against those of the one that
//! takes its place, by their keys and digests.
//!
//! That costs two walks over three columns for every [`AT_ONCE`] articles, and reads only the articles that differ, and
//! only as long as the journal has room for them; so it is bounded, whatever the size of the archive.

use crate::error::{Error, Result};
use crate::index::read::snapshot::Snapshot;
use crate::index::read::stored_state::{StoredVersion, each_article};
use crate::index::schema;
use crate::index::schema::document::article_of_record;
use crate::index::write::journal::{Change, Journal, Kind};
use crate::report::ArticleCounts;

/// So many articles of each generation are compared at once, in 24 bytes each.
const AT_ONCE: u64 = 1 << 20;

/// What became of the articles.
pub(super) enum Compared {
    /// They were held against each other.
    Whole(ArticleCounts),
    /// They cannot be, and why.
    Not(&'static str),
}

/// Notes in `journal` what is other in `new` than in `old`.
pub(super) fn compare(old: &Snapshot, new: &Snapshot, journal: &mut Journal) -> Result<Compared> {
    let metadata = old.commit_metadata().map_err(Error::index("read", old.dir()))?;
    if metadata.schema != schema::VERSION {
        return Ok(Compared::Not("another version of newsdex had written the index before"));
    }
    let damaged = old.searcher().index().validate_checksum();
    if damaged.map_or(true, |files| !files.is_empty()) {
        return Ok(Compared::Not("the index before was damaged"));
    }
    let all = old.searcher().num_docs().max(new.searcher().num_docs());
    let parts = all.div_ceil(AT_ONCE).next_power_of_two();
    let mut counts = ArticleCounts::default();
    for part in 0..parts {
        Pair { old, new, journal }.compare_part(part, parts, &mut counts)?;
    }
    Ok(Compared::Whole(counts))
}

/// Two generations, and where their differences are noted.
struct Pair<'a> {
    old: &'a Snapshot,
    new: &'a Snapshot,
    journal: &'a mut Journal,
}

impl Pair<'_> {
    fn compare_part(&mut self, part: u64, parts: u64, counts: &mut ArticleCounts) -> Result<()> {
        let mut old = articles(self.old, part, parts)?.into_iter().peekable();
        let mut differences = Vec::new();
        for new in articles(self.new, part, parts)? {
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
        // The engine keeps neighbours together.
        differences.sort_unstable_by_key(|(_, held)| held.address);
        differences.into_iter().try_for_each(|(kind, held)| self.note(kind, &held))
    }

    fn note(&mut self, kind: Kind, held: &StoredVersion) -> Result<()> {
        if self.journal.is_full() {
            return Ok(());
        }
        let of = if kind == Kind::Added { self.new } else { self.old };
        let record = of.record(held.address).map_err(Error::index("read", of.dir()))?;
        let change = match kind {
            Kind::Added => article_of_record(&record).map(|article| Change::added(&article.id)),
            Kind::Changed | Kind::Removed => Change::of(kind, record),
        };
        let noted = change.map_or(Ok(()), |change| self.journal.note(change));
        noted.map_err(Error::io("write a journal of", of.dir()))
    }
}

/// The articles whose keys fall into a part of all keys, by their keys.
fn articles(snapshot: &Snapshot, part: u64, parts: u64) -> Result<Vec<StoredVersion>> {
    let mut articles = Vec::new();
    each_article(snapshot, |held| {
        if held.key % parts == part {
            articles.push(held);
        }
    })
    .map_err(Error::index("read", snapshot.dir()))?;
    articles.sort_unstable_by_key(|held| held.key);
    Ok(articles)
}
