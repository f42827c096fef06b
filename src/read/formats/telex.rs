//! Wire messages between `ZCZC` and `NNNN`, in capitals or not. Header lines begin with a mark (`$` headline, `:` dateline,
//! `*` subject) or with a key of two letters (`TI#` headline, `TX#` text).

use super::format::RecordContext;
use crate::article::TagKind;
use crate::read::draft::Draft;
use crate::read::limits::MAX_ARTICLES;
use crate::read::wrapped;

/// Most bytes of a header line behind a blank line, where a longer one is text.
const MAX_HEADER: usize = 80;

/// Whether bytes open a message.
pub(in crate::read) fn opens_message(start: &[u8]) -> bool {
    start.get(..4).is_some_and(|head| head.eq_ignore_ascii_case(b"ZCZC"))
}

/// The stories of a file.
pub(super) fn drafts(_: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    messages(text).map(draft).filter(Draft::has_any).take(MAX_ARTICLES).collect()
}

/// The messages, each with what stands behind `ZCZC` in its first line, up to `NNNN`.
fn messages(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = line_starts(rest).find(|&at| opens_message(&rest.as_bytes()[at..]))?;
        let message = &rest[start + "ZCZC".len()..];
        let is_end = |&at: &usize| {
            let line = &message.as_bytes()[at..];
            opens_message(line)
                || line.get(..4).is_some_and(|end| end.eq_ignore_ascii_case(b"NNNN"))
        };
        let end = line_starts(message).skip(1).find(is_end).unwrap_or(message.len());
        rest = &message[end..];
        Some(&message[..end])
    })
}

/// The bytes at which the lines of `text` begin, behind blanks.
fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some(start + line.len() - line.trim_start().len())
    })
}

fn draft(message: &str) -> Draft {
    let (start_line, text) = message.split_once('\n').unwrap_or((message, ""));
    let mut draft = Draft::default();
    // `ZCZC AAP` names the agency, `ZCZC ABC123` numbers the message.
    let sender = start_line.split_whitespace().next().unwrap_or_default();
    if sender.chars().all(char::is_alphabetic) {
        draft.credit("ZCZC", sender);
    }
    let body = if text.lines().any(|line| keyed(line).is_some()) {
        keyed_head(&mut draft, text)
    } else {
        marked_head(&mut draft, text)
    };
    draft.body(wrapped::paragraphs(&body));
    draft
}

/// Reads the lines that begin with a mark, and returns the text below them.
fn marked_head(draft: &mut Draft, text: &str) -> String {
    const MARKS: [char; 10] = ['%', '#', '$', ':', '&', '*', '@', '~', '^', '!'];
    let mut body = String::new();
    for line in text.lines() {
        let may_be_header = body.is_empty()
            || (body.trim().is_empty() && line.len() < MAX_HEADER && !line.ends_with('.'));
        let Some(mark) = line.chars().next().filter(|mark| may_be_header && MARKS.contains(mark))
        else {
            body.push_str(line);
            body.push('\n');
            continue;
        };
        let value = line[mark.len_utf8()..].trim();
        match mark {
            '$' => draft.title("$", value),
            '#' => draft.keyword(value),
            '*' => draft.tag(TagKind::Subject, None, Some(value)),
            '@' => draft.tag(TagKind::Place, Some(value), None),
            '~' => draft.section(value),
            ':' if value.contains(char::is_alphabetic) => {
                draft.dateline(":", value.trim_matches(['(', ')']));
            }
            _ => {}
        }
    }
    body
}

/// The key of two capitals and the value of a line such as `TI#River rises`.
fn keyed(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('#')?;
    (key.len() == 2 && key.bytes().all(|b| b.is_ascii_uppercase())).then_some((key, value.trim()))
}

