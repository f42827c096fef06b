//! A linear-chain conditional random field over runs, trained by stochastic gradient descent (`AdaGrad`) on the hashed
//! rows of the model file, so that hash collisions are part of training.

use crate::extract::names::decode::follows;
use crate::extract::names::model::{ALL, LABELS, ONE};

/// Scores or probabilities of the labels of one word.
type Vector = [f32; LABELS];

/// A run with the features and labels of its words.
#[derive(Clone, Debug)]
pub struct Example {
    /// Feature hashes, `templates` for each word.
    pub features: Vec<u32>,
    /// Number of the label of each word.
    pub labels: Vec<u8>,
    /// Scores of each word from an earlier pass, which are not trained; empty for none.
    pub base: Vec<Vector>,
    /// Weight of the run in the likelihood.
    pub weight: f32,
}

/// The hyperparameters of training.
#[derive(Clone, Copy, Debug)]
pub struct Hyperparameters<'a> {
    /// Features of a word.
    pub templates: usize,
    /// Rows of the table; a power of two.
    pub rows: usize,
    /// Passes over the examples.
    pub epochs: u32,
    /// Learning rate of `AdaGrad`.
    pub rate: f32,
    /// Weight of the L2 penalty.
    pub ridge: f32,
    /// Groups of templates, each with the probability that a word is trained without it.
    pub dropout: &'a [(&'a [usize], f32)],
}

/// Trained weights.
#[derive(Clone, Debug)]
pub struct Weights {
    /// `rows` rows.
    pub table: Vec<Vector>,
    /// `[previous label][label]`; the last row is for the first word of a run.
    pub transitions: [Vector; LABELS + 1],
}

/// The sums of squared gradients of `AdaGrad`.
struct SquaredGradients {
    table: Vec<Vector>,
    transitions: [Vector; LABELS + 1],
}

/// Trains on `examples`; the same examples give the same weights.
pub fn train(examples: &[Example], parameters: Hyperparameters<'_>) -> Weights {
    let zero = [0.0; LABELS];
    let mut weights =
        Weights { table: vec![zero; parameters.rows], transitions: [zero; LABELS + 1] };
    let mut squares =
        SquaredGradients { table: vec![zero; parameters.rows], transitions: [zero; LABELS + 1] };
    let mut order: Vec<u32> = (0..examples.len() as u32).collect();
    let mut random = Random(0x1234_5678_9ABC_DEF1);
    let mut lattice = Lattice::default();
    for epoch in 0..parameters.epochs {
        shuffle(&mut order, &mut random);
        let rate = parameters.rate / (1.0 + 0.35 * epoch as f32);
        for &number in &order {
            let example = &examples[number as usize];
            lattice.fill(&weights, example, parameters, &mut random);
            lattice.step(&mut weights, &mut squares, example, parameters, rate);
        }
    }
    weights
}

/// The forward-backward lattice of a run; reused from run to run.
#[derive(Default)]
struct Lattice {
    /// Rows of the table for each word, without those dropped.
    rows: Vec<Vec<u32>>,
    /// Scores of the labels of each word; after [`Self::sum`] their exponentials.
    scores: Vec<Vector>,
    alpha: Vec<Vector>,
    beta: Vec<Vector>,
}

impl Lattice {
    fn fill(
        &mut self,
        weights: &Weights,
        example: &Example,
        parameters: Hyperparameters<'_>,
        random: &mut Random,
    ) {
        let words = example.labels.len();
        let mask = parameters.rows as u32 - 1;
        self.rows.resize(words.max(self.rows.len()), Vec::new());
        self.scores.clear();
        for word in 0..words {
            let dropped = random.dropped(parameters.dropout);
            let mut scores = example.base.get(word).copied().unwrap_or_default();
            let rows = &mut self.rows[word];
            rows.clear();
            let features =
                &example.features[word * parameters.templates..(word + 1) * parameters.templates];
            for (template, &feature) in features.iter().enumerate() {
                if dropped >> template & 1 == 0 {
                    let row = feature & mask;
                    rows.push(row);
                    for (score, weight) in scores.iter_mut().zip(weights.table[row as usize]) {
                        *score += weight;
                    }
                }
            }
            self.scores.push(scores);
        }
        self.sum(&weights.transitions);
    }

    /// Computes the forward and backward sums, which are scaled to one at each word.
    fn sum(&mut self, transitions: &[Vector; LABELS + 1]) {
        let words = self.scores.len();
        let factors: Vec<Vector> = self.scores.iter().map(exponentials).collect();
        let edges = edges(transitions);
        self.alpha.clear();
        for (word, factor) in factors.iter().enumerate() {
            let mut alpha = [0.0; LABELS];
            for label in 0..LABELS {
                let into: f32 = if word == 0 {
                    edges[LABELS][label]
                } else {
                    (0..LABELS)
                        .map(|before| self.alpha[word - 1][before] * edges[before][label])
                        .sum()
                };
                alpha[label] = into * factor[label];
            }
            scale(&mut alpha);
            self.alpha.push(alpha);
        }
        self.beta.clear();
        self.beta.resize(words, [1.0; LABELS]);
        for word in (0..words.saturating_sub(1)).rev() {
            let mut beta = [0.0; LABELS];
            for (label, value) in beta.iter_mut().enumerate() {
                *value = (0..LABELS)
                    .map(|next| {
                        edges[label][next] * factors[word + 1][next] * self.beta[word + 1][next]
                    })
                    .sum();
            }
            scale(&mut beta);
            self.beta[word] = beta;
        }
        self.scores.clear();
        self.scores.extend(factors);
    }

