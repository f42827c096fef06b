//! A brute-force evaluation of queries over the words of articles, in the plainest terms, and the law that the index
//! agrees with it on queries of every operator. `PROPTEST_CASES=5000` asks for more of them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use tempfile::TempDir;

use super::archive::{
    about, article, by_agency, dated, found, in_segments, licensed, naming, quote, written_in,
};
use super::made::{Made, Model, QUERY_LANGUAGES, archive};
use crate::article::Article;
use crate::index::read::snapshot::Snapshot;
use crate::query::Target;
use crate::query::language::clause::Within;
use crate::text;

/// A word of a query.
#[derive(Clone, Debug)]
pub(super) enum Word {
    Stem(&'static str),
    Exact(&'static str),
    Glob(&'static str),
    Fuzzy(&'static str, usize),
    Regex(&'static str, fn(&str) -> bool),
}

/// A pattern over the words of a text.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Word(Word),
    Phrase(Vec<Word>, Option<usize>),
    Or(Vec<Part>),
    Near { left: Box<Part>, right: Box<Part>, within: Within, ordered: bool, negated: bool },
}

/// A text that a field names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Field {
    Title,
    Lead,
    Body,
    Said,
}

/// What is asked of a name.
#[derive(Clone, Debug)]
pub(super) enum Named {
    Any,
    Part(&'static str),
    Either(&'static str, &'static str),
    Phrase(&'static str),
    /// No two stored names differ in case or accents alone.
    Whole(&'static str),
    Folded(&'static str),
}

/// A query.
#[derive(Clone, Debug)]
pub(super) enum Ask {
    Words(Part),
    AtLeast(usize, Part),
    /// All of these in the field.
    In(Field, Vec<Part>),
    AtLeastIn(Field, usize, Part),
    /// A name in `speaker`, `person` or `agency`.
    Name(&'static str, Named),
    /// `country`, `about` or `from`, as it is written, and its code.
    Country(&'static str, &'static str, &'static str),
    License(&'static str, fn(&str) -> bool),
    Date(&'static str, i64, i64),
    Length(&'static str, usize, usize),
    /// The field has a value.
    Has(&'static str),
    Boost(Box<Ask>, &'static str),
    And(Vec<Ask>),
    Or(Vec<Ask>),
    Not(Box<Ask>),
}

static ARCHIVE: LazyLock<(Vec<Model>, TempDir, Snapshot)> = LazyLock::new(|| {
    let models = archive(80);
    let articles: Vec<_> = models.iter().map(Model::article).collect();
    let (dir, snapshot) = in_segments(&articles);
    (models, dir, snapshot)
});

impl Model {
    pub(super) fn article(&self) -> Article {
        let mut a = article(&self.id, &self.title.join(" "), &self.text());
        for (sentence, speaker) in &self.quotes {
            quote(&mut a, &self.sentence(*sentence), *speaker);
        }
        a.language = self.language.map(str::to_owned);
        let a = self.people.iter().fold(a, |a, name| naming(a, name, None));
        let a = self.agency.into_iter().fold(a, by_agency);
        let a = self.from.into_iter().fold(a, written_in);
        let a = about(a, &self.countries);
        let a = self.license.into_iter().fold(a, licensed);
        match self.date {
            Some((year, month, day)) => dated(a, year, Some(month), day),
            None => a,
        }
    }
}

impl Word {
    fn is(&self, word: &str, language: Option<&str>) -> bool {
        match self {
            Self::Stem(asked) => {
                let is_found_by =
                    |stem: &str| word == stem || (stem.len() > 3 && word.starts_with(stem));
                let given = text::stem(word, language.unwrap_or("--"));
                let is_form = |of: &&str| {
                    let stem = text::stem(asked, of);
                    let is_found = is_found_by(&stem) && text::stem(word, of) == stem;
                    is_found || (stem == given && !is_found_by(&stem))
                };
                word == *asked || QUERY_LANGUAGES.iter().any(is_form)
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

    fn lead(model: &Model) -> Self {
        let sentences = model.paragraphs[model.lead()].iter().enumerate();
        let words = sentences.flat_map(|(n, s)| s.iter().map(move |w| ((*w).to_owned(), n, 0)));
        Self { words: words.collect(), language: model.language }
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

    /// Whether each word has a position of its own in `from..=end`, one of them `start`.
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

impl Named {
    fn is(&self, name: &str) -> bool {
        let words = text::folded_words(name);
        let has = |part: &&str| words.iter().any(|word| word == part);
        match self {
            Self::Any => true,
            Self::Part(part) => has(part),
            Self::Either(a, b) => has(a) || has(b),
            Self::Phrase(phrase) => {
                let phrase = text::folded_words(phrase);
                words.windows(phrase.len()).any(|window| window == phrase)
            }
            Self::Whole(whole) | Self::Folded(whole) => words == text::folded_words(whole),
        }
    }
}

impl Model {
    fn quotation(&self, n: usize) -> Text {
        Text::of(self.words_of(self.quotes[n].0), self.language)
    }

    fn has(&self, field: &str) -> bool {
        match field {
            "country" | "about" => !self.countries.is_empty(),
            "from" => self.from.is_some(),
            "license" => self.license.is_some(),
            "date" => self.date.is_some(),
            _ => true,
        }
    }
}

impl Ask {
    /// Whether the article fulfils it, or one of its quotations.
    fn holds(&self, model: &Model, quote: Option<usize>) -> bool {
        let any_quote = |holds: &dyn Fn(usize) -> bool| match quote {
            Some(n) => holds(n),
            None => (0..model.quotes.len()).any(holds),
        };
        let title = || Text::of(&model.title, model.language);
        let count = |part: &Part| match quote {
            Some(n) => model.quotation(n).places(part).len(),
            None => Text::body(model).places(part).len().max(title().places(part).len()),
        };
        let in_field = |field: &Field, holds: &dyn Fn(Text) -> bool| match field {
            Field::Title => holds(title()),
            Field::Lead => holds(Text::lead(model)),
            Field::Body => holds(Text::body(model)),
            Field::Said => any_quote(&|n| holds(model.quotation(n))),
        };
        match self {
            Self::Words(part) => count(part) > 0,
            Self::AtLeast(times, part) => count(part) >= *times,
            Self::In(field, parts) => {
                in_field(field, &|text| parts.iter().all(|part| !text.places(part).is_empty()))
            }
            Self::AtLeastIn(field, times, part) => {
                in_field(field, &|text| text.places(part).len() >= *times)
            }
            Self::Name("speaker", named) => {
                any_quote(&|n| model.quotes[n].1.is_some_and(|name| named.is(name)))
            }
            Self::Name("agency", named) => model.agency.is_some_and(|name| named.is(name)),
            Self::Name(_, named) => model.people.iter().any(|name| named.is(name)),
            Self::Country("from", _, code) => model.from == Some(code),
            Self::Country("about", _, code) => model.countries.first() == Some(code),
            Self::Country(_, _, code) => model.countries.contains(code),
            Self::License(_, is) => is(model.license.unwrap_or("unknown")),
            Self::Date(_, first, last) => model.date.is_some_and(|(year, month, day)| {
                let month = i64::from(year) * 10_000 + i64::from(month) * 100;
                let (from, to) = day.map_or((1, 31), |day| (i64::from(day), i64::from(day)));
                *first <= month + from && month + to <= *last
            }),
            Self::Length(_, least, most) => {
                (*least..=*most).contains(&Text::body(model).words.len())
            }
            Self::Has(field) => model.has(field),
            Self::Boost(ask, _) => ask.holds(model, quote),
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

    /// Side by side, such clauses are about one quotation. A double negation is none.
    fn is_of_quotes(&self) -> bool {
        match self {
            Self::In(field, _) | Self::AtLeastIn(field, ..) => *field == Field::Said,
            Self::Name(field, _) => *field == "speaker",
            Self::Or(asks) => asks.iter().all(Self::is_of_quotes),
            Self::Boost(ask, _) => ask.is_of_quotes(),
            Self::Not(not) => matches!(&**not, Self::Not(ask) if ask.is_of_quotes()),
            _ => false,
        }
    }

    fn has_words(&self) -> bool {
        match self {
            Self::In(field, _) | Self::AtLeastIn(field, ..) => *field == Field::Said,
            Self::Or(asks) => asks.iter().any(Self::has_words),
            Self::Boost(ask, _) => ask.has_words(),
            Self::Not(not) => matches!(&**not, Self::Not(ask) if ask.has_words()),
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
