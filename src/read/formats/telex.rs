//! Wire messages between `ZCZC` and `NNNN`. Header lines begin with a mark: `$` headline, `:` dateline, `*` subject.

use super::format::RecordContext;
use crate::article::TagKind;
use crate::read::draft::Draft;
use crate::read::limits::MAX_ARTICLES;
use crate::read::wrapped;

/// The stories of a file.
pub(super) fn drafts(_: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    let messages = text.split("ZCZC").skip(1).map(draft).filter(Draft::has_any);
    messages.take(MAX_ARTICLES).collect()
}

fn draft(message: &str) -> Draft {
    let message = message.split("\nNNNN").next().unwrap_or(message);
    let (start_line, text) = message.split_once('\n').unwrap_or((message, ""));
    let mut draft = Draft::default();
    // `ZCZC AAP` names the agency, `ZCZC ABC123` numbers the message.
    let sender = start_line.split_whitespace().next().unwrap_or_default();
    if sender.chars().all(char::is_alphabetic) {
        draft.credit("ZCZC", sender);
    }
    let mut body = String::new();
    for line in text.lines() {
        let is_header =
            body.is_empty() && line.starts_with(['%', '#', '$', ':', '&', '*', '@', '~', '^', '!']);
        let Some(mark) = line.chars().next().filter(|_| is_header) else {
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
    draft.body(wrapped::paragraphs(&body));
    draft
}

#[cfg(test)]
mod tests {
    use crate::read;

    fn check(start_line: &str, agencies: &[&str]) {
        let file = format!("ZCZC {start_line}\n$River rises\nThe river rose.\nNNNN\n");
        let article = read::parse(file.as_bytes(), "a.tst").unwrap().remove(0);
        let credits: Vec<&str> =
            article.stated.credits.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(credits, agencies, "{start_line}");
    }

    #[test]
    fn a_message_number_is_no_agency() {
        check("HPA", &["HPA"]);
        check("HPA007", &[]);
    }
}
