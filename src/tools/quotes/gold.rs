//! The annotated articles, with their attributions aligned to units.

use std::fs;
use std::ops::Range;
use std::path::Path;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::article::Article;
use crate::extract::names;
use crate::extract::quotes::cues;
use crate::extract::quotes::marks;
use crate::extract::quotes::units::Units;
use crate::read;
use crate::text::Text;

/// An article and its annotated attributions.
pub(super) struct AnnotatedArticle {
    pub(super) article: Article,
    pub(super) units: Units,
    pub(super) attributions: Vec<GoldAttribution>,
    /// For each unit, whether it is a cue.
    cues: Vec<bool>,
}

impl AnnotatedArticle {
    /// Whether unit `i` is the cue of an attribution.
    pub(super) fn is_cue(&self, i: usize) -> bool {
        self.cues[i]
    }
}

/// An annotated attribution in units.
pub(super) struct GoldAttribution {
    pub(super) cue: usize,
    /// The quoted words, or their first part.
    pub(super) first: Range<usize>,
    /// The quoted words after an interruption.
    pub(super) second: Option<Range<usize>>,
    /// `None` where no source is named.
    pub(super) source: Option<GoldSource>,
}

/// The words that name the source, in units.
pub(super) struct GoldSource {
    /// The annotated heads.
    pub(super) heads: Vec<usize>,
    /// All its words.
    pub(super) words: Vec<usize>,
}

impl GoldAttribution {
    pub(super) fn pieces(&self) -> impl Iterator<Item = Range<usize>> {
        std::iter::once(self.first.clone()).chain(self.second.clone())
    }
}

/// A line of `gold.jsonl`.
#[derive(Deserialize)]
struct GoldLine {
    file: String,
    quotes: Vec<GoldQuote>,
}

/// An attribution as annotated, with `[start, end)` in code points.
#[derive(Deserialize)]
struct GoldQuote {
    content: Vec<(usize, usize)>,
    source: Vec<(usize, usize)>,
    source_heads: Vec<(usize, usize)>,
    cue_spans: Vec<(usize, usize)>,
    nested: bool,
}

/// All articles of a folder with `gold.jsonl` and `archive/`.
pub(super) fn read(folder: &Path) -> Result<Vec<AnnotatedArticle>, String> {
    let lines = fs::read_to_string(folder.join("gold.jsonl")).map_err(|e| e.to_string())?;
    let mut aligned = Vec::new();
    for line in lines.lines() {
        let line: GoldLine = serde_json::from_str(line).map_err(|e| e.to_string())?;
        let bytes = fs::read(folder.join("archive").join(&line.file)).map_err(|e| e.to_string())?;
        let articles = read::parse(&bytes, &line.file).map_err(|e| format!("{e:?}"))?;
        aligned.extend(articles.into_iter().next().map(|article| align(article, &line.quotes)));
    }
    let rates = CueRates::new(&aligned);
    Ok(aligned.into_iter().map(|article| with_cues(article, &rates)).collect())
}

/// An article whose attributions are aligned, but may have cues of several words.
struct AlignedArticle {
    article: Article,
    units: Units,
    quotes: Vec<AlignedQuote>,
}

fn align(article: Article, quotes: &[GoldQuote]) -> AlignedArticle {
    let text = Text::new(&article.body);
    let mentions = names::tag(&text, &article);
    let units = Units::new(&text, &marks::find(&text), &mentions);
    let quotes = quotes
        .iter()
        .filter(|quote| !quote.nested)
        .filter_map(|quote| align_quote(&article, &units, &text, quote))
        .collect();
    AlignedArticle { article, units, quotes }
}

/// For the stem of each word: how often it is in a cue, and how often it occurs.
struct CueRates(FxHashMap<u32, (u32, u32)>);

impl CueRates {
    fn new(articles: &[AlignedArticle]) -> Self {
        let mut counts: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
        for article in articles {
            let mut inside = vec![false; article.units.all.len()];
            for &unit in article.quotes.iter().flat_map(|quote| &quote.cue) {
                inside[unit] = true;
            }
            for (unit, inside) in article.units.all.iter().zip(inside) {
                let count = counts.entry(unit.stem).or_default();
                count.0 += u32::from(inside);
                count.1 += 1;
            }
        }
        Self(counts)
    }

