//! Wildcards and regular expressions of single words as automata, none of which is built before its size is known.

use std::collections::HashSet;
use std::fmt;

use regex_syntax::hir::{Class, Hir, HirKind};
use regex_syntax::utf8::Utf8Sequences;
use tantivy_fst::{Automaton, Regex};

use super::clause::WordPattern;

/// Longer patterns (bytes) are refused: their automata grow too large.
const MAX_PATTERN: usize = 1000;
/// Instructions of an automaton: six times any letter of any script. In the worst case its states hold as many each.
const MAX_INSTRUCTIONS: usize = 1 << 15;
/// Letters and classes of letters of an expression, repetitions written out.
const MAX_LETTERS: usize = 1000;

/// Why there is no automaton for an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ExpressionError {
    /// It is none; what is wrong with it.
    Invalid(String),
    /// Its automaton would be too large.
    TooLarge,
}

impl ExpressionError {
    fn invalid(error: &impl ToString) -> Self {
        let message = error.to_string();
        let last = message.lines().last().unwrap_or_default();
        Self::Invalid(last.trim_start_matches("error: ").to_owned())
    }
}

impl fmt::Display for ExpressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(why) => f.write_str(why),
            Self::TooLarge => {
                f.write_str("it is too long, or has too many repetitions and wildcards")
            }
        }
    }
}

/// What an automaton takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct WordAutomatonSize {
    /// Instructions from which it is built.
    pub(super) instructions: usize,
    /// Its states, of some kilobytes each.
    pub(super) states: usize,
}

/// The automaton of a wildcard pattern or a regular expression; `Err` says what is wrong with the pattern.
pub(in crate::query) fn automaton(pattern: &WordPattern) -> Result<Regex, ExpressionError> {
    value_automaton(&expression_of(pattern)?)
}

/// The automaton of a regular expression for a whole value.
pub(crate) fn value_automaton(expression: &str) -> Result<Regex, ExpressionError> {
    parsed(expression)?;
    // The type of the error has no name outside of its crate.
    Regex::new(expression).map_err(|error| match ExpressionError::invalid(&error) {
        ExpressionError::Invalid(why) if why.contains("states") => ExpressionError::TooLarge,
        other => other,
    })
}

/// The size of the automaton of a wildcard pattern or a regular expression.
pub(super) fn size(pattern: &WordPattern) -> Result<WordAutomatonSize, ExpressionError> {
    let expression = expression_of(pattern)?;
    let instructions = parsed(&expression)?;
    let regex = value_automaton(&expression)?;
    Ok(WordAutomatonSize { instructions, states: states(&regex) })
}

fn expression_of(pattern: &WordPattern) -> Result<String, ExpressionError> {
    match pattern {
        WordPattern::Glob(glob) => Ok(glob_expression(glob)),
        WordPattern::Regex(expression) => Ok(expression.clone()),
        _ => Err(ExpressionError::Invalid("not an expression".to_owned())),
    }
}

/// The number of instructions of an expression that is not too large.
fn parsed(expression: &str) -> Result<usize, ExpressionError> {
    if expression.len() > MAX_PATTERN {
        return Err(ExpressionError::TooLarge);
    }
    let tree = regex_syntax::parse(expression).map_err(|error| ExpressionError::invalid(&error))?;
    let size = Written::of(&tree);
    if size.instructions > MAX_INSTRUCTIONS || size.letters > MAX_LETTERS {
        return Err(ExpressionError::TooLarge);
    }
    Ok(size.instructions)
}

/// The size of an expression with its repetitions written out.
#[derive(Clone, Copy, Default)]
struct Written {
    /// Letters, and classes of letters.
    letters: usize,
    /// Instructions of the automaton: one for each byte or range of bytes, and jumps between alternatives.
    instructions: usize,
}

impl Written {
    fn of(tree: &Hir) -> Self {
        match tree.kind() {
            HirKind::Empty | HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => Self::default(),
            HirKind::Literal(literal) => {
                Self { letters: literal.0.len(), instructions: literal.0.len() }
            }
            HirKind::Class(Class::Unicode(class)) => {
                let sequences =
                    class.ranges().iter().flat_map(|r| Utf8Sequences::new(r.start(), r.end()));
                let instructions = sequences.map(|sequence| sequence.len() + 2).sum();
                Self { letters: 1, instructions }
            }
            HirKind::Capture(capture) => Self::of(&capture.sub),
            HirKind::Concat(parts) => Self::sum(parts, 0),
            HirKind::Alternation(parts) => Self::sum(parts, 2),
            HirKind::Repetition(repetition) => {
                let times = repetition.max.unwrap_or(repetition.min.saturating_add(1)) as usize;
                let Self { letters, instructions } = Self::of(&repetition.sub);
                Self {
                    letters: letters.saturating_mul(times),
                    instructions: instructions.saturating_add(2).saturating_mul(times),
                }
            }
        }
    }

    /// Of several parts, with jumps between them.
    fn sum(parts: &[Hir], jumps: usize) -> Self {
        parts.iter().map(Self::of).fold(Self::default(), |all, part| Self {
            letters: all.letters.saturating_add(part.letters),
            instructions: all.instructions.saturating_add(part.instructions + jumps),
        })
    }
}

/// The number of states of an automaton.
fn states(regex: &Regex) -> usize {
    let mut seen = HashSet::from([regex.start()]);
    let mut new = vec![regex.start()];
    while let Some(state) = new.pop() {
        let next = (0..=u8::MAX).map(|byte| regex.accept(&state, byte));
        new.extend(next.filter(|next| next.is_some() && seen.insert(*next)));
    }
    seen.len()
}

/// `wom?n*` as a regular expression.
pub(crate) fn glob_expression(glob: &str) -> String {
    let mut expression = String::with_capacity(glob.len() + 8);
    for c in glob.chars() {
        match c {
            '*' => expression.push_str(".*"),
            '?' => expression.push('.'),
            _ if regex_syntax::is_meta_character(c) => expression.extend(['\\', c]),
            _ => expression.push(c),
        }
    }
    expression
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regex(expression: &str) -> Result<WordAutomatonSize, ExpressionError> {
        size(&WordPattern::Regex(expression.to_owned()))
    }

    #[test]
    fn expressions_are_measured_before_they_are_built() {
        for huge in
            ["((a{1,50}){1,50}){1,50}", r"\w{50}", "(a{1000}){1000}", "(((((a{9}){9}){9}){9}){9})"]
        {
            assert_eq!(regex(huge), Err(ExpressionError::TooLarge), "{huge}");
        }
        for usual in [r"\w+", "[a-c]{2,5}x", "(war|port)s*", ".*a.*b.*c", r"\d{4}-\d{2}"] {
            assert!(regex(usual).is_ok(), "{usual}");
        }
        let glob = |text: &str| size(&WordPattern::Glob(text.to_owned()));
        assert!(glob("wom?n*").is_ok_and(|size| size.states < 100));
        assert!(glob("*a??????????").is_err());
        assert!(glob(&"*a".repeat(400)).is_err());
    }

    #[test]
    fn sizes_count_what_is_built() {
        assert_eq!(regex("abc"), Ok(WordAutomatonSize { instructions: 3, states: 4 }));
        assert_eq!(regex("a{3}").map(|size| size.states), Ok(4));
        assert_eq!(Written::of(&regex_syntax::parse("(a{2,9}){3}").expect("valid")).letters, 27);
    }
}
