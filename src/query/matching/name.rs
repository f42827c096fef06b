//! Matches whole names, without an index, against the value of a clause.

use super::analyzed_text::AnalyzedText;
use super::text_matcher::TextMatcher;
use super::word::WordMatcher;
use crate::article::Facet;
use crate::query::language::clause::{Value, WordPattern};
use crate::tables::agencies;
use crate::text;

/// A value of a facet of names, compiled for names.
pub(crate) enum NameMatcher {
    /// Any name.
    Any,
    /// The name that is this when folded.
    Whole(String),
    /// Whole names that fit wildcards.
    Fitting(WordMatcher),
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
            Value::Whole(name) if has_wildcards(name) => Self::fitting(name),
            Value::Whole(name) | Value::Folded(name) => Self::Whole(folded_name(name)),
            Value::Part(pattern) => Self::Part(TextMatcher::new(pattern, &[])),
            Value::Regex(_) | Value::Range(..) | Value::Open => Self::Nothing,
        }
    }

    /// For names that fit the wildcards of this one.
    pub(crate) fn fitting(name: &str) -> Self {
        Self::Fitting(WordMatcher::new(&WordPattern::Glob(folded_glob(name)), &[]))
    }

    /// Whether this name matches.
    pub(crate) fn accepts(&self, name: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Whole(whole) => *whole == folded_name(name),
            Self::Fitting(matcher) => matcher.matches_reading(&folded_name(name), ""),
            Self::Part(matcher) => !matcher.intervals(&AnalyzedText::new(name, None)).is_empty(),
            Self::Nothing => false,
        }
    }
}

/// A name as the index compares it: its folded words.
pub(crate) fn folded_name(name: &str) -> String {
    text::folded_words(name).join(" ")
}

/// Whether a whole value that no document has stands for others by its wildcards.
pub(crate) fn has_wildcards(value: &str) -> bool {
    value.contains(['*', '?'])
}

/// The values that one which no document has is another name of, by the tables: an agency's code or former name.
pub(crate) fn usual_names(facet: Facet, value: &str) -> Vec<&'static str> {
    match facet {
        Facet::Agency => agencies::called(value).into_iter().map(|agency| agency.name).collect(),
        _ => Vec::new(),
    }
}

/// A name with wildcards, folded between them.
fn folded_glob(name: &str) -> String {
    let mut glob = String::with_capacity(name.len());
    for piece in name.split_inclusive(['*', '?']) {
        let letters = piece.trim_end_matches(['*', '?']);
        let is_apart = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric());
        let words = folded_name(letters);
        if is_apart(letters.chars().next()) && !glob.is_empty() {
            glob.push(' ');
        }
        glob.push_str(&words);
        if is_apart(letters.chars().next_back()) && !words.is_empty() && letters != piece {
            glob.push(' ');
        }
        glob.push_str(&piece[letters.len()..]);
    }
    glob
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_may_have_wildcards() {
        let check = |value: &str, name: &str, expected: bool| {
            let matcher = NameMatcher::new(&Value::Whole(value.to_owned()));
            assert_eq!(matcher.accepts(name), expected, "{value}: {name}");
        };
        check("Ona Brisk", "ona brisk", true);
        check("Ona Brisk", "Ona Brisk-Tam", false);
        check("Ona *", "Óna Brisk-Tam", true);
        check("* Brisk-Tam", "Ona Brisk Tam", true);
        check("On? Br*k", "Onu Brook", true);
        check("On?", "Ona Brisk", false);
    }
}
