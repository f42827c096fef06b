//! Groups what is asked of quotations: `said:` and `speaker:` side by side are about one and the same quotation.

use super::clause::{Clause, ClauseKind, Scope, TextClause};

/// `clause` with what it asks of quotations grouped in [`ClauseKind::Quotation`].
pub(super) fn grouped(clause: Clause) -> Clause {
    let Clause { kind, span } = clause;
    let kind = match kind {
        ClauseKind::And(clauses) => return and(clauses, span),
        ClauseKind::Or(clauses) => ClauseKind::Or(clauses.into_iter().map(grouped).collect()),
        ClauseKind::Not(inner) => ClauseKind::Not(Box::new(grouped(*inner))),
        ClauseKind::Boost(inner, boost) => ClauseKind::Boost(Box::new(grouped(*inner)), boost),
        ClauseKind::Text(text) if text.scope == Scope::Said => {
            let inner = Clause { kind: ClauseKind::Text(text), span: span.clone() };
            ClauseKind::Quotation(Box::new(inner))
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
        if let Some(inner) = Clause::joined(inner, ClauseKind::And) {
            let span = inner.span.clone();
            others.push(Clause { kind: ClauseKind::Quotation(Box::new(inner)), span });
        }
    } else {
        others.extend(of_quotations);
    }
    let mut clauses: Vec<_> = others.into_iter().map(grouped).collect();
    clauses.sort_by_key(|c| c.span.start);
    match Clause::joined(clauses, ClauseKind::And) {
        Some(clause) => Clause { span, ..clause },
        None => Clause { kind: ClauseKind::All, span },
    }
}

/// Whether a quotation can fulfil the whole clause, and it excludes nothing. A group in parentheses is about a quotation of
/// its own: `(said:a speaker:x) (said:b speaker:y)`.
fn asks_of_quotation(clause: &Clause) -> bool {
    match &clause.kind {
        ClauseKind::Quotation(_) => true,
        ClauseKind::Text(TextClause { scope, .. }) => *scope == Scope::Said,
        ClauseKind::Facet(facet) => facet.facet.is_of_quotations(),
        ClauseKind::Or(clauses) => !clauses.is_empty() && clauses.iter().all(asks_of_quotation),
        ClauseKind::Boost(inner, _) => asks_of_quotation(inner),
        _ => false,
    }
}

/// Whether the clause asks for words of a quotation.
fn has_words(clause: &Clause) -> bool {
    match &clause.kind {
        ClauseKind::Quotation(_) | ClauseKind::Text(_) => true,
        ClauseKind::Or(clauses) => clauses.iter().any(has_words),
        ClauseKind::Boost(inner, _) => has_words(inner),
        _ => false,
    }
}

/// `clause` without any [`ClauseKind::Quotation`]: what is inside of them takes their place.
fn ungrouped(clause: Clause) -> Clause {
    let Clause { kind, span } = clause;
    let kind = match kind {
        ClauseKind::Quotation(inner) => ungrouped(*inner).kind,
        ClauseKind::And(clauses) => ClauseKind::And(clauses.into_iter().map(ungrouped).collect()),
        ClauseKind::Or(clauses) => ClauseKind::Or(clauses.into_iter().map(ungrouped).collect()),
        ClauseKind::Boost(inner, boost) => ClauseKind::Boost(Box::new(ungrouped(*inner)), boost),
        other => other,
    };
    Clause { kind, span }
}
