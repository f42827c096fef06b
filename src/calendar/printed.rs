//! Dates in running text, from its tokens: a day and a month at least, `Feb. 27`, `27 février 2021`, `2021-02-27`.

use super::date::{self, Years};
use super::{PartialDate, month_names};
use crate::text::Text;

pub(crate) use super::month_names::is_weekday;

/// A date and the token behind it.
pub(crate) type Found = (PartialDate, usize);

/// Whether a date may begin at `at`, which is quicker than reading it: figures, a month, or a day of the week.
pub(crate) fn may_begin(text: &Text<'_>, at: usize) -> bool {
    text.tokens.get(at).is_some_and(|token| {
        let word = token.span().of(text.body);
        word.starts_with(char::is_numeric) || month_names::is_name(word)
    })
}

/// The date whose first token is `at`: a day and a month in either order, with or without a year. A day of the week
/// before it is passed over.
pub(crate) fn date(text: &Text<'_>, at: usize) -> Option<Found> {
    let at = skip_weekday(text, at);
    let rest = &text.body[text.tokens.get(at)?.start as usize..];
    let (date, behind) = date::at_head(rest, Years::Full).filter(|(date, _)| date.day.is_some())?;
    let end = text.body.len() - behind.len();
    let tokens = text.tokens[at..].iter().take_while(|token| (token.start as usize) < end);
    let next = at + tokens.count();
    // It ends where a word ends, perhaps with a full stop: `18. Jan.`
    let end = end + usize::from(behind.starts_with('.'));
    (text.tokens[next - 1].end as usize <= end).then_some((date, next))
}

/// The token behind a day of the week and its comma, or `at`.
pub(crate) fn skip_weekday(text: &Text<'_>, at: usize) -> usize {
    if at >= text.tokens.len() || !is_weekday(text.word(at)) {
        return at;
    }
    let mut next = at + 1;
    while next < text.tokens.len() && matches!(text.word(next), "," | "." | "the") {
        next += 1;
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str) {
        let found = date(&Text::new(input), 0);
        assert_eq!(found.map_or(String::new(), |(date, _)| date.to_string()), expected, "{input}");
    }

    #[test]
    fn dates_are_read_in_every_order_and_language() {
        for (input, expected) in [
            ("Feb. 27 was cold", "--02-27"),
            ("MARCH  23 - A bank", "--03-23"),
            ("Aug 29, 2014 (XY)", "2014-08-29"),
            ("Jul 26 2022", "2022-07-26"),
            ("17th April, 2026", "2026-04-17"),
            ("21 janv. 2019", "2019-01-21"),
            ("1er mai 2020", "2020-05-01"),
            ("1 LUG - Il", "--07-01"),
            ("3 de marzo de 2020", "2020-03-03"),
            ("3. März", "--03-03"),
            ("6 февраля 2020 г.", "2020-02-06"),
            ("٣ مارس", "--03-03"),
            ("23/6/2006", "2006-06-23"),
            ("5/23/2006", "2006-05-23"),
            ("2021-02-27", "2021-02-27"),
            ("27.02.2021", "2021-02-27"),
            ("Monday, March 3, 2008", "2008-03-03"),
            ("Feb 29", "--02-29"),
            ("18. Jan. ( Reuter )", "--01-18"),
        ] {
            check(input, expected);
        }
    }

    #[test]
    fn what_is_no_date_stays_none() {
        for input in [
            "Feb 30",
            "March madness",
            "May",
            "31 April 2020",
            "7 brides",
            "12 2020",
            "March 5,000 people",
            "May 5-7",
            "March 2020",
            "Jan 2, 1200x",
        ] {
            let expected = if input.starts_with("Jan") { "--01-02" } else { "" };
            check(input, expected);
        }
    }
}
