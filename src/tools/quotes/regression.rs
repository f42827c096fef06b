//! Multinomial logistic regression over hashed features, trained by stochastic gradient descent with `AdaGrad` steps
//! (Duchi, Hazan and Singer 2011).

use crate::extract::quotes::model::{BITS, slot};

/// A training example: the features of its candidates, and its label.
#[derive(Clone, Debug)]
pub(super) struct Example {
    candidates: Vec<Vec<u32>>,
    label: Label,
}

#[derive(Clone, Debug)]
enum Label {
    /// Whether the single candidate is right.
    Binary(bool),
    /// The number of the right candidate.
    Choice(usize),
}

impl Example {
    pub(super) fn binary(features: &[u32], is_right: bool) -> Self {
        Self { candidates: vec![features.to_vec()], label: Label::Binary(is_right) }
    }

    pub(super) fn choice(candidates: impl Iterator<Item = Vec<u32>>, right: usize) -> Self {
        Self { candidates: candidates.collect(), label: Label::Choice(right) }
    }
}

/// The hyperparameters of training.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hyperparameters {
    epochs: usize,
    learning_rate: f32,
    /// L2 penalty.
    weight_decay: f32,
}

impl Hyperparameters {
    pub(super) const PARTS: Self = Self { epochs: 6, learning_rate: 0.03, weight_decay: 2e-3 };
    pub(super) const ACCEPT: Self = Self { epochs: 6, learning_rate: 0.03, weight_decay: 3e-3 };
}

/// The mean of the weights after each epoch of the later half.
pub(super) fn train(examples: &[Example], parameters: Hyperparameters) -> Vec<f32> {
    let mut weights = vec![0.0_f32; 1 << BITS];
    let mut squares = vec![1e-2_f32; 1 << BITS];
    let mut order: Vec<u32> = (0..examples.len() as u32).collect();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut scores = Vec::new();
    let mut mean = vec![0.0_f32; 1 << BITS];
    for epoch in 0..parameters.epochs {
        shuffle(&mut order, &mut random);
        for &example in &order {
            let example = &examples[example as usize];
            gradients(example, &weights, &mut scores);
            for (features, &gradient) in example.candidates.iter().zip(&scores) {
                if gradient.abs() < 1e-3 {
                    continue;
                }
                for &feature in features {
                    let i = slot(feature);
                    let slope = gradient - parameters.weight_decay * weights[i];
                    squares[i] += slope * slope;
                    weights[i] += parameters.learning_rate * slope / squares[i].sqrt();
                }
            }
        }
        if epoch >= parameters.epochs / 2 {
            let share = 1.0 / (parameters.epochs - parameters.epochs / 2) as f32;
            mean.iter_mut().zip(&weights).for_each(|(mean, weight)| *mean += share * weight);
        }
    }
    mean
}

/// Sets `scores` to the gradient of each candidate: its label minus its probability.
fn gradients(example: &Example, weights: &[f32], scores: &mut Vec<f32>) {
    scores.clear();
    scores.extend(
        example.candidates.iter().map(|c| c.iter().map(|&f| weights[slot(f)]).sum::<f32>()),
    );
    match &example.label {
        Label::Binary(is_right) => {
            scores[0] = f32::from(u8::from(*is_right)) - 1.0 / (1.0 + (-scores[0]).exp());
        }
        Label::Choice(right) => {
            let highest = scores.iter().copied().fold(f32::MIN, f32::max);
            let sum: f32 = scores.iter().map(|s| (s - highest).exp()).sum();
            for (i, score) in scores.iter_mut().enumerate() {
                let target = if i == *right { 1.0 } else { 0.0 };
                *score = target - (*score - highest).exp() / sum;
            }
        }
    }
}

/// Fisher–Yates shuffle with xorshift: the same order on every machine.
fn shuffle(order: &mut [u32], random: &mut u64) {
    for i in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        order.swap(i, (*random % (i as u64 + 1)) as usize);
    }
}
