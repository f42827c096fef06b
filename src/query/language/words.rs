//! Words of a query to word patterns: analyzed as the index analyzes texts, with their wildcards.

use std::collections::HashSet;

use super::clause::{Clause, ClauseKind, JoinedWords, Pattern, Scope, TextClause, WordPattern};
use crate::text;

/// Words of a phrase; further ones are left out.
const MAX_PHRASE: usize = 256;

/// How words without wildcards match.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum WordForm {
    /// Any word of the same stem.
    Stemmed,
    /// The same, but of a word in capitals (`AIDS`) this word alone.
    StemmedUnlessCapitals,
    /// This word alone.
    Exact,
    /// This word with its accents.
    Spelled,
    /// This word with its accents and capitals.
    Cased,
}

impl WordForm {
    /// The form of words without marks in a query of which these are words: one that is wholly in capitals, like a headline, has no
    /// words that capitals set apart.
    pub(super) fn without_marks<'q>(texts: impl IntoIterator<Item = &'q str>) -> Self {
        let mut in_capitals = 0;
        for text in texts {
            for word in text::words(text).map(|word| &text[word]) {
                if word.chars().any(char::is_lowercase) {
                    return Self::StemmedUnlessCapitals;
                }
                in_capitals += usize::from(text::is_in_capitals(word));
            }
        }
        if in_capitals > 1 { Self::Stemmed } else { Self::StemmedUnlessCapitals }
    }
}

/// The pattern of an unquoted word: `terror*`, `colour~1`, `=said`, `==May`, `al-Sadr`, `5,000`. `None` if it has no letter or
/// digit.
pub(super) fn word(text: &str, form: WordForm) -> Option<Pattern> {
    let (text, form) = match (text.strip_prefix("=="), text.strip_prefix('=')) {
        (Some(rest), _) => (rest, WordForm::Cased),
        (_, Some(rest)) => (rest, WordForm::Spelled),
        _ => (text, form),
    };
    if let Some((stem, distance)) = fuzzy(text) {
        let fuzzy = |word: &str| WordPattern::Fuzzy(text::fold(word), distance);
        return phrase_of(pieces_of_run(stem, form, fuzzy), None);
    }
    phrase_of(pieces(text, form, false), None)
}

/// The pattern of a text between quotation marks: its words as they stand, `*` alone for any one word.
pub(super) fn phrase(text: &str, slop: Option<u32>) -> Option<Pattern> {
    phrase_of(pieces(text, WordForm::Exact, true), slop)
}

/// The clause for any of the words of a plain text, by stem: operators and fields are words too.
pub(super) fn any_of(text: &str) -> Clause {
    let mut seen = HashSet::new();
    let form = WordForm::without_marks([text]);
    let clauses = text::words(text)
        .map(|span| (plain(&text[span.clone()], form), span))
        .filter(|(word, _)| seen.insert(word.clone()))
        .map(|(word, span)| {
            let pattern = Pattern::Word(word);
            let text = TextClause { scope: Scope::Default, pattern, at_least: 1 };
            Clause { kind: ClauseKind::Text(text), span }
        })
        .collect();
    Clause { kind: ClauseKind::Or(clauses), span: 0..text.len() }
}

/// `colour~1`, `colour~`
fn fuzzy(text: &str) -> Option<(&str, u8)> {
    let (stem, distance) = text.rsplit_once('~')?;
    if stem.is_empty() || stem.contains(['*', '?']) {
        return None;
    }
    match distance {
        "" | "1" => Some((stem, 1)),
        "2" => Some((stem, 2)),
        _ => None,
    }
}

/// Words in order, and which of them may be one word.
#[derive(Default)]
struct Pieces {
    words: Vec<WordPattern>,
    joined: Vec<JoinedWords>,
}

impl Pieces {
    /// Leaves out those of its words of which `keep` does not hold, by number.
    fn retain(&mut self, keep: impl Fn(usize, &WordPattern) -> bool) {
        let keeps: Vec<_> =
            self.words.iter().enumerate().map(|(at, word)| keep(at, word)).collect();
        let before = |at: usize| keeps[..at].iter().filter(|keep| **keep).count();
        self.joined
            .retain(|joined| keeps[joined.first..joined.first + joined.words].iter().all(|k| *k));
        for joined in &mut self.joined {
            joined.first = before(joined.first);
        }
        let mut keeps = keeps.into_iter();
        self.words.retain(|_| keeps.next().unwrap_or(false));
    }
}

