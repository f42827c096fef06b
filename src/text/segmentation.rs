//! The body segmented into paragraphs, sentences and tokens, once for all extractors. Tokens are words as sentences are
//! read, with their inner marks, and the marks between them; [`words`](super::words) are those that are searched, and say why
//! they differ. What the words mean is for the extractors.

use std::ops::Range;

use super::byte_classes::{Block, continues_word};
use super::sentences::sentences;
use super::token::{Shape, Token};
use super::{Boundaries, Span};

/// A body and its tokens; ranges of sentences and paragraphs are token numbers, in order, without overlap.
#[derive(Debug)]
pub struct Text<'a> {
    /// The text.
    pub body: &'a str,
    /// All tokens in order.
    pub tokens: Vec<Token>,
    /// Sentences; each lies in one paragraph.
    pub sentences: Vec<Range<u32>>,
    /// Paragraphs; a headline and a byline line are paragraphs of their own.
    pub paragraphs: Vec<Range<u32>>,
}

impl<'a> Text<'a> {
    /// Segments `body`.
    pub fn new(body: &'a str) -> Self {
        let tokens = tokenize(body);
        let paragraphs = paragraphs(body, &tokens);
        let mut cut = Vec::with_capacity(tokens.len() / 16);
        for paragraph in &paragraphs {
            sentences(body, &tokens, paragraph.clone(), &mut cut);
        }
        Self { body, tokens, sentences: cut, paragraphs }
    }

    /// Where sentences and paragraphs begin.
    pub fn boundaries(&self) -> Boundaries {
        let start = |range: &Range<u32>| self.tokens[range.start as usize].start;
        Boundaries {
            sentences: self.sentences.iter().map(start).collect(),
            paragraphs: self.paragraphs.iter().map(start).collect(),
        }
    }

    /// The words of token `i`.
    pub fn word(&self, i: usize) -> &'a str {
        self.tokens[i].span().of(self.body)
    }

    /// Whether token `i` contains a hyphen.
    pub(crate) fn has_hyphen(&self, i: usize) -> bool {
        self.word(i).as_bytes().contains(&b'-')
    }

    /// Whether token `i` is the first of its line.
    pub fn opens_line(&self, i: usize) -> bool {
        let from = i.checked_sub(1).map_or(0, |before| self.tokens[before].end as usize);
        let gap = &self.body.as_bytes()[from..self.tokens[i].start as usize];
        i == 0 || gap.contains(&b'\n')
    }

    /// The first tokens of the lines with text, in order.
    pub fn line_starts(&self) -> impl Iterator<Item = usize> + '_ {
        let lines = memchr::memchr_iter(b'\n', self.body.as_bytes());
        let starts = std::iter::once(0).chain(lines.map(|end| end + 1));
        let mut last = None;
        starts.filter_map(move |line| {
            let first = self.tokens.partition_point(|token| (token.start as usize) < line);
            let new = first < self.tokens.len() && last != Some(first);
            last = Some(first);
            new.then_some(first)
        })
    }

    /// From the first byte of the first token to the last byte of the last; empty for an empty range.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        match self.tokens.get(tokens) {
            Some([first, .., last]) => Span { start: first.start, end: last.end },
            Some([only]) => only.span(),
            _ => Span { start: 0, end: 0 },
        }
    }
}

/// The words, numbers and marks of `body`. A word keeps inner hyphens, apostrophes and the full stops of abbreviations
/// (`U.S.`, `J.`, `Mr.`); a possessive is a token of its own.
fn tokenize(body: &str) -> Vec<Token> {
    let bytes = body.as_bytes();
    let mut tokens = Vec::with_capacity(body.len() / 4);
    let mut block = Block::of(bytes, 0);
    let mut at = 0;
    let mut spaced = true;
    while let Some(&byte) = bytes.get(at) {
        if byte <= b' ' || byte == 0x7f {
            at += 1;
            spaced = true;
            continue;
        }
        if at >= block.end() {
            block = Block::of(bytes, at);
        }
        if let Some((end, shape)) = plain_word(bytes, at, &block) {
            tokens.push(Token { start: at as u32, end: end as u32, shape, spaced });
            at = end;
            spaced = false;
            continue;
        }
        let c = if byte.is_ascii() { char::from(byte) } else { char_at(body, at) };
        if !byte.is_ascii() && (c.is_whitespace() || c.is_control()) {
            at += c.len_utf8();
            spaced = true;
            continue;
        }
        let end = if c.is_alphanumeric() { word_end(body, at) } else { at + c.len_utf8() };
        push(&mut tokens, body, at, end, spaced);
        at = end;
        spaced = false;
    }
    tokens
}

