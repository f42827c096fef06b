//! Trains the names tagger, and measures it. The first pass is trained on single runs. The second pass is trained on
//! the labels that the first pass gives elsewhere in the article, in held-out articles.

pub mod corpus;
pub mod crf;
pub mod lexicon;

use corpus::Document;
use crf::{Example, Hyperparameters, Weights, quantized};

use crate::article::Span;
use crate::extract::names::decode::{self, Pass};
use crate::extract::names::features::{self, CONTEXT, LEXICAL};
use crate::extract::names::lexicon::Lexicon;
use crate::extract::names::model::{ALL, HEADER, LABELS, Label, MAGIC, Model, ONE, Row};
use crate::extract::names::observations::{Observations, Run};
use crate::extract::names::second_pass::{self, Evidence};
use crate::extract::names::{self, Kind, tag_with};
use crate::text::Text;
use crate::text::hash;

/// Rows of the first pass.
pub const FIRST_ROWS: usize = 1 << 18;
/// Rows of the second pass.
pub const SECOND_ROWS: usize = 1 << 14;
/// Folds in which articles are held out for the second pass.
const FOLDS: usize = 3;

/// The options of training.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Passes over the examples.
    pub epochs: u32,
    /// Learning rate.
    pub rate: f32,
    /// Weight of the L2 penalty.
    pub ridge: f32,
    /// Probability that a word is trained without its own letters.
    pub lexical_dropout: f32,
    /// Probability that a word is trained without the words around it.
    pub context_dropout: f32,
    /// Weight of a silver run, where a gold run has 1.
    pub silver: f32,
}

/// Trains on `documents` and returns the model file. Of `silver` only the runs count in which a model of `documents`
/// alone finds the same persons as their teacher; names of other kinds are labelled by that model.
pub fn train(
    documents: &[&Document],
    silver: &[Document],
    lexicon: &[[u8; 8]],
    settings: Settings,
) -> Vec<u8> {
    let mut trained = train_gold(documents, &[], lexicon, settings);
    if let Ok(model) = Model::from_bytes(&trained)
        && !silver.is_empty()
    {
        let agreed: Vec<Example> =
            silver.iter().flat_map(|d| agreed_examples(&model, d, settings)).collect();
        trained = train_gold(documents, &agreed, lexicon, settings);
    }
    trained
}

/// The runs of a silver article in which `model` and the teacher find the same persons.
fn agreed_examples(model: &Model<'_>, document: &Document, settings: Settings) -> Vec<Example> {
    let text = Text::new(&document.body);
    let seen = Observations::of(model.lexicon(), &text);
    let own = names::labels(model, &seen);
    let teacher = labels(document, &text, &seen);
    let person = |label: &Label| matches!(label, Label::Person | Label::InPerson).then_some(*label);
    let agreed = seen.runs.iter().filter(|run| {
        let words = run.words.clone();
        own[words.clone()].iter().map(person).eq(teacher[words].iter().map(person))
    });
    agreed.map(|run| first_example(&seen, run, &own, settings.silver)).collect()
}

fn train_gold(
    documents: &[&Document],
    silver: &[Example],
    lexicon: &[[u8; 8]],
    settings: Settings,
) -> Vec<u8> {
    let first = first_pass(documents, silver, lexicon, settings);
    let mut examples = Vec::new();
    for fold in 0..FOLDS {
        let (held, kept): (Vec<_>, Vec<_>) =
            documents.iter().copied().enumerate().partition(|(i, _)| i % FOLDS == fold);
        let kept: Vec<&Document> = kept.into_iter().map(|(_, d)| d).collect();
        let file = model_file(&first_pass(&kept, silver, lexicon, settings), None, lexicon);
        let Ok(model) = Model::from_bytes(&file) else { continue };
        for (_, document) in held {
            second_examples(&model, document, &mut examples);
        }
    }
    let second = crf::train(
        &examples,
        Hyperparameters {
            templates: second_pass::TEMPLATES,
            rows: SECOND_ROWS,
            epochs: 6,
            rate: 0.05,
            ridge: 1e-5,
            dropout: &[],
        },
    );
    model_file(&first, Some(&second), lexicon)
}

