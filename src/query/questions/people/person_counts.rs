//! Counts of what articles say of a person, one article at a time, in any order.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::collections::hash_map::Entry;
use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::answer::{Form, RoleSpan};
use crate::article::{Article, CountryCode};
use crate::query::engine::FacetValue;
use crate::query::engine::unread::Place;
use crate::query::matching::name::folded_name;

/// Counts over articles; an article counts once for each value.
#[derive(Default)]
pub(super) struct PersonCounts {
    pub(super) articles: u64,
    /// By stored name and person.
    forms: FxHashMap<(String, String), u64>,
    /// By person and folded role, with the place of the first article.
    roles: FxHashMap<(String, String), (Place, RoleSpan)>,
    countries: FxHashMap<CountryCode, u64>,
    others: FxHashMap<String, u64>,
}

impl PersonCounts {
    /// Adds an article, which has that place among all, the oldest first; `person` gives the person who has a name in it, and
    /// whether that is one who was asked for.
    pub(super) fn add<'n>(
        &mut self,
        article: &'n Article,
        place: Place,
        person: impl Fn(&'n str) -> (&'n str, bool),
    ) {
        self.articles += 1;
        let date = article.published.as_ref().map(|published| published.date);
        let (mut forms, mut others, mut roles) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for named in article.people.iter().filter(|named| !named.name.is_empty()) {
            let (name, is_asked_for) = person(&named.name);
            if !is_asked_for {
                others.insert(name);
                continue;
            }
            forms.insert((named.name.as_str(), name));
            if let Some(role) = &named.role
                && roles.insert((name, folded_name(role)))
            {
                let (name, role) = (name.to_owned(), role.clone());
                let span = RoleSpan { name, role, articles: 1, first: date, last: date };
                self.add_role(place, span);
            }
        }
        for (form, name) in forms {
            *self.forms.entry((form.to_owned(), name.to_owned())).or_default() += 1;
        }
        for name in others {
            one_more(&mut self.others, name);
        }
        let countries: BTreeSet<_> = article.countries.iter().map(|country| country.code).collect();
        for code in countries {
            *self.countries.entry(code).or_default() += 1;
        }
    }

    /// Adds articles that state a role, the first of them at `place`.
    fn add_role(&mut self, place: Place, span: RoleSpan) {
        match self.roles.entry((span.name.clone(), folded_name(&span.role))) {
            Entry::Vacant(free) => drop(free.insert((place, span))),
            Entry::Occupied(mut known) => {
                let (first, known) = known.get_mut();
                if place < *first {
                    (*first, known.role) = (place, span.role);
                }
                known.articles += span.articles;
                known.first = [known.first, span.first].into_iter().flatten().min();
                known.last = known.last.max(span.last);
            }
        }
    }

    /// Adds the counts of other articles.
    pub(super) fn add_all(&mut self, others: Self) {
        self.articles += others.articles;
        for (place, span) in others.roles.into_values() {
            self.add_role(place, span);
        }
        add_counts(&mut self.forms, others.forms);
        add_counts(&mut self.countries, others.countries);
        add_counts(&mut self.others, others.others);
    }

    /// The number of distinct names of the people asked for.
    pub(super) fn names(&self) -> u64 {
        let names: BTreeSet<_> = self.forms.keys().map(|(name, _)| name).collect();
        names.len() as u64
    }

    /// The names of the people asked for, most frequent first.
    pub(super) fn forms(&self, limit: usize) -> Vec<Form> {
        let forms = self.forms.iter().map(|((name, person), &articles)| Form {
            name: name.clone(),
            person: person.clone(),
            articles,
        });
        let key = |form: &Form| (Reverse(form.articles), form.name.clone(), form.person.clone());
        first(forms.collect(), limit, key)
    }

    /// The most frequent roles by their first dates; those without a date last.
    pub(super) fn roles(&self, limit: usize) -> Vec<RoleSpan> {
        let name = |span: &RoleSpan| (span.role.clone(), span.name.clone());
        let spans = self.roles.values().map(|(_, span)| span.clone()).collect();
        let mut spans = first(spans, limit, |span| (Reverse(span.articles), name(span)));
        spans.sort_by_key(|span| (span.first.is_none(), span.first, name(span)));
        spans
    }

    /// Codes of the countries that the articles mention, most frequent first.
    pub(super) fn countries(&self, limit: usize) -> Vec<FacetValue> {
        let values = self.countries.iter();
        ranked(values.map(|(code, &count)| FacetValue { value: code.to_string(), count }), limit)
    }

    /// Other people whom the articles name, most frequent first.
    pub(super) fn others(&self, limit: usize) -> Vec<FacetValue> {
        let values = self.others.iter();
        ranked(values.map(|(name, &count)| FacetValue { value: name.clone(), count }), limit)
    }
}

/// Adds counts to others.
fn add_counts<K: Eq + Hash>(
    counts: &mut FxHashMap<K, u64>,
    others: impl IntoIterator<Item = (K, u64)>,
) {
    for (value, count) in others {
        *counts.entry(value).or_default() += count;
    }
}

/// Counts a name; allocates for a new one alone.
fn one_more(counts: &mut FxHashMap<String, u64>, name: &str) {
    match counts.get_mut(name) {
        Some(count) => *count += 1,
        None => drop(counts.insert(name.to_owned(), 1)),
    }
}

/// The `limit` most frequent values.
fn ranked(values: impl Iterator<Item = FacetValue>, limit: usize) -> Vec<FacetValue> {
    first(values.collect(), limit, |value| (Reverse(value.count), value.value.clone()))
}

/// The `limit` first values by that key.
fn first<T, K: Ord>(mut values: Vec<T>, limit: usize, key: impl Fn(&T) -> K) -> Vec<T> {
    values.sort_by_cached_key(key);
    values.truncate(limit);
    values
}
