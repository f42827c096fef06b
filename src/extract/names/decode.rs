//! The best labels of each run (Viterbi over the run alone), and the names that they make.

use super::model::{ALL, LABELS, Label, Model, Row, Transitions};
use super::observations::{Form, Observations};
use super::{Kind, Mention};

/// Which of the two passes over a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// Each run by itself.
    First,
    /// With the labels elsewhere in the article.
    Second,
}

/// The best label of every observation; those outside runs are [`Label::Outside`].
pub fn labels(
    model: &Model<'_>,
    seen: &Observations<'_>,
    scores: &[Row],
    pass: Pass,
) -> Vec<Label> {
    let transitions = model.transitions(pass as usize);
    let mut labels = vec![Label::Outside; seen.observations.len()];
    let mut back = Vec::new();
    for run in &seen.runs {
        best(transitions, &scores[run.words.clone()], &mut back, &mut labels[run.words.clone()]);
    }
    labels
}

/// Whether `label` can follow `before`, or open a run if that is `None`.
pub fn follows(before: Option<Label>, label: Label) -> bool {
    match label {
        Label::InPerson => matches!(before, Some(Label::Person | Label::InPerson)),
        Label::InOrganisation => {
            matches!(before, Some(Label::Organisation | Label::InOrganisation))
        }
        Label::InPlace => matches!(before, Some(Label::Place | Label::InPlace)),
        _ => true,
    }
}

/// Viterbi; `back` is scratch. The best sum is kept at zero, so that sixteen bits suffice for runs of any length.
fn best(
    transitions: &Transitions,
    scores: &[Row],
    back: &mut Vec<[u8; LABELS]>,
    labels: &mut [Label],
) {
    let Some((first, rest)) = scores.split_first() else { return };
    let mut sums = levelled(sum(transitions[LABELS], *first));
    back.clear();
    for row in rest {
        let mut next = sum(transitions[0], [sums[0]; LABELS]);
        let mut from = [0; LABELS];
        for before in 1..LABELS {
            let through = sum(transitions[before], [sums[before]; LABELS]);
            for label in 0..LABELS {
                let better = through[label] > next[label];
                from[label] = if better { before as u8 } else { from[label] };
                next[label] = next[label].max(through[label]);
            }
        }
        back.push(from);
        sums = levelled(sum(next, *row));
    }
    let mut label = (0..LABELS).max_by_key(|&l| (sums[l], LABELS - l)).unwrap_or(0);
    for i in (0..labels.len()).rev() {
        labels[i] = ALL[label];
        if i > 0 {
            label = usize::from(back[i - 1][label]);
        }
    }
}

fn sum(a: Row, b: Row) -> Row {
    std::array::from_fn(|i| a[i].saturating_add(b[i]))
}

fn levelled(row: Row) -> Row {
    let most = row.iter().copied().max().unwrap_or(0);
    row.map(|score| score.saturating_sub(most))
}

/// The names that `labels` make, without lower-case words and marks at their ends.
pub fn mentions(seen: &Observations<'_>, labels: &[Label]) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for run in &seen.runs {
        let mut i = run.words.start;
        while i < run.words.end {
            let Some((kind, inner)) = kind(labels[i]) else {
                i += 1;
                continue;
            };
            let start = i;
            i += 1;
            while i < run.words.end && labels[i] == inner {
                i += 1;
            }
            let end = (start..i)
                .rev()
                .find(|&k| !is_joiner(seen.observations[k].form))
                .map_or(start, |k| k + 1);
            if end > start {
                let token = |k: usize| seen.observations[k].token as usize;
                mentions.push(Mention { tokens: token(start)..token(end - 1) + 1, kind });
            }
        }
    }
    mentions
}

fn is_joiner(form: Form) -> bool {
    matches!(form, Form::Small | Form::Clitic | Form::Mark)
}

/// The kind of a name that this label opens, and the label of its further words.
pub fn kind(label: Label) -> Option<(Kind, Label)> {
    match label {
        Label::Outside => None,
        Label::Person | Label::InPerson => Some((Kind::Person, Label::InPerson)),
        Label::Organisation | Label::InOrganisation => {
            Some((Kind::Organisation, Label::InOrganisation))
        }
        Label::Place | Label::InPlace => Some((Kind::Place, Label::InPlace)),
        Label::Other => Some((Kind::Other, Label::Other)),
    }
}
