//! The license of an article: an SPDX identifier, the rights holder, and the sentence that states them.
//!
//! Each sentence with a license word is examined: `terms` finds the terms that it names, `subject` decides whether they
//! are the article's, `rights_holder` finds who grants them. In doubt the article has no license.

mod creative_commons;
mod license_words;
mod rights_holder;
mod subject;
mod terms;
mod use_limits;

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use self::license_words::PhraseHits;
use self::subject::LicenseSentence;
use self::terms::LicenseTerms;
use super::byline::credits_below;
use crate::article::{Article, License, Origin, Span};
use crate::text::Text;

/// Most bytes of a sentence about terms.
const MAX_SENTENCE: usize = 700;

/// Sentences with a license word that are examined at the start of the text, and as many at its end.
const EXAMINED_SENTENCES: usize = 20;

/// Finds the words of which one is in every sentence about terms.
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
        article.license = license_in(text);
    }
}

/// The license that a metadata field about terms states.
pub(super) fn in_field(field: &str) -> Option<License> {
    license_in(&Text::new(field))
}

/// Whether the license is a copyright notice without terms.
pub(super) fn is_copyright_notice(license: &License) -> bool {
    license.spdx == terms::COPYRIGHT
}

/// Whether it is terms of use that name no owner.
pub(super) fn is_bare_terms(license: &License) -> bool {
    license.spdx == terms::RESTRICTED && license.holder.is_none()
}

/// The identifier for a metadata field whose terms are not recognised, or for a rights holder without terms.
pub(super) fn unrecognised(field: Option<&str>) -> &'static str {
    let is_notice = |field: &str| speaks_of_copyright(field) || field.len() < 40;
    if field.is_none_or(is_notice) { terms::COPYRIGHT } else { terms::RESTRICTED }
}

/// Whether a metadata field speaks of copyright, in whatever words.
pub(super) fn speaks_of_copyright(field: &str) -> bool {
    let lower = field.to_lowercase();
    lower.contains("copyright") || lower.contains('©') || lower.contains("(c)")
}

/// A sentence that states the terms of the article.
struct StatedTerms {
    /// Its number in the text.
    sentence: usize,
    /// Its bytes, without desk initials before it.
    span: Span,
    terms: LicenseTerms,
    holder: Option<String>,
}

fn license_in(text: &Text<'_>) -> Option<License> {
    let mut found: Vec<StatedTerms> = Vec::new();
    for sentence in cued_sentences(text) {
        let follows = found.last().is_some_and(|last| last.sentence + 1 == sentence);
        found.extend(stated_terms(text, sentence, follows));
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
    let (first, last) = (found[run.start].span, found[run.end - 1].span);
    Some(License {
        spdx: found[best].terms.spdx.clone(),
        holder,
        origin: Origin::Text(Span { start: first.start, end: last.end }),
    })
}

/// The numbers of the first and last [`EXAMINED_SENTENCES`] sentences with a license word, in order.
fn cued_sentences(text: &Text<'_>) -> Vec<usize> {
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
    if sentences.len() > 2 * EXAMINED_SENTENCES {
        sentences.drain(EXAMINED_SENTENCES..sentences.len() - EXAMINED_SENTENCES);
    }
    sentences
}

/// The article's terms as the sentence states them. `follows`: the previous sentence states them too.
fn stated_terms(text: &Text<'_>, number: usize, follows: bool) -> Option<StatedTerms> {
    let span = sentence_span(text, number);
    if span.len() > MAX_SENTENCE {
        return None;
    }
    let whole = without_desk_initials(span.of(text.body));
    let span = Span::of_slice(text.body, whole);
    let printed = whole.trim_start_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, '©' | '(' | '"' | '“' | '«' | '„' | '‘' | '\'')
    });
    let printed = if printed.starts_with("(c)") || printed.starts_with("(C)") {
        printed
    } else {
        printed.trim_start_matches('(')
    };
    let parsed = ParsedSentence::of(printed, follows);
    let ParsedSentence { folded, hits, terms, .. } = &*parsed;
    let terms = match terms {
        Some(terms) => terms.clone(),
        None if subject::is_copyright_line(printed) && !printed.contains('/') => {
            LicenseTerms::restriction(terms::COPYRIGHT, 0)
        }
        None => return None,
    };
    let paragraph = text.paragraphs.partition_point(|p| p.end <= text.sentences[number].start);
    let opening = text.tokens[text.paragraphs.get(paragraph)?.start as usize].start;
    let before = Span { start: opening, end: span.start }.of(text.body);
    let above = paragraph.checked_sub(1).map_or("", |above| paragraph_text(text, above));
    let above = if above.len() < 160 { license_words::fold(above) } else { String::new() };
    let sentence = LicenseSentence {
        folded,
        hits,
        printed,
        before: &license_words::fold(last_bytes(before)),
        above: &above,
        opens_paragraph: opening == span.start || follows,
        at_end: paragraph + 2 >= text.paragraphs.len(),
        at_start: paragraph < 3,
        follows,
    };
    sentence.is_of_article(&terms).then(|| StatedTerms {
        sentence: number,
        span,
        holder: rights_holder::find(printed, folded)
            .or_else(|| rights_holder::name_alone(before).map(str::to_owned)),
        terms,
    })
}

