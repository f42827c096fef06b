//! The words of one article, and where a plan's words stand among them.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::places::Place;
use super::plan::{Plan, Positions};
use super::word::WordMatcher;
use crate::article::{Article, Span};
use crate::query::language::clause::{Pattern, Scope, WordPattern};
use crate::text::{self, Text};

/// Words remembered with what they match, for each matcher: the vocabulary of some thousand articles.
const REMEMBERED: usize = 1 << 16;

/// Folded words with the numbers of the matchers that accept them.
type Accepted = FxHashMap<Box<str>, Box<[u32]>>;

/// A pattern made ready to be held against texts.
pub(crate) struct TextMatcher {
    plan: Plan,
    words: Vec<WordMatcher>,
    marked: Vec<usize>,
    /// Which matchers accept a folded word, by language.
    known: RefCell<FxHashMap<[u8; 2], Accepted>>,
}

impl TextMatcher {
    /// For texts in `languages`.
    pub(crate) fn new(pattern: &Pattern, languages: &[String]) -> Self {
        let mut words: Vec<WordPattern> = Vec::new();
        let plan = Plan::new(pattern, &mut words);
        let words = words.iter().map(|w| WordMatcher::new(w, languages)).collect();
        let mut marked = Vec::new();
        plan.marked(&mut marked);
        Self { plan, words, marked, known: RefCell::default() }
    }

    /// Where `layout` matches, in order, none twice.
    pub(crate) fn places(&self, layout: &Layout<'_>) -> Vec<Place> {
        self.plan.places(&Found { positions: self.positions(layout), layout })
    }

    /// The matches as bytes of the text, each from its first to its last word.
    pub(crate) fn hulls(&self, layout: &Layout<'_>) -> Vec<Span> {
        self.places(layout).iter().map(|p| layout.span(p.start, p.end)).collect()
    }

    /// What makes up the matches, as bytes of the text, in order, without overlap: for highlighting.
    pub(crate) fn marks(&self, layout: &Layout<'_>) -> Vec<Span> {
        let found = Found { positions: self.positions(layout), layout };
        let mut marks = Vec::new();
        for place in self.plan.places(&found) {
            if !place.open {
                marks.push(layout.span(place.start, place.end));
                continue;
            }
            for &leaf in &self.marked {
                let positions = found.of(leaf);
                let from = positions.partition_point(|&p| p < place.start);
                let here = positions[from..].iter().take_while(|&&p| p <= place.end);
                marks.extend(here.map(|&p| layout.span(p, p)));
            }
        }
        disjoint(marks)
    }

    fn positions(&self, layout: &Layout<'_>) -> Vec<Vec<u32>> {
        let mut positions = vec![Vec::new(); self.words.len()];
        let mut known = self.known.borrow_mut();
        let known = known.entry(layout.language_key()).or_default();
        if known.len() > REMEMBERED {
            known.clear();
        }
        for (at, range) in layout.words.iter().enumerate() {
            if range.len() > text::MAX_WORD {
                continue;
            }
            let folded = layout.folded(range);
            if !known.contains_key(folded.as_ref()) {
                let matching = self.matching(&folded, layout.language);
                known.insert(folded.as_ref().into(), matching);
            }
            for &leaf in &known[folded.as_ref()] {
                positions[leaf as usize].push(at as u32);
            }
        }
        positions
    }

    fn matching(&self, folded: &str, language: &str) -> Box<[u32]> {
        let matches = |(_, word): &(usize, &WordMatcher)| word.matches(folded, language);
        self.words.iter().enumerate().filter(matches).map(|(leaf, _)| leaf as u32).collect()
    }
}

/// A text cut into words, and into sentences and paragraphs when they are asked for.
pub(crate) struct Layout<'t> {
    /// The text.
    pub(crate) text: &'t str,
    /// Its words in bytes; word *n* stands *n* positions behind the first in the index.
    pub(crate) words: Vec<Range<usize>>,
    /// Language code, `--` if it is not known.
    language: &'t str,
    cuts: OnceCell<Cuts>,
}

/// Positions of the first words of sentences and paragraphs, and where they end in bytes.
#[derive(Debug, Default)]
struct Cuts {
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
    sentence_spans: Vec<Range<usize>>,
}

impl<'t> Layout<'t> {
    /// The layout of a text in a language.
    pub(crate) fn new(text: &'t str, language: Option<&'t str>) -> Self {
        let words = text::words(text).collect();
        Self { text, words, language: known(language), cuts: OnceCell::new() }
    }

