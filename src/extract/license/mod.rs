//! Under which terms the article may be used: the sentence that says so, as an SPDX identifier.
//!
//! Sentences with a license word are looked at one by one: `terms` says which terms they name, `subject` whether
//! these are the article's, `holder` who grants them. In doubt there is none: an open license is never made up.

mod creative_commons;
mod license_words;
mod rights_holder;
mod subject;
mod terms;

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use self::subject::Statement;
use self::terms::Terms;
use crate::article::{Article, License, Origin, Span};
use crate::extract::license::license_words::Hits;
use crate::text::Text;

/// No sentence about terms is longer, in bytes.
const LONGEST: usize = 700;

/// So many sentences with a license word are looked at from the start, and as many from the end.
const MOST: usize = 20;

/// One of these stands in every sentence about terms.
static CUES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let mut builder = AhoCorasick::builder();
    builder
        .ascii_case_insensitive(true)
        .kind(Some(AhoCorasickKind::DFA))
        .build(license_words::cues())
        .ok()
});

/// Sets [`Article::license`], unless the file states one.
pub fn find(text: &Text<'_>, article: &mut Article) {
    if article.license.is_none() {
        article.license = stated(text);
    }
}

/// What a field that holds nothing but terms says.
pub(super) fn stated_in(field: &str) -> Option<License> {
    stated(&Text::new(field))
}

/// Does it say no more than whose the rights are?
pub(super) fn is_bare(license: &License) -> bool {
    license.spdx == terms::COPYRIGHT
}

/// What is taken of terms that were not understood, or of a holder without any.
pub(super) fn unread(field: Option<&str>) -> &'static str {
    let copyright = |field: &str| {
        let lower = field.to_lowercase();
        lower.contains("copyright")
            || lower.contains('©')
            || lower.contains("(c)")
            || field.len() < 40
    };
    if field.is_none_or(copyright) { terms::COPYRIGHT } else { terms::RESTRICTED }
}

/// A sentence about the article's terms.
struct Found {
    sentence: usize,
    terms: Terms,
    holder: Option<String>,
}

fn stated(text: &Text<'_>) -> Option<License> {
    let mut found: Vec<Found> = Vec::new();
    for sentence in cued(text) {
        let follows = found.last().is_some_and(|last| last.sentence + 1 == sentence);
        found.extend(read(text, sentence, follows));
    }
    let best = found
        .iter()
        .enumerate()
        .min_by_key(|(i, found)| (rank(&found.terms), *i))
        .map(|(i, _)| i)?;
    let run = adjacent(text, &found, best);
    let holder = found[best]
        .holder
        .clone()
        .or_else(|| found[run.clone()].iter().find_map(|f| f.holder.clone()))
        .or_else(|| found.iter().find_map(|f| f.holder.clone()));
    let first = sentence_span(text, found[run.start].sentence);
    let last = sentence_span(text, found[run.end - 1].sentence);
    Some(License {
        spdx: found[best].terms.spdx.clone(),
        holder,
        origin: Origin::Text(Span { start: first.start, end: last.end }),
    })
}

/// The numbers of the first and last sentences with a cue, in order.
fn cued(text: &Text<'_>) -> Vec<usize> {
    let Some(cues) = &*CUES else { return Vec::new() };
    let mut sentences: Vec<usize> = Vec::new();
    for hit in cues.find_iter(text.body) {
        let at = hit.start() as u32;
        let after = |sentence: &Range<u32>| text.tokens[sentence.end as usize - 1].end <= at;
        let sentence = text.sentences.partition_point(after);
        if sentence < text.sentences.len() && sentences.last() != Some(&sentence) {
            sentences.push(sentence);
        }
    }
    if sentences.len() > 2 * MOST {
        sentences.drain(MOST..sentences.len() - MOST);
    }
    sentences
}

