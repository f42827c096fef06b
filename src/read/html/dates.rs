//! Which values on a page are dates: any that states a day, a short one in an element that is called a date, and the
//! stamps of forums. How a date is spelled is the calendar's business.

use crate::article::Published;
use crate::calendar::date::{self, Years};
use crate::calendar::printed::is_weekday;
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

/// The date that `value` opens with.
pub(super) fn at_head(value: &str, field: &str) -> Option<Published> {
    let (date, _) = date::at_head(value, Years::Full)?;
    draft::published(field, stated::is_day(date).then_some(Stated { date, time: None }))
}

/// The date in the text of an element that is called a date, or of a line about the article. Behind a word for
/// publication, if there is one and a change is dated first. Years may have two digits where the date ends the text.
/// `american`: whether the month stands first in figures with slashes.
pub(super) fn shown(value: &str, field: &str, american: bool) -> Option<Published> {
    let lower = value.to_lowercase();
    if value.len() > LONGEST || is_copyright(&lower) {
        return None;
    }
    let value = match change(&lower) {
        Some(at) => match PUBLICATION.iter().filter_map(|word| lower.find(word)).min() {
            Some(publication) if publication < at => value,
            Some(publication) => value.get(publication..)?,
            None => return None,
        },
        None => value,
    };
    any(value, field, american)
}

/// The date in the dateline that a text opens with, behind capitalised words and before a dash or a bracket.
pub(super) fn in_dateline(text: &str) -> Option<Published> {
    /// The maximum length of what stands before the date, in bytes.
    const MAX_PLACE: usize = 40;
    let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST).last()?;
    let head = &text[..end];
    let (start, date, rest) = date::locate(head, Years::Full, stated::is_day)?;
    let mut words = head[..start].split_whitespace();
    let is_place = start <= MAX_PLACE
        && words.all(|word| {
            !word.starts_with(char::is_lowercase)
                || matches!(word, "den" | "am" | "le" | "el" | "de")
        });
    let is_closed = rest.trim_start().starts_with(['–', '—', '-', '(', ':', '/', '.', '|']);
    draft::published("dateline", (is_place && is_closed).then_some(Stated { date, time: None }))
}

/// The date of a change that a line states.
pub(super) fn changed(value: &str, field: &str, american: bool) -> Option<Published> {
    let lower = value.to_lowercase();
    let at = change(&lower).filter(|_| value.len() <= LONGEST && !is_copyright(&lower))?;
    any(value.get(at..)?, field, american)
}

fn any(value: &str, field: &str, american: bool) -> Option<Published> {
    let in_american_order = || {
        let (date, rest) = date::find_american(value, Years::Short)?;
        draft::published(field, Some(Stated { date, time: time::behind_date(rest) }))
    };
    let in_slashes = if american { in_american_order() } else { None };
    in_slashes.or_else(|| published(value, field)).or_else(|| short(value, field))
}

/// `28.04.23`, at the end of a value or with a time of day behind it.
fn short(value: &str, field: &str) -> Option<Published> {
    let (date, rest) = date::find(value.trim(), Years::Short, stated::is_day)?;
    let is_end = rest.chars().all(|c| !c.is_alphabetic()) || time::behind_date(rest).is_some();
    let stated = is_end.then(|| Stated { date, time: time::behind_date(rest) });
    draft::published(field, stated)
}

/// Words for publication in lines about an article, in lower case.
const PUBLICATION: &[&str] = &[
    "publish",
    "posted",
    "released",
    "issued",
    "written on",
    "created",
    "filed",
    "date:",
    "date :",
    "first appeared",
    "veröffentlicht",
    "erschienen",
    "publiziert",
    "erstellt",
    "eingestellt",
    "gepostet",
    "geschrieben",
    "verfasst",
    "datum",
    "vom ",
    "online seit",
    "publié",
    "paru",
    "parue",
    "mis en ligne",
    "mise en ligne",
    "posté",
    "rédigé",
    "écrit le",
    "publicad",
    "creado",
    "escrito el",
    "fecha",
    "data:",
    "pubblicat",
    "scritto il",
    "gepubliceerd",
    "geplaatst",
    "verschenen",
    "publicerad",
    "publicerat",
    "udgivet",
    "offentliggjort",
    "publisert",
    "julkaistu",
    "opublikowan",
    "dodano",
    "publikováno",
    "zveřejněno",
    "megjelent",
    "publicat",
    "опубликован",
    "размещен",
    "yayın",
    "diterbitkan",
    "发布",
    "发表",
    "掲載",
    "公開",
];

/// Words for a change of an article, in lower case.
const CHANGE: &[&str] = &[
    "updat",
    "modif",
    "last edited",
    "last changed",
    "last reviewed",
    "revised",
    "aktualisiert",
    "geändert",
    "letzte änderung",
    "überarbeitet",
    "mis à jour",
    "mise à jour",
    "actualizad",
    "actualisé",
    "aggiornat",
    "atualizad",
    "bijgewerkt",
    "gewijzigd",
    "uppdaterad",
    "opdateret",
    "oppdatert",
    "päivitetty",
    "aktualizacj",
    "aktualizováno",
    "обновлен",
    "güncel",
    "更新",
];

