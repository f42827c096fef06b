//! Text as bytes, words and sentences, for extraction, index and queries alike: the classes of bytes ([`byte_classes`]),
//! paragraphs, sentences and tokens ([`Text`]), the words that are searched ([`words()`]), their folded forms ([`fold()`]),
//! other [`readings`], [`spelling()`] and stems ([`stem`]), and the hashes of words in tables and models ([`hash`],
//! [`word_key`], [`name_key`]).
//!
//! What words mean is for the callers.

pub(crate) mod byte_classes;
pub mod segmentation;

mod sentences;
mod span;
mod token;

pub(crate) mod fold;
pub(crate) mod joined;
pub(crate) mod readings;
pub(crate) mod spelling;
pub(crate) mod stems;
pub(crate) mod words;

pub mod hash;
pub(crate) mod name_key;
pub(crate) mod word_key;

pub use fold::{fold, fold_umlauts, folded_words};
pub(crate) use joined::BREAKING_MARKS;
pub use joined::joined;
pub use readings::{Reading, readings};
pub use segmentation::Text;
pub use span::{Boundaries, Span};
pub use spelling::{is_in_capitals, lower_spelling, spelling};
pub use stems::{is_found_by, is_looked_for, is_stemmed, stem, stems};
pub use token::{Shape, Token};
pub use words::{MAX_WORD, Words, words, words_in};
