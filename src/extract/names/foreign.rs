//! Names in other languages than English, where capitals say less: only those that the lexicon confirms are kept.

use rustc_hash::FxHashSet;

use super::lexicon::Lexicon;
use super::{Kind, Mention};
use crate::text::hash;
use crate::text::{Shape, Text};

/// From this [`super::lexicon::Entry::place`] on, a word is a place in any language: a city of 100,000, a country.
const LARGE: u32 = 2;

/// Removes the doubtful ones of names that were found as if the text were English.
pub fn keep_certain(lexicon: &Lexicon<'_>, text: &Text<'_>, mentions: &mut Vec<Mention>) {
    let words = |m: &Mention| {
        let capitals = m.tokens.clone().filter(|&i| text.tokens[i].shape.is_capital());
        capitals.map(|i| hash::token(text, i)).collect::<Vec<_>>()
    };
    let mut known = FxHashSet::default();
    for mention in mentions.iter().filter(|m| m.kind == Kind::Person) {
        let words = words(mention);
        if words.len() > 1 && lexicon.get(words[0]).given() > 0 {
            known.extend(words);
        }
    }
    mentions.retain(|mention| match mention.kind {
        Kind::Person => words(mention).last().is_some_and(|word| known.contains(word)),
        Kind::Place => words(mention).iter().any(|&word| lexicon.get(word).place() >= LARGE),
        Kind::Organisation => mention.tokens.clone().any(|i| text.tokens[i].shape == Shape::Upper),
        Kind::Other => false,
    });
}
