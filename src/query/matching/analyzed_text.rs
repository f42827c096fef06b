//! The words, sentences and paragraphs of one text of an article.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use crate::article::{Article, Span};
use crate::query::language::clause::Scope;
use crate::text::{self, Reading, Text};

/// A text with its words, and with its sentences and paragraphs once they are asked for.
pub(crate) struct AnalyzedText<'t> {
    /// The whole text, also where the words are those of a part of it.
    pub(crate) source: &'t str,
    /// Its words in bytes; the number of a word is its position behind the first in the index.
    pub(crate) words: Vec<Range<usize>>,
    /// What the words can be read as besides.
    pub(super) readings: Vec<Reading>,
    /// Language code, `--` if it is not known.
    pub(super) language: &'t str,
    sentences: OnceCell<Sentences>,
}

/// Where sentences and paragraphs begin.
#[derive(Debug, Default)]
struct Sentences {
    /// Position of the first word of each sentence.
    starts: Vec<u32>,
    /// Position of the first word of each paragraph.
    paragraph_starts: Vec<u32>,
    /// Bytes of each sentence.
    spans: Vec<Range<usize>>,
}

impl<'t> AnalyzedText<'t> {
    /// Analyzes a text in a language.
    pub(crate) fn new(source: &'t str, language: Option<&'t str>) -> Self {
        let words: Vec<_> = text::words(source).collect();
        let readings = text::readings(source, &words);
        Self { source, words, readings, language: code(language), sentences: OnceCell::new() }
    }

    /// Analyzes a part of a text: the words that lie in `span`.
    fn part(source: &'t str, language: Option<&'t str>, span: Span) -> Self {
        // No word and no reading contains a space or a quotation mark: those between the last one before the span and the first
        // one behind it are the same as in the whole text.
        let is_apart = [' ', '\n', '"', '“', '”', '„', '«', '»'];
        let before = source.get(..span.start as usize).unwrap_or_default();
        let start = before.rfind(is_apart).unwrap_or(0);
        let behind = source.get(span.end as usize..).unwrap_or_default();
        let end = source.len() - behind.len() + behind.find(is_apart).unwrap_or(behind.len());
        let mut words: Vec<_> = text::words(&source[start..end])
            .map(|word| word.start + start..word.end + start)
            .collect();
        let mut readings = text::readings(source, &words);
        let inside = text::words_in(&words, span);
        let (first, last) = (inside.start as u32, inside.end as u32);
        readings.retain(|r| r.first >= first && r.first + r.words <= last);
        for reading in &mut readings {
            reading.first -= first;
        }
        words.truncate(inside.end);
        words.drain(..inside.start);
        Self { source, words, readings, language: code(language), sentences: OnceCell::new() }
    }

    /// Analyzes a headline, which is one sentence.
    fn headline(source: &'t str, language: Option<&'t str>) -> Self {
        let whole = std::iter::once(0..source.len());
        let sentences = Sentences { spans: whole.collect(), ..Sentences::default() };
        Self { sentences: OnceCell::from(sentences), ..Self::new(source, language) }
    }

    /// Analyzes the text of an article that a scope names; for [`Scope::Said`] that of quotation number `quote`.
    pub(crate) fn of_scope(article: &'t Article, scope: Scope, quote: Option<usize>) -> Self {
        let language = article.language.as_deref();
        match scope {
            Scope::Title => Self::headline(article.title.as_deref().unwrap_or_default(), language),
            Scope::Lead => Self::of_span(article, article.lead()),
            Scope::Said => quote
                .and_then(|n| article.quotes.get(n))
                .map_or(Self::new("", language), |quotation| {
                    Self::of_span(article, quotation.span)
                }),
            Scope::Body | Scope::Default => Self::new(&article.body, language),
        }
    }

    /// Analyzes a part of an article's body.
    pub(crate) fn of_span(article: &'t Article, span: Span) -> Self {
        Self::part(&article.body, article.language.as_deref(), span)
    }

    /// The language code as bytes.
    pub(super) fn language_key(&self) -> [u8; 2] {
        self.language.as_bytes().first_chunk().copied().unwrap_or(*b"--")
    }

    /// A word, folded.
    pub(super) fn folded(&self, range: &Range<usize>) -> Cow<'t, str> {
        let word = &self.source[range.clone()];
        if word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
            return Cow::Borrowed(word);
        }
        Cow::Owned(text::fold(word))
    }

    /// Bytes from the first to the last of two words, both included.
    pub(crate) fn span(&self, first: u32, last: u32) -> Span {
        match (self.words.get(first as usize), self.words.get(last as usize)) {
            (Some(first), Some(last)) => Span::new(first.start, last.end),
            _ => Span::new(0, 0),
        }
    }

    /// Sentences in bytes, in order.
    pub(crate) fn sentence_spans(&self) -> &[Range<usize>] {
        &self.sentences().spans
    }

    /// Position of the first word of each sentence.
    pub(super) fn sentence_starts(&self) -> &[u32] {
        &self.sentences().starts
    }

    /// Position of the first word of each paragraph.
    pub(super) fn paragraph_starts(&self) -> &[u32] {
        &self.sentences().paragraph_starts
    }

    fn sentences(&self) -> &Sentences {
        self.sentences.get_or_init(|| {
            let text = Text::new(self.source);
            let start = |tokens: &Range<u32>| text.tokens[tokens.start as usize].start as usize;
            // In a part of a text, a sentence that starts before it gets the first word, one behind it the number of words.
            let first_word = |tokens: &Range<u32>| {
                let start = start(tokens);
                self.words.partition_point(|word| word.start < start) as u32
            };
            let starts = |ranges: &[Range<u32>]| {
                let mut starts: Vec<_> = ranges.iter().map(first_word).collect();
                starts.dedup();
                starts
            };
            let span = |tokens: &Range<u32>| {
                let last = text.tokens[tokens.end as usize - 1];
                start(tokens)..last.end as usize
            };
            Sentences {
                starts: starts(&text.sentences),
                paragraph_starts: starts(&text.paragraphs),
                spans: text.sentences.iter().map(span).collect(),
            }
        })
    }
}

/// A two-letter code, or `--`.
fn code(language: Option<&str>) -> &str {
    language.filter(|l| l.len() == 2).unwrap_or("--")
}

/// The union of spans: in order, those that overlap as one.
pub(crate) fn disjoint(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}
