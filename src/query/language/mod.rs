//! Query text to a tree of clauses. Any text is a query: what cannot be taken as it stands is left out or taken as
//! words, and a [`Warning`] says so. Bounded: depth, length and chains have limits, each with a warning.
//!
//! ```text
//! or     = and (OR and)*
//! and    = unary ((AND)? unary)*
//! unary  = (NOT | -)* near
//! near   = boosted (w/5 boosted)*
//! boosted = primary (^2)?
//! primary = ( or ) | atleast3( or ) | field: primary | "phrase" ~3? | /regex/ | word
//! ```

pub mod clause;
mod fields;
mod leaf;
mod lexer;
mod near;
pub(in crate::query) mod printed;
mod quotation;
mod words;

use std::ops::Range;

use self::clause::{Clause, Kind, Scope};
use self::fields::Name;
use self::lexer::{Token, TokenKind, tokens};
use super::Warning;

pub(in crate::query) use self::fields::nearest;
pub use self::words::any_of_words;

/// Longer query texts (bytes) are cut.
const MAX_LENGTH: usize = 1 << 17;
/// Parentheses inside parentheses.
const MAX_DEPTH: usize = 32;

/// The clauses of `query`, and what in it was not understood.
pub fn parse(query: &str) -> (Clause, Vec<Warning>) {
    let mut warnings = Vec::new();
    let query = cut(query, &mut warnings);
    let tokens = tokens(query, &mut warnings);
    let mut parser = Parser { query, tokens, at: 0, depth: 0, fields: Vec::new(), warnings };
    let mut clauses = Vec::new();
    while parser.at < parser.tokens.len() {
        clauses.extend(parser.or());
        if parser.peek().is_some() {
            parser.warn_here("there is a parenthesis too many");
            parser.at += 1;
        }
    }
    let clause = join(clauses, Kind::And).unwrap_or_else(|| parser.nothing());
    parser.warnings.sort_by_key(|w| w.span.start);
    (quotation::grouped(clause), parser.warnings)
}

fn cut<'q>(query: &'q str, warnings: &mut Vec<Warning>) -> &'q str {
    if query.len() <= MAX_LENGTH {
        return query;
    }
    let end = (0..=MAX_LENGTH).rev().find(|&at| query.is_char_boundary(at)).unwrap_or(0);
    let message = format!("the query is longer than {MAX_LENGTH} bytes; the rest is left out");
    warnings.push(Warning { span: end..query.len(), message });
    &query[..end]
}

/// Several clauses as one; none if there are none.
fn join(mut clauses: Vec<Clause>, kind: fn(Vec<Clause>) -> Kind) -> Option<Clause> {
    if clauses.len() < 2 {
        return clauses.pop();
    }
    let span = clauses.first()?.span.start..clauses.last()?.span.end;
    Some(Clause { kind: kind(clauses), span })
}

struct Parser<'q> {
    query: &'q str,
    tokens: Vec<Token<'q>>,
    at: usize,
    depth: usize,
    /// The fields whose groups are open.
    fields: Vec<Name>,
    warnings: Vec<Warning>,
}

