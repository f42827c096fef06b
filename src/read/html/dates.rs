//! Which values on a page are dates: any that states a day, a short one in an element that is called a date, and the
//! stamps of forums. How a date is spelled is the calendar's business.

use crate::article::Published;
use crate::calendar::date::{self, Years};
use crate::calendar::stated::{self, Stated};
use crate::calendar::time;
use crate::read::draft;

/// A value longer than this is no date, in bytes.
const LONGEST: usize = 120;

/// Behind the day of a stamp, a time of day ends within so many bytes.
const LONGEST_TIME: usize = 14;

/// The date that `value` states, with its time of day where there is one; `field` is where it stands. A year or a month
/// is none: pages name those of their archives.
pub(super) fn published(value: &str, field: &str) -> Option<Published> {
    let stated = (value.len() <= LONGEST).then(|| stated::day(value))?;
    draft::published(field, stated)
}

/// `28.04.23`, where nothing else stands and a date is expected.
pub(super) fn short(value: &str, field: &str) -> Option<Published> {
    let (date, rest) = date::at_head(value.trim(), Years::Short)?;
    let stated = (stated::is_day(date) && rest.is_empty()).then_some(Stated { date, time: None });
    draft::published(field, stated)
}

/// `26/10/13, 03:48 pm`, as forums stamp their posts; the time of day distinguishes it from other figures.
pub(super) fn stamped(value: &str, field: &str) -> Option<Published> {
    let (date, rest) = date::find(value, Years::Short, stated::is_day)?;
    let time = time::behind_date(rest.get(..LONGEST_TIME).unwrap_or(rest))?;
    let stated = rest.starts_with([' ', ',']).then_some(Stated { date, time: Some(time) });
    draft::published(field, stated)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(found: Option<Published>) -> String {
        found.map_or(String::new(), |found| match found.time {
            Some(time) => format!("{} {time}", found.date),
            None => found.date.to_string(),
        })
    }

    #[test]
    fn days_are_found_among_words() {
        let check = |value, expected| assert_eq!(shown(published(value, "date")), expected);
        check("2023-04-28T17:40:08Z", "2023-04-28 17:40:08Z");
        check("2023-04-28T17:40:08.123+0200", "2023-04-28 17:40:08+02:00");
        check("2023-04-28 17:40:08 +02:00", "2023-04-28 17:40:08+02:00");
        check("20230428T1740", "2023-04-28 17:40:00");
        check("2023/4/28", "2023-04-28");
        check("28.04.2023, 17:40 Uhr", "2023-04-28 17:40:00");
        check("28/4/2023", "2023-04-28");
        check("4/28/2023 5:40 PM", "2023-04-28 17:40:00");
        check("Fri, 28 Apr 2023 17:40:08 GMT", "2023-04-28 17:40:08Z");
        check("Fri Apr 28 2023 17:40:08 GMT+0200 (CEST)", "2023-04-28 17:40:08+02:00");
        check("Fri Apr 28 17:40:08 UTC 2023", "2023-04-28 17:40:08Z");
        check("April 28th, 2023", "2023-04-28");
        check("28. Dezember 2023", "2023-12-28");
        check("28 de diciembre de 2023", "2023-12-28");
        check("le 28 juillet 2023 à 17:40", "2023-07-28 17:40:00");
        check("2023年4月28日 17:40", "2023-04-28 17:40:00");
        check("1682703608", "2023-04-28 17:40:08Z");
        check("1682703608000", "2023-04-28 17:40:08Z");
        check("Stories of April 2023: 28 April 2023", "2023-04-28");
        check("2023-02-30", "");
        check("April 2023", "");
        check("yesterday", "");
    }

    #[test]
    fn short_years_need_a_date_alone() {
        let check = |value, expected| assert_eq!(shown(short(value, "date")), expected);
        check(" 28.04.23 ", "2023-04-28");
        check("28.04.97", "1997-04-28");
        check("28.04.23 and more", "");
        check("1.2.3.4", "");
    }

    #[test]
    fn posts_are_stamped_with_a_time() {
        let check = |value, expected| assert_eq!(shown(stamped(value, "date")), expected);
        check("von eule am 26/10/13, 03:48 pm", "2013-10-26 15:48:00");
        check("by owl 10/26/13 at 11:20", "2013-10-26 11:20:00");
        check("member since 26.10.13", "");
        check("7/12/13/15:20", "");
    }

    proptest::proptest! {
        #[test]
        fn any_value_is_survived(value in "\\PC{0,60}|([0-9]{1,4}|[-/.:,TZ+ ]|Apr|March|pm|年|ü){0,20}") {
            let _ = published(&value, "date");
            let _ = short(&value, "date");
            let _ = stamped(&value, "date");
        }
    }
}
