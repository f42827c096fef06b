//! Query text to tokens. Every text gives tokens; what is malformed gives a warning.

use std::ops::Range;

use super::clause::Within;
use super::fields::{self, Field};
use super::quoted::{closing_mark, is_double_quote};
use super::warning::{Warning, WarningKind};

/// Words, marks and operators of a query.
const MAX_TOKENS: usize = 1 << 14;

/// A token and its bytes in the query text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token<'q> {
    pub(super) kind: TokenKind<'q>,
    pub(super) span: Range<usize>,
    /// Whether white space, an opening parenthesis or nothing stands before it.
    pub(super) apart: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind<'q> {
    Open,
    Close,
    And,
    Or,
    Not,
    /// `w/5`, `pre/s`
    Near {
        within: Within,
        ordered: bool,
    },
    /// `name:`
    Field(Field),
    /// `atleast3`, an opening parenthesis follows.
    AtLeast(u32),
    /// Between quotation marks, as it is written.
    Phrase(&'q str),
    /// Between slashes.
    Regex(&'q str),
    /// Anything else up to white space, a parenthesis or a double quotation mark.
    Word(&'q str),
    /// `^2`
    Boost(f32),
    /// `~3` behind a phrase.
    Slop(u32),
}

/// Cuts `query` into tokens.
pub(super) fn tokens<'q>(query: &'q str, warnings: &mut Vec<Warning>) -> Vec<Token<'q>> {
    let mut lexer = Lexer { query, at: 0, tokens: Vec::new(), warnings };
    while lexer.tokens.len() < MAX_TOKENS && lexer.next() {}
    if lexer.tokens.len() == MAX_TOKENS {
        let message = format!("the query has more than {MAX_TOKENS} words and operators");
        lexer.warnings.push(Warning::too_complex(lexer.at..query.len(), message));
    }
    lexer.tokens
}

struct Lexer<'q, 'w> {
    query: &'q str,
    at: usize,
    tokens: Vec<Token<'q>>,
    warnings: &'w mut Vec<Warning>,
}

impl<'q> Lexer<'q, '_> {
    /// Reads one token; false at the end.
    fn next(&mut self) -> bool {
        let rest = &self.query[self.at..];
        let trimmed = rest.trim_start();
        self.at += rest.len() - trimmed.len();
        let Some(c) = trimmed.chars().next() else { return false };
        match c {
            '(' => self.push(TokenKind::Open, 1),
            ')' => self.push(TokenKind::Close, 1),
            '^' if !self.is_apart() => self.boost(trimmed),
            '~' if !self.is_apart() && self.follows_phrase() => self.slop(trimmed),
            '-' | '−' if self.is_apart() && opens_operand(&trimmed[c.len_utf8()..]) => {
                self.push(TokenKind::Not, c.len_utf8());
            }
            _ if is_double_quote(c) => self.phrase(trimmed, c),
            '/' if self.is_regex(trimmed) => self.regex(trimmed),
            _ => self.word(trimmed),
        }
        true
    }

    fn push(&mut self, kind: TokenKind<'q>, len: usize) {
        let apart = self.is_apart();
        self.tokens.push(Token { kind, span: self.at..self.at + len, apart });
        self.at += len;
    }

    fn warn(&mut self, len: usize, message: impl Into<String>) {
        self.warnings.push(Warning::new(self.at..self.at + len, message));
    }

    fn is_apart(&self) -> bool {
        match self.tokens.last() {
            None => true,
            Some(last) => {
                last.span.end < self.at || matches!(last.kind, TokenKind::Open | TokenKind::Not)
            }
        }
    }

    fn follows_phrase(&self) -> bool {
        self.tokens.last().is_some_and(|t| matches!(t.kind, TokenKind::Phrase(_)))
    }

    fn follows_field(&self) -> bool {
        let last = self.tokens.last();
        last.is_some_and(|t| matches!(t.kind, TokenKind::Field(_)) && t.span.end == self.at)
    }

    fn boost(&mut self, rest: &'q str) {
        let len = 1 + number_len(&rest[1..]);
        match rest[1..len].parse::<f32>() {
            Ok(boost) if boost.is_finite() => {
                self.push(TokenKind::Boost(boost.clamp(0.0, 1e6)), len);
            }
            _ => {
                self.warn(len, "a boost is ^ and a number, such as ^2");
                self.at += len;
            }
        }
    }

    fn slop(&mut self, rest: &'q str) {
        let len = 1 + digits_len(&rest[1..]);
        let slop = if len == 1 { Ok(2) } else { rest[1..len].parse() };
        if let Ok(slop) = slop {
            self.push(TokenKind::Slop(slop), len);
        } else {
            self.warn(len, "that number is too large");
            self.at += len;
        }
    }

    fn phrase(&mut self, rest: &'q str, open: char) {
        let inner = &rest[open.len_utf8()..];
        if let Some((end, close)) = closing_mark(inner) {
            let len = open.len_utf8() + end + close.len_utf8();
            self.push(TokenKind::Phrase(&inner[..end]), len);
        } else {
            self.warn(rest.len(), "the quotation mark is not closed; it ends with the query");
            self.push(TokenKind::Phrase(inner), rest.len());
        }
    }

    /// Whether the slash at the start of `rest` opens a regular expression: a word may begin there, and another slash
    /// closes it before any white space.
    fn is_regex(&self, rest: &str) -> bool {
        (self.is_apart() || self.follows_field()) && regex_len(rest).is_some()
    }

    fn regex(&mut self, rest: &'q str) {
        let len = regex_len(rest).unwrap_or(rest.len());
        self.push(TokenKind::Regex(&rest[1..len.max(2) - 1]), len);
    }

    fn word(&mut self, rest: &'q str) {
        let len = word_len(rest);
        let (word, behind) = (&rest[..len], &rest[len..]);
        if let Some(times) = at_least(word, behind) {
            self.push(TokenKind::AtLeast(times), len);
            return;
        }
        if !self.follows_field() {
            if let Some((name, value)) = field_name(word, behind) {
                self.field(name, value);
                return;
            }
            if let Some(kind) = operator(word) {
                self.push(kind, len);
                return;
            }
        }
        let len = match word.rfind('^') {
            Some(at) if at > 0 && number_len(&word[at + 1..]) == word.len() - at - 1 => at,
            _ => len,
        };
        self.push(TokenKind::Word(&rest[..len]), len);
    }

    /// `name:`, followed by `value`. An unknown name is left out.
    fn field(&mut self, name: &str, value: &str) {
        let (span, len) = (self.at..self.at + name.len() + 1, name.len() + 1);
        if let Some(field) = fields::field_named(name) {
            self.push(TokenKind::Field(field), len);
            return;
        }
        let nearest = fields::nearest(name);
        let hint =
            nearest.map_or_else(String::new, |near| format!("; did you mean {near}:{value}"));
        let message = format!("there is no field {name}{hint}");
        let (name, nearest) = (name.to_owned(), nearest.map(str::to_owned));
        let kind = WarningKind::UnknownField { name, nearest };
        self.warnings.push(Warning { span, kind, message });
        self.at += len;
    }
}

