//! Of which kind the bytes of a text are, 64 of them at a time; and short words as numbers. Words are of all lengths: told
//! byte by byte, the end of nearly every one takes the processor by surprise. What a word means is others' business.

use std::ops::Range;

/// Bytes of a block.
const SIZE: usize = 64;

/// The kinds of up to 64 bytes of a text: a bit each, that of the first byte lowest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    start: usize,
    /// ASCII letters and digits.
    plain: u64,
    /// Small ASCII letters.
    small: u64,
    /// Bytes of other characters, some of them letters.
    wide: u64,
}

impl Block {
    /// The block of `bytes` that begins at `start`.
    pub(crate) fn of(bytes: &[u8], start: usize) -> Self {
        let mut block = Self { start, plain: 0, small: 0, wide: 0 };
        let rest = bytes.get(start..).unwrap_or_default();
        if let Some(whole) = rest.first_chunk() {
            block.fill(whole);
        } else {
            let mut padded = [b' '; SIZE];
            padded[..rest.len()].copy_from_slice(rest);
            block.fill(&padded);
        }
        block
    }

    fn fill(&mut self, bytes: &[u8; SIZE]) {
        let (eights, _) = bytes.as_chunks::<8>();
        for (eight, bytes) in eights.iter().enumerate() {
            let [plain, small, wide] = kinds(u64::from_le_bytes(*bytes));
            self.plain |= plain << (8 * eight);
            self.small |= small << (8 * eight);
            self.wide |= wide << (8 * eight);
        }
    }

    /// One past its last byte.
    pub(crate) fn end(&self) -> usize {
        self.start + SIZE
    }

    /// The first byte from `at` on, which lies in the block, that a word may begin with.
    pub(crate) fn first_of_word(&self, at: usize) -> Option<usize> {
        let left = (self.plain | self.wide) >> (at - self.start);
        (left != 0).then(|| at + left.trailing_zeros() as usize)
    }

    /// Where the letters and digits of ASCII from `start` on end, if they do so in the block, and no byte of another character
    /// follows.
    pub(crate) fn end_of_plain(&self, start: usize) -> Option<usize> {
        let from = start - self.start;
        let end = from + (!(self.plain >> from)).trailing_zeros() as usize;
        (end < SIZE && self.wide >> end & 1 == 0).then_some(self.start + end)
    }

