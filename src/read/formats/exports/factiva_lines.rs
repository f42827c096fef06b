//! Text of Factiva without codes: headline, writer, `120 words`, date, paper, code of the paper, language, rights, text,
//! `Document HARB000020190701ef7100001`.

use super::{LineEnds, date_line, is_copyright};
use crate::read::draft::Draft;
use crate::read::language;
use crate::read::limits::MAX_ARTICLES;

/// Lines with text between the number of words and the text.
const MOST_HEADER_LINES: usize = 14;

/// Whether a text, or the beginning of one, is a download of Factiva without codes.
pub(super) fn is_download(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    places_of_counts(&lines).next().is_some_and(|count| {
        let header = lines[count + 1..].iter().filter(|line| !line.trim().is_empty());
        let mut header = header.take(MOST_HEADER_LINES);
        header.any(|line| is_rights(line) || language::named(line).is_some())
    })
}

/// Where a number of words stands above a date.
fn places_of_counts<'l>(lines: &'l [&str]) -> impl Iterator<Item = usize> + 'l {
    (0..lines.len()).filter(|&at| {
        is_word_count(lines[at]) && {
            let next = lines[at + 1..].iter().take(3).find(|line| !line.trim().is_empty());
            next.is_some_and(|line| date_line(line).is_some())
        }
    })
}

/// Whether a line is a number of words: `1,204 words`, `95 mots`.
fn is_word_count(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "words",
        "word",
        "mots",
        "mot",
        "wörter",
        "worte",
        "wort",
        "palabras",
        "palavras",
        "parole",
        "woorden",
        "ord",
        "słów",
        "słowa",
        "слов",
        "слова",
        "字",
        "語",
    ];
    let Some((number, word)) = line.trim().split_once(char::is_whitespace) else { return false };
    number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '\u{a0}'))
        && WORDS.contains(&word.trim().to_lowercase().as_str())
}

/// The number of an article in the line below it: `Document HARB000020190701ef7100001`.
pub(super) fn accession_number(line: &str) -> Option<&str> {
    let (word, number) = line.trim().split_once(char::is_whitespace)?;
    let number = number.trim();
    let is_number = (8..=40).contains(&number.len())
        && number.starts_with(|c: char| c.is_ascii_uppercase())
        && number.bytes().all(|b| b.is_ascii_alphanumeric())
        && number.bytes().filter(u8::is_ascii_digit).count() >= 5;
    (is_number && matches!(word, "Document" | "Documento" | "Dokument" | "Документ"))
        .then_some(number)
}

/// The articles of a download.
pub(super) fn drafts(lines: &[&str], line_ends: LineEnds) -> Vec<Draft> {
    let counts: Vec<usize> = places_of_counts(lines).take(MAX_ARTICLES).collect();
    let mut found = Vec::with_capacity(counts.len());
    let mut floor = 0;
    for (number, &count) in counts.iter().enumerate() {
        let next = counts.get(number + 1).copied().unwrap_or(lines.len());
        let below = count + 1..next;
        let closing = below.clone().find(|at| accession_number(lines[*at]).is_some());
        let end = closing.unwrap_or_else(|| match counts.get(number + 1) {
            Some(_) => head_start(lines, count + 1, next),
            None => next,
        });
        let mut draft = Draft::default();
        read_head(&lines[head_start(lines, floor, count)..count], &mut draft);
        let text = read_header(&lines[count + 1..end], &mut draft);
        draft.body(line_ends.paragraphs(text.join("\n").trim().to_owned()));
        if let Some(number) = closing.and_then(|at| accession_number(lines[at])) {
            draft.id(number);
        }
        found.push(draft);
        floor = closing.map_or(end, |at| at + 1);
    }
    found.retain(Draft::has_any);
    found
}

/// Where the headline above the number of words begins: at most three blocks above it, and not above `floor`.
fn head_start(lines: &[&str], floor: usize, count: usize) -> usize {
    const MOST_BLOCKS: usize = 3;
    let (mut blocks, mut start) = (0, count);
    for at in (floor..count).rev() {
        let is_blank = lines[at].trim().is_empty();
        let opens_block = !is_blank && (at + 1 == count || lines[at + 1].trim().is_empty());
        blocks += usize::from(opens_block);
        if blocks > MOST_BLOCKS {
            break;
        }
        if !is_blank {
            start = at;
        }
    }
    start
}

