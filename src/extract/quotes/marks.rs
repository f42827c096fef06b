//! Spans between quotation marks, by the forms of the marks alone. Whether a span is a quotation, a title or a scare
//! quote is not decided here.

use std::ops::Range;

use crate::text::{Shape, Text};

/// A span between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QuotedSpan {
    /// Its tokens, marks included.
    pub(crate) tokens: Range<usize>,
    /// Its tokens between the marks.
    pub(crate) inner: Range<usize>,
    /// Whether a mark closes it before its paragraph ends.
    pub(crate) closed: bool,
    /// Whether it continues a span that the preceding paragraph left open.
    pub(crate) continued: bool,
}

/// A quotation mark in context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    /// Its first token.
    at: usize,
    /// Its number of tokens: two for `''`.
    width: usize,
    family: Family,
    opens: bool,
    closes: bool,
}

/// Marks that open and close each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    /// `“ ” „ ‟ "` and doubled single ones.
    Double,
    /// `« »`.
    Angle,
    /// `‘ ’ ‚ ' ‹ ›`.
    Single,
}

/// Returns all quoted spans in order. Nested marks belong to the outer span.
pub(crate) fn find(text: &Text<'_>) -> Vec<QuotedSpan> {
    let mut found = Vec::new();
    let mut open_before = false;
    for paragraph in &text.paragraphs {
        let range = paragraph.start as usize..paragraph.end as usize;
        open_before = find_in_paragraph(text, range, open_before, &mut found);
    }
    found
}

/// Adds the quoted spans of one paragraph; returns whether the last one is left open.
fn find_in_paragraph(
    text: &Text<'_>,
    paragraph: Range<usize>,
    open_before: bool,
    found: &mut Vec<QuotedSpan>,
) -> bool {
    let mut at = paragraph.start;
    while at < paragraph.end {
        if text.tokens[at].shape != Shape::Quote {
            at += 1;
            continue;
        }
        let mark = mark_at(text, at, &paragraph);
        if !mark.opens {
            at += mark.width;
            continue;
        }
        let close = closing_mark(text, mark, &paragraph);
        let (inner_end, end) = match close {
            Some(close) => (close.at, close.at + close.width),
            // A single mark without a closing one is an apostrophe: ’tis.
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
        found.push(QuotedSpan {
            tokens: at..end,
            inner,
            closed: close.is_some(),
            continued: open_before && at == paragraph.start,
        });
        at = end;
    }
    found.last().is_some_and(|last| !last.closed && last.tokens.end == paragraph.end)
}

/// The mark that closes the span that `open` opens.
fn closing_mark(text: &Text<'_>, open: Mark, paragraph: &Range<usize>) -> Option<Mark> {
    let mut fallback = None;
    let mut at = open.at + open.width;
    while at < paragraph.end {
        if text.tokens[at].shape != Shape::Quote {
            at += 1;
            continue;
        }
        let mark = mark_at(text, at, paragraph);
        at += mark.width;
        if mark.family != open.family {
            continue;
        }
        if open.family != Family::Single {
            if mark.closes {
                return Some(mark);
            }
            // A straight mark that opens another span: this one was never closed.
            if text.word(mark.at) == "\"" {
                return fallback;
            }
            continue;
        }
        if mark.opens && !mark.closes {
            break;
        }
        // A plural's apostrophe looks like a closing mark; after a comma or full stop a mark surely closes.
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

/// The mark at token `at`; its form and the white space around it determine whether it opens or closes.
fn mark_at(text: &Text<'_>, at: usize, paragraph: &Range<usize>) -> Mark {
    let token = text.tokens[at];
    let word = text.word(at);
    let doubled = at + 1 < paragraph.end
        && matches!(word, "'" | "`" | "’" | "‘" | "´")
        && text.word(at + 1) == word
        && !text.tokens[at + 1].spaced;
    let width = if doubled { 2 } else { 1 };
    let next = (at + width < paragraph.end).then(|| text.tokens[at + width]);
    let may_open = token.spaced
        || at == paragraph.start
        || matches!(text.tokens[at - 1].shape, Shape::Mark | Shape::Quote)
            && !matches!(text.word(at - 1), "," | "." | "!" | "?" | "…" | ")" | "]" | "%");
    let may_close = next.is_none_or(|n| n.spaced || !n.shape.is_word());
    let touches_next = next.is_some_and(|n| !n.spaced);
    let touches_word = next.is_some_and(|n| !n.spaced && n.shape.is_word());
    let is_year = next.is_some_and(|n| n.shape == Shape::Number);
    let opens_by_space = may_open && touches_next;
    let closes_by_space = !(token.spaced && touches_next) && at > paragraph.start;
    let family = match word {
        "«" | "»" => Family::Angle,
        "'" | "’" | "‘" | "‚" | "‹" | "›" | "`" | "´" if !doubled => Family::Single,
        _ => Family::Double,
    };
    let (opens, closes) = match word {
        "„" | "‚" | "‘" | "`" if !doubled => (touches_next, false),
        "“" | "‟" => (true, is_german_closing(text, at, paragraph)),
        "”" => (false, true),
        "`" | "‘" => (true, false),
        // French marks are separated from their words by spaces; German ones point inwards and touch them.
        "«" | "‹" => (may_open, !may_open),
        "»" | "›" => (token.spaced && touches_word, !(token.spaced && touches_word)),
        "’" if !doubled => (false, may_close),
        "'" if !doubled => {
            (opens_by_space && !is_year, may_close && closes_by_space && !token.spaced)
        }
        _ => (opens_by_space, closes_by_space || !may_open),
    };
    Mark { at, width, family, opens, closes }
}

/// Whether the `“` at token `at` closes a span that `„` opens, as in German.
fn is_german_closing(text: &Text<'_>, at: usize, paragraph: &Range<usize>) -> bool {
    let touches_previous = !text.tokens[at].spaced && at > paragraph.start;
    let touches_next = at + 1 < paragraph.end
        && !text.tokens[at + 1].spaced
        && text.tokens[at + 1].shape.is_word();
    touches_previous && !touches_next
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
    fn marks_of_every_form() {
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
    fn nested_marks_belong_to_the_outer_span() {
        check("“He said ‘no’ to us,” she said.", &["He said ‘no’ to us,"]);
        check("He called it “bold”—“too bold”.", &["bold", "too bold"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check("The ministers’ plan isn’t theirs.", &[]);
        check("Rock 'n' roll in the '90s is boys' play.", &["n"]);
    }

    #[test]
    fn a_span_may_continue_in_the_next_paragraph() {
        let text = Text::new("“One.\n\n“Two,” he said.");
        let found = find(&text);
        assert_eq!(found.len(), 2);
        assert!(!found[0].closed && found[1].closed && found[1].continued);
    }
}
