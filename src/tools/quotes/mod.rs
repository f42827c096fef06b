//! Trains `extract::quotes::model` on articles with hand-made attributions: regression by stochastic gradient descent
//! on hashed features, question by question in the order in which they are asked. The last one, whether the whole is
//! an attribution, is trained on what models say about articles that they have not seen.

mod gold;
mod learn;

use std::fs;
use std::io::Write;
use std::ops::Range;
use std::path::Path;

use crate::article::json;
use crate::extract;
use crate::extract::quotes::attribute::{self, Attribution};
use crate::extract::quotes::cues;
use crate::extract::quotes::model::{Model, QUESTIONS, Question};
use crate::extract::quotes::{quoted_spans, source};
use gold::{Known, Paper};
use learn::{Choice, Learner};

/// Parts that take turns to be unseen when the last question is trained.
const PARTS: usize = 4;

/// Runs the program with its arguments.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let (folder, out, folds) = match arguments {
        [folder, out] => (folder, out, None),
        [folder, out, folds] => {
            (folder, out, Some(folds.parse::<usize>().map_err(|e| e.to_string())?))
        }
        _ => return Err("usage: train_quotes FOLDER OUT [FOLDS]".to_owned()),
    };
    let papers = gold::read(Path::new(folder))?;
    let all: Vec<&Paper> = papers.iter().collect();
    match folds {
        None => fs::write(out, train(&all).write()).map_err(|e| e.to_string()),
        Some(folds) => {
            let mut file = fs::File::create(out).map_err(|e| e.to_string())?;
            for fold in 0..folds {
                let (seen, unseen) = split(&all, folds, fold);
                let model = train(&seen);
                for paper in unseen {
                    let mut article = paper.article.clone();
                    extract::annotate_with(&model, &mut article, |_| {});
                    writeln!(file, "{}", json::article(&article)).map_err(|e| e.to_string())?;
                }
            }
            Ok(())
        }
    }
}

