//! Where in a text a place or a people is named, and what each name may mean. Which meaning fits is decided by
//! `choose`.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::words::{HOME, is_civic, is_not_behind, is_particle};
use crate::article::{CountryCode, Span};
use crate::extract::gazetteer::{
    Entry, Form, Key, NOWHERE, PlaceKind, may_begin, nation, places, region, seems_to_begin,
    short_form,
};
use crate::extract::names::{Kind, Mention};
use crate::text::byte_classes;
use crate::text::segmentation::{Shape, Text, Token};

/// Most words of a name in the tables that news uses.
const LONGEST: usize = 6;
/// Fewest people of a city that needs no other evidence than its name.
const WELL_KNOWN: f32 = 100_000.0;
/// Fewest people of a place whose name is an English word.
const ABOVE_WORDS: f32 = 15_000.0;
/// What a country and a landscape without numbers count as, in people.
const NATION: f32 = 5e6;

const LANDSCAPE: f32 = 1e6;
/// Share of its people that a state or county counts as.
const REGION: f32 = 0.1;
/// News names a town of twice the people less than twice as often: the exponent that did best on development texts.
const POWER: f32 = 0.7;

/// What the text names.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// In order, without overlap.
    pub(super) toponyms: Vec<Toponym>,
    /// Each name once; a qualifier behind it makes it another.
    pub(super) names: Vec<Name>,
    /// The meanings of all names, each name's in a row.
    pub(super) meanings: Vec<Meaning>,
}

/// A place in the text where a name stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Toponym {
    /// Its words in the body.
    pub(super) span: Span,
    /// Its number among the names.
    pub(super) name: usize,
}

/// A name and what it may mean.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// Its part of [`Scan::meanings`].
    pub(super) meanings: Range<usize>,
}

/// One place or people that a name may mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    /// Where it lies.
    pub(super) country: CountryCode,
    /// First-level division, if it has one: its code as a [`byte_classes::number`].
    pub(super) admin: Option<u64>,
    /// How often news means it when nothing else is known, in people.
    pub(super) prior: f32,
    /// The place, if it is one of the table's.
    pub(super) entry: Option<Entry>,
    /// How likely it is; set by `choose`.
    pub(super) share: f32,
}

/// All names of places and peoples of the text; `sure` are the spans that are known to name a place.
pub(super) fn scan(text: &Text<'_>, mentions: &[Mention], sure: &[Span]) -> Scan {
    let starts = starts(text);
    let mut ahead = starts.as_slice();
    let mut scanner =
        Scanner { text, mentions, sure, known: FxHashMap::default(), scan: Scan::default() };
    for sentence in &text.sentences {
        let count = ahead.iter().take_while(|&&at| at < sentence.end).count();
        let (inside, rest) = ahead.split_at(count);
        scanner.sentence(sentence.start as usize..sentence.end as usize, inside);
        ahead = rest;
    }
    scanner.scan
}

/// The tokens at which a name may begin, and those of which it may be a part: words with a capital that some table seems to
/// know, or in which a hyphen joins others. All are looked up in one go, without a branch on what is found: the table is
/// far from the processor.
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
        let seems_to_open = seems_to_begin(Key::EMPTY.word(text.word(at)));
        count += usize::from(seems_to_open | text.has_hyphen(at));
    }
    starts.truncate(count);
    starts
}

struct Scanner<'t, 'a> {
    text: &'t Text<'a>,
    /// Those not yet passed.
    mentions: &'t [Mention],
    sure: &'t [Span],
    /// Names already looked up: key, qualifier's admin, and how far they are trusted.
    known: FxHashMap<(u64, Option<Qualifier>, Trust), Option<usize>>,
    scan: Scan,
}

/// How far a name is trusted to be a place's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Trust {
    /// A person's, or in capitals like all around it.
    Doubtful,
    /// An organisation's: countries and their parts count, towns do not.
    Firm,
    /// Nothing is known.
    Plain,
    /// The name tagger, a qualifier or the dateline says so.
    Sure,
}

