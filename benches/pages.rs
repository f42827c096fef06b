//! Time to read web pages with the HTML reader, compared with its parser alone, on one core.
//!
//! `cargo bench --bench pages -- [DIR]`: DIR holds pages to use instead of generated ones.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

mod corpus;

use std::convert::Infallible;
use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use newsdex::archive::walk::{Filter, walk};
use newsdex::read::formats::named;
use newsdex::read::{self, Options};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Rounds of each measurement, of which the median counts.
const ROUNDS: usize = 7;
/// Number of generated pages.
const GENERATED: usize = 400;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Outcome<()> {
    let folder = std::env::args().skip(1).find(|arg| arg != "--bench");
    let pages = match folder {
        Some(folder) => files(Path::new(&folder))?,
        None => generated()?,
    };
    let bytes: usize = pages.iter().map(String::len).sum();
    let options = Options { format: named("html"), ..Options::default() };
    let (mut parsing, mut reading) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        parsing.push(timed(&pages, |page| {
            black_box(count_tokens(page));
        }));
        reading.push(timed(&pages, |page| {
            drop(black_box(read::parse_as(page.as_bytes(), "page.html", &options)));
        }));
    }
    let (parsing, reading) = (median(parsing), median(reading));
    println!("{} pages, {:.1} MB", pages.len(), bytes as f64 / 1e6);
    for (name, time) in [("parser alone", parsing), ("whole reader", reading)] {
        let seconds = time.as_secs_f64();
        println!("{name:<14} {seconds:>8.3} s {:>8.1} MB/s", bytes as f64 / 1e6 / seconds);
    }
    println!("ratio          {:>8.2}", reading.as_secs_f64() / parsing.as_secs_f64());
    Ok(())
}

fn timed(pages: &[String], mut work: impl FnMut(&str)) -> Duration {
    let start = Instant::now();
    for page in pages {
        work(page);
    }
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The number of tags, attributes and texts of a page.
fn count_tokens(page: &str) -> usize {
    let mut count = 0;
    let mut emitter =
        CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
            black_box(&event);
            count += 1;
            None
        });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(page, emitter).finish();
    count
}

fn files(folder: &Path) -> Outcome<Vec<String>> {
    let filter = Filter::default();
    let bytes =
        walk(folder, "pages", &filter)?.flatten().filter_map(|file| std::fs::read(&file.path).ok());
    Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect())
}

/// Generated articles as pages of a site.
fn generated() -> Outcome<Vec<String>> {
    let scratch = tempfile::tempdir()?;
    corpus::write(scratch.path(), GENERATED)?;
    Ok(files(scratch.path())?.iter().map(|article| page(article)).collect())
}

/// The article in a page with menu, scripts, related stories and footer, which outweigh it.
fn page(article: &str) -> String {
    let mut paragraphs = article.split("\n\n");
    let title = paragraphs.next().unwrap_or_default().trim();
    let mut page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} | The Daily Heron</title>\
         <meta property=\"og:title\" content=\"{title}\"><meta name=\"author\" content=\"Jane Doe\">\
         <script>var pages = {{ \"section\": \"world\", \"ads\": [1, 2, 3] }};</script></head><body>"
    );
    page.push_str("<nav class=\"menu\"><ul>");
    for n in 0..60 {
        let _ =
            write!(page, "<li><a class=\"menu-link\" href=\"/section/{n}\">Section {n}</a></li>");
    }
    let _ = write!(page, "</ul></nav><article><h1>{title}</h1><p class=\"byline\">By Jane Doe</p>");
    for paragraph in paragraphs {
        let _ = writeln!(page, "<p>{}</p>", paragraph.trim());
    }
    page.push_str("</article><aside class=\"related\"><h2>Related</h2>");
    for n in 0..20 {
        let _ = write!(
            page,
            "<div class=\"card\"><a href=\"/story/{n}\"><img src=\"/{n}.jpg\" alt=\"\"><h3>Another story {n}</h3></a>\
             <span class=\"date\">{} hours ago</span></div>",
            n + 1
        );
    }
    page.push_str("</aside><footer><p>About us</p><p>Contact</p></footer></body></html>");
    page
}
