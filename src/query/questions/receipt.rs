//! A receipt for a result: what is needed to run the query again later and to tell whether the result is the same.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::article::EXTRACTION_VERSION;
use crate::error::Result;
use crate::query::aliases::Aliases;
use crate::query::engine::Engine;
use crate::query::language::Strictness;
use crate::query::limits::Limits;
use crate::query::question::Question;
use crate::query::request::{Request, Target};

/// A query, the state of the index, and the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The query as typed.
    pub query: String,
    /// The parsed query in the query language, dates included.
    pub understood: String,
    /// `articles` or `quotations`.
    pub target: String,
    /// Version of the program.
    pub program: String,
    /// Version of the index's schema.
    pub schema: u32,
    /// Version of the extraction of people, dates and quotations.
    pub extraction: u32,
    /// Hash of the aliases that were applied; empty if there were none.
    #[serde(default)]
    pub aliases: String,
    /// Number of the index's last operation.
    pub commit: u64,
    /// Articles in the index.
    pub articles: u64,
    /// Matches.
    pub total: u64,
    /// BLAKE3 of the sorted hashes of the matches' ids, in hexadecimal.
    pub results: String,
    /// BLAKE3 of the sorted digests of what the matches say; empty if a receipt or an index is of an older version.
    #[serde(default)]
    pub contents: String,
}

/// A receipt compared with the same query today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Whether the result is still the same: the same ids, or articles that say the same under other ids.
    pub holds: bool,
    /// Whether it holds though ids differ: files were renamed.
    pub has_moved: bool,
    /// Name, value then and value now of all that differs. Versions and commits may differ though the result is the same.
    pub differences: Vec<(&'static str, String, String)>,
    /// The receipt of today.
    pub now: Receipt,
}

/// The receipt of what `request` matches; its order, page and facets are ignored.
pub fn receipt(engine: &dyn Engine, request: &Request) -> Result<Receipt> {
    let (question, _) = Question::of(engine, request)?;
    let understood = question.clause.to_string();
    issue(engine, &question, request.query.clone(), understood)
}

/// Runs a receipt's query again, with the aliases of today.
pub fn verify(
    engine: &dyn Engine,
    then: &Receipt,
    aliases: &Arc<Aliases>,
    limits: &Limits,
) -> Result<Verification> {
    let target = match then.target.as_str() {
        "quotations" => Target::Quotations,
        _ => Target::Articles,
    };
    let aliases = Arc::clone(aliases);
    let query = then.understood.clone();
    let strictness = Strictness::Lenient;
    let limits = limits.clone();
    let request = Request { query, target, strictness, aliases, limits, ..Request::default() };
    let (question, _) = Question::of(engine, &request)?;
    let now = issue(engine, &question, then.query.clone(), then.understood.clone())?;
    let both = [
        ("program", then.program.clone(), now.program.clone()),
        ("schema", then.schema.to_string(), now.schema.to_string()),
        ("extraction", then.extraction.to_string(), now.extraction.to_string()),
        ("aliases", then.aliases.clone(), now.aliases.clone()),
        ("commit", then.commit.to_string(), now.commit.to_string()),
        ("articles", then.articles.to_string(), now.articles.to_string()),
        ("total", then.total.to_string(), now.total.to_string()),
        ("results", then.results.clone(), now.results.clone()),
        ("contents", then.contents.clone(), now.contents.clone()),
    ];
    let has_same_ids = then.total == now.total && then.results == now.results;
    let says_the_same = !then.contents.is_empty() && then.contents == now.contents;
    let has_moved = !has_same_ids && says_the_same;
    let holds = has_same_ids || says_the_same;
    let differences = both.into_iter().filter(|(_, then, now)| then != now).collect();
    Ok(Verification { holds, has_moved, differences, now })
}

fn issue(
    engine: &dyn Engine,
    question: &Question,
    query: String,
    understood: String,
) -> Result<Receipt> {
    let (mut keys, mut contents) = (Vec::new(), Vec::new());
    engine.for_each_identity(question, &mut |identity| {
        keys.push(identity.key);
        contents.push(identity.content);
    })?;
    let has_contents = !contents.contains(&0);
    let about = engine.about()?;
    Ok(Receipt {
        query,
        understood,
        target: match question.target {
            Target::Articles => "articles",
            Target::Quotations => "quotations",
        }
        .to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema: about.schema,
        extraction: EXTRACTION_VERSION,
        aliases: question.aliases.digest(),
        commit: about.commit,
        articles: about.articles,
        total: keys.len() as u64,
        contents: if has_contents { hash(contents) } else { String::new() },
        results: hash(keys),
    })
}

/// BLAKE3 of numbers in any order, in hexadecimal.
fn hash(mut numbers: Vec<u64>) -> String {
    numbers.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    for number in numbers {
        hasher.update(&number.to_le_bytes());
    }
    hasher.finalize().to_hex().to_string()
}
