//! Where agencies sign: a line or a byline above the text, a sign-off below it. It finds the words; which agency they
//! name, the table knows.

use memchr::memmem;

use crate::article::Span;
use crate::tables::agencies;

/// Lines above the text that may hold a credit.
const LINES_ABOVE: usize = 6;

/// Lines below that may stand behind the sign-off: initials, terms, marks of the end.
const LINES_BELOW: usize = 8;

/// A line that is no more than a credit is shorter, in bytes.
const SHORT: usize = 90;

/// Credits above the text: `Reuters`, `By Jane Doe, Associated Press`, `RIVER NEWS (EFE) The …`.
pub(super) fn above(body: &str) -> Vec<Span> {
    let lines = body.lines().filter(|line| !line.trim().is_empty()).take(LINES_ABOVE);
    lines.filter_map(|line| above_line(line.trim()).map(|credit| span(body, credit))).collect()
}

fn above_line(line: &str) -> Option<&str> {
    if line.len() < SHORT {
        if let Some(source) = source(line).or_else(|| agencies::find(line, None).map(|_| line)) {
            return Some(source);
        }
        let byline = ["By ", "by ", "BY "].iter().find_map(|by| line.strip_prefix(by));
        if let Some(last) = byline.and_then(|names| names.rsplit([',', '|', '/']).next()) {
            return writer_of(last.trim());
        }
        if let Some((_, last)) = line.rsplit_once(" | ") {
            return writer_of(last.trim());
        }
    }
    bracket_behind_capitals(line)
}

/// `Associated Press`, `AP Sports Writer`, `Reuters Correspondent`.
fn writer_of(words: &str) -> Option<&str> {
    if is_agency(words) {
        return Some(words);
    }
    let role = ["writer", "correspondent", "staff", "reporter", "editor"];
    let last = words.rsplit(' ').next()?.to_lowercase();
    role.contains(&last.as_str()).then(|| leading_agency(words))?
}

/// The longest agency that opens `words`.
fn leading_agency(words: &str) -> Option<&str> {
    let ends = words.match_indices(' ').map(|(i, _)| i);
    ends.rev().map(|end| &words[..end]).find(|form| agencies::find(form, None).is_some())
}

/// `Source: Xinhua`, `Fuente: EFE`.
fn source(line: &str) -> Option<&str> {
    const LABELS: &[&str] =
        &["source", "sources", "quelle", "fuente", "fonte", "bron", "agency", "agence", "agencia"];
    let (label, rest) = line.split_once(':')?;
    let rest = rest.trim().trim_end_matches('.');
    (LABELS.contains(&label.trim_start_matches('(').to_lowercase().as_str())
        && (agencies::is_agency_name(rest) || !agencies::find_all(rest, None).is_empty()))
    .then_some(rest)
}

/// `RIVER NEWS (EFE) The …`: an agency in brackets behind a few capitals, or at the very start.
fn bracket_behind_capitals(line: &str) -> Option<&str> {
    const FARTHEST: usize = 60;
    let open = line.bytes().take(FARTHEST).position(|byte| byte == b'(')?;
    let close = open + line[open..].bytes().take(FARTHEST).position(|byte| byte == b')')?;
    let before = line[..open].trim();
    let inner = &line[open + 1..close];
    let capitals = before.chars().all(|c| !c.is_lowercase());
    let known =
        !agencies::find_all(inner, None).is_empty() && agencies::find_all(before, None).is_empty();
    (capitals && known && line.len() > close + 2 && !is_picture(inner)).then_some(inner)
}

/// Sign-offs below the text: `Reuter`, `==Kyodo`, `(Yonhap)`, `— SPA`, `MNA/5890`.
pub(super) fn below(body: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for line in body.lines().rev().map(str::trim).filter(|line| !line.is_empty()).take(LINES_BELOW)
    {
        if let Some(credit) = sign_off(line) {
            found.push(span(body, credit));
            break;
        }
        if line.len() > SHORT && !is_terms(line) {
            break;
        }
    }
    found
}

/// Lines about terms and contact stand below the sign-off.
fn is_terms(line: &str) -> bool {
    ["©", "(c)", "opyright", "OPYRIGHT", "icens", "icenc", "ights reserved", "http", "@"]
        .iter()
        .any(|sign| memmem::find(line.as_bytes(), sign.as_bytes()).is_some())
}

fn sign_off(line: &str) -> Option<&str> {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '(');
    if line.len() < SHORT {
        if is_agency(bare) && !bare.contains(',') {
            return Some(bare);
        }
        if let Some(source) = source(line) {
            return Some(source);
        }
        if let Some(initials) = before_stroke(bare) {
            return Some(initials);
        }
    }
    in_end_bracket(line).or_else(|| behind_dash(line)).or_else(|| all_agencies(line))
}

/// One of the table, or a name that reads like one.
fn is_agency(words: &str) -> bool {
    agencies::find(words, None).is_some() || agencies::is_agency_name(words)
}

