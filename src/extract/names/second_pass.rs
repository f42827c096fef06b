//! The second pass: each word with the labels that it has elsewhere in the article. `Jane Doe` found once makes a later `Doe`
//! a person; a word that is a place three times is probably one the fourth time.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::model::{Label, Model, Row};
use super::observations::{Form, Observations, Run};
use crate::text::hash;

/// Number of features of a word in the second pass.
pub const TEMPLATES: usize = 16;

/// How often each word of the article got which label in the first pass, by word hash.
#[derive(Debug)]
pub struct Evidence(FxHashMap<u32, Counts>);

/// How often one word has each use elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    /// Indexed by [`Use`].
    uses: [u8; USES],
}

/// How a word was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Use {
    /// A person's name of one word.
    Alone,
    /// First of several words of a person's name.
    First,
    /// Last of several.
    Last,
    /// Between them.
    Middle,
    Organisation,
    Place,
    Other,
    /// No name, though inside a run of capitalised words.
    Outside,
}

const USES: usize = 8;

impl Evidence {
    /// Counts the labels of the first pass.
    pub fn of(seen: &Observations<'_>, labels: &[Label]) -> Self {
        let mut words: FxHashMap<u32, Counts> = FxHashMap::default();
        for run in &seen.runs {
            for i in run.words.clone() {
                if seen.observations[i].form != Form::Small {
                    let counts = words.entry(seen.observations[i].hash).or_default();
                    let count = &mut counts.uses[usage(labels, run, i) as usize];
                    *count = count.saturating_add(1);
                }
            }
        }
        Self(words)
    }

    /// The uses of word `i` at its other places.
    fn elsewhere(&self, seen: &Observations<'_>, labels: &[Label], run: &Run, i: usize) -> Counts {
        let mut counts = self.0.get(&seen.observations[i].hash).copied().unwrap_or_default();
        let own = &mut counts.uses[usage(labels, run, i) as usize];
        *own = own.saturating_sub(1);
        counts
    }
}

fn usage(labels: &[Label], run: &Run, i: usize) -> Use {
    let goes_on = i + 1 < run.words.end && labels[i + 1] == Label::InPerson;
    match (labels[i], goes_on) {
        (Label::Person, false) => Use::Alone,
        (Label::Person, true) => Use::First,
        (Label::InPerson, true) => Use::Middle,
        (Label::InPerson, false) => Use::Last,
        (Label::Organisation | Label::InOrganisation, _) => Use::Organisation,
        (Label::Place | Label::InPlace, _) => Use::Place,
        (Label::Other, _) => Use::Other,
        (Label::Outside, _) => Use::Outside,
    }
}

impl Counts {
    fn get(self, usage: Use) -> u32 {
        u32::from(self.uses[usage as usize])
    }

    /// Person, organisation, place, other, outside.
    fn kinds(self) -> [u32; 5] {
        let person = self.get(Use::Alone)
            + self.get(Use::First)
            + self.get(Use::Last)
            + self.get(Use::Middle);
        [
            person,
            self.get(Use::Organisation),
            self.get(Use::Place),
            self.get(Use::Other),
            self.get(Use::Outside),
        ]
    }

    /// The commonest kind with its clearness (0 to 3) and frequency (0 to 3) as one number; 0 if the word is nowhere else.
    fn verdict(self) -> u32 {
        let kinds = self.kinds();
        let total: u32 = kinds.iter().sum();
        let Some((kind, &most)) = kinds.iter().enumerate().max_by_key(|&(i, &n)| (n, 5 - i)) else {
            return 0;
        };
        if total == 0 {
            return 0;
        }
        let clear = match most * 4 / total {
            4 => 3,
            3 => 2,
            2 => 1,
            _ => 0,
        };
        let often = match total {
            1 => 0,
            2..=3 => 1,
            4..=7 => 2,
            _ => 3,
        };
        1 + (kind as u32) * 16 + clear * 4 + often
    }

    /// The parts of persons' names that it is elsewhere, as bits.
    fn person_parts(self) -> u32 {
        [Use::Alone, Use::First, Use::Last, Use::Middle]
            .into_iter()
            .map(|usage| u32::from(self.get(usage) > 0) << usage as u32)
            .sum()
    }
}

/// [`Counts`] as the features use them.
#[derive(Clone, Copy, Debug, Default)]
struct Proof {
    verdict: u32,
    parts: u32,
    /// Counts of [`Use::Outside`] and [`Use::Last`], each up to 3.
    outside_and_last: u32,
}

