//! Proximity operators and `atleast`: clauses as patterns over one text.

use super::clause::{Clause, ClauseKind, FacetClause, Pattern, Scope, TextClause, Value, Within};
use super::lexer::TokenKind;
use super::parser::Parser;
use crate::article::Facet;

/// Proximity operators in a row; further ones are ANDs.
const MAX_CHAIN: usize = 16;
/// Pairs of `(a b) w/5 (c d)`; with more it is an AND.
const MAX_PAIRS: usize = 64;
/// Distances in words; no article is longer.
const MAX_DISTANCE: u32 = 1 << 24;

/// A proximity operator.
#[derive(Clone, Copy)]
struct Operator {
    within: Within,
    ordered: bool,
    negated: bool,
}

/// The text or facet that a pattern is searched in.
#[derive(Clone, Copy, PartialEq)]
enum PatternField {
    Text(Scope),
    Facet(Facet),
}

impl Parser<'_> {
    /// `boosted (w/5 boosted)*`
    pub(super) fn proximity(&mut self) -> Option<Clause> {
        let mut left = self.boosted();
        let mut chain = 0;
        let mut beyond = Vec::new();
        while let Some((operator, tokens)) = self.near_operator() {
            let span = self.here();
            self.at += tokens;
            let right = self.boosted();
            chain += 1;
            left = match (left, right) {
                (Some(left), Some(right)) if chain <= MAX_CHAIN => {
                    Some(self.combine(left, right, operator))
                }
                (Some(left), Some(right)) => {
                    self.warn(span, "too many proximity operators in a row; this one is an AND");
                    beyond.push(right);
                    Some(left)
                }
                (left, right) => {
                    self.warn(span, "a proximity operator needs words on both sides");
                    left.or(right)
                }
            };
        }
        if beyond.is_empty() {
            return left;
        }
        Clause::joined(left.into_iter().chain(beyond).collect(), ClauseKind::And)
    }

    /// `w/5`, `NOT w/5`, `not w/5`, and its number of tokens.
    fn near_operator(&self) -> Option<(Operator, usize)> {
        let negated = match self.peek()? {
            TokenKind::Not => true,
            TokenKind::Word(word) => *word == "not",
            _ => false,
        };
        let at = self.at + usize::from(negated);
        let TokenKind::Near { within, ordered } = self.tokens.get(at)?.kind else { return None };
        let within = match within {
            Within::Words(n) => Within::Words(n.min(MAX_DISTANCE)),
            other => other,
        };
        Some((Operator { within, ordered, negated }, 1 + usize::from(negated)))
    }

    /// `left operator right`. Of several required words, each on the left is paired with each on the right.
    fn combine(&mut self, left: Clause, right: Clause, operator: Operator) -> Clause {
        let span = left.span.start..right.span.end;
        let pairs = match (patterns(&left), patterns(&right)) {
            (Some(l), Some(r))
                if l.len() * r.len() <= MAX_PAIRS
                    && l.iter().chain(&r).all(|(field, _)| *field == l[0].0)
                    && (matches!(operator.within, Within::Words(_))
                        || matches!(l[0].0, PatternField::Text(_))) =>
            {
                (l, r)
            }
            _ => {
                self.warn(
                    span.clone(),
                    "a proximity operator stands between words of one text; this one is an AND",
                );
                return Clause { kind: ClauseKind::And(vec![left, right]), span };
            }
        };
        let (l, r) = &pairs;
        let clauses: Vec<_> = l
            .iter()
            .flat_map(|l| r.iter().map(move |r| (l, r)))
            .map(|((field, l), (_, r))| Clause {
                kind: field.clause(pair(l, r, operator), 1),
                span: span.clone(),
            })
            .collect();
        Clause::joined(clauses, ClauseKind::And).map_or(
            Clause { kind: ClauseKind::Or(Vec::new()), span: span.clone() },
            |c| Clause { span, ..c },
        )
    }

    /// `atleast3( … )`
    pub(super) fn at_least(&mut self, times: u32) -> Option<Clause> {
        let name = self.here();
        self.at += 1;
        let clause = self.group()?;
        let span = name.start..clause.span.end;
        let Some(patterns) = patterns(&clause) else {
            self.warn(span, "atleast counts words of a text; here it is left out");
            return Some(clause);
        };
        let clauses = patterns
            .into_iter()
            .map(|(field, pattern)| Clause {
                kind: field.clause(pattern, times.max(1)),
                span: span.clone(),
            })
            .collect();
        Clause::joined(clauses, ClauseKind::And)
    }
}

impl PatternField {
    fn clause(self, pattern: Pattern, at_least: u32) -> ClauseKind {
        match self {
            Self::Text(scope) => ClauseKind::Text(TextClause { scope, pattern, at_least }),
            Self::Facet(facet) => {
                ClauseKind::Facet(FacetClause { facet, value: Value::Part(pattern) })
            }
        }
    }
}

fn pair(left: &Pattern, right: &Pattern, operator: Operator) -> Pattern {
    Pattern::Near {
        left: Box::new(left.clone()),
        right: Box::new(right.clone()),
        within: operator.within,
        ordered: operator.ordered,
        negated: operator.negated,
    }
}

/// The patterns that `clause` requires, all of them; `None` if it requires anything else.
fn patterns(clause: &Clause) -> Option<Vec<(PatternField, Pattern)>> {
    match &clause.kind {
        ClauseKind::Text(TextClause { scope, pattern, at_least: 1 }) => {
            Some(vec![(PatternField::Text(*scope), pattern.clone())])
        }
        ClauseKind::Facet(FacetClause { facet, value: Value::Part(pattern) }) => {
            Some(vec![(PatternField::Facet(*facet), pattern.clone())])
        }
        ClauseKind::Boost(inner, _) => patterns(inner),
        ClauseKind::And(clauses) => {
            let all: Option<Vec<_>> = clauses.iter().map(patterns).collect();
            Some(all?.into_iter().flatten().collect())
        }
        ClauseKind::Or(clauses) => {
            let all: Option<Vec<_>> = clauses.iter().map(single).collect();
            let all = all?;
            let field = all.first()?.0;
            all.iter().all(|(p, _)| *p == field).then(|| {
                vec![(field, Pattern::Or(all.into_iter().map(|(_, pattern)| pattern).collect()))]
            })
        }
        _ => None,
    }
}

/// The only pattern that `clause` requires.
fn single(clause: &Clause) -> Option<(PatternField, Pattern)> {
    let mut all = patterns(clause)?;
    if all.len() == 1 { all.pop() } else { None }
}
