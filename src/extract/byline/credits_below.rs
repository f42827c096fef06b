//! Credits below the text: `(Reporting by …; Editing by …)`, `— Jane Doe`, and desk initials (`EE/PA`).

use crate::article::Span;
use crate::credits::{self, is_personal_name};
use crate::tables::agencies;

/// Non-blank lines that are examined, from the end.
const LINES: usize = 8;

/// Most bytes of desk initials.
const MAX_INITIALS: usize = 16;

/// Most bytes of a line with the writer's signature.
const MAX_SIGNATURE: usize = 44;

/// Bytes at the end of the text that may hold desk initials within a line.
const TAIL: usize = 400;

/// The last lines with text, the last one first.
fn last_lines(body: &str) -> impl Iterator<Item = &str> {
    body.lines().rev().map(str::trim).filter(|line| !line.is_empty()).take(LINES)
}

/// The names of the reporters in the credits, or else in the signature.
pub(super) fn writers(body: &str) -> Vec<Span> {
    let lines: Vec<&str> = last_lines(body).collect();
    for (i, line) in lines.iter().enumerate() {
        let names = reporters(body, line);
        if !names.is_empty() {
            return names;
        }
        if let Some(name) = after_dash(line).or_else(|| (i == 0).then(|| with_initial(line))?)
            && lines.get(i + 1).is_some_and(|above| ends_sentence(above))
        {
            return vec![Span::of_slice(body, name)];
        }
        if i == 0 && line.len() <= MAX_SIGNATURE {
            let names = credits::after_label(line).map(credits::in_line).unwrap_or_default();
            if !names.is_empty() {
                return names.into_iter().map(|name| Span::of_slice(body, name)).collect();
            }
        }
    }
    Vec::new()
}

/// The reporters, without the editors, in a line or in its last bracket: `(Reporting by A in B and C; Additional
/// reporting by D; Editing by E)`.
fn reporters(body: &str, line: &str) -> Vec<Span> {
    const LABELS: &[&str] = &["Reporting by ", "reporting by ", "Written by ", "Writing by "];
    /// Most bytes before the first label.
    const OPENING: usize = 40;
    let closed = line.ends_with(')') || line.ends_with(").");
    if !closed && !LABELS.iter().chain(&["(", "Additional "]).any(|label| line.starts_with(label)) {
        return Vec::new();
    }
    let bracket = line.bytes().rposition(|byte| byte == b'(').filter(|_| closed);
    let line = &line[bracket.unwrap_or(0)..];
    if !LABELS.iter().any(|label| line.find(label).is_some_and(|at| at < OPENING)) {
        return Vec::new();
    }
    line.split([';', ')'])
        .filter_map(|part| LABELS.iter().find_map(|label| part.split_once(label)))
        .flat_map(|(_, names)| credits::in_line(names))
        .map(|name| Span::of_slice(body, name))
        .collect()
}

/// The name in the line `— Jane Doe`.
fn after_dash(line: &str) -> Option<&str> {
    let name = line.trim_start_matches(['-', '–', '—', '_', ' ']);
    let dashed = name.len() < line.len();
    let name = name.strip_prefix("By ").unwrap_or(name);
    (dashed && line.len() <= MAX_SIGNATURE && is_personal_name(name)).then_some(name)
}

/// The name in the line `J. Doe`. Without the initial, it might be a heading or a place.
fn with_initial(line: &str) -> Option<&str> {
    let initial = line.split(' ').next().is_some_and(|word| {
        word.ends_with('.') && word.chars().filter(|c| c.is_uppercase()).count() == 1
    });
    (initial && line.len() <= MAX_SIGNATURE && is_personal_name(line)).then_some(line)
}

/// The desk initials: in a line below the last sentence, or directly after it.
pub(super) fn desk_initials(body: &str) -> Option<Span> {
    let lines: Vec<&str> = last_lines(body).collect();
    lines
        .windows(2)
        .find(|pair| is_desk_initials(pair[0]) && ends_sentence(pair[1]))
        .map(|pair| Span::of_slice(body, pair[0]))
        .or_else(|| within_tail(body))
}

/// Whether `line` is desk initials in any form.
pub(in crate::extract) fn is_desk_initials(line: &str) -> bool {
    is_slashed(line) || is_lower_case(line) || is_upper_case(line)
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '"', '”', '’', '!', '?', ')', '»', '…', '*'])
}

/// Whether `line` is desk initials with slashes, the first group of letters: `EE/PA`, `MNA/5890`, `jd/ab/cd`.
fn is_slashed(line: &str) -> bool {
    if line.len() > MAX_INITIALS || !line.contains('/') {
        return false;
    }
    let mut groups = line.split('/');
    let first = groups.next().unwrap_or_default();
    let letters = |group: &str| group.bytes().all(|b| b.is_ascii_alphabetic());
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    (2..=5).contains(&first.len())
        && letters(first)
        && (first.len() <= 3 || first.bytes().all(|b| b.is_ascii_uppercase()))
        && !rest.is_empty()
        && rest.iter().all(|g| {
            ((1..=4).contains(&g.len()) && letters(g)) || ((2..=6).contains(&g.len()) && digits(g))
        })
}

/// Whether `line` is desk initials in lower case, two to four letters: `rau`.
fn is_lower_case(line: &str) -> bool {
    (2..=4).contains(&line.len())
        && line.bytes().all(|b| b.is_ascii_lowercase())
        && !matches!(
            line,
            "end" | "ends" | "more" | "fin" | "ende" | "fine" | "and" | "the" | "con" | "cont"
        )
}

/// Whether `line` is desk initials in upper case, one group or two, and neither an agency nor an end mark: `KRG`,
/// `YRT-GV`.
fn is_upper_case(line: &str) -> bool {
    let groups = || line.split('-');
    groups().count() <= 2
        && groups().all(|group| {
            (2..=3).contains(&group.len()) && group.bytes().all(|b| b.is_ascii_uppercase())
        })
        && !matches!(line, "END" | "FIN" | "XXX" | "TBC" | "ADS")
        && agencies::find(line, None).is_none()
}

/// The desk initials within a line near the end: `… he said. EE/PA All content …`
fn within_tail(body: &str) -> Option<Span> {
    let from =
        (body.len().saturating_sub(TAIL)..=body.len()).find(|&i| body.is_char_boundary(i))?;
    let tail = &body[from..];
    let mut before = "";
    let is_in_capitals =
        |word: &str| is_slashed(word) && word.bytes().all(|b| !b.is_ascii_lowercase());
    for word in tail.split_whitespace() {
        if ends_sentence(before) && is_in_capitals(word) {
            return Some(Span::of_slice(body, word));
        }
        // `… he said.EE/PA`
        if let Some((said, rest)) = word.rsplit_once(['.', '”', '"'])
            && said.ends_with(char::is_lowercase)
            && !said.contains('/')
            && is_in_capitals(rest)
        {
            return Some(Span::of_slice(body, rest));
        }
        before = word;
    }
    None
}
