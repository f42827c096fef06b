//! IPTC 7901 and ANPA 1312: messages framed by control characters. SOH begins the header, STX the text, ETX the trailer
//! with the time of transmission; EOT ends the message. A copy without them begins with the first line of the header.  In ANPA, header lines of the text begin with `^` and end with
//! `<` or `=`.

use super::format::RecordContext;
use crate::archive::charset;
use crate::calendar::month_names;
use crate::read::draft::Draft;
use crate::read::limits::MAX_ARTICLES;
use crate::read::wrapped;

const SOH: u8 = 1;
const STX: u8 = 2;
const ETX: u8 = 3;
const EOT: u8 = 4;

/// The maximum number of lines of a headline block.
const MAX_HEADLINE_LINES: usize = 12;

/// The stories of a file.
pub(super) fn drafts(_: &RecordContext<'_>, bytes: &[u8]) -> Vec<Draft> {
    if !bytes.contains(&SOH) {
        return bare_messages(&decoded(bytes)).take(MAX_ARTICLES).collect();
    }
    bytes
        .split(|b| *b == EOT)
        .filter_map(|message| {
            let start = message.iter().position(|b| *b == SOH)?;
            draft(&message[start + 1..])
        })
        .take(MAX_ARTICLES)
        .collect()
}

/// Whether `line` is the first of a header: `eca0001 4 rs 46  dpa 0027`, which is service and number, priority, category,
/// words, perhaps the sender, and the message's number.
pub(in crate::read) fn is_start_line(line: &[u8]) -> bool {
    const MAX_LEN: usize = 60;
    let line = std::str::from_utf8(line.get(..MAX_LEN).unwrap_or(line)).unwrap_or_default();
    let words: Vec<&str> = line.split_whitespace().collect();
    let [number, priority, category, count, .., last] = words.as_slice() else { return false };
    let is_digits = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let letters = number.trim_end_matches(|c: char| c.is_ascii_digit());
    (2..=4).contains(&letters.len())
        && letters.bytes().all(|b| b.is_ascii_lowercase())
        && number.len() >= letters.len() + 3
        && priority.len() == 1
        && is_digits(priority)
        && category.len() <= 3
        && category.bytes().all(|b| b.is_ascii_lowercase())
        && is_digits(count)
        && is_digits(last)
        && words.len() <= 8
}

/// The stories of messages without control characters. The header ends with its line of keywords, `/harbour/Norland/`.
fn bare_messages(text: &str) -> impl Iterator<Item = Draft> {
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if is_start_line(line.trim_end().as_bytes()) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| {
        let message = &text[start..end];
        let mut header_end = message.find('\n').map_or(message.len(), |at| at + 1);
        let rest = &message[header_end..];
        let keywords = rest
            .split_inclusive('\n')
            .take_while(|line| line.trim().is_empty())
            .map(str::len)
            .sum::<usize>();
        let line = rest[keywords..].split_inclusive('\n').next().unwrap_or_default();
        if line.trim_end().ends_with('/') {
            header_end += keywords + line.len();
        }
        let mut draft = Draft::default();
        iptc(&mut draft, &message[..header_end], &message[header_end..], "");
        draft
    })
}

fn draft(message: &[u8]) -> Option<Draft> {
    let (header, rest) = split_at(message, STX)?;
    let (text, trailer) = split_at(rest, ETX).unwrap_or((rest, &[]));
    let (header, text, trailer) = (decoded(header), decoded(text), decoded(trailer));
    let mut draft = Draft::default();
    if text.trim_start().starts_with('^') {
        anpa(&mut draft, &text, &trailer);
    } else {
        iptc(&mut draft, &header, &text, &trailer);
    }
    draft.has_any().then_some(draft)
}

fn split_at(bytes: &[u8], separator: u8) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().position(|b| *b == separator)?;
    Some((&bytes[..at], &bytes[at + 1..]))
}

/// The text without the control characters of a teleprinter.
fn decoded(bytes: &[u8]) -> String {
    let kept: Vec<u8> =
        bytes.iter().copied().filter(|b| !matches!(b, 0..=8 | 11 | 12 | 14..=31 | 127)).collect();
    charset::decode(&kept).unwrap_or_default()
}

