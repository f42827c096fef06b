//! Trains `extract::quotes::model` on articles with annotated attributions: a logistic regression for each question.
//! The last question, whether the draft is an attribution, is trained on drafts in held-out articles.

mod gold;
mod regression;

use std::fs;
use std::io::Write;
use std::ops::Range;
use std::path::Path;

use crate::article::json;
use crate::extract;
use crate::extract::quotes::attribute::{self, Attribution};
use crate::extract::quotes::cues;
use crate::extract::quotes::model::{Model, QUESTIONS, Question};
use crate::extract::quotes::{content_span, source};
use gold::{AnnotatedArticle, GoldAttribution};
use regression::{Example, Hyperparameters};

/// Folds in which articles are held out within training.
const INNER_FOLDS: usize = 4;

/// Runs `train_quotes` with its command line arguments.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let (folder, out, folds) = match arguments {
        [folder, out] => (folder, out, None),
        [folder, out, folds] => {
            (folder, out, Some(folds.parse::<usize>().map_err(|e| e.to_string())?))
        }
        _ => return Err("usage: train_quotes FOLDER OUT [FOLDS]".to_owned()),
    };
    let articles = gold::read(Path::new(folder))?;
    let all: Vec<&AnnotatedArticle> = articles.iter().collect();
    match folds {
        None => fs::write(out, train(&all).write()).map_err(|e| e.to_string()),
        Some(folds) => {
            let mut file = fs::File::create(out).map_err(|e| e.to_string())?;
            for fold in 0..folds {
                let (kept, held_out) = split(&all, folds, fold);
                let model = train(&kept);
                for annotated in held_out {
                    let mut article = annotated.article.clone();
                    extract::annotate_with(&model, &mut article, |_| {});
                    writeln!(file, "{}", json::article(&article)).map_err(|e| e.to_string())?;
                }
            }
            Ok(())
        }
    }
}

/// The articles outside of a fold, and those in it.
fn split<'a>(
    articles: &[&'a AnnotatedArticle],
    folds: usize,
    fold: usize,
) -> (Vec<&'a AnnotatedArticle>, Vec<&'a AnnotatedArticle>) {
    let numbered = articles.iter().copied().enumerate();
    let (inside, outside): (Vec<_>, Vec<_>) = numbered.partition(|(i, _)| i % folds == fold);
    let articles = |list: Vec<(usize, _)>| list.into_iter().map(|(_, article)| article).collect();
    (articles(outside), articles(inside))
}

/// Trains a model of all questions.
fn train(articles: &[&AnnotatedArticle]) -> Model {
    let mut examples = Vec::new();
    for fold in 0..INNER_FOLDS {
        let (kept, held_out) = split(articles, INNER_FOLDS, fold);
        let model = Model::quantise(&part_weights(&kept));
        for article in held_out {
            accept_examples(article, &model, &mut examples);
        }
    }
    let mut weights = part_weights(articles);
    weights[Question::Accept as usize] = regression::train(&examples, Hyperparameters::ACCEPT);
    Model::quantise(&weights)
}

/// The weights of all questions but the last. The features of those about the parts of an attribution include answers
/// to the first question, which are given by models for held-out articles.
fn part_weights(articles: &[&AnnotatedArticle]) -> Vec<Vec<f32>> {
    let mut examples: Vec<Vec<Example>> = vec![Vec::new(); QUESTIONS];
    let mut levels = Vec::new();
    for fold in 0..INNER_FOLDS {
        let (kept, held_out) = split(articles, INNER_FOLDS, fold);
        let mut weights = vec![Vec::new(); QUESTIONS];
        weights[Question::Cue as usize] = cue_weights(&kept);
        let model = Model::quantise(&weights);
        for article in held_out {
            attribute::likely_cues(&article.units, &model, &mut levels);
            for gold in &article.attributions {
                part_examples(article, gold, &levels, &mut examples);
            }
        }
    }
    let train = |examples: &Vec<Example>| regression::train(examples, Hyperparameters::PARTS);
    let mut weights: Vec<_> = examples.iter().map(train).collect();
    weights[Question::Cue as usize] = cue_weights(articles);
    weights
}

/// The weights of the first question.
fn cue_weights(articles: &[&AnnotatedArticle]) -> Vec<f32> {
    let mut examples = Vec::new();
    for article in articles {
        cue_examples(article, &mut examples);
    }
    regression::train(&examples, Hyperparameters::PARTS)
}

fn cue_examples(article: &AnnotatedArticle, out: &mut Vec<Example>) {
    let mut features = Vec::new();
    for cue in 0..article.units.all.len() {
        if cues::is_candidate(&article.units, cue) {
            features.clear();
            cues::own_features(&article.units, cue, &mut features);
            cues::features(&article.units, cue, &mut features);
            out.push(Example::binary(&features, article.is_cue(cue)));
        }
    }
}