impl From<Counts> for Proof {
    fn from(counts: Counts) -> Self {
        Self {
            verdict: counts.verdict(),
            parts: counts.person_parts(),
            outside_and_last: counts.get(Use::Outside).min(3) << 2 | counts.get(Use::Last).min(3),
        }
    }
}

/// Adds the scores of the second pass to those of the first.
pub fn add_evidence(
    model: &Model<'_>,
    seen: &Observations<'_>,
    labels: &[Label],
    scores: &mut [Row],
) {
    let evidence = Evidence::of(seen, labels);
    for (number, run) in seen.runs.iter().enumerate() {
        let features = of(&evidence, seen, labels, number);
        for (row, features) in scores[run.words.clone()].iter_mut().zip(features) {
            model.add_second(row, &features);
        }
    }
}

/// The second-pass features of each word of run `number`, as hashes.
pub fn of(
    evidence: &Evidence,
    seen: &Observations<'_>,
    labels: &[Label],
    number: usize,
) -> impl Iterator<Item = [u32; TEMPLATES]> {
    let run = &seen.runs[number];
    let proof = move |i: usize| Proof::from(evidence.elsewhere(seen, labels, run, i));
    let left = number
        .checked_sub(1)
        .map_or(0, |n| neighbour(seen, labels, &seen.runs[n].words, true, run));
    let right = seen
        .runs
        .get(number + 1)
        .map_or(0, |next| neighbour(seen, labels, &next.words, false, run));
    let (mut before, mut own) = (Proof::default(), proof(run.words.start));
    run.words.clone().map(move |i| {
        let is_last = i + 1 == run.words.end;
        let behind = if is_last { Proof::default() } else { proof(i + 1) };
        let features = of_word(seen, labels, run, i, [before, own, behind], (left, right));
        (before, own) = (own, behind);
        features
    })
}

/// The second-pass features of word `i`: the proofs of the word before, of itself and of the word behind, and the
/// [`neighbour`]s of its run.
fn of_word(
    seen: &Observations<'_>,
    labels: &[Label],
    run: &Run,
    i: usize,
    [before, own, behind]: [Proof; 3],
    (left, right): (u32, u32),
) -> [u32; TEMPLATES] {
    let Proof { verdict, parts, .. } = own;
    let label = labels[i] as u32;
    let inside = |k: usize| if run.words.contains(&k) { labels[k] as u32 } else { 8 };
    let around = inside(i - 1) << 8 | label << 4 | inside(i + 1);
    let form = seen.observations[i].form as u32;
    let known = seen.observations[i].entry.signature();
    let alone = u32::from(run.words.len() == 1);
    let initial = u32::from(run.initial && i == run.words.start);
    let style = run.style as u32;
    let first = u32::from(i == run.words.start);
    let last = u32::from(i + 1 == run.words.end);
    let pairs: [(u32, u32); TEMPLATES] = [
        (verdict, label),
        (parts, label),
        (verdict, around),
        (parts, around),
        (verdict << 8 | before.verdict, label),
        (verdict << 8 | behind.verdict, label),
        (parts << 4 | before.parts, behind.parts << 4 | label),
        (verdict, form << 3 | alone << 2 | initial),
        (verdict, known),
        (parts, alone << 4 | initial << 3 | style),
        (label, style << 1 | initial),
        (around, 0),
        (left, first << 4 | label),
        (right, last << 4 | label),
        (left, right),
        (verdict, own.outside_and_last),
    ];
    let mut features = [0; TEMPLATES];
    for (template, (x, y)) in pairs.into_iter().enumerate() {
        features[template] = hash::feature(64 + template as u32, x, y);
    }
    features
}

/// The label at the near end of a neighbouring run, with the mark between; 0 if the run is more than three tokens away.
fn neighbour(
    seen: &Observations<'_>,
    labels: &[Label],
    words: &Range<usize>,
    before: bool,
    run: &Run,
) -> u32 {
    let (a, b) =
        if before { (words.end - 1, run.words.start) } else { (run.words.end - 1, words.start) };
    let gap = seen.observations[b].token - seen.observations[a].token;
    if gap > 3 {
        return 0;
    }
    let near = if before { a } else { b };
    let mark = if before {
        seen.observations[run.words.start - 1].hash
    } else {
        seen.observations[run.words.end].hash
    };
    hash::feature(63, mark, (labels[near] as u32) << 2 | gap)
}
