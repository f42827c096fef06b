//! Proximity operators and `atleast`: clauses turned into patterns of one text.

use super::lexer::TokenKind;
use super::{Clause, Kind, Parser};
use crate::article::Facet;
use crate::query::language::clause::{FacetClause, Pattern, Scope, TextClause, Value, Within};

/// Proximity operators in one chain.
const MAX_CHAIN: usize = 16;
/// Pairs that `(a b) w/5 (c d)` may give.
const MAX_PAIRS: usize = 64;
/// No article is longer (words).
const MAX_DISTANCE: u32 = 1 << 24;

/// A proximity operator.
#[derive(Clone, Copy)]
struct Operator {
    within: Within,
    ordered: bool,
    negated: bool,
}

/// Where a pattern is looked for.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Text(Scope),
    Facet(Facet),
}

impl Parser<'_> {
    /// `boosted (w/5 boosted)*`
    pub(super) fn near(&mut self) -> Option<Clause> {
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
        super::join(left.into_iter().chain(beyond).collect(), Kind::And)
    }

    /// `w/5`, `NOT w/5`, `not w/5`, and how many tokens that is.
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

    /// `left operator right`. Lists of words that are all required are paired one by one.
    fn combine(&mut self, left: Clause, right: Clause, operator: Operator) -> Clause {
        let span = left.span.start..right.span.end;
        let pairs = match (patterns(&left), patterns(&right)) {
            (Some(l), Some(r))
                if l.len() * r.len() <= MAX_PAIRS
                    && l.iter().chain(&r).all(|(place, _)| *place == l[0].0)
                    && (matches!(operator.within, Within::Words(_))
                        || matches!(l[0].0, Place::Text(_))) =>
            {
                (l, r)
            }
            _ => {
                self.warn(
                    span.clone(),
                    "a proximity operator stands between words of one text; this one is an AND",
                );
                return Clause { kind: Kind::And(vec![left, right]), span };
            }
        };
        let (l, r) = &pairs;
        let clauses: Vec<_> = l
            .iter()
            .flat_map(|l| r.iter().map(move |r| (l, r)))
            .map(|((place, l), (_, r))| Clause {
                kind: place.clause(pair(l, r, operator), 1),
                span: span.clone(),
            })
            .collect();
        super::join(clauses, Kind::And).map_or(
            Clause { kind: Kind::Or(Vec::new()), span: span.clone() },
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
            .map(|(place, pattern)| Clause {
                kind: place.clause(pattern, times.max(1)),
                span: span.clone(),
            })
            .collect();
        super::join(clauses, Kind::And)
    }
}

impl Place {
    fn clause(self, pattern: Pattern, at_least: u32) -> Kind {
        match self {
            Self::Text(scope) => Kind::Text(TextClause { scope, pattern, at_least }),
            Self::Facet(facet) => Kind::Facet(FacetClause { facet, value: Value::Part(pattern) }),
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

/// The patterns that `clause` requires, all of them; `None` if it is no such thing.
fn patterns(clause: &Clause) -> Option<Vec<(Place, Pattern)>> {
    match &clause.kind {
        Kind::Text(TextClause { scope, pattern, at_least: 1 }) => {
            Some(vec![(Place::Text(*scope), pattern.clone())])
        }
        Kind::Facet(FacetClause { facet, value: Value::Part(pattern) }) => {
            Some(vec![(Place::Facet(*facet), pattern.clone())])
        }
        Kind::Boost(inner, _) => patterns(inner),
        Kind::And(clauses) => {
            let all: Option<Vec<_>> = clauses.iter().map(patterns).collect();
            Some(all?.into_iter().flatten().collect())
        }
        Kind::Or(clauses) => {
            let all: Option<Vec<_>> = clauses.iter().map(single).collect();
            let all = all?;
            let place = all.first()?.0;
            all.iter().all(|(p, _)| *p == place).then(|| {
                vec![(place, Pattern::Or(all.into_iter().map(|(_, pattern)| pattern).collect()))]
            })
        }
        _ => None,
    }
}

fn single(clause: &Clause) -> Option<(Place, Pattern)> {
    let mut all = patterns(clause)?;
    if all.len() == 1 { all.pop() } else { None }
}
