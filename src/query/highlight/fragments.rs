//! Snippets: the sentences of an article's body that match most clauses of a query.

use std::cmp::Reverse;
use std::ops::Range;

use crate::article::{Article, Span};
use crate::query::matching::{AnalyzedText, disjoint};

/// A longer sentence (bytes) is cut around its matches.
const MAX_FRAGMENT: usize = 320;
/// A shorter sentence (bytes) is shown with the next one of its paragraph.
const MIN_FRAGMENT: usize = 100;

/// A piece of an article's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// Bytes of the body.
    pub span: Span,
    /// The matches inside of `span`, in order, without overlap.
    pub highlights: Vec<Span>,
}

/// The matches in the sentences of a text, added up clause by clause: a text may have very many of each.
pub(super) struct MatchedSentences<'t> {
    sentences: &'t [Range<usize>],
    /// The number of clauses that match in each sentence, and of their matches.
    counts: Vec<(usize, usize)>,
    /// The matches of all clauses, without overlap.
    all: Vec<Span>,
}

impl<'t> MatchedSentences<'t> {
    /// Of a text; nothing has matched yet.
    pub(super) fn of(text: &'t AnalyzedText<'_>) -> Self {
        let sentences = text.sentence_spans();
        Self { sentences, counts: vec![(0, 0); sentences.len()], all: Vec::new() }
    }

    /// Adds the matches of a clause, in order.
    pub(super) fn add(&mut self, spans: Vec<Span>) {
        for (sentence, (clauses, matches)) in self.sentences.iter().zip(&mut self.counts) {
            let here = inside(&spans, sentence).len();
            *clauses += usize::from(here > 0);
            *matches += here;
        }
        self.all.extend(spans);
        self.all = disjoint(std::mem::take(&mut self.all));
    }
}

/// The `count` best fragments of an article, in the order of the text; if nothing of the body matches, the first sentence.
/// `matched` are the matches in the body, `text` is the analyzed body.
pub(super) fn fragments(
    article: &Article,
    text: &AnalyzedText<'_>,
    matched: MatchedSentences<'_>,
    count: usize,
) -> Vec<Fragment> {
    let mut candidates = candidates(article, text, &matched);
    let all = matched.all;
    candidates.sort_by_key(|&(value, ref span)| (Reverse(value), span.start));
    let mut chosen: Vec<Range<usize>> = Vec::new();
    for (_, sentence) in candidates {
        if chosen.len() == count {
            break;
        }
        let is_free =
            |p: &Range<usize>| chosen.iter().all(|c| c.end <= p.start || p.end <= c.start);
        let fitted = fitted(sentence.clone(), text, &all);
        let mut spans = [fitted, sentence].into_iter();
        let span = spans.find(|span| span.len() <= MAX_FRAGMENT && is_free(span));
        chosen.extend(span);
    }
    chosen.sort_by_key(|span| span.start);
    chosen.into_iter().map(|span| fragment(span, &all)).collect()
}

/// Sentences with their values: first the number of clauses that they match, then the number of matches. The headline,
/// which is shown anyway, comes last. Without any match, the first sentence below it.
fn candidates(
    article: &Article,
    text: &AnalyzedText<'_>,
    matched: &MatchedSentences<'_>,
) -> Vec<(usize, Range<usize>)> {
    let title_end = article.title_span.map_or(0, |span| span.end as usize);
    let sentences = text.sentence_spans();
    let mut candidates = Vec::new();
    for (sentence, &(clauses, matches)) in sentences.iter().zip(&matched.counts) {
        if clauses > 0 {
            let is_title = sentence.end <= title_end;
            let value = if is_title { 0 } else { 100 * clauses + matches.min(99) };
            candidates.push((value, sentence.clone()));
        }
    }
    if candidates.is_empty() {
        let lead = sentences.iter().find(|s| s.start >= title_end && s.len() > MIN_FRAGMENT / 2);
        candidates.extend(lead.or(sentences.first()).map(|sentence| (0, sentence.clone())));
    }
    candidates
}

/// The spans that start in `range`; `spans` are sorted.
fn inside<'m>(spans: &'m [Span], range: &Range<usize>) -> &'m [Span] {
    let first = spans.partition_point(|s| (s.start as usize) < range.start);
    let last = spans.partition_point(|s| (s.start as usize) < range.end);
    &spans[first..last.max(first)]
}

/// A short sentence extended by the next one; a long one cut, between words, around its first matches.
fn fitted(sentence: Range<usize>, text: &AnalyzedText<'_>, highlights: &[Span]) -> Range<usize> {
    if sentence.len() < MIN_FRAGMENT {
        let sentences = text.sentence_spans();
        let next = sentences.partition_point(|s| s.start < sentence.end);
        return match sentences.get(next) {
            Some(next)
                if next.end - sentence.start <= MAX_FRAGMENT
                    && !text.source[sentence.end..next.start].contains('\n') =>
            {
                sentence.start..next.end
            }
            _ => sentence,
        };
    }
    if sentence.len() <= MAX_FRAGMENT {
        return sentence;
    }
    let first = inside(highlights, &sentence).first().map_or(sentence.start, |m| m.start as usize);
    let start = first.saturating_sub(MAX_FRAGMENT / 4).max(sentence.start);
    let end = (start + MAX_FRAGMENT).min(sentence.end);
    let words = &text.words;
    let first = words.partition_point(|w| w.start < start);
    let last = words.partition_point(|w| w.end <= end);
    match (words.get(first), last.checked_sub(1).and_then(|last| words.get(last))) {
        (Some(first), Some(last)) if first.start < last.end => {
            let start = if start == sentence.start { start } else { first.start };
            start..if end == sentence.end { end } else { last.end }
        }
        _ => sentence.start..sentence.start,
    }
}

/// The fragment of a span, with the highlights inside of it.
fn fragment(span: Range<usize>, highlights: &[Span]) -> Fragment {
    let whole = Span::new(span.start, span.end);
    let inside = inside(highlights, &span).iter().copied();
    Fragment { span: whole, highlights: inside.filter(|span| whole.contains(*span)).collect() }
}
