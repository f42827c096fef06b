//! The trained weights: one file, read in place. A row has a byte for each of eight labels and is found by feature hash.

use super::features::{self, TEMPLATES};
use super::lexicon::Lexicon;
use super::observations::Observations;
use crate::text::hash;

/// Labels of a word, in the order of a row's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Label {
    /// In no name.
    Outside,
    /// First word of a person's name.
    Person,
    /// Further word of it.
    InPerson,
    /// First word of an organisation's name.
    Organisation,
    /// Further word of it.
    InOrganisation,
    /// First word of a place's name.
    Place,
    /// Further word of it.
    InPlace,
    /// Any word of another name.
    Other,
}

/// Number of labels.
pub const LABELS: usize = 8;

/// All labels, by number.
pub const ALL: [Label; LABELS] = [
    Label::Outside,
    Label::Person,
    Label::InPerson,
    Label::Organisation,
    Label::InOrganisation,
    Label::Place,
    Label::InPlace,
    Label::Other,
];

/// Scores of the labels of one word; a score of [`ONE`] is a logit of 1.
pub type Row = [i16; LABELS];

/// A logit of 1 in the file's bytes, which hold -7.9 to 7.9.
pub const ONE: f32 = 16.0;

/// First bytes of a model file.
pub const MAGIC: [u8; 8] = *b"NDXNAMES";

/// Header: [`MAGIC`], then u32 little-endian: hash version, templates, first-pass rows, second-pass rows, lexicon
/// slots, checksum of all behind the header.
pub const HEADER: usize = 8 + 6 * 4;

/// Scores of a label after another, for one pass: `[before][label]`; the last row is for the first word of a run.
pub type Transitions = [Row; LABELS + 1];

/// A model file, read in place.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    transitions: [Transitions; 2],
    first: &'a [[u8; LABELS]],
    second: &'a [[u8; LABELS]],
    lexicon: Lexicon<'a>,
}

/// The file is no model, or one of another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongFile;

/// Aligns the file's rows to cache lines.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static SHIPPED: &Aligned<[u8]> = &Aligned(*include_bytes!("model.bin"));

impl Model<'static> {
    /// The model that comes with the program.
    pub fn shipped() -> &'static Self {
        static MODEL: std::sync::LazyLock<Model<'static>> = std::sync::LazyLock::new(|| {
            Model::from_bytes(&SHIPPED.0)
                .expect("the shipped model is of this version: a test holds it")
        });
        &MODEL
    }
}

impl<'a> Model<'a> {
    /// Reads a model file; its versions and sizes must be those of this program.
    pub fn from_bytes(file: &'a [u8]) -> Result<Self, WrongFile> {
        let (header, rest) = file.split_at_checked(HEADER).ok_or(WrongFile)?;
        let number = |i: usize| {
            let mut bytes = [0; 4];
            bytes.copy_from_slice(&header[8 + 4 * i..12 + 4 * i]);
            u32::from_le_bytes(bytes)
        };
        if header[..8] != MAGIC || number(0) != hash::VERSION || number(1) as usize != TEMPLATES {
            return Err(WrongFile);
        }
        let (transitions, rest) =
            rest.split_at_checked(2 * (LABELS + 1) * LABELS * 2).ok_or(WrongFile)?;
        let (rows, []) = rest.as_chunks::<LABELS>() else { return Err(WrongFile) };
        let (first, rows) = rows.split_at_checked(number(2) as usize).ok_or(WrongFile)?;
        let (second, slots) = rows.split_at_checked(number(3) as usize).ok_or(WrongFile)?;
        if !first.len().is_power_of_two()
            || !second.len().is_power_of_two()
            || slots.len() != number(4) as usize
        {
            return Err(WrongFile);
        }
        let lexicon = Lexicon::new(slots).ok_or(WrongFile)?;
        Ok(Self { transitions: read_transitions(transitions), first, second, lexicon })
    }

