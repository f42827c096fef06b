//! Dates as metadata write them, alone in a field: a date in any spelling with its time of day, a year or a month, or UNIX
//! time.

use super::date::{self, Years};
use super::{PartialDate, time};

/// A date and, where one is stated, the time of day as `10:42:33+03:30`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stated {
    pub(crate) date: PartialDate,
    pub(crate) time: Option<String>,
}

/// The date that `value` states, to the day, month or year. Years may have two digits.
pub(crate) fn read(value: &str) -> Option<Stated> {
    let value = value.trim();
    let partial = || {
        let date = date::year_or_month(value, Years::Full)?;
        Some(Stated { date, time: None })
    };
    unix(value).or_else(partial).or_else(|| within(value, Years::Short, |date| date.year.is_some()))
}

/// The day that `value` states, with a year of four digits, perhaps among other words.
pub(crate) fn day(value: &str) -> Option<Stated> {
    let value = value.trim();
    unix(value).or_else(|| within(value, Years::Full, is_day))
}

/// Whether a date has year, month and day.
pub(crate) fn is_day(date: PartialDate) -> bool {
    date.year.is_some() && date.day.is_some()
}

/// The moment that `value` states; midnight and UTC where it has no time or zone. `None` if it names no day.
pub(crate) fn moment(value: &str) -> Option<jiff::Timestamp> {
    let Stated { date, time } = read(value)?;
    let time = time.unwrap_or_else(|| "00:00:00Z".to_owned());
    let zone = time.contains(['Z', '+', '-']);
    format!("{date}T{time}{}", if zone { "" } else { "Z" }).parse().ok()
}

fn within(value: &str, years: Years, accept: impl Fn(PartialDate) -> bool) -> Option<Stated> {
    let (date, rest) = date::find(value, years, accept)?;
    Some(Stated { date, time: time::behind_date(rest) })
}

/// Seconds or milliseconds since 1970.
fn unix(value: &str) -> Option<Stated> {
    let whole = value.split_once('.').map_or(value, |(whole, _)| whole);
    if !whole.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let seconds = match whole.len() {
        9 | 10 => number,
        13 => number / 1000,
        _ => return None,
    };
    within(&jiff::Timestamp::from_second(seconds).ok()?.to_string(), Years::Full, is_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &str) {
        let shown = read(value).map_or(String::new(), |found| match found.time {
            Some(time) => format!("{}T{time}", found.date),
            None => found.date.to_string(),
        });
        assert_eq!(shown, expected, "{value}");
    }

    #[test]
    fn iso_8601() {
        check("2021-02-27T10:42:33+03:30", "2021-02-27T10:42:33+03:30");
        check("20210227T104233Z", "2021-02-27T10:42:33Z");
        check("20210227T104233+0000", "2021-02-27T10:42:33+00:00");
        check("20210227104233", "2021-02-27T10:42:33");
        check("2021-02-27 10:42:33.123", "2021-02-27T10:42:33");
        check("2021-02-27", "2021-02-27");
        check("20210227", "2021-02-27");
        check("2021:02:27 10:42:33", "2021-02-27T10:42:33");
        check("2021-02", "2021-02");
        check("2021", "2021");
        check("2021-13-27", "");
        check("1614422553", "2021-02-27T10:42:33Z");
        check("1614422553000", "2021-02-27T10:42:33Z");
    }

    #[test]
    fn other_forms() {
        check("Sat, 27 Feb 2021 10:42:33 +0330", "2021-02-27T10:42:33+03:30");
        check("Sat, 27 Feb 21 10:42 GMT", "2021-02-27T10:42:00Z");
        check("Sat Feb 27 10:42:33 UTC 2021", "2021-02-27T10:42:33Z");
        check("April 29, 1990, Sunday, Home Edition", "1990-04-29");
        check("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01");
        check("15:01 27 Feb 2021", "2021-02-27");
        check("10:30 May 05, 2020", "2020-05-05");
        check("Samedi 27 février 2021", "2021-02-27");
        check("27. Februar 2021", "2021-02-27");
        check("27.02.2021", "2021-02-27");
        check("02/27/2021", "2021-02-27");
        check("27/02/2021", "2021-02-27");
        check("02/03/2021", "2021-03-02");
        check("27/02/87", "1987-02-27");
        check("27/Feb/2021:10:42:33 +0330", "2021-02-27T10:42:33+03:30");
        check("February 2021", "2021-02");
        check("2021年2月", "2021-02");
        check("1st March 2021", "2021-03-01");
        check("2020 May 5, 2021", "2021-05-05");
        check("10.12.20.4", "");
        check("Season 2014-15", "");
        check("yesterday", "");
        check("", "");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(
            value in "\\PC{0,60}|([0-9]{0,5}|[-/.: ,TZ+'’]|feb|May|GMT|pm|年|ü|г|de |tháng){0,20}"
        ) {
            read(&value);
            day(&value);
            moment(&value);
        }
    }
}