/// A state or province printed behind a name.
type Qualifier = (CountryCode, Option<&'static str>);

impl<'t> Scanner<'t, '_> {
    /// `starts` are those of the sentence.
    fn sentence(&mut self, range: Range<usize>, starts: &[u32]) {
        if starts.is_empty() {
            return;
        }
        let shouting = is_shouting(&self.text.tokens[range.clone()]);
        let mut next = range.start;
        for &at in starts {
            let at = at as usize;
            if at >= next {
                next = match self.longest(at, range.end) {
                    Some((end, key)) => self.judge(at..end, key, range.end, shouting),
                    None => self.compound(at),
                };
            }
        }
    }

    /// The longest run of words from `start` on that some table knows: one past its last token, and its key.
    fn longest(&self, start: usize, limit: usize) -> Option<(usize, Key)> {
        let mut key = Key::EMPTY;
        let mut best = None;
        for at in start..limit.min(start + LONGEST) {
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

    /// Keeps the name of these tokens if it stands for a place; the token to go on with.
    fn judge(&mut self, tokens: Range<usize>, key: Key, limit: usize, shouting: bool) -> usize {
        let end = tokens.end;
        let next = if end < limit { self.text.word(end) } else { "" };
        let qualifier = self.qualifier(end, limit);
        let span = self.text.span(tokens.clone());
        let trust = if qualifier.is_some() || self.sure.iter().any(|sure| sure.overlaps(span)) {
            Trust::Sure
        } else {
            self.trust(&tokens, next, shouting)
        };
        if is_not_behind(next) || self.is_other_word(&tokens, key, trust, shouting) {
            return end;
        }
        let within = qualifier.map(|(qualifier, _)| qualifier);
        if let Some(name) = self.name(key, within, trust) {
            self.scan.toponyms.push(Toponym { span, name });
        }
        match qualifier {
            Some((region, behind)) => {
                self.landscape(region, self.text.span(end + 1..behind));
                behind
            }
            None => end,
        }
    }

    /// Is it an abbreviation or a short word that only looks like a place's name (`SWAT`, `Us`)?
    fn is_other_word(&self, tokens: &Range<usize>, key: Key, trust: Trust, shouting: bool) -> bool {
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
            (true, true) => shouting && !word.contains('.'),
            (true, false) => letters < 5 && !shouting && trust < Trust::Sure,
            (false, false) => word.contains(['\'', '’']) && letters < 5,
        }
    }

    fn trust(&mut self, tokens: &Range<usize>, next: &str, shouting: bool) -> Trust {
        match self.mention(tokens.start) {
            Some(mention) if mention.kind == Kind::Person => Trust::Doubtful,
            Some(mention)
                if mention.kind == Kind::Place
                    && mention.tokens.start == tokens.start
                    && mention.tokens.end <= tokens.end =>
            {
                Trust::Sure
            }
            Some(mention) if mention.tokens.start == tokens.start && is_civic(next) => Trust::Sure,
            Some(mention)
                if mention.kind == Kind::Organisation || mention.tokens.start < tokens.start =>
            {
                Trust::Firm
            }
            _ if shouting => Trust::Doubtful,
            _ => Trust::Plain,
        }
    }

    /// The number of a name and what it may mean; none if it can mean nothing here.
    fn name(&mut self, key: Key, within: Option<Qualifier>, trust: Trust) -> Option<usize> {
        let known = (key.bits(), within, trust);
        if let Some(&name) = self.known.get(&known) {
            return name;
        }
        let start = self.scan.meanings.len();
        match within {
            None => self.scan.meanings.extend(meanings(key, trust)),
            Some((country, admin)) => {
                let lies_there = |meaning: &Meaning| {
                    meaning.country == country
                        && admin.is_none_or(|admin| meaning.admin == Some(number(admin)))
                };
                self.scan.meanings.extend(meanings(key, trust).filter(lies_there));
            }
        }
        let end = self.scan.meanings.len();
        let name = (start < end).then(|| {
            self.scan.names.push(Name { meanings: start..end });
            self.scan.names.len() - 1
        });
        self.known.insert(known, name);
        name
    }

    /// Keeps a state or province printed behind a name.
    fn landscape(&mut self, (country, admin): Qualifier, span: Span) {
        let known = (0, Some((country, admin)), Trust::Sure);
        let scan = &mut self.scan;
        let name = *self.known.entry(known).or_insert_with(|| {
            let start = scan.meanings.len();
            scan.meanings.push(Meaning::new(country, admin.map(number), LANDSCAPE));
            scan.names.push(Name { meanings: start..start + 1 });
            Some(scan.names.len() - 1)
        });
        if let Some(name) = name {
            self.scan.toponyms.push(Toponym { span, name });
        }
    }

    /// `, Mass.` behind a name: where that lies, and the token behind it.
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
            // `Tbilisi, Georgia`: the votes decide.
            if nation(key).is_some_and(|(_, form)| form == Form::Name) {
                continue;
            }
            // Before a comma the full stop is a token of its own: `Va.,`.
            let stop = end + 1 < limit
                && self.text.word(end + 1) == "."
                && !self.text.tokens[end + 1].spaced;
            let plain = word.len() > 2 || token.shape == Shape::Upper;
            let found =
                short_form(key).first().copied().filter(|_| plain || stop || word.ends_with('.'));
            let found = found.or_else(|| {
                let (region, form) = region(key)?;
                (form == Form::Name && region.admin.is_some()).then_some(region)
            });
            if let Some(region) = found {
                best = Some(((region.country, region.admin), end + 1 + usize::from(stop)));
            }
            if stop {
                break;
            }
        }
        best
    }

    /// `Iran-Iraq`, `Chicago-based`: a word in which a hyphen joins names; the token to go on with.
    fn compound(&mut self, at: usize) -> usize {
        let word = self.text.word(at);
        if word.bytes().all(|byte| byte != b'-') {
            return at + 1;
        }
        let mut start = self.text.tokens[at].start as usize;
        for part in word.split('-') {
            let span = Span::new(start, start + part.len());
            start += part.len() + 1;
            if part.len() >= 4 || part.contains('.') || part == "US" || part == "UK" {
                let capital = part.starts_with(char::is_uppercase);
                if capital && let Some(name) = self.name(Key::EMPTY.word(part), None, Trust::Plain)
                {
                    self.scan.toponyms.push(Toponym { span, name });
                }
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

impl Meaning {
    fn new(country: CountryCode, admin: Option<u64>, prior: f32) -> Self {
        Self { country, admin, prior: prior.powf(POWER), entry: None, share: 0.0 }
    }

    fn place(entry: Entry) -> Self {
        let kind = match entry.kind() {
            PlaceKind::City => 1.0,
            PlaceKind::Region | PlaceKind::County => REGION,
        };
        let prior = (entry.population() + 500.0) * kind;
        Self { entry: Some(entry), ..Self::new(entry.country(), Some(entry.admin_number()), prior) }
    }
}

/// The code of a first-level division as a number: it has eight bytes at most.
fn number(admin: &str) -> u64 {
    byte_classes::number(admin.as_bytes()).unwrap_or(u64::MAX)
}

/// All that a name may mean.
fn meanings(key: Key, trust: Trust) -> impl Iterator<Item = Meaning> {
    let nation = nation(key).filter(|_| trust > Trust::Doubtful);
    let region = region(key).filter(|_| trust > Trust::Doubtful);
    let is_people =
        nation.map(|(_, form)| form).or(region.map(|(_, form)| form)) == Some(Form::Demonym);
    let is_area = nation.is_some() || region.is_some();
    let is_nowhere = region.is_some_and(|(region, _)| region.country == NOWHERE);
    let nation = nation.map(|(country, _)| Meaning::new(country, None, NATION));
    let region = region
        .filter(|_| !is_nowhere)
        .map(|(region, _)| Meaning::new(region.country, region.admin.map(number), LANDSCAPE));
    let entries = places(key).filter(move |&entry| {
        !is_people
            && !is_nowhere
            && if is_area { !entry.flags.alternate } else { is_credible(entry, trust) }
    });
    nation.into_iter().chain(region).chain(entries.map(Meaning::place))
}

/// May the name stand for this place?
fn is_credible(entry: Entry, trust: Trust) -> bool {
    if entry.flags.alternate {
        return false;
    }
    // What stands in the place's record is asked last: it has to be fetched.
    let is_known_as_place =
        || !entry.flags.word && !entry.flags.person && entry.population() >= WELL_KNOWN;
    match trust {
        Trust::Doubtful => false,
        Trust::Firm => is_known_as_place() && is_home(entry.country()),
        Trust::Plain => is_known_as_place(),
        Trust::Sure if entry.name().len() <= 3 => entry.population() >= 3.0 * WELL_KNOWN,
        Trust::Sure if entry.flags.word || entry.flags.person => {
            let home = if is_home(entry.country()) { ABOVE_WORDS } else { WELL_KNOWN };
            entry.kind() == PlaceKind::City
                && entry.population() >= if entry.flags.word { home } else { home / 3.0 }
        }
        Trust::Sure => true,
    }
}

/// Does local news in English come from there?
fn is_home(country: CountryCode) -> bool {
    HOME.iter().any(|(home, _)| *home == country)
}

fn is_known(key: Key) -> bool {
    nation(key).is_some() || region(key).is_some() || places(key).next().is_some()
}

/// Is a line in capitals alone, so that capitals tell nothing?
fn is_shouting(tokens: &[Token]) -> bool {
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
