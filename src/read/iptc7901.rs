//! IPTC 7901 and ANPA 1312: messages between control characters. SOH opens the header, STX the text, ETX ends it; a line
//! with the time follows, and EOT. In ANPA, head lines open with `^` and end with `<` or `=`.

use super::draft::Draft;
use super::format::Source;
use super::{date, wrapped};
use crate::archive::charset;

const SOH: u8 = 1;
const STX: u8 = 2;
const ETX: u8 = 3;
const EOT: u8 = 4;

/// Lines of a headline block; a longer one is text.
const MAX_HEAD: usize = 12;

/// The stories of a file.
pub(super) fn drafts(_: &Source<'_>, bytes: &[u8]) -> Vec<Draft> {
    bytes
        .split(|b| *b == EOT)
        .filter_map(|message| {
            let start = message.iter().position(|b| *b == SOH)?;
            draft(&message[start + 1..])
        })
        .collect()
}

fn draft(message: &[u8]) -> Option<Draft> {
    let (header, rest) = split(message, STX)?;
    let (text, trailer) = split(rest, ETX).unwrap_or((rest, &[]));
    let (header, text, trailer) = (decoded(header), decoded(text), decoded(trailer));
    let mut draft = Draft::default();
    if text.trim_start().starts_with('^') {
        anpa(&mut draft, &text, &trailer);
    } else {
        iptc(&mut draft, &header, &text, &trailer);
    }
    draft.has_any().then_some(draft)
}

fn split(bytes: &[u8], mark: u8) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().position(|b| *b == mark)?;
    Some((&bytes[..at], &bytes[at + 1..]))
}

/// Text without the control characters that steer a teleprinter.
fn decoded(bytes: &[u8]) -> String {
    let kept: Vec<u8> =
        bytes.iter().copied().filter(|b| !matches!(b, 0..=8 | 11 | 12 | 14..=31 | 127)).collect();
    charset::decode(&kept).unwrap_or_default()
}

/// `eca100 3 s 586 dpa 099`, a line of keywords; then headline lines up to `=`, and the text.
fn iptc(draft: &mut Draft, header: &str, text: &str, trailer: &str) {
    let mut lines = header.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    for word in first.split_whitespace().skip(1).filter(|word| word.len() > 2) {
        draft.publisher("header", word);
    }
    lines.flat_map(|line| line.split('/')).for_each(|word| draft.keyword(word));
    let lines: Vec<&str> = text.lines().collect();
    let end = lines.iter().take(MAX_HEAD).position(|line| line.trim_end().ends_with('='));
    let (head, body) = lines.split_at(end.map_or(0, |end| end + 1));
    headline(draft, head);
    let body = wrapped::paragraphs(&body.join("\n"));
    opening(draft, &body);
    draft.body(body);
    draft.published(time(trailer));
}

/// `Oslo (ats afp) The river`: place and agencies that open the text.
fn opening(draft: &mut Draft, body: &str) {
    const LONGEST: usize = 60;
    let Some((place, rest)) = body.split_once(" (") else { return };
    let Some((agencies, _)) = rest.split_once(')') else { return };
    let capital = place.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let plain =
        |text: &str| text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '/' | ',' | '-'));
    if place.len() < LONGEST
        && agencies.len() < LONGEST
        && capital
        && plain(place)
        && plain(agencies)
    {
        draft.located("text", place);
        agencies.split([' ', '/', ',']).for_each(|agency| draft.credit("text", agency));
    }
}

/// The headline is the last line that is no byline; marks such as `1ST LEAD` stand above it.
fn headline(draft: &mut Draft, lines: &[&str]) {
    let clean = |line: &&str| line.trim().trim_end_matches('=').trim().to_owned();
    let lines: Vec<String> = lines.iter().map(clean).filter(|line| !line.is_empty()).collect();
    let is_byline =
        |line: &String| ["By ", "Von ", "Par ", "Por "].iter().any(|by| line.starts_with(by));
    if let Some(byline) = lines.iter().rev().find(|line| is_byline(line)) {
        draft.byline("byline", byline);
    }
    let titles: Vec<&String> = lines.iter().filter(|line| !is_byline(line)).collect();
    if let [.., above, last] = titles.as_slice()
        && last.starts_with(char::is_lowercase)
    {
        draft.title("headline", &format!("{above} {last}"));
    }
    if let Some(last) = titles.last() {
        draft.title("headline", last);
    }
}

/// `071341 GMT Okt 15`: day, time, month, year.
fn time(trailer: &str) -> Option<crate::article::Published> {
    let words: Vec<&str> = trailer.split_whitespace().collect();
    let stamp = words
        .iter()
        .position(|word| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit()))?;
    let (day, clock) = words[stamp].split_at(2);
    let (hour, minute) = clock.split_at(2);
    let rest = words.get(stamp + 1..stamp + 4.min(words.len() - stamp))?;
    let month = rest.iter().position(|word| date::month_of(word).is_some())?;
    let year = rest.get(month + 1)?;
    let zone = rest[..month].first().unwrap_or(&"");
    date::published("ETX", &format!("{day} {} {year} {hour}:{minute}:00 {zone}", rest[month]))
}

/// Head lines: slug, headline, notes to editors, byline; then the text.
fn anpa(draft: &mut Draft, text: &str, trailer: &str) {
    let (mut heads, mut body, mut after_byline) = (Vec::new(), String::new(), false);
    for (number, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        let Some(head) = trimmed.strip_prefix('^').filter(|_| body.trim().is_empty()) else {
            body.push_str(line.trim_end().trim_end_matches('<'));
            body.push('\n');
            continue;
        };
        let head = head.trim_end_matches(['<', '=', ' ']).trim();
        let is_byline = head.starts_with("By ");
        if is_byline {
            draft.byline("byline", head);
        } else if after_byline {
            draft.publisher("byline", head);
        } else if head.starts_with("Eds:")
            || head.contains(" Photo")
            || head.starts_with("AP Graphic")
        {
            // Notes to editors are not for publication.
        } else if let Some((slug, _)) = head.rsplit_once(',').filter(|_| number == 0) {
            draft.keyword(slug);
        } else if let Some(slug) = head.split_once("< ^").map(|(_, slug)| slug) {
            draft.keyword(slug);
        } else {
            heads.push(head);
        }
        after_byline = is_byline;
    }
    if let Some(title) = heads.first() {
        draft.title("headline", title);
    }
    let body = wrapped::paragraphs(&body.replace("``", "“").replace("''", "”"));
    draft.body(if body.is_empty() { heads.get(1..).unwrap_or_default().join("\n") } else { body });
    let stamp = trailer.trim();
    draft.publisher("ETX", stamp.split('-').next().unwrap_or_default());
    // `AP-WF-11-13-13 1509GMT`
    let figures: Vec<&str> =
        stamp.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 2).collect();
    if let [month, day, year, ..] = figures.as_slice() {
        let clock =
            stamp.split_whitespace().nth(1).and_then(|clock| clock.get(..4)).unwrap_or_default();
        let (hour, minute) = clock.split_at_checked(2).unwrap_or_default();
        draft.date("ETX", &format!("20{year}-{month}-{day}T{hour}:{minute}:00Z"));
    }
}
