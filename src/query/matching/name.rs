//! Matches whole names, without an index, against the value of a clause.

use super::analyzed_text::AnalyzedText;
use super::text_matcher::TextMatcher;
use crate::query::language::clause::Value;
use crate::text;

/// A value of a facet of names, compiled for names.
pub(crate) enum NameMatcher {
    /// Any name.
    Any,
    /// The name that is this when folded.
    Whole(String),
    /// Names of which a part matches.
    Part(TextMatcher),
    /// No name: the value is not one of names.
    Nothing,
}

impl NameMatcher {
    /// For `person:…` and the like.
    pub(crate) fn new(value: &Value) -> Self {
        match value {
            Value::Any => Self::Any,
            Value::Whole(name) => Self::Whole(folded_name(name)),
            Value::Part(pattern) => Self::Part(TextMatcher::new(pattern, &[])),
            Value::Glob(_) | Value::Regex(_) | Value::Range(..) | Value::Open => Self::Nothing,
        }
    }

    /// Whether this [`folded_name`] matches.
    pub(crate) fn accepts(&self, folded: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Whole(name) => name == folded,
            Self::Part(matcher) => !matcher.intervals(&AnalyzedText::new(folded, None)).is_empty(),
            Self::Nothing => false,
        }
    }
}

/// A name as the index compares it: its folded words.
pub(crate) fn folded_name(name: &str) -> String {
    text::folded_words(name).join(" ")
}
