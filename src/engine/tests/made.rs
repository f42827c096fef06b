//! Articles and queries made from a seed, for the oracle.

use super::oracle::{Ask, Field, Named};
use super::places::{Part, Word};
use crate::query::language::clause::Within;

/// Languages of the made articles.
pub(super) const QUERY_LANGUAGES: [&str; 2] = ["de", "en"];

/// Words that queries ask for.
const WORDS: [&str; 24] = [
    "tax",
    "taxes",
    "taxed",
    "minister",
    "ministers",
    "ministry",
    "war",
    "wars",
    "ship",
    "ships",
    "shipping",
    "friendship",
    "port",
    "colour",
    "color",
    "peace",
    "party",
    "parties",
    "woman",
    "women",
    "reship",
    "byparty",
    "muller",
    "president",
];
/// Words of texts and queries that are spelled in more than one way.
const SPELLED: [&str; 6] = ["müller", "mueller", "président", "président", "president", "muller"];
/// Words of texts that are joined.
const JOINED: [&str; 6] =
    ["re-ship", "by-party", "by-parties", "re-re-ships", "war-müller", "reships"];
/// The same as they are asked for: their parts, and both as one word.
const HYPHENATED: [(&str, &str, &str); 4] = [
    ("re", "ship", "reship"),
    ("by", "parties", "byparties"),
    ("war", "müller", "warmüller"),
    ("friend", "ship", "friendship"),
];
const CASED: [&str; 8] = ["Tax", "tax", "War", "WAR", "war", "Président", "müller", "Müller"];
/// Acronyms of texts.
const CAPITALS: [&str; 2] = ["WAR", "TAX"];
const GLOBS: [&str; 9] = ["wom?n", "tax*", "*ship", "*i*", "s*p*g", "p?*", "zz*", "m?ll*", "res*p"];
/// Words that end sentences, so that no two are alike.
const MARKS: [&str; 9] =
    ["alpha", "bravo", "delta", "echo", "golf", "hotel", "india", "kilo", "lima"];

