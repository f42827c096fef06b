//! A person in the archive: names, roles and when they had them, countries, people named together with them, and
//! quotations. Names that may be other spellings are offered, not merged.

mod answer;
mod person_counts;
mod romanise;
mod similar_names;

use std::sync::Arc;

use self::person_counts::PersonCounts;
use crate::article::Facet;
use crate::error::Result;
use crate::query::aliases::{Alias, Aliases};
use crate::query::engine::unread::Parts;
use crate::query::engine::{Engine, Wanted};
use crate::query::language;
use crate::query::language::clause::{ClauseKind, FacetClause, Value};
use crate::query::matching::NameMatcher;
use crate::query::matching::name::folded_name;
use crate::query::question::Question;
use crate::query::questions::workers::Workers;
use crate::query::request::{Request, Sort, Target};

pub use self::answer::{Form, People, RoleSpan, Utterance};

/// The people of whose names `name` is a part, or behind `=` the whole, in the articles that `request` matches. Only the query and dates of
/// the request are used, and its limit for each list.
pub fn people(engine: &dyn Engine, name: &str, request: &Request) -> Result<People> {
    let value = language::name_part(name)?;
    let articles = Request { target: Target::Articles, any_words: false, ..request.clone() };
    let (mut question, warnings) = Question::of(engine, &articles)?;
    question.with_splits = !question.aliases.is_empty();
    let person = || PersonMatcher::new(&value, &question.aliases);
    let counts = counts(engine, &question.and(named(Facet::Person, &value)), &person)?;
    let (said, _) = Question::of(engine, &Request { target: Target::Quotations, ..articles })?;
    let limit = request.limit;
    let (quotations, latest) = latest(engine, &said.and(named(Facet::Speaker, &value)), limit)?;
    let person = person();
    let matches = |folded: &str| person.may_match(folded);
    Ok(People {
        articles: counts.articles,
        quotations,
        names: counts.names(),
        forms: counts.forms(limit),
        roles: counts.roles(limit),
        countries: counts.countries(limit),
        others: counts.others(limit),
        latest,
        similar: similar_names::similar_names(engine, &question, name, &matches, limit)?,
        warnings,
    })
}

/// Matches the people who are asked for.
struct PersonMatcher {
    matcher: NameMatcher,
    aliases: Arc<Aliases>,
}

impl PersonMatcher {
    /// Of those who have such a name.
    fn new(name: &Value, aliases: &Arc<Aliases>) -> Self {
        Self { matcher: NameMatcher::new(name), aliases: Arc::clone(aliases) }
    }

    /// The person who has `name` in an article to which these splits apply, and whether the person matches.
    fn person<'n>(&'n self, name: &'n str, splits: &[usize]) -> (&'n str, bool) {
        let folded = folded_name(name);
        match self.aliases.person_where(&folded, splits) {
            Some(alias) => (&alias.name, self.matches(alias)),
            None => (name, self.matcher.accepts(name)),
        }
    }

    /// Whether a person who has the folded name in any article matches.
    fn may_match(&self, folded: &str) -> bool {
        let people = self.aliases.people();
        match self.aliases.person_of(folded) {
            None => self.matcher.accepts(folded),
            Some(person) => {
                let others = self.aliases.splits_of(person).map(|(_, split)| split.by);
                others.chain([person]).any(|person| self.matches(&people[person]))
            }
        }
    }

    /// Whether one of the person's names matches.
    fn matches(&self, alias: &Alias) -> bool {
        alias.forms.iter().any(|form| self.matcher.accepts(form))
    }
}

/// The clause for documents that have the name.
fn named(facet: Facet, value: &Value) -> ClauseKind {
    ClauseKind::Facet(FacetClause { facet, value: value.clone() })
}

/// Counts over the articles.
fn counts(
    engine: &dyn Engine,
    question: &Question,
    person: &(dyn Fn() -> PersonMatcher + Sync),
) -> Result<PersonCounts> {
    let workers = Workers::new(|| (person(), PersonCounts::default()));
    engine.for_each_unread(question, Sort::Oldest, &|unread| {
        let found = unread.read(Parts::All)?;
        workers.with(|(person, counts)| {
            counts.add(&found.article, unread.place(), |name| person.person(name, &found.splits));
        });
        Ok(())
    })?;
    let mut all = PersonCounts::default();
    workers.into_states().into_iter().for_each(|(_, counts)| all.add_all(counts));
    Ok(all)
}

/// The number of quotations, and the newest ones.
fn latest(engine: &dyn Engine, question: &Question, limit: usize) -> Result<(u64, Vec<Utterance>)> {
    let found = engine.find(question, &Wanted::first(limit, Sort::Newest))?;
    let utterances = found.matches.into_iter().filter_map(|found| {
        let quote = found.article.quotes.get(found.quote?)?;
        Some(Utterance {
            speaker: quote.speaker.clone().unwrap_or_default(),
            text: quote.span.of(&found.article.body).to_owned(),
            kind: quote.kind,
            published: found.article.published.as_ref().map(|published| published.date),
            article: found.article.id.clone(),
        })
    });
    Ok((found.total, utterances.collect()))
}
