//! Words as 32-bit keys, ASCII letters in lower case: for the tables and the model of quotations, which are made with them.

use crate::text::Text;

/// FNV-1a of a word with its ASCII letters in lower case and curly apostrophes as straight ones.
pub(crate) fn key(word: &str) -> u32 {
    let bytes = word.as_bytes();
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
    key(text.word(i))
}

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
