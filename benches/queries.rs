//! Times of queries on an index of generated wire copy, compared with tantivy's own queries on the same index.
//!
//! `cargo bench --bench queries -- [--articles N] [--queries N] [--archive DIR] [--index DIR] [--only TEXT] [--slowest N]`
//!
//! | option | |
//! |---|---|
//! | `--archive` | an archive to use instead of the generated one; generated there if it does not exist |
//! | `--index` | where the index is, or is made and kept |
//! | `--only` | measure only rows whose names contain TEXT |
//! | `--slowest` | list the N slowest queries of each row |
//!
//! Each time is the best of three, with an exact count and the ten best articles read, without snippets. Tantivy uses
//! one thread; newsdex uses a second one in queries of more than two milliseconds, except with `RAYON_NUM_THREADS=1`.

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
    let args = Args::parse();
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
    measure_word_queries(&bench)?;
    measure_other_queries(&bench)?;
    measure_facets(&bench)
}

/// The index, the words to search for, and the options.
struct Bench {
    snapshot: Snapshot,
    pairs: Vec<Pair>,
    /// Part of the names of the rows to measure.
    only: String,
    /// Number of the slowest queries to list for each row.
    slowest: usize,
}

/// Measures words, conjunctions, disjunctions and phrases, compared with tantivy's own query for the same terms.
fn measure_word_queries(bench: &Bench) -> Outcome<()> {
    let compare = |name: &str, query: QueryText, tantivy_query: fn(&Pair) -> Box<dyn Query>| {
        let tantivy = |pair: &Pair| bench.run_tantivy(&*tantivy_query(pair));
        bench.measure_row(name, query, Some(&tantivy))
    };
    compare("a word as it stands", |p| format!("={}", p.first), |p| term(&p.first))?;
    compare("a word in all its forms", |p| p.first.clone(), |p| forms(&p.forms[0]))?;
    compare(
        "two words as they stand",
        |p| format!("={} ={}", p.first, p.second),
        |p| Box::new(BooleanQuery::intersection(vec![term(&p.first), term(&p.second)])),
    )?;
    compare(
        "two words in all their forms",
        |p| format!("{} {}", p.first, p.second),
        |p| Box::new(BooleanQuery::intersection(p.forms.iter().map(|of| forms(of)).collect())),
    )?;
    compare(
        "either word as it stands",
        |p| format!("={} OR ={}", p.first, p.second),
        |p| Box::new(BooleanQuery::union(vec![term(&p.first), term(&p.second)])),
    )?;
    compare(
        "a word without another",
        |p| format!("={} -={}", p.first, p.second),
        |p| {
            let clauses = [(Occur::Must, term(&p.first)), (Occur::MustNot, term(&p.second))];
            Box::new(BooleanQuery::new(clauses.into()))
        },
    )?;
    compare("a phrase", |p| format!("\"{} {}\"", p.first, p.second), phrase)?;
    // Tantivy has no such queries: compared with its phrase of the same words.
    compare("near: a w/5 b", |p| format!("={} w/5 ={}", p.first, p.second), phrase)?;
    compare("same sentence: a w/s b", |p| format!("={} w/s ={}", p.first, p.second), phrase)
}

fn phrase(pair: &Pair) -> Box<dyn Query> {
    let terms = [&pair.first, &pair.second].map(|word| Term::from_field_text(fields().body, word));
    Box::new(PhraseQuery::new(terms.into()))
}

