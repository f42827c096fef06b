//! A query text to its clauses.

use super::clause::{Clause, ClauseKind};
use super::parser::Parser;
use super::price::excesses;
use super::quotation_scope;
use super::warning::Warning;
use super::words;

/// Longer query texts (bytes) are an error; what is behind is not read.
const MAX_LENGTH: usize = 1 << 17;

/// The clauses of `query`, and what in it was not understood.
pub fn parse(query: &str) -> (Clause, Vec<Warning>) {
    let mut warnings = Vec::new();
    let query = cut(query, &mut warnings);
    let mut parser = Parser::new(query, warnings);
    let mut clauses = Vec::new();
    while parser.at < parser.tokens.len() {
        clauses.extend(parser.or());
        if parser.peek().is_some() {
            parser.warn_here("there is a parenthesis too many");
            parser.at += 1;
        }
    }
    let clause = Clause::joined(clauses, ClauseKind::And).unwrap_or_else(|| parser.nothing());
    parser.warnings.extend(excesses(&clause));
    parser.warnings.sort_by_key(|w| w.span.start);
    (quotation_scope::grouped(clause), parser.warnings)
}

/// The clause for any of the words of a plain text, by stem: operators and fields are words too.
pub fn any_of_words(text: &str) -> (Clause, Vec<Warning>) {
    let mut warnings = Vec::new();
    let clause = words::any_of(cut(text, &mut warnings));
    warnings.extend(excesses(&clause));
    (clause, warnings)
}

fn cut<'q>(query: &'q str, warnings: &mut Vec<Warning>) -> &'q str {
    if query.len() <= MAX_LENGTH {
        return query;
    }
    let end = (0..=MAX_LENGTH).rev().find(|&at| query.is_char_boundary(at)).unwrap_or(0);
    let message = format!("the query is longer than {MAX_LENGTH} bytes");
    warnings.push(Warning::too_complex(end..query.len(), message));
    &query[..end]
}
