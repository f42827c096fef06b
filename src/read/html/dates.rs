//! Dates as pages state them: ISO 8601 in all its spellings, RFC 2822, seconds since 1970, and days in words.

use crate::article::{Origin, PartialDate, Published};

/// No page and no paper is from before, and none from after.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2100;

/// A value longer than this is no date, in bytes.
const LONGEST: usize = 120;

/// The date that `value` states, with its time of day where there is one; `field` is where it stands.
pub(super) fn published(value: &str, field: &str) -> Option<Published> {
    let value = value.trim();
    if value.len() > LONGEST {
        return None;
    }
    let (date, rest) = epoch(value).or_else(|| numeric(value)).or_else(|| in_words(value))?;
    Some(Published { date, time: time(&rest), origin: Origin::Field(field.to_owned()) })
}

/// Behind a day, a time of day stands within so many bytes.
const LONGEST_TIME: usize = 14;

/// `28.04.23`, where nothing else stands and a date is expected.
pub(super) fn of_this_century(value: &str, field: &str) -> Option<Published> {
    let mut parts = value.trim().splitn(3, '.').map(|part| {
        let is_short = part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<u8>().ok().filter(|_| is_short)
    });
    let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
    let date = PartialDate::ymd(2000 + i16::from(year), month, day)?;
    Some(Published { date, time: None, origin: Origin::Field(field.to_owned()) })
}

/// `26/10/13, 03:48 pm`, as forums stamp their posts; a time of day tells it from other figures.
pub(super) fn stamped(value: &str, field: &str) -> Option<Published> {
    let starts = value.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at);
    let is_start = |at: &usize| !value[..*at].ends_with(|c: char| c.is_ascii_alphanumeric());
    starts.filter(is_start).take(TRIES).find_map(|at| {
        let (found, rest) = numbers(&value[at..]);
        let [(first, 1 | 2), (second, 1 | 2), (year, 2)] = found.as_slice() else { return None };
        let year = 2000 + *year as i16;
        let date = ymd(year, *second, *first).or_else(|| ymd(year, *first, *second))?;
        let time = time(rest.get(..LONGEST_TIME).unwrap_or(rest))?;
        rest.starts_with([' ', ',']).then_some(())?;
        Some(Published { date, time: Some(time), origin: Origin::Field(field.to_owned()) })
    })
}

/// Seconds or milliseconds since 1970.
fn epoch(value: &str) -> Option<(PartialDate, String)> {
    if !matches!(value.len(), 9 | 10 | 13) || !value.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = value.parse().ok()?;
    let moment = if value.len() == 13 {
        jiff::Timestamp::from_millisecond(number).ok()?
    } else {
        jiff::Timestamp::from_second(number).ok()?
    };
    let text = moment.to_string();
    let (_, time) = text.split_once('T')?;
    let day = moment.to_zoned(jiff::tz::TimeZone::UTC).date();
    Some((ymd(day.year(), i32::from(day.month()), i32::from(day.day()))?, time.to_owned()))
}

