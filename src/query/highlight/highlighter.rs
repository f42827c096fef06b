//! What to show of an article, and what to highlight in it: worked out from our own analysis of its text, so that
//! phrases, wildcards, fuzzy words, regular expressions and proximity are all marked.

use std::ops::Range;

use crate::article::{Article, Facet, Quotation, Span};
use crate::query::language::clause::{Clause, FacetClause, Kind, Scope, Value};
use crate::query::matching::{Layout, TextMatcher, disjoint, scope_layout};
use crate::text;

/// A longer sentence (bytes) is cut around its matches.
const MAX_FRAGMENT: usize = 320;
/// A shorter sentence (bytes) takes the next one of its paragraph along.
const MIN_FRAGMENT: usize = 100;

/// A piece of an article's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// Which bytes of the body.
    pub span: Span,
    /// What matched, inside `span`, in order, without overlap.
    pub highlights: Vec<Span>,
}

/// A query made ready to be held against articles.
pub struct Highlighter {
    texts: Vec<(Scope, TextMatcher)>,
    quotations: Vec<Condition>,
    /// What holds of a quotation, if quotations are searched.
    whole: Condition,
}

/// What is asked of a quotation, as far as it can be seen in the article.
enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Said(TextMatcher, u32),
    Speaker(Speaker),
    Kind(String),
    /// Anything else.
    True,
}

enum Speaker {
    Known,
    Whole(Vec<String>),
    Part(TextMatcher),
}

impl Highlighter {
    /// For a query as [`crate::query::questions::search::Page::query`] gives it; `languages` are those of the index.
    pub fn new(query: &Clause, languages: &[String]) -> Self {
        let mut highlighter =
            Self { texts: Vec::new(), quotations: Vec::new(), whole: condition(query, languages) };
        highlighter.add(query, languages);
        highlighter
    }

    /// Gathers the clauses that an article fulfils by its words.
    fn add(&mut self, clause: &Clause, languages: &[String]) {
        match &clause.kind {
            Kind::And(clauses) | Kind::Or(clauses) => {
                for clause in clauses {
                    self.add(clause, languages);
                }
            }
            Kind::Boost(inner, _) => self.add(inner, languages),
            Kind::Text(text) => {
                self.texts.push((text.scope, TextMatcher::new(&text.pattern, languages)));
            }
            Kind::Quotation(inner) => self.quotations.push(condition(inner, languages)),
            _ => {}
        }
    }

    /// All places of the body that match, in order, without overlap.
    pub fn body(&self, article: &Article) -> Vec<Span> {
        let language = article.language.as_deref();
        let layout = Layout::new(&article.body, language);
        disjoint(self.marks(article, &layout).into_iter().flatten().collect())
    }

    /// All matches in the body, each from its first to its last word, in order; of quotation `quote` alone, if given.
    pub fn matches(&self, article: &Article, quote: Option<usize>) -> Vec<Span> {
        let language = article.language.as_deref();
        let mut found = Vec::new();
        if quote.is_some() {
            let layout = scope_layout(article, Scope::Said, quote);
            let texts =
                self.texts.iter().filter(|(s, _)| matches!(s, Scope::Default | Scope::Said));
            found.extend(texts.flat_map(|(_, m)| m.hulls(&layout)));
            self.quotations.iter().for_each(|c| c.marks(&layout, &mut found));
        } else {
            let layout = Layout::new(&article.body, language);
            for (scope, matcher) in &self.texts {
                if matches!(scope, Scope::Default | Scope::Body) {
                    found.extend(matcher.hulls(&layout));
                }
            }
            let others = self.texts.iter().any(|(s, _)| matches!(s, Scope::Title | Scope::Lead));
            if others || !self.quotations.is_empty() {
                found.extend(self.marks(article, &layout).into_iter().flatten());
            }
        }
        disjoint(found)
    }

    /// All places of the title that match, in order, without overlap; offsets in the title.
    pub fn title(&self, article: &Article) -> Vec<Span> {
        let layout = scope_layout(article, Scope::Title, None);
        let texts = self.texts.iter().filter(|(s, _)| matches!(s, Scope::Default | Scope::Title));
        disjoint(texts.flat_map(|(_, matcher)| matcher.marks(&layout)).collect())
    }

    /// The quotations of the article that fulfil what the query asks of quotations, by number.
    pub fn matching_quotations(&self, article: &Article) -> Vec<usize> {
        let fulfils = |quotation: &Quotation| {
            self.quotations.iter().any(|condition| condition.holds(article, quotation))
        };
        (0..article.quotes.len()).filter(|&n| fulfils(&article.quotes[n])).collect()
    }

