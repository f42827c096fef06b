//! What stands between quotation marks, by the forms of the marks alone. Whether it is a quotation, a title or a
//! scare quote is not decided here.

use std::ops::Range;

use crate::text::segmentation::{Shape, Text};

/// Words between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    /// Its tokens, marks included.
    pub(crate) tokens: Range<usize>,
    /// Its tokens between the marks.
    pub(crate) inner: Range<usize>,
    /// `false` where the paragraph ends before a closing mark.
    pub(crate) closed: bool,
    /// Does it go on with what the paragraph before left open?
    pub(crate) continued: bool,
}

/// A quotation mark as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    /// First token.
    at: usize,
    /// Tokens that it takes: two for `''`.
    width: usize,
    /// Marks of one family open and close each other.
    family: Family,
    opens: bool,
    closes: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    /// `“ ” „ ‟ "` and two single ones.
    Double,
    /// `« »`.
    Angle,
    /// `‘ ’ ‚ ' ‹ ›`.
    Single,
}

/// All marked stretches in order. Marks within marks belong to the outer ones; single marks count only outside of
/// double ones.
pub(crate) fn find(text: &Text<'_>) -> Vec<Marked> {
    let mut found = Vec::new();
    let mut open_before = false;
    for paragraph in &text.paragraphs {
        let range = paragraph.start as usize..paragraph.end as usize;
        open_before = find_in(text, range, open_before, &mut found);
    }
    found
}

/// The marked stretches of one paragraph; is its last one left open?
fn find_in(
    text: &Text<'_>,
    paragraph: Range<usize>,
    open_before: bool,
    found: &mut Vec<Marked>,
) -> bool {
    let mut at = paragraph.start;
    while at < paragraph.end {
        if text.tokens[at].shape != Shape::Quote {
            at += 1;
            continue;
        }
        let mark = read(text, at, &paragraph);
        if !mark.opens {
            at += mark.width;
            continue;
        }
        let close = closing(text, mark, &paragraph);
        let (inner_end, end) = match close {
            Some(close) => (close.at, close.at + close.width),
            // A single mark that nothing closes is an apostrophe: ’tis.
            None if mark.family == Family::Single => {
                at += mark.width;
                continue;
            }
            None => (paragraph.end, paragraph.end),
        };
        let inner = at + mark.width..inner_end;
        if inner.is_empty() {
            at = end.max(at + mark.width);
            continue;
        }
        found.push(Marked {
            tokens: at..end,
            inner,
            closed: close.is_some(),
            continued: open_before && at == paragraph.start,
        });
        at = end;
    }
    found.last().is_some_and(|last| !last.closed && last.tokens.end == paragraph.end)
}

/// The mark that closes what `open` opens.
fn closing(text: &Text<'_>, open: Mark, paragraph: &Range<usize>) -> Option<Mark> {
    let mut fallback = None;
    let mut at = open.at + open.width;
    while at < paragraph.end {
        if text.tokens[at].shape != Shape::Quote {
            at += 1;
            continue;
        }
        let mark = read(text, at, paragraph);
        at += mark.width;
        if mark.family != open.family {
            continue;
        }
        if open.family != Family::Single {
            if mark.closes {
                return Some(mark);
            }
            // A straight mark that opens again: the first one was never closed.
            if text.word(mark.at) == "\"" {
                return fallback;
            }
            continue;
        }
        if mark.opens && !mark.closes {
            break;
        }
        // A plural's apostrophe looks like a closing mark: one behind a comma or full stop is sure.
        if mark.closes {
            let before = text.tokens[mark.at - 1];
            if !before.shape.is_word() {
                return Some(mark);
            }
            if fallback.is_none() || !text.word(mark.at - 1).ends_with('s') {
                fallback = Some(mark);
            }
        }
    }
    fallback
}

