//! The date of publication that a page states or shows. Any date of publication goes before one of a change.

mod address;
mod displayed;
mod metadata;
mod scripts;

#[cfg(test)]
mod tests;

use super::Page;
use super::dates;
use super::tree::{Attribute, Tag, Tree};
use crate::article::{PartialDate, Published};

type DateSource = fn(&Page<'_>) -> Option<Published>;

/// The sources of the date, the most reliable first.
const SOURCES: &[DateSource] = &[
    metadata::in_json_ld,
    metadata::in_meta,
    displayed::with_property,
    displayed::in_times_near,
    displayed::with_class_near,
    displayed::of_first_post,
    displayed::in_lines_near,
    address::in_url,
    scripts::in_scripts,
    displayed::below_text,
    displayed::in_dateline,
    displayed::in_other_times,
    displayed::with_other_class,
    metadata::modified,
    displayed::modified,
];

/// The date from the first of the sources that has one.
pub(super) fn published(page: &Page<'_>) -> Option<Published> {
    let found = SOURCES.iter().find_map(|source| source(page))?;
    Some(local(page.tree, &found).unwrap_or(found))
}

/// The same time in the page's own time zone, as a `<time>` element states it, if the date there is another: a story of
/// the late evening in America is not from the next day.
fn local(tree: &Tree, found: &Published) -> Option<Published> {
    /// The maximum offset of a time zone, in minutes.
    const MAX_OFFSET: i64 = 14 * 60;
    let there = found.time.as_deref()?;
    let universal = ["Z", "+00:00"].iter().find_map(|zone| there.strip_suffix(zone))?;
    let moment = at(found.date, universal)?;
    tree.elements(Tag::Time).take(50).find_map(|id| {
        let shown = dates::published(tree.attribute(id, Attribute::Datetime)?, "time")?;
        let clock = shown.time.as_deref()?.get(..8)?;
        let minutes = (at(shown.date, clock)?.duration_since(moment)).as_secs();
        let (minutes, rest) = (minutes / 60, minutes % 60);
        let is_other_day = shown.date != found.date && minutes != 0 && minutes.abs() <= MAX_OFFSET;
        (rest == 0 && minutes % 15 == 0 && is_other_day).then(|| {
            let sign = if minutes < 0 { '-' } else { '+' };
            let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
            Published { time: Some(format!("{clock}{sign}{hours:02}:{minutes:02}")), ..shown }
        })
    })
}

fn at(date: PartialDate, clock: &str) -> Option<jiff::civil::DateTime> {
    format!("{date}T{clock}").parse().ok()
}
