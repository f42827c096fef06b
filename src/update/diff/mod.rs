//! What a run changed, for a reader: articles that were added, changed and removed, changed ones sentence by sentence and
//! value by value, and how the counts of facets moved.
//!
//! The article before a run is in the run's journal; after it, in the first later journal that names it, else in the
//! index.

mod pairs;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::path::Path;
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use self::pairs::{Candidates, Pair};
use super::history::{self, Record};
use crate::article::{Article, Facet};
use crate::error::{Error, Result};
use crate::manifest::journal::{Change, Kind};
use crate::manifest::record;
use crate::query::Engine;
use crate::text::Text;

/// Time in which the smallest difference between two texts is searched for; after that, a larger one will do.
const PATIENCE: Duration = Duration::from_secs(1);

/// What a run changed.
#[derive(Clone, Debug, Default)]
pub struct Difference {
    /// Number of the run.
    pub run: u32,
    /// Its record.
    pub record: Option<Record>,
    /// Changed articles, in the order of their ids.
    pub articles: Vec<Edited>,
    /// Facets whose counts of articles moved; `folder` and `has` are left out.
    pub facets: Vec<FacetMoves>,
    /// Whether the run changed more than its journal holds.
    pub cut_off: bool,
}

/// An article that a run added, changed or removed.
#[derive(Clone, Debug)]
pub struct Edited {
    /// What happened.
    pub kind: Kind,
    /// Whether it was removed because a higher version of its item came, or a notice that withdraws it.
    pub is_superseded: bool,
    /// Its id.
    pub id: String,
    /// Its id before, if that was another one: its file was renamed, or it has no name but the digest of what it says.
    pub previous_id: Option<String>,
    /// Its headline; the new one of two.
    pub title: Option<String>,
    /// Sentences of a changed one that were removed and added, in the order of the text.
    pub text: Vec<Line>,
    /// Values of a changed one that differ.
    pub values: Vec<Values>,
}

/// A sentence that was added or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whether it was added.
    pub is_new: bool,
    /// The sentence.
    pub sentence: String,
}

/// A field of an article whose values changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Values {
    /// Its name: that of a facet, or `title`, `date`.
    pub field: &'static str,
    /// Values that it no longer has.
    pub out: Vec<String>,
    /// Values that it has now.
    pub new: Vec<String>,
}

/// How the counts of a facet changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetMoves {
    /// Its name.
    pub facet: Facet,
    /// Values, and the change in their number of articles; the largest first.
    pub moves: Vec<(String, i64)>,
}

/// What the run of that number changed, or the last one that changed something; `None` if there is no such run. `dir` is
/// the folder of the index that keeps the history of its runs.
pub fn difference(engine: &dyn Engine, dir: &Path, run: Option<u32>) -> Result<Option<Difference>> {
    let runs = history::runs_with_changes(dir)?;
    let Some(run) = run.or_else(|| runs.last().copied()) else { return Ok(None) };
    let record = history::records(dir)?.into_iter().find(|record| record.run == run);
    if !runs.contains(&run) {
        let nothing = Difference { run, record, ..Difference::default() };
        return Ok(nothing.record.is_some().then_some(nothing));
    }
    let changes = history::changes(dir, Some(run))?.ok_or_else(|| {
        Error::Usage(format!(
            "what run {run} changed was written down by another version of newsdex"
        ))
    })?;
    let mut found = Difference { run, record, cut_off: changes.cut_off, ..Difference::default() };
    let later = later(dir, &runs, run)?;
    let mut moves = BTreeMap::new();
    let mut candidates = Candidates::default();
    // Those that were there before come first: an added article may be one of those that were removed.
    let (old, new): (Vec<_>, Vec<_>) =
        changes.changes.into_iter().partition(|change| !change.before.is_empty());
    for change in old.into_iter().chain(new) {
        let before = before(&change, dir)?;
        let later = later.get(&record::key(&change.id));
        let after = match later {
            Some(then) => then.clone(),
            None => engine.article(&change.id)?,
        };
        count(before.as_ref(), -1, &mut moves);
        count(after.as_ref(), 1, &mut moves);
        let is_superseded =
            later.is_none() && after.is_none() && engine.successor(&change.id)?.is_some();
        match (before, after) {
            (Some(before), None) if !is_superseded => candidates.remove(before),
            (None, Some(after)) => {
                let other = candidates.add(after);
                found.articles.extend(other.and_then(|after| edited(None, Some(&after))));
            }
            (before, after) => {
                let edited = edited(before.as_ref(), after.as_ref());
                found.articles.extend(edited.map(|edited| Edited { is_superseded, ..edited }));
            }
        }
    }
    for Pair { before, after } in candidates.pairs() {
        found.articles.extend(edited(before.as_ref(), after.as_ref()));
    }
    found.articles.sort_by(|a, b| a.id.cmp(&b.id));
    found.facets = largest_first(moves);
    Ok(Some(found))
}

/// Articles that later runs changed, by the keys of their ids: as they were before the first of them.
fn later(dir: &Path, runs: &[u32], run: u32) -> Result<FxHashMap<u64, Option<Article>>> {
    let mut later = FxHashMap::default();
    let behind = runs.iter().filter(|later| **later > run).map(|run| Some(*run));
    for run in behind.chain([None]) {
        for change in history::changes(dir, run)?.unwrap_or_default().changes {
            if let Entry::Vacant(entry) = later.entry(record::key(&change.id)) {
                entry.insert(before(&change, dir)?);
            }
        }
    }
    Ok(later)
}

/// An article before a change of the journals in `dir`.
fn before(change: &Change, dir: &Path) -> Result<Option<Article>> {
    change.before().map_err(|error| Error::HistoryDamaged {
        path: dir.to_path_buf(),
        reason: format!("{} in the journal of a run: {error}", change.id),
    })
}

