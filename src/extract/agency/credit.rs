//! Agency credits in lines and bylines above the text, and in sign-offs below it. Which agencies they name is looked up
//! in [`agencies`].

use memchr::memmem;

use crate::article::Span;
use crate::tables::agencies;

/// Non-blank lines at the start of the text that may hold a credit.
const LINES_ABOVE: usize = 6;

/// Non-blank lines at the end that may hold a sign-off, or follow it: desk initials, terms, end marks.
const LINES_BELOW: usize = 8;

/// A longer line, in bytes, is more than a credit.
const MAX_CREDIT_LINE: usize = 90;

/// Credits above the text: `Reuters`, `By Jane Doe, Associated Press`, `RIVER NEWS (EFE) The …`.
pub(super) fn above(body: &str) -> Vec<Span> {
    let lines = body.lines().filter(|line| !line.trim().is_empty()).take(LINES_ABOVE);
    lines
        .filter_map(|line| credit_above(line.trim()).map(|credit| Span::of_slice(body, credit)))
        .collect()
}

fn credit_above(line: &str) -> Option<&str> {
    if line.len() < MAX_CREDIT_LINE {
        let agency = || agencies::find(line, None).map(|_| line);
        if let Some(credit) = labelled_source(line).or_else(agency) {
            return Some(credit);
        }
        let byline = ["By ", "by ", "BY "].iter().find_map(|by| line.strip_prefix(by));
        if let Some(last) = byline.and_then(|names| names.rsplit([',', '|', '/']).next()) {
            return employer(last.trim());
        }
        if let Some((_, last)) = line.rsplit_once(" | ") {
            return employer(last.trim());
        }
    }
    bracket_after_capitals(line)
}

/// The agency in the last part of a byline: `Associated Press`, `AP Sports Writer`, `Reuters Correspondent`.
fn employer(words: &str) -> Option<&str> {
    if is_agency(words) {
        return Some(words);
    }
    let roles = ["writer", "correspondent", "staff", "reporter", "editor"];
    let last = words.rsplit(' ').next()?.to_lowercase();
    roles.contains(&last.as_str()).then(|| leading_agency(words))?
}

/// The longest agency that opens `words`.
fn leading_agency(words: &str) -> Option<&str> {
    let ends = words.match_indices(' ').map(|(i, _)| i);
    ends.rev().map(|end| &words[..end]).find(|name| agencies::find(name, None).is_some())
}

/// The agency after a label: `Source: Xinhua`, `Fuente: EFE`.
fn labelled_source(line: &str) -> Option<&str> {
    const LABELS: &[&str] =
        &["source", "sources", "quelle", "fuente", "fonte", "bron", "agency", "agence", "agencia"];
    let (label, rest) = line.split_once(':')?;
    let rest = rest.trim().trim_end_matches('.');
    (LABELS.contains(&label.trim_start_matches('(').to_lowercase().as_str())
        && (agencies::is_agency_name(rest) || !agencies::find_all(rest, None).is_empty()))
    .then_some(rest)
}

/// The agency in brackets after words in capitals, or at the start of the line: `RIVER NEWS (EFE) The …`
fn bracket_after_capitals(line: &str) -> Option<&str> {
    /// Bytes in which each bracket must follow.
    const REACH: usize = 60;
    let open = line.bytes().take(REACH).position(|byte| byte == b'(')?;
    let close = open + line[open..].bytes().take(REACH).position(|byte| byte == b')')?;
    let before = line[..open].trim();
    let inner = &line[open + 1..close];
    let in_capitals = before.chars().all(|c| !c.is_lowercase());
    let is_known =
        !agencies::find_all(inner, None).is_empty() && agencies::find_all(before, None).is_empty();
    (in_capitals && is_known && line.len() > close + 2 && !is_of_picture(inner)).then_some(inner)
}

/// The sign-off below the text: `Reuter`, `==Kyodo`, `(Yonhap)`, `— SPA`, `MNA/5890`.
pub(super) fn below(body: &str) -> Option<Span> {
    for line in body.lines().rev().map(str::trim).filter(|line| !line.is_empty()).take(LINES_BELOW)
    {
        if let Some(credit) = sign_off(line) {
            return Some(Span::of_slice(body, credit));
        }
        if line.len() > MAX_CREDIT_LINE && !is_terms_or_contact(line) {
            break;
        }
    }
    None
}

/// Whether the line is about terms or contact, which follow the sign-off.
fn is_terms_or_contact(line: &str) -> bool {
    ["©", "(c)", "opyright", "OPYRIGHT", "icens", "icenc", "ights reserved", "http", "@"]
        .iter()
        .any(|sign| memmem::find(line.as_bytes(), sign.as_bytes()).is_some())
}

fn sign_off(line: &str) -> Option<&str> {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '(');
    if line.len() < MAX_CREDIT_LINE {
        if is_agency(bare) && !bare.contains(',') {
            return Some(bare);
        }
        if let Some(credit) = labelled_source(line).or_else(|| before_slash(bare)) {
            return Some(credit);
        }
    }
    in_final_bracket(line).or_else(|| after_dash(line)).or_else(|| agencies_only(line))
}

