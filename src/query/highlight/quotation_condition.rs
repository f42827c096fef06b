//! The part of a query that is about quotations, evaluated on the quotations of one article.

use crate::article::{Article, Facet, Quotation, Span};
use crate::query::language::clause::{Clause, ClauseKind, FacetClause, Scope, Value};
use crate::query::limits::Limits;
use crate::query::matching::{AnalyzedText, NameMatcher, TextMatcher};

/// A condition on a quotation, as far as the article alone can decide it.
pub(super) enum QuotationCondition {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    /// Words of the quotation, and the least number of matches.
    Said(TextMatcher, u32),
    Speaker(NameMatcher),
    /// The name of a kind of quotation.
    Kind(String),
    /// Anything else counts as fulfilled.
    True,
}

impl QuotationCondition {
    /// The condition that a clause sets; `languages` are those of the index.
    pub(super) fn new(clause: &Clause, languages: &[String]) -> Self {
        let each = |clauses: &[Clause]| clauses.iter().map(|c| Self::new(c, languages)).collect();
        match &clause.kind {
            ClauseKind::And(clauses) => Self::All(each(clauses)),
            ClauseKind::Or(clauses) => Self::Any(each(clauses)),
            ClauseKind::Not(inner) => Self::Not(Box::new(Self::new(inner, languages))),
            ClauseKind::Boost(inner, _) | ClauseKind::Quotation(inner) => {
                Self::new(inner, languages)
            }
            ClauseKind::Text(text) if text.scope == Scope::Said => {
                Self::Said(TextMatcher::new(&text.pattern, languages), text.at_least)
            }
            ClauseKind::Facet(FacetClause { facet: Facet::Speaker, value }) => match value {
                Value::Any | Value::Whole(_) | Value::Folded(_) | Value::Part(_) => {
                    Self::Speaker(NameMatcher::new(value))
                }
                _ => Self::True,
            },
            ClauseKind::Facet(FacetClause { facet: Facet::Quote, value: Value::Whole(kind) }) => {
                Self::Kind(kind.clone())
            }
            _ => Self::True,
        }
    }

    /// Limits the time of its evaluation.
    pub(super) fn limit(&mut self, limits: &Limits) {
        match self {
            Self::All(conditions) | Self::Any(conditions) => {
                for condition in conditions {
                    condition.limit(limits);
                }
            }
            Self::Not(condition) => condition.limit(limits),
            Self::Said(matcher, _) => matcher.limit(limits),
            Self::Speaker(_) | Self::Kind(_) | Self::True => {}
        }
    }

    /// Whether a quotation of the article fulfils it.
    pub(super) fn holds(&self, article: &Article, quotation: &Quotation) -> bool {
        match self {
            Self::All(conditions) => conditions.iter().all(|c| c.holds(article, quotation)),
            Self::Any(conditions) => conditions.iter().any(|c| c.holds(article, quotation)),
            Self::Not(condition) => !condition.holds(article, quotation),
            Self::Said(matcher, at_least) => {
                let text = AnalyzedText::of_span(article, quotation.span);
                matcher.intervals(&text).len() as u32 >= *at_least
            }
            Self::Speaker(matcher) => {
                quotation.speaker.as_deref().is_some_and(|name| matcher.accepts(name))
            }
            Self::Kind(kind) => quotation.kind.as_str().eq_ignore_ascii_case(kind),
            Self::True => true,
        }
    }

    /// Adds the words of a quotation's text that fulfil it.
    pub(super) fn add_highlights(&self, text: &AnalyzedText<'_>, highlights: &mut Vec<Span>) {
        match self {
            Self::All(conditions) | Self::Any(conditions) => {
                for condition in conditions {
                    condition.add_highlights(text, highlights);
                }
            }
            Self::Said(matcher, _) => highlights.extend(matcher.highlights(text)),
            Self::Not(_) | Self::Speaker(_) | Self::Kind(_) | Self::True => {}
        }
    }
}
