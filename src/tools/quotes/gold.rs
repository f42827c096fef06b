//! The annotated articles, with the annotation carried over to units.

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

/// An article and its attributions.
pub(super) struct Paper {
    pub(super) article: Article,
    pub(super) units: Units,
    pub(super) known: Vec<Known>,
    cues: Vec<bool>,
}

impl Paper {
    /// Is unit `i` the word by which something is attributed?
    pub(super) fn is_cue(&self, i: usize) -> bool {
        self.cues[i]
    }
}

/// An attribution in units.
pub(super) struct Known {
    pub(super) cue: usize,
    pub(super) first: Range<usize>,
    pub(super) second: Option<Range<usize>>,
    /// Who is quoted; `None` where nobody is named.
    pub(super) source: Option<Source>,
}

/// The words that name who is quoted, in units.
pub(super) struct Source {
    /// Its heads, as annotated.
    pub(super) heads: Vec<usize>,
    /// All its words.
    pub(super) words: Vec<usize>,
}

impl Known {
    pub(super) fn pieces(&self) -> impl Iterator<Item = Range<usize>> {
        std::iter::once(self.first.clone()).chain(self.second.clone())
    }
}

#[derive(Deserialize)]
struct Line {
    file: String,
    quotes: Vec<Annotated>,
}

/// Offsets are code points.
#[derive(Deserialize)]
struct Annotated {
    content: Vec<(usize, usize)>,
    source: Vec<(usize, usize)>,
    source_heads: Vec<(usize, usize)>,
    cue_spans: Vec<(usize, usize)>,
    nested: bool,
}

/// All articles of a folder with `gold.jsonl` and `archive/`.
pub(super) fn read(folder: &Path) -> Result<Vec<Paper>, String> {
    let lines = fs::read_to_string(folder.join("gold.jsonl")).map_err(|e| e.to_string())?;
    let mut drafts = Vec::new();
    for line in lines.lines() {
        let line: Line = serde_json::from_str(line).map_err(|e| e.to_string())?;
        let bytes = fs::read(folder.join("archive").join(&line.file)).map_err(|e| e.to_string())?;
        let articles = read::parse(&bytes, &line.file).map_err(|e| format!("{e:?}"))?;
        drafts.extend(articles.into_iter().next().map(|article| located(article, &line.quotes)));
    }
    let rates = Rates::new(&drafts);
    Ok(drafts.into_iter().map(|draft| paper(draft, &rates)).collect())
}

/// An article whose attributions are located, but not yet the one word by which each attributes.
struct Draft {
    article: Article,
    units: Units,
    places: Vec<Located>,
}

fn located(article: Article, quotes: &[Annotated]) -> Draft {
    let text = Text::new(&article.body);
    let mentions = names::tag(&text, &article);
    let units = Units::new(&text, &marks::find(&text), &mentions);
    let places = quotes
        .iter()
        .filter(|quote| !quote.nested)
        .filter_map(|quote| locate(&article, &units, &text, quote))
        .collect();
    Draft { article, units, places }
}

/// How often a word, by its stem, is in a cue.
struct Rates(FxHashMap<u32, (u32, u32)>);

impl Rates {
    fn new(drafts: &[Draft]) -> Self {
        let mut counts: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
        for draft in drafts {
            let mut inside = vec![false; draft.units.all.len()];
            for &unit in draft.places.iter().flat_map(|place| &place.cue) {
                inside[unit] = true;
            }
            for (unit, inside) in draft.units.all.iter().zip(inside) {
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

/// Of the words of a cue, the one that is most often in cues is taken to attribute.
fn paper(draft: Draft, rates: &Rates) -> Paper {
    let Draft { article, units, places } = draft;
    let mut is_cue = vec![false; units.all.len()];
    let mut known = Vec::new();
    for place in places {
        let rate = |i: usize| rates.of(units.all[i].stem);
        let candidates = place.cue.iter().copied().filter(|&i| cues::is_candidate(&units, i));
        let best = candidates.max_by(|&a, &b| rate(a).total_cmp(&rate(b)).then(b.cmp(&a)));
        if let Some(cue) = best {
            is_cue[cue] = true;
            known.extend(known_of(cue, place));
        }
    }
    Paper { article, units, known, cues: is_cue }
}

/// The parts of an attribution as units.
struct Located {
    cue: Vec<usize>,
    content: Vec<Range<usize>>,
    source: Option<Source>,
}

fn locate(article: &Article, units: &Units, text: &Text<'_>, quote: &Annotated) -> Option<Located> {
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
    let source = (!quote.source.is_empty()).then_some(Source { heads, words });
    let cue = quote.cue_spans.iter().flat_map(within).collect();
    (!content.is_empty()).then_some(Located { cue, content, source })
}

/// The pieces put in the order in which they are looked for; `None` where the cue is inside.
fn known_of(cue: usize, place: Located) -> Option<Known> {
    let Located { content, source, .. } = place;
    let (first, second) = match content.as_slice() {
        [only] => (only.clone(), None),
        [first, .., last] if first.end <= cue && last.start > cue => {
            (first.clone(), Some(last.clone()))
        }
        [first, .., last] => (first.start..last.end, None),
        [] => return None,
    };
    (!first.contains(&cue)).then_some(Known { cue, first, second, source })
}

/// Code points to bytes.
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
