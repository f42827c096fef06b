//! The words of a place's name: capitals, particles between them, abbreviations, and a dash without blanks.

use super::marks::{is_and, is_particle, is_saint};
use super::{Ending, Joint, Name, Reader};
use crate::article::Span;
use crate::calendar::printed;
use crate::text::segmentation::Shape;

/// A place has no more words: `San Martín de los Andes`.
const MAX_WORDS: usize = 6;

/// The first byte of a dash in UTF-8, read as Latin-1; the others were lost.
const DAMAGED_DASH: char = 'â';

/// Rivers that tell towns of one name apart: `Frankfurt/Main`.
const RIVERS: &[&str] = &[
    "Main", "Oder", "Saale", "Spree", "Neckar", "Donau", "Ruhr", "Rhein", "Wied", "Weser", "Mosel",
    "Lahn", "Aller", "M.", "O.",
];

impl Reader<'_, '_> {
    /// Reads the words of a name.
    pub(super) fn name(&mut self, joint: Joint) -> Option<()> {
        let start = self.at;
        self.lower |= joint == Joint::First && self.is_lower_dateline(start);
        if !self.opens_name(start) {
            return None;
        }
        if let Some(cut) = self.glued_dash(start) {
            self.glued(start, cut, joint);
            return Some(());
        }
        let mut end = start + 1;
        let mut words = 1;
        while end < self.limit
            && words <= MAX_WORDS
            && !self.text.opens_line(end)
            && !self.starts_time(end)
        {
            if self.opens_name(end) && self.text.tokens[end].spaced {
                if let Some(cut) = self.glued_dash(end) {
                    self.glued(start, cut, joint);
                    return Some(());
                }
                end += 1;
            } else if let Some(next) = self.particles(end) {
                end = next + 1;
            } else if self.word(end) == "."
                && is_saint(self.word(end - 1))
                && self.opens_name(end + 1)
            {
                end += 1;
                continue;
            } else {
                break;
            }
            words += 1;
        }
        if words > MAX_WORDS {
            return None;
        }
        if self.is_river(end) {
            end += 2;
        }
        self.names.push(Name { span: self.text.span(start..end), joint });
        self.advance(end);
        Some(())
    }

    /// `cedar rapids, may 9 -`: small letters are a name only where a month follows.
    fn is_lower_dateline(&self, at: usize) -> bool {
        let comma = (at + 1..(at + 5).min(self.limit)).find(|&i| self.word(i) == ",");
        comma.is_some_and(|comma| {
            let small = |i| {
                let word = self.word(i);
                self.shape(i) == Some(Shape::Lower) && !is_particle(word) && !is_and(word)
            };
            (at..comma).any(small)
                && (at..comma).all(|i| self.shape(i) != Some(Shape::Mark))
                && printed::date(self.text, comma + 1).is_some()
        })
    }

    /// A capital, or a letter of a script without capitals.
    fn opens_name(&self, at: usize) -> bool {
        match self.shape(at) {
            Some(Shape::Capital | Shape::Upper) => true,
            Some(Shape::Lower) => {
                self.lower || !self.word(at).starts_with(|c: char| c.is_lowercase())
            }
            _ => false,
        }
    }

    /// The capital behind up to three particles: `de los` in `San Martín de los Andes`.
    fn particles(&self, at: usize) -> Option<usize> {
        let next = (at..self.limit.min(at + 3)).find(|&i| !is_particle(self.word(i)))?;
        (next > at && next < self.limit && self.opens_name(next)).then_some(next)
    }

    /// `Frankfurt/Main` is one place.
    fn is_river(&self, at: usize) -> bool {
        self.word(at) == "/"
            && RIVERS.iter().any(|river| river.eq_ignore_ascii_case(self.word(at + 1)))
    }

    /// The byte of the dash in `LONDON-The`, which is one token, or of what is left of a damaged one: `LONDONâ The`.
    fn glued_dash(&self, at: usize) -> Option<u32> {
        let word = self.word(at);
        if let Some(left) = word.strip_suffix(DAMAGED_DASH) {
            let capitals = left.len() >= 3 && left.bytes().all(|b| b.is_ascii_uppercase());
            return capitals.then(|| self.text.tokens[at].start + left.len() as u32);
        }
        let (left, right) = word.split_once('-')?;
        let capitals = left.len() >= 4 && left.chars().all(char::is_uppercase);
        let sentence = right.chars().skip(1).any(char::is_lowercase) && right.len() > 1;
        (capitals && sentence && right.starts_with(char::is_uppercase))
            .then(|| self.text.tokens[at].start + left.len() as u32)
    }

    /// The name up to the dash within a token.
    fn glued(&mut self, start: usize, cut: u32, joint: Joint) {
        let span = Span { start: self.text.tokens[start].start, end: cut };
        self.names.push(Name { span, joint });
        self.last_end = cut;
        while self.text.tokens[self.at].end <= cut {
            self.at += 1;
        }
        self.at += usize::from(self.word(self.at).ends_with(DAMAGED_DASH));
        self.ending = Some(Ending::Dash);
    }
}
