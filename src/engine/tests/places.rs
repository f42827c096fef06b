//! The words of made articles and queries, and where patterns match them, in the plainest terms: for the oracle.

use std::collections::BTreeSet;

use super::made::{Model, QUERY_LANGUAGES};
use crate::query::language::clause::Within;
use crate::text;

/// A word of a query.
#[derive(Clone, Debug)]
pub(super) enum Word {
    Stem(&'static str),
    Exact(&'static str),
    /// With its accents, and with its capitals if that is set.
    Spelled(&'static str, bool),
    Glob(&'static str),
    Fuzzy(&'static str, usize),
    Regex(&'static str, fn(&str) -> bool),
}

/// A pattern over the words of a text.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Word(Word),
    /// `re-ship`
    Hyphenated(&'static str, &'static str, &'static str),
    Phrase(Vec<Word>, Option<usize>),
    Or(Vec<Part>),
    Near {
        left: Box<Part>,
        right: Box<Part>,
        within: Within,
        ordered: bool,
        negated: bool,
    },
}

/// A word without its accents.
fn folded(word: &str) -> String {
    word.to_lowercase().replace('é', "e").replace('ü', "u")
}

/// The same with two letters for an umlaut.
fn with_umlauts(word: &str) -> String {
    folded(&word.to_lowercase().replace('ü', "ue"))
}

impl Word {
    /// Whether the folded word, or a reading of that spelling, is this one.
    fn is(&self, word: &str, language: Option<&str>) -> bool {
        match self {
            Self::Stem(asked) => {
                let is_found_by =
                    |stem: &str| word == stem || (stem.len() > 3 && word.starts_with(stem));
                let given = text::stem(word, language.unwrap_or("--"));
                let is_form = |asked: &String, of: &str| {
                    let stem = text::stem(asked, of);
                    stem == given && !is_found_by(&stem)
                };
                let asked = [folded(asked), with_umlauts(asked)];
                let mut ways = asked.iter().flat_map(|a| QUERY_LANGUAGES.map(|of| (a, of)));
                self.is_neighbour(word) || ways.any(|(asked, of)| is_form(asked, of))
            }
            Self::Exact(_) => self.is_neighbour(word),
            Self::Spelled(..) => false,
            Self::Glob(glob) => is_like(glob.as_bytes(), word.as_bytes()),
            Self::Fuzzy(asked, most) => distance(asked.as_bytes(), word.as_bytes()) <= *most,
            Self::Regex(_, accepts) => accepts(word),
        }
    }

    /// Whether the word is one that is asked for, or begins with the stem of one and has it.
    fn is_neighbour(&self, word: &str) -> bool {
        let (Self::Stem(asked) | Self::Exact(asked)) = self else { return false };
        let is_form = |asked: &String, of: &str| {
            let stem = text::stem(asked, of);
            let is_found = word == stem || (stem.len() > 3 && word.starts_with(&*stem));
            is_found && text::stem(word, of) == stem
        };
        [folded(asked), with_umlauts(asked)].iter().any(|asked| {
            let is_stem = matches!(self, Self::Stem(_));
            word == asked || is_stem && QUERY_LANGUAGES.iter().any(|of| is_form(asked, of))
        })
    }

    /// Whether it is this word as it is printed.
    fn is_printed(&self, word: &str, language: Option<&str>) -> bool {
        match self {
            Self::Spelled(asked, true) => word == *asked,
            Self::Spelled(asked, false) => word.to_lowercase() == *asked,
            _ => self.is(&folded(word), language) || self.is_neighbour(&with_umlauts(word)),
        }
    }
}

fn is_like(glob: &[u8], word: &[u8]) -> bool {
    match (glob, word) {
        ([], []) => true,
        ([b'*', rest @ ..], _) => (0..=word.len()).any(|skip| is_like(rest, &word[skip..])),
        ([b'?', rest @ ..], [_, word @ ..]) => is_like(rest, word),
        ([a, rest @ ..], [b, word @ ..]) => a == b && is_like(rest, word),
        _ => false,
    }
}

/// Letters inserted, left out, replaced, or swapped with their neighbour, for all beginnings of both words.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, j) in (0..=a.len()).flat_map(|i| (0..=b.len()).map(move |j| (i, j))) {
        rows[i][j] = if i == 0 || j == 0 {
            i + j
        } else {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let least = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if swapped { least.min(rows[i - 2][j - 2] + 1) } else { least }
        };
    }
    rows[a.len()][b.len()]
}

/// A word of a text.
pub(super) struct Token {
    printed: String,
    /// Whether a hyphen joins it to the word before.
    is_linked: bool,
    sentence: usize,
    paragraph: usize,
}

/// A text: its words.
pub(super) struct Text {
    pub(super) words: Vec<Token>,
    language: Option<&'static str>,
}

/// First and last word of a match, and whether a proximity operator or slop found it.
pub(super) type Place = (usize, usize, bool);

impl Text {
    pub(super) fn body(model: &Model) -> Self {
        let mut text = Self::of(&model.title, model.language);
        let mut sentence = 0;
        for (paragraph, sentences) in model.paragraphs.iter().enumerate() {
            for s in sentences {
                sentence += 1;
                text.add_sentence(s, sentence, paragraph + 1);
            }
        }
        text
    }

    pub(super) fn lead(model: &Model) -> Self {
        let mut text = Self { words: Vec::new(), language: model.language };
        for (n, s) in model.paragraphs[model.lead()].iter().enumerate() {
            text.add_sentence(s, n, 0);
        }
        text
    }

    pub(super) fn sentence(words: &[&str], language: Option<&'static str>) -> Self {
        let mut text = Self { words: Vec::new(), language };
        text.add_sentence(words, 0, 0);
        text
    }

    pub(super) fn of(words: &[&str], language: Option<&'static str>) -> Self {
        let mut text = Self { words: Vec::new(), language };
        for word in words {
            text.add(word, 0, 0);
        }
        text
    }

    fn add_sentence(&mut self, words: &[&str], sentence: usize, paragraph: usize) {
        let first = self.words.len();
        for word in words {
            self.add(word, sentence, paragraph);
        }
        self.words[first].printed[..1].make_ascii_uppercase();
    }

    fn add(&mut self, word: &str, sentence: usize, paragraph: usize) {
        self.words.extend(word.split('-').enumerate().map(|(n, part)| Token {
            printed: part.to_owned(),
            is_linked: n > 0,
            sentence,
            paragraph,
        }));
    }

    /// Where a word is: at single positions, and where neighbours that hyphens join are it but none of them is.
    fn places_of(&self, word: &Word) -> Vec<Place> {
        let is_single = |&at: &usize| word.is_printed(&self.words[at].printed, self.language);
        let singles: Vec<_> = (0..self.words.len()).filter(is_single).collect();
        let mut places: Vec<_> = singles.iter().map(|&at| (at, at, false)).collect();
        for length in 2..=4 {
            for (first, run) in self.words.windows(length).enumerate() {
                let last = first + length - 1;
                let joined: String = run.iter().map(|token| token.printed.as_str()).collect();
                let is_word = word.is(&folded(&joined), self.language)
                    || word.is(&with_umlauts(&joined), self.language);
                let is_one = run[1..].iter().all(|token| token.is_linked);
                let holds_another = places.iter().any(|p| first <= p.0 && p.1 <= last);
                if is_one && is_word && !holds_another {
                    places.push((first, last, false));
                }
            }
        }
        places
    }

    /// First and last word of each match, and whether a proximity operator or slop found it.
    pub(super) fn places(&self, part: &Part) -> BTreeSet<Place> {
        let all = 0..self.words.len();
        match part {
            Part::Word(word) => self.places_of(word).into_iter().collect(),
            Part::Hyphenated(left, right, both) => {
                let words = [Word::Stem(left), Word::Stem(right)];
                let parts = self.phrases(&words).into_iter();
                parts.chain(self.places_of(&Word::Stem(both))).collect()
            }
            Part::Phrase(words, None) => self.phrases(words).into_iter().collect(),
            Part::Phrase(words, Some(slop)) => {
                let places: Vec<_> = words.iter().map(|word| self.places_of(word)).collect();
                let starts = all.filter_map(|start| {
                    let most = words.len() + slop;
                    let ends = start..self.words.len().min(start + most);
                    let words: Vec<_> = places.iter().collect();
                    let end = ends.into_iter().find(|&end| fits(&words, start, end, start))?;
                    Some((start, end, true))
                });
                starts.collect()
            }
            Part::Or(parts) => parts.iter().flat_map(|part| self.places(part)).collect(),
            Part::Near { left, right, within, ordered, negated } => {
                let (lefts, rights) = (self.places(left), self.places(right));
                let near = |l, r| self.is_near(l, r, *within) && (!ordered || is_before(l, r));
                if *negated {
                    return lefts
                        .into_iter()
                        .filter(|&l| !rights.iter().any(|&r| near(l, r)))
                        .collect();
                }
                let pairs = lefts.iter().flat_map(|&l| rights.iter().map(move |&r| (l, r)));
                pairs
                    .filter(|&(l, r)| near(l, r))
                    .map(|(l, r)| (l.0.min(r.0), l.1.max(r.1), true))
                    .collect()
            }
        }
    }

    /// Words one after the other.
    fn phrases(&self, words: &[Word]) -> Vec<Place> {
        let Some((first, rest)) = words.split_first() else { return Vec::new() };
        rest.iter().fold(self.places_of(first), |begun, word| {
            let places = self.places_of(word);
            let next = |b: Place| {
                places.iter().filter(move |p| p.0 == b.1 + 1).map(move |p| (b.0, p.1, false))
            };
            begun.into_iter().flat_map(next).collect()
        })
    }

    fn is_near(&self, l: Place, r: Place, within: Within) -> bool {
        let apart = l.1 < r.0 || r.1 < l.0;
        if !apart {
            let ends = [l.0, l.1];
            let inside = |p: usize, of: Place| of.0 < p && p < of.1;
            let shared = ends.contains(&r.0) || ends.contains(&r.1);
            let l_holds = inside(r.0, l) || inside(r.1, l);
            let r_holds = inside(l.0, r) || inside(l.1, r);
            if shared || (l_holds && !l.2) || (r_holds && !r.2) {
                return false;
            }
        }
        let stretch = &self.words[l.0.min(r.0)..=l.1.max(r.1)];
        let (sentence, paragraph) = (stretch[0].sentence, stretch[0].paragraph);
        match within {
            Within::Words(n) if l.1 < r.0 => r.0 - l.1 <= n as usize,
            Within::Words(n) if r.1 < l.0 => l.0 - r.1 <= n as usize,
            Within::Words(_) => true,
            Within::Sentence => stretch.iter().all(|w| w.sentence == sentence),
            Within::Paragraph => stretch.iter().all(|w| w.paragraph == paragraph),
        }
    }
}

/// Whether each word has a position of its own in `from..=end`, one of them `start`: where it is, or the first or last of those
/// that are read as it.
fn fits(words: &[&Vec<Place>], from: usize, end: usize, start: usize) -> bool {
    fn fill(
        words: &[&Vec<Place>],
        from: usize,
        end: usize,
        taken: &mut Vec<usize>,
        start: usize,
    ) -> bool {
        let Some((word, rest)) = words.split_first() else { return taken.contains(&start) };
        (from..=end).any(|p| {
            if taken.contains(&p) || !word.iter().any(|place| place.0 == p || place.1 == p) {
                return false;
            }
            taken.push(p);
            let fits = fill(rest, from, end, taken, start);
            taken.pop();
            fits
        })
    }
    fill(words, from, end, &mut Vec::new(), start)
}

fn is_before(l: Place, r: Place) -> bool {
    l.1 < r.0
}
