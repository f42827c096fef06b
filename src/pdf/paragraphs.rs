//! From blocks in reading order to paragraphs: lines are joined, words that are broken over lines, columns and pages are whole
//! again, and text that a caption or a box interrupts goes on.

use rustc_hash::FxHashMap;

use super::blocks::Block;
use super::lines::{self, Line};

/// A paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// The size of its font.
    pub(super) size: f32,
    pub(super) is_bold: bool,
    /// Whether its last line reaches as far as the others of its block, so that it may go on elsewhere.
    is_full: bool,
    lines: usize,
}

/// Text that goes on with a small letter is longer, in characters.
const SHORT: usize = 30;

/// Text that goes on with any other is longer.
const LONG: usize = 100;

/// Interrupted text goes on at most so many paragraphs later.
const MOST_BETWEEN: usize = 4;

/// The words of a document, with how often they occur, by which broken words are made whole.
#[derive(Debug, Default)]
pub(super) struct Vocabulary(FxHashMap<String, usize>);

impl Vocabulary {
    pub(super) fn of<'b>(blocks: impl Iterator<Item = &'b Block>) -> Self {
        let mut words: FxHashMap<String, usize> = FxHashMap::default();
        for line in blocks.flat_map(|block| &block.lines) {
            for word in line.text.split_whitespace() {
                *words.entry(bare(word)).or_default() += 1;
            }
        }
        Self(words)
    }

    /// Whether a word that is broken behind its hyphen has it elsewhere, too: `well-` and `known`.
    fn has_hyphen(&self, first: &str, rest: &str) -> bool {
        let count = |word: String| self.0.get(&word).copied().unwrap_or(0);
        let (first, rest) = (bare(first.trim_end_matches(is_hyphen)), bare(rest));
        count(format!("{first}-{rest}")) > count(format!("{first}{rest}"))
    }
}

/// A word without the punctuation around it, in lower case.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// The paragraphs of blocks that are read one after the other.
pub(super) fn paragraphs<'b>(
    blocks: impl Iterator<Item = &'b Block>,
    vocabulary: &Vocabulary,
) -> Vec<Paragraph> {
    let mut all: Vec<Paragraph> = Vec::new();
    for block in blocks {
        let mut of_block = of_block(block, vocabulary).into_iter();
        if let Some(first) = of_block.next() {
            match interrupted(&all, &first, block) {
                Some(at) => {
                    push_line(&mut all[at].text, &first.text, vocabulary);
                    all[at].is_full = first.is_full;
                }
                None => all.push(first),
            }
        }
        all.extend(of_block);
    }
    all
}

/// The paragraph that `first`, the first one of a block, goes on with.
fn interrupted(all: &[Paragraph], first: &Paragraph, block: &Block) -> Option<usize> {
    let is_same = |before: &Paragraph| {
        (0.96..=1.04).contains(&(first.size / before.size)) && before.is_bold == first.is_bold
    };
    let nearest =
        all.iter().enumerate().rev().take(MOST_BETWEEN).find(|(_, before)| is_same(before));
    let (at, before) = nearest?;
    let begins_small =
        first.text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    let is_broken = before.text.ends_with(is_hyphen) && begins_small;
    let is_open = !ends_sentence(&before.text) && (before.is_full || begins_small);
    let is_next = at + 1 == all.len() && before.lines > 1 && !is_indented(block);
    // A name may open the next column; lines of an address are no text that goes on.
    let least = if begins_small { SHORT } else { LONG };
    let is_text = before.text.chars().count() > least;
    (is_broken || is_open && is_text && (begins_small || is_next)).then_some(at)
}

/// Whether the first line of a block is indented.
fn is_indented(block: &Block) -> bool {
    block.lines.len() > 1 && block.lines[0].left > block.left + block.size * 0.6
}