impl<'q> Parser<'q> {
    fn peek(&self) -> Option<&TokenKind<'q>> {
        self.tokens.get(self.at).map(|t| &t.kind)
    }

    fn here(&self) -> Range<usize> {
        let end = self.query.len()..self.query.len();
        self.tokens.get(self.at).map_or(end, |t| t.span.clone())
    }

    fn warn(&mut self, span: Range<usize>, message: impl Into<String>) {
        self.warnings.push(Warning { span, message: message.into() });
    }

    fn warn_here(&mut self, message: impl Into<String>) {
        self.warn(self.here(), message);
    }

    /// The field that a bare word belongs to.
    fn field(&self) -> Name {
        self.fields.last().copied().unwrap_or(Name::Text(Scope::Default))
    }

    /// An empty query is everything; one of which nothing is left finds nothing.
    fn nothing(&mut self) -> Clause {
        let span = 0..self.query.len();
        if self.query.trim().is_empty() {
            return Clause { kind: Kind::All, span };
        }
        if self.warnings.is_empty() {
            self.warn(span.clone(), "there is no word to search for");
        }
        Clause { kind: Kind::Or(Vec::new()), span }
    }

    fn or(&mut self) -> Option<Clause> {
        let mut clauses = Vec::new();
        loop {
            clauses.extend(self.and());
            if self.peek() != Some(&TokenKind::Or) {
                return join(clauses, Kind::Or);
            }
            self.operand_of("OR", !clauses.is_empty());
        }
    }

    /// Steps over a binary operator and warns if it lacks a side.
    fn operand_of(&mut self, operator: &str, has_left: bool) {
        let span = self.here();
        self.at += 1;
        let has_right =
            !matches!(self.peek(), None | Some(TokenKind::Close | TokenKind::And | TokenKind::Or));
        if !has_left || !has_right {
            self.warn(span, format!("{operator} needs something on both sides"));
        }
    }

    fn and(&mut self) -> Option<Clause> {
        let mut clauses = Vec::new();
        loop {
            match self.peek() {
                None | Some(TokenKind::Close | TokenKind::Or) => return join(clauses, Kind::And),
                Some(TokenKind::And) => self.operand_of("AND", !clauses.is_empty()),
                Some(_) => clauses.extend(self.unary()),
            }
        }
    }

    fn unary(&mut self) -> Option<Clause> {
        let start = self.here();
        let mut negated = false;
        while self.peek() == Some(&TokenKind::Not) {
            negated = !negated;
            self.at += 1;
        }
        let clause = self.near();
        match clause {
            Some(clause) if negated => {
                let span = start.start..clause.span.end;
                Some(Clause { kind: Kind::Not(Box::new(clause)), span })
            }
            None if negated && self.warnings.is_empty() => {
                self.warn(start, "nothing is excluded here");
                None
            }
            clause => clause,
        }
    }

    /// An operand of a proximity operator, with its boost.
    fn boosted(&mut self) -> Option<Clause> {
        let clause = self.primary();
        let Some(&TokenKind::Boost(boost)) = self.peek() else { return clause };
        let end = self.here().end;
        self.at += 1;
        clause.map(|clause| {
            let span = clause.span.start..end;
            Clause { kind: Kind::Boost(Box::new(clause), boost), span }
        })
    }

    fn primary(&mut self) -> Option<Clause> {
        let token = self.tokens.get(self.at)?.clone();
        match token.kind {
            TokenKind::Open => self.group(),
            TokenKind::AtLeast(times) => self.at_least(times),
            TokenKind::Field(name) => self.field_value(name),
            TokenKind::Phrase(_) | TokenKind::Regex(_) | TokenKind::Word(_) => self.leaf(),
            TokenKind::Slop(_) | TokenKind::Boost(_) => {
                self.warn_here("this belongs behind a word or phrase");
                self.at += 1;
                None
            }
            TokenKind::Near { .. } => {
                self.warn_here("a proximity operator needs words on both sides");
                self.at += 1;
                None
            }
            TokenKind::Close | TokenKind::And | TokenKind::Or | TokenKind::Not => None,
        }
    }

    /// `( … )`
    fn group(&mut self) -> Option<Clause> {
        let open = self.here();
        if self.depth == MAX_DEPTH {
            self.warn_here("parentheses are nested too deeply; this group is left out");
            self.skip_group();
            return None;
        }
        self.at += 1;
        self.depth += 1;
        let clause = self.or();
        self.depth -= 1;
        let end = self.here().end;
        if self.peek() == Some(&TokenKind::Close) {
            self.at += 1;
        } else {
            self.warn(open.clone(), "the parenthesis is not closed; it ends with the query");
        }
        clause.map(|c| Clause { span: open.start..end, ..c })
    }

    fn skip_group(&mut self) {
        let mut open = 0_usize;
        while let Some(kind) = self.peek() {
            match kind {
                TokenKind::Open => open += 1,
                TokenKind::Close => open -= 1,
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                return;
            }
        }
    }

    /// `field:( … )`, `field:"…"`, `field:word`
    fn field_value(&mut self, name: Name) -> Option<Clause> {
        let field = self.here();
        self.at += 1;
        let has_value = matches!(
            self.peek(),
            Some(
                TokenKind::Open
                    | TokenKind::Phrase(_)
                    | TokenKind::Regex(_)
                    | TokenKind::Word(_)
                    | TokenKind::AtLeast(_)
            )
        );
        if !has_value {
            self.warn(field, "a value is missing behind this field");
            return None;
        }
        let is_group = self.peek() == Some(&TokenKind::Open);
        self.fields.push(name);
        let value = self.primary();
        self.fields.pop();
        value.map(|mut clause| {
            clause.span = field.start..clause.span.end;
            if is_group && name == Name::Text(Scope::Said) {
                let span = clause.span.clone();
                clause = Clause { kind: Kind::Quotation(Box::new(clause)), span };
            }
            clause
        })
    }
}

#[cfg(test)]
mod tests;
