//! How long queries take on an index of wire-like copy, beside the engine's own queries on the same index.
//!
//! `cargo bench --bench queries -- [--articles N] [--queries N] [--archive DIR] [--index DIR] [--only TEXT]`: DIR is an
//! archive to use in the place of the generated one, or where to generate it, and an index of it to keep, or to use if it
//! is there; TEXT is a part of the names of the rows to measure, and with `--slowest N` each names its N slowest queries.
//! Times are with exact counts and the ten best articles read, without snippets, each the best of three, ours and the
//! engine's in turn. The engine uses one thread, ours one more for what takes longer than two milliseconds:
//! `RAYON_NUM_THREADS=1` for one alone.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

mod corpus;
mod program;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use newsdex::archive::walk::{Filter, walk};
use newsdex::article::Facet;
use newsdex::index::read::snapshot::Snapshot;
use newsdex::index::schema::fields;
use newsdex::index::tokenize;
use newsdex::query::{FacetRequest, Request, search};
use newsdex::text;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{TantivyDocument, Term};

use self::program::{Args, Outcome, make_index};

fn main() -> Outcome<()> {
    let args = Args::typed();
    let (articles, queries) = (args.number("--articles", 50_000)?, args.number("--queries", 500)?);
    let scratch = tempfile::tempdir()?;
    let archive = args.option("--archive").map_or(scratch.path().join("archive"), PathBuf::from);
    if !archive.exists() {
        corpus::write(&archive, articles)?;
    }
    let index = args.option("--index").map_or(scratch.path().join("index"), PathBuf::from);
    if !Snapshot::exists(&index) {
        make_index(&archive, &index)?;
    }
    let snapshot = Snapshot::open(&index)?;
    let bench = Bench {
        pairs: pairs(&archive, &snapshot, queries)?,
        snapshot,
        only: args.option("--only").unwrap_or_default().to_owned(),
        slowest: args.number("--slowest", 0)?,
    };
    println!("{} articles, {} queries of each kind", bench.total()?, bench.pairs.len());
    println!("{:<34} {:>10} {:>10} {:>10}", "milliseconds", "median", "p99", "÷ engine");
    words(&bench)?;
    patterns(&bench)?;
    facets(&bench)
}

/// What is measured, on what.
struct Bench {
    snapshot: Snapshot,
    pairs: Vec<Pair>,
    /// A part of the names of the rows that are measured.
    only: String,
    /// So many of the slowest queries of each row are named.
    slowest: usize,
}

/// Words, all words, any word, and phrases, each beside the engine's own query for the same terms of the text alone.
fn words(bench: &Bench) -> Outcome<()> {
    let beside = |name: &str, query: Written, engines: fn(&Pair) -> Box<dyn Query>| {
        let engine = |pair: &Pair| bench.engine(&*engines(pair));
        bench.queries(name, query, Some(&engine))
    };
    beside("a word as it stands", |p| format!("={}", p.first), |p| term(&p.first))?;
    beside("a word in all its forms", |p| p.first.clone(), |p| forms(&p.forms[0]))?;
    beside(
        "two words as they stand",
        |p| format!("={} ={}", p.first, p.second),
        |p| Box::new(BooleanQuery::intersection(vec![term(&p.first), term(&p.second)])),
    )?;
    beside(
        "two words in all their forms",
        |p| format!("{} {}", p.first, p.second),
        |p| Box::new(BooleanQuery::intersection(p.forms.iter().map(|of| forms(of)).collect())),
    )?;
    beside(
        "either word as it stands",
        |p| format!("={} OR ={}", p.first, p.second),
        |p| Box::new(BooleanQuery::union(vec![term(&p.first), term(&p.second)])),
    )?;
    beside(
        "a word without another",
        |p| format!("={} -={}", p.first, p.second),
        |p| {
            let clauses = [(Occur::Must, term(&p.first)), (Occur::MustNot, term(&p.second))];
            Box::new(BooleanQuery::new(clauses.into()))
        },
    )?;
    beside("a phrase", |p| format!("\"{} {}\"", p.first, p.second), phrase)?;
    // What the engine has no query for, beside its phrase of the same words.
    beside("near: a w/5 b", |p| format!("={} w/5 ={}", p.first, p.second), phrase)?;
    beside("same sentence: a w/s b", |p| format!("={} w/s ={}", p.first, p.second), phrase)
}

fn phrase(pair: &Pair) -> Box<dyn Query> {
    let terms = [&pair.first, &pair.second].map(|word| Term::from_field_text(fields().body, word));
    Box::new(PhraseQuery::new(terms.into()))
}