/// What the sentence says of the article's terms. `follows`: the sentence before it spoke of them.
fn read(text: &Text<'_>, number: usize, follows: bool) -> Option<Found> {
    let span = sentence_span(text, number);
    if span.len() > LONGEST {
        return None;
    }
    let whole = span.of(text.body);
    let printed = whole.trim_start_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, '©' | '(' | '"' | '“' | '«' | '„' | '‘' | '\'')
    });
    let printed = if printed.starts_with("(c)") || printed.starts_with("(C)") {
        printed
    } else {
        printed.trim_start_matches('(')
    };
    let said = said(printed);
    let Said { folded, hits, terms, .. } = &*said;
    let terms = match terms {
        Some(terms) => terms.clone(),
        None if subject::is_copyright_line(printed) && !printed.contains('/') => {
            Terms { spdx: terms::COPYRIGHT.to_owned(), grants: false, at: 0 }
        }
        None => return None,
    };
    let paragraph = text.paragraphs.partition_point(|p| p.end <= text.sentences[number].start);
    let opening = text.tokens[text.paragraphs.get(paragraph)?.start as usize].start;
    let before =
        license_words::fold(last_bytes(Span { start: opening, end: span.start }.of(text.body)));
    let above = paragraph.checked_sub(1).map_or("", |above| paragraph_text(text, above));
    let above = if above.len() < 160 { license_words::fold(above) } else { String::new() };
    let statement = Statement {
        folded,
        hits,
        printed,
        before: &before,
        above: &above,
        opens_paragraph: opening == span.start || follows,
        at_end: paragraph + 2 >= text.paragraphs.len(),
    };
    statement.is_of_article(&terms).then(|| Found {
        sentence: number,
        holder: rights_holder::find(printed, folded).or_else(|| {
            let before = Span { start: opening, end: span.start }.of(text.body);
            rights_holder::alone(before).map(str::to_owned)
        }),
        terms,
    })
}

/// What a sentence says by itself.
struct Said {
    printed: String,
    folded: String,
    hits: Hits,
    terms: Option<Terms>,
}

/// A publisher's articles say their terms in the same words: one sentence of each length is remembered.
fn said(printed: &str) -> Rc<Said> {
    const REMEMBERED: usize = 64;
    thread_local! {
        static BEFORE: RefCell<[Option<Rc<Said>>; REMEMBERED]> =
            const { RefCell::new([const { None }; REMEMBERED]) };
    }
    BEFORE.with_borrow_mut(|before| {
        let before = &mut before[printed.len() % REMEMBERED];
        if let Some(said) = before.as_ref().filter(|said| said.printed == printed) {
            return Rc::clone(said);
        }
        let folded = license_words::fold(printed);
        let hits = Hits::of(&folded);
        let terms = terms::of(&folded, &hits);
        let said = Rc::new(Said { printed: printed.to_owned(), folded, hits, terms });
        Rc::clone(before.insert(said))
    })
}

/// As much of the end of `text` as is looked at for credits.
fn last_bytes(text: &str) -> &str {
    let from = text.len().saturating_sub(LONGEST);
    let from = (from..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(from);
    text.get(from..).unwrap_or_default()
}

/// The more precise the better, and what is granted before what is kept.
fn rank(terms: &Terms) -> u8 {
    let spdx = terms.spdx.as_str();
    match spdx {
        "LicenseRef-CC" => 3,
        "LicenseRef-Public-Domain" => 4,
        terms::RESERVED => 6,
        terms::RESTRICTED => 7,
        "LicenseRef-Crown-Copyright" => 5,
        terms::COPYRIGHT => 9,
        _ if !spdx.starts_with("LicenseRef-") => 0,
        _ if spdx.starts_with("LicenseRef-Reproduction") => 8,
        _ => 1,
    }
}

/// The found sentences that stand side by side with the best one in its paragraph, if they keep rights as it does.
fn adjacent(text: &Text<'_>, found: &[Found], best: usize) -> Range<usize> {
    let joins = |a: usize, b: usize| {
        found[a].sentence + 1 == found[b].sentence
            && !found[a].terms.grants
            && !found[b].terms.grants
            && !text.paragraphs.iter().any(|p| p.start == text.sentences[found[b].sentence].start)
    };
    let mut run = best..best + 1;
    while run.start > 0 && joins(run.start - 1, run.start) {
        run.start -= 1;
    }
    while run.end < found.len() && joins(run.end - 1, run.end) {
        run.end += 1;
    }
    run
}

fn sentence_span(text: &Text<'_>, number: usize) -> Span {
    let tokens = text.sentences[number].clone();
    text.span(tokens.start as usize..tokens.end as usize)
}

fn paragraph_text<'a>(text: &Text<'a>, number: usize) -> &'a str {
    let tokens = text.paragraphs[number].clone();
    text.span(tokens.start as usize..tokens.end as usize).of(text.body)
}

#[cfg(test)]
mod tests;