/// `AFP/Reuters` as a line of its own.
fn all_agencies(line: &str) -> Option<&str> {
    let parts = || line.split(['/', ',', '&', '-']).map(str::trim);
    (line.len() < SHORT
        && parts().count() > 1
        && parts().all(|part| agencies::find(part, None).is_some()))
    .then_some(line)
}

/// `MNA/5890`, `WAM/Jane Doe`: the agency before the initials or the number.
fn before_stroke(line: &str) -> Option<&str> {
    let (agency, rest) = line.split_once('/')?;
    let capitals = agency.len() >= 3 && agency.chars().all(char::is_uppercase);
    (capitals && !rest.is_empty() && rest.len() < 40 && agencies::find(agency, None).is_some())
        .then_some(agency)
}

/// `… said. (Yonhap)`
fn in_end_bracket(line: &str) -> Option<&str> {
    let line = line.trim_end_matches(['.', '*', '-', ' ', '/']);
    let inner = line.strip_suffix([')', ']'])?;
    let open = inner.bytes().rposition(|byte| matches!(byte, b'(' | b'['))?;
    let inner = &inner[open + 1..];
    if inner.len() > SHORT || is_picture(inner) {
        return None;
    }
    if let Some(source) = source(inner) {
        return Some(source);
    }
    // `the Associated Press (AP)` explains a short form.
    let before = line[..open].trim_end();
    let sentence_over =
        before.ends_with(['.', '!', '?', '"', '”', '’', '\'', ')', '»']) || open == 0;
    let all = inner
        .split(['/', ',', '-', '&'])
        .map(str::trim)
        .all(|part| agencies::find(part, None).is_some());
    (sentence_over && (all || is_agency(inner))).then_some(inner)
}

/// `… said. — SPA`, `… said – Bernama`, `… said. - River Bulletin/ANN`, `…said./AFP`
fn behind_dash(line: &str) -> Option<&str> {
    const LONGEST: usize = 48;
    let line = line.trim_end_matches(['.', ' ', '-', '*']);
    let dashes = line.rmatch_indices(['—', '–', '-', '/', '_', '=']);
    let (at, dash) =
        dashes.take_while(|(at, _)| line.len() - at <= LONGEST + 3).find(|&(at, dash)| {
            let rest = line[at + dash.len()..].trim();
            !rest.is_empty()
                && !agencies::find_all(rest, None).is_empty()
                && is_parting(&line[..at], dash)
        })?;
    let credit = line[at + dash.len()..].trim();
    let short = credit.len() <= LONGEST && credit.split(' ').count() <= 5;
    let named =
        agencies::find(credit, None).is_some() || credit.contains('/') || credit.contains(',');
    (short
        && named
        && !is_picture(credit)
        && (at == 0 || !credit.starts_with(char::is_lowercase) || credit == "dpa"))
        .then_some(credit)
}

/// Does the dash part a credit from the text, rather than two halves of a word?
fn is_parting(before: &str, dash: &str) -> bool {
    let over = before.trim_end().ends_with(['.', '!', '?', '"', '”', '’', ')'])
        || before.trim().is_empty();
    over && (dash != "/" || !before.ends_with(' '))
}

fn is_picture(words: &str) -> bool {
    let lower = words.to_lowercase();
    ["photo", "getty", "image", "picture", "file", "video", "foto", "bild"]
        .iter()
        .any(|word| lower.contains(word))
}

/// The name in `Lakeland News Agency (LNA)`, wherever in the text it stands.
pub(super) fn long_form(body: &str, short: &str) -> Option<Span> {
    let bracket = format!(" ({short})");
    memmem::find_iter(body.as_bytes(), bracket.as_bytes()).take(8).find_map(|end| {
        let start = name_start(&body[..end])?;
        let name = &body[start..end];
        (agencies::is_agency_name(name) && name.starts_with(&short[..1]))
            .then(|| Span::new(start, end))
    })
}

/// Where the name that ends `text` begins: its first capital.
fn name_start(text: &str) -> Option<usize> {
    let mut start = None;
    for (at, word) in words_before(text).take(7) {
        let capital = word.starts_with(char::is_uppercase);
        if !capital && !matches!(word, "of" | "and" | "the" | "for") {
            break;
        }
        if capital && word != "The" {
            start = Some(at);
        }
    }
    start
}

/// The last words of `text` with their offsets, the last one first.
fn words_before(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = text.len();
    std::iter::from_fn(move || {
        let trimmed = text[..end].trim_end();
        let start = trimmed.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let word = &trimmed[start..];
        end = start;
        (!word.is_empty()).then_some((start, word))
    })
}

/// Where `part`, a slice of `body`, lies in it.
fn span(body: &str, part: &str) -> Span {
    let start = part.as_ptr() as usize - body.as_ptr() as usize;
    Span::new(start, start + part.len())
}
