//! Wire files between `ZCZC` and `NNNN`, whose head lines open with a mark: `$` headline, `:` dateline, `*` subject.

use super::Source;
use crate::article::TagKind;
use crate::read::draft::Draft;
use crate::read::wrapped;

/// The stories of a file.
pub(crate) fn drafts(_: &Source<'_>, text: &str) -> Vec<Draft> {
    text.split("ZCZC").skip(1).map(draft).filter(Draft::has_any).collect()
}

fn draft(message: &str) -> Draft {
    let message = message.split("\nNNNN").next().unwrap_or(message);
    let (call, text) = message.split_once('\n').unwrap_or((message, ""));
    let mut draft = Draft::default();
    // `ZCZC AAP` names the agency, `ZCZC ABC123` counts the messages of a line.
    let sender = call.split_whitespace().next().unwrap_or_default();
    if sender.chars().all(char::is_alphabetic) {
        draft.credit("ZCZC", sender);
    }
    let mut body = String::new();
    for line in text.lines() {
        let head =
            body.is_empty() && line.starts_with(['%', '#', '$', ':', '&', '*', '@', '~', '^', '!']);
        let Some(mark) = line.chars().next().filter(|_| head) else {
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

    fn check(call: &str, agencies: &[&str]) {
        let file = format!("ZCZC {call}\n$River rises\nThe river rose.\nNNNN\n");
        let article = read::parse(file.as_bytes(), "a.tst").unwrap().remove(0);
        let credits: Vec<&str> =
            article.stated.credits.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(credits, agencies, "{call}");
    }

    #[test]
    fn an_agency_is_no_number() {
        check("HPA", &["HPA"]);
        check("HPA007", &[]);
    }
}
