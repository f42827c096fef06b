//! Matches single words against a word pattern.

use std::fmt;
use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy_fst::{Automaton, Regex};

use super::forms::Forms;
use super::spelled_word::SpelledWord;
use crate::query::language;
use crate::query::language::clause::WordPattern;
use crate::text;

/// Builders of automata for edit distances of one and two, with transpositions. They are slow to make: made once.
static ONE_EDIT: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
static TWO_EDITS: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));

/// An automaton for the edit distances (0 to 2) of words from `word`.
pub(crate) fn edit_distances(word: &str) -> DFA {
    TWO_EDITS.build_dfa(word)
}

/// A word pattern, compiled for the languages of an index.
pub(crate) enum WordMatcher {
    /// Words of the same stem.
    Forms(Forms),
    /// Any of these words.
    Exact(Vec<String>),
    /// Words of this spelling.
    Spelled(SpelledWord),
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
    /// Words within an edit distance.
    Fuzzy(DFA),
}

impl WordMatcher {
    /// For words of texts in `languages`.
    pub(crate) fn new(pattern: &WordPattern, languages: &[String]) -> Self {
        match pattern {
            WordPattern::Stem(word) => Self::Forms(Forms::new(word, languages)),
            WordPattern::Exact(word) => Self::Exact(folded_forms(word)),
            WordPattern::Spelled(word) => Self::Spelled(SpelledWord::new(word, false)),
            WordPattern::Cased(word) => Self::Spelled(SpelledWord::new(word, true)),
            WordPattern::Gap => Self::Any,
            WordPattern::Fuzzy(word, distance) => {
                let builder = if *distance < 2 { &ONE_EDIT } else { &TWO_EDITS };
                Self::Automaton(WordAutomaton::Fuzzy(builder.build_dfa(word)))
            }
            WordPattern::Glob(_) | WordPattern::Regex(_) => match language::automaton(pattern) {
                Ok(regex) => Self::Automaton(WordAutomaton::Regex(regex)),
                Err(_) => Self::Nothing,
            },
        }
    }

    /// Whether it matches this word of a text in `language`, which is `folded` when folded.
    pub(crate) fn matches(&self, word: &str, folded: &str, language: &str) -> bool {
        match self {
            Self::Spelled(spelled) => spelled.is(word),
            Self::Any => true,
            _ => self.matches_reading(folded, language) || self.matches_umlauts(word),
        }
    }

    /// Whether it matches this word of a text with two letters for each umlaut. Wildcards and their like see one letter.
    fn matches_umlauts(&self, word: &str) -> bool {
        match self {
            Self::Forms(forms) => text::fold_umlauts(word).is_some_and(|f| forms.has_umlauts(&f)),
            Self::Exact(words) => text::fold_umlauts(word).is_some_and(|f| words.contains(&f)),
            _ => false,
        }
    }

    /// Whether it matches this reading of a text in `language`.
    pub(crate) fn matches_reading(&self, folded: &str, language: &str) -> bool {
        match self {
            Self::Forms(forms) => forms.has(folded, language),
            Self::Exact(words) => words.iter().any(|word| word == folded),
            Self::Automaton(automaton) => accepts(automaton, folded.as_bytes()),
            Self::Spelled(_) | Self::Any | Self::Nothing => false,
        }
    }
}

/// A word folded: in two ways if it has umlauts, since who types them may look for either spelling.
pub(super) fn folded_forms(word: &str) -> Vec<String> {
    std::iter::once(text::fold(word)).chain(text::fold_umlauts(word)).collect()
}

impl fmt::Debug for WordMatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Forms(forms) => forms.fmt(f),
            Self::Exact(words) => f.debug_tuple("Exact").field(words).finish(),
            Self::Spelled(spelled) => spelled.fmt(f),
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

/// Whether the automaton accepts the whole word.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_words() {
        let check = |pattern: WordPattern, yes: &[&str], no: &[&str]| {
            let matcher = WordMatcher::new(&pattern, &["en".to_owned()]);
            let matches = |word: &str| matcher.matches(word, &text::fold(word), "en");
            for word in yes {
                assert!(matches(word), "{pattern:?} {word}");
            }
            for word in no {
                assert!(!matches(word), "{pattern:?} {word}");
            }
        };
        check(WordPattern::Stem("ministers".into()), &["minister", "ministers"], &["ministry"]);
        check(WordPattern::Exact("ministers".into()), &["ministers"], &["minister"]);
        check(WordPattern::Exact("müller".into()), &["Müller", "Muller", "Mueller"], &["Miller"]);
        check(WordPattern::Spelled("été".into()), &["Été", "ÉTÉ", "L’été"], &["ete", "étè"]);
        check(WordPattern::Spelled("ete".into()), &["Ete", "ETE"], &["été"]);
        check(WordPattern::Cased("AIDS".into()), &["AIDS", "AIDS’s"], &["aids", "Aids"]);
        check(WordPattern::Cased("May".into()), &["May"], &["may", "MAY"]);
        check(WordPattern::Glob("wom?n".into()), &["woman", "women"], &["womn", "womenfolk"]);
        check(WordPattern::Glob("*ship".into()), &["ship", "friendship"], &["ships"]);
        check(WordPattern::Fuzzy("colour".into(), 1), &["color", "colour", "clour"], &["collar"]);
        check(WordPattern::Regex("[a-c]+d?".into()), &["abc", "abd"], &["abe"]);
    }
}