/// The lines of a block by paragraphs.
pub(super) fn split(block: &Block) -> Vec<&[Line]> {
    let leading =
        lines::median(block.lines.windows(2).map(|two| two[1].baseline - two[0].baseline));
    let leading = leading.unwrap_or(block.size * 1.2);
    block.lines.chunk_by(|before, line| !begins_paragraph(block, before, line, leading)).collect()
}

fn of_block(block: &Block, vocabulary: &Vocabulary) -> Vec<Paragraph> {
    let paragraph = |lines: &[Line]| {
        let mut text = String::new();
        for line in lines {
            push_line(&mut text, &line.text, vocabulary);
        }
        let (first, last) = (&lines[0], &lines[lines.len() - 1]);
        let is_full = reach(last, block) < block.size * 1.5;
        Paragraph { text, size: first.size, is_bold: first.is_bold, is_full, lines: lines.len() }
    };
    split(block).into_iter().map(paragraph).collect()
}

/// How much of the column a line leaves free at its end.
fn reach(line: &Line, block: &Block) -> f32 {
    if line.is_rtl { line.left - block.left } else { block.right - line.right }
}

/// How far a line begins inside of its column.
fn indent(line: &Line, block: &Block) -> f32 {
    if line.is_rtl { block.right - line.right } else { line.left - block.left }
}

/// Whether a paragraph begins with `line`: it stands apart, it is indented, or the line before it ends early.
fn begins_paragraph(block: &Block, before: &Line, line: &Line, leading: f32) -> bool {
    let size = block.size;
    let distance = line.baseline - before.baseline;
    let is_apart = distance > leading * 1.25 && distance > leading + size * 0.2;
    let more = indent(line, block) - indent(before, block);
    let is_centred = indent(before, block) > size * 0.6
        && (indent(before, block) - reach(before, block)).abs() < size;
    let is_indented = more > size * 0.6 && more < size * 6.0 && !is_centred;
    let is_hanging = more < size * -0.6 && is_item(&line.text);
    let first = line.text.split_whitespace().next().unwrap_or_default();
    let needed = first.chars().count() as f32 * size * 0.5 + size * 1.5;
    let ends_early = reach(before, block) > needed.max(size * 3.0) && !is_centred;
    let is_early_end = ends_early
        && (ends_sentence(&before.text) || reach(before, block) > (block.right - block.left) * 0.4);
    is_apart
        || is_indented
        || is_hanging
        || is_early_end
        || is_item(&line.text) && ends_sentence(&before.text)
}

/// Whether a line begins with the mark of a list.
fn is_item(text: &str) -> bool {
    text.starts_with(['•', '▪', '■', '●', '◦', '‣', '*'])
        || text.starts_with("- ")
        || text.starts_with("– ")
}

fn ends_sentence(text: &str) -> bool {
    let text =
        text.trim_end_matches(['"', '”', '“', '’', '\'', '»', '«', '›', ')', ']', '」', '』']);
    text.ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '؟', '۔', '।'])
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{ad}' | '\u{2010}' | '¬')
}

/// Adds a line to a text. A word that is broken at the end of the text is made whole.
fn push_line(text: &mut String, line: &str, vocabulary: &Vocabulary) {
    let last = text.chars().next_back();
    let letter_before =
        text.trim_end_matches(is_hyphen).chars().next_back().is_some_and(char::is_alphabetic);
    let first = line.chars().next();
    let begins_small = first.is_some_and(char::is_lowercase);
    match last {
        Some(c @ ('\u{ad}' | '¬')) if letter_before => text.truncate(text.len() - c.len_utf8()),
        Some(c) if is_hyphen(c) && letter_before => {
            let word = text.split_whitespace().next_back().unwrap_or_default();
            let rest = line.split_whitespace().next().unwrap_or_default();
            let is_compound = !begins_small || vocabulary.has_hyphen(word, rest) || is_list(line);
            if is_list(line) {
                text.push(' ');
            } else if !is_compound {
                text.truncate(text.len() - c.len_utf8());
            }
        }
        Some(c) if !(is_wide(c) && first.is_some_and(is_wide)) => text.push(' '),
        _ => {}
    }
    text.push_str(line);
}