/// The end and the shape of the word at `start` if, like most, it has only ASCII letters and digits and nothing follows that
/// can belong to it.
fn plain_word(bytes: &[u8], start: usize, block: &Block) -> Option<(usize, Shape)> {
    let end = block.end_of_plain(start).filter(|&end| end > start)?;
    let small = block.small_letters(&(start..end));
    let continues = match bytes.get(end) {
        Some(b'\'' | b'-') => true,
        Some(b'.') => may_be_cut_short(&bytes[start..end], small),
        Some(b',') => bytes.get(end + 1).is_some_and(u8::is_ascii_digit),
        _ => false,
    };
    if continues {
        return None;
    }
    let shape = match small {
        [_, _, true] => Shape::Lower,
        _ if bytes[start].is_ascii_digit() => Shape::Number,
        [true, ..] => Shape::Lower,
        [false, true, _] => Shape::Capital,
        [false, false, _] => Shape::Upper,
    };
    Some((end, shape))
}

/// Whether the full stop behind a plain word can belong to it; `small` is the word's [`Block::small_letters`].
fn may_be_cut_short(word: &[u8], [_, _, all_small]: [bool; 3]) -> bool {
    let longest = if all_small { LONGEST_SMALL_ABBREVIATION } else { LONGEST_ABBREVIATION };
    word.len() <= longest || word.last().is_some_and(u8::is_ascii_digit)
}

/// The character that begins at byte `at`.
fn char_at(body: &str, at: usize) -> char {
    body[at..].chars().next().unwrap_or_default()
}

fn push(tokens: &mut Vec<Token>, body: &str, start: usize, end: usize, spaced: bool) {
    let word = &body[start..end];
    let (start32, end32) = (start as u32, end as u32);
    if let Some(stem) = before_possessive(word) {
        let cut = start32 + stem.len() as u32;
        tokens.push(Token { start: start32, end: cut, shape: shape(stem), spaced });
        tokens.push(Token { start: cut, end: end32, shape: Shape::Clitic, spaced: false });
    } else {
        tokens.push(Token { start: start32, end: end32, shape: shape(word), spaced });
    }
}

/// `Iran` of `Iran's`.
fn before_possessive(word: &str) -> Option<&str> {
    let head = word.strip_suffix(['s', 'S'])?;
    let stem = head.strip_suffix('\'').or_else(|| head.strip_suffix('’'))?;
    (!stem.is_empty()).then_some(stem)
}

/// The end of the word that begins at `start`.
fn word_end(body: &str, start: usize) -> usize {
    let bytes = body.as_bytes();
    let mut end = start;
    loop {
        end += bytes[end..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let Some(&byte) = bytes.get(end) else { break };
        if byte.is_ascii() && !matches!(byte, b'\'' | b'-' | b'.' | b',') {
            break;
        }
        let c = char_at(body, end);
        let next = body[end + c.len_utf8()..].chars().next();
        let joins = match c {
            '\'' | '’' | '-' | '‐' | '‑' => next.is_some_and(char::is_alphanumeric),
            '.' | ',' if next.is_some_and(|n| n.is_ascii_digit()) => {
                body[start..end].ends_with(|p: char| p.is_ascii_digit())
            }
            '.' => is_abbreviation(&body[start..end], next),
            _ => continues_word(c),
        };
        if !joins {
            break;
        }
        end += c.len_utf8();
    }
    end.max(start + char_at(body, start).len_utf8())
}

/// Whether the full stop behind `word` belongs to it: `U.S.`, `J.`, and titles and months before a space.
fn is_abbreviation(word: &str, next: Option<char>) -> bool {
    let last = word.rsplit('.').next().unwrap_or(word);
    let single = last.chars().count() == 1 && last.chars().all(char::is_alphabetic);
    if single && (word.contains('.') || last.chars().all(char::is_uppercase)) {
        return true;
    }
    !word.contains('.')
        && next.is_none_or(char::is_whitespace)
        && word.len() <= LONGEST_ABBREVIATION
        && ABBREVIATIONS.binary_search(&word).is_ok()
}

/// Words whose full stop seldom ends a sentence, sorted by bytes.
const ABBREVIATIONS: &[&str] = &[
    "Adm", "Apr", "Assn", "Aug", "Ave", "Bhd", "Blvd", "Brig", "Bros", "Calif", "Capt", "Cmdr",
    "Col", "Colo", "Conn", "Corp", "Cpl", "Cres", "Dec", "Del", "Dr", "Drs", "Feb", "Fla", "Fr",
    "Ft", "Gen", "Gov", "Hon", "Inc", "Ind", "Jan", "Jr", "Jul", "Jun", "Kan", "Lt", "Ltd", "Maj",
    "Mar", "Mass", "Md", "Messrs", "Mich", "Minn", "Miss", "Mo", "Mont", "Mr", "Mrs", "Ms", "Msgr",
    "Mt", "Neb", "Nev", "No", "Nov", "Oct", "Okla", "Ore", "Pa", "Ph", "Prof", "Pte", "Rep",
    "Reps", "Rev", "Sen", "Sens", "Sep", "Sept", "Sgt", "Sr", "St", "Ste", "Supt", "Tenn", "Tex",
    "Va", "Vt", "Wash", "Wis", "Wyo", "al", "etc", "vs",
];

/// Bytes of the longest of [`ABBREVIATIONS`], and of the longest in lower case.
const LONGEST_ABBREVIATION: usize = 6;
const LONGEST_SMALL_ABBREVIATION: usize = 3;

fn shape(word: &str) -> Shape {
    let Some(first) = word.chars().next() else { return Shape::Mark };
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Shape::Lower;
    }
    if first.is_numeric() {
        return Shape::Number;
    }
    if !first.is_alphabetic() {
        return if is_quote(first) { Shape::Quote } else { Shape::Mark };
    }
    if !first.is_uppercase() {
        let inner = word.split(['-', '\'', '’']).skip(1);
        let named = inner.into_iter().any(|part| part.starts_with(char::is_uppercase));
        return if named { Shape::Capital } else { Shape::Lower };
    }
    let has_small = word.bytes().any(|byte| byte.is_ascii_lowercase())
        || !word.is_ascii() && word.chars().any(char::is_lowercase);
    if has_small { Shape::Capital } else { Shape::Upper }
}