fn edited(before: Option<&Article>, after: Option<&Article>) -> Option<Edited> {
    let kind = match (before, after) {
        (Some(before), Some(after)) if before == after => return None,
        (Some(_), Some(_)) => Kind::Changed,
        (None, Some(_)) => Kind::Added,
        (Some(_), None) => Kind::Removed,
        (None, None) => return None,
    };
    let id = after.or(before).map(|article| article.id.clone())?;
    let title = after.or(before).and_then(|article| article.title.clone());
    let (text, values) = match (before, after) {
        (Some(before), Some(after)) => (text(&before.body, &after.body), values(before, after)),
        _ => (Vec::new(), Vec::new()),
    };
    let previous_id = before.map(|before| before.id.clone()).filter(|before| *before != id);
    Some(Edited { kind, is_superseded: false, id, previous_id, title, text, values })
}

/// Sentences of `before` that are not in `after`, and the reverse.
fn text(before: &str, after: &str) -> Vec<Line> {
    let (before, after) = (sentences(before), sentences(after));
    let mut lines = Vec::new();
    let mut push = |is_new: bool, sentences: &[&str]| {
        lines.extend(sentences.iter().map(|s| Line { is_new, sentence: (*s).to_owned() }));
    };
    let deadline = Some(Instant::now() + PATIENCE);
    for step in capture_diff_slices_deadline(Algorithm::Myers, &before, &after, deadline) {
        if !matches!(step, DiffOp::Equal { .. }) {
            push(false, &before[step.old_range()]);
            push(true, &after[step.new_range()]);
        }
    }
    lines
}

fn sentences(body: &str) -> Vec<&str> {
    let text = Text::new(body);
    let span = |range: &std::ops::Range<u32>| text.span(range.start as usize..range.end as usize);
    text.sentences.iter().map(|range| span(range).of(body)).collect()
}

fn values(before: &Article, after: &Article) -> Vec<Values> {
    let (old, new) = (fields(before), fields(after));
    let mut names: Vec<_> = old.keys().chain(new.keys()).copied().collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .filter_map(|field| {
            let none = Vec::new();
            let (old, new) = (old.get(field).unwrap_or(&none), new.get(field).unwrap_or(&none));
            let without = |of: &[String], other: &[String]| {
                of.iter().filter(|value| !other.contains(value)).cloned().collect::<Vec<_>>()
            };
            let (out, new) = (without(old, new), without(new, old));
            (!out.is_empty() || !new.is_empty()).then_some(Values { field, out, new })
        })
        .collect()
}

/// Facets that follow from other fields.
const LEFT_OUT: [Facet; 6] =
    [Facet::Folder, Facet::Has, Facet::Year, Facet::Month, Facet::Day, Facet::Quote];

/// The values of an article that a reader of it would name, by field.
fn fields(article: &Article) -> BTreeMap<&'static str, Vec<String>> {
    let mut fields = BTreeMap::new();
    for facet in Facet::ALL {
        let values = article.facet_values(facet).into_iter().map(Cow::into_owned);
        let values: Vec<_> = values.collect();
        if !values.is_empty() && !LEFT_OUT.contains(&facet) {
            fields.insert(facet.name(), values);
        }
    }
    fields.insert("title", article.title.iter().cloned().collect());
    let date = article.published.as_ref().map(|published| published.date.to_string());
    fields.insert("date", date.into_iter().collect());
    fields
}

fn count(
    article: Option<&Article>,
    step: i64,
    moves: &mut BTreeMap<Facet, FxHashMap<String, i64>>,
) {
    for facet in Facet::ALL {
        for value in article.map(|article| article.facet_values(facet)).unwrap_or_default() {
            *moves.entry(facet).or_default().entry(value.into_owned()).or_default() += step;
        }
    }
}

fn largest_first(mut moves: BTreeMap<Facet, FxHashMap<String, i64>>) -> Vec<FacetMoves> {
    let named = Facet::ALL.into_iter().filter(|f| !matches!(f, Facet::Folder | Facet::Has));
    named
        .filter_map(|facet| {
            let mut moves: Vec<_> =
                moves.remove(&facet)?.into_iter().filter(|(_, by)| *by != 0).collect();
            moves.sort_by(|a, b| b.1.abs().cmp(&a.1.abs()).then_with(|| a.cmp(b)));
            (!moves.is_empty()).then_some(FacetMoves { facet, moves })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removed_and_added_sentences_are_listed() {
        let before = "Dam talks open\n\nMinisters met on Monday. They will share the water.\n\nMore tomorrow.";
        let after = "Dam talks open\n\nMinisters met on Monday. They will share the power. All agreed.\n\nMore tomorrow.";
        let lines: Vec<_> = text(before, after)
            .into_iter()
            .map(|line| (if line.is_new { '+' } else { '-' }, line.sentence))
            .collect();
        let expected = [
            ('-', "They will share the water.".to_owned()),
            ('+', "They will share the power.".to_owned()),
            ('+', "All agreed.".to_owned()),
        ];
        assert_eq!(lines, expected);
        assert!(text(before, before).is_empty());
    }

    #[test]
    fn removed_and_added_values_are_listed() {
        let before = Article {
            title: Some("Talks".into()),
            keywords: vec!["water".into(), "dams".into()],
            ..Article::default()
        };
        let after = Article { keywords: vec!["dams".into(), "power".into()], ..before.clone() };
        let expected =
            Values { field: "keyword", out: vec!["water".into()], new: vec!["power".into()] };
        assert_eq!(values(&before, &after), [expected]);
    }
}
