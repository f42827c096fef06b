//! The matches of a query in one article. They are found by the same patterns that engines evaluate, so that phrases,
//! wildcards, fuzzy words, regular expressions and proximity are all highlighted.

use super::fragments::{Fragment, MatchedSentences, fragments};
use super::quotation_condition::QuotationCondition;
use crate::article::{Article, Quotation, Span};
use crate::query::language::clause::{Clause, ClauseKind, Scope};
use crate::query::limits::Limits;
use crate::query::matching::{AnalyzedText, TextMatcher, disjoint};

/// A query compiled for articles.
pub struct Highlighter {
    texts: Vec<(Scope, TextMatcher)>,
    quotations: Vec<QuotationCondition>,
    /// The whole query as a condition on a quotation, if quotations are searched.
    whole: QuotationCondition,
    limits: Limits,
}

impl Highlighter {
    /// For a query as [`Page::query`](crate::query::Page::query) gives it; `languages` are those of the index.
    pub fn new(query: &Clause, languages: &[String]) -> Self {
        let whole = QuotationCondition::new(query, languages);
        let limits = Limits::default();
        let mut highlighter = Self { texts: Vec::new(), quotations: Vec::new(), whole, limits };
        highlighter.add(query, languages);
        highlighter
    }

    /// The same under limits of time: once it is over, matches are left out.
    #[must_use]
    pub fn within(mut self, limits: &Limits) -> Self {
        self.limits = limits.clone();
        self.texts.iter_mut().for_each(|(_, matcher)| matcher.limit(limits));
        self.quotations.iter_mut().chain([&mut self.whole]).for_each(|c| c.limit(limits));
        self
    }

    /// Adds the clauses that words of the article can fulfil.
    fn add(&mut self, clause: &Clause, languages: &[String]) {
        match &clause.kind {
            ClauseKind::And(clauses) | ClauseKind::Or(clauses) => {
                for clause in clauses {
                    self.add(clause, languages);
                }
            }
            ClauseKind::Boost(inner, _) => self.add(inner, languages),
            ClauseKind::Text(text) => {
                self.texts.push((text.scope, TextMatcher::new(&text.pattern, languages)));
            }
            ClauseKind::Quotation(inner) => {
                self.quotations.push(QuotationCondition::new(inner, languages));
            }
            _ => {}
        }
    }

    /// The words of the body that match, in order, without overlap.
    pub fn body(&self, article: &Article) -> Vec<Span> {
        let text = AnalyzedText::of_scope(article, Scope::Body, None);
        let mut all = Vec::new();
        self.for_each_clause(article, &text, |spans| join(&mut all, spans));
        all
    }

    /// The matches in the body, each from its first to its last word, in order; with a `quote`, those in that quotation.
    pub fn matches(&self, article: &Article, quote: Option<usize>) -> Vec<Span> {
        let mut matches = Vec::new();
        if quote.is_some() {
            let text = AnalyzedText::of_scope(article, Scope::Said, quote);
            let texts = self.matchers_of(Scope::Said);
            matches.extend(texts.flat_map(|matcher| matcher.match_spans(&text)));
            self.quotations.iter().for_each(|c| c.add_highlights(&text, &mut matches));
        } else {
            let text = AnalyzedText::of_scope(article, Scope::Body, None);
            for matcher in self.matchers_of(Scope::Body) {
                join(&mut matches, matcher.match_spans(&text));
            }
            let others = self.texts.iter().any(|(s, _)| matches!(s, Scope::Title | Scope::Lead));
            if others || !self.quotations.is_empty() {
                self.for_each_clause(article, &text, |spans| join(&mut matches, spans));
            }
        }
        disjoint(matches)
    }

    /// The words of the headline that match, in order, without overlap; offsets in the headline.
    pub fn title(&self, article: &Article) -> Vec<Span> {
        let text = AnalyzedText::of_scope(article, Scope::Title, None);
        let texts = self.matchers_of(Scope::Title);
        disjoint(texts.flat_map(|matcher| matcher.highlights(&text)).collect())
    }

    /// The numbers of the quotations that fulfil what the query requires of quotations.
    pub fn matching_quotations(&self, article: &Article) -> Vec<usize> {
        let fulfils = |quotation: &Quotation| {
            self.quotations.iter().any(|condition| condition.holds(article, quotation))
        };
        (0..article.quotes.len()).filter(|&n| fulfils(&article.quotes[n])).collect()
    }

    /// The `count` best fragments, in the order of the text; if nothing of the body matches, the first sentence.
    pub fn fragments(&self, article: &Article, count: usize) -> Vec<Fragment> {
        let text = AnalyzedText::of_scope(article, Scope::Body, None);
        let mut sentences = MatchedSentences::of(&text);
        self.for_each_clause(article, &text, |spans| sentences.add(spans));
        fragments(article, &text, sentences, count)
    }

    /// A quotation as one fragment.
    pub fn quotation(&self, article: &Article, quote: usize) -> Vec<Fragment> {
        let Some(quotation) = article.quotes.get(quote) else { return Vec::new() };
        let text = AnalyzedText::of_scope(article, Scope::Said, Some(quote));
        let mut highlights = Vec::new();
        for condition in std::iter::once(&self.whole).chain(&self.quotations) {
            condition.add_highlights(&text, &mut highlights);
        }
        let texts = self.matchers_of(Scope::Said);
        highlights.extend(texts.flat_map(|matcher| matcher.highlights(&text)));
        vec![Fragment { span: quotation.span, highlights: disjoint(highlights) }]
    }

    /// The matchers of the clauses for a text, or for no text in particular.
    fn matchers_of(&self, scope: Scope) -> impl Iterator<Item = &TextMatcher> {
        let texts = self.texts.iter().filter(move |(s, _)| *s == Scope::Default || *s == scope);
        texts.map(|(_, matcher)| matcher)
    }

    /// Calls `each` for the words of the body that match a clause, clause by clause.
    fn for_each_clause(
        &self,
        article: &Article,
        text: &AnalyzedText<'_>,
        mut each: impl FnMut(Vec<Span>),
    ) {
        for (scope, matcher) in &self.texts {
            if self.limits.stop().is_some() {
                return;
            }
            each(match scope {
                Scope::Default | Scope::Body => matcher.highlights(text),
                Scope::Lead => matcher.highlights(&AnalyzedText::of_scope(article, *scope, None)),
                Scope::Title => article
                    .title_span
                    .map(|span| matcher.highlights(&AnalyzedText::of_span(article, span)))
                    .unwrap_or_default(),
                Scope::Said => Vec::new(),
            });
        }
        for condition in &self.quotations {
            let fulfilling = article.quotes.iter().filter(|q| condition.holds(article, q));
            each(fulfilling.flat_map(|q| in_quotation(article, q, condition)).collect());
        }
    }
}

/// Adds the spans of a clause to those of others, so that they are without overlap again.
fn join(all: &mut Vec<Span>, spans: Vec<Span>) {
    all.extend(spans);
    *all = disjoint(std::mem::take(all));
}

impl std::fmt::Debug for Highlighter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Highlighter").finish_non_exhaustive()
    }
}

/// The words of a quotation that fulfil a condition; the whole quotation if the condition asks for none.
fn in_quotation(
    article: &Article,
    quotation: &Quotation,
    condition: &QuotationCondition,
) -> Vec<Span> {
    let mut highlights = Vec::new();
    condition.add_highlights(&AnalyzedText::of_span(article, quotation.span), &mut highlights);
    if highlights.is_empty() { vec![quotation.span] } else { highlights }
}
