//! Neighbouring words that may be written as one: those that a hyphen joins (`e-mail` is `email` too), the parts of a word that
//! a line end breaks (`corpora-` above `tion`), and the groups of digits of one number (`1,000` is `1000`, `012.345.678-9` is
//! `0123456789`).
//!
//! Each run of two to four words with hyphens between them counts: `co-operative-led` is `cooperative led` and `co
//! operativeled` too. Digits are joined if they are the thousands of a number, or if there are three groups or more of them as
//! in the numbers of documents, accounts and telephones. Decimals (`3.5`) and scores (`3-1`) are not.

use std::ops::Range;

use super::words::MAX_WORD;

/// Most words that hyphens join to one.
const MAX_PARTS: usize = 4;
/// Longest word in bytes that is joined to a number before it.
const MAX_UNIT: usize = 2;
/// Most groups of digits of one number.
const MAX_GROUPS: usize = 12;
/// Fewest groups and digits of a number that is no amount.
const MIN_GROUPS: usize = 3;
const MIN_DIGITS: usize = 7;

/// Marks that break a word at the end of a line.
pub(crate) const BREAKING_MARKS: &[char] = &['-', '‐', '‑', '\u{ad}', '¬', '=', '⸗'];

/// What stands between two words that may be one.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Link {
    /// A hyphen within a line, or one that breaks a word at the end of it.
    Hyphen,
    /// Between two groups of digits.
    Digits(char),
}

/// Words with nothing but a [`Link`] between any two neighbours, as they come in a text.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    words: Vec<Range<usize>>,
    links: Vec<Link>,
}

impl Chain {
    /// Goes on to the next word of `text`. If it is not linked to the chain, that has ended: the chain begins anew with it, and
    /// `each` is called for the [runs](Self::end) of the words before.
    pub(crate) fn add(
        &mut self,
        text: &str,
        word: Range<usize>,
        each: impl FnMut(Range<usize>, &[Range<usize>]),
    ) {
        match self.words.last().and_then(|last| link(text, last.clone(), &word)) {
            Some(link) => self.links.push(link),
            None => self.end(text, each),
        }
        self.words.push(word);
    }

    /// Ends the chain. Calls `each` for every run of its words that may be one word, in order: which of the words of the chain
    /// they are, and the words themselves.
    pub(crate) fn end(&mut self, text: &str, mut each: impl FnMut(Range<usize>, &[Range<usize>])) {
        if !self.links.is_empty() {
            for run in self.runs(text) {
                each(run.clone(), &self.words[run]);
            }
            self.links.clear();
        }
        self.words.clear();
    }

    /// The number of words so far.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    fn runs(&self, text: &str) -> Vec<Range<usize>> {
        let mut runs = self.hyphenated(text);
        let mut first = 0;
        while first < self.words.len() {
            let is_digits = |link: &&Link| matches!(link, Link::Digits(_));
            let groups = 1 + self.links[first..].iter().take_while(is_digits).count();
            runs.extend(self.numbers(text, first..first + groups));
            first += groups;
        }
        runs.retain(|run| {
            self.words[run.clone()].iter().map(Range::len).sum::<usize>() <= MAX_WORD
        });
        runs.sort_unstable_by_key(|run| (run.start, run.end));
        runs.dedup();
        runs
    }

    /// The runs of words with hyphens alone between them.
    fn hyphenated(&self, text: &str) -> Vec<Range<usize>> {
        let mut runs = Vec::new();
        for first in 0..self.links.len() {
            let hyphens = self.links[first..].iter().take_while(|link| **link == Link::Hyphen);
            let parts = 1 + hyphens.count().min(MAX_PARTS - 1);
            let runs_here = (2..=parts).map(|parts| first..first + parts);
            runs.extend(runs_here.filter(|run| !self.is_measure(text, run.start)));
        }
        runs
    }

    /// Whether a word is a number with a unit or a noun behind it (`12-year`, `19th-century`), which nobody writes as one word;
    /// `3-D` is none.
    fn is_measure(&self, text: &str, word: usize) -> bool {
        let begins_with_digit = text.as_bytes()[self.words[word].start].is_ascii_digit();
        begins_with_digit && self.words[word + 1].len() > MAX_UNIT
    }

    /// The numbers in groups of digits.
    fn numbers(&self, text: &str, groups: Range<usize>) -> Vec<Range<usize>> {
        let digits = |group: usize| &text[self.words[group].clone()];
        let mut numbers = Vec::new();
        let mut first = groups.start;
        while first < groups.end {
            // The groups from `first` on with the same mark between any two.
            let mark = self.links.get(first);
            let alike =
                self.links[first..groups.end - 1].iter().take_while(|link| Some(*link) == mark);
            let last = first + alike.count();
            let is_free = first == groups.start || !self.is_thousands_mark(first - 1);
            let has_thousands = (first + 1..=last).all(|group| digits(group).len() == 3);
            let opens = digits(first).len() <= 3 && !digits(first).starts_with('0');
            if last > first && self.is_thousands_mark(first) && is_free && opens && has_thousands {
                numbers.push(first..last + 1);
            }
            first = last.max(first + 1);
        }
        let marks = groups.start..groups.end - 1;
        let is_id = marks.clone().all(|link| self.is_id_mark(link))
            && (MIN_GROUPS..=MAX_GROUPS).contains(&groups.len())
            && groups.clone().map(|group| digits(group).len()).sum::<usize>() >= MIN_DIGITS;
        if is_id {
            numbers.push(groups);
        }
        numbers.retain(|number| number.len() <= MAX_GROUPS);
        numbers
    }

    /// Whether the link with this number can part the thousands of a number.
    fn is_thousands_mark(&self, link: usize) -> bool {
        let marks = [',', '.', '\'', '’', '\u{a0}', '\u{202f}', '\u{2009}'];
        matches!(self.links.get(link), Some(Link::Digits(mark)) if marks.contains(mark))
    }

    /// Whether it can part the groups of the number of a document.
    fn is_id_mark(&self, link: usize) -> bool {
        matches!(self.links.get(link), Some(Link::Digits('.' | '-' | '/')))
    }
}