fn first_pass(
    documents: &[&Document],
    silver: &[Example],
    lexicon: &[[u8; 8]],
    settings: Settings,
) -> Weights {
    let Some(table) = Lexicon::new(lexicon) else {
        unreachable!("the lexicon's size is a power of two")
    };
    let mut examples = silver.to_vec();
    for document in documents {
        let text = Text::new(&document.body);
        let seen = Observations::of(&table, &text);
        let gold = labels(document, &text, &seen);
        examples.extend(seen.runs.iter().map(|run| first_example(&seen, run, &gold, 1.0)));
    }
    let dropout: [(&[usize], f32); 2] =
        [(&LEXICAL, settings.lexical_dropout), (&CONTEXT, settings.context_dropout)];
    let Settings { epochs, rate, ridge, .. } = settings;
    let templates = features::TEMPLATES;
    let rows = FIRST_ROWS;
    let dropout = &dropout;
    crf::train(&examples, Hyperparameters { templates, rows, epochs, rate, ridge, dropout })
}

fn first_example(seen: &Observations<'_>, run: &Run, labels: &[Label], weight: f32) -> Example {
    Example {
        features: run.words.clone().flat_map(|i| features::of(seen, run, i)).collect(),
        labels: labels[run.words.clone()].iter().map(|&l| l as u8).collect(),
        base: Vec::new(),
        weight,
    }
}

fn second_examples(model: &Model<'_>, document: &Document, examples: &mut Vec<Example>) {
    let text = Text::new(&document.body);
    let seen = Observations::of(model.lexicon(), &text);
    let scores = model.score(&seen);
    let first = decode::labels(model, &seen, &scores, Pass::First);
    let evidence = Evidence::of(&seen, &first);
    let gold = labels(document, &text, &seen);
    for (number, run) in seen.runs.iter().enumerate() {
        examples.push(Example {
            features: second_pass::of(&evidence, &seen, &first, number).flatten().collect(),
            labels: gold[run.words.clone()].iter().map(|&l| l as u8).collect(),
            base: scores[run.words.clone()].iter().map(logits).collect(),
            weight: 1.0,
        });
    }
}

fn logits(row: &Row) -> [f32; LABELS] {
    row.map(|score| f32::from(score) / ONE)
}

/// The gold label of every word in `seen`.
fn labels(document: &Document, text: &Text<'_>, seen: &Observations<'_>) -> Vec<Label> {
    let mut labels = vec![Label::Outside; seen.observations.len()];
    for run in &seen.runs {
        let mut open = None;
        for i in run.words.clone() {
            let span = text.tokens[seen.observations[i].token as usize].span();
            let at = document.names.partition_point(|(name, _)| name.end <= span.start);
            let name = document.names.get(at).filter(|(name, _)| name.overlaps(span));
            labels[i] = match name {
                None => Label::Outside,
                Some((_, kind)) => label(*kind, open == Some(at)),
            };
            open = name.map(|_| at);
        }
    }
    labels
}

fn label(kind: Kind, inside: bool) -> Label {
    match (kind, inside) {
        (Kind::Person, false) => Label::Person,
        (Kind::Person, true) => Label::InPerson,
        (Kind::Organisation, false) => Label::Organisation,
        (Kind::Organisation, true) => Label::InOrganisation,
        (Kind::Place, false) => Label::Place,
        (Kind::Place, true) => Label::InPlace,
        (Kind::Other, _) => Label::Other,
    }
}