    /// Of a range that lies in the block and is not empty: is its first byte a small ASCII letter, is any, are all?
    pub(crate) fn small_letters(&self, range: &Range<usize>) -> [bool; 3] {
        let mask = u64::MAX >> (SIZE - range.len());
        let small = self.small >> (range.start - self.start) & mask;
        [small & 1 == 1, small != 0, small == mask]
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;

/// Of bytes below 0x80: the high bit of each then tells whether it is `first` or more.
fn at_least(bytes: u64, first: u8) -> u64 {
    bytes + u64::from(0x80 - first) * ONES
}

/// Of eight bytes, the lowest one first: which are ASCII letters or digits, which small letters, which belong to other
/// characters; a bit each.
fn kinds(bytes: u64) -> [u64; 3] {
    let low = bytes & !HIGH;
    let folded = low | (0x20 * ONES);
    let wide = bytes & HIGH;
    let letters = at_least(folded, b'a') & !at_least(folded, b'z' + 1) & HIGH & !wide;
    let digits = at_least(low, b'0') & !at_least(low, b'9' + 1) & HIGH & !wide;
    // The bit by which small letters differ from capitals stands two below the high one.
    let small = letters & bytes << 2;
    // One multiplication moves eight bits that stand eight apart to the top, side by side.
    let gathered = |high: u64| (high >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    [gathered(letters | digits), gathered(small), gathered(wide)]
}

/// The bytes of a word of at most eight as a number, the first one lowest: most words are told by it in a few steps, and as many
/// for every length.
#[inline]
pub(crate) fn number(word: &[u8]) -> Option<u64> {
    let length = word.len();
    let at = |i: usize| u64::from(word[i]) << (8 * i);
    match (word.first_chunk(), word.last_chunk()) {
        // The two halves overlap in equal bytes.
        (Some(first), Some(last)) if length <= 8 => {
            let high = u64::from(u32::from_le_bytes(*last)) << (8 * (length - 4));
            Some(u64::from(u32::from_le_bytes(*first)) | high)
        }
        _ if length > 8 => None,
        _ if length == 0 => Some(0),
        _ => Some(at(0) | at(length / 2) | at(length - 1)),
    }
}

/// [`number`] of the word in this range of a text, which is not empty.
#[inline]
pub(crate) fn number_in(text: &[u8], word: Range<usize>) -> Option<u64> {
    match text[word.start..].first_chunk() {
        Some(eight) if word.len() <= 8 => {
            Some(u64::from_le_bytes(*eight) & u64::MAX >> (64 - 8 * word.len()))
        }
        _ => number(&text[word]),
    }
}

/// Is it the [`number`] of a word of so many bytes that is a capital ASCII letter, and only small ones behind it?
#[inline]
pub(crate) fn is_capitalised(number: u64, length: usize) -> bool {
    let low = number & !HIGH;
    let small = at_least(low, b'a') & !at_least(low, b'z' + 1) & HIGH & !number;
    let behind = HIGH.checked_shr(64 - 8 * length as u32).unwrap_or_default() & !0xFF;
    (number as u8).is_ascii_uppercase() && small == behind
}

/// The [`number`] of an ASCII word with its capitals made small.
#[inline]
pub(crate) fn in_small_letters(number: u64) -> u64 {
    let capitals = at_least(number, b'A') & !at_least(number, b'Z' + 1) & HIGH;
    number | capitals >> 2
}

/// Does a word of this [`number`] have this byte, an ASCII character that is not zero?
#[inline]
pub(crate) fn has(number: u64, byte: u8) -> bool {
    // Zero where it is that byte; the test for a zero byte is the one of S. E. Anderson's "Bit Twiddling Hacks".
    let other = number ^ (u64::from(byte) * ONES);
    other.wrapping_sub(ONES) & !other & HIGH != 0
}

/// Are all bytes of a [`number`] ASCII?
#[inline]
pub(crate) fn is_ascii(number: u64) -> bool {
    number & 0x8080_8080_8080_8080 == 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_byte_has_its_kind(bytes in prop::collection::vec(any::<u8>(), 0..70), start in 0_usize..70) {
            let block = Block::of(&bytes, start);
            let bit = |mask: u64, i: usize| mask >> i & 1 == 1;
            for i in 0..SIZE {
                let byte = bytes.get(start + i).copied().unwrap_or(b' ');
                prop_assert_eq!(bit(block.plain, i), byte.is_ascii_alphanumeric());
                prop_assert_eq!(bit(block.small, i), byte.is_ascii_lowercase());
                prop_assert_eq!(bit(block.wide, i), !byte.is_ascii());
            }
        }

        #[test]
        fn a_short_word_is_its_number(bytes in prop::collection::vec(any::<u8>(), 0..10)) {
            let mut padded = [0; 8];
            padded.iter_mut().zip(&bytes).for_each(|(to, byte)| *to = *byte);
            let expected = (bytes.len() <= 8).then(|| u64::from_le_bytes(padded));
            prop_assert_eq!(number(&bytes), expected);
            prop_assert!(expected.is_none_or(|n| is_ascii(n) == bytes.is_ascii()));
        }

        #[test]
        fn a_capital_and_small_letters_are_told_by_the_number(word in "[A-Z][a-z]{0,7}|[@-\\[a-z-]{0,8}|\\PC{0,3}") {
            let bytes = word.as_bytes();
            let [first, rest @ ..] = bytes else { return Ok(()) };
            let expected = first.is_ascii_uppercase() && rest.iter().all(u8::is_ascii_lowercase);
            if let Some(number) = number(bytes) {
                prop_assert_eq!(is_capitalised(number, bytes.len()), expected);
                prop_assert_eq!(has(number, b'-'), word.contains('-'));
                if word.is_ascii() {
                    let small = super::number(word.to_ascii_lowercase().as_bytes());
                    prop_assert_eq!(Some(in_small_letters(number)), small);
                }
            }
        }

        #[test]
        fn words_of_texts_have_the_same_numbers(bytes in prop::collection::vec(any::<u8>(), 1..30), at in 0_usize..30, length in 1_usize..10) {
            let start = at.min(bytes.len() - 1);
            let word = start..(start + length).min(bytes.len());
            prop_assert_eq!(number_in(&bytes, word.clone()), number(&bytes[word]));
        }
    }
}