    /// One step of gradient ascent on the likelihood of the run.
    fn step(
        &mut self,
        weights: &mut Weights,
        squares: &mut SquaredGradients,
        example: &Example,
        parameters: Hyperparameters<'_>,
        rate: f32,
    ) {
        let edges = edges(&weights.transitions);
        let mut before = LABELS;
        for (word, &gold) in example.labels.iter().enumerate() {
            let mut expected: Vector =
                std::array::from_fn(|l| self.alpha[word][l] * self.beta[word][l]);
            scale(&mut expected);
            let gradient: Vector = std::array::from_fn(|l| {
                example.weight * (f32::from(u8::from(l == gold as usize)) - expected[l])
            });
            for &row in &self.rows[word] {
                ascend(
                    &mut weights.table[row as usize],
                    &mut squares.table[row as usize],
                    &gradient,
                    rate,
                    parameters.ridge,
                );
            }
            let pairs = if word == 0 {
                let mut pairs = [[0.0; LABELS]; LABELS + 1];
                pairs[LABELS] = expected;
                pairs
            } else {
                self.pairs(&edges, word)
            };
            for (from, pair) in pairs.iter().enumerate() {
                if word == 0 && from != LABELS || word > 0 && from == LABELS {
                    continue;
                }
                let gradient: Vector = std::array::from_fn(|l| {
                    let observed = from == before && l == gold as usize;
                    example.weight * (f32::from(u8::from(observed)) - pair[l])
                });
                ascend(
                    &mut weights.transitions[from],
                    &mut squares.transitions[from],
                    &gradient,
                    rate,
                    0.0,
                );
            }
            before = gold as usize;
        }
    }

    /// Probabilities `[previous label][label]` of the pairs of labels at `word`.
    fn pairs(&self, edges: &[Vector; LABELS + 1], word: usize) -> [Vector; LABELS + 1] {
        let mut pairs = [[0.0; LABELS]; LABELS + 1];
        let mut total = 0.0;
        for from in 0..LABELS {
            for label in 0..LABELS {
                let p = self.alpha[word - 1][from]
                    * edges[from][label]
                    * self.scores[word][label]
                    * self.beta[word][label];
                pairs[from][label] = p;
                total += p;
            }
        }
        for p in pairs.iter_mut().flatten() {
            *p /= total.max(f32::MIN_POSITIVE);
        }
        pairs
    }
}

/// Exponentials of the transitions, zero where the label must not follow the previous one.
fn edges(transitions: &[Vector; LABELS + 1]) -> [Vector; LABELS + 1] {
    std::array::from_fn(|before| {
        std::array::from_fn(|label| {
            let allowed = follows(ALL.get(before).copied(), ALL[label]);
            if allowed { transitions[before][label].exp() } else { 0.0 }
        })
    })
}

fn exponentials(scores: &Vector) -> Vector {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    scores.map(|s| (s - most).exp().max(1e-20))
}

fn scale(vector: &mut Vector) {
    let sum: f32 = vector.iter().sum();
    for value in vector {
        *value /= sum.max(f32::MIN_POSITIVE);
    }
}

fn ascend(weights: &mut Vector, squares: &mut Vector, gradient: &Vector, rate: f32, ridge: f32) {
    for label in 0..LABELS {
        let slope = gradient[label] - ridge * weights[label];
        squares[label] += slope * slope;
        weights[label] += rate * slope / (squares[label].sqrt() + 1e-3);
    }
}

/// A weight in the model file: [`ONE`] for each logit, clamped to ±127.
pub fn quantized(weight: f32) -> i8 {
    (weight * ONE).round().clamp(-127.0, 127.0) as i8
}

/// Xorshift, so that training is deterministic.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Bits of the templates that are dropped.
    fn dropped(&mut self, groups: &[(&[usize], f32)]) -> u64 {
        let mut dropped = 0;
        for (templates, share) in groups {
            if (self.next() >> 40) as f32 / (1 << 24) as f32 <= *share {
                dropped |= templates.iter().fold(0, |bits, &t| bits | 1 << t);
            }
        }
        dropped
    }
}

fn shuffle(order: &mut [u32], random: &mut Random) {
    for i in (1..order.len()).rev() {
        order.swap(i, (random.next() % (i as u64 + 1)) as usize);
    }
}