/// A text of the query language, and what it accepts.
type Judged = (&'static str, fn(&str) -> bool);

const REGEXES: [Judged; 3] = [
    ("ships?", |w| matches!(w, "ship" | "ships")),
    ("[a-m].*s", |w| w.len() > 1 && w.as_bytes()[0] <= b'm' && w.ends_with('s')),
    ("(war|port)s*", |w| matches!(w, "war" | "wars" | "port")),
];
const SPEAKERS: [Option<&str>; 4] =
    [None, Some("Ali Karim"), Some("Karim Vahdat"), Some("Åsa Lind")];
const NAMES: [&str; 6] = ["ali", "karim", "asa", "lind", "vahdat", "nobody"];
const PHRASES: [&str; 4] = ["Ali Karim", "Åsa Lind", "KARIM VAHDAT", "Lind Ali"];
const AGENCIES: [&str; 2] = ["Lind Press Agency", "Vahdat News"];
const COUNTRIES: [&str; 3] = ["IR", "SE", "DE"];
/// Spellings of countries, and their codes.
const WRITTEN: [(&str, &str); 5] =
    [("IR", "IR"), ("iran", "IR"), ("Sweden", "SE"), ("se", "SE"), ("DE", "DE")];
const LENGTHS: [(&str, usize, usize); 5] = [
    ("12", 12, 12),
    ("10..20", 10, 20),
    ("..15", 0, 15),
    ("18..", 18, usize::MAX),
    ("500..", 500, usize::MAX),
];
const LICENSES: [Judged; 4] = [
    ("CC-BY*", |l| l.starts_with("CC-BY")),
    ("open", |l| matches!(l, "CC-BY-4.0" | "CC0-1.0")),
    ("unknown", |l| l == "unknown"),
    ("cc0-1.0", |l| l == "CC0-1.0"),
];
const DATES: [(&str, i64, i64); 9] = [
    ("2020-07", 2020_07_01, 2020_07_31),
    ("2020-07-14", 2020_07_14, 2020_07_14),
    ("2020-02-29..2020-07-14", 2020_02_29, 2020_07_14),
    ("2021-01-02..2021", 2021_01_02, 2021_12_31),
    ("2020", 2020_01_01, 2020_12_31),
    ("2020-03..2021-02", 2020_03_01, 2021_02_31),
    ("..2020-06", 0, 2020_06_31),
    ("2021-05..", 2021_05_01, 9999_12_31),
    ("*", 0, 9999_12_31),
];

/// An article before it is text.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) id: String,
    pub(super) title: Vec<&'static str>,
    pub(super) paragraphs: Vec<Vec<Vec<&'static str>>>,
    /// Number of the quoted sentence, and who says it.
    pub(super) quotes: Vec<(usize, Option<&'static str>)>,
    pub(super) language: Option<&'static str>,
    pub(super) countries: Vec<&'static str>,
    pub(super) license: Option<&'static str>,
    pub(super) date: Option<(i16, u8, Option<u8>)>,
    pub(super) people: Vec<&'static str>,
    pub(super) agency: Option<&'static str>,
    /// The country of the dateline.
    pub(super) from: Option<&'static str>,
}

impl Model {
    pub(super) fn words_of(&self, sentence: usize) -> &[&'static str] {
        self.paragraphs.iter().flatten().nth(sentence).map(Vec::as_slice).unwrap_or_default()
    }

    /// A sentence of the body.
    pub(super) fn sentence(&self, sentence: usize) -> String {
        printed(self.words_of(sentence))
    }

    /// Everything below the title.
    pub(super) fn text(&self) -> String {
        let paragraphs = (0..self.paragraphs.len()).map(|n| self.paragraph(n));
        paragraphs.collect::<Vec<_>>().join("\n\n")
    }

    fn paragraph(&self, n: usize) -> String {
        self.paragraphs[n].iter().map(|s| printed(s)).collect::<Vec<_>>().join(" ")
    }

    /// Number of the first paragraph that is no short line; of the first if all are.
    pub(super) fn lead(&self) -> usize {
        let is_long = |&n: &usize| self.paragraph(n).len() > 60;
        (0..self.paragraphs.len()).find(is_long).unwrap_or(0)
    }
}

fn printed(words: &[&str]) -> String {
    let mut text = words.join(" ");
    text[..1].make_ascii_uppercase();
    text + "."
}

/// Random choices that follow from a seed (xorshift, after Marsaglia 2003).
pub(super) struct Made(pub(super) u64);

impl Made {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0 >> 33) as usize % n
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn some<T>(&mut self, from: usize, to: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = from + self.below(to - from + 1);
        (0..count).map(|_| make(self)).collect()
    }

    fn model(&mut self, id: String) -> Model {
        let sentence = |m: &mut Self| m.some(1, 7, Self::word_of_text);
        let title = self.some(1, 3, Self::word_of_text);
        let mut paragraphs = self.some(1, 3, |m| m.some(1, 3, sentence));
        for (sentence, mark) in paragraphs.iter_mut().flatten().zip(MARKS) {
            sentence.push(mark);
        }
        let count = paragraphs.iter().flatten().count();
        let mut quotes: Vec<_> =
            (0..count).filter(|_| self.below(3) == 0).map(|s| (s, None)).collect();
        for quote in &mut quotes {
            quote.1 = self.one(&SPEAKERS);
        }
        let mut countries = self.some(0, 2, |m| m.one(&COUNTRIES));
        countries.dedup();
        Model {
            id,
            title,
            paragraphs,
            quotes,
            language: self.one(&[Some("en"), Some("en"), Some("de"), None]),
            countries,
            license: self.one(&[Some("CC-BY-4.0"), Some("CC-BY-NC-4.0"), Some("CC0-1.0"), None]),
            date: self.one(&[
                Some((2020, 2, Some(29))),
                Some((2020, 7, None)),
                Some((2020, 7, Some(14))),
                Some((2021, 1, Some(1))),
                Some((2021, 6, None)),
                None,
            ]),
            people: self.some(0, 2, |m| m.one(&["Ali Karim", "Karim Vahdat", "Åsa Lind"])),
            agency: self.one(&[None, Some(AGENCIES[0]), Some(AGENCIES[1])]),
            from: self.one(&[None, Some("IR"), Some("SE")]),
        }
    }

    fn word_of_text(&mut self) -> &'static str {
        match self.below(12) {
            0 => self.one(&SPELLED),
            1 => self.one(&JOINED),
            2 => self.one(&CAPITALS),
            _ => self.one(&WORDS),
        }
    }

    fn word(&mut self) -> Word {
        match self.below(12) {
            0..=3 => Word::Stem(self.one(&WORDS)),
            4 => Word::Exact(self.one(&WORDS)),
            5 => Word::Glob(self.one(&GLOBS)),
            6 => Word::Stem(self.one(&SPELLED)),
            7 => Word::Exact(self.one(&SPELLED)),
            8 => Word::Spelled(self.one(&SPELLED), false),
            9 => Word::Spelled(self.one(&CASED), true),
            10 => Word::Fuzzy(self.one(&WORDS), 1 + self.below(2)),
            _ => {
                let (text, accepts) = self.one(&REGEXES);
                Word::Regex(text, accepts)
            }
        }
    }

    /// In quotation marks, words match exactly.
    fn quoted(&mut self) -> Word {
        match self.below(6) {
            0 => Word::Glob(self.one(&GLOBS[..5])),
            1 => Word::Exact(self.one(&SPELLED)),
            _ => Word::Exact(self.one(&WORDS)),
        }
    }

    fn part(&mut self, depth: usize) -> Part {
        match self.below(if depth == 0 { 4 } else { 7 }) {
            0 | 1 => Part::Word(self.word()),
            2 => {
                let (left, right, both) = self.one(&HYPHENATED);
                Part::Hyphenated(left, right, both)
            }
            3 => {
                let slop = self.one(&[None, None, Some(0), Some(2)]);
                Part::Phrase(self.some(2, 3, Self::quoted), slop)
            }
            4 => Part::Or(self.some(2, 3, |m| m.part(depth - 1))),
            _ => Part::Near {
                left: Box::new(self.part(depth - 1)),
                right: Box::new(self.part(depth - 1)),
                within: match self.below(7) {
                    0 => Within::Sentence,
                    1 => Within::Paragraph,
                    2 => Within::Words(1_000_000),
                    _ => Within::Words(1 + self.below(4) as u32),
                },
                ordered: self.below(3) == 0,
                negated: self.below(4) == 0,
            },
        }
    }

    fn field(&mut self) -> Field {
        self.one(&[Field::Title, Field::Lead, Field::Body, Field::Said, Field::Said])
    }

    fn named(&mut self) -> Ask {
        let field = self.one(&["speaker", "speaker", "person", "agency"]);
        let named = match self.below(9) {
            0 => Named::Any,
            1 => Named::Either(self.one(&NAMES), self.one(&NAMES)),
            2 => Named::Phrase(self.one(&PHRASES)),
            3 => Named::Whole(self.one(&PHRASES)),
            4 => Named::Folded(self.one(&PHRASES)),
            _ => Named::Part(self.one(&NAMES)),
        };
        Ask::Name(field, named)
    }

    /// A property of the article other than its text.
    fn fact(&mut self) -> Ask {
        match self.below(6) {
            0 | 1 => {
                let (text, code) = self.one(&WRITTEN);
                Ask::Country(self.one(&["country", "about", "from"]), text, code)
            }
            2 => {
                let (text, is) = self.one(&LICENSES);
                Ask::License(text, is)
            }
            3 => {
                let (text, first, last) = self.one(&DATES);
                Ask::Date(text, first, last)
            }
            4 => {
                let (text, least, most) = self.one(&LENGTHS);
                Ask::Length(text, least, most)
            }
            _ => Ask::Has(self.one(&["title", "country", "about", "from", "license", "date"])),
        }
    }

    /// A query of at most that depth.
    pub(super) fn ask(&mut self, depth: usize) -> Ask {
        match self.below(if depth == 0 { 13 } else { 19 }) {
            0..=4 => Ask::Words(self.part(2)),
            5 => Ask::AtLeast(1 + self.below(3), self.part(1)),
            6..=8 => Ask::In(self.field(), self.some(1, 2, |m| m.part(1))),
            9 => Ask::AtLeastIn(self.field(), 1 + self.below(2), self.part(1)),
            10 => self.named(),
            11 | 12 => self.fact(),
            13 | 14 => Ask::And(self.some(2, 4, |m| m.ask(depth - 1))),
            15 | 16 => Ask::Or(self.some(2, 3, |m| m.ask(depth - 1))),
            17 => Ask::Boost(Box::new(self.ask(depth - 1)), self.one(&["2", "0.5"])),
            _ => Ask::Not(Box::new(self.ask(depth - 1))),
        }
    }
}

/// The same articles each time.
pub(super) fn archive(count: usize) -> Vec<Model> {
    let mut made = Made(7);
    (0..count).map(|n| made.model(format!("a{n:03}"))).collect()
}
