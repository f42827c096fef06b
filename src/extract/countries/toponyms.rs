//! Toponym recognition: where a text names a country, region, place or people. The choice among the candidates of each
//! name is [`super::disambiguate`]'s.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::candidates::{Candidate, Evidence, Qualifier, candidates};
use super::context_words::{is_civic_institution, is_particle, is_street_or_newspaper};
use crate::article::Span;
use crate::extract::gazetteer::{Form, Key, may_begin, nation, places, region, short_form};
use crate::extract::names::{Kind, Mention};
use crate::text::{Shape, Text, Token};

/// Most tokens of a name.
const MAX_TOKENS: usize = 6;

/// The toponyms of a text and their candidates.
#[derive(Debug, Default)]
pub(super) struct Toponyms {
    /// In order, without overlap.
    pub(super) mentions: Vec<ToponymMention>,
    /// Each distinct name, by its part of `candidates`; the same words with another qualifier are another name.
    pub(super) names: Vec<Range<usize>>,
    /// The candidates of all names, those of one name in a row.
    pub(super) candidates: Vec<Candidate>,
}

/// An occurrence of a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct ToponymMention {
    pub(super) span: Span,
    /// Index into [`Toponyms::names`].
    pub(super) name: usize,
}

/// Returns all toponyms of the text; `known_places` are spans that are known to name a place.
pub(super) fn find(text: &Text<'_>, tagged: &[Mention], known_places: &[Span]) -> Toponyms {
    let starts = starts(text);
    let mut ahead = starts.as_slice();
    let mut finder = Finder {
        text,
        tagged,
        known_places,
        name_indices: FxHashMap::default(),
        toponyms: Toponyms::default(),
    };
    for sentence in &text.sentences {
        let count = ahead.iter().take_while(|&&at| at < sentence.end).count();
        let (inside, rest) = ahead.split_at(count);
        finder.read_sentence(sentence.start as usize..sentence.end as usize, inside);
        ahead = rest;
    }
    finder.toponyms
}

/// The tokens at which a toponym may begin or inside which it may stand: capitalised words that open a name of some table,
/// or that have a hyphen. The loops do not branch on what a look-up finds, so that its cache misses overlap.
fn starts(text: &Text<'_>) -> Vec<u32> {
    let mut starts = vec![0; text.tokens.len()];
    let mut count = 0;
    for (at, token) in text.tokens.iter().enumerate() {
        starts[count] = at as u32;
        count += usize::from(token.shape.is_capital());
    }
    let capitals = count;
    count = 0;
    for i in 0..capitals {
        let at = starts[i] as usize;
        starts[count] = starts[i];
        let may_open = may_begin(Key::EMPTY.word(text.word(at)));
        count += usize::from(may_open | text.has_hyphen(at));
    }
    starts.truncate(count);
    starts
}

struct Finder<'t, 'a> {
    text: &'t Text<'a>,
    /// The tagger's mentions that have not been passed yet.
    tagged: &'t [Mention],
    known_places: &'t [Span],
    /// Indices of the names looked up so far; `None` for those without candidates.
    name_indices: FxHashMap<(u64, Option<Qualifier>, Evidence), Option<usize>>,
    toponyms: Toponyms,
}

