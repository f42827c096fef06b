//! Matches that are not read: they are those that are, positions in them are those of their texts, and questions that show few
//! read few. An engine that reads everything gives the same answers.

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use super::archive::in_segments;
use super::made::{Model, archive};
use crate::article::{Article, ContentDigest, Facet, Successor};
use crate::error::Result;
use crate::index::read::snapshot::Snapshot;
use crate::manifest::files::FileEntry;
use crate::query::engine::unread::{Known, Parts, Place, UnreadMatch};
use crate::query::engine::{About, DayCounts, Extent, Found, Identity, Match, Wanted};
use crate::query::limits::Limits;
use crate::query::question::Question;
use crate::query::{
    Engine, Highlighter, Line, LineOrder, Request, Side, Sort, Target, collocates, compare,
    for_each_line, people,
};
use crate::text;

/// Queries of every kind of pattern; the words are those of made articles.
const QUERIES: [&str; 18] = [
    "*",
    "ship",
    "taxes OR ship",
    "minister -war",
    "\"ship tax\" OR \"war minister\"",
    "ship w/4 tax",
    "ship pre/9 (tax OR war)",
    "ship w/s port",
    "ship not w/3 tax",
    "re-ship OR reship OR by-party",
    "müller =president",
    "==WAR tax",
    "wom?n *ship colour~1",
    "atleast2(party)",
    "title:ship",
    "ship title:tax",
    "lead:war OR party",
    "said:ship war",
];

fn made() -> (tempfile::TempDir, Snapshot) {
    let articles: Vec<_> = archive(60).iter().map(Model::article).collect();
    in_segments(&articles)
}

fn request(query: &str, target: Target) -> Request {
    Request { query: query.to_owned(), target, ..Request::default() }
}

/// Passes all questions on to another engine.
macro_rules! pass_on {
    ($($name:ident($($argument:ident: $type:ty),*) -> $answer:ty;)*) => {
        $(fn $name(&self, $($argument: $type),*) -> Result<$answer> {
            self.engine.$name($($argument),*)
        })*
    };
}

macro_rules! pass_on_all {
    () => {
        pass_on! {
            about() -> About;
            languages() -> Vec<String>;
            find(question: &Question, wanted: &Wanted) -> Found;
            for_each_match(
                question: &Question,
                sort: Sort,
                skip: usize,
                each: &mut dyn FnMut(Match) -> ControlFlow<()>
            ) -> ();
            for_each_identity(question: &Question, each: &mut dyn FnMut(Identity)) -> ();
            count_days(question: &Question) -> DayCounts;
            extent(question: &Question) -> Extent;
            articles_with(word: &str) -> u64;
            for_each_name(facet: Facet, limits: &Limits, each: &mut dyn FnMut(&str)) -> ();
            article(id: &str) -> Option<Article>;
            articles_with_content(digest: ContentDigest) -> Vec<Article>;
            source(article: &Article) -> Option<FileEntry>;
            successor(id: &str) -> Option<Successor>;
        }
    };
}

/// An engine that has no way to leave matches unread.
struct Plain<'e> {
    engine: &'e dyn Engine,
}

impl Engine for Plain<'_> {
    pass_on_all!();
}

/// An engine that counts the matches that are read.
struct Counting<'e> {
    engine: &'e dyn Engine,
    reads: AtomicUsize,
}

impl<'e> Counting<'e> {
    fn new(engine: &'e dyn Engine) -> Self {
        Self { engine, reads: AtomicUsize::new(0) }
    }
}

impl Engine for Counting<'_> {
    pass_on_all!();

    fn for_each_unread(
        &self,
        question: &Question,
        sort: Sort,
        each: &(dyn Fn(&dyn UnreadMatch) -> Result<()> + Sync),
    ) -> Result<()> {
        self.engine.for_each_unread(question, sort, &|unread| {
            each(&Counted { unread, reads: &self.reads })
        })
    }
}

struct Counted<'c> {
    unread: &'c dyn UnreadMatch,
    reads: &'c AtomicUsize,
}

impl UnreadMatch for Counted<'_> {
    fn place(&self) -> Place {
        self.unread.place()
    }

    fn known(&self) -> Option<Known<'_>> {
        self.unread.known()
    }

    fn read(&self, parts: Parts) -> Result<Match> {
        self.reads.fetch_add(1, Relaxed);
        self.unread.read(parts)
    }
}