/// Reads an IPTC message: `eca100 3 s 586 dpa 099`, a line of keywords; headline lines up to `=`, the text.
fn iptc(draft: &mut Draft, header: &str, text: &str, trailer: &str) {
    let mut lines = header.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    for word in first.split_whitespace().skip(1).filter(|word| word.len() > 2) {
        draft.publisher("header", word);
    }
    for line in lines {
        match slug(line) {
            Some(slug) => draft.keyword(slug),
            None => line.split('/').for_each(|word| draft.keyword(word)),
        }
    }
    let lines: Vec<&str> = text.lines().collect();
    let (head, body) = lines.split_at(headline_lines(&lines));
    headline(draft, head);
    let (body, notes) = body.split_at(body.iter().position(is_note).unwrap_or(body.len()));
    if let Some(sender) = notes.iter().find_map(|line| line.trim().strip_prefix("==")) {
        draft.credit("signature", sender);
    }
    for notice in notes.iter().map(|line| line.trim_start_matches(['-', ' '])) {
        if notice.starts_with("(c)") || notice.starts_with("©") {
            draft.rights("notes", notice);
        }
    }
    let body = wrapped::paragraphs(&body.join("\n"));
    dateline(draft, &body);
    draft.body(body);
    if let Some(time) = transmission_time(trailer) {
        draft.date("ETX", &time);
    }
}

/// The slug in ANPA's second header line, `r d BC-Harbour-Fire 02-20 0500`: priority, category, slug, date, word count.
fn slug(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    let is_code = |word: &str| word.len() == 1;
    (is_code(words.next()?) && is_code(words.next()?)).then(|| words.next())?
}

/// The number of lines of the headline block: up to `=` or `+`, else up to the first indented line.
fn headline_lines(lines: &[&str]) -> usize {
    let ends = |line: &&str| line.trim_end().ends_with(['=', '+']);
    let indented = |line: &&str| line.starts_with("   ") && !line.trim().is_empty();
    let lines = &lines[..lines.len().min(MAX_HEADLINE_LINES)];
    let end = lines.iter().position(ends).map(|at| at + 1);
    end.or_else(|| lines.iter().position(indented)).unwrap_or(0)
}

/// Whether a line begins what is not for publication: `# Notizblock`, a sentence that says so, or the signature.
fn is_note(line: &&str) -> bool {
    let line = line.trim();
    line.starts_with("# Not")
        || line.starts_with("==")
        || line.ends_with("not intended for publication")
        || line.ends_with("nicht zur Veröffentlichung bestimmt")
}

/// Sets the place and the agencies with which the text begins: `Oslo (ats afp) The river`.
fn dateline(draft: &mut Draft, body: &str) {
    const MAX_LEN: usize = 60;
    let Some((place, rest)) = body.split_once(" (") else { return };
    let Some((agencies, _)) = rest.split_once(')') else { return };
    let is_capitalised = place.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let plain =
        |text: &str| text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '/' | ',' | '-'));
    if place.len() < MAX_LEN
        && agencies.len() < MAX_LEN
        && is_capitalised
        && plain(place)
        && plain(agencies)
    {
        draft.located("text", place);
        agencies.split([' ', '/', ',']).for_each(|agency| draft.credit("text", agency));
    }
}

/// Sets the byline and the headline, the last line that is no byline; `1ST LEAD` and the like precede it.
fn headline(draft: &mut Draft, lines: &[&str]) {
    let clean = |line: &&str| line.trim().trim_end_matches(['=', '+']).trim().to_owned();
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

/// The time of transmission, `071341 GMT Okt 15` (day, time, zone, month, year), in the usual order.
fn transmission_time(trailer: &str) -> Option<String> {
    let words: Vec<&str> = trailer.split_whitespace().collect();
    let stamp = words
        .iter()
        .position(|word| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit()))?;
    let (day, clock) = words[stamp].split_at(2);
    let (hour, minute) = clock.split_at(2);
    let rest = words.get(stamp + 1..stamp + 4.min(words.len() - stamp))?;
    let month = rest.iter().position(|word| month_names::month(word).is_some())?;
    let year = rest.get(month + 1)?;
    let zone = rest[..month].first().unwrap_or(&"");
    Some(format!("{day} {} {year} {hour}:{minute}:00 {zone}", rest[month]))
}