/// What the mark at token `at` may do, by its form and by the white space around it.
fn read(text: &Text<'_>, at: usize, paragraph: &Range<usize>) -> Mark {
    let token = text.tokens[at];
    let word = text.word(at);
    let twin = at + 1 < paragraph.end
        && matches!(word, "'" | "`" | "’" | "‘" | "´")
        && text.word(at + 1) == word
        && !text.tokens[at + 1].spaced;
    let width = if twin { 2 } else { 1 };
    let next = (at + width < paragraph.end).then(|| text.tokens[at + width]);
    // Room before and none behind: it opens.
    let before = token.spaced
        || at == paragraph.start
        || matches!(text.tokens[at - 1].shape, Shape::Mark | Shape::Quote)
            && !matches!(text.word(at - 1), "," | "." | "!" | "?" | "…" | ")" | "]" | "%");
    let behind = next.is_none_or(|n| n.spaced || !n.shape.is_word());
    let tight = next.is_some_and(|n| !n.spaced);
    let touches = next.is_some_and(|n| !n.spaced && n.shape.is_word());
    let is_year = next.is_some_and(|n| n.shape == Shape::Number);
    let by_space = (before && tight, !(token.spaced && tight) && at > paragraph.start);
    let family = match word {
        "«" | "»" => Family::Angle,
        "'" | "’" | "‘" | "‚" | "‹" | "›" | "`" | "´" if !twin => Family::Single,
        _ => Family::Double,
    };
    let (opens, closes) = match word {
        "„" | "‚" | "‘" | "`" if !twin => (tight, false),
        "“" | "‟" => (true, is_german(text, at, paragraph)),
        "”" => (false, true),
        "`" | "‘" => (true, false),
        // French marks stand apart from their words; German ones point inwards and touch them.
        "«" | "‹" => (before, !before),
        "»" | "›" => (token.spaced && touches, !(token.spaced && touches)),
        "’" if !twin => (false, behind),
        "'" if !twin => (before && tight && !is_year, behind && by_space.1 && !token.spaced),
        _ => (by_space.0, by_space.1 || !before),
    };
    Mark { at, width, family, opens, closes }
}

/// Does `“` close what `„` opened in this paragraph?
fn is_german(text: &Text<'_>, at: usize, paragraph: &Range<usize>) -> bool {
    let behind_word = !text.tokens[at].spaced && at > paragraph.start;
    let next_tight = at + 1 < paragraph.end
        && !text.tokens[at + 1].spaced
        && text.tokens[at + 1].shape.is_word();
    behind_word && !next_tight
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expected: &[&str]) {
        let text = Text::new(body);
        let found: Vec<&str> =
            find(&text).into_iter().map(|m| text.span(m.inner).of(body)).collect();
        assert_eq!(found, expected, "{body}");
    }

    #[test]
    fn every_form_of_marks() {
        check("“We go,” he said. “Now.”", &["We go,", "Now."]);
        check("\"We go,\" he said. \"Now.\"", &["We go,", "Now."]);
        check("''We go,'' he said.", &["We go,"]);
        check("„Wir gehen“, sagte er.", &["Wir gehen"]);
        check("«Nous partons», a-t-il dit.", &["Nous partons"]);
        check("« Nous partons », a-t-il dit.", &["Nous partons"]);
        check("»Wir gehen«, sagte er.", &["Wir gehen"]);
        check(
            "‘We go,’ he said. ‘It’s the ministers’ plan.’",
            &["We go,", "It’s the ministers’ plan."],
        );
        check("'We go,' he said.", &["We go,"]);
    }

    #[test]
    fn inner_marks_belong_to_the_outer_ones() {
        check("“He said ‘no’ to us,” she said.", &["He said ‘no’ to us,"]);
        check("He called it “bold”—“too bold”.", &["bold", "too bold"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check("The ministers’ plan isn’t theirs.", &[]);
        check("Rock 'n' roll in the '90s is boys' play.", &["n"]);
    }

    #[test]
    fn a_quotation_may_run_over_paragraphs() {
        let text = Text::new("“One.\n\n“Two,” he said.");
        let found = find(&text);
        assert_eq!(found.len(), 2);
        assert!(!found[0].closed && found[1].closed && found[1].continued);
    }
}