#[test]
fn unread_matches_are_those_that_are_read() {
    let (_dir, snapshot) = made();
    for target in [Target::Articles, Target::Quotations] {
        for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
            for query in QUERIES {
                let (question, _) = Question::of(&snapshot, &request(query, target)).unwrap();
                let mut expected = Vec::new();
                let mut push = |found: Match| {
                    let article = Article::clone(&found.article);
                    expected.push((article.id, article.body, found.quote));
                    ControlFlow::Continue(())
                };
                snapshot.for_each_match(&question, sort, 0, &mut push).unwrap();
                let unread = Mutex::new(Vec::new());
                let push = |found: &dyn UnreadMatch| {
                    let Match { article, quote, .. } = found.read(Parts::Text)?;
                    let article = Article::clone(&article);
                    unread.lock().unwrap().push((found.place(), (article.id, article.body, quote)));
                    Ok(())
                };
                snapshot.for_each_unread(&question, sort, &push).unwrap();
                let mut unread = unread.into_inner().unwrap();
                unread.sort();
                let unread: Vec<_> = unread.into_iter().map(|(_, found)| found).collect();
                assert_eq!(unread, expected, "{query} {target:?} {sort:?}");
            }
        }
    }
}

#[test]
fn positions_and_dates_are_those_of_the_text() {
    let (_dir, snapshot) = made();
    let known = AtomicUsize::new(0);
    for query in QUERIES {
        let (question, _) = Question::of(&snapshot, &request(query, Target::Articles)).unwrap();
        let languages = snapshot.languages().unwrap();
        let check = |unread: &dyn UnreadMatch| {
            let Some(Known { words, date }) = unread.known() else { return Ok(()) };
            let article = unread.read(Parts::All)?.article;
            assert_eq!(date, article.published.as_ref().map(|published| published.date));
            let highlighter = Highlighter::new(&question.clause, &languages);
            let all: Vec<_> = text::words(&article.body).collect();
            let expected = highlighter.matches(&article, None).into_iter().map(|span| {
                let first = all.partition_point(|word| word.start < span.start as usize);
                let end = all.partition_point(|word| word.start < span.end as usize);
                first as u32..=end as u32 - 1
            });
            assert_eq!(words, expected.collect::<Vec<_>>(), "{query} in {}", article.id);
            known.fetch_add(words.len(), Relaxed);
            Ok(())
        };
        snapshot.for_each_unread(&question, Sort::Newest, &check).unwrap();
    }
    assert!(known.into_inner() > 500, "most queries are answered by positions");
}

/// The first lines and the number of all.
fn lines(
    engine: &dyn Engine,
    request: &Request,
    order: LineOrder,
    limit: usize,
) -> (Vec<Line>, u64) {
    let mut lines = Vec::new();
    let push = &mut |line| {
        lines.push(line);
        ControlFlow::Continue(())
    };
    let total = for_each_line(engine, request, 30, order, limit, push).unwrap();
    (lines, total)
}

#[test]
fn the_first_lines_are_those_of_all_lines() {
    let (_dir, snapshot) = made();
    for target in [Target::Articles, Target::Quotations] {
        for query in QUERIES {
            let request = request(query, target);
            for order in [LineOrder::Hits, LineOrder::Left, LineOrder::Right, LineOrder::Date] {
                let (all, total) = lines(&snapshot, &request, order, usize::MAX);
                assert_eq!(all.len() as u64, total);
                for limit in [0, 1, 7, 100, 20_000] {
                    let first = all[..limit.min(all.len())].to_vec();
                    for engine in [&snapshot as &dyn Engine, &Plain { engine: &snapshot }] {
                        let found = lines(engine, &request, order, limit);
                        assert_eq!(found, (first.clone(), total), "{query} {order:?} {limit}");
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_not_shown_is_not_read() {
    let (_dir, snapshot) = made();
    let reads = |query: &str, order: LineOrder, limit: usize| {
        let counting = Counting::new(&snapshot);
        let (shown, total) = lines(&counting, &request(query, Target::Articles), order, limit);
        assert!(total as usize > 2 * shown.len(), "{query} {total}");
        counting.reads.into_inner()
    };
    for query in ["ship", "ship w/s (tax OR war)", "minister OR *ship"] {
        for limit in [0, 1, 5] {
            for order in [LineOrder::Hits, LineOrder::Date] {
                assert!(reads(query, order, limit) <= limit, "{query} {order:?} {limit}");
            }
        }
    }
    assert!(reads("title:ship OR ship", LineOrder::Hits, 1) > 1, "headlines are no positions");
}

#[test]
fn an_engine_that_reads_everything_answers_alike() {
    let (_dir, snapshot) = made();
    let plain = Plain { engine: &snapshot };
    for query in QUERIES {
        let request = Request { limit: 9, ..request(query, Target::Articles) };
        let near = |engine: &dyn Engine| collocates(engine, &request, Side::Both, 4, 50).unwrap();
        assert_eq!(near(&snapshot), near(&plain), "{query}");
        let other = Request { query: "war".to_owned(), ..request.clone() };
        let compared = |engine: &dyn Engine| compare(engine, &request, &other, 50).unwrap();
        assert_eq!(compared(&snapshot), compared(&plain), "{query}");
        let person = |engine: &dyn Engine| people(engine, "karim", &request).unwrap();
        assert_eq!(person(&snapshot), person(&plain), "{query}");
    }
}