fn term(word: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(fields().body, word);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

/// Any of the terms that stand for a word's forms: the engine is told which these are.
fn forms(terms: &[String]) -> Box<dyn Query> {
    Box::new(BooleanQuery::union(terms.iter().map(|word| term(word)).collect()))
}

/// The word, its stem as a term, and the words of the index that have it and begin with it.
fn forms_of(word: &str, snapshot: &Snapshot) -> Outcome<Vec<String>> {
    let stem = text::stem(word, "en");
    let mut forms = vec![word.to_owned(), format!("{}{stem}", tokenize::STEM)];
    for reader in snapshot.searcher().segment_readers() {
        let index = reader.inverted_index(fields().body)?;
        let mut terms = index.terms().range().ge(&*stem).into_stream()?;
        while let Some((term, _)) = terms.next() {
            let term = std::str::from_utf8(term)?;
            if !term.starts_with(&*stem) {
                break;
            }
            if text::stem(term, "en") == stem {
                forms.push(term.to_owned());
            }
        }
    }
    forms.sort_unstable();
    forms.dedup();
    Ok(forms)
}

/// How a pair of words becomes a query.
type Written = fn(&Pair) -> String;

/// What the engine has nothing like.
fn patterns(bench: &Bench) -> Outcome<()> {
    bench.queries("said: a", |p| format!("said:{}", p.first), None)?;
    bench.queries("a wildcard", |p| format!("{}*", p.first), None)?;
    bench.queries("a country and a word", |p| format!("country:IR {}", p.first), None)
}

fn facets(bench: &Bench) -> Outcome<()> {
    let name = "three facets of all articles";
    if !bench.measures(name) {
        return Ok(());
    }
    let facets = [Facet::Speaker, Facet::Country, Facet::Month].map(|facet| FacetRequest {
        facet,
        limit: 10,
        matching: None,
    });
    let request = Request { limit: 0, facets: facets.to_vec(), ..Request::default() };
    let run = |(): &()| search(&bench.snapshot, &request).map(drop).map_err(Into::into);
    let [times] = timed_beside(&[(); 20], [&run])?;
    row(name, &times, None);
    Ok(())
}

impl Bench {
    fn measures(&self, name: &str) -> bool {
        name.contains(&self.only)
    }

    /// A row of the table: our queries, beside the engine's if it has any for them.
    fn queries(&self, name: &str, query: Written, engine: Option<Run<'_, Pair>>) -> Outcome<()> {
        if !self.measures(name) {
            return Ok(());
        }
        let ours = |pair: &Pair| self.ours(&query(pair));
        let times = if let Some(engine) = engine {
            let [times, engine] = timed_beside(&self.pairs, [&ours, engine])?;
            row(name, &times, Some(&engine));
            times
        } else {
            let [times] = timed_beside(&self.pairs, [&ours])?;
            row(name, &times, None);
            times
        };
        for &(time, n) in times.iter().rev().take(self.slowest) {
            println!("    {:>10.3} {}", milliseconds(time), query(&self.pairs[n]));
        }
        Ok(())
    }

    fn ours(&self, query: &str) -> Outcome<()> {
        let request = Request { query: query.to_owned(), fragments: 0, ..Request::default() };
        search(&self.snapshot, &request)?;
        Ok(())
    }

    /// The same with the engine alone: count, ten best, and their documents.
    fn engine(&self, query: &dyn Query) -> Outcome<()> {
        let searcher = self.snapshot.searcher();
        let best = TopDocs::with_limit(10).order_by_score();
        let (_, found) = searcher.search(query, &(Count, best))?;
        for (_, address) in found {
            searcher.doc::<TantivyDocument>(address)?;
        }
        Ok(())
    }

    fn total(&self) -> Outcome<u64> {
        Ok(search(&self.snapshot, &Request { limit: 0, ..Request::default() })?.total)
    }
}

/// A time, and of which of the inputs.
type Timed = (Duration, usize);

fn row(name: &str, times: &[Timed], engine: Option<&[Timed]>) {
    let ratio = engine.map_or(String::new(), |engine| {
        format!("{:.2}", median(times).as_secs_f64() / median(engine).as_secs_f64())
    });
    let (last, _) = times[(times.len() * 99).div_ceil(100) - 1];
    println!(
        "{name:<34} {:>10.3} {:>10.3} {ratio:>10}",
        milliseconds(median(times)),
        milliseconds(last)
    );
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn median(sorted: &[Timed]) -> Duration {
    sorted[sorted.len() / 2].0
}

/// What is timed.
type Run<'r, T> = &'r dyn Fn(&T) -> Outcome<()>;

/// The times of each of `runs` for each of `inputs`, sorted: the best of three, all runs in turn.
fn timed_beside<T, const N: usize>(
    inputs: &[T],
    runs: [Run<'_, T>; N],
) -> Outcome<[Vec<Timed>; N]> {
    let mut times = [(); N].map(|()| Vec::with_capacity(inputs.len()));
    for (n, input) in inputs.iter().enumerate() {
        let mut best = [Duration::MAX; N];
        for _ in 0..3 {
            for (run, best) in runs.iter().zip(&mut best) {
                let begun = Instant::now();
                run(input)?;
                *best = begun.elapsed().min(*best);
            }
        }
        for (times, best) in times.iter_mut().zip(best) {
            times.push((best, n));
        }
    }
    for times in &mut times {
        times.sort_unstable();
    }
    Ok(times)
}

/// Two words that stand side by side in the archive.
struct Pair {
    first: String,
    second: String,
    /// The terms for either in all its forms.
    forms: [Vec<String>; 2],
}

/// `count` pairs from all over the archive, common words and rare ones as they come.
fn pairs(archive: &Path, snapshot: &Snapshot, count: usize) -> Outcome<Vec<Pair>> {
    let files: Vec<_> = walk(archive, &Filter::default())?.flatten().collect();
    let mut pairs = Vec::with_capacity(count);
    for n in 0..count {
        let file = &files[n * 7919 % files.len()];
        let words = text::folded_words(&String::from_utf8_lossy(&std::fs::read(&file.path)?));
        let words: Vec<_> = words.into_iter().filter(|word| word.len() > 3).collect();
        if let Some([first, second]) =
            words.get(n * 31 % words.len().max(2)..).and_then(|w| w.first_chunk())
        {
            let forms = [first, second].map(|word| forms_of(word, snapshot));
            let forms = forms.into_iter().collect::<Outcome<Vec<_>>>()?;
            let forms = forms.try_into().map_err(|_| "two words have two lists of forms")?;
            pairs.push(Pair { first: first.clone(), second: second.clone(), forms });
        }
    }
    Ok(pairs)
}
