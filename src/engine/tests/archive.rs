//! Small archives made for tests.

use tempfile::TempDir;

use crate::article::{
    Agency, Article, Country, CountryCode, Dateline, License, Origin, PartialDate, Person, Place,
    Published, Quotation, QuoteKind, Span,
};
use crate::index::read::snapshot::Snapshot;
use crate::index::storage::generation::Generation;
use crate::index::write::writer::{Batch, Writer};
use crate::manifest::commit_metadata::CommitMetadata;
use crate::query::{Request, Target, search};

/// An article whose body opens with its title.
pub(super) fn article(id: &str, title: &str, text: &str) -> Article {
    Article {
        id: id.to_owned(),
        path: format!("desk/{id}"),
        title: Some(title.to_owned()),
        title_span: Some(Span::new(0, title.len())),
        body: format!("{title}\n\n{text}\n"),
        language: Some("en".to_owned()),
        ..Article::default()
    }
}

/// Adds the body's text between `from` and `to` as a quotation.
pub(super) fn quote(article: &mut Article, words: &str, speaker: Option<&str>) {
    let start = article.body.find(words).expect("the words are in the body");
    article.quotes.push(Quotation {
        span: Span::new(start, start + words.len()),
        kind: QuoteKind::Direct,
        speaker: speaker.map(str::to_owned),
        source: None,
        cue: None,
        confidence: 0.9,
    });
}

pub(super) fn dated(
    mut article: Article,
    year: i16,
    month: Option<u8>,
    day: Option<u8>,
) -> Article {
    let date = PartialDate { year: Some(year), month, day };
    article.published = Some(Published { date, time: None, origin: Origin::Path });
    article
}

pub(super) fn licensed(mut article: Article, spdx: &str) -> Article {
    article.license = Some(License { spdx: spdx.to_owned(), holder: None, origin: Origin::Path });
    article
}

pub(super) fn about(mut article: Article, codes: &[&str]) -> Article {
    let countries = codes.iter().filter_map(|code| CountryCode::parse(code));
    article.countries = countries.map(|code| Country { code, mentions: Vec::new() }).collect();
    article.focus = codes.first().and_then(|code| CountryCode::parse(code));
    article
}

pub(super) fn by_agency(mut article: Article, name: &str) -> Article {
    article.agencies.push(Agency { name: name.to_owned(), origin: Origin::Path });
    article
}

/// With a dateline of that country.
pub(super) fn written_in(mut article: Article, code: &str) -> Article {
    let country = CountryCode::parse(code);
    let (name, span) = (format!("City of {code}"), None);
    let place = Place { name, span, country, geoname: None, coordinates: None };
    let (origin, places) = (Origin::Path, vec![place]);
    let span = Span::new(0, 0);
    article.dateline = Some(Dateline { span, origin, places, date: None, agency: None });
    article
}

/// Adds a person with a role.
pub(super) fn naming(mut article: Article, name: &str, role: Option<&str>) -> Article {
    let role = role.map(str::to_owned);
    article.people.push(Person { name: name.to_owned(), role, mentions: Vec::new() });
    article
}

/// Articles of a segment; one of them can be deleted without the segment being merged.
const MANY: usize = 10;

/// An index on disk in several segments, with documents that were replaced, and others that were taken out.
pub(super) fn in_segments(articles: &[Article]) -> (TempDir, Snapshot) {
    let dir = TempDir::new().expect("a folder");
    let metadata = CommitMetadata::new(Vec::new());
    let generation = Generation::first(dir.path());
    let writer = Writer::open(&generation, 1, 20_000_000).expect("a writer");
    let write = |articles: &[Article]| {
        for article in articles {
            let mut batch = Batch::default();
            batch.delete_file(&article.path);
            batch.add(article, &article.path);
            writer.write(batch, article.body.len()).expect("written");
        }
        writer.commit(&metadata).expect("committed");
    };
    let mut before = articles[..articles.len() / 3].to_vec();
    for article in &mut before {
        article.body += " A sentence that was taken out later: ship war tax.";
        article.license = None;
    }
    write(&before);
    let mut batch = Batch::default();
    for articles in articles.chunks(articles.len().div_ceil(4)) {
        if articles.len() < MANY {
            write(articles);
            continue;
        }
        let first = &articles[0];
        let gone = Article {
            id: format!("gone {}", first.id),
            path: format!("{}.gone", first.path),
            language: Some("fr".to_owned()),
            quotes: Vec::new(),
            ..first.clone()
        };
        batch.delete_file(&gone.path);
        write(&[articles, &[gone]].concat());
    }
    writer.write(batch, 0).expect("written");
    writer.commit(&metadata).expect("committed");
    writer.finish().expect("finished");
    generation.make_current().expect("a pointer");
    let snapshot = Snapshot::open(dir.path()).expect("an index");
    assert!(snapshot.searcher().segment_readers().len() > 2, "several segments");
    (dir, snapshot)
}

/// Ids of the articles (with `#n` for quotation *n*) that match, sorted.
pub(super) fn found(snapshot: &Snapshot, query: &str, target: Target) -> Vec<String> {
    let query_text = query.to_owned();
    let request =
        Request { query: query_text, target, limit: 10_000, fragments: 0, ..Request::default() };
    let page = search(snapshot, &request).expect("the search runs");
    assert_eq!(page.total, page.hits.len() as u64, "{query}");
    let mut ids: Vec<_> = page
        .hits
        .iter()
        .map(|hit| match hit.quote {
            Some(quote) => format!("{}#{quote}", hit.article.id),
            None => hit.article.id.clone(),
        })
        .collect();
    ids.sort_unstable();
    ids
}