impl<'t> Finder<'t, '_> {
    /// Adds the toponyms of a sentence, which begin at `starts`.
    fn read_sentence(&mut self, range: Range<usize>, starts: &[u32]) {
        if starts.is_empty() {
            return;
        }
        let in_capitals = is_in_capitals(&self.text.tokens[range.clone()]);
        let mut next = range.start;
        for &at in starts {
            let at = at as usize;
            if at >= next {
                next = match self.longest_name(at, range.end) {
                    Some((end, key)) => self.add_name(at..end, key, range.end, in_capitals),
                    None => self.add_hyphenated(at),
                };
            }
        }
    }

    /// The longest name of some table that begins at token `start`: one past its last token, and its key.
    fn longest_name(&self, start: usize, limit: usize) -> Option<(usize, Key)> {
        let mut key = Key::EMPTY;
        let mut best = None;
        for at in start..limit.min(start + MAX_TOKENS) {
            let token = self.text.tokens[at];
            let word = self.text.word(at);
            let capital = token.shape.is_capital();
            if at > start && !(token.spaced && (capital || is_particle(word))) {
                break;
            }
            key = key.word(word);
            if !may_begin(key) {
                break;
            }
            if capital && is_known(key) {
                best = Some((at + 1, key));
            }
        }
        best
    }

    /// Adds the name of these tokens if it has candidates; returns the token to continue from.
    fn add_name(
        &mut self,
        tokens: Range<usize>,
        key: Key,
        limit: usize,
        in_capitals: bool,
    ) -> usize {
        let end = tokens.end;
        let next = if end < limit { self.text.word(end) } else { "" };
        let qualifier = self.qualifier(end, limit);
        let span = self.text.span(tokens.clone());
        let is_known = self.known_places.iter().any(|place| place.overlaps(span));
        let evidence = if qualifier.is_some() || is_known {
            Evidence::Certain
        } else {
            self.evidence(&tokens, next, in_capitals)
        };
        if is_street_or_newspaper(next) || self.is_other_word(&tokens, key, evidence, in_capitals) {
            return end;
        }
        let within = qualifier.map(|(qualifier, _)| qualifier);
        if let Some(name) = self.name_index(key, within, evidence) {
            self.toponyms.mentions.push(ToponymMention { span, name });
        }
        match qualifier {
            Some((region, after)) => {
                self.add_qualifier(region, self.text.span(end + 1..after));
                after
            }
            None => end,
        }
    }

    /// Whether this is an abbreviation or a short word that only looks like a toponym (`SWAT`, `Us`).
    fn is_other_word(
        &self,
        tokens: &Range<usize>,
        key: Key,
        evidence: Evidence,
        in_capitals: bool,
    ) -> bool {
        if tokens.len() > 1 {
            return false;
        }
        let token = self.text.tokens[tokens.start];
        let word = self.text.word(tokens.start);
        let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
        let upper = token.shape == Shape::Upper;
        let form = nation(key).map(|(_, form)| form).or(region(key).map(|(_, form)| form));
        let acronym = form == Some(Form::Acronym);
        match (upper, acronym) {
            (false, true) => !word.ends_with('.'),
            (true, true) => in_capitals && !word.contains('.'),
            (true, false) => letters < 5 && !in_capitals && evidence < Evidence::Certain,
            (false, false) => word.contains(['\'', '’']) && letters < 5,
        }
    }

    /// The evidence of the tagger and the line; `next` is the word after the name.
    fn evidence(&mut self, tokens: &Range<usize>, next: &str, in_capitals: bool) -> Evidence {
        match self.tagged_at(tokens.start) {
            Some(mention) if mention.kind == Kind::Person => Evidence::Against,
            Some(mention)
                if mention.kind == Kind::Place
                    && mention.tokens.start == tokens.start
                    && mention.tokens.end <= tokens.end =>
            {
                Evidence::Certain
            }
            Some(mention) if mention.tokens.start == tokens.start && is_civic_institution(next) => {
                Evidence::Certain
            }
            Some(mention)
                if mention.kind == Kind::Organisation || mention.tokens.start < tokens.start =>
            {
                Evidence::InsideName
            }
            _ if in_capitals => Evidence::Against,
            _ => Evidence::None,
        }
    }

    /// The index of a name, which is added when it is new; `None` if it has no candidates.
    fn name_index(
        &mut self,
        key: Key,
        within: Option<Qualifier>,
        evidence: Evidence,
    ) -> Option<usize> {
        let lookup = (key.bits(), within, evidence);
        if let Some(&name) = self.name_indices.get(&lookup) {
            return name;
        }
        let Toponyms { names, candidates: all, .. } = &mut self.toponyms;
        let start = all.len();
        all.extend(candidates(key, evidence).filter(|c| within.is_none_or(|area| c.is_in(area))));
        let name = (start < all.len()).then(|| {
            names.push(start..all.len());
            names.len() - 1
        });
        self.name_indices.insert(lookup, name);
        name
    }

    /// Adds the state or province printed after a place name as a toponym of its own.
    fn add_qualifier(&mut self, qualifier: Qualifier, span: Span) {
        let lookup = (0, Some(qualifier), Evidence::Certain);
        let Toponyms { names, candidates, .. } = &mut self.toponyms;
        let name = *self.name_indices.entry(lookup).or_insert_with(|| {
            names.push(candidates.len()..candidates.len() + 1);
            candidates.push(Candidate::of_region(qualifier));
            Some(names.len() - 1)
        });
        if let Some(name) = name {
            self.toponyms.mentions.push(ToponymMention { span, name });
        }
    }

    /// The qualifier after a place name, as in `, Mass.`, and one past its last token.
    fn qualifier(&self, comma: usize, limit: usize) -> Option<(Qualifier, usize)> {
        let at = comma + 1;
        if at >= limit || self.text.word(comma) != "," {
            return None;
        }
        let mut key = Key::EMPTY;
        let mut best = None;
        for end in at..limit.min(at + 3) {
            let token = self.text.tokens[end];
            if !token.shape.is_capital() {
                break;
            }
            let word = self.text.word(end);
            key = key.word(word);
            // In `Tbilisi, Georgia` disambiguation decides.
            if nation(key).is_some_and(|(_, form)| form == Form::Name) {
                continue;
            }
            // Before a comma the full stop is a token of its own: `Va.,`.
            let has_stop = end + 1 < limit
                && self.text.word(end + 1) == "."
                && !self.text.tokens[end + 1].spaced;
            let plain = word.len() > 2 || token.shape == Shape::Upper;
            let by_short_form = short_form(key)
                .first()
                .copied()
                .filter(|_| plain || has_stop || word.ends_with('.'));
            let region = by_short_form.or_else(|| {
                let (region, form) = region(key)?;
                (form == Form::Name && region.admin.is_some()).then_some(region)
            });
            if let Some(region) = region {
                best = Some(((region.country, region.admin), end + 1 + usize::from(has_stop)));
            }
            if has_stop {
                break;
            }
        }
        best
    }

    /// Adds the toponyms inside a hyphenated word, as in `Iran-Iraq` or `Chicago-based`; returns the token to continue from.
    fn add_hyphenated(&mut self, at: usize) -> usize {
        let word = self.text.word(at);
        if word.bytes().all(|byte| byte != b'-') {
            return at + 1;
        }
        let mut start = self.text.tokens[at].start as usize;
        for part in word.split('-') {
            let span = Span::new(start, start + part.len());
            start += part.len() + 1;
            if part.len() >= 4 || part.contains('.') || part == "US" || part == "UK" {
                let key = Key::EMPTY.word(part);
                if part.starts_with(char::is_uppercase)
                    && let Some(name) = self.name_index(key, None, Evidence::None)
                {
                    self.toponyms.mentions.push(ToponymMention { span, name });
                }
            }
        }
        at + 1
    }

    /// The tagger's mention that covers a token; tokens have to be asked for in order.
    fn tagged_at(&mut self, at: usize) -> Option<&'t Mention> {
        let passed = self.tagged.iter().take_while(|mention| mention.tokens.end <= at).count();
        self.tagged = &self.tagged[passed..];
        self.tagged.first().filter(|mention| mention.tokens.start <= at)
    }
}

fn is_known(key: Key) -> bool {
    nation(key).is_some() || region(key).is_some() || places(key).next().is_some()
}

/// Whether nearly all words are in capitals, so that capitals do not mark names.
fn is_in_capitals(tokens: &[Token]) -> bool {
    let (mut upper, mut other) = (0, 0);
    for token in tokens {
        match token.shape {
            Shape::Upper => upper += 1,
            Shape::Capital | Shape::Lower => other += 1,
            _ => {}
        }
        if 4 * other > tokens.len() {
            return false;
        }
    }
    upper > 2 && upper > 3 * other
}
