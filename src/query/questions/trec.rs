//! Rankings in the form that the evaluation programs of the Text Retrieval Conference read.

use super::search::{Hit, search};
use crate::error::Result;
use crate::query::engine::Engine;
use crate::query::limits::Limits;
use crate::query::request::{Request, Target};

/// The name of the run in the last column.
const TAG: &str = "newsdex";

/// The `depth` best articles for the text of a topic, of which any word is enough, as lines `qid Q0 id rank score tag`
/// without line ends. White space in ids becomes `_`.
pub fn trec_run(
    engine: &dyn Engine,
    qid: &str,
    text: &str,
    depth: usize,
    expand: bool,
    limits: &Limits,
) -> Result<Vec<String>> {
    let request = Request {
        query: text.to_owned(),
        target: Target::Articles,
        limit: depth,
        fragments: 0,
        any_words: true,
        expand,
        limits: limits.clone(),
        ..Request::default()
    };
    let page = search(engine, &request)?;
    let line = |(rank, hit): (usize, &Hit)| {
        let id = hit.article.id.replace(char::is_whitespace, "_");
        format!("{qid} Q0 {id} {} {:.6} {TAG}", rank + 1, hit.score)
    };
    Ok(page.hits.iter().enumerate().map(line).collect())
}