    /// The `count` best pieces, in the order of the text; where nothing of the body matches, its beginning.
    pub fn fragments(&self, article: &Article, count: usize) -> Vec<Fragment> {
        let layout = Layout::new(&article.body, article.language.as_deref());
        let marks = self.marks(article, &layout);
        let all = disjoint(marks.iter().flatten().copied().collect());
        let mut pieces = pieces(article, &layout, &marks);
        pieces.sort_by_key(|&(value, ref span)| (std::cmp::Reverse(value), span.start));
        let mut chosen: Vec<Range<usize>> = Vec::new();
        for (_, piece) in pieces {
            let is_free =
                |p: &Range<usize>| chosen.iter().all(|c| c.end <= p.start || p.end <= c.start);
            let wide = widened(piece.clone(), &layout, &all);
            let piece = [wide, piece].into_iter().find(|p| p.len() <= MAX_FRAGMENT && is_free(p));
            chosen.extend(piece.filter(|_| chosen.len() < count));
        }
        chosen.sort_by_key(|span| span.start);
        chosen.into_iter().map(|span| fragment(span, &all)).collect()
    }

    /// A quotation, whole.
    pub fn quotation(&self, article: &Article, quote: usize) -> Vec<Fragment> {
        let Some(quotation) = article.quotes.get(quote) else { return Vec::new() };
        let layout = scope_layout(article, Scope::Said, Some(quote));
        let mut marks = Vec::new();
        self.whole.marks(&layout, &mut marks);
        for condition in &self.quotations {
            condition.marks(&layout, &mut marks);
        }
        let texts = self.texts.iter().filter(|(s, _)| matches!(s, Scope::Default | Scope::Said));
        marks.extend(texts.flat_map(|(_, matcher)| matcher.marks(&layout)));
        vec![Fragment { span: quotation.span, highlights: disjoint(marks) }]
    }

    /// What matches in the body, for each clause.
    fn marks(&self, article: &Article, layout: &Layout<'_>) -> Vec<Vec<Span>> {
        let mut marks: Vec<_> = self
            .texts
            .iter()
            .map(|(scope, matcher)| match scope {
                Scope::Default | Scope::Body => matcher.marks(layout),
                Scope::Lead => matcher.marks(&scope_layout(article, *scope, None)),
                Scope::Title => article
                    .title_span
                    .map(|span| matcher.marks(&part(article, span)))
                    .unwrap_or_default(),
                Scope::Said => Vec::new(),
            })
            .collect();
        for condition in &self.quotations {
            let fulfilling = article.quotes.iter().filter(|q| condition.holds(article, q));
            marks.push(fulfilling.flat_map(|q| said(article, q, condition)).collect());
        }
        marks
    }
}

impl std::fmt::Debug for Highlighter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Highlighter").finish_non_exhaustive()
    }
}

impl Condition {
    fn holds(&self, article: &Article, quotation: &Quotation) -> bool {
        match self {
            Self::All(conditions) => conditions.iter().all(|c| c.holds(article, quotation)),
            Self::Any(conditions) => conditions.iter().any(|c| c.holds(article, quotation)),
            Self::Not(condition) => !condition.holds(article, quotation),
            Self::Said(matcher, at_least) => {
                matcher.places(&part(article, quotation.span)).len() as u32 >= *at_least
            }
            Self::Speaker(speaker) => {
                quotation.speaker.as_deref().is_some_and(|name| speaker.is(name))
            }
            Self::Kind(kind) => quotation.kind.as_str().eq_ignore_ascii_case(kind),
            Self::True => true,
        }
    }

    /// Words of a quotation's text that fulfil it.
    fn marks(&self, layout: &Layout<'_>, marks: &mut Vec<Span>) {
        match self {
            Self::All(conditions) | Self::Any(conditions) => {
                for condition in conditions {
                    condition.marks(layout, marks);
                }
            }
            Self::Said(matcher, _) => marks.extend(matcher.marks(layout)),
            Self::Not(_) | Self::Speaker(_) | Self::Kind(_) | Self::True => {}
        }
    }
}

impl Speaker {
    fn is(&self, name: &str) -> bool {
        match self {
            Self::Known => true,
            Self::Whole(folded) => text::folded_words(name) == *folded,
            Self::Part(matcher) => !matcher.places(&Layout::new(name, None)).is_empty(),
        }
    }
}