fn ymd(year: i16, month: i32, day: i32) -> Option<PartialDate> {
    YEARS.contains(&year).then_some(())?;
    PartialDate::ymd(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// `2023-04-28`, `20230428`, `2023/4/28`, `28.04.2023`, `28/04/2023`, `2023年4月28日`, and what follows.
fn numeric(value: &str) -> Option<(PartialDate, String)> {
    let is_start = |(at, c): &(usize, char)| {
        c.is_ascii_digit() && !value[..*at].ends_with(|c: char| c.is_ascii_digit())
    };
    value
        .char_indices()
        .filter(is_start)
        .take(TRIES)
        .find_map(|(start, _)| numeric_at(&value[start..]))
}

/// A date is one of the first so many numbers.
const TRIES: usize = 6;

fn numeric_at(value: &str) -> Option<(PartialDate, String)> {
    let (numbers, rest) = numbers(value);
    let date = match numbers.as_slice() {
        [(whole, 8), ..] => ymd((whole / 10_000) as i16, whole / 100 % 100, whole % 100)?,
        [(year, 4), (month, 1 | 2), (day, 1 | 2)] => ymd(*year as i16, *month, *day)?,
        [(day, 1 | 2), (month, 1 | 2), (year, 4)] => {
            // Months come first in America alone, and only there with a slash.
            let year = *year as i16;
            ymd(year, *month, *day).or_else(|| ymd(year, *day, *month))?
        }
        _ => return None,
    };
    Some((date, rest.to_owned()))
}

/// Up to three numbers parted by one mark each, with how many digits they have, and what follows.
fn numbers(value: &str) -> (Vec<(i32, usize)>, &str) {
    let mut found = Vec::new();
    let mut rest = value;
    while found.len() < 3 {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 8 {
            break;
        }
        found.push((rest[..digits].parse().unwrap_or(0), digits));
        rest = &rest[digits..];
        if digits == 8 || found.len() == 3 {
            break;
        }
        let marked = rest.trim_start();
        let Some(behind) = ["-", "/", ".", "年", "月", "년", "월", "\u{2010}"]
            .iter()
            .find_map(|mark| marked.strip_prefix(mark))
        else {
            break;
        };
        rest = behind.trim_start();
    }
    (found, rest)
}

/// `April 28, 2023`, `28 April 2023`, `Fri, 28 Apr 2023 17:40:08 GMT`, `28. avril 2023`.
fn in_words(value: &str) -> Option<(PartialDate, String)> {
    let words: Vec<&str> = value
        .split(|c: char| {
            c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')' | '/' | '-' | '–' | '\u{a0}')
        })
        .filter(|word| !word.is_empty())
        .collect();
    let number = |word: &str| -> Option<(i32, usize)> {
        let word = word.trim_end_matches(['.', 'º', ':', 'ª']);
        let word = ["st", "nd", "rd", "th", "er"]
            .iter()
            .find_map(|end| word.strip_suffix(end))
            .unwrap_or(word);
        let valid = !word.is_empty() && word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
        if valid { Some((word.parse().ok()?, word.len())) } else { None }
    };
    let at = words.iter().position(|word| month(word).is_some())?;
    let month = i32::from(month(words[at])?);
    let linked = |i: usize| matches!(words.get(i), Some(&("de" | "del" | "of" | "г" | "г.")));
    let next = at + 1 + usize::from(linked(at + 1));
    let day_before =
        at.checked_sub(1 + usize::from(at > 0 && linked(at - 1))).and_then(|i| number(words[i]));
    let after = words.get(next).and_then(|word| number(word));
    let (day, year, behind) = match (day_before, after) {
        (Some((day, 1 | 2)), Some((year, 4))) => (day, year, next + 1),
        // `Fri Apr 28 2023`, `April 28 2023`; `Fri Apr 28 17:40:08 2023` too.
        (_, Some((day, 1 | 2))) => {
            let i = (next + 1..words.len().min(next + 5))
                .find(|&i| matches!(number(words[i]), Some((_, 4))))?;
            (day, number(words[i])?.0, if i == next + 1 { i + 1 } else { next + 1 })
        }
        _ => return None,
    };
    Some((ymd(year as i16, month, day)?, words.get(behind..)?.join(" ")))
}

/// The month that a word names, in the languages of most pages; by its first letters, which no two months share.
fn month(word: &str) -> Option<u8> {
    const STEMS: [&[&str]; 12] = [
        &["jan", "jän", "ene", "gen", "янв", "oca", "sty", "led", "januar", "ιαν"],
        &["feb", "fév", "fev", "fév", "фев", "şub", "lut", "úno", "φεβ"],
        &["mar", "mär", "maa", "mrz", "maerz", "mae", "мар", "břez", "μαρ"],
        &["apr", "avr", "abr", "апр", "nis", "kwi", "dub", "απρ"],
        &["may", "mai", "maj", "mei", "maggio", "mag", "мая", "май", "kvě", "μαΐ", "máj"],
        &["jun", "jui", "giu", "июн", "haz", "cze", "červn", "ιουν"],
        &["jul", "juil", "lug", "июл", "tem", "lip", "července", "ιουλ"],
        &["aug", "aoû", "aou", "ago", "авг", "ağu", "sie", "srp", "αυγ"],
        &["sep", "set", "сен", "eyl", "wrz", "září", "σεπ"],
        &["oct", "okt", "ott", "out", "окт", "eki", "paź", "říj", "οκτ"],
        &["nov", "ноя", "kas", "lis", "νοε"],
        &["dec", "dez", "déc", "dic", "des", "дек", "ara", "gru", "pros", "δεκ"],
    ];
    let word = word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    let letters = word.chars().count();
    if !(3..=10).contains(&letters) || word == "das" {
        return None;
    }
    // The longest stem wins: juillet is not juin, července not červen.
    let best =
        STEMS.iter().enumerate().flat_map(|(i, stems)| stems.iter().map(move |stem| (i, *stem)));
    let best = best.filter(|(_, stem)| word.starts_with(stem)).max_by_key(|(_, stem)| stem.len());
    best.map(|(i, _)| i as u8 + 1)
}

/// `17:40:08+02:00` out of `T17:40:08.123+0200`, ` 17:40 Uhr`, `5:40 pm`.
fn time(rest: &str) -> Option<String> {
    let colon = rest.find(':')?;
    let digits_before = rest[..colon].bytes().rev().take_while(u8::is_ascii_digit).count();
    let hour: u32 = rest[colon - digits_before..colon].parse().ok()?;
    let behind = &rest[colon + 1..];
    let minute: u32 = behind.get(..2)?.parse().ok()?;
    let mut tail = &behind[2..];
    let mut second = 0;
    let seconds = tail.strip_prefix(':').and_then(|tail| tail.get(..2)?.parse::<u32>().ok());
    if let Some(value) = seconds {
        second = value.min(59);
        tail = &tail[3..];
    }
    if let Some(fraction) = tail.strip_prefix(['.', ',']) {
        tail = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    let tail = tail.trim_start();
    let lower = tail.get(..tail.len().min(4)).unwrap_or_default().to_ascii_lowercase();
    let hour = match lower.as_bytes() {
        [b'p', b'm', ..] | [b'p', b'.', b'm', ..] if hour < 12 => hour + 12,
        [b'a', b'm', ..] | [b'a', b'.', b'm', ..] if hour == 12 => 0,
        _ => hour,
    };
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}:{second:02}{}", zone(tail)))
}

/// `Z`, `+02:00`, or nothing.
fn zone(tail: &str) -> String {
    let tail = tail
        .strip_prefix("GMT")
        .or_else(|| tail.strip_prefix("UTC"))
        .map_or(tail, |behind| if behind.starts_with(['+', '-']) { behind } else { "Z" });
    if tail.starts_with(['Z', 'z']) {
        return "Z".to_owned();
    }
    let Some(sign) = tail.chars().next().filter(|c| matches!(c, '+' | '-')) else {
        return String::new();
    };
    let digits: String =
        tail[1..].chars().filter(|c| *c != ':').take_while(char::is_ascii_digit).take(4).collect();
    match digits.len() {
        4 => format!("{sign}{}:{}", &digits[..2], &digits[2..]),
        2 => format!("{sign}{digits}:00"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &str) {
        let found = published(value, "date").map(|found| match found.time {
            Some(time) => format!("{} {time}", found.date),
            None => found.date.to_string(),
        });
        assert_eq!(found.unwrap_or_default(), expected, "{value}");
    }

    #[test]
    fn dates_of_all_shapes_are_read() {
        check("2023-04-28T17:40:08Z", "2023-04-28 17:40:08Z");
        check("2023-04-28T17:40:08.123+0200", "2023-04-28 17:40:08+02:00");
        check("2023-04-28 17:40:08 +02:00", "2023-04-28 17:40:08+02:00");
        check("20230428T1740", "2023-04-28");
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
        check("2023-02-30", "");
        check("yesterday", "");
    }

    #[test]
    fn short_years_are_of_this_century() {
        let day = |value| of_this_century(value, "date").map(|found| found.date.to_string());
        assert_eq!(day(" 28.04.23 ").as_deref(), Some("2023-04-28"));
        assert_eq!(day("28.04.2023"), None);
        assert_eq!(day("1.2.3.4"), None);
    }

    #[test]
    fn posts_are_stamped_with_a_time() {
        let day = |value| {
            stamped(value, "date").map(|found| format!("{} {}", found.date, found.time.unwrap()))
        };
        assert_eq!(day("von eule am 26/10/13, 03:48 pm").as_deref(), Some("2013-10-26 15:48:00"));
        assert_eq!(day("by owl 10/26/13 at 11:20").as_deref(), Some("2013-10-26 11:20:00"));
        assert_eq!(day("member since 26.10.13"), None);
        assert_eq!(day("7/12/13/15:20"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_value_is_survived(value in "\\PC{0,60}|([0-9]{1,4}|[-/.:,TZ+ ]|Apr|March|pm|年|ü){0,20}") {
            let _ = published(&value, "date");
            let _ = stamped(&value, "date");
        }
    }
}
