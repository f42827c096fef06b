//! The recursive descent of the grammar: operators, groups and fields. Terms are `term`'s, proximity operators
//! `proximity`'s.

use std::ops::Range;

use super::clause::{Clause, ClauseKind, Scope};
use super::doubts;
use super::fields::Field;
use super::lexer::{Token, TokenKind, tokens};
use super::warning::Warning;
use super::words::WordForm;

/// Parentheses inside parentheses.
const MAX_DEPTH: usize = 32;

/// A recursive descent parser at one of the tokens.
pub(super) struct Parser<'q> {
    pub(super) query: &'q str,
    pub(super) tokens: Vec<Token<'q>>,
    /// The number of the current token.
    pub(super) at: usize,
    /// Open parentheses.
    depth: usize,
    /// The fields whose groups are open.
    fields: Vec<Field>,
    pub(super) warnings: Vec<Warning>,
    /// How words without marks match.
    pub(super) form: WordForm,
}

impl<'q> Parser<'q> {
    /// At the first token of `query`.
    pub(super) fn new(query: &'q str, mut warnings: Vec<Warning>) -> Self {
        let tokens = tokens(query, &mut warnings);
        warnings.extend(doubts::small_operators(&tokens));
        let form = WordForm::without_marks(texts(&tokens));
        Self { query, tokens, at: 0, depth: 0, fields: Vec::new(), warnings, form }
    }

    /// The current token; `None` at the end.
    pub(super) fn peek(&self) -> Option<&TokenKind<'q>> {
        self.tokens.get(self.at).map(|t| &t.kind)
    }

    /// Bytes of the current token.
    pub(super) fn here(&self) -> Range<usize> {
        let end = self.query.len()..self.query.len();
        self.tokens.get(self.at).map_or(end, |t| t.span.clone())
    }

    pub(super) fn warn(&mut self, span: Range<usize>, message: impl Into<String>) {
        self.warnings.push(Warning::new(span, message));
    }

    pub(super) fn warn_here(&mut self, message: impl Into<String>) {
        self.warn(self.here(), message);
    }

    /// The field of a bare word.
    pub(super) fn field(&self) -> Field {
        self.fields.last().copied().unwrap_or(Field::Text(Scope::Default))
    }

    /// The clause of a query without clauses: an empty text matches everything, any other nothing.
    pub(super) fn nothing(&mut self) -> Clause {
        let span = 0..self.query.len();
        if self.query.trim().is_empty() {
            return Clause { kind: ClauseKind::All, span };
        }
        if self.warnings.is_empty() {
            self.warn(span.clone(), "there is no word to search for");
        }
        Clause { kind: ClauseKind::Or(Vec::new()), span }
    }

    /// `and (OR and)*`
    pub(super) fn or(&mut self) -> Option<Clause> {
        let mut clauses = Vec::new();
        loop {
            clauses.extend(self.and());
            if self.peek() != Some(&TokenKind::Or) {
                return Clause::joined(clauses, ClauseKind::Or);
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

    /// `unary ((AND)? unary)*`
    fn and(&mut self) -> Option<Clause> {
        let mut clauses = Vec::new();
        loop {
            match self.peek() {
                None | Some(TokenKind::Close | TokenKind::Or) => {
                    return Clause::joined(clauses, ClauseKind::And);
                }
                Some(TokenKind::And) => self.operand_of("AND", !clauses.is_empty()),
                Some(_) => clauses.extend(self.unary()),
            }
        }
    }

    /// `(NOT | -)* near`
    fn unary(&mut self) -> Option<Clause> {
        let start = self.here();
        let mut negated = false;
        while self.peek() == Some(&TokenKind::Not) {
            negated = !negated;
            self.at += 1;
        }
        let clause = self.proximity();
        match clause {
            Some(clause) if negated => {
                let span = start.start..clause.span.end;
                Some(Clause { kind: ClauseKind::Not(Box::new(clause)), span })
            }
            None if negated && self.warnings.is_empty() => {
                self.warn(start, "nothing is excluded here");
                None
            }
            clause => clause,
        }
    }

    /// `primary (^2)?`: an operand of a proximity operator.
    pub(super) fn boosted(&mut self) -> Option<Clause> {
        let clause = self.primary();
        let Some(&TokenKind::Boost(boost)) = self.peek() else { return clause };
        let end = self.here().end;
        self.at += 1;
        clause.map(|clause| {
            let span = clause.span.start..end;
            Clause { kind: ClauseKind::Boost(Box::new(clause), boost), span }
        })
    }

    /// A group, a field with its value, or a term.
    fn primary(&mut self) -> Option<Clause> {
        let token = self.tokens.get(self.at)?.clone();
        match token.kind {
            TokenKind::Open => self.group(),
            TokenKind::AtLeast(times) => self.at_least(times),
            TokenKind::Field(field) => self.field_value(field),
            TokenKind::Phrase(_) | TokenKind::Regex(_) | TokenKind::Word(_) => self.term(),
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
    pub(super) fn group(&mut self) -> Option<Clause> {
        let open = self.here();
        if self.depth == MAX_DEPTH {
            let message = format!("parentheses are nested more than {MAX_DEPTH} deep");
            self.warnings.push(Warning::too_complex(self.here(), message));
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

    /// Skips a group and those inside of it.
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
    fn field_value(&mut self, field: Field) -> Option<Clause> {
        let name = self.here();
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
            self.warn(name, "a value is missing behind this field");
            return None;
        }
        let is_group = self.peek() == Some(&TokenKind::Open);
        self.fields.push(field);
        let value = self.primary();
        self.fields.pop();
        value.map(|mut clause| {
            clause.span = name.start..clause.span.end;
            if is_group && field == Field::Text(Scope::Said) {
                let span = clause.span.clone();
                clause = Clause { kind: ClauseKind::Quotation(Box::new(clause)), span };
            }
            clause
        })
    }
}

/// What is searched in texts, not in facets.
fn texts<'q>(tokens: &[Token<'q>]) -> Vec<&'q str> {
    let mut texts = Vec::new();
    // Of the next value, and of the open groups.
    let (mut is_text, mut groups) = (true, vec![true]);
    for token in tokens {
        match token.kind {
            TokenKind::Field(field) => {
                is_text = matches!(field, Field::Text(_));
                continue;
            }
            TokenKind::Open => groups.push(is_text),
            TokenKind::Close if groups.len() > 1 => drop(groups.pop()),
            TokenKind::Word(text) | TokenKind::Phrase(text) if is_text => texts.push(text),
            _ => {}
        }
        is_text = groups.last().copied().unwrap_or(true);
    }
    texts
}