/// Where a word for a change stands before the first date.
fn change(lower: &str) -> Option<usize> {
    let date = date::locate(lower, Years::Short, |date| date.day.is_some()).map(|(at, ..)| at);
    CHANGE
        .iter()
        .filter_map(|word| lower.find(word))
        .min()
        .filter(|at| date.is_none_or(|date| *at < date))
}

fn is_copyright(lower: &str) -> bool {
    lower.contains('©') || lower.contains("copyright") || lower.starts_with("(c) ")
}

/// Whether a short line is about the date of the article: it opens with one, has a word for it, or few other words.
pub(super) fn is_dated_line(line: &str) -> bool {
    const MAX_WORDS: usize = 5;
    let sentence = line.ends_with(['.', '!', '?']) && line.split_whitespace().count() > MAX_WORDS;
    !sentence || PUBLICATION.iter().any(|word| line.to_lowercase().contains(word))
}

/// Whether a line states the date of publication: with a word for it, or by the date alone.
pub(super) fn states_publication(line: &str) -> bool {
    let lower = line.to_lowercase();
    PUBLICATION.iter().any(|word| lower.contains(word)) || is_date_alone(line)
}

/// Whether a line is a date, perhaps with the time of day, or a word for publication before it.
pub(super) fn is_date_alone(line: &str) -> bool {
    /// The maximum length of what stands before the date, in bytes.
    const MAX_LABEL: usize = 24;
    let Some((start, _, rest)) = date::locate(line, Years::Full, stated::is_day) else {
        return false;
    };
    let lower = line[..start].to_lowercase();
    let is_labelled = PUBLICATION.iter().chain(CHANGE).any(|word| lower.contains(word));
    let is_weekday = lower.trim_matches([' ', ',', '.']).split(' ').all(is_weekday);
    line.len() <= LONGEST
        && (start == 0 || is_weekday || is_labelled && start <= MAX_LABEL)
        && (rest.len() <= LONGEST_TIME || is_labelled && change(&rest.to_lowercase()).is_some())
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

    fn text(found: Option<Published>) -> String {
        found.map_or(String::new(), |found| match found.time {
            Some(time) => format!("{} {time}", found.date),
            None => found.date.to_string(),
        })
    }

    #[test]
    fn days_are_found_among_words() {
        let check = |value, expected| assert_eq!(text(published(value, "date")), expected);
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
    fn short_years_need_a_date_at_the_end() {
        let check = |value, expected| {
            assert_eq!(text(super::shown(value, "date", false)), expected, "{value}");
        };
        check(" 28.04.23 ", "2023-04-28");
        check("28.04.97", "1997-04-28");
        check("Harbour, 28.04.23", "2023-04-28");
        check("28/04/23 10:42", "2023-04-28 10:42:00");
        check("03/14/21", "2021-03-14");
        check("28.04.23 and more", "");
        check("1.2.3.4", "");
    }

    #[test]
    fn posts_are_stamped_with_a_time() {
        let check = |value, expected| assert_eq!(text(stamped(value, "date")), expected);
        check("von eule am 26/10/13, 03:48 pm", "2013-10-26 15:48:00");
        check("by owl 10/26/13 at 11:20", "2013-10-26 11:20:00");
        check("member since 26.10.13", "");
        check("7/12/13/15:20", "");
    }

    #[test]
    fn publication_goes_before_change() {
        let check = |value, american, expected| {
            assert_eq!(text(super::shown(value, "date", american)), expected, "{value}");
        };
        check("Published 1 May 2020, updated 3 May 2020", false, "2020-05-01");
        check("Updated 3 May 2020 | Published 1 May 2020", false, "2020-05-01");
        check("Aktualisiert am 03.05.2020, veröffentlicht am 01.05.2020", false, "2020-05-01");
        check("Updated 3 May 2020", false, "");
        check("© 2020-05-01 Harbour Gazette", false, "");
        check("5/3/2020", true, "2020-05-03");
        check("5/3/20 10:42 am", true, "2020-05-03 10:42:00");
        check("5/3/2020", false, "2020-03-05");
        check("3.5.2020", true, "2020-05-03");
        assert_eq!(text(changed("Last updated: 3 May 2020", "date", false)), "2020-05-03");
    }

    proptest::proptest! {
        #[test]
        fn any_value_is_survived(value in "\\PC{0,60}|([0-9]{1,4}|[-/.:,TZ+ ]|Apr|March|pm|年|ü){0,20}") {
            let _ = published(&value, "date");
            let _ = super::shown(&value, "date", true);
            let _ = changed(&value, "date", false);
            let _ = (is_dated_line(&value), states_publication(&value));
            let _ = stamped(&value, "date");
        }
    }
}