    /// Its lexicon.
    pub fn lexicon(&self) -> &Lexicon<'a> {
        &self.lexicon
    }

    /// Transitions of the first (0) or second (1) pass.
    pub fn transitions(&self, pass: usize) -> &Transitions {
        &self.transitions[pass]
    }

    /// First-pass scores of every observation; zero for those outside runs.
    ///
    /// The rows of several words are fetched before any is added up: the table is larger than the processor's cache.
    pub fn score(&self, seen: &Observations<'_>) -> Vec<Row> {
        let mut scores = vec![[0; LABELS]; seen.observations.len()];
        let mut words =
            seen.runs.iter().flat_map(|run| run.words.clone().map(move |word| (run, word)));
        let mut features = [[0; TEMPLATES]; TOGETHER];
        let mut weights = [[0; TEMPLATES]; TOGETHER];
        loop {
            let mut at = [0; TOGETHER];
            let mut count = 0;
            for ((at, features), (run, word)) in at.iter_mut().zip(&mut features).zip(&mut words) {
                *at = word;
                *features = features::of(seen, run, word);
                count += 1;
            }
            for (weights, features) in weights.iter_mut().zip(&features).take(count) {
                fetch(self.first, features, weights);
            }
            for (&at, weights) in at.iter().zip(&weights).take(count) {
                add(&mut scores[at], weights);
            }
            if count < TOGETHER {
                return scores;
            }
        }
    }

    /// Adds the second-pass weights of `features` to `row`.
    pub fn add_second<const N: usize>(&self, row: &mut Row, features: &[u32; N]) {
        let mut weights = [0; N];
        fetch(self.second, features, &mut weights);
        add(row, &weights);
    }
}

/// Words whose rows are fetched together.
const TOGETHER: usize = 8;

/// Fills in the rows of `features`, eight bytes each.
#[inline]
fn fetch<const N: usize>(table: &[[u8; LABELS]], features: &[u32; N], weights: &mut [u64; N]) {
    let mask = table.len() - 1;
    for (weights, &feature) in weights.iter_mut().zip(features) {
        *weights = u64::from_le_bytes(table[feature as usize & mask]);
    }
}

/// Adds all `weights` to `row`.
///
/// The bytes are made positive and summed four at a time, each in sixteen bits.
#[inline]
fn add<const N: usize>(row: &mut Row, weights: &[u64; N]) {
    const { assert!(N <= MOST_AT_ONCE) }
    let (mut even, mut odd) = (0, 0);
    for &weights in weights {
        let weights = weights ^ ALL_POSITIVE;
        even += weights & EVEN_BYTES;
        odd += weights >> 8 & EVEN_BYTES;
    }
    let raised = (N << 7) as u16;
    for (label, sum) in row.iter_mut().enumerate() {
        let four: u64 = if label % 2 == 0 { even } else { odd };
        *sum += ((four >> (8 * (label & !1))) as u16).wrapping_sub(raised).cast_signed();
    }
}

/// Turns -128..=127 into 0..=255, in each byte.
const ALL_POSITIVE: u64 = 0x8080_8080_8080_8080;
const EVEN_BYTES: u64 = 0x00FF_00FF_00FF_00FF;
/// Most bytes whose sum fits into fifteen bits.
const MOST_AT_ONCE: usize = 128;

fn read_transitions(bytes: &[u8]) -> [Transitions; 2] {
    let mut all = [[[0; LABELS]; LABELS + 1]; 2];
    let (pairs, _) = bytes.as_chunks::<2>();
    for (cell, pair) in all.iter_mut().flatten().flatten().zip(pairs) {
        *cell = i16::from_le_bytes(*pair);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_is_whole_and_of_this_version() {
        let file = &SHIPPED.0;
        let model = Model::from_bytes(file).expect("hash version, templates and sizes fit");
        assert!(file.len() <= 8 << 20, "a model is at most 8 MB");
        let checksum = u32::from_le_bytes(file[HEADER - 4..HEADER].try_into().expect("four bytes"));
        assert_eq!(hash::checksum(&file[HEADER..]), checksum);
        assert!(model.lexicon().get(hash::word("Jane")).given() > 0);
    }

    #[test]
    fn other_files_are_refused() {
        let mut file = SHIPPED.0.to_vec();
        file.pop();
        assert_eq!(Model::from_bytes(&file).err(), Some(WrongFile));
        file.push(0);
        file[8] ^= 1;
        assert_eq!(Model::from_bytes(&file).err(), Some(WrongFile));
        assert_eq!(Model::from_bytes(b"").err(), Some(WrongFile));
    }
}
