//! Which names a value of a clause means, outside of the index.

use super::{Layout, TextMatcher};
use crate::query::language::clause::Value;
use crate::text;

/// A value of a facet of names, ready to be held against names.
pub(crate) enum NameMatcher {
    /// Any name.
    Any,
    /// This one, folded.
    Whole(String),
    /// Those of which a part is meant.
    Part(TextMatcher),
    /// None: the value is not one of names.
    Nothing,
}

impl NameMatcher {
    /// For `person:…` and the like.
    pub(crate) fn new(value: &Value) -> Self {
        match value {
            Value::Any => Self::Any,
            Value::Whole(name) => Self::Whole(folded(name)),
            Value::Part(pattern) => Self::Part(TextMatcher::new(pattern, &[])),
            Value::Glob(_) | Value::Regex(_) | Value::Range(..) | Value::Open => Self::Nothing,
        }
    }

    /// Is this [`folded`] name meant?
    pub(crate) fn accepts(&self, folded: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Whole(name) => name == folded,
            Self::Part(matcher) => !matcher.places(&Layout::new(folded, None)).is_empty(),
            Self::Nothing => false,
        }
    }
}

/// A name as the index compares it: its folded words.
pub(crate) fn folded(name: &str) -> String {
    text::folded_words(name).join(" ")
}
