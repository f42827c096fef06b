//! Ranges of dates and numbers: `2020`, `2020-02..2020-06`, `..1999`, `500..`.

use crate::article::PartialDate;

/// The days that `text` covers as `YYYYMMDD`, inclusive: a date or a range of dates of any precision. An open end is
/// 0 or 9999-12-31.
pub(super) fn day_range(text: &str) -> Option<(i64, i64)> {
    let Some((first, last)) = split(text) else { return date(text)?.days() };
    let first = if first.is_empty() { 0 } else { date(first)?.days()?.0 };
    let last = if last.is_empty() { 9999_12_31 } else { date(last)?.days()?.1 };
    Some((first, last))
}

/// The numbers that `text` covers, inclusive.
pub(super) fn number_range(text: &str) -> Option<(f64, f64)> {
    let number = |text: &str| text.parse::<f64>().ok().filter(|n| n.is_finite());
    let Some((first, last)) = split(text) else { return number(text).map(|n| (n, n)) };
    let first = if first.is_empty() { 0.0 } else { number(first)? };
    let last = if last.is_empty() { f64::MAX } else { number(last)? };
    Some((first, last))
}

/// Both ends of `a..b`; one of them may be open.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let (first, last) = text.split_once("..")?;
    let last = last.trim_start_matches('.');
    (!first.is_empty() || !last.is_empty()).then_some((first, last))
}

/// A date as `--from` and `--to` take it: `2021`, `2021-02`, `2021-02-27`.
pub fn parse_date(text: &str) -> Option<PartialDate> {
    date(text.trim())
}

/// `2021`, `2021-02`, `2021-02-27`; slashes, full stops or nothing instead of hyphens.
fn date(text: &str) -> Option<PartialDate> {
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if digits(text) && matches!(text.len(), 6 | 8) {
        let (year, month) = (&text[..4], &text[4..6]);
        return parts(year, Some(month), text.get(6..).filter(|d| !d.is_empty()));
    }
    let mut pieces = text.split(['-', '/', '.', '–']);
    let year = pieces.next().filter(|y| y.len() == 4 && digits(y))?;
    let (month, day) = (pieces.next(), pieces.next());
    if pieces.next().is_some() {
        return None;
    }
    parts(year, month, day)
}

fn parts(year: &str, month: Option<&str>, day: Option<&str>) -> Option<PartialDate> {
    let year = year.parse().ok()?;
    let month: Option<u8> = match month {
        Some(month) => Some(month.parse().ok().filter(|m| (1..=12).contains(m))?),
        None => None,
    };
    match day {
        Some(day) => PartialDate::ymd(year, month?, day.parse().ok()?),
        None => Some(PartialDate { year: Some(year), month, day: None }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_have_any_precision() {
        let check = |text, expected| assert_eq!(day_range(text), expected, "{text}");
        check("2020", Some((2020_01_01, 2020_12_31)));
        check("2020-02..2020-06", Some((2020_02_01, 2020_06_31)));
        check("..1999", Some((0, 1999_12_31)));
        check("2021-02-27..", Some((2021_02_27, 9999_12_31)));
        check("20210227", Some((2021_02_27, 2021_02_27)));
        check("2021-02-30", None);
        check("..", None);
        check("yesterday", None);
    }
}
