//! Asks any text of a small index in every way: it is parsed, compiled, searched, highlighted and explained.

#![no_main]

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use newsdex::article::Facet;
use newsdex::query::{
    Engine, FacetRequest, Limits, LineOrder, Request, Strictness, Target, explain, for_each_line,
    parse, quotes, search,
};
use newsdex::update::{self, ChangeDetection, Options, Progress};
use newsdex::{engine, query};

struct Silent;

impl Progress for Silent {
    fn planned(&self, _files: u64, _bytes: u64) {}
    fn done(&self, _articles: u64, _bytes: u64) {}
    fn finishing(&self) {}
}

/// The index of the sample corpus, made anew for each process.
static INDEX: LazyLock<Box<dyn Engine>> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("newsdex-fuzz-{}", std::process::id()));
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sample_corpus");
    let options = Options {
        archives: vec![corpus],
        index: folder.clone(),
        threads: 1,
        memory: 64 << 20,
        selection: None,
        now: None,
        change_detection: ChangeDetection::TimeStamps,
        name: None,
        moved_from: None,
        allow_mass_delete: false,
        accept_damaged: false,
        dry_run: false,
    };
    update::index(&options, &Silent, &AtomicBool::new(false)).expect("the corpus is indexed");
    engine::open(&folder).expect("the index is opened")
});

fuzz_target!(|bytes: &[u8]| {
    let Some((&mode, text)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let (clause, _) = parse(text);
    let _ = parse(&clause.to_string());
    let facet = FacetRequest { facet: Facet::Person, limit: 3, matching: Some(text.to_owned()) };
    let request = Request {
        query: text.to_owned(),
        target: if mode & 1 == 0 { Target::Articles } else { Target::Quotations },
        strictness: if mode & 2 == 0 { Strictness::Lenient } else { Strictness::KnownFields },
        any_words: mode & 12 == 12,
        expand: mode & 48 == 48,
        facets: if mode & 64 == 0 { Vec::new() } else { vec![facet] },
        limits: Limits::within(Duration::from_secs(5)),
        ..Request::default()
    };
    let index = &**INDEX;
    let Ok(page) = search(index, &request) else { return };
    if let Ok((explained, _)) = explain(index, &request) {
        assert!(request.expand || explained.count == page.total, "one count for all faces");
    }
    match mode >> 7 {
        0 => drop(quotes(index, &request, 2)),
        _ => {
            let some = &mut |_| ControlFlow::Break(());
            let _ = for_each_line(index, &request, 20, LineOrder::Hits, 20, some);
        }
    }
    if text.len() < 40 {
        let _ = query::people(index, text, &request);
    }
});
