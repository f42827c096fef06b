//! What stands below the text: `(Reporting by …; Editing by …)`, `— Jane Doe`, and the initials of the desk (`EE/PA`).

use super::names::{self, span};
use crate::article::Span;
use crate::tables::agencies;

/// Lines from the end that are looked at.
const LINES: usize = 8;

/// Initials are no longer, in bytes.
const INITIALS: usize = 16;

/// A name that signs the text is no longer, in bytes.
const SIGNATURE: usize = 44;

/// Initials within the last paragraph stand so near its end, in bytes.
const TAIL: usize = 400;

/// The last lines with text, from the end.
fn last_lines(body: &str) -> impl Iterator<Item = &str> {
    body.lines().rev().map(str::trim).filter(|line| !line.is_empty()).take(LINES)
}

/// Reporters named in the credits, or a name that signs the text.
pub(super) fn names(body: &str) -> Vec<Span> {
    let lines: Vec<&str> = last_lines(body).collect();
    for (i, line) in lines.iter().enumerate() {
        let names = reporters(body, line);
        if !names.is_empty() {
            return names;
        }
        if let Some(name) = signed(line).or_else(|| (i == 0).then(|| bare(line))?)
            && lines.get(i + 1).is_some_and(|above| ends_sentence(above))
        {
            return vec![span(body, name)];
        }
    }
    Vec::new()
}

/// `(Reporting by A in B and C; Additional reporting by D; Editing by E)` without the editors: a line of its own, or
/// the last bracket of one.
fn reporters(body: &str, line: &str) -> Vec<Span> {
    const LEADS: &[&str] = &["Reporting by ", "reporting by ", "Written by ", "Writing by "];
    const OPENING: usize = 40;
    let closed = line.ends_with(')') || line.ends_with(").");
    if !closed && !LEADS.iter().chain(&["(", "Additional "]).any(|lead| line.starts_with(lead)) {
        return Vec::new();
    }
    let bracket = line.bytes().rposition(|byte| byte == b'(').filter(|_| closed);
    let line = &line[bracket.unwrap_or(0)..];
    let opens = |lead: &&&str| line.find(**lead).is_some_and(|at| at < OPENING);
    if !line.contains("by ") || !LEADS.iter().any(|lead| opens(&lead)) {
        return Vec::new();
    }
    line.split([';', ')'])
        .filter_map(|part| {
            LEADS.iter().find_map(|lead| part.split_once(lead)).map(|(_, names)| names)
        })
        .flat_map(|part| names::list(body, part))
        .collect()
}

/// `— Jane Doe` on a line of its own.
fn signed(line: &str) -> Option<&str> {
    let name = line.trim_start_matches(['-', '–', '—', '_', ' ']);
    let dashed = name.len() < line.len();
    let name = name.strip_prefix("By ").unwrap_or(name);
    (dashed && line.len() <= SIGNATURE && names::is_name(name)).then_some(name)
}

/// `J. Doe` as the very last line: an initial tells the name from a heading or a place.
fn bare(line: &str) -> Option<&str> {
    let initial = line.split(' ').next().is_some_and(|word| {
        word.ends_with('.') && word.chars().filter(|c| c.is_uppercase()).count() == 1
    });
    (initial && line.len() <= SIGNATURE && names::is_name(line)).then_some(line)
}

/// Initials of the desk: on a line of their own below the last sentence, or right behind it.
pub(super) fn desk(body: &str) -> Option<Span> {
    let lines: Vec<&str> = last_lines(body).collect();
    lines
        .windows(2)
        .find(|pair| {
            (is_initials(pair[0]) || is_lone_initials(pair[0]) || is_sigla(pair[0]))
                && ends_sentence(pair[1])
        })
        .map(|pair| span(body, pair[0]))
        .or_else(|| within_tail(body))
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '"', '”', '’', '!', '?', ')', '»', '…', '*'])
}

/// `EE/PA`, `MNA/5890`, `jd/ab/cd`: short groups with strokes between, the first of letters.
fn is_initials(line: &str) -> bool {
    if line.len() > INITIALS || !line.contains('/') {
        return false;
    }
    let mut groups = line.split('/');
    let first = groups.next().unwrap_or_default();
    let letters = |group: &str| group.bytes().all(|b| b.is_ascii_alphabetic());
    let figures = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    (2..=5).contains(&first.len())
        && letters(first)
        && (first.len() <= 3 || first.bytes().all(|b| b.is_ascii_uppercase()))
        && !rest.is_empty()
        && rest.iter().all(|g| {
            ((1..=4).contains(&g.len()) && letters(g)) || ((2..=6).contains(&g.len()) && figures(g))
        })
}

/// `rau`: two to four small letters alone, and no word that ends a text.
fn is_lone_initials(line: &str) -> bool {
    (2..=4).contains(&line.len())
        && line.bytes().all(|b| b.is_ascii_lowercase())
        && !matches!(
            line,
            "end" | "ends" | "more" | "fin" | "ende" | "fine" | "and" | "the" | "con" | "cont"
        )
}

/// `KRG`, `YRT-GV`: one group of capitals, or two with a hyphen, that is no agency and no mark of the end.
fn is_sigla(line: &str) -> bool {
    let groups = || line.split('-');
    groups().count() <= 2
        && groups().all(|group| {
            (2..=3).contains(&group.len()) && group.bytes().all(|b| b.is_ascii_uppercase())
        })
        && !matches!(line, "END" | "FIN" | "XXX" | "TBC" | "ADS")
        && agencies::find(line, None).is_none()
}

/// `… he said. EE/PA All content …`
fn within_tail(body: &str) -> Option<Span> {
    let from =
        (body.len().saturating_sub(TAIL)..=body.len()).find(|&i| body.is_char_boundary(i))?;
    let tail = &body[from..];
    let mut before = "";
    let in_capitals =
        |word: &str| is_initials(word) && word.bytes().all(|b| !b.is_ascii_lowercase());
    for word in tail.split_whitespace() {
        if ends_sentence(before) && in_capitals(word) {
            return Some(span(body, word));
        }
        // `… he said.EE/PA`
        if let Some((said, rest)) = word.rsplit_once(['.', '”', '"'])
            && said.ends_with(char::is_lowercase)
            && !said.contains('/')
            && in_capitals(rest)
        {
            return Some(span(body, rest));
        }
        before = word;
    }
    None
}
