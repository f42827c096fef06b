//! Which part of a query decides where it matches in a body, for engines that know positions of words without a text.

use crate::query::language::clause::{Clause, ClauseKind, Pattern, Scope};

/// The patterns whose matches in a body together are those that [`Highlighter::matches`](super::Highlighter::matches) finds
/// in an article; `None` if it looks at other texts too: at headlines, leads or quotations.
pub(crate) fn body_patterns(query: &Clause) -> Option<Vec<&Pattern>> {
    match &query.kind {
        ClauseKind::And(clauses) | ClauseKind::Or(clauses) => {
            let parts: Option<Vec<_>> = clauses.iter().map(body_patterns).collect();
            Some(parts?.concat())
        }
        ClauseKind::Boost(inner, _) => body_patterns(inner),
        ClauseKind::Text(text) => {
            matches!(text.scope, Scope::Default | Scope::Body).then(|| vec![&text.pattern])
        }
        ClauseKind::Quotation(_) => None,
        _ => Some(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::language::parse;

    #[test]
    fn bodies_alone_decide_of_words_without_a_field() {
        let check = |query: &str, expected: Option<usize>| {
            let (clause, _) = parse(query);
            assert_eq!(body_patterns(&clause).map(|patterns| patterns.len()), expected, "{query}");
        };
        check("ships (ports OR \"free trade\")^2 -war country:FR", Some(3));
        check("body:ships", Some(1));
        check("country:FR -title:war", Some(0));
        check("ships title:ports", None);
        check("ships said:ports", None);
        check("lead:ships OR ports", None);
    }
}