/// Whether `words` are an agency of the table, or have the form of an agency's name.
fn is_agency(words: &str) -> bool {
    agencies::find(words, None).is_some() || agencies::is_agency_name(words)
}

/// The line, if it is a list of agencies: `AFP/Reuters`.
fn agencies_only(line: &str) -> Option<&str> {
    let names = || line.split(['/', ',', '&', '-']).map(str::trim);
    (line.len() < MAX_CREDIT_LINE
        && names().count() > 1
        && names().all(|name| agencies::find(name, None).is_some()))
    .then_some(line)
}

/// The agency before desk initials, a number or a name: `MNA/5890`, `WAM/Jane Doe`.
fn before_slash(line: &str) -> Option<&str> {
    let (agency, rest) = line.split_once('/')?;
    let in_capitals = agency.len() >= 3 && agency.chars().all(char::is_uppercase);
    (in_capitals && !rest.is_empty() && rest.len() < 40 && agencies::find(agency, None).is_some())
        .then_some(agency)
}

/// The agency in a bracket that ends the line: `… said. (Yonhap)`
fn in_final_bracket(line: &str) -> Option<&str> {
    let line = line.trim_end_matches(['.', '*', '-', ' ', '/']);
    let inner = line.strip_suffix([')', ']'])?;
    let open = inner.bytes().rposition(|byte| matches!(byte, b'(' | b'['))?;
    let inner = &inner[open + 1..];
    if inner.len() > MAX_CREDIT_LINE || is_of_picture(inner) {
        return None;
    }
    if let Some(source) = labelled_source(inner) {
        return Some(source);
    }
    // A bracket within a sentence explains a short form: `the Associated Press (AP)`.
    let before = line[..open].trim_end();
    let after_sentence =
        before.ends_with(['.', '!', '?', '"', '”', '’', '\'', ')', '»']) || open == 0;
    let all_agencies = inner
        .split(['/', ',', '-', '&'])
        .map(str::trim)
        .all(|name| agencies::find(name, None).is_some());
    (after_sentence && (all_agencies || is_agency(inner))).then_some(inner)
}

/// The agencies after a dash or slash: `… said. — SPA`, `… said. - River Bulletin/ANN`, `…said./AFP`
fn after_dash(line: &str) -> Option<&str> {
    const MAX_CREDIT: usize = 48;
    let line = line.trim_end_matches(['.', ' ', '-', '*']);
    let dashes = line.rmatch_indices(['—', '–', '-', '/', '_', '=']);
    let (at, dash) =
        dashes.take_while(|(at, _)| line.len() - at <= MAX_CREDIT + 3).find(|&(at, dash)| {
            let rest = line[at + dash.len()..].trim();
            !rest.is_empty()
                && !agencies::find_all(rest, None).is_empty()
                && ends_text(&line[..at], dash)
        })?;
    let credit = line[at + dash.len()..].trim();
    let is_short = credit.len() <= MAX_CREDIT && credit.split(' ').count() <= 5;
    let is_named =
        agencies::find(credit, None).is_some() || credit.contains('/') || credit.contains(',');
    (is_short
        && is_named
        && !is_of_picture(credit)
        && (at == 0 || !credit.starts_with(char::is_lowercase) || credit == "dpa"))
        .then_some(credit)
}

/// Whether `before`, the line up to `dash`, ends a sentence, so that the dash is no hyphen.
fn ends_text(before: &str, dash: &str) -> bool {
    let is_complete = before.trim_end().ends_with(['.', '!', '?', '"', '”', '’', ')'])
        || before.trim().is_empty();
    is_complete && (dash != "/" || !before.ends_with(' '))
}

/// Whether the credit is that of a picture.
fn is_of_picture(words: &str) -> bool {
    let lower = words.to_lowercase();
    ["photo", "getty", "image", "picture", "file", "video", "foto", "bild"]
        .iter()
        .any(|word| lower.contains(word))
}

/// The name before `short` in brackets anywhere in the text: `Lakeland News Agency (LNA)`.
pub(super) fn long_form(body: &str, short: &str) -> Option<Span> {
    let bracket = format!(" ({short})");
    memmem::find_iter(body.as_bytes(), bracket.as_bytes()).take(8).find_map(|end| {
        let start = name_start(&body[..end])?;
        let name = &body[start..end];
        (agencies::is_agency_name(name) && name.starts_with(&short[..1]))
            .then(|| Span::new(start, end))
    })
}

/// The first byte of the name that ends `text`.
fn name_start(text: &str) -> Option<usize> {
    let mut start = None;
    for (at, word) in words_before(text).take(7) {
        let is_capitalised = word.starts_with(char::is_uppercase);
        if !is_capitalised && !matches!(word, "of" | "and" | "the" | "for") {
            break;
        }
        if is_capitalised && word != "The" {
            start = Some(at);
        }
    }
    start
}

/// The words of `text` with their first bytes, the last one first.
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