/// Reads an ANPA message: header lines with slug, headline, notes to editors and byline; then the text.
fn anpa(draft: &mut Draft, text: &str, trailer: &str) {
    let (mut heads, mut body, mut after_byline) = (Vec::new(), String::new(), false);
    let mut below_byline = false;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_end();
        let Some(head) = line.trim_start().strip_prefix('^') else {
            // A tab begins a paragraph.
            body.push_str(if line.starts_with('\t') { "\n" } else { "" });
            body.push_str(line.trim_end_matches(['<', '=']));
            body.push('\n');
            continue;
        };
        let centred = head.ends_with('=');
        let head = head.trim_end_matches(['<', '=', ' ']).trim();
        // After the byline, header lines are headings and table headers.
        if !body.trim().is_empty() || (below_byline && centred && !after_byline) {
            let is_table_header = head.contains(';');
            body.extend(["\n", head, if is_table_header { "\n" } else { "\n\n" }]);
            continue;
        }
        let is_byline = head.starts_with("By ");
        below_byline |= is_byline;
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
        // An agency as writer is its own credit.
        after_byline = is_byline && !head.starts_with("By The ");
    }
    if let Some(title) = heads.first() {
        draft.title("headline", title);
    } else if let Some(slug) = draft.article.keywords.first().cloned() {
        draft.title("slug", &slug);
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

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::read;

    fn article(message: &str) -> Article {
        read::parse(message.as_bytes(), "a.tst").unwrap().remove(0)
    }

    #[test]
    fn tables_after_the_byline_are_text() {
        let table = article(
            "\x16\x16\x01z9631\x1f-----\r\nr z\x13\x11 BC-Rowing     05-17 0820\r\n\
             \x02^BC-Rowing, Standings,80< \r\n^Rowing Standings< \r\n^By The Harbour Press= \r\n\
             ^EAST LEAGUE= \r\n^;W;L;Pct \r\nHarbour;12;3;.800 \r\nAirport;10;5;.667 \r\n\
             ^Monday's Races= \r\n\t   Harbour 7, Airport 5 \r\n\t   Castle 3, Mill 0< \r\n\
             \x03AP-WF-05-17-16 0620GMT<\r\n\x0c\r\n\x04",
        );
        assert_eq!(table.title.as_deref(), Some("Rowing Standings"));
        assert_eq!(
            table.body,
            "EAST LEAGUE\n\n;W;L;Pct\nHarbour;12;3;.800\nAirport;10;5;.667\n\nMonday's Races\n\n\
             Harbour 7, Airport 5\n\nCastle 3, Mill 0"
        );
        let alert = "\x16\x16\x01W1\x1fa\nb a\x13\x11 BC-Alert 06-29 0358\n\x02^BC-Harbour Alert,17<\n\t   It burns.\n\x03\n\x04";
        assert_eq!(article(alert).title.as_deref(), Some("BC-Harbour Alert"));
    }

    #[test]
    fn a_headline_ends_in_any_of_three_ways() {
        for mark in ["=", "+", ""] {
            let message = format!(
                "\x01a0105HPA\r\nu s BC-Rowing-Cup   09-12 0344\r\n\x02BC-Rowing-Cup\r\nHarbour wins the cup{mark}\r\n     \
                 OSLO (hpa) - Harbour won the cup on Sunday after a race\r\nof an hour.\r\n==HPA\r\n\x03\r\n\x04"
            );
            let article = article(&message);
            assert_eq!(article.title.as_deref(), Some("Harbour wins the cup"));
            let body = "OSLO (hpa) - Harbour won the cup on Sunday after a race of an hour.";
            assert_eq!(article.body, body);
            assert_eq!(article.keywords, ["BC-Rowing-Cup"]);
            assert_eq!(article.stated.credits[0].text, "HPA");
        }
    }

    #[test]
    fn a_copy_without_control_characters_begins_with_its_header() {
        for (header, headline) in [
            (
                "hca00112 4 p 88    hpa 0417\n\n/river/Norland/\n2ND LEAD\n3RD NET\n",
                "By Ana Ruhl, hpa  =\n \n",
            ),
            ("eca0001 4 rs 46  hpa 0027\n\nRiver/\n", "By Ana Ruhl, hpa =\n\n"),
            ("hsf025 3 ec 121 967\n\nNorland/\n", "By Ana Ruhl =\n"),
        ] {
            let message = format!(
                "{header}River rises\n{headline}Oslo (hpa) - It rose\nagain on Monday.\n\nMore followed.\n"
            );
            let both = read::parse(format!("{message}\n{message}").as_bytes(), "a.txt").unwrap();
            assert_eq!(both.len(), 2, "{header}");
            assert_eq!(both[1].title.as_deref(), Some("River rises"), "{header}");
            assert_eq!(both[1].body, "Oslo (hpa) - It rose again on Monday.\n\nMore followed.");
        }
    }

    #[test]
    fn notes_to_editors_are_dropped() {
        let article = article(
            "\x01eca0001 4 rs 46  hpa 0027\r\n\r\nRiver/\r\n\x02River rises =\r\n\r\nOslo (hpa) - It rose.\r\n\r\n\
             # Notebook\r\n\r\n- (c)2021 Harbour Press\r\n- Tel: 123\r\n\x03242200 GMT Jun 17\r\n\x04",
        );
        assert_eq!(article.body, "Oslo (hpa) - It rose.");
        assert_eq!(article.stated.rights[0].text, "(c)2021 Harbour Press");
    }
}