/// The field name before a colon, and the rest of the word; `None` for `10:30`, `https://…`, `mailto:…` and `Mr: no`.
fn field_name<'q>(word: &'q str, behind: &'q str) -> Option<(&'q str, &'q str)> {
    let (name, value) = word.split_once(':')?;
    if !fields::may_be_name(name, value)
        || value.starts_with("//")
        || value.starts_with([':', '\\'])
    {
        return None;
    }
    let opens = behind.starts_with(|c| c == '(' || is_double_quote(c));
    (fields::field_named(name).is_some() || !value.is_empty() || opens).then_some((name, value))
}

/// `atleast3(`
fn at_least(word: &str, behind: &str) -> Option<u32> {
    let times = strip_prefix_ignoring_case(word, "atleast")?;
    if behind.starts_with('(') { times.parse().ok() } else { None }
}

/// `AND`, `OR`, `NOT`, `w/5`.
fn operator<'q>(word: &str) -> Option<TokenKind<'q>> {
    match word {
        "AND" | "&&" => return Some(TokenKind::And),
        "OR" | "||" => return Some(TokenKind::Or),
        "NOT" => return Some(TokenKind::Not),
        _ => {}
    }
    let (name, distance) = word.split_once('/')?;
    let ordered = match name.to_ascii_lowercase().as_str() {
        "w" | "near" => false,
        "pre" => true,
        _ => return None,
    };
    let within = match distance {
        "s" | "S" => Within::Sentence,
        "p" | "P" => Within::Paragraph,
        _ => Within::Words(distance.parse().ok()?),
    };
    Some(TokenKind::Near { within, ordered })
}

fn strip_prefix_ignoring_case<'w>(word: &'w str, prefix: &str) -> Option<&'w str> {
    let head = word.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &word[prefix.len()..])
}

/// The length of a word: up to white space, a parenthesis or a double quotation mark.
fn word_len(rest: &str) -> usize {
    rest.char_indices()
        .skip(1)
        .find(|&(_, c)| c.is_whitespace() || matches!(c, '(' | ')') || is_double_quote(c))
        .map_or(rest.len(), |(at, _)| at)
}

/// Whether a minus sign before `rest` excludes it.
fn opens_operand(rest: &str) -> bool {
    rest.chars().next().is_some_and(|c| !c.is_whitespace() && !matches!(c, '-' | ')'))
}

/// The length of `/…/` at the start of `rest`.
fn regex_len(rest: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c.is_whitespace() => return None,
            '/' => {
                let next = rest[at + 1..].chars().next();
                let ends = next.is_none_or(|n| n.is_whitespace() || matches!(n, ')' | '^'));
                return (at > 1 && ends).then_some(at + 1);
            }
            _ => {}
        }
    }
    None
}

fn digits_len(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn number_len(text: &str) -> usize {
    text.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count()
}
