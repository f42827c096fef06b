//! What a query asks for at most: bounds on its words and on the automata of its wildcards, expressions and fuzzy words,
//! taken before anything is searched; and which of its clauses costs most.

use std::fmt::Display;

use super::clause::{Clause, ClauseKind, FacetClause, Pattern, Value, WordPattern};
use super::expression::{self, ExpressionError, WordAutomatonSize};
use super::warning::Warning;
use crate::text::MAX_WORD;

/// Words, values and ranges of a query, those that proximity operators repeat included.
const MAX_WORDS: usize = 2048;
/// Words of a phrase in any order: assigning its words to places takes the cube of their number.
const MAX_LOOSE: usize = 32;
/// The automata of a query together: instructions take a few bytes each, states 4 KB.
const MAX_SIZE: WordAutomatonSize = WordAutomatonSize { instructions: 1 << 17, states: 1 << 14 };
/// States of the automaton of a fuzzy word for each of its letters.
const FUZZY_STATES: usize = 28;
/// Letters of a clause that a message repeats.
const SHOWN: usize = 80;

/// The warnings about what `clause` asks for too much.
pub(super) fn excesses(clause: &Clause) -> Vec<Warning> {
    let mut bill = Bill::default();
    bill.add(clause);
    bill.excesses
}

/// What has been added up so far.
#[derive(Default)]
struct Bill {
    words: usize,
    size: WordAutomatonSize,
    excesses: Vec<Warning>,
}

impl Bill {
    fn add(&mut self, clause: &Clause) {
        if !self.excesses.is_empty() {
            return;
        }
        match &clause.kind {
            ClauseKind::Text(text) => self.add_pattern(&text.pattern, clause),
            ClauseKind::Facet(FacetClause { value, .. }) => self.add_value(value, clause),
            _ => {
                self.words += usize::from(clause.parts().is_empty());
                clause.parts().iter().for_each(|part| self.add(part));
            }
        }
        if self.words > MAX_WORDS {
            self.refuse(clause, &format!("a query has at most {MAX_WORDS} words"));
        }
    }

    fn add_value(&mut self, value: &Value, clause: &Clause) {
        match value {
            Value::Part(pattern) => return self.add_pattern(pattern, clause),
            Value::Regex(expression) => {
                self.add_word(&WordPattern::Regex(expression.clone()), clause);
            }
            _ => {}
        }
        self.words += 1;
    }

    fn add_pattern(&mut self, pattern: &Pattern, clause: &Clause) {
        match pattern {
            Pattern::Word(word) => self.add_word(word, clause),
            Pattern::Phrase { words, joined, slop } => {
                if slop.is_some() && words.len() > MAX_LOOSE {
                    let why = format!("a phrase in any order has at most {MAX_LOOSE} words");
                    self.refuse(clause, &why);
                }
                let joined = joined.iter().map(|joined| &joined.word);
                words.iter().chain(joined).for_each(|word| self.add_word(word, clause));
            }
            Pattern::Or(patterns) => patterns.iter().for_each(|p| self.add_pattern(p, clause)),
            Pattern::Near { left, right, .. } => {
                self.add_pattern(left, clause);
                self.add_pattern(right, clause);
            }
        }
    }

    fn add_word(&mut self, word: &WordPattern, clause: &Clause) {
        if !self.excesses.is_empty() {
            return;
        }
        self.words += 1;
        let size = match word {
            WordPattern::Glob(_) | WordPattern::Regex(_) => expression::size(word),
            WordPattern::Fuzzy(word, _) if word.len() > MAX_WORD => {
                let why = format!("a word with ~ has at most {MAX_WORD} letters");
                return self.refuse(clause, &why);
            }
            WordPattern::Fuzzy(word, _) => {
                let states = word.len() * FUZZY_STATES;
                Ok(WordAutomatonSize { instructions: 0, states })
            }
            _ => return,
        };
        match size {
            Ok(size) => {
                self.size.instructions += size.instructions;
                self.size.states += size.states;
                if self.size.instructions > MAX_SIZE.instructions
                    || self.size.states > MAX_SIZE.states
                {
                    let why = "its wildcards, expressions and fuzzy words are too many together";
                    self.refuse(clause, why);
                }
            }
            Err(why @ ExpressionError::TooLarge) => self.refuse(clause, &why.to_string()),
            // No word is like it.
            Err(ExpressionError::Invalid(_)) => {}
        }
    }

    fn refuse(&mut self, clause: &Clause, why: &str) {
        let message = format!("{} asks for too much: {why}", shown(clause));
        self.excesses.push(Warning::too_complex(clause.span.clone(), message));
    }
}

/// What takes the time of a query, for a message: its clauses with proximity, wildcards and the like, else the whole.
pub(in crate::query) fn costliest(clause: &Clause) -> String {
    let mut costly = Vec::new();
    add_costly(clause, &mut costly);
    match costly[..] {
        [] => "the query".to_owned(),
        [only] => format!("the clause {}", shown(only)),
        [first, ..] => format!("a query with {} clauses like {}", costly.len(), shown(first)),
    }
}

fn add_costly<'c>(clause: &'c Clause, costly: &mut Vec<&'c Clause>) {
    let is_costly = match &clause.kind {
        ClauseKind::Text(text) => text.at_least > 1 || is_costly(&text.pattern),
        ClauseKind::Facet(FacetClause { value, .. }) => {
            matches!(value, Value::Regex(_)) || matches!(value, Value::Part(p) if is_costly(p))
        }
        _ => false,
    };
    if is_costly {
        costly.push(clause);
    }
    clause.parts().iter().for_each(|part| add_costly(part, costly));
}

/// Whether more than looking up words is to be done for it.
fn is_costly(pattern: &Pattern) -> bool {
    let is_automaton = |word: &WordPattern| {
        matches!(word, WordPattern::Glob(_) | WordPattern::Regex(_) | WordPattern::Fuzzy(..))
    };
    match pattern {
        Pattern::Word(word) => is_automaton(word) || matches!(word, WordPattern::Cased(_)),
        Pattern::Phrase { words, slop, .. } => slop.is_some() || words.iter().any(is_automaton),
        Pattern::Or(patterns) => patterns.iter().any(is_costly),
        Pattern::Near { .. } => true,
    }
}

/// A clause in the query language, cut to a line.
pub(crate) fn shown(clause: &impl Display) -> String {
    let text = clause.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
