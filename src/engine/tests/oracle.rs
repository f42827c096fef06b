//! A brute-force evaluation of queries over the words of articles, in the plainest terms, and the law that the index
//! agrees with it on queries of every operator. `PROPTEST_CASES=5000` asks for more of them.

use std::sync::LazyLock;

use proptest::prelude::*;
use tempfile::TempDir;

use super::archive::{
    about, article, by_agency, dated, found, in_segments, licensed, naming, quote, written_in,
};
use super::made::{Made, Model, archive};
use super::places::{Part, Text};
use crate::article::Article;
use crate::index::read::snapshot::Snapshot;
use crate::query::Target;
use crate::text;

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
        Text::sentence(self.words_of(self.quotes[n].0), self.language)
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
