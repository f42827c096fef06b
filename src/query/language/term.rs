//! Terms: words, phrases and regular expressions, each the value of the field in which it stands.

use std::ops::Range;

use super::clause::{
    Clause, ClauseKind, FacetClause, NumberField, Pattern, Scope, TextClause, Value, WordPattern,
};
use super::doubts;
use super::expression::{ExpressionError, automaton};
use super::fields::Field;
use super::lexer::TokenKind;
use super::parser::Parser;
use super::quoted::unescaped;
use super::words::{self, WordForm};
use crate::article::{Facet, ValueMatching};
use crate::calendar::typed;
use crate::error::{Error, Result};
use crate::tables;
use crate::text::folded_words;

/// A term as it is written.
#[derive(Clone, Copy)]
enum Term<'q> {
    Word(&'q str),
    Phrase(&'q str, Option<u32>),
    Regex(&'q str),
}

impl<'q> Term<'q> {
    fn text(self) -> &'q str {
        match self {
            Self::Word(text) | Self::Phrase(text, _) | Self::Regex(text) => text,
        }
    }

    /// Its text without the escapes that stand between quotation marks.
    fn value(self) -> String {
        match self {
            Self::Phrase(text, _) => unescaped(text),
            Self::Word(text) | Self::Regex(text) => text.to_owned(),
        }
    }

    /// Whether it is `*`.
    fn is_any(self) -> bool {
        matches!(self, Self::Word("*"))
    }
}

impl Parser<'_> {
    /// A word, phrase or regular expression.
    pub(super) fn term(&mut self) -> Option<Clause> {
        let mut span = self.here();
        let term = match self.tokens.get(self.at)?.kind {
            TokenKind::Word(text) => Term::Word(text),
            TokenKind::Regex(text) => Term::Regex(text),
            TokenKind::Phrase(text) => {
                let slop = match self.tokens.get(self.at + 1).map(|t| &t.kind) {
                    Some(&TokenKind::Slop(slop)) => Some(slop),
                    _ => None,
                };
                if slop.is_some() {
                    self.at += 1;
                    span.end = self.here().end;
                }
                Term::Phrase(text, slop)
            }
            _ => return None,
        };
        self.at += 1;
        let kind = match self.field() {
            Field::Text(scope) => self.text(scope, term, &span),
            Field::Facet(facet @ Facet::Metadata(_)) => self.metadata(facet, term, &span),
            Field::Facet(facet) => match facet.matching() {
                ValueMatching::Name => self.name(facet, term, &span),
                ValueMatching::Whole => self.whole(facet, term, &span),
            },
            Field::Dateline => self.dateline(term, &span),
            Field::Date => self.date(term, &span),
            Field::Number(field) => self.number(field, term, &span),
            Field::Id => Some(ClauseKind::Id(term.value())),
        };
        kind.map(|kind| Clause { kind, span })
    }

    fn text(&mut self, scope: Scope, term: Term<'_>, span: &Range<usize>) -> Option<ClauseKind> {
        if term.is_any() {
            return Some(match scope {
                Scope::Title => has("title"),
                Scope::Said => ClauseKind::Quotation(Box::new(Clause {
                    kind: ClauseKind::All,
                    span: span.clone(),
                })),
                Scope::Default | Scope::Body | Scope::Lead => ClauseKind::All,
            });
        }
        let pattern = self.pattern(term, self.form, span)?;
        Some(ClauseKind::Text(TextClause { scope, pattern, at_least: 1 }))
    }

    fn pattern(&mut self, term: Term<'_>, form: WordForm, span: &Range<usize>) -> Option<Pattern> {
        match term {
            Term::Word(text) => words::word(text, form),
            Term::Phrase(text, slop) => {
                let pattern = words::phrase(text, slop);
                if pattern.is_none() {
                    self.warn(span.clone(), "there is no word between the quotation marks");
                }
                pattern
            }
            Term::Regex(text) => {
                let pattern = WordPattern::Regex(text.replace("\\/", "/"));
                match automaton(&pattern) {
                    Ok(_) | Err(ExpressionError::TooLarge) => Some(Pattern::Word(pattern)),
                    Err(ExpressionError::Invalid(why)) => {
                        self.warn(span.clone(), format!("not a regular expression: {why}"));
                        None
                    }
                }
            }
        }
    }

    /// A facet whose values are names: the whole name between quotation marks, else words of it.
    fn name(&mut self, facet: Facet, term: Term<'_>, span: &Range<usize>) -> Option<ClauseKind> {
        let value = match (term, term.text().strip_prefix('=')) {
            (Term::Word("*"), _) => Value::Any,
            (Term::Word(text) | Term::Phrase(text, None), name)
                if name.unwrap_or(text).trim().is_empty() =>
            {
                self.warn(span.clone(), "a value is missing here");
                return None;
            }
            (Term::Word(_) | Term::Phrase(_, None), Some(name)) => Value::Folded(unescaped(name)),
            (Term::Phrase(_, None), None) => Value::Whole(term.value()),
            _ => Value::Part(self.pattern(term, WordForm::Exact, span)?),
        };
        Some(ClauseKind::Facet(FacetClause { facet, value }))
    }

    /// A field of metadata: values as those of names, and ranges of numbers or text.
    fn metadata(
        &mut self,
        facet: Facet,
        term: Term<'_>,
        span: &Range<usize>,
    ) -> Option<ClauseKind> {
        let range = match term {
            Term::Word(text) => text.split_once(".."),
            _ => None,
        };
        let Some((first, last)) = range else { return self.name(facet, term, span) };
        let end = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let value = Value::Range(end(first), end(last));
        Some(ClauseKind::Facet(FacetClause { facet, value }))
    }

    /// A facet whose values are codes or dates.
    fn whole(&mut self, facet: Facet, term: Term<'_>, span: &Range<usize>) -> Option<ClauseKind> {
        let typed = term.text();
        let value = Term::value(match (term, typed.strip_prefix('=')) {
            (Term::Word(_), Some(text)) => Term::Word(text),
            (Term::Phrase(_, slop), Some(text)) => Term::Phrase(text, slop),
            _ => term,
        });
        let text = value.trim();
        let value = match term {
            Term::Word("*") => Value::Any,
            Term::Regex(_) => {
                self.pattern(term, WordForm::Exact, span)?;
                Value::Regex(value)
            }
            _ if text.is_empty() => {
                self.warn(span.clone(), "a value is missing here");
                return None;
            }
            _ if facet == Facet::License && text.eq_ignore_ascii_case("open") => Value::Open,
            _ if matches!(facet, Facet::Year | Facet::Month | Facet::Day)
                && typed::range(text).is_some() =>
            {
                self.range(text, span)?
            }
            _ if matches!(facet, Facet::Country | Facet::About | Facet::From) => {
                self.country(text, span)
            }
            _ => Value::Whole(value),
        };
        Some(ClauseKind::Facet(FacetClause { facet, value }))
    }

    /// Years, months or days from the first to the last.
    fn range(&mut self, text: &str, span: &Range<usize>) -> Option<Value> {
        let (first, last) = typed::range(text)?;
        let common = first.len().min(last.len());
        if first.get(..common) > last.get(..common) {
            self.warn(span.clone(), doubts::reversed(text));
        }
        let end = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Some(Value::Range(end(first), end(last)))
    }

    fn country(&mut self, text: &str, span: &Range<usize>) -> Value {
        if text.contains(['*', '?']) {
            return Value::Whole(text.to_owned());
        }
        if let Some(code) = tables::country_code(text).map(|c| c.to_string()) {
            return Value::Whole(code);
        }
        self.warn(span.clone(), format!("no country is known as {text}; codes are like IR"));
        Value::Whole(text.to_owned())
    }

    /// The city of a dateline, or its country.
    fn dateline(&mut self, term: Term<'_>, span: &Range<usize>) -> Option<ClauseKind> {
        if term.is_any() {
            return Some(has("dateline"));
        }
        let city = self.name(Facet::City, term, span)?;
        let Some(code) = tables::country_code(term.text()).map(|c| c.to_string()) else {
            return Some(city);
        };
        let from = ClauseKind::Facet(FacetClause { facet: Facet::From, value: Value::Whole(code) });
        let either = [city, from].map(|kind| Clause { kind, span: span.clone() });
        Some(ClauseKind::Or(either.into()))
    }

    fn date(&mut self, term: Term<'_>, span: &Range<usize>) -> Option<ClauseKind> {
        if term.is_any() {
            return Some(has("date"));
        }
        let range = typed::day_range(term.text().trim());
        if range.is_none() {
            self.warn(
                span.clone(),
                format!(
                    "{} is no date; dates are 2021, 2021-02 or 2021-02-27, ranges 2020..2021-06",
                    term.text()
                ),
            );
        }
        self.check_order(range, term, span);
        range.map(|(first, last)| ClauseKind::Days(first, last))
    }

    fn number(
        &mut self,
        field: NumberField,
        term: Term<'_>,
        span: &Range<usize>,
    ) -> Option<ClauseKind> {
        if term.is_any() {
            return Some(ClauseKind::All);
        }
        let range = number_range(term.text().trim());
        if range.is_none() {
            let message = format!("{} is no number; ranges are 500..1000", term.text());
            self.warn(span.clone(), message);
        }
        self.check_order(range, term, span);
        range.map(|(first, last)| ClauseKind::Number(field, first, last))
    }

    /// Warns if a range ends before it begins.
    fn check_order<T: PartialOrd>(
        &mut self,
        range: Option<(T, T)>,
        term: Term<'_>,
        span: &Range<usize>,
    ) {
        if range.is_some_and(|(first, last)| first > last) {
            self.warn(span.clone(), doubts::reversed(term.text().trim()));
        }
    }
}

