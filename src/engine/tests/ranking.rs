//! The law of ranking: scores and order are those of a fresh index of the same articles, whatever was replaced or deleted
//! before, whatever the segments, and in whatever order the articles came.

use std::ops::ControlFlow;
use std::sync::LazyLock;

use proptest::prelude::*;
use tantivy::index::SegmentReader;
use tempfile::TempDir;

use super::archive::in_segments;
use super::made::{Made, Model, archive};
use crate::article::Article;
use crate::engine::local::for_each_match_in_passes;
use crate::index::read::snapshot::Snapshot;
use crate::query::questions::search::ranked as question_of;
use crate::query::{Hit, Limits, Request, Sort, Target, search, similar};

struct Indexes {
    _dir: TempDir,
    changed: Snapshot,
    fresh: Snapshot,
    backwards: Snapshot,
}

static INDEXES: LazyLock<Indexes> = LazyLock::new(|| {
    let articles: Vec<Article> = archive(80).iter().map(Model::article).collect();
    let (dir, changed) = in_segments(&articles);
    let has_deletes = changed.searcher().segment_readers().iter().any(SegmentReader::has_deletes);
    assert!(has_deletes, "deleted documents that still stand in their segments");
    Indexes {
        _dir: dir,
        changed,
        fresh: Snapshot::of_articles(&articles).expect("an index"),
        backwards: Snapshot::of_articles(articles.iter().rev()).expect("an index"),
    }
});

/// Ids, quotations and scores of the hits, in order.
type Ranking = Vec<(String, Option<usize>, u32)>;

fn ranked(snapshot: &Snapshot, request: &Request) -> Ranking {
    let page = search(snapshot, request).expect("the search runs");
    page.hits.iter().map(rank).collect()
}

fn rank(hit: &Hit) -> (String, Option<usize>, u32) {
    (hit.article.id.clone(), hit.quote, hit.score.to_bits())
}

fn check(request: &Request) {
    let Indexes { changed, fresh, backwards, .. } = &*INDEXES;
    let expected = ranked(fresh, request);
    assert_eq!(ranked(changed, request), expected, "{}, changed", request.query);
    assert_eq!(ranked(backwards, request), expected, "{}, backwards", request.query);
}

/// All hits, ranked `pass` at a time.
fn all(snapshot: &Snapshot, request: &Request, pass: usize) -> Ranking {
    let mut hits = Vec::new();
    let (question, _) = question_of(snapshot, request).expect("a question");
    for_each_match_in_passes(snapshot, &question, request, pass, &mut |found| {
        hits.push((found.article.id.clone(), found.quote, found.score.to_bits()));
        ControlFlow::Continue(())
    })
    .expect("the search runs");
    hits
}

#[test]
fn all_hits_come_in_the_order_of_pages_however_many_are_gathered_at_once() {
    for query in ["", "tax OR war", "-ships", "ship* w/9 tax", "country:SE", "nowhere"] {
        for (sort, target) in [
            (Sort::Relevance, Target::Articles),
            (Sort::Newest, Target::Articles),
            (Sort::Oldest, Target::Quotations),
            (Sort::Relevance, Target::Quotations),
        ] {
            let query = query.to_owned();
            let request = Request { query, sort, target, limit: 1000, ..Request::default() };
            for (offset, pass) in [(0, 1), (0, 2), (3, 7), (0, 30), (1, 100_000)] {
                let request = Request { offset, ..request.clone() };
                let snapshot = &INDEXES.changed;
                let expected = ranked(snapshot, &request);
                assert_eq!(all(snapshot, &request, pass), expected, "{request:?}, {pass} at once");
            }
        }
    }
}

#[test]
fn any_words_rank_alike_with_the_help_of_others() {
    for query in ["tax", "war ships peace", "the ministers' ports and women", "friendship wars"] {
        for expand in [false, true] {
            let query = query.to_owned();
            let request =
                Request { query, any_words: true, expand, limit: 100, ..Request::default() };
            check(&request);
            check(&Request { any_words: false, ..request });
        }
    }
}

#[test]
fn the_like_of_an_article_are_the_same() {
    let Indexes { changed, fresh, .. } = &*INDEXES;
    let like = |snapshot| {
        let hits = similar(snapshot, "a007", 20, &Limits::default()).expect("the search runs");
        hits.into_iter()
            .map(|hit| (hit.article.id.clone(), hit.score.to_bits()))
            .collect::<Vec<_>>()
    };
    assert_eq!(like(changed), like(fresh));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_index_that_changed_ranks_as_a_fresh_one(seed in any::<u64>(), of_quotations in any::<bool>()) {
        let query = Made(seed).ask(2).to_string();
        let target = if of_quotations { Target::Quotations } else { Target::Articles };
        check(&Request { query, target, limit: 1000, fragments: 0, ..Request::default() });
    }
}
