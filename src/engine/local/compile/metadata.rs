//! Clauses on metadata: each name and value is one term of one field, so the values of a name are neighbours in its
//! dictionary, and are compared there.

use super::compiler::Compiler;
use super::facet::regex_accepts;
use super::simple_queries::{BoxedQuery, nothing, term, text_term};
use crate::article::MetadataField;
use crate::index::schema::fields;
use crate::query::language::clause::Value;
use crate::query::language::glob_expression;
use crate::query::matching::name::{folded_name, has_wildcards};
use crate::query::matching::{AnalyzedText, TextMatcher};

impl Compiler<'_> {
    /// Documents that have a value of that name that matches; none in an index of an older version.
    pub(super) fn metadata(
        self,
        name: MetadataField,
        value: &Value,
    ) -> tantivy::Result<BoxedQuery> {
        if self.searcher.schema().num_fields() <= fields().metadata.field_id() as usize {
            return Ok(nothing());
        }
        match value {
            Value::Any => self.metadata_values(name, |_| true),
            Value::Part(pattern) => {
                let matcher = TextMatcher::new(pattern, &[]);
                self.metadata_values(name, |value| {
                    !matcher.intervals(&AnalyzedText::new(value, None)).is_empty()
                })
            }
            Value::Whole(typed) => self.whole_metadata(name, typed),
            Value::Folded(typed) => self.folded_metadata(name, typed),
            Value::Regex(expression) => self.metadata_like(name, &expression.to_lowercase()),
            Value::Range(first, last) => self.metadata_values(name, |value| {
                first.as_deref().is_none_or(|first| is_at_least(value, first))
                    && last.as_deref().is_none_or(|last| is_at_most(value, last))
            }),
            Value::Open => Ok(nothing()),
        }
    }

    /// Documents that have the value as it is typed; if there are none, those that fit its wildcards, else those that differ
    /// in case and accents alone.
    fn whole_metadata(self, name: MetadataField, typed: &str) -> tantivy::Result<BoxedQuery> {
        let as_is = text_term(fields().metadata, &format!("{}{typed}", name.term_prefix()));
        if self.live.articles_with(self.searcher, &as_is)? > 0 {
            return Ok(term(as_is));
        }
        if has_wildcards(typed) {
            return self.metadata_like(name, &glob_expression(&typed.to_lowercase()));
        }
        self.folded_metadata(name, typed)
    }

    fn folded_metadata(self, name: MetadataField, typed: &str) -> tantivy::Result<BoxedQuery> {
        let asked = folded_name(typed);
        self.metadata_values(name, |value| folded_name(value) == asked)
    }

    fn metadata_like(self, name: MetadataField, expression: &str) -> tantivy::Result<BoxedQuery> {
        let Some(regex) = self.value_automaton(expression)? else { return Ok(nothing()) };
        self.metadata_values(name, |value| regex_accepts(&regex, &value.to_lowercase()))
    }

    /// Documents that have a value of that name that `accepts`.
    fn metadata_values(
        self,
        name: MetadataField,
        accepts: impl Fn(&str) -> bool,
    ) -> tantivy::Result<BoxedQuery> {
        self.values_from(fields().metadata, &name.term_prefix(), accepts)
    }
}

/// Numbers are compared as such, other values as text.
fn is_at_least(value: &str, first: &str) -> bool {
    match (number(value), number(first)) {
        (Some(value), Some(first)) => value >= first,
        _ => value >= first,
    }
}

/// The same; of text, `2019-03` is not below `2019-03-31`.
fn is_at_most(value: &str, last: &str) -> bool {
    match (number(value), number(last)) {
        (Some(value), Some(last)) => value <= last,
        _ => value.get(..last.len()).unwrap_or(value) <= last,
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_in_ranges() {
        let is_within = |value, first, last| is_at_least(value, first) && is_at_most(value, last);
        assert!(is_within("9", "8", "10"));
        assert!(!is_within("70", "8", "10"));
        assert!(is_within("2019-03-31", "2019-01", "2019-03"));
        assert!(!is_within("2019-04-01", "2019-01", "2019-03"));
    }
}