/// Whether a hyphen before `line` stands for the second part of a word that follows: `Hafen- und Bahnhof`.
fn is_list(line: &str) -> bool {
    matches!(
        line.split_whitespace().next(),
        Some("und" | "oder" | "and" | "or" | "en" | "of" | "och" | "og" | "bzw." | "sowie")
    )
}

/// Whether a character is of a script without spaces between words.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::super::blocks;
    use super::*;

    /// Lines from the top of a column of 100 points; each begins at its number and ends at the second one.
    fn column(left: f32, lines: &[(f32, f32, &str)]) -> Vec<Line> {
        let line = |(at, (from, to, text)): (usize, &(f32, f32, &str))| Line {
            text: (*text).to_owned(),
            left: left + from,
            right: left + to,
            baseline: 12.0 * (at as f32 + 1.0),
            size: 10.0,
            ..Line::default()
        };
        lines.iter().enumerate().map(line).collect()
    }

    fn read(lines: Vec<Line>) -> Vec<String> {
        let blocks = blocks::blocks(lines);
        let vocabulary = Vocabulary::of(blocks.iter());
        paragraphs(blocks.iter(), &vocabulary).into_iter().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn indented_and_short_lines_part_paragraphs() {
        let lines = [
            (10.0, 100.0, "The river rose on Mon-"),
            (0.0, 100.0, "day after a week of"),
            (0.0, 40.0, "rain."),
            (10.0, 100.0, "It fell on the well-"),
            (0.0, 100.0, "known bank on Tues-"),
            (0.0, 100.0, "day, a well-known day"),
            (0.0, 30.0, "of rest."),
            (0.0, 100.0, "Nobody was hurt then"),
        ];
        assert_eq!(
            read(column(0.0, &lines)),
            [
                "The river rose on Monday after a week of rain.",
                "It fell on the well-known bank on Tuesday, a well-known day of rest.",
                "Nobody was hurt then"
            ]
        );
    }

    #[test]
    fn text_goes_on_in_the_next_column() {
        let left = column(
            0.0,
            &[
                (0.0, 100.0, "The council of the harbour de-"),
                (0.0, 100.0, "cided that the bridge is to"),
            ],
        );
        let right =
            column(120.0, &[(0.0, 100.0, "be opened in spring, said"), (0.0, 60.0, "the mayor.")]);
        let text = "The council of the harbour decided that the bridge is to be opened in spring, said the mayor.";
        assert_eq!(read([left, right].concat()), [text]);
    }

    #[test]
    fn a_finished_column_is_a_paragraph_of_its_own() {
        let left = column(
            0.0,
            &[(0.0, 100.0, "The council of the harbour de-"), (0.0, 60.0, "cided so.")],
        );
        let right = column(120.0, &[(0.0, 100.0, "Bread costs more than it"), (0.0, 60.0, "did.")]);
        assert_eq!(read([left, right].concat()).len(), 2);
    }

    #[test]
    fn hyphens_of_lists_and_names_stay() {
        let vocabulary = Vocabulary::default();
        let joined = |first: &str, next: &str| {
            let mut text = first.to_owned();
            push_line(&mut text, next, &vocabulary);
            text
        };
        assert_eq!(joined("die Hafen-", "und Bahnhöfe"), "die Hafen- und Bahnhöfe");
        assert_eq!(joined("Baden-", "Baden liegt"), "Baden-Baden liegt");
        assert_eq!(joined("the con\u{ad}", "Gress"), "the conGress");
        assert_eq!(joined("от-", "крыли мост"), "открыли мост");
        assert_eq!(joined("2020-", "2025"), "2020- 2025");
        assert_eq!(joined("旧桥将于春", "季开放"), "旧桥将于春季开放");
    }
}