/// The names that a name typed by itself means, as an option or argument: those of which it is a part; behind `=` the whole
/// name. An error if it has no word.
pub(in crate::query) fn name_part(text: &str) -> Result<Value> {
    let value = match text.strip_prefix('=') {
        Some(name) => (!folded_words(name).is_empty()).then(|| Value::Folded(name.to_owned())),
        None => words::phrase(text, None).map(Value::Part),
    };
    value.ok_or_else(|| Error::NoName { text: text.to_owned() })
}

/// The query for what has a name of which this is a part, or behind `=` the whole.
pub fn name_query(facet: Facet, text: &str) -> Result<String> {
    Ok(FacetClause { facet, value: name_part(text)? }.to_string())
}

/// The numbers that `text` covers, inclusive: `500`, `500..1000`, `500..`.
fn number_range(text: &str) -> Option<(f64, f64)> {
    let number = |text: &str| text.parse::<f64>().ok().filter(|n| n.is_finite());
    let Some((first, last)) = typed::range(text) else { return number(text).map(|n| (n, n)) };
    let first = if first.is_empty() { 0.0 } else { number(first)? };
    let last = if last.is_empty() { f64::MAX } else { number(last)? };
    Some((first, last))
}

/// The clause for articles that have a title, a dateline or a date.
fn has(part: &str) -> ClauseKind {
    ClauseKind::Facet(FacetClause { facet: Facet::Has, value: Value::Whole(part.to_owned()) })
}
