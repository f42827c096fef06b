//! A conditional random field over runs, trained by stochastic gradient descent (`AdaGrad`) straight in the hashed rows
//! that the tagger will read, so that collisions are learned with.

use crate::extract::names::decode::follows;
use crate::extract::names::model::{ALL, LABELS, ONE};

/// Scores or probabilities of the labels of one word.
type Vector = [f32; LABELS];

/// One run: what is seen of its words, and their labels.
#[derive(Clone, Debug)]
pub struct Example {
    /// Feature hashes, `templates` a word.
    pub features: Vec<u32>,
    /// Labels by number, one a word.
    pub labels: Vec<u8>,
    /// Fixed scores of the words, from an earlier pass; empty for none.
    pub base: Vec<Vector>,
    /// How much it counts.
    pub weight: f32,
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// Features a word.
    pub templates: usize,
    /// Rows of the table; a power of two.
    pub rows: usize,
    /// Times through the examples.
    pub epochs: u32,
    /// Step of `AdaGrad`.
    pub rate: f32,
    /// Weight of the squares of the weights.
    pub ridge: f32,
    /// Groups of templates, and how often a word goes without them in training.
    pub dropout: &'a [(&'a [usize], f32)],
}

/// Trained weights.
#[derive(Clone, Debug)]
pub struct Weights {
    /// `rows` rows.
    pub table: Vec<Vector>,
    /// `[before][label]`, the last row for the first word of a run.
    pub transitions: [Vector; LABELS + 1],
}

/// Sums of squared gradients, as `AdaGrad` keeps them.
struct Squares {
    table: Vec<Vector>,
    transitions: [Vector; LABELS + 1],
}

/// Learns from `examples`; the same examples give the same weights.
pub fn train(examples: &[Example], plan: Plan<'_>) -> Weights {
    let zero = [0.0; LABELS];
    let mut weights = Weights { table: vec![zero; plan.rows], transitions: [zero; LABELS + 1] };
    let mut squares = Squares { table: vec![zero; plan.rows], transitions: [zero; LABELS + 1] };
    let mut order: Vec<u32> = (0..examples.len() as u32).collect();
    let mut random = Random(0x1234_5678_9ABC_DEF1);
    let mut scratch = Lattice::default();
    for epoch in 0..plan.epochs {
        shuffle(&mut order, &mut random);
        let rate = plan.rate / (1.0 + 0.35 * epoch as f32);
        for &number in &order {
            let example = &examples[number as usize];
            scratch.fill(&weights, example, plan, &mut random);
            scratch.step(&mut weights, &mut squares, example, plan, rate);
        }
    }
    weights
}

/// One run's potentials and what follows from them; scratch space of [`train`].
#[derive(Default)]
struct Lattice {
    /// Rows in use, by word.
    rows: Vec<Vec<u32>>,
    scores: Vec<Vector>,
    alpha: Vec<Vector>,
    beta: Vec<Vector>,
}

impl Lattice {
    fn fill(&mut self, weights: &Weights, example: &Example, plan: Plan<'_>, random: &mut Random) {
        let words = example.labels.len();
        let mask = plan.rows as u32 - 1;
        self.rows.resize(words.max(self.rows.len()), Vec::new());
        self.scores.clear();
        for word in 0..words {
            let dropped = random.choose(plan.dropout);
            let mut scores = example.base.get(word).copied().unwrap_or_default();
            let rows = &mut self.rows[word];
            rows.clear();
            let features = &example.features[word * plan.templates..(word + 1) * plan.templates];
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

    /// Forward and backward sums, each word's scaled to one.
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

    /// One step along the gradient of the run's likelihood.
    fn step(
        &mut self,
        weights: &mut Weights,
        squares: &mut Squares,
        example: &Example,
        plan: Plan<'_>,
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
                    plan.ridge,
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

    /// Probabilities of each pair of labels at `word` and the word before it.
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

/// Exponentials of the transitions; zero where a label cannot follow.
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

/// Weights as the bytes of a file: [`ONE`] a logit, cut at ±127.
pub fn quantized(weight: f32) -> i8 {
    (weight * ONE).round().clamp(-127.0, 127.0) as i8
}

/// Xorshift: training must give the same model every time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Bits of the templates to leave out.
    fn choose(&mut self, groups: &[(&[usize], f32)]) -> u64 {
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