/// Whether it is a double or single quotation mark of any language that is read.
pub fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '`'
            | '´'
    )
}

/// Paragraph ranges: a blank line ends one; so does a line end, unless the text is wrapped at a fixed width.
fn paragraphs(body: &str, tokens: &[Token]) -> Vec<Range<u32>> {
    let wrapped = is_hard_wrapped(body);
    let mut ranges = Vec::new();
    let mut first = 0;
    for i in 1..=tokens.len() {
        let breaks = match tokens.get(i) {
            None => true,
            Some(token) => {
                let gap = &body.as_bytes()[tokens[i - 1].end as usize..token.start as usize];
                !matches!(gap, [] | b" ") && ends_paragraph(gap, wrapped)
            }
        };
        if breaks && first < i {
            ranges.push(first as u32..i as u32);
            first = i;
        }
    }
    ranges
}

/// Whether this white space between two words ends a paragraph.
fn ends_paragraph(gap: &[u8], wrapped: bool) -> bool {
    // Gaps are a byte or two long: a plain loop beats memchr.
    let lines = gap.iter().fold(0, |lines, &byte| lines + u32::from(byte == b'\n'));
    let indented = lines == 1 && (gap.ends_with(b"  ") || gap.ends_with(b"\t"));
    lines > 1 || (lines == 1 && (!wrapped || indented))
}

/// Whether lines are broken at a fixed width (about 60 to 100 characters) rather than at the ends of paragraphs.
fn is_hard_wrapped(body: &str) -> bool {
    let mut full = 0;
    let mut ragged = 0;
    let mut long = 0;
    let ends = memchr::memchr_iter(b'\n', body.as_bytes()).chain([body.len()]);
    let mut lines =
        ends.scan(0, |from, end| Some(&body[std::mem::replace(from, end + 1)..end])).peekable();
    while let Some(line) = lines.next() {
        let line = line.trim_end();
        let followed = lines.peek().is_some_and(|next| !next.trim().is_empty());
        match line.len() {
            0 => {}
            n if n > 110 => long += 1,
            n if n >= 45 && followed && !line.ends_with(['.', '?', '!', '"', '”', ':']) => {
                full += 1;
            }
            _ if followed => ragged += 1,
            _ => {}
        }
    }
    full >= 3 && full > 2 * long && full > ragged
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_abbreviation_is_longer_than_the_longest() {
        let longest = ABBREVIATIONS.iter().map(|word| word.len()).max();
        assert_eq!(longest, Some(LONGEST_ABBREVIATION));
        let small = |word: &&&str| word.starts_with(|c: char| c.is_ascii_lowercase());
        let longest = ABBREVIATIONS.iter().filter(small).map(|word| word.len()).max();
        assert_eq!(longest, Some(LONGEST_SMALL_ABBREVIATION));
    }

    proptest! {
        #[test]
        fn plain_words_are_as_all_others(body in "([a-zA-Z0-9]{0,70}|[ .,'’é\n-]|\\PC){0,40}") {
            let mut at = 0;
            for token in tokenize(&body) {
                let word = token.span().of(&body);
                let start = token.start as usize;
                prop_assert!(start >= at);
                if token.shape != Shape::Clitic && !body[token.end as usize..].starts_with(['\'', '’']) {
                    prop_assert_eq!(token.shape, shape(word));
                    if word.starts_with(char::is_alphanumeric) {
                        prop_assert_eq!(token.end as usize, word_end(&body, start));
                    }
                }
                at = token.end as usize;
            }
        }
    }

    fn words(body: &str) -> Vec<&str> {
        let text = Text::new(body);
        (0..text.tokens.len()).map(|i| text.word(i)).collect()
    }

    #[test]
    fn words_keep_their_inner_marks() {
        assert_eq!(
            words("Iran’s O'Brien al-Sadr said U.S. troops left J. Doe."),
            [
                "Iran", "’s", "O'Brien", "al-Sadr", "said", "U.S.", "troops", "left", "J.", "Doe",
                "."
            ]
        );
        assert_eq!(shape("al-Sadr"), Shape::Capital);
        assert_eq!(shape("e-mail"), Shape::Lower);
        assert_eq!(words("5,000 at 3.5%, 27"), ["5,000", "at", "3.5", "%", ",", "27"]);
    }
}
