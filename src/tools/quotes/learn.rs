//! Multinomial logistic regression over hashed features, by stochastic gradient descent with steps that shrink by
//! feature (`AdaGrad`; Duchi, Hazan and Singer 2011).

use crate::extract::quotes::model::{BITS, slot};

/// One decision: the candidates' features and which of them are right. A single candidate is a yes-or-no question.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    candidates: Vec<Vec<u32>>,
    right: Right,
}

#[derive(Clone, Debug)]
enum Right {
    Yes(bool),
    Of(Vec<usize>),
}

impl Choice {
    pub(super) fn yes_or_no(features: &[u32], yes: bool) -> Self {
        Self { candidates: vec![features.to_vec()], right: Right::Yes(yes) }
    }

    pub(super) fn of(candidates: impl Iterator<Item = Vec<u32>>, right: &[usize]) -> Self {
        Self { candidates: candidates.collect(), right: Right::Of(right.to_vec()) }
    }
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Learner {
    /// Times that all examples are seen.
    epochs: usize,
    /// First step.
    step: f32,
    /// Pull towards zero at each update.
    decay: f32,
}

impl Learner {
    pub(super) const PARTS: Self = Self { epochs: 6, step: 0.03, decay: 2e-3 };
    pub(super) const ACCEPT: Self = Self { epochs: 6, step: 0.03, decay: 3e-3 };
}

/// Weights that answer the examples well: the mean of those that the later half of the epochs end with.
pub(super) fn train(examples: &[Choice], learner: Learner) -> Vec<f32> {
    let mut weights = vec![0.0_f32; 1 << BITS];
    let mut squares = vec![1e-2_f32; 1 << BITS];
    let mut order: Vec<u32> = (0..examples.len() as u32).collect();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut scores = Vec::new();
    let mut mean = vec![0.0_f32; 1 << BITS];
    for epoch in 0..learner.epochs {
        shuffle(&mut order, &mut random);
        for &example in &order {
            let choice = &examples[example as usize];
            gradients(choice, &weights, &mut scores);
            for (features, &gradient) in choice.candidates.iter().zip(&scores) {
                if gradient.abs() < 1e-3 {
                    continue;
                }
                for &feature in features {
                    let i = slot(feature);
                    let slope = gradient - learner.decay * weights[i];
                    squares[i] += slope * slope;
                    weights[i] += learner.step * slope / squares[i].sqrt();
                }
            }
        }
        if epoch >= learner.epochs / 2 {
            let share = 1.0 / (learner.epochs - learner.epochs / 2) as f32;
            mean.iter_mut().zip(&weights).for_each(|(mean, weight)| *mean += share * weight);
        }
    }
    mean
}

/// Right minus probable, for each candidate.
fn gradients(choice: &Choice, weights: &[f32], scores: &mut Vec<f32>) {
    scores.clear();
    scores
        .extend(choice.candidates.iter().map(|c| c.iter().map(|&f| weights[slot(f)]).sum::<f32>()));
    match &choice.right {
        Right::Yes(yes) => {
            scores[0] = f32::from(u8::from(*yes)) - 1.0 / (1.0 + (-scores[0]).exp());
        }
        Right::Of(right) => {
            let highest = scores.iter().copied().fold(f32::MIN, f32::max);
            let sum: f32 = scores.iter().map(|s| (s - highest).exp()).sum();
            for (i, score) in scores.iter_mut().enumerate() {
                let target = if right.contains(&i) { 1.0 / right.len() as f32 } else { 0.0 };
                *score = target - (*score - highest).exp() / sum;
            }
        }
    }
}

/// Fisher-Yates with xorshift: the same order on every machine.
fn shuffle(order: &mut [u32], random: &mut u64) {
    for i in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        order.swap(i, (*random % (i as u64 + 1)) as usize);
    }
}
