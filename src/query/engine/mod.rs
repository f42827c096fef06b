//! What an index is asked for. Engines find, count and read back; what a question means, and what is made of the answers,
//! is the same for all of them. Matches that are not read until somebody asks are in [`unread`], what a run writes to in
//! [`writing`].

pub mod unread;
pub mod writing;

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use self::unread::{ReadMatch, UnreadMatch};
use super::limits::Limits;
use super::question::Question;
use super::request::{FacetRequest, Sort};
use crate::article::{Article, ContentDigest, Facet, Successor};
use crate::error::Result;
use crate::manifest::files::FileEntry;

/// One commit of an index, on this machine or elsewhere: all answers of one value are of the same commit.
///
/// Methods fail if the index cannot be read, or if the limits of the question are over before the answer is whole. They take whole questions and give whole answers, or stream them, so that an
/// engine that asks over a network needs no call for each match.
pub trait Engine: Send + Sync {
    /// What the index is, and what it holds in all.
    fn about(&self) -> Result<About>;

    /// The languages (ISO 639-1) that articles are in, sorted.
    fn languages(&self) -> Result<Vec<String>>;

    /// The number of matches, the first of them in an order, and exact counts of facets over all of them.
    fn find(&self, question: &Question, wanted: &Wanted) -> Result<Found>;

    /// Calls `each` for every match in order from number `skip` on, until it breaks off. Holds one article at a time.
    fn for_each_match(
        &self,
        question: &Question,
        sort: Sort,
        skip: usize,
        each: &mut dyn FnMut(Match) -> ControlFlow<()>,
    ) -> Result<()>;

    /// Calls `each` for every match, in no order, from several threads at once, until it fails; what of a match is read, and
    /// whether it is, is for `each` to say. This one reads all of them in their order, as an engine does that has no
    /// cheaper way.
    fn for_each_unread(
        &self,
        question: &Question,
        sort: Sort,
        each: &(dyn Fn(&dyn UnreadMatch) -> Result<()> + Sync),
    ) -> Result<()> {
        let (mut number, mut outcome) = (0, Ok(()));
        self.for_each_match(question, sort, 0, &mut |found| {
            outcome = each(&ReadMatch { number, found });
            number += 1;
            if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        outcome
    }

    /// Calls `each` with every match, in no order; a quotation stands for its article.
    fn for_each_identity(&self, question: &Question, each: &mut dyn FnMut(Identity)) -> Result<()>;

    /// The matches by day of publication; a quotation has that of its article.
    fn count_days(&self, question: &Question) -> Result<DayCounts>;

    /// Words, and first and last day, of the articles that match.
    fn extent(&self, question: &Question) -> Result<Extent>;

    /// The number of articles that have a folded word in any form of any language of the index.
    fn articles_with(&self, word: &str) -> Result<u64>;

    /// Calls `each` for the folded values of a facet of names; a value may come more than once.
    fn for_each_name(
        &self,
        facet: Facet,
        limits: &Limits,
        each: &mut dyn FnMut(&str),
    ) -> Result<()>;

    /// Calls `each` for the folded words of these values; a word may come more than once.
    fn for_each_word_of_names(
        &self,
        facet: Facet,
        limits: &Limits,
        each: &mut dyn FnMut(&str),
    ) -> Result<()> {
        self.for_each_name(facet, limits, &mut |name| name.split(' ').for_each(&mut *each))
    }

    /// The article of that id.
    fn article(&self, id: &str) -> Result<Option<Article>>;

    /// The articles that say the same as one of that digest, in the order of their ids.
    fn articles_with_content(&self, digest: ContentDigest) -> Result<Vec<Article>>;

    /// The entry of the file that an article was read from.
    fn source(&self, article: &Article) -> Result<Option<FileEntry>>;

    /// What replaced the superseded article of that id; `None` if there is no such article.
    fn successor(&self, id: &str) -> Result<Option<Successor>>;
}

/// What an index is, and what it holds in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Where it lies.
    pub location: PathBuf,
    /// The version of what is stored of an article.
    pub schema: u32,
    /// A number that grows with each commit.
    pub commit: u64,
    /// Articles.
    pub articles: u64,
    /// Files of its archives, with those that gave no article.
    pub files: u64,
}

/// Which article it is, by its id and by what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// A hash of its file and its id.
    pub key: u64,
    /// [`ContentDigest`] as a number; 0 in an index of an older version.
    pub content: u64,
}

/// What [`Engine::find`] is to give.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The order of the matches.
    pub sort: Sort,
    /// The number of matches to leave out at the start.
    pub offset: usize,
    /// The number of matches to give; 0 for counts alone.
    pub limit: usize,
    /// Facets to count.
    pub facets: Vec<FacetRequest>,
    /// Whether names are counted as they are stored, whatever the question's aliases say of them.
    pub stored_names: bool,
}

impl Wanted {
    /// The number of matches alone.
    pub(crate) fn total() -> Self {
        Self::facets(Vec::new())
    }

    /// Counts of facets alone.
    pub(crate) fn facets(facets: Vec<FacetRequest>) -> Self {
        Self { sort: Sort::Newest, offset: 0, limit: 0, facets, stored_names: false }
    }

    /// The first matches alone.
    pub(crate) fn first(limit: usize, sort: Sort) -> Self {
        Self { sort, limit, ..Self::total() }
    }
}

/// What [`Engine::find`] gives.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The number of matches, exactly.
    pub total: u64,
    /// Those asked for, in order.
    pub matches: Vec<Match>,
    /// One for each facet asked for, in that order.
    pub facets: Vec<FacetCounts>,
}

/// A match as an engine finds it.
#[derive(Clone, Debug)]
pub struct Match {
    /// The article, or the quotation's article: one for all of its quotations side by side.
    pub article: Arc<Article>,
    /// Which of its quotations, if quotations were asked for.
    pub quote: Option<usize>,
    /// BM25 score; 0 if matches are not sorted by it.
    pub score: f32,
    /// Numbers of the aliases' splits that apply to the article, if the question asks for them.
    pub splits: Vec<usize>,
}

/// Values of a facet, most frequent first, then by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    /// The facet.
    pub facet: Facet,
    /// At most as many as asked for.
    pub values: Vec<FacetValue>,
    /// How many values there are among the matches (and the text to match, if any).
    pub distinct: u64,
    /// How many matches have no value.
    pub missing: u64,
}

/// A value and how many matches have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// As stored.
    pub value: String,
    /// Exact.
    pub count: u64,
}

/// Matches by first and last possible day (`YYYYMMDD`); `None` for those without a date.
pub type DayCounts = FxHashMap<Option<(i64, i64)>, u64>;

/// Words and dates of a set of articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Words.
    pub words: u64,
    /// First day of publication (`YYYYMMDD`).
    pub first: Option<i64>,
    /// Last day of publication.
    pub last: Option<i64>,
}