/// What links two neighbouring words, if it can make them one.
fn link(text: &str, before: Range<usize>, word: &Range<usize>) -> Option<Link> {
    let bytes = text.as_bytes();
    if bytes.get(before.end) == Some(&b' ') {
        return None;
    }
    let between = text.get(before.end..word.start)?;
    let mut marks = between.chars();
    let (mark, None) = (marks.next()?, marks.next()) else {
        return breaks_word(between).then_some(Link::Hyphen);
    };
    let is_number = |word: &[u8]| word.iter().all(u8::is_ascii_digit);
    let are_numbers = || is_number(&bytes[before.clone()]) && is_number(&bytes[word.clone()]);
    match mark {
        '-' | '‐' | '‑' if are_numbers() => Some(Link::Digits('-')),
        '-' | '‐' | '‑' | '\u{ad}' => Some(Link::Hyphen),
        ',' | '.' | '\'' | '’' | '/' | '\u{a0}' | '\u{202f}' | '\u{2009}' if are_numbers() => {
            Some(Link::Digits(mark))
        }
        _ => None,
    }
}

/// Whether what stands between two words is the mark of a broken word and one line end: a hyphen, or what OCR reads in its place
/// (`¬`, `=`).
fn breaks_word(between: &str) -> bool {
    let Some(gap) = between.strip_prefix(BREAKING_MARKS) else { return false };
    gap.bytes().filter(|byte| *byte == b'\n').count() == 1
        && gap.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// The runs of `words` (byte ranges of a text) that may be one word, as numbers of the words.
pub fn joined(text: &str, words: &[Range<usize>]) -> Vec<Range<usize>> {
    let (mut chain, mut first) = (Chain::default(), 0);
    let mut runs = Vec::new();
    for (at, word) in words.iter().enumerate() {
        chain.add(text, word.clone(), |run, _| runs.push(first + run.start..first + run.end));
        if chain.len() == 1 {
            first = at;
        }
    }
    chain.end(text, |run, _| runs.push(first + run.start..first + run.end));
    runs
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let all: Vec<_> = words(text).collect();
        let runs = joined(text, &all).into_iter();
        let found: Vec<_> = runs
            .map(|run| all[run].iter().map(|word| &text[word.clone()]).collect::<String>())
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn hyphens_join() {
        check("by e-mail, not tele\u{ad}fax or on ‑ line", &["email", "telefax"]);
        check("Covid-19 and F‑16s", &["Covid19", "F16s"]);
        check("a co-op-led bid", &["coop", "coopled", "opled"]);
        check("a 12-year wait in 3-D", &["3D"]);
        check("- dash -- and – dash", &[]);
    }

    #[test]
    fn words_broken_at_line_ends_are_joined() {
        check("the corpora-\ntion and its re-\r\n  lief", &["corporation", "relief"]);
        check(
            "quinn¬\ntal, Durch\u{ad}\nmesser, Haupt=\nmann",
            &["quinntal", "Durchmesser", "Hauptmann"],
        );
        check("elec-\ntioneer-\ning", &["electioneer", "electioneering", "tioneering"]);
        check("the twenty-five, the twenty-\nfive", &["twentyfive"; 2]);
        check("he said -\nthen -\n\nrain-\n\nfell a=b 1 =\n2", &[]);
    }

    #[test]
    fn digits_are_joined_in_amounts_and_numbers_of_documents() {
        check("1,000 or 1.000 or 1\u{202f}000 or 1'000", &["1000"; 4]);
        check("12,345,678.90", &["12345678"]);
        check("1,0000 0,123 1234,567 3.5 3-1 1,2", &[]);
        check("500-1,000", &["1000"]);
        check("no. 012.345.678-9", &["0123456789"]);
        check("2019-05-03, 1.2.3, 555-123-4567", &["20190503", "5551234567"]);
        check("1.234.567", &["1234567"]);
        check("1, 000 1 000", &[]);
    }
}