fn phrase_of(mut pieces: Pieces, slop: Option<u32>) -> Option<Pattern> {
    let is_word = |word: &WordPattern| *word != WordPattern::Gap;
    let first = pieces.words.iter().position(is_word)?;
    let last = pieces.words.iter().take(MAX_PHRASE).rposition(is_word)?;
    pieces.retain(|at, word| (first..=last).contains(&at) && (slop.is_none() || is_word(word)));
    let Pieces { mut words, joined } = pieces;
    match words.len() {
        1 => words.pop().map(Pattern::Word),
        _ => Some(Pattern::Phrase { words, joined, slop }),
    }
}

/// Words and wildcard words in order. In quotation marks a question mark at the end of a word is punctuation.
fn pieces(text: &str, form: WordForm, quoted: bool) -> Pieces {
    let mut all = Pieces::default();
    for run in text.split_whitespace() {
        if quoted && run == "*" {
            all.words.push(WordPattern::Gap);
            continue;
        }
        let run = if quoted {
            run.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '*')
        } else {
            run
        };
        let before = all.words.len();
        let Pieces { words, joined } = if run.contains(is_wildcard) {
            globs(run, form)
        } else {
            pieces_of_run(run, form, |word| plain(word, form))
        };
        all.words.extend(words);
        let joined = joined.into_iter().map(|j| JoinedWords { first: j.first + before, ..j });
        all.joined.extend(joined);
    }
    all
}

/// The words of a run without white space and wildcards. Those that are looked for by their spelling are not joined.
fn pieces_of_run(run: &str, form: WordForm, pattern: impl Fn(&str) -> WordPattern) -> Pieces {
    let words: Vec<_> = text::words(run).collect();
    let spelled = matches!(form, WordForm::Spelled | WordForm::Cased);
    let runs = if spelled { Vec::new() } else { text::joined(run, &words) };
    let one_word = |of: &std::ops::Range<usize>| -> String {
        words[of.clone()].iter().map(|word| text::spelling(&run[word.clone()])).collect()
    };
    let joined = runs.into_iter().map(|of| JoinedWords {
        first: of.start,
        words: of.len(),
        word: pattern(&one_word(&of)),
    });
    let joined = joined.collect();
    Pieces { words: words.into_iter().map(|word| pattern(&run[word])).collect(), joined }
}

fn plain(word: &str, form: WordForm) -> WordPattern {
    let is_stemmed = match form {
        WordForm::Stemmed => text::is_stemmed(word),
        WordForm::StemmedUnlessCapitals => text::is_stemmed(word) && !text::is_in_capitals(word),
        WordForm::Exact | WordForm::Spelled | WordForm::Cased => false,
    };
    match form {
        WordForm::Cased => WordPattern::Cased(text::spelling(word)),
        WordForm::Spelled => WordPattern::Spelled(text::lower_spelling(word)),
        _ if is_stemmed => WordPattern::Stem(text::lower_spelling(word)),
        _ => WordPattern::Exact(text::lower_spelling(word)),
    }
}

/// The words of a run with wildcards, which count as letters: `al-sadr*` is two words, or one.
fn globs(run: &str, form: WordForm) -> Pieces {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '*' | '?' | '\'' | '’');
    let has_word = |part: &&str| part.contains(|c: char| c.is_alphanumeric() || is_wildcard(c));
    let mut all = Pieces::default();
    for linked in run.split(|c: char| !is_part(c) && c != '-') {
        let parts: Vec<_> = linked.split('-').map(|part| part.trim_matches(['\'', '’'])).collect();
        if let [before, behind] = parts[..]
            && before.ends_with(char::is_alphabetic)
            && behind.starts_with(char::is_alphabetic)
        {
            let word = glob(&format!("{before}{behind}"));
            all.joined.push(JoinedWords { first: all.words.len(), words: 2, word });
        }
        for part in parts.into_iter().filter(has_word) {
            if part.contains(is_wildcard) {
                all.words.push(glob(part));
            } else {
                all.words.extend(text::words(part).map(|w| plain(&part[w], form)));
            }
        }
    }
    all
}

fn is_wildcard(c: char) -> bool {
    matches!(c, '*' | '?')
}

fn glob(part: &str) -> WordPattern {
    let mut folded = String::with_capacity(part.len());
    for piece in part.split_inclusive(['*', '?']) {
        let (letters, wildcard) = match piece.strip_suffix(['*', '?']) {
            Some(letters) => (letters, &piece[letters.len()..]),
            None => (piece, ""),
        };
        folded.push_str(&text::fold(letters));
        if !(wildcard == "*" && folded.ends_with('*')) {
            folded.push_str(wildcard);
        }
    }
    WordPattern::Glob(folded)
}