/// A sentence with what it says regardless of its context.
struct ParsedSentence {
    printed: String,
    follows: bool,
    folded: String,
    hits: PhraseHits,
    terms: Option<LicenseTerms>,
}

impl ParsedSentence {
    /// Parses `printed`, or takes it from a cache of one sentence for each length: the articles of a publisher state
    /// their terms in the same words.
    /// `follows`: the previous sentence states the article's terms, too.
    fn of(printed: &str, follows: bool) -> Rc<Self> {
        const CACHED: usize = 64;
        thread_local! {
            static CACHE: RefCell<[Option<Rc<ParsedSentence>>; CACHED]> =
                const { RefCell::new([const { None }; CACHED]) };
        }
        CACHE.with_borrow_mut(|cache| {
            let cached = &mut cache[printed.len() % CACHED];
            let same = |parsed: &&Rc<Self>| parsed.printed == printed && parsed.follows == follows;
            if let Some(parsed) = cached.as_ref().filter(same) {
                return Rc::clone(parsed);
            }
            let folded = license_words::fold(printed);
            let hits = PhraseHits::of(&folded);
            let terms = terms::find(printed, &folded, &hits, follows);
            let parsed = Self { printed: printed.to_owned(), follows, folded, hits, terms };
            Rc::clone(cached.insert(Rc::new(parsed)))
        })
    }
}

/// The sentence behind the desk initials of the story: `EE/PA` in its first line, or before its first word.
fn without_desk_initials(sentence: &str) -> &str {
    let in_line =
        sentence.split_once('\n').filter(|(line, _)| credits_below::is_desk_initials(line.trim()));
    let before_word = || {
        let slashed = |word: &str| word.contains('/') && !word.contains(char::is_lowercase);
        sentence
            .split_once(' ')
            .filter(|(word, _)| slashed(word) && credits_below::is_desk_initials(word))
    };
    in_line.or_else(before_word).map_or(sentence, |(_, rest)| rest.trim_start())
}

/// The last [`MAX_SENTENCE`] bytes of `text`.
fn last_bytes(text: &str) -> &str {
    let from = text.len().saturating_sub(MAX_SENTENCE);
    let from = (from..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(from);
    text.get(from..).unwrap_or_default()
}

/// The rank of terms among those stated, 0 first: precise before vague, grants before restrictions.
fn rank(terms: &LicenseTerms) -> u8 {
    let spdx = terms.spdx.as_str();
    match spdx {
        _ if !spdx.starts_with("LicenseRef-") => 0,
        "LicenseRef-CC" => 3,
        "LicenseRef-Public-Domain" => 4,
        "LicenseRef-Crown-Copyright" => 5,
        terms::RESERVED => 6,
        terms::RESTRICTED => 7,
        _ if spdx.starts_with("LicenseRef-Reproduction") => 8,
        terms::COPYRIGHT => 9,
        _ => 1,
    }
}

/// The range of `found` with the best sentence and its neighbours in the paragraph, if all of them are restrictions.
fn adjacent(text: &Text<'_>, found: &[StatedTerms], best: usize) -> Range<usize> {
    let joins = |a: usize, b: usize| {
        found[a].sentence + 1 == found[b].sentence
            && !found[a].terms.is_grant
            && !found[b].terms.is_grant
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
