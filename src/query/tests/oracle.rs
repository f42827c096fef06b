//! A brute-force evaluation of queries over the words of articles, in the plainest terms, and the law that the index
//! agrees with it on queries of every operator. `PROPTEST_CASES=5000` asks for more of them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use tempfile::TempDir;

use super::archive::{about, article, dated, found, in_segments, licensed, quote};
use super::made::{Made, Model, QUERY_LANGUAGES, archive};
use crate::index::analyze;
use crate::index::snapshot::Snapshot;
use crate::query::Target;
use crate::query::ast::Within;

/// A word of a query.
#[derive(Clone, Debug)]
pub(super) enum Word {
    Stem(&'static str),
    Exact(&'static str),
    Glob(&'static str),
    Fuzzy(&'static str, usize),
    Regex(&'static str, fn(&str) -> bool),
}

/// What is found at places of a text.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Word(Word),
    Phrase(Vec<Word>, Option<usize>),
    Or(Vec<Part>),
    Near { left: Box<Part>, right: Box<Part>, within: Within, ordered: bool, negated: bool },
}

/// A query.
#[derive(Clone, Debug)]
pub(super) enum Ask {
    Words(Part),
    AtLeast(usize, Part),
    Title(Part),
    Said(Part),
    Speaker(&'static str),
    Country(&'static str),
    License(&'static str, fn(&str) -> bool),
    Date(&'static str, i64, i64),
    And(Vec<Ask>),
    Or(Vec<Ask>),
    Not(Box<Ask>),
}

static ARCHIVE: LazyLock<(Vec<Model>, TempDir, Snapshot)> = LazyLock::new(|| {
    let models = archive(80);
    let articles: Vec<_> = models
        .iter()
        .map(|m| {
            let mut a = article(&m.id, &m.title.join(" "), &m.text());
            for (sentence, speaker) in &m.quotes {
                quote(&mut a, &m.sentence(*sentence), *speaker);
            }
            a.language = m.language.map(str::to_owned);
            let a = about(a, &m.countries);
            let a = match m.license {
                Some(license) => licensed(a, license),
                None => a,
            };
            match m.date {
                Some((year, month)) => dated(a, year, Some(month), None),
                None => a,
            }
        })
        .collect();
    let (dir, snapshot) = in_segments(&articles);
    (models, dir, snapshot)
});

impl Word {
    fn is(&self, word: &str, language: Option<&str>) -> bool {
        match self {
            Self::Stem(asked) => {
                let stem = analyze::stem(word, language.unwrap_or("--"));
                stem == *asked || QUERY_LANGUAGES.iter().any(|l| analyze::stem(asked, l) == stem)
            }
            Self::Exact(asked) => *asked == word,
            Self::Glob(glob) => is_like(glob.as_bytes(), word.as_bytes()),
            Self::Fuzzy(asked, most) => distance(asked.as_bytes(), word.as_bytes()) <= *most,
            Self::Regex(_, accepts) => accepts(word),
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

fn distance(a: &[u8], b: &[u8]) -> usize {
    let (Some((&x, ra)), Some((&y, rb))) = (a.split_last(), b.split_last()) else {
        return a.len() + b.len();
    };
    let mut least =
        (distance(ra, rb) + usize::from(x != y)).min(distance(ra, b) + 1).min(distance(a, rb) + 1);
    if let (Some((&x2, ra2)), Some((&y2, rb2))) = (ra.split_last(), rb.split_last())
        && x == y2
        && y == x2
    {
        least = least.min(distance(ra2, rb2) + 1);
    }
    least
}

/// A text: its words, and the number of each one's sentence and paragraph.
struct Text {
    words: Vec<(String, usize, usize)>,
    language: Option<&'static str>,
}

impl Text {
    fn body(model: &Model) -> Self {
        let title = model.title.iter().map(|w| ((*w).to_owned(), 0, 0));
        let mut words: Vec<_> = title.collect();
        let mut sentence = 0;
        for (paragraph, sentences) in model.paragraphs.iter().enumerate() {
            for s in sentences {
                sentence += 1;
                words.extend(s.iter().map(|w| ((*w).to_owned(), sentence, paragraph + 1)));
            }
        }
        Self { words, language: model.language }
    }

    fn of(words: &[&str], language: Option<&'static str>) -> Self {
        Self { words: words.iter().map(|w| ((*w).to_owned(), 0, 0)).collect(), language }
    }

    fn is(&self, at: usize, word: &Word) -> bool {
        self.words.get(at).is_some_and(|(w, _, _)| word.is(w, self.language))
    }

    /// First and last word of each match, and whether a proximity operator or slop found it.
    fn places(&self, part: &Part) -> BTreeSet<(usize, usize, bool)> {
        let all = 0..self.words.len();
        match part {
            Part::Word(word) => all.filter(|&p| self.is(p, word)).map(|p| (p, p, false)).collect(),
            Part::Phrase(words, None) => all
                .filter(|&p| words.iter().enumerate().all(|(n, w)| self.is(p + n, w)))
                .map(|p| (p, p + words.len() - 1, false))
                .collect(),
            Part::Phrase(words, Some(slop)) => all
                .filter_map(|start| {
                    let most = words.len() + slop;
                    let ends = start..self.words.len().min(start + most);
                    let words: Vec<_> = words.iter().collect();
                    let end = ends.into_iter().find(|&end| self.fits(&words, start, end, start))?;
                    Some((start, end, true))
                })
                .collect(),
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

    /// Can each word stand at a place of its own in `from..=end`, one of them at `start`?
    fn fits(&self, words: &[&Word], from: usize, end: usize, start: usize) -> bool {
        fn fill(
            text: &Text,
            words: &[&Word],
            from: usize,
            end: usize,
            taken: &mut Vec<usize>,
            start: usize,
        ) -> bool {
            let Some((word, rest)) = words.split_first() else { return taken.contains(&start) };
            (from..=end).any(|p| {
                if taken.contains(&p) || !text.is(p, word) {
                    return false;
                }
                taken.push(p);
                let fits = fill(text, rest, from, end, taken, start);
                taken.pop();
                fits
            })
        }
        fill(self, words, from, end, &mut Vec::new(), start)
    }

    fn is_near(&self, l: (usize, usize, bool), r: (usize, usize, bool), within: Within) -> bool {
        let apart = l.1 < r.0 || r.1 < l.0;
        if !apart {
            let ends = [l.0, l.1];
            let inside = |p: usize, of: (usize, usize, bool)| of.0 < p && p < of.1;
            let shared = ends.contains(&r.0) || ends.contains(&r.1);
            let l_holds = inside(r.0, l) || inside(r.1, l);
            let r_holds = inside(l.0, r) || inside(l.1, r);
            if shared || (l_holds && !l.2) || (r_holds && !r.2) {
                return false;
            }
        }
        let stretch = &self.words[l.0.min(r.0)..=l.1.max(r.1)];
        match within {
            Within::Words(n) if l.1 < r.0 => r.0 - l.1 <= n as usize,
            Within::Words(n) if r.1 < l.0 => l.0 - r.1 <= n as usize,
            Within::Words(_) => true,
            Within::Sentence => stretch.iter().all(|w| w.1 == stretch[0].1),
            Within::Paragraph => stretch.iter().all(|w| w.2 == stretch[0].2),
        }
    }
}

fn is_before(l: (usize, usize, bool), r: (usize, usize, bool)) -> bool {
    l.1 < r.0
}

impl Ask {
    /// Does it hold of the article, or of one of its quotations?
    fn holds(&self, model: &Model, quote: Option<usize>) -> bool {
        let said = |part: &Part, n: usize| {
            let (sentence, _) = model.quotes[n];
            !Text::of(model.words_of(sentence), model.language).places(part).is_empty()
        };
        let any_quote = |holds: &dyn Fn(usize) -> bool| match quote {
            Some(n) => holds(n),
            None => (0..model.quotes.len()).any(holds),
        };
        let count = |part: &Part| {
            if let Some(n) = quote {
                let (sentence, _) = model.quotes[n];
                return Text::of(model.words_of(sentence), model.language).places(part).len();
            }
            let title = Text::of(&model.title, model.language).places(part).len();
            Text::body(model).places(part).len().max(title)
        };
        match self {
            Self::Words(part) => count(part) > 0,
            Self::AtLeast(times, part) => count(part) >= *times,
            Self::Title(part) => !Text::of(&model.title, model.language).places(part).is_empty(),
            Self::Said(part) => any_quote(&|n| said(part, n)),
            Self::Speaker(name) => any_quote(&|n| {
                model.quotes[n]
                    .1
                    .is_some_and(|s| analyze::folded_words(s).iter().any(|w| w == name))
            }),
            Self::Country(code) => model.countries.contains(code),
            Self::License(_, is) => is(model.license.unwrap_or("unknown")),
            Self::Date(_, first, last) => model.date.is_some_and(|(year, month)| {
                let month = i64::from(year) * 10_000 + i64::from(month) * 100;
                *first <= month + 1 && month + 31 <= *last
            }),
            Self::Not(ask) => !ask.holds(model, quote),
            Self::Or(asks) => asks.iter().any(|ask| ask.holds(model, quote)),
            Self::And(asks) => {
                let (of_quotes, others): (Vec<_>, Vec<_>) =
                    asks.iter().partition(|ask| ask.is_of_quotes());
                others.iter().all(|ask| ask.holds(model, quote))
                    && if quote.is_none() && of_quotes.iter().any(|ask| ask.has_words()) {
                        (0..model.quotes.len())
                            .any(|n| of_quotes.iter().all(|ask| ask.holds(model, Some(n))))
                    } else {
                        of_quotes.iter().all(|ask| ask.holds(model, quote))
                    }
            }
        }
    }

    /// Side by side with others, such clauses speak of one quotation.
    fn is_of_quotes(&self) -> bool {
        match self {
            Self::Said(_) | Self::Speaker(_) => true,
            Self::Or(asks) => asks.iter().all(Self::is_of_quotes),
            _ => false,
        }
    }

    fn has_words(&self) -> bool {
        match self {
            Self::Said(_) => true,
            Self::Or(asks) => asks.iter().any(Self::has_words),
            _ => false,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_index_agrees_with_brute_force(seed in any::<u64>()) {
        let (models, _, snapshot) = &*ARCHIVE;
        let ask = Made(seed).ask(3);
        let query = ask.to_string();

        let expected = models.iter().filter(|m| ask.holds(m, None)).map(|m| m.id.clone());
        let mut expected: Vec<_> = expected.collect();
        expected.sort_unstable();
        prop_assert_eq!(found(snapshot, &query, Target::Articles), expected, "{}", &query);

        let quotes = models.iter().flat_map(|m| (0..m.quotes.len()).map(move |n| (m, n)));
        let mut expected: Vec<_> = quotes
            .filter(|(m, n)| ask.holds(m, Some(*n)))
            .map(|(m, n)| format!("{}#{n}", m.id))
            .collect();
        expected.sort_unstable();
        prop_assert_eq!(found(snapshot, &query, Target::Quotations), expected, "{}", &query);
    }
}
