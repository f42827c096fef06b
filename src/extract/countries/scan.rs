//! Where in a text a place or a people is named. Which place of a name is meant is decided by `choose`.

use crate::article::{CountryCode, Span};
use crate::extract::gazetteer::{Entry, Form, Key, nation, places, region, short_form};
use crate::extract::names::{Kind, Mention};
use crate::extract::text::{Shape, Text, Token};

/// Most words of a name in the tables that news uses.
const LONGEST: usize = 6;
/// Fewest people of a city that needs no other evidence than its name.
const WELL_KNOWN: f32 = 100_000.0;
/// Words behind a place's name that make it the name of something else: a street, a newspaper.
const NOT_BEHIND: &[&str] = &[
    "Ave",
    "Ave.",
    "Avenue",
    "Blvd",
    "Blvd.",
    "Boulevard",
    "Chronicle",
    "Court",
    "Ct.",
    "Daily",
    "Dr.",
    "Drive",
    "Gazette",
    "Globe",
    "Herald",
    "Highway",
    "Hwy",
    "Hwy.",
    "Journal",
    "Lane",
    "Observer",
    "Parkway",
    "Pkwy",
    "Pkwy.",
    "Place",
    "Post",
    "Rd",
    "Rd.",
    "Road",
    "Sentinel",
    "St",
    "St.",
    "Street",
    "Times",
    "Tribune",
    "Turnpike",
    "Way",
];

/// A name of a place or a people.
#[derive(Clone, Debug)]
pub(super) struct Toponym {
    /// Its words in the body.
    pub(super) span: Span,
    /// What it may mean.
    pub(super) meaning: Meaning,
}

/// What a name may mean.
#[derive(Clone, Debug)]
pub(super) enum Meaning {
    /// This country's people or adjective, or a name that nothing else has.
    Country(CountryCode),
    /// This division, or a landscape without a code of its own.
    Region(CountryCode, Option<&'static str>),
    /// A country or state by the first, but a town's name as well.
    NationOrTown(CountryCode, Vec<Entry>),
    /// One of these towns and divisions.
    Places(Vec<Entry>),
}

/// All names of places and peoples, in order and without overlap.
pub(super) fn toponyms(text: &Text<'_>, mentions: &[Mention]) -> Vec<Toponym> {
    let mut scan = Scan { text, mentions, found: Vec::new() };
    for sentence in &text.sentences {
        scan.sentence(sentence.start as usize, sentence.end as usize);
    }
    scan.found
}

struct Scan<'t, 'a> {
    text: &'t Text<'a>,
    /// Those not yet passed.
    mentions: &'t [Mention],
    found: Vec<Toponym>,
}

/// The longest name that begins at a token.
struct Match {
    /// One past its last token.
    end: usize,
    key: Key,
}

impl<'t> Scan<'t, '_> {
    fn sentence(&mut self, start: usize, end: usize) {
        let shouting = is_shouting(&self.text.tokens[start..end]);
        let mut at = start;
        while at < end {
            let token = self.text.tokens[at];
            if !token.shape.is_capital() {
                at += 1;
                continue;
            }
            at = match self.longest(at, end) {
                Some(found) => self.judge(at, found, end, shouting),
                None => self.compound(at),
            };
        }
    }

    /// The longest run of words from `start` on that some table knows.
    fn longest(&self, start: usize, end: usize) -> Option<Match> {
        let mut key = Key::EMPTY;
        let mut best = None;
        for at in start..end.min(start + LONGEST) {
            let token = self.text.tokens[at];
            let word = self.text.word(at);
            let joins =
                at == start || (token.spaced && (token.shape.is_capital() || is_particle(word)));
            if !joins {
                break;
            }
            key = key.word(word);
            if token.shape.is_capital() && is_known(key) {
                best = Some(Match { end: at + 1, key });
            }
        }
        best
    }

