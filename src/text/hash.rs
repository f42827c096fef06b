//! Hashes of words, affixes and features for the names model. Model files are made with them: a change of any result raises
//! [`VERSION`].

use super::fold::fold_letters;
use crate::text::Text;
use crate::text::byte_classes;

/// Version of the hashes in the header of a model file; the program refuses other versions.
pub const VERSION: u32 = 2;

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
/// The bit of each byte by which lower case differs from upper; ASCII digits and common marks have it set.
const LOWER: u64 = 0x2020_2020_2020_2020;

/// Hash of a word in lower case without combining marks: `Müller`, `MULLER` and `muller` have one.
pub fn word(word: &str) -> u32 {
    if word.is_ascii() {
        return bytes(word.as_bytes());
    }
    bytes(fold_letters(word).as_bytes())
}

/// The [`word`] hash of token `i`.
pub fn token(text: &Text<'_>, i: usize) -> u32 {
    word(text.word(i))
}

/// Hash of bytes, ASCII letters in lower case.
pub fn bytes(bytes: &[u8]) -> u32 {
    let mut hash = bytes.len() as u64;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        hash = mix(hash, u64::from_le_bytes(*chunk) | LOWER);
    }
    if !rest.is_empty() {
        hash = mix(hash, byte_classes::number(rest).unwrap_or_default() | LOWER);
    }
    (hash >> 32) as u32
}

fn mix(hash: u64, chunk: u64) -> u64 {
    (hash.rotate_left(23) ^ chunk).wrapping_mul(MULTIPLIER)
}

/// Checksum of a model file's content (FNV-1a).
pub fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811C_9DC5, |sum, &byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Hash of a feature: its template and two values.
#[inline]
pub fn feature(template: u32, a: u32, b: u32) -> u32 {
    let mixed = (u64::from(a) << 32 | u64::from(b))
        ^ (u64::from(template) << 57 | u64::from(template) << 23);
    (mixed.wrapping_mul(MULTIPLIER) ^ (mixed >> 29))
        .wrapping_mul(0xBF58_476D_1CE4_E5B9)
        .rotate_left(32) as u32
}

/// As [`feature`], but all features with the same `line` and `a` share a cache line of eight rows.
#[inline]
pub fn in_line(line: u32, template: u32, a: u32, b: u32) -> u32 {
    feature(100 + line, a, 0) & !7 | feature(template, 0, b) >> 29
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_count() {
        for (a, b) in [
            ("Müller", "MULLER"),
            ("O'Brien", "o'brien"),
            ("Internationalisation", "INTERNATIONALISATION"),
        ] {
            assert_eq!(word(a), word(b));
        }
        assert_ne!(word("Ali"), word("Alia"));
    }

    /// A failure here means that the shipped model no longer fits: raise [`VERSION`] and train again.
    #[test]
    fn hashes_are_those_that_the_model_was_trained_with() {
        let hashes =
            [word("Doe"), word("Internationalisation"), feature(3, 5, 7), in_line(1, 3, 5, 7)];
        assert_eq!(
            (VERSION, hashes),
            (2, [54_301_926, 1_658_912_092, 1_745_420_886, 3_623_718_531])
        );
    }
}