/// Reads section, headline and writer, of which only the headline is always there.
fn read_head(lines: &[&str], draft: &mut Draft) {
    let blocks: Vec<Vec<&str>> = lines
        .split(|line| line.trim().is_empty())
        .filter(|block| !block.is_empty())
        .map(|block| block.iter().map(|line| line.trim()).collect())
        .collect();
    let Some((last, above)) = blocks.split_last() else { return };
    let (lowest, upper) = (last[last.len() - 1], &last[..last.len() - 1]);
    let is_writer = match (upper, above.last()) {
        ([], None) => false,
        ([], Some(block)) => {
            names_writer(lowest) || is_shorter_than_title(lowest, &block.join(" "))
        }
        _ => names_writer(lowest),
    };
    let (title, above) = match (is_writer, upper, above.split_last()) {
        (false, _, _) => (&last[..], above),
        (true, [], Some((block, above))) => (&block[..], above),
        (true, _, _) => (upper, above),
    };
    let (sections, title) = title.split_at(lines_of_sections(title));
    if is_writer {
        draft.byline("byline", lowest);
    }
    let sections = above.iter().flatten().chain(sections);
    sections.for_each(|section| draft.section(section));
    draft.title("headline", &title.join(" "));
}

/// The number of lines above a headline in several lines that are no part of it, for its next word would have fitted on them.
fn lines_of_sections(lines: &[&str]) -> usize {
    let width = lines.iter().map(|line| line.len()).max().unwrap_or(0);
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let is_section = |(line, next): &(&&str, &&str)| {
        let word = next.split_whitespace().next().unwrap_or_default();
        line.len() + 1 + word.len() < width
    };
    pairs.take_while(is_section).count()
}

/// Whether a line names writers.
fn names_writer(line: &str) -> bool {
    has_by(line) || is_name(line)
}

/// Whether a line below another is the shorter one, which is no section but a headline.
fn is_shorter_than_title(line: &str, above: &str) -> bool {
    const FEWEST_WORDS: usize = 4;
    line.len() < above.len() && above.split_whitespace().count() >= FEWEST_WORDS
}

/// Whether a line begins as one that names a writer.
pub(super) fn has_by(line: &str) -> bool {
    const WORDS: &[&str] = &["by ", "von ", "par ", "door ", "por ", "di ", "av ", "af "];
    let lower = line.to_lowercase();
    WORDS.iter().any(|word| lower.starts_with(word))
}

/// Whether a line is two to four words with capitals, perhaps several such names in a list.
fn is_name(line: &str) -> bool {
    let is_capitalised = |word: &str| word.starts_with(char::is_uppercase);
    let is_link = |word: &str| matches!(word, "de" | "van" | "von" | "der" | "den" | "la" | "di");
    let one = |name: &str| {
        let words: Vec<&str> = name.split_whitespace().collect();
        (2..=4).contains(&words.len())
            && words.iter().all(|word| is_capitalised(word) || is_link(word))
    };
    line.len() <= 80
        && !line.contains(|c: char| c.is_ascii_digit() || matches!(c, '?' | '!' | ':' | '"' | '“'))
        && line.split([',', ';']).flat_map(|part| part.split(" and ")).all(one)
}

/// Reads the lines between the number of words and the text. Returns the lines of the text.
fn read_header<'l, 't>(lines: &'l [&'t str], draft: &mut Draft) -> &'l [&'t str] {
    /// A longer line, in bytes, is text.
    const LONGEST: usize = 120;
    let (mut has_paper, mut seen) = (false, 0);
    for (at, line) in lines.iter().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        seen += 1;
        if is_rights(line) {
            draft.rights("copyright", line);
            return behind_rights(&lines[at + 1..]);
        }
        if seen > MOST_HEADER_LINES || line.len() > LONGEST {
            return &lines[at..];
        }
        if draft.article.published.is_none() && date_line(line).is_some() {
            draft.date("date", line);
        } else if let Some(code) = language::named(line) {
            draft.language("language", code);
        } else if !has_paper && !is_time(line) && !is_code(line) {
            has_paper = true;
            draft.publisher("source", line);
        }
    }
    &[]
}

/// The lines behind those that go on with a notice of rights.
fn behind_rights<'l, 't>(lines: &'l [&'t str]) -> &'l [&'t str] {
    let goes_on = |line: &&&str| {
        let lower = line.trim().to_lowercase();
        lower.starts_with("all rights reserved") || is_copyright(line.trim())
    };
    &lines[lines.iter().take_while(goes_on).count()..]
}

fn is_rights(line: &str) -> bool {
    let line = line.trim();
    is_copyright(line)
        || line.starts_with("(C)")
        || line.to_lowercase().starts_with("all rights reserved")
}

/// Whether a line is a time of day: `08:00 AM`, `14:05 GMT`.
fn is_time(line: &str) -> bool {
    let Some((hour, rest)) = line.split_once(':') else { return false };
    hour.parse::<u8>().is_ok_and(|hour| hour < 25)
        && rest.get(..2).is_some_and(|minute| minute.parse::<u8>().is_ok())
        && line.len() < 20
}

/// Whether a line is the code of a paper, an edition or a page.
fn is_code(line: &str) -> bool {
    line.len() <= 10
        && line.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
}
