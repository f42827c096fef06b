//! Which words a pattern of one word means.

use std::fmt;
use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy_fst::{Automaton, Regex};

use super::forms::Forms;
use crate::query::language::clause::WordPattern;

/// Patterns longer than this (bytes) are refused: their automata grow too large.
const MAX_PATTERN: usize = 1000;

/// Automata for one and for two letters; swapped neighbours count as one. Slow to make: made once.
static NEAR: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
static FURTHER: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));

/// Tells how many letters (0 to 2) a word differs from `word` by.
pub(crate) fn distances(word: &str) -> DFA {
    FURTHER.build_dfa(word)
}

/// A pattern of one word, ready to be held against words.
pub(crate) enum WordMatcher {
    /// Words of the same stem.
    Forms(Forms),
    /// This word.
    Exact(String),
    /// Words that the automaton accepts.
    Automaton(WordAutomaton),
    /// Any word.
    Any,
    /// No word.
    Nothing,
}

/// An automaton over the bytes of a word.
pub(crate) enum WordAutomaton {
    /// Wildcards and regular expressions.
    Regex(Regex),
    /// Words that are nearly the same.
    Fuzzy(DFA),
}

impl WordMatcher {
    /// For words of texts in `languages`.
    pub(crate) fn new(pattern: &WordPattern, languages: &[String]) -> Self {
        match pattern {
            WordPattern::Stem(word) => Self::Forms(Forms::new(word, languages)),
            WordPattern::Exact(word) => Self::Exact(word.clone()),
            WordPattern::Gap => Self::Any,
            WordPattern::Fuzzy(word, distance) => {
                let builder = if *distance < 2 { &NEAR } else { &FURTHER };
                Self::Automaton(WordAutomaton::Fuzzy(builder.build_dfa(word)))
            }
            WordPattern::Glob(_) | WordPattern::Regex(_) => match regex(pattern) {
                Ok(regex) => Self::Automaton(WordAutomaton::Regex(regex)),
                Err(_) => Self::Nothing,
            },
        }
    }

    /// Is `pattern` a sound regular expression, and not too large?
    pub(crate) fn check(pattern: &WordPattern) -> Result<(), String> {
        regex(pattern).map(drop)
    }

    /// Does it mean this folded word of a text in `language`?
    pub(crate) fn matches(&self, folded: &str, language: &str) -> bool {
        match self {
            Self::Forms(forms) => forms.has(folded, language),
            Self::Exact(word) => word == folded,
            Self::Automaton(automaton) => accepts(automaton, folded.as_bytes()),
            Self::Any => true,
            Self::Nothing => false,
        }
    }
}

impl fmt::Debug for WordMatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Forms(forms) => forms.fmt(f),
            Self::Exact(word) => f.debug_tuple("Exact").field(word).finish(),
            Self::Automaton(_) => f.write_str("Automaton"),
            Self::Any => f.write_str("Any"),
            Self::Nothing => f.write_str("Nothing"),
        }
    }
}

impl Automaton for &WordAutomaton {
    type State = Option<usize>;

    fn start(&self) -> Self::State {
        match self {
            WordAutomaton::Regex(regex) => regex.start(),
            WordAutomaton::Fuzzy(dfa) => Some(dfa.initial_state() as usize),
        }
    }

    fn is_match(&self, state: &Self::State) -> bool {
        match self {
            WordAutomaton::Regex(regex) => regex.is_match(state),
            WordAutomaton::Fuzzy(dfa) => {
                state.is_some_and(|s| matches!(dfa.distance(s as u32), Distance::Exact(_)))
            }
        }
    }

    fn can_match(&self, state: &Self::State) -> bool {
        state.is_some()
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        match self {
            WordAutomaton::Regex(regex) => regex.accept(state, byte),
            WordAutomaton::Fuzzy(dfa) => {
                let next = dfa.transition((*state)? as u32, byte);
                (next != SINK_STATE).then_some(next as usize)
            }
        }
    }
}

fn accepts(automaton: &WordAutomaton, word: &[u8]) -> bool {
    let mut state = automaton.start();
    for &byte in word {
        if !automaton.can_match(&state) {
            return false;
        }
        state = automaton.accept(&state, byte);
    }
    automaton.is_match(&state)
}

fn regex(pattern: &WordPattern) -> Result<Regex, String> {
    let expression = match pattern {
        WordPattern::Glob(glob) => glob_expression(glob),
        WordPattern::Regex(expression) => expression.clone(),
        _ => return Err("not an expression".to_owned()),
    };
    if expression.len() > MAX_PATTERN {
        return Err("it is too long".to_owned());
    }
    Regex::new(&expression).map_err(|error| {
        let message = error.to_string();
        message.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
    })
}

/// `wom?n*` as a regular expression.
pub(crate) fn glob_expression(glob: &str) -> String {
    let mut expression = String::with_capacity(glob.len() + 8);
    for c in glob.chars() {
        match c {
            '*' => expression.push_str(".*"),
            '?' => expression.push('.'),
            _ if c.is_alphanumeric() => expression.push(c),
            _ => {
                expression.push('\\');
                expression.push(c);
            }
        }
    }
    expression
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_mean_words() {
        let check = |pattern: WordPattern, yes: &[&str], no: &[&str]| {
            let matcher = WordMatcher::new(&pattern, &["en".to_owned()]);
            for word in yes {
                assert!(matcher.matches(word, "en"), "{pattern:?} {word}");
            }
            for word in no {
                assert!(!matcher.matches(word, "en"), "{pattern:?} {word}");
            }
        };
        check(WordPattern::Stem("ministers".into()), &["minister", "ministers"], &["ministry"]);
        check(WordPattern::Exact("ministers".into()), &["ministers"], &["minister"]);
        check(WordPattern::Glob("wom?n".into()), &["woman", "women"], &["womn", "womenfolk"]);
        check(WordPattern::Glob("*ship".into()), &["ship", "friendship"], &["ships"]);
        check(WordPattern::Fuzzy("colour".into(), 1), &["color", "colour", "clour"], &["collar"]);
        check(WordPattern::Regex("[a-c]+d?".into()), &["abc", "abd"], &["abe"]);
    }
}