/// Reads the lines with keys, each with the lines below it, and returns the text: that of `TX#`, else what follows a blank
/// line, else the abstract.
fn keyed_head(draft: &mut Draft, text: &str) -> String {
    let has_text_key = text.lines().filter_map(keyed).any(|(key, _)| key == "TX");
    let (mut body, mut field, mut value, mut summary) =
        (String::new(), "", String::new(), String::new());
    let mut is_text = false;
    for line in text.lines() {
        if let Some((key, first)) = keyed(line) {
            set_field(draft, field, &value, &mut summary);
            is_text = key == "TX";
            field = if is_text { "" } else { key };
            value = if is_text { String::new() } else { first.to_owned() };
            body.push_str(if is_text { first } else { "" });
            continue;
        }
        is_text |= !has_text_key && line.trim().is_empty() && !field.is_empty();
        let target = if is_text { &mut body } else { &mut value };
        target.push('\n');
        target.push_str(line);
    }
    set_field(draft, field, &value, &mut summary);
    if body.trim().is_empty() { summary } else { body }
}

/// Sets the field of a key. Keys of transmission and of other services are passed over.
fn set_field(draft: &mut Draft, key: &str, value: &str, summary: &mut String) {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if value.is_empty() {
        return;
    }
    match key {
        "AN" | "ID" => draft.id(&value),
        "TI" | "HD" | "HL" => draft.title(key, &value),
        "AB" => *summary = value,
        "BY" | "AU" => draft.byline(key, &value),
        "DL" => draft.dateline(key, value.trim_matches(['(', ')'])),
        "PD" | "DA" | "DT" => draft.date(key, &value),
        "KN" | "KW" | "SL" => draft.keyword(&value),
        "SO" | "SN" | "AG" => draft.credit(key, &value),
        "CR" | "CP" => draft.rights(key, &value),
        "SE" | "CT" => draft.section(&value),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::read;

    fn articles(file: &str) -> Vec<Article> {
        read::parse(file.as_bytes(), "a.tst").unwrap()
    }

    fn check(start_line: &str, agencies: &[&str]) {
        let article =
            articles(&format!("ZCZC {start_line}\n$River rises\nThe river rose.\nNNNN\n"))
                .remove(0);
        let credits: Vec<&str> =
            article.stated.credits.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(credits, agencies, "{start_line}");
    }

    #[test]
    fn a_message_number_is_no_agency() {
        check("HPA", &["HPA"]);
        check("HPA007", &[]);
    }

    #[test]
    fn keys_are_fields() {
        const BODY: &str = "The river rose by a metre.";
        for (head, title) in [
            (
                "zczc\nAN#2017\nKN#River\nPD#09 August 2017 08:15:00\nBY#\nTI#River rises\nAB#It rose.\nTX#\n",
                "River rises",
            ),
            (
                "ZCZC HPA\nTI#River rises\nby a metre\nUP#3\nST#1\nPD#2017-08-09\nTX#",
                "River rises by a metre",
            ),
            ("ZCZC HPA0012\nKN#River\nUP#\nST#U\nPD#9 Aug 2017\nTI#River rises\n\n", "River rises"),
        ] {
            for end in ["\nNNNN\n", "\nnnnn", ""] {
                let article = articles(&format!("{head}{BODY}{end}")).remove(0);
                assert_eq!(article.title.as_deref(), Some(title), "{head}");
                assert_eq!(article.body, BODY, "{head}");
                let published = article.published.map(|published| published.date.to_string());
                assert_eq!(published.as_deref(), Some("2017-08-09"), "{head}");
            }
        }
        let alert = articles(
            "ZCZC\nTI#River rises\nAB#It rose.\nTX#\nNNNN\nZCZC\nTI#It falls\nTX#It fell.\nNNNN",
        );
        assert_eq!(alert.len(), 2);
        assert_eq!(alert[0].body, "It rose.");
    }

    #[test]
    fn header_lines_may_follow_a_blank_line() {
        for head in [
            "$River rises\n\n:(OSLO)\n",
            "%A\n#River\n$River rises\n\n:(OSLO)\n&HPA\\Doej\n@Nor\n",
            "\n$River rises\n\n:OSLO\n\n",
        ] {
            let article =
                articles(&format!("ZCZC HPA\n{head}The river rose.\n\n* It is high.\n\nNNNN"))
                    .remove(0);
            assert_eq!(article.title.as_deref(), Some("River rises"), "{head}");
            assert_eq!(article.stated.datelines[0].text, "OSLO");
            assert_eq!(article.body, "The river rose.\n\n* It is high.");
        }
    }
}