fn term(word: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(fields().body, word);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

/// The disjunction of the terms for a word's forms.
fn forms(terms: &[String]) -> Box<dyn Query> {
    Box::new(BooleanQuery::union(terms.iter().map(|word| term(word)).collect()))
}

/// The terms for all forms of a word: the word, its stem, and the words of the index with that stem that begin with it.
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

/// The text of the query for a pair of words.
type QueryText = fn(&Pair) -> String;

/// Measures queries without a counterpart in tantivy.
fn measure_other_queries(bench: &Bench) -> Outcome<()> {
    bench.measure_row("said: a", |p| format!("said:{}", p.first), None)?;
    bench.measure_row("a wildcard", |p| format!("{}*", p.first), None)?;
    bench.measure_row("a country and a word", |p| format!("country:IR {}", p.first), None)
}

fn measure_facets(bench: &Bench) -> Outcome<()> {
    let name = "three facets of all articles";
    if !bench.is_selected(name) {
        return Ok(());
    }
    let facets = [Facet::Speaker, Facet::Country, Facet::Month].map(|facet| FacetRequest {
        facet,
        limit: 10,
        matching: None,
    });
    let request = Request { limit: 0, facets: facets.to_vec(), ..Request::default() };
    let run = |(): &()| search(&bench.snapshot, &request).map(drop).map_err(Into::into);
    let [times] = timed(&[(); 20], [&run])?;
    print_row(name, &times, None);
    Ok(())
}

impl Bench {
    fn is_selected(&self, name: &str) -> bool {
        name.contains(&self.only)
    }

    /// Measures and prints a row of the table: newsdex, and tantivy if it has such queries.
    fn measure_row(
        &self,
        name: &str,
        query: QueryText,
        tantivy: Option<Run<'_, Pair>>,
    ) -> Outcome<()> {
        if !self.is_selected(name) {
            return Ok(());
        }
        let newsdex = |pair: &Pair| self.run_newsdex(&query(pair));
        let times = if let Some(tantivy) = tantivy {
            let [times, tantivy] = timed(&self.pairs, [&newsdex, tantivy])?;
            print_row(name, &times, Some(&tantivy));
            times
        } else {
            let [times] = timed(&self.pairs, [&newsdex])?;
            print_row(name, &times, None);
            times
        };
        for &(time, n) in times.iter().rev().take(self.slowest) {
            println!("    {:>10.3} {}", milliseconds(time), query(&self.pairs[n]));
        }
        Ok(())
    }

    fn run_newsdex(&self, query: &str) -> Outcome<()> {
        let request = Request { query: query.to_owned(), fragments: 0, ..Request::default() };
        search(&self.snapshot, &request)?;
        Ok(())
    }

    /// Runs the query with tantivy alone: the count, the ten best, and their documents.
    fn run_tantivy(&self, query: &dyn Query) -> Outcome<()> {
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

/// A time, and the number of its input.
type Timed = (Duration, usize);

fn print_row(name: &str, times: &[Timed], tantivy: Option<&[Timed]>) {
    let ratio = tantivy.map_or(String::new(), |tantivy| {
        format!("{:.2}", median(times).as_secs_f64() / median(tantivy).as_secs_f64())
    });
    let (p99, _) = times[(times.len() * 99).div_ceil(100) - 1];
    println!(
        "{name:<34} {:>10.3} {:>10.3} {ratio:>10}",
        milliseconds(median(times)),
        milliseconds(p99)
    );
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn median(sorted: &[Timed]) -> Duration {
    sorted[sorted.len() / 2].0
}

/// A function to time.
type Run<'r, T> = &'r dyn Fn(&T) -> Outcome<()>;

/// The times of each of `runs` for each of `inputs`, sorted: the best of three, with the runs in turn.
fn timed<T, const N: usize>(inputs: &[T], runs: [Run<'_, T>; N]) -> Outcome<[Vec<Timed>; N]> {
    let mut times = [(); N].map(|()| Vec::with_capacity(inputs.len()));
    for (n, input) in inputs.iter().enumerate() {
        let mut best = [Duration::MAX; N];
        for _ in 0..3 {
            for (run, best) in runs.iter().zip(&mut best) {
                let start = Instant::now();
                run(input)?;
                *best = start.elapsed().min(*best);
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

/// Two adjacent words of the archive.
struct Pair {
    first: String,
    second: String,
    /// The terms for all forms of each.
    forms: [Vec<String>; 2],
}

/// `count` pairs from files all over the archive, regardless of their frequency.
fn pairs(archive: &Path, snapshot: &Snapshot, count: usize) -> Outcome<Vec<Pair>> {
    let files: Vec<_> = walk(archive, "archive", &Filter::default())?.flatten().collect();
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
