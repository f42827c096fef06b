//! Text as bytes, words and sentences, cut and folded in one place for extraction, index and queries: the classes of
//! bytes ([`byte_classes`]), paragraphs, sentences and tokens ([`Text`]), the words that are searched ([`words()`]), their
//! folded forms ([`fold()`]) and stems ([`stem`]), and the numbers that tables know words by ([`hash`], [`word_key`],
//! [`name_key`]).
//!
//! What words mean is others' business.

pub(crate) mod byte_classes;
pub mod segmentation;

mod sentences;
mod span;

pub(crate) mod fold;
pub(crate) mod stems;
pub(crate) mod words;

pub mod hash;
pub(crate) mod name_key;
pub(crate) mod word_key;
pub(crate) mod word_table;

pub use fold::{fold, folded_words};
pub use segmentation::{Text, Token};
pub use span::{Cuts, Span};
pub use stems::{is_found_by, is_looked_for, is_stemmed, stem, stems};
pub use words::{MAX_WORD, Words, words, words_in};