fn part_examples(
    article: &AnnotatedArticle,
    gold: &GoldAttribution,
    levels: &[cues::Level],
    examples: &mut [Vec<Example>],
) {
    let units = &article.units;
    let GoldAttribution { cue, ref first, ref second, ref source } = *gold;
    let around = cues::Cue::new(units, levels, cue);
    let mut features = Vec::new();

    let mut near = Vec::new();
    content_span::near_ends(units, &around, &mut near);
    let behind = first.start > cue;
    let at = if behind { first.start } else { first.end };
    let Some(right) = near.iter().position(|n| n.after_cue == behind && n.at == at) else { return };
    examples[Question::Near as usize].push(Example::choice(
        near.iter().map(|&n| {
            features.clear();
            content_span::near_features(units, &around, n, &mut features);
            features.clone()
        }),
        right,
    ));

    let near = near[right];
    let mut far = Vec::new();
    content_span::far_ends(units, &around, near, &mut far);
    let last = far.last().map(|far| far.at);
    let end = if behind { first.end } else { first.start };
    if let Some(right) = far.iter().position(|far| far.at == end) {
        examples[Question::Far as usize].push(Example::choice(
            far.iter().map(|far| {
                features.clear();
                content_span::far_features(
                    units,
                    &around,
                    near,
                    far,
                    Some(far.at) == last,
                    &mut features,
                );
                features.clone()
            }),
            right,
        ));
    }

    let mut seconds = Vec::new();
    content_span::second_pieces(units, cue, first, &mut seconds);
    for candidate in &seconds {
        features.clear();
        content_span::second_features(units, cue, first, candidate, &mut features);
        let is_right = second.as_ref().is_some_and(|second| shares_most(second, candidate));
        examples[Question::More as usize].push(Example::binary(&features, is_right));
    }

    let pieces = [first.clone(), second.clone().unwrap_or(0..0)];
    let mut candidates = Vec::new();
    source::candidates(units, &around, &pieces, &mut candidates);
    let none = candidates.len();
    let is_among = |units: &[usize], c: &usize| units.contains(&candidates[*c].at);
    let right = match source {
        None => Some(none),
        // Where the head is no candidate, the last word of the source that is one: `source::whole_phrase` extends it.
        Some(source) => (0..none)
            .find(|c| is_among(&source.heads, c))
            .or_else(|| (0..none).rfind(|c| is_among(&source.words, c))),
    };
    if let Some(right) = right {
        let all = candidates.iter().map(Some).chain([None]);
        examples[Question::Source as usize].push(Example::choice(
            all.map(|head| {
                features.clear();
                source::features(units, &around, first, head, &mut features);
                features.clone()
            }),
            right,
        ));
    }
}

/// Whether more than half of the units in either range are in both.
fn shares_most(a: &Range<usize>, b: &Range<usize>) -> bool {
    let common = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    2 * common > a.len() + b.len() - common
}

/// Adds the drafts of `model` in a held-out article. A draft is right if it overlaps an annotated attribution, and no
/// other draft that does has the annotated cue.
fn accept_examples(article: &AnnotatedArticle, model: &Model, out: &mut Vec<Example>) {
    let drafts = attribute::candidates(&article.units, model);
    let overlap = |draft: &Attribution, gold: &GoldAttribution| jaccard(draft, gold) >= 0.3;
    let with_gold_cue: Vec<Option<usize>> = article
        .attributions
        .iter()
        .map(|gold| drafts.iter().position(|draft| draft.cue == gold.cue && overlap(draft, gold)))
        .collect();
    let mut features = Vec::new();
    for (i, draft) in drafts.iter().enumerate() {
        let mut matches = with_gold_cue
            .iter()
            .zip(&article.attributions)
            .filter(|(_, gold)| overlap(draft, gold))
            .peekable();
        let is_matched = matches.peek().is_some();
        let is_right = matches.any(|(best, _)| best.is_none_or(|best| best == i));
        let is_nested = |gold: &GoldAttribution| {
            gold.first.contains(&draft.cue)
                && draft.source.is_some_and(|head| gold.first.contains(&head))
        };
        // Attributions within quoted words are not annotated.
        if is_matched || !article.attributions.iter().any(is_nested) {
            features.clear();
            attribute::accept_features(&article.units, &drafts, i, &mut features);
            out.push(Example::binary(&features, is_right));
        }
    }
}

/// The Jaccard index of the quoted units: those in both over those in either.
fn jaccard(draft: &Attribution, gold: &GoldAttribution) -> f32 {
    let gold: Vec<usize> = gold.pieces().flatten().collect();
    let draft: Vec<usize> = draft.pieces().flatten().collect();
    let common = draft.iter().filter(|unit| gold.contains(unit)).count();
    common as f32 / (draft.len() + gold.len() - common).max(1) as f32
}