/// The papers outside and inside of a fold.
fn split<'a>(papers: &[&'a Paper], folds: usize, fold: usize) -> (Vec<&'a Paper>, Vec<&'a Paper>) {
    let numbered = papers.iter().copied().enumerate();
    let (inside, outside): (Vec<_>, Vec<_>) = numbered.partition(|(i, _)| i % folds == fold);
    let papers = |list: Vec<(usize, &'a Paper)>| list.into_iter().map(|(_, p)| p).collect();
    (papers(outside), papers(inside))
}

/// A model of all questions.
fn train(papers: &[&Paper]) -> Model {
    let mut accept = Vec::new();
    for part in 0..PARTS {
        let (seen, unseen) = split(papers, PARTS, part);
        let model = Model::quantise(&parts(&seen));
        for paper in unseen {
            judged(paper, &model, &mut accept);
        }
    }
    let mut tables = parts(papers);
    tables[Question::Accept as usize] = learn::train(&accept, Learner::ACCEPT);
    Model::quantise(&tables)
}

/// The weights of all questions but the last. Those about the parts of an attribution are trained on what models of the
/// first one say about articles that they have not seen.
fn parts(papers: &[&Paper]) -> Vec<Vec<f32>> {
    let mut examples: Vec<Vec<Choice>> = vec![Vec::new(); QUESTIONS];
    let mut levels = Vec::new();
    for part in 0..PARTS {
        let (seen, unseen) = split(papers, PARTS, part);
        let mut tables = vec![Vec::new(); QUESTIONS];
        tables[Question::Cue as usize] = cue_weights(&seen);
        let model = Model::quantise(&tables);
        for paper in unseen {
            attribute::likely(&paper.units, &model, &mut levels);
            for known in &paper.known {
                span_examples(paper, known, &levels, &mut examples);
            }
        }
    }
    let mut tables: Vec<_> =
        examples.iter().map(|examples| learn::train(examples, Learner::PARTS)).collect();
    tables[Question::Cue as usize] = cue_weights(papers);
    tables
}

/// The weights of the first question.
fn cue_weights(papers: &[&Paper]) -> Vec<f32> {
    let mut examples = Vec::new();
    for paper in papers {
        cue_examples(paper, &mut examples);
    }
    learn::train(&examples, Learner::PARTS)
}

fn cue_examples(paper: &Paper, out: &mut Vec<Choice>) {
    let mut features = Vec::new();
    for cue in 0..paper.units.all.len() {
        if cues::is_candidate(&paper.units, cue) {
            features.clear();
            cues::own_features(&paper.units, cue, &mut features);
            cues::features(&paper.units, cue, &mut features);
            out.push(Choice::yes_or_no(&features, paper.is_cue(cue)));
        }
    }
}

fn span_examples(
    paper: &Paper,
    known: &Known,
    levels: &[cues::Level],
    examples: &mut [Vec<Choice>],
) {
    let units = &paper.units;
    let Known { cue, ref first, ref second, ref source, .. } = *known;
    let around = cues::Cue::new(units, levels, cue);
    let mut features = Vec::new();

    let mut near = Vec::new();
    quoted_spans::near(units, &around, &mut near);
    let behind = first.start > cue;
    let at = if behind { first.start } else { first.end };
    let Some(right) = near.iter().position(|n| n.behind == behind && n.at == at) else { return };
    examples[Question::Near as usize].push(Choice::of(
        near.iter().map(|&n| {
            features.clear();
            quoted_spans::near_features(units, &around, n, &mut features);
            features.clone()
        }),
        &[right],
    ));

    let near = near[right];
    let mut far = Vec::new();
    quoted_spans::far(units, &around, near, &mut far);
    let last = far.last().map(|far| far.at);
    let end = if behind { first.end } else { first.start };
    if let Some(right) = far.iter().position(|far| far.at == end) {
        examples[Question::Far as usize].push(Choice::of(
            far.iter().map(|far| {
                features.clear();
                quoted_spans::far_features(
                    units,
                    &around,
                    near,
                    far,
                    Some(far.at) == last,
                    &mut features,
                );
                features.clone()
            }),
            &[right],
        ));
    }

    let mut seconds = Vec::new();
    quoted_spans::second(units, cue, first, &mut seconds);
    for candidate in &seconds {
        features.clear();
        quoted_spans::second_features(units, cue, first, candidate, &mut features);
        let is_right = second.as_ref().is_some_and(|second| shares_most(second, candidate));
        examples[Question::More as usize].push(Choice::yes_or_no(&features, is_right));
    }

    let pieces = [first.clone(), second.clone().unwrap_or(0..0)];
    let mut candidates = Vec::new();
    source::heads(units, &around, &pieces, &mut candidates);
    let none = candidates.len();
    let is_among = |units: &[usize], c: &usize| units.contains(&candidates[*c].at);
    let right = match source {
        None => Some(none),
        // Where the head is no candidate, the last one in the source: `source::whole` goes on from there.
        Some(source) => (0..none)
            .find(|c| is_among(&source.heads, c))
            .or_else(|| (0..none).rfind(|c| is_among(&source.words, c))),
    };
    if let Some(right) = right {
        let all = candidates.iter().map(Some).chain([None]);
        examples[Question::Source as usize].push(Choice::of(
            all.map(|head| {
                features.clear();
                source::features(units, &around, first, head, &mut features);
                features.clone()
            }),
            &[right],
        ));
    }
}

/// Do two stretches share more than half of what they cover?
fn shares_most(a: &Range<usize>, b: &Range<usize>) -> bool {
    let common = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    2 * common > a.len() + b.len() - common
}

/// Which drafts of a model about an article that it has not seen are attributions. Of those that report the words of an
/// annotated one, only that with its cue is right, if there is such a draft.
fn judged(paper: &Paper, model: &Model, out: &mut Vec<Choice>) {
    let drafts = attribute::drafts(&paper.units, model);
    let reports = |draft: &Attribution, known: &Known| overlap(draft, known) >= 0.3;
    let owners: Vec<Option<usize>> = paper
        .known
        .iter()
        .map(|known| drafts.iter().position(|d| d.cue == known.cue && reports(d, known)))
        .collect();
    let mut features = Vec::new();
    for (i, draft) in drafts.iter().enumerate() {
        let mut rivals =
            owners.iter().zip(&paper.known).filter(|(_, known)| reports(draft, known)).peekable();
        let is_alone = rivals.peek().is_none();
        let is_right = rivals.any(|(owner, _)| owner.is_none_or(|owner| owner == i));
        let is_inside = |known: &Known| {
            known.first.contains(&draft.cue)
                && draft.source.is_some_and(|head| known.first.contains(&head))
        };
        // Attributions within reported words are not annotated.
        if !is_alone || !paper.known.iter().any(is_inside) {
            features.clear();
            attribute::accept_features(&paper.units, &drafts, i, &mut features);
            out.push(Choice::yes_or_no(&features, is_right));
        }
    }
}

/// Units in both, of those in either.
fn overlap(draft: &Attribution, known: &Known) -> f32 {
    let known: Vec<usize> = known.pieces().flatten().collect();
    let draft: Vec<usize> = draft.pieces().flatten().collect();
    let common = draft.iter().filter(|unit| known.contains(unit)).count();
    common as f32 / (draft.len() + known.len() - common).max(1) as f32
}
