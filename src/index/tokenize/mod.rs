//! How text becomes terms, for indexing and for queries alike.
//!
//! A word is a run of letters and digits, inner apostrophes joined (`O'Brien` is `obrien`), the possessive and elided
//! articles left out (`Iran's` is `iran`, `l'homme` is `homme`). It is folded: lower case, Latin accents off. Each
//! word gives one term, its folded form, and where that took an accent the word with its accents behind it and [`ACCENTED`]
//! (`ete␄été`): so one field answers exact, stemmed, wildcard and proximity queries in any mixture, and the spellings of
//! a word are neighbours among the terms.
//! Further terms are at the same position, each behind a mark of its kind, so that a look-up of words meets none of them:
//!
//! - [`STEM`]: a stemmed query looks for all words of the same stem. Most begin with it, and are
//!   [found](crate::text::is_found_by) among the terms, which are in order. A word that does not (of `party` it is `parti`), or
//!   whose stem is too short to look for, gives its stem in the text's language: one in twenty.
//! - [`READING`]: what neighbouring words can be read as ([`crate::text::readings`]), with their number: `e-mail` is `email` in
//!   two words. It has a stem like a word. In names, a word with umlauts is also read with two letters for each.
//! - [`ACRONYM`]: a short word in capitals (`US`), at one place or a few of a text.

mod further_terms;
mod names;
mod stem_cache;
mod word_tokenizer;

use tantivy::tokenizer::TokenizerManager;

use self::names::NameTokenizer;
use self::word_tokenizer::WordTokenizer;

/// Name of the tokenizer of running text.
pub const WORDS: &str = "newsdex-words";
/// Name of the tokenizer of names: the [`length`] of the value, and every word.
pub const NAME: &str = "newsdex-name";
/// Precedes a stem among the terms.
pub const STEM: char = '\u{1}';
/// Precedes a reading among the terms, and the [`STEM`] of one; a character with the number of its words is behind it.
pub const READING: char = '\u{2}';
/// Precedes an acronym among the terms, which keeps its capitals.
pub const ACRONYM: char = '\u{3}';
/// Precedes the spelling of a word with its accents, behind its folded form.
pub const ACCENTED: char = '\u{4}';
/// The first byte that terms of words and lengths begin with: the marks of other terms come before it.
pub const FIRST_OF_WORDS: u8 = b' ';
/// Precedes the [`length`] of a value among the terms of a name field.
pub const LENGTH: char = '=';
/// Precedes the language code in a text that is handed to the tokenizer.
const LANGUAGE: char = '\u{2}';

/// The tokenizers that the schema names.
pub fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(WORDS, WordTokenizer::default());
    manager.register(NAME, NameTokenizer::default());
    manager
}

/// `text` as a value of a [`WORDS`] field: it says in which language it is to be stemmed.
pub fn tagged(text: &str, language: Option<&str>) -> String {
    let mut value = String::with_capacity(text.len() + 4);
    value.push(LANGUAGE);
    value.push_str(language.filter(|l| l.len() == 2).unwrap_or("--"));
    value.push_str(text);
    value
}

pub(super) fn untagged(value: &str) -> (&str, &str) {
    match value.strip_prefix(LANGUAGE) {
        Some(rest) if rest.is_char_boundary(2) => (&rest[2..], &rest[..2]),
        _ => (value, "--"),
    }
}

/// The term of all names of so many words.
pub fn length(words: usize) -> String {
    format!("{LENGTH}{words}")
}

/// The term of a reading that stands for so many words.
pub fn reading(folded: &str, words: u32) -> String {
    format!("{READING}{folded}{}", number(words))
}

/// What all terms of a reading begin with, whatever the number of its words: a character below [`FIRST_OF_WORDS`] is behind it.
pub fn readings(folded: &str) -> String {
    format!("{READING}{folded}")
}

/// The reading, or the stem of one, and the number of words that a term of [`READING`] states.
pub fn reading_of(term: &str) -> Option<(&str, u32)> {
    let term = term.strip_prefix(READING)?;
    let last = term.chars().next_back()?;
    Some((&term[..term.len() - last.len_utf8()], u32::from(last)))
}

/// A number of words as a character.
fn number(words: u32) -> char {
    char::from_u32(words).unwrap_or_default()
}

/// The folded word of a term of a word, and the word with its accents.
pub fn word_of(term: &str) -> (&str, &str) {
    term.split_once(ACCENTED).unwrap_or((term, term))
}

/// The term of a word with accents.
pub fn accented(folded: &str, accented: &str) -> String {
    format!("{folded}{ACCENTED}{accented}")
}

/// The term of an acronym.
pub fn acronym(spelled: &str) -> String {
    format!("{ACRONYM}{spelled}")
}
