//! The weights of the linear model of quotations: which words attribute, where the reported words begin and end, who is
//! their source, and whether the whole is an attribution. It scores hashed features; which features there are is for the
//! modules that ask.

use std::sync::LazyLock;

/// Raised whenever features or file format change: weights of another version say nothing.
pub(crate) const VERSION: u32 = 2;

/// log2 of the number of weights of each question.
pub(crate) const BITS: u32 = 17;

/// The questions, each with weights of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    /// Whether a word is a cue.
    Cue,
    /// The end of the content that is next to the cue.
    Near,
    /// The other end of the content.
    Far,
    /// Whether the content continues behind the attribution.
    More,
    /// The source.
    Source,
    /// Whether the whole is an attribution.
    Accept,
}

/// How many questions there are.
pub(crate) const QUESTIONS: usize = 6;

/// How many weights a question has.
const SLOTS: usize = 1 << BITS;

/// Weights of one byte each, with one scale a question.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    scales: [f32; QUESTIONS],
    /// [`SLOTS`] of each question, one question behind the other.
    weights: Vec<i8>,
}

/// Takes the features of one candidate, one by one: to add up their weights, or to learn from them.
pub(crate) trait Features {
    /// Adds a feature of up to two values; `template` says what the values mean.
    fn add(&mut self, template: u32, a: u32, b: u32);
}

/// The sum of the weights of one candidate's features.
#[derive(Debug)]
pub(crate) struct Tally<'m> {
    weights: &'m [i8; SLOTS],
    scale: f32,
    sum: i32,
}

impl Features for Tally<'_> {
    #[expect(
        clippy::inline_always,
        reason = "dozens of calls a candidate, each shorter than a call"
    )]
    #[inline(always)]
    fn add(&mut self, template: u32, a: u32, b: u32) {
        self.sum += i32::from(self.weights[slot(feature(template, a, b))]);
    }
}

impl Tally<'_> {
    /// The sum so far, as a logit.
    pub(crate) fn score(&self) -> f32 {
        self.sum as f32 * self.scale
    }
}

#[cfg(feature = "tools")]
impl Features for Vec<u32> {
    fn add(&mut self, template: u32, a: u32, b: u32) {
        self.push(feature(template, a, b));
    }
}

/// The first bytes of the file.
const MAGIC: [u8; 4] = *b"NDXQ";

static SHIPPED: LazyLock<Model> =
    LazyLock::new(|| Model::read(include_bytes!("quotes.model")).unwrap_or_else(Model::empty));

impl Model {
    /// The model that comes with the program.
    pub(crate) fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// A model whose scores are all zero.
    pub(crate) fn empty() -> Self {
        Self { scales: [0.0; QUESTIONS], weights: vec![0; QUESTIONS * SLOTS] }
    }

    /// Rounds trained weights, one table a question.
    #[cfg(feature = "tools")]
    pub(crate) fn quantise(tables: &[Vec<f32>]) -> Self {
        let mut model = Self::empty();
        for (question, table) in tables.iter().enumerate() {
            let largest = table.iter().fold(0.0_f32, |m, w| m.max(w.abs())).max(1e-6);
            let scale = largest / 127.0;
            model.scales[question] = scale;
            for (i, weight) in table.iter().enumerate() {
                model.weights[question * SLOTS + i] = (weight / scale).round() as i8;
            }
        }
        model
    }

    /// Room for the features of one candidate for the answer.
    #[inline]
    pub(crate) fn tally(&self, question: Question) -> Tally<'_> {
        let question = question as usize;
        Tally {
            weights: &self.weights.as_chunks().0[question],
            scale: self.scales[question],
            sum: 0,
        }
    }

    /// What `Model::write` wrote; `None` if it is damaged or of another version.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let (body, sum) = bytes.split_last_chunk::<4>()?;
        let (magic, rest) = body.split_first_chunk::<4>()?;
        let (version, rest) = rest.split_first_chunk::<4>()?;
        let sound = *magic == MAGIC
            && u32::from_le_bytes(*version) == VERSION
            && u32::from_le_bytes(*sum) == checksum(body);
        let (scales, weights) = rest.split_at_checked(4 * QUESTIONS)?;
        if !sound || weights.len() != QUESTIONS * SLOTS {
            return None;
        }
        let mut model = Self::empty();
        for (scale, bytes) in model.scales.iter_mut().zip(scales.as_chunks::<4>().0) {
            *scale = f32::from_le_bytes(*bytes);
        }
        for (weight, byte) in model.weights.iter_mut().zip(weights) {
            *weight = byte.cast_signed();
        }
        Some(model)
    }

    #[cfg(any(test, feature = "tools"))]
    /// The file: magic, version, scales, weights, checksum; little endian.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(QUESTIONS * SLOTS + 64);
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(self.scales.iter().flat_map(|scale| scale.to_le_bytes()));
        bytes.extend(self.weights.iter().map(|weight| weight.cast_unsigned()));
        let sum = checksum(&bytes);
        bytes.extend(sum.to_le_bytes());
        bytes
    }
}

/// Where the weight of a feature lies in its table.
#[expect(clippy::inline_always, reason = "dozens of calls a candidate, each shorter than a call")]
#[inline(always)]
pub(crate) fn slot(feature: u32) -> usize {
    (feature >> (32 - BITS)) as usize
}

/// Two values and their meaning as one number; the upper bits are the well mixed ones.
#[expect(clippy::inline_always, reason = "dozens of calls a candidate, each shorter than a call")]
#[inline(always)]
fn feature(template: u32, a: u32, b: u32) -> u32 {
    let mixed = a.wrapping_mul(0x85eb_ca6b).rotate_left(13) ^ b.wrapping_mul(0xc2b2_ae35);
    (mixed ^ template.wrapping_mul(0x27d4_eb2f)).wrapping_mul(0x9e37_79b1)
}

/// FNV-1a.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |h, &b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// 0 to 1.
pub(crate) fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_in_the_repository_is_whole_and_of_this_version() {
        let bytes = include_bytes!("quotes.model");
        let model = Model::read(bytes).expect("checksum, version and size agree");
        assert_eq!(model.write(), bytes);
    }

    #[test]
    fn damaged_and_foreign_files_are_refused() {
        let mut bytes = Model::empty().write();
        assert!(Model::read(&bytes).is_some());
        assert!(Model::read(&bytes[..bytes.len() - 1]).is_none());
        bytes[100] ^= 1;
        assert!(Model::read(&bytes).is_none());
        assert!(Model::read(b"").is_none());
    }
}
