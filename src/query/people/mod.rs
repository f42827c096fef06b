//! A person of the archive: under which names, in which roles and when, in which countries, with whom, and with what
//! words. Names that may be other spellings are offered ([`similar`]), not merged.

mod romanise;
mod similar;
mod tally;

use std::cmp::Reverse;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use tantivy::DocAddress;

use self::tally::Tally;
use super::Warning;
use super::aliases::renamed::Renamed;
use super::aliases::{Alias, Aliases};
use super::ast::{Clause, FacetClause, Kind, Value};
use super::collect::{PASS, Sweep};
use super::matching::NameMatcher;
use super::matching::name::folded;
use super::parse;
use super::search::{FacetValue, Question, Request, Sort, Target};
use crate::article::{PartialDate, QuoteKind};
use crate::error::{Error, Result};
use crate::index::read::snapshot::Snapshot;

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
pub fn people(snapshot: &Snapshot, name: &str, request: &Request) -> Result<People> {
    let value = meant(name)?;

    let articles = Request { target: Target::Articles, any_words: false, ..request.clone() };
    let question = Question::new(snapshot, &articles)?;
    let whom = Whom::new(&question, &value)?;
    let tally = tally(&narrowed(&question, "person", &value)?, &whom)?;
    let of_quotations = Request { target: Target::Quotations, ..articles };
    let said = Question::new(snapshot, &of_quotations)?;
    let (quotations, latest) = latest(&narrowed(&said, "speaker", &value)?, request.limit)?;
    let limit = request.limit;
    Ok(People {
        articles: tally.articles,
        quotations,
        names: tally.names(),
        forms: tally.forms(limit),
        roles: tally.roles(limit),
        countries: tally.countries(limit),
        others: tally.others(limit),
        latest,
        similar: similar::names(&question, name, |folded| whom.may_be(folded), limit)?,
        warnings: question.warnings,
    })
}

/// Who is meant.
pub(super) struct Whom {
    matcher: NameMatcher,
    aliases: Arc<Aliases>,
    renamed: Option<Renamed>,
}

impl Whom {
    fn new(question: &Question<'_>, value: &Value) -> Result<Self> {
        let renamed =
            if question.aliases.is_empty() { None } else { Some(Renamed::new(question)?) };
        let aliases = Arc::clone(&question.aliases);
        Ok(Self { matcher: NameMatcher::new(value), aliases, renamed })
    }

    /// Whose `name` is in an article, and whether that is who is meant.
    fn person<'n>(&'n self, name: &'n str, article: DocAddress) -> (&'n str, bool) {
        let folded = folded(name);
        match self.renamed.as_ref().and_then(|renamed| renamed.person(&folded, article)) {
            Some(alias) => (&alias.name, self.means(alias)),
            None => (name, self.matcher.accepts(&folded)),
        }
    }

    /// Is whoever has the folded name anywhere meant?
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
    match parse::parse(&query).0.kind {
        Kind::Facet(FacetClause { value, .. }) => Ok(value),
        _ => Err(Error::Usage(format!("there is no name in {name:?}; try a surname"))),
    }
}

/// `question`, for those that have the name.
fn narrowed<'s>(
    question: &Question<'s>,
    facet: &'static str,
    value: &Value,
) -> Result<Question<'s>> {
    const NOWHERE: Range<usize> = 0..0;
    let kind = Kind::Facet(FacetClause { facet, value: value.clone() });
    let named = Clause { kind, span: NOWHERE };
    let both = Kind::And(vec![named, question.clause.clone()]);
    question.with(Clause { kind: both, span: NOWHERE })
}

/// Reads the articles, oldest first.
fn tally(question: &Question<'_>, whom: &Whom) -> Result<Tally> {
    let mut tally = Tally::default();
    let request = Request { sort: Sort::Oldest, fragments: 0, ..Request::default() };
    let reader = question.reader()?;
    question.for_each_rank(Sort::Oldest, PASS, &mut |rank| {
        if let Some(hit) = question.hit(rank, &reader, &request)? {
            let Reverse(address) = rank.3;
            tally.add(&hit.article, |name| whom.person(name, address));
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(tally)
}

/// How many quotations there are, and the newest of them.
fn latest(question: &Question<'_>, limit: usize) -> Result<(u64, Vec<Utterance>)> {
    let sweep = Sweep { sort: Sort::Newest, keep: limit, facets: Vec::new() };
    let request = Request { sort: Sort::Newest, fragments: 0, ..Request::default() };
    let reader = question.reader()?;
    let swept = question.swept(&sweep)?;
    let mut latest = Vec::new();
    for rank in &swept.top {
        let Some(hit) = question.hit(rank, &reader, &request)? else { continue };
        let Some(quote) = hit.quote.and_then(|n| hit.article.quotes.get(n)) else { continue };
        latest.push(Utterance {
            speaker: quote.speaker.clone().unwrap_or_default(),
            text: quote.span.of(&hit.article.body).to_owned(),
            kind: quote.kind,
            published: hit.article.published.as_ref().map(|published| published.date),
            article: hit.article.id.clone(),
        });
    }
    Ok((swept.total, latest))
}
