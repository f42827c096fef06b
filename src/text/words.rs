//! The words that are indexed and searched: runs of letters and digits, inner apostrophes joined. Folding them is for
//! [`fold`](super::fold).
//!
//! These are not the tokens of [`segmentation`](super::segmentation), which serve to read sentences. A token keeps the
//! hyphens of `al-Sadr`, the full stops of `U.S.` and the comma of `5,000`, and marks are tokens too; a query finds the parts
//! (`sadr`, `u`, `s`), and marks have no position. Han and Thai characters are words of their own here, as a query
//! cannot segment them; tokens keep them joined. Shared is what both have: the [`Block`]s of byte classes and
//! [`continues_word`].

use std::ops::Range;

use super::Span;
use super::byte_classes::{Block, continues_word};

/// Longest word in bytes that gives a term; a longer one only takes up its position.
pub const MAX_WORD: usize = 128;

/// The byte ranges of the words of `text`, in order; word *n* is at position *n* in the index.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0, block: Block::of(text.as_bytes(), 0) }
}

/// The iterator of [`words`].
#[derive(Clone, Debug)]
pub struct Words<'a> {
    text: &'a str,
    at: usize,
    block: Block,
}

impl Words<'_> {
    /// The next word, and whether it has only ASCII letters and digits.
    pub(crate) fn next_with_kind(&mut self) -> Option<(Range<usize>, bool)> {
        let bytes = self.text.as_bytes();
        let start = loop {
            if self.at >= self.block.end() {
                if self.at >= bytes.len() {
                    return None;
                }
                self.block = Block::of(bytes, self.at);
            }
            let Some(start) = self.block.first_of_word(self.at) else {
                self.at = self.block.end();
                continue;
            };
            if bytes[start].is_ascii() {
                break start;
            }
            let c = self.text[start..].chars().next()?;
            if c.is_alphanumeric() && !is_ordinal_mark(c) {
                break start;
            }
            self.at = start + c.len_utf8();
        };
        let plain_end =
            self.block.end_of_plain(start).filter(|&end| bytes.get(end) != Some(&b'\''));
        self.at = plain_end.unwrap_or_else(|| word_end(self.text, start));
        Some((start..self.at, plain_end.is_some()))
    }
}

impl Iterator for Words<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_with_kind().map(|(range, _)| range)
    }
}

/// The end of the word at `start`, which includes apostrophes before letters. Characters of scripts without spaces are
/// words of their own.
fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = start;
    loop {
        end += bytes[end..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let Some(&byte) = bytes.get(end) else { break };
        if byte.is_ascii() && byte != b'\'' {
            break;
        }
        let Some(c) = text[end..].chars().next() else { break };
        if is_unspaced(c) {
            return if end == start { end + c.len_utf8() } else { end };
        }
        let joins = match c {
            _ if is_ordinal_mark(c) => false,
            '\'' | '’' => {
                text[end + c.len_utf8()..].chars().next().is_some_and(char::is_alphabetic)
            }
            _ => continues_word(c),
        };
        if !joins {
            break;
        }
        end += c.len_utf8();
    }
    end
}

/// Whether the character is the raised letter of `nº5` and `3ª`, which separates: numbers are found without it.
fn is_ordinal_mark(c: char) -> bool {
    matches!(c, 'º' | 'ª')
}

/// Whether the character is of a script without spaces between words: Han, Hiragana, Katakana, Thai, Lao, Khmer.
fn is_unspaced(c: char) -> bool {
    matches!(c as u32, 0x0e00..=0x0eff | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x9fff | 0x20000..=0x2ffff)
}

/// The positions of those of `words` (byte ranges of a text) that lie in `span`.
pub fn words_in(words: &[Range<usize>], span: Span) -> Range<usize> {
    let first = words.partition_point(|word| word.start < span.start as usize);
    let end = words.partition_point(|word| word.end <= span.end as usize);
    first..end.max(first)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_found_in_blocks_as_byte_by_byte(text in "([a-z0-9]{0,90}|[ .,'’éº\u{301}東]|\\PC){0,40}") {
            let mut slowly = Vec::new();
            let mut at = 0;
            while let Some(c) = text[at..].chars().next() {
                let is_part = c.is_alphanumeric() && !is_ordinal_mark(c);
                let end = if is_part { word_end(&text, at) } else { at };
                if end > at {
                    slowly.push(at..end);
                }
                at = end.max(at + c.len_utf8());
            }
            prop_assert_eq!(words(&text).collect::<Vec<_>>(), slowly);
        }
    }
}
