//! `said:` and `speaker:` side by side speak of one and the same quotation.

use super::join;
use crate::query::language::clause::{Clause, Kind, Scope, TextClause};

/// `clause` with everything that is asked of quotations gathered into [`Kind::Quotation`].
pub(super) fn grouped(clause: Clause) -> Clause {
    let Clause { kind, span } = clause;
    let kind = match kind {
        Kind::And(clauses) => return and(clauses, span),
        Kind::Or(clauses) => Kind::Or(clauses.into_iter().map(grouped).collect()),
        Kind::Not(inner) => Kind::Not(Box::new(grouped(*inner))),
        Kind::Boost(inner, boost) => Kind::Boost(Box::new(grouped(*inner)), boost),
        Kind::Text(text) if text.scope == Scope::Said => {
            let inner = Clause { kind: Kind::Text(text), span: span.clone() };
            Kind::Quotation(Box::new(inner))
        }
        other => other,
    };
    Clause { kind, span }
}

fn and(clauses: Vec<Clause>, span: std::ops::Range<usize>) -> Clause {
    let (of_quotations, mut others): (Vec<_>, Vec<_>) =
        clauses.into_iter().partition(asks_of_quotation);
    if of_quotations.iter().any(has_words) {
        let inner = of_quotations.into_iter().map(ungrouped).collect();
        if let Some(inner) = join(inner, Kind::And) {
            let span = inner.span.clone();
            others.push(Clause { kind: Kind::Quotation(Box::new(inner)), span });
        }
    } else {
        others.extend(of_quotations);
    }
    let mut clauses: Vec<_> = others.into_iter().map(grouped).collect();
    clauses.sort_by_key(|c| c.span.start);
    match join(clauses, Kind::And) {
        Some(clause) => Clause { span, ..clause },
        None => Clause { kind: Kind::All, span },
    }
}

/// Can a quotation fulfil all of it, without an exclusion? What parentheses hold together is a quotation of its own:
/// `(said:a speaker:x) (said:b speaker:y)`.
fn asks_of_quotation(clause: &Clause) -> bool {
    match &clause.kind {
        Kind::Quotation(_) => true,
        Kind::Text(TextClause { scope, .. }) => *scope == Scope::Said,
        Kind::Facet(facet) => facet.facet.is_of_quotations(),
        Kind::Or(clauses) => !clauses.is_empty() && clauses.iter().all(asks_of_quotation),
        Kind::Boost(inner, _) => asks_of_quotation(inner),
        _ => false,
    }
}

/// Does it ask for words that were said?
fn has_words(clause: &Clause) -> bool {
    match &clause.kind {
        Kind::Quotation(_) | Kind::Text(_) => true,
        Kind::Or(clauses) => clauses.iter().any(has_words),
        Kind::Boost(inner, _) => has_words(inner),
        _ => false,
    }
}

/// What is inside of a [`Kind::Quotation`], at any depth.
fn ungrouped(clause: Clause) -> Clause {
    let Clause { kind, span } = clause;
    let kind = match kind {
        Kind::Quotation(inner) => ungrouped(*inner).kind,
        Kind::And(clauses) => Kind::And(clauses.into_iter().map(ungrouped).collect()),
        Kind::Or(clauses) => Kind::Or(clauses.into_iter().map(ungrouped).collect()),
        Kind::Boost(inner, boost) => Kind::Boost(Box::new(ungrouped(*inner)), boost),
        other => other,
    };
    Clause { kind, span }
}