    fn of(&self, stem: u32) -> f64 {
        let (inside, all) = self.0.get(&stem).copied().unwrap_or_default();
        f64::from(inside) / (f64::from(all) + 3.0)
    }
}

/// Reduces each cue to the one of its words that is most often in cues.
fn with_cues(aligned: AlignedArticle, rates: &CueRates) -> AnnotatedArticle {
    let AlignedArticle { article, units, quotes } = aligned;
    let mut is_cue = vec![false; units.all.len()];
    let mut attributions = Vec::new();
    for quote in quotes {
        let rate = |i: usize| rates.of(units.all[i].stem);
        let candidates = quote.cue.iter().copied().filter(|&i| cues::is_candidate(&units, i));
        let best = candidates.max_by(|&a, &b| rate(a).total_cmp(&rate(b)).then(b.cmp(&a)));
        if let Some(cue) = best {
            is_cue[cue] = true;
            attributions.extend(attribution(cue, quote));
        }
    }
    AnnotatedArticle { article, units, attributions, cues: is_cue }
}

/// The parts of an attribution in units.
struct AlignedQuote {
    cue: Vec<usize>,
    content: Vec<Range<usize>>,
    source: Option<GoldSource>,
}

fn align_quote(
    article: &Article,
    units: &Units,
    text: &Text<'_>,
    quote: &GoldQuote,
) -> Option<AlignedQuote> {
    let bytes = ByteOffsets::new(&article.body);
    let within = |&(start, end): &(usize, usize)| {
        let (start, end) = (bytes.at(start), bytes.at(end));
        let byte = |token: u32| text.tokens[token as usize];
        let first = units.all.partition_point(|u| byte(u.end - 1).end <= start);
        let last = units.all.partition_point(|u| byte(u.start).start < end);
        first..last.max(first)
    };
    let trimmed = |piece: &(usize, usize)| {
        let mut range = within(piece);
        while !range.is_empty() && units.class(range.start).is_mark() {
            range.start += 1;
        }
        while !range.is_empty() && units.class(range.end - 1).is_mark() {
            range.end -= 1;
        }
        range
    };
    let content: Vec<_> =
        quote.content.iter().map(trimmed).filter(|range| !range.is_empty()).collect();
    let heads: Vec<usize> = quote.source_heads.iter().flat_map(within).collect();
    let words: Vec<usize> = quote.source.iter().flat_map(within).collect();
    let heads = if heads.is_empty() { words.clone() } else { heads };
    let source = (!quote.source.is_empty()).then_some(GoldSource { heads, words });
    let cue = quote.cue_spans.iter().flat_map(within).collect();
    (!content.is_empty()).then_some(AlignedQuote { cue, content, source })
}

/// The attribution with at most two parts of quoted words; `None` where the cue is among these.
fn attribution(cue: usize, quote: AlignedQuote) -> Option<GoldAttribution> {
    let AlignedQuote { content, source, .. } = quote;
    let (first, second) = match content.as_slice() {
        [only] => (only.clone(), None),
        [first, .., last] if first.end <= cue && last.start > cue => {
            (first.clone(), Some(last.clone()))
        }
        [first, .., last] => (first.start..last.end, None),
        [] => return None,
    };
    (!first.contains(&cue)).then_some(GoldAttribution { cue, first, second, source })
}

/// Converts offsets in code points to bytes.
struct ByteOffsets {
    starts: Vec<u32>,
}

impl ByteOffsets {
    fn new(body: &str) -> Self {
        let ends = std::iter::once(body.len() as u32);
        Self { starts: body.char_indices().map(|(i, _)| i as u32).chain(ends).collect() }
    }

    fn at(&self, point: usize) -> u32 {
        self.starts.get(point).or(self.starts.last()).copied().unwrap_or(0)
    }
}
