//! The weights that decide what the marks alone do not: which words attribute, where the reported words begin and end,
//! who is their source, and whether all of that is to be believed. It scores hashed features; which features there
//! are is the business of the modules that ask.

use std::sync::LazyLock;

/// Raised whenever features or file format change: weights of another version say nothing.
pub(crate) const VERSION: u32 = 1;

/// log2 of the number of weights of each question.
pub(crate) const BITS: u32 = 17;

/// The questions, each with weights of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    /// Does this word attribute?
    Cue,
    /// Where do the reported words begin or end next to it?
    Near,
    /// Where is their other end?
    Far,
    /// Do they go on behind the attribution?
    More,
    /// Who is their source?
    Source,
    /// Is the whole an attribution?
    Accept,
}

/// How many questions there are.
pub(crate) const QUESTIONS: usize = 6;

/// Weights of one byte each, with one scale a question.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    scales: [f32; QUESTIONS],
    weights: Vec<i8>,
}

/// The first bytes of the file.
const MAGIC: [u8; 4] = *b"NDXQ";

static SHIPPED: LazyLock<Model> =
    LazyLock::new(|| Model::read(include_bytes!("quotes.model")).unwrap_or_else(Model::empty));

impl Model {
    /// The one in the repository.
    pub(crate) fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// One that answers nothing.
    pub(crate) fn empty() -> Self {
        Self { scales: [0.0; QUESTIONS], weights: vec![0; QUESTIONS << BITS] }
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
                model.weights[(question << BITS) + i] = (weight / scale).round() as i8;
            }
        }
        model
    }

    /// The sum of the features' weights.
    pub(crate) fn score(&self, question: Question, features: &[u32]) -> f32 {
        // An array of known length: no bounds are checked in the loop.
        let table = self.weights[(question as usize) << BITS..].first_chunk::<{ 1 << BITS }>();
        let Some(table) = table else { return 0.0 };
        let sum: i32 = features.iter().map(|&f| i32::from(table[slot(f)])).sum();
        sum as f32 * self.scales[question as usize]
    }

    /// What [`Model::write`] wrote; `None` if it is damaged or of another version.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let (body, sum) = bytes.split_last_chunk::<4>()?;
        let (magic, rest) = body.split_first_chunk::<4>()?;
        let (version, rest) = rest.split_first_chunk::<4>()?;
        let sound = *magic == MAGIC
            && u32::from_le_bytes(*version) == VERSION
            && u32::from_le_bytes(*sum) == checksum(body);
        let (scales, weights) = rest.split_at_checked(4 * QUESTIONS)?;
        if !sound || weights.len() != QUESTIONS << BITS {
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
        let mut bytes = Vec::with_capacity(self.weights.len() + 64);
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
pub(crate) fn slot(feature: u32) -> usize {
    (feature.wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as usize
}

/// One feature of up to two values; `template` tells apart what the values mean.
pub(crate) fn feature(template: u32, a: u32, b: u32) -> u32 {
    let mixed = a.wrapping_mul(0x85eb_ca6b).rotate_left(13) ^ b.wrapping_mul(0xc2b2_ae35);
    (mixed ^ template.wrapping_mul(0x27d4_eb2f)).wrapping_mul(0x1656_67b1) ^ mixed >> 15
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