    /// Keeps the name if it stands for a place; the token to go on with.
    fn judge(&mut self, start: usize, found: Match, limit: usize, shouting: bool) -> usize {
        let Match { end, key } = found;
        let mention = self.mention(start);
        let next = (end < limit).then(|| self.text.word(end));
        let is_other = next.is_some_and(|word| NOT_BEHIND.contains(&word));
        let qualifier = self.qualifier(end, limit);
        let word = self.text.word(start);
        let short = end == start + 1 && word.len() <= 3;
        let inside = mention.filter(|mention| mention.tokens.end >= end);
        let person = inside.is_some_and(|mention| mention.kind == Kind::Person);
        let is_place = mention.is_some_and(|mention| {
            mention.kind == Kind::Place
                && mention.tokens.end == end
                && mention.tokens.start == start
        });

        if is_other || (short && self.text.tokens[start].shape != Shape::Upper) {
            return end;
        }
        let meaning = if let Some((country, form)) = nation(key) {
            if person && qualifier.is_none() {
                return end;
            }
            if short && shouting && !word.contains('.') {
                return end;
            }
            let towns: Vec<Entry> = if form == Form::Name && end == start + 1 {
                places(key)
                    .filter(|entry| !entry.flags.alternate && entry.country() != country)
                    .collect()
            } else {
                Vec::new()
            };
            if towns.is_empty() {
                Meaning::Country(country)
            } else {
                Meaning::NationOrTown(country, towns)
            }
        } else if let Some((region, _)) = region(key) {
            if person {
                return end;
            }
            Meaning::Region(region.country, region.admin)
        } else {
            let sure = is_place || qualifier.is_some();
            let entries: Vec<Entry> = places(key)
                .filter(|entry| {
                    sure || (!person
                        && !shouting
                        && !entry.flags.word
                        && !entry.flags.person
                        && entry.population() >= WELL_KNOWN
                        && inside.is_none())
                })
                .collect();
            if entries.is_empty() {
                return end;
            }
            Meaning::Places(entries)
        };
        let span = self.text.span(start..end);
        self.found.push(Toponym { span, meaning });
        match qualifier {
            Some((country, admin, behind)) => {
                self.found.push(Toponym {
                    span: self.text.span(end + 1..behind),
                    meaning: Meaning::Region(country, admin),
                });
                behind
            }
            None => end,
        }
    }

    /// `, Mass.` behind a name: its country, its division, and the token behind it.
    fn qualifier(
        &self,
        comma: usize,
        limit: usize,
    ) -> Option<(CountryCode, Option<&'static str>, usize)> {
        let at = comma + 1;
        if at >= limit || self.text.word(comma) != "," {
            return None;
        }
        let mut key = Key::EMPTY;
        let mut best = None;
        for end in at..limit.min(at + 4) {
            let token = self.text.tokens[end];
            if !token.shape.is_capital() {
                break;
            }
            let word = self.text.word(end);
            key = key.word(word);
            let upper = word.len() > 2 || token.shape == Shape::Upper;
            if let Some(region) = short_form(key).first()
                && upper
            {
                best = Some((region.country, region.admin, end + 1));
            } else if let Some((region, Form::Name)) = region(key) {
                best = Some((region.country, region.admin, end + 1));
            }
        }
        best
    }

    /// `Iran-Iraq`, `Chicago-based`: a word in which a hyphen joins names; the token to go on with.
    fn compound(&mut self, at: usize) -> usize {
        let token = self.text.tokens[at];
        let word = self.text.word(at);
        let mut from = token.start as usize;
        if word.contains('-') {
            for part in word.split('-') {
                let key = Key::EMPTY.word(part);
                let span = Span::new(from, from + part.len());
                from += part.len() + 1;
                if !part.starts_with(char::is_uppercase) || part.len() < 2 {
                    continue;
                }
                let meaning = if let Some((country, _)) = nation(key) {
                    Meaning::Country(country)
                } else if let Some((region, _)) = region(key) {
                    Meaning::Region(region.country, region.admin)
                } else {
                    let entries: Vec<Entry> = places(key)
                        .filter(|e| {
                            e.population() >= WELL_KNOWN && !e.flags.word && !e.flags.person
                        })
                        .collect();
                    if entries.is_empty() {
                        continue;
                    }
                    Meaning::Places(entries)
                };
                self.found.push(Toponym { span, meaning });
            }
        }
        at + 1
    }

    /// The tagger's name that covers a token.
    fn mention(&mut self, at: usize) -> Option<&'t Mention> {
        let passed = self.mentions.iter().take_while(|mention| mention.tokens.end <= at).count();
        self.mentions = &self.mentions[passed..];
        self.mentions.first().filter(|mention| mention.tokens.start <= at)
    }
}

fn is_known(key: Key) -> bool {
    nation(key).is_some() || region(key).is_some() || places(key).next().is_some()
}

/// Words in small letters inside names.
fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "of" | "and"
            | "the"
            | "de"
            | "la"
            | "le"
            | "les"
            | "da"
            | "do"
            | "dos"
            | "del"
            | "al"
            | "el"
            | "en"
            | "sur"
            | "am"
            | "upon"
            | "on"
            | "&"
    )
}

/// Is a line in capitals alone, so that capitals tell nothing?
fn is_shouting(tokens: &[Token]) -> bool {
    let upper = tokens.iter().filter(|token| token.shape == Shape::Upper).count();
    let other =
        tokens.iter().filter(|token| matches!(token.shape, Shape::Capital | Shape::Lower)).count();
    upper > 2 && upper > 3 * other
}
