//! A person of the archive: under which names, in which roles and when, in which countries, with whom, and with what
//! words. Names that may be other spellings are offered ([`similar`]), not merged.

mod romanise;
mod similar;
mod tally;

use std::ops::ControlFlow;
use std::sync::Arc;

use self::tally::Tally;
use crate::article::{Facet, PartialDate, QuoteKind};
use crate::error::{Error, Result};
use crate::query::aliases::Alias;
use crate::query::engine::{Engine, FacetValue, Wanted};
use crate::query::language::clause::{FacetClause, Kind, Value};
use crate::query::matching::NameMatcher;
use crate::query::matching::name::folded;
use crate::query::question::Question;
use crate::query::request::{Request, Sort, Target};
use crate::query::{Aliases, Warning, language};

/// Whoever a name means, and what the articles say of them.
#[derive(Clone, Debug, PartialEq)]
pub struct People {
    /// Articles that name them: as many as `person:"…"` finds.
    pub articles: u64,
    /// Quotations of theirs: as many as `speaker:"…"` finds.
    pub quotations: u64,
    /// How many names they have in these articles.
    pub names: u64,
    /// These names as stored, most frequent first.
    pub forms: Vec<Form>,
    /// Their roles, earliest first.
    pub roles: Vec<RoleSpan>,
    /// Countries that the articles mention (ISO 3166-1 alpha-2), with the number of articles.
    pub countries: Vec<FacetValue>,
    /// Other people whom the articles name, with the number of articles.
    pub others: Vec<FacetValue>,
    /// The newest quotations.
    pub latest: Vec<Utterance>,
    /// Names that may be other spellings, nearest first; if nobody is found, the nearest names there are.
    pub similar: Vec<FacetValue>,
    /// What in the query was not understood.
    pub warnings: Vec<Warning>,
}

/// A name as stored, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The name.
    pub name: String,
    /// The person by the user's aliases; without them the same.
    pub person: String,
    /// Articles in which it is the fullest form of somebody's name.
    pub articles: u64,
}

/// A role that somebody had, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleSpan {
    /// Who had it.
    pub name: String,
    /// As the earliest of the articles writes it; case and accents do not make another one.
    pub role: String,
    /// In so many articles.
    pub articles: u64,
    /// Publication of the first of them; `None` if all are undated.
    pub first: Option<PartialDate>,
    /// Publication of the last of them.
    pub last: Option<PartialDate>,
}

/// A quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Utterance {
    /// Who is quoted.
    pub speaker: String,
    /// The words.
    pub text: String,
    /// Direct, mixed, indirect or belief.
    pub kind: QuoteKind,
    /// When the article was published.
    pub published: Option<PartialDate>,
    /// The article's id.
    pub article: String,
}

/// Whoever `name` means (any part of a name, as `person:` matches) in what `request` matches. Of the request its query
/// and dates are used, and its limit for each list.
pub fn people(engine: &dyn Engine, name: &str, request: &Request) -> Result<People> {
    let value = meant(name)?;
    let articles = Request { target: Target::Articles, any_words: false, ..request.clone() };
    let (mut question, warnings) = Question::of_request(&articles);
    question.with_splits = !question.aliases.is_empty();
    let whom = Whom { matcher: NameMatcher::new(&value), aliases: Arc::clone(&question.aliases) };
    let tally = tally(engine, &question.and(named(Facet::Person, &value)), &whom)?;
    let (said, _) = Question::of_request(&Request { target: Target::Quotations, ..articles });
    let limit = request.limit;
    let (quotations, latest) = latest(engine, &said.and(named(Facet::Speaker, &value)), limit)?;
    let is_meant = |folded: &str| whom.may_be(folded);
    Ok(People {
        articles: tally.articles,
        quotations,
        names: tally.names(),
        forms: tally.forms(limit),
        roles: tally.roles(limit),
        countries: tally.countries(limit),
        others: tally.others(limit),
        latest,
        similar: similar::names(engine, &question, name, &is_meant, limit)?,
        warnings,
    })
}

/// Who is meant.
struct Whom {
    matcher: NameMatcher,
    aliases: Arc<Aliases>,
}

impl Whom {
    /// The person who has `name` in an article to which these splits apply, and whether that is who is meant.
    fn person<'n>(&'n self, name: &'n str, splits: &[usize]) -> (&'n str, bool) {
        let folded = folded(name);
        match self.aliases.person_where(&folded, splits) {
            Some(alias) => (&alias.name, self.means(alias)),
            None => (name, self.matcher.accepts(&folded)),
        }
    }

    /// Whether whoever has the folded name anywhere is meant.
    fn may_be(&self, folded: &str) -> bool {
        let people = self.aliases.people();
        match self.aliases.person_of(folded) {
            None => self.matcher.accepts(folded),
            Some(person) => {
                let others = self.aliases.splits_of(person).map(|(_, split)| split.by);
                others.chain([person]).any(|person| self.means(&people[person]))
            }
        }
    }

    fn means(&self, alias: &Alias) -> bool {
        alias.forms.iter().any(|form| self.matcher.accepts(form))
    }
}

/// What `person:"NAME"` asks for.
fn meant(name: &str) -> Result<Value> {
    let query = format!("person:\"{}\"", name.replace(['"', '“', '”', '„'], " "));
    match language::parse(&query).0.kind {
        Kind::Facet(FacetClause { value, .. }) => Ok(value),
        _ => Err(Error::NoName { text: name.to_owned() }),
    }
}

/// The clause for those that have the name.
fn named(facet: Facet, value: &Value) -> Kind {
    Kind::Facet(FacetClause { facet, value: value.clone() })
}

/// Reads the articles, oldest first.
fn tally(engine: &dyn Engine, question: &Question, whom: &Whom) -> Result<Tally> {
    let mut tally = Tally::default();
    engine.for_each_match(question, Sort::Oldest, 0, &mut |found| {
        tally.add(&found.article, |name| whom.person(name, &found.splits));
        ControlFlow::Continue(())
    })?;
    Ok(tally)
}

/// The number of quotations, and the newest of them.
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
