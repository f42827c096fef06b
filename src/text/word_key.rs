//! Words as 32-bit keys, ASCII letters in lower case: for the tables and the model of quotations, which are made with them.

use crate::text::byte_classes;
use crate::text::segmentation::Text;

/// FNV-1a of a word with its ASCII letters in lower case and curly apostrophes as straight ones.
pub(crate) fn key(word: &str) -> u32 {
    let bytes = word.as_bytes();
    if let Some(number) =
        byte_classes::number(bytes).filter(|&number| byte_classes::is_ascii(number))
    {
        return key_of_number(number, bytes.len());
    }
    if word.is_ascii() {
        return bytes.iter().copied().fold(0x811c_9dc5, key_step);
    }
    let mut hash = 0x811c_9dc5_u32;
    let mut at = 0;
    while at < bytes.len() {
        let curly = bytes[at..].starts_with("’".as_bytes());
        let byte = if curly { b'\'' } else { bytes[at].to_ascii_lowercase() };
        hash = key_step(hash, byte);
        at += if curly { 3 } else { 1 };
    }
    hash
}

fn key_step(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(PRIME)
}

/// The [`key`] of token `i`.
pub(crate) fn key_of_token(text: &Text<'_>, i: usize) -> u32 {
    let Some(number) = text.number(i) else { return key(text.word(i)) };
    key_of_number(number, (text.tokens[i].end - text.tokens[i].start) as usize)
}

fn key_of_number(number: u64, length: usize) -> u32 {
    let bytes = byte_classes::in_lower_case(number).to_le_bytes();
    let steps = bytes.iter().zip(&STEPS[length]);
    steps.fold(0x811c_9dc5, |hash, (&byte, step)| (hash ^ u32::from(byte)).wrapping_mul(*step))
}

/// The factor of [`key_of_number`] at each byte of a word, by the word's length: 1 behind its end, where the bytes are zero. A
/// loop to the end of the word would be mispredicted at most words.
static STEPS: [[u32; 8]; 9] = {
    let mut steps = [[1; 8]; 9];
    let mut length = 1;
    while length < 9 {
        let mut i = 0;
        while i < length {
            steps[length][i] = PRIME;
            i += 1;
        }
        length += 1;
    }
    steps
};

const PRIME: u32 = 0x0100_0193;

/// The [`key`] of a constant word, which is in lower case and has straight apostrophes.
pub(crate) const fn key_of(word: &str) -> u32 {
    let bytes = word.as_bytes();
    let mut hash = 0x811c_9dc5_u32;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u32).wrapping_mul(PRIME);
        at += 1;
    }
    hash
}

/// [`key_of`] each word.
pub(crate) const fn keys_of<const N: usize>(words: [&str; N]) -> [u32; N] {
    let mut keys = [0; N];
    let mut i = 0;
    while i < N {
        keys[i] = key_of(words[i]);
        i += 1;
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_the_keys_of_their_words() {
        let body = "I do So Said FOUND Thirty Hundred Thousand Ministers Élysée don’t stop";
        let text = Text::new(body);
        for i in 0..text.tokens.len() {
            let word = text.word(i);
            let by_bytes = key_of(&word.to_ascii_lowercase().replace('’', "'"));
            assert_eq!([key_of_token(&text, i), key(word)], [by_bytes; 2], "{word}");
        }
    }
}