/// The bytes of a model file.
fn model_file(first: &Weights, second: Option<&Weights>, lexicon: &[[u8; 8]]) -> Vec<u8> {
    let zero = [[0.0; LABELS]; 1];
    let second_table = second.map_or(&zero[..], |w| &w.table);
    let mut rest = Vec::new();
    for weights in [first, second.unwrap_or(first)] {
        for (before, row) in weights.transitions.iter().enumerate() {
            for (label, &weight) in row.iter().enumerate() {
                let allowed = decode::follows(ALL.get(before).copied(), ALL[label]);
                let score = if allowed { (weight * ONE).round() as i16 } else { i16::MIN / 2 };
                rest.extend(score.to_le_bytes());
            }
        }
    }
    for row in first.table.iter().chain(second_table) {
        rest.extend(row.map(|w| quantized(w).cast_unsigned()));
    }
    rest.extend(lexicon.as_flattened());
    let mut file = Vec::with_capacity(HEADER + rest.len());
    file.extend(MAGIC);
    let sum = hash::checksum(&rest);
    let sizes = [first.table.len(), second_table.len(), lexicon.len()];
    for number in [hash::VERSION, features::TEMPLATES as u32]
        .into_iter()
        .chain(sizes.map(|n| n as u32))
        .chain([sum])
    {
        file.extend(number.to_le_bytes());
    }
    file.extend(rest);
    file
}

/// Counts of names for precision and recall.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    /// Found with the right span.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// In the gold.
    pub wanted: usize,
}

impl Score {
    /// Precision, recall and F1 in percent.
    pub fn percent(self) -> [f64; 3] {
        let share = |a: usize, b: usize| 100.0 * a as f64 / b.max(1) as f64;
        [
            share(self.right, self.found),
            share(self.right, self.wanted),
            share(2 * self.right, self.found + self.wanted),
        ]
    }
}

/// The scores of `model` on `documents`: for persons, and for names of all kinds.
pub fn score(model: &Model<'_>, documents: &[&Document]) -> [Score; 2] {
    let mut scores = [Score::default(); 2];
    for document in documents {
        let text = Text::new(&document.body);
        let mut found: Vec<_> =
            tag_with(model, &text).into_iter().map(|m| (text.span(m.tokens), m.kind)).collect();
        found.sort();
        for (score, only) in scores.iter_mut().zip([Some(Kind::Person), None]) {
            let counts = |kind: Kind| only.is_none_or(|o| o == kind);
            score.found += found.iter().filter(|(_, k)| counts(*k)).count();
            score.wanted += document.names.iter().filter(|(_, k)| counts(*k)).count();
            score.right += document
                .names
                .iter()
                .filter(|name| counts(name.1) && found.binary_search(name).is_ok())
                .count();
        }
    }
    scores
}

/// The persons found wrongly (`+`) and missed (`-`), each with its context.
pub fn errors(model: &Model<'_>, documents: &[&Document]) -> Vec<String> {
    let mut errors = Vec::new();
    for document in documents {
        let text = Text::new(&document.body);
        let persons = |names: Vec<(Span, Kind)>| -> Vec<Span> {
            names.into_iter().filter(|n| n.1 == Kind::Person).map(|n| n.0).collect()
        };
        let mentions = tag_with(model, &text);
        let found = persons(mentions.into_iter().map(|m| (text.span(m.tokens), m.kind)).collect());
        let wanted = persons(document.names.clone());
        let wrong = found.iter().filter(|s| !wanted.contains(s)).map(|s| ('+', s));
        let missed = wanted.iter().filter(|s| !found.contains(s)).map(|s| ('-', s));
        for (sign, span) in wrong.chain(missed) {
            let before: String =
                document.body[..span.start as usize].chars().rev().take(40).collect();
            let before: String = before.chars().rev().collect();
            let after: String = document.body[span.end as usize..].chars().take(30).collect();
            let name = span.of(&document.body);
            errors.push(format!("{sign} {before}[{name}]{after}").replace('\n', " | "));
        }
    }
    errors
}
