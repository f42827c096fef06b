//! Dates and ranges of dates as queries and options take them: `2020`, `2021-02-27`, `2020-02..2020-06`, `..1999`. A year
//! may be any, so that a range can end beyond all articles.

use super::PartialDate;
use super::date::{self, Years};

/// The days that `text` covers as `YYYYMMDD`, inclusive: a date or a range of dates of any precision. An open end is
/// 0 or 9999-12-31.
pub(crate) fn day_range(text: &str) -> Option<(i64, i64)> {
    let Some((first, last)) = range(text) else { return date(text)?.days() };
    let first = if first.is_empty() { 0 } else { date(first)?.days()?.0 };
    let last = if last.is_empty() { 9999_12_31 } else { date(last)?.days()?.1 };
    Some((first, last))
}

/// Both ends of `a..b`; one of them may be open.
pub(crate) fn range(text: &str) -> Option<(&str, &str)> {
    let (first, last) = text.split_once("..")?;
    let last = last.trim_start_matches('.');
    (!first.is_empty() || !last.is_empty()).then_some((first, last))
}

/// The date that is all of `text`, with its year: `2021`, `2021-02`, `202102`, `2021-02-27`, `27 Feb 2021`.
pub(crate) fn date(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let months = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
    if months {
        return date::year_or_month(&format!("{}-{}", &text[..4], &text[4..]), Years::Any);
    }
    let day = || {
        date::at_head(text, Years::Any)
            .filter(|(date, rest)| date.year.is_some() && rest.is_empty())
    };
    date::year_or_month(text, Years::Any).or_else(|| day().map(|(date, _)| date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_have_any_precision() {
        let check = |text, expected| assert_eq!(day_range(text), expected, "{text}");
        check("2020", Some((2020_01_01, 2020_12_31)));
        check("2020-02..2020-06", Some((2020_02_01, 2020_06_31)));
        check("202002", Some((2020_02_01, 2020_02_31)));
        check("..1999", Some((0, 1999_12_31)));
        check("1066..", Some((1066_01_01, 9999_12_31)));
        check("2021-02-27..", Some((2021_02_27, 9999_12_31)));
        check("20210227", Some((2021_02_27, 2021_02_27)));
        check("27 lutego 2021", Some((2021_02_27, 2021_02_27)));
        check("3 May", None);
        check("2021-02-30", None);
        check("..", None);
        check("yesterday", None);
    }
}