    /// The layout of a stretch of it: the words that lie in `span`.
    pub(crate) fn part(text: &'t str, language: Option<&'t str>, span: Span) -> Self {
        // No word goes over a blank: there is no need to look further back.
        let before = text.get(..span.start as usize).unwrap_or_default();
        let start = before.rfind([' ', '\n']).unwrap_or(0);
        let words = text::words(&text[start..])
            .map(|word| word.start + start..word.end + start)
            .skip_while(|word| word.start < span.start as usize)
            .take_while(|word| word.end <= span.end as usize)
            .collect();
        Self { text, words, language: known(language), cuts: OnceCell::new() }
    }

    /// The layout of a headline: it is one sentence.
    pub(crate) fn line(text: &'t str, language: Option<&'t str>) -> Self {
        let whole = std::iter::once(0..text.len());
        let cuts = Cuts { sentence_spans: whole.collect(), ..Cuts::default() };
        Self { cuts: OnceCell::from(cuts), ..Self::new(text, language) }
    }

    fn language_key(&self) -> [u8; 2] {
        self.language.as_bytes().first_chunk().copied().unwrap_or(*b"--")
    }

    fn folded(&self, range: &Range<usize>) -> Cow<'t, str> {
        let word = &self.text[range.clone()];
        if word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
            return Cow::Borrowed(word);
        }
        Cow::Owned(text::fold(word))
    }

    /// Bytes from one word to another, both included.
    pub(crate) fn span(&self, first: u32, last: u32) -> Span {
        match (self.words.get(first as usize), self.words.get(last as usize)) {
            (Some(first), Some(last)) => Span::new(first.start, last.end),
            _ => Span::new(0, 0),
        }
    }

    /// Sentences in bytes, in order.
    pub(crate) fn sentence_spans(&self) -> &[Range<usize>] {
        &self.cuts().sentence_spans
    }

    /// Position of the first word of each sentence.
    pub(crate) fn sentences(&self) -> &[u32] {
        &self.cuts().sentences
    }

    /// Position of the first word of each paragraph.
    pub(crate) fn paragraphs(&self) -> &[u32] {
        &self.cuts().paragraphs
    }

    fn cuts(&self) -> &Cuts {
        self.cuts.get_or_init(|| {
            let text = Text::new(self.text);
            let start = |tokens: &Range<u32>| text.tokens[tokens.start as usize].start as usize;
            // In a part of a text, cuts before it fall on its first word, and those behind it nowhere.
            let first_word = |tokens: &Range<u32>| {
                let start = start(tokens);
                self.words.partition_point(|word| word.start < start) as u32
            };
            let positions = |ranges: &[Range<u32>]| {
                let mut positions: Vec<_> = ranges.iter().map(first_word).collect();
                positions.dedup();
                positions
            };
            let span = |tokens: &Range<u32>| {
                let last = text.tokens[tokens.end as usize - 1];
                start(tokens)..last.end as usize
            };
            Cuts {
                sentences: positions(&text.sentences),
                paragraphs: positions(&text.paragraphs),
                sentence_spans: text.sentences.iter().map(span).collect(),
            }
        })
    }
}

fn known(language: Option<&str>) -> &str {
    language.filter(|l| l.len() == 2).unwrap_or("--")
}

/// Spans in order; what overlaps becomes one.
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

struct Found<'l, 't> {
    positions: Vec<Vec<u32>>,
    layout: &'l Layout<'t>,
}

impl Positions for Found<'_, '_> {
    fn of(&self, leaf: usize) -> &[u32] {
        &self.positions[leaf]
    }

    fn sentences(&self) -> &[u32] {
        self.layout.sentences()
    }

    fn paragraphs(&self) -> &[u32] {
        self.layout.paragraphs()
    }
}

/// The text of an article that a scope names; for quotations, that of number `quote`.
pub(crate) fn scope_layout(article: &Article, scope: Scope, quote: Option<usize>) -> Layout<'_> {
    let language = article.language.as_deref();
    let part = |span| Layout::part(&article.body, language, span);
    match scope {
        Scope::Title => Layout::line(article.title.as_deref().unwrap_or_default(), language),
        Scope::Lead => part(article.lead()),
        Scope::Said => quote
            .and_then(|n| article.quotes.get(n))
            .map_or(Layout::new("", language), |quotation| part(quotation.span)),
        Scope::Body | Scope::Default => Layout::new(&article.body, language),
    }
}