fn condition(clause: &Clause, languages: &[String]) -> Condition {
    let each = |clauses: &[Clause]| clauses.iter().map(|c| condition(c, languages)).collect();
    match &clause.kind {
        Kind::And(clauses) => Condition::All(each(clauses)),
        Kind::Or(clauses) => Condition::Any(each(clauses)),
        Kind::Not(inner) => Condition::Not(Box::new(condition(inner, languages))),
        Kind::Boost(inner, _) | Kind::Quotation(inner) => condition(inner, languages),
        Kind::Text(text) if text.scope == Scope::Said => {
            Condition::Said(TextMatcher::new(&text.pattern, languages), text.at_least)
        }
        Kind::Facet(FacetClause { facet: Facet::Speaker, value }) => match value {
            Value::Any => Condition::Speaker(Speaker::Known),
            Value::Whole(name) => Condition::Speaker(Speaker::Whole(text::folded_words(name))),
            Value::Part(part) => Condition::Speaker(Speaker::Part(TextMatcher::new(part, &[]))),
            _ => Condition::True,
        },
        Kind::Facet(FacetClause { facet: Facet::Quote, value: Value::Whole(kind) }) => {
            Condition::Kind(kind.clone())
        }
        _ => Condition::True,
    }
}

fn part(article: &Article, span: Span) -> Layout<'_> {
    Layout::part(&article.body, article.language.as_deref(), span)
}

fn said(article: &Article, quotation: &Quotation, condition: &Condition) -> Vec<Span> {
    let mut marks = Vec::new();
    condition.marks(&part(article, quotation.span), &mut marks);
    if marks.is_empty() { vec![quotation.span] } else { marks }
}

/// Sentences with their worth: first how many clauses they match, then how many times. The headline, which is shown
/// anyway, comes last. Without any match, the first sentence below it.
fn pieces(
    article: &Article,
    layout: &Layout<'_>,
    marks: &[Vec<Span>],
) -> Vec<(usize, Range<usize>)> {
    let title_end = article.title_span.map_or(0, |span| span.end as usize);
    let sentences = layout.sentence_spans();
    let mut pieces = Vec::new();
    for sentence in sentences {
        let counts = marks.iter().map(|spans| inside(spans, sentence).len());
        let (mut clauses, mut times) = (0, 0);
        for count in counts.filter(|&count| count > 0) {
            clauses += 1;
            times += count;
        }
        if clauses > 0 {
            let worth = if sentence.end <= title_end { 0 } else { 100 * clauses + times.min(99) };
            pieces.push((worth, sentence.clone()));
        }
    }
    if pieces.is_empty() {
        let lead = sentences.iter().find(|s| s.start >= title_end && s.len() > MIN_FRAGMENT / 2);
        pieces.extend(lead.or(sentences.first()).map(|sentence| (0, sentence.clone())));
    }
    pieces
}

/// Spans inside of `range`; `spans` are sorted.
fn inside<'m>(spans: &'m [Span], range: &Range<usize>) -> &'m [Span] {
    let first = spans.partition_point(|s| (s.start as usize) < range.start);
    let last = spans.partition_point(|s| (s.start as usize) < range.end);
    &spans[first..last.max(first)]
}

/// A short sentence with the next one; a long one cut around its first matches, between words.
fn widened(piece: Range<usize>, layout: &Layout<'_>, marks: &[Span]) -> Range<usize> {
    if piece.len() < MIN_FRAGMENT {
        let sentences = layout.sentence_spans();
        let next = sentences.partition_point(|s| s.start < piece.end);
        return match sentences.get(next) {
            Some(next)
                if next.end - piece.start <= MAX_FRAGMENT
                    && !layout.text[piece.end..next.start].contains('\n') =>
            {
                piece.start..next.end
            }
            _ => piece,
        };
    }
    if piece.len() <= MAX_FRAGMENT {
        return piece;
    }
    let first = inside(marks, &piece).first().map_or(piece.start, |m| m.start as usize);
    let start = first.saturating_sub(MAX_FRAGMENT / 4).max(piece.start);
    let end = (start + MAX_FRAGMENT).min(piece.end);
    let words = &layout.words;
    let first = words.partition_point(|w| w.start < start);
    let last = words.partition_point(|w| w.end <= end);
    match (words.get(first), last.checked_sub(1).and_then(|last| words.get(last))) {
        (Some(first), Some(last)) if first.start < last.end => {
            let start = if start == piece.start { start } else { first.start };
            start..if end == piece.end { end } else { last.end }
        }
        _ => piece.start..piece.start,
    }
}

fn fragment(span: Range<usize>, marks: &[Span]) -> Fragment {
    let whole = Span::new(span.start, span.end);
    let highlights = inside(marks, &span).iter().copied().filter(|m| whole.contains(*m)).collect();
    Fragment { span: whole, highlights }
}
