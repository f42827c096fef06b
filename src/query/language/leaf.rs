//! Words, phrases and expressions as values of the field that they stand in.

use std::ops::Range;

use super::fields::Name;
use super::lexer::TokenKind;
use super::words::{self, Form};
use super::{Clause, Kind, Parser};
use crate::article::{Facet, ValueMatching};
use crate::calendar::typed;
use crate::query::language::clause::{
    FacetClause, NumberField, Pattern, Scope, TextClause, Value, WordPattern,
};
use crate::query::matching::WordMatcher;
use crate::tables;

/// What a leaf is written as.
#[derive(Clone, Copy)]
enum Written<'q> {
    Word(&'q str),
    Phrase(&'q str, Option<u32>),
    Regex(&'q str),
}

impl<'q> Written<'q> {
    fn text(self) -> &'q str {
        match self {
            Self::Word(text) | Self::Phrase(text, _) | Self::Regex(text) => text,
        }
    }

    fn is_any(self) -> bool {
        matches!(self, Self::Word("*"))
    }
}

impl Parser<'_> {
    /// A word, phrase or expression.
    pub(super) fn leaf(&mut self) -> Option<Clause> {
        let mut span = self.here();
        let written = match self.tokens.get(self.at)?.kind {
            TokenKind::Word(text) => Written::Word(text),
            TokenKind::Regex(text) => Written::Regex(text),
            TokenKind::Phrase(text) => {
                let slop = match self.tokens.get(self.at + 1).map(|t| &t.kind) {
                    Some(&TokenKind::Slop(slop)) => Some(slop),
                    _ => None,
                };
                if slop.is_some() {
                    self.at += 1;
                    span.end = self.here().end;
                }
                Written::Phrase(text, slop)
            }
            _ => return None,
        };
        self.at += 1;
        let kind = match self.field() {
            Name::Text(scope) => self.text(scope, written, &span),
            Name::Facet(facet) => match facet.matching() {
                ValueMatching::Name => self.name(facet, written, &span),
                ValueMatching::Whole => self.whole(facet, written, &span),
            },
            Name::Dateline => self.dateline(written, &span),
            Name::Date => self.date(written, &span),
            Name::Number(field) => self.number(field, written, &span),
            Name::Id => Some(Kind::Id(written.text().to_owned())),
        };
        kind.map(|kind| Clause { kind, span })
    }

    fn text(&mut self, scope: Scope, written: Written<'_>, span: &Range<usize>) -> Option<Kind> {
        if written.is_any() {
            return Some(match scope {
                Scope::Title => has("title"),
                Scope::Said => {
                    Kind::Quotation(Box::new(Clause { kind: Kind::All, span: span.clone() }))
                }
                Scope::Default | Scope::Body | Scope::Lead => Kind::All,
            });
        }
        let pattern = self.pattern(written, Form::Stemmed, span)?;
        Some(Kind::Text(TextClause { scope, pattern, at_least: 1 }))
    }

    fn pattern(
        &mut self,
        written: Written<'_>,
        form: Form,
        span: &Range<usize>,
    ) -> Option<Pattern> {
        match written {
            Written::Word(text) => words::word(text, form),
            Written::Phrase(text, slop) => {
                let pattern = words::phrase(text, slop);
                if pattern.is_none() {
                    self.warn(span.clone(), "there is no word between the quotation marks");
                }
                pattern
            }
            Written::Regex(text) => {
                let pattern = WordPattern::Regex(text.replace("\\/", "/"));
                match WordMatcher::check(&pattern) {
                    Ok(()) => Some(Pattern::Word(pattern)),
                    Err(why) => {
                        self.warn(span.clone(), format!("not a regular expression: {why}"));
                        None
                    }
                }
            }
        }
    }

    /// A facet whose values are names.
    fn name(&mut self, facet: Facet, written: Written<'_>, span: &Range<usize>) -> Option<Kind> {
        let value = match (written, written.text().strip_prefix('=')) {
            (Written::Word("*"), _) => Value::Any,
            (Written::Word(_) | Written::Phrase(..), Some(whole)) => Value::Whole(whole.to_owned()),
            _ => Value::Part(self.pattern(written, Form::Exact, span)?),
        };
        Some(Kind::Facet(FacetClause { facet, value }))
    }

    /// A facet whose values are codes, dates and the like.
    fn whole(&mut self, facet: Facet, written: Written<'_>, span: &Range<usize>) -> Option<Kind> {
        let text = written.text().trim();
        let text = text.strip_prefix('=').unwrap_or(text);
        let value = match written {
            Written::Word("*") => Value::Any,
            Written::Regex(_) => {
                self.pattern(written, Form::Exact, span)?;
                Value::Regex(text.to_owned())
            }
            _ if text.is_empty() => {
                self.warn(span.clone(), "a value is missing here");
                return None;
            }
            _ if facet == Facet::License && text.eq_ignore_ascii_case("open") => Value::Open,
            _ if text.contains(['*', '?']) => Value::Glob(text.to_owned()),
            _ if matches!(facet, Facet::Year | Facet::Month | Facet::Day)
                && typed::range(text).is_some() =>
            {
                let (first, last) = typed::range(text)?;
                let end = |text: &str| (!text.is_empty()).then(|| text.to_owned());
                Value::Range(end(first), end(last))
            }
            _ if matches!(facet, Facet::Country | Facet::About | Facet::From) => {
                self.country(text, span)
            }
            _ => Value::Whole(text.to_owned()),
        };
        Some(Kind::Facet(FacetClause { facet, value }))
    }

    fn country(&mut self, text: &str, span: &Range<usize>) -> Value {
        if let Some(code) = tables::country_code(text).map(|c| c.to_string()) {
            return Value::Whole(code);
        }
        self.warn(span.clone(), format!("no country is known as {text}; codes are like IR"));
        Value::Whole(text.to_owned())
    }

    /// A city of the dateline, or its country.
    fn dateline(&mut self, written: Written<'_>, span: &Range<usize>) -> Option<Kind> {
        if written.is_any() {
            return Some(has("dateline"));
        }
        let city = self.name(Facet::City, written, span)?;
        let Some(code) = tables::country_code(written.text()).map(|c| c.to_string()) else {
            return Some(city);
        };
        let from = Kind::Facet(FacetClause { facet: Facet::From, value: Value::Whole(code) });
        let either = [city, from].map(|kind| Clause { kind, span: span.clone() });
        Some(Kind::Or(either.into()))
    }

    fn date(&mut self, written: Written<'_>, span: &Range<usize>) -> Option<Kind> {
        if written.is_any() {
            return Some(has("date"));
        }
        let range = typed::day_range(written.text().trim());
        if range.is_none() {
            self.warn(
                span.clone(),
                format!(
                    "{} is no date; dates are 2021, 2021-02 or 2021-02-27, ranges 2020..2021-06",
                    written.text()
                ),
            );
        }
        range.map(|(first, last)| Kind::Days(first, last))
    }

    fn number(
        &mut self,
        field: NumberField,
        written: Written<'_>,
        span: &Range<usize>,
    ) -> Option<Kind> {
        if written.is_any() {
            return Some(Kind::All);
        }
        let range = number_range(written.text().trim());
        if range.is_none() {
            let message = format!("{} is no number; ranges are 500..1000", written.text());
            self.warn(span.clone(), message);
        }
        range.map(|(first, last)| Kind::Number(field, first, last))
    }
}

/// The numbers that `text` covers, inclusive: `500`, `500..1000`, `500..`.
fn number_range(text: &str) -> Option<(f64, f64)> {
    let number = |text: &str| text.parse::<f64>().ok().filter(|n| n.is_finite());
    let Some((first, last)) = typed::range(text) else { return number(text).map(|n| (n, n)) };
    let first = if first.is_empty() { 0.0 } else { number(first)? };
    let last = if last.is_empty() { f64::MAX } else { number(last)? };
    Some((first, last))
}

fn has(part: &str) -> Kind {
    Kind::Facet(FacetClause { facet: Facet::Has, value: Value::Whole(part.to_owned()) })
}
