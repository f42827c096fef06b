//! The date of publication, from header lines, the dateline, the web address or the path. It keeps its precision and its
//! origin; an unknown year stays unknown.

mod path;

use crate::article::{Article, Origin, PartialDate, Published, Span};
use crate::calendar::date::{self, Years};
use crate::calendar::{YEARS, printed, stated, time};
use crate::text::{Shape, Text};

/// Header lines are among the first so many lines with text.
const HEADER_LINES: usize = 8;

/// The longest header line, in bytes.
const HEADER: usize = 120;

/// Sets [`Article::published`], unless the file states it, and the year of the dateline. Dates outside of
/// [`YEARS`] are refused; which days lie in the future, only a caller with a clock can say: [`refuse_after`].
pub fn find(text: &Text<'_>, article: &mut Article) {
    let dateline =
        article.dateline.as_ref().and_then(|dateline| Some((dateline.date?, dateline.span)));
    if article.published.is_none() {
        let candidates = [
            header(text),
            dateline.and_then(|(date, span)| whole(date, Origin::Text(span))),
            address(article)
                .map(|(date, origin)| with_dateline(date, origin, dateline.map(|(date, _)| date))),
        ];
        for candidate in candidates.into_iter().flatten() {
            if is_credible(&candidate) {
                article.published = Some(candidate);
                break;
            }
            article.refused_date.get_or_insert(candidate);
        }
    } else if article.published.as_ref().is_some_and(|published| !is_credible(published)) {
        article.refused_date = article.published.take();
    }
    if let (Some(published), Some(dateline)) = (&article.published, &mut article.dateline)
        && let Some(date) = &mut dateline.date
    {
        *date = with_year_of(*date, published.date);
    }
}

/// Refuses a day of publication that is later than `today`; it is kept as [`Article::refused_date`].
pub fn refuse_after(today: PartialDate, article: &mut Article) {
    let first_day = |d: PartialDate| (d.year, d.month.unwrap_or(1), d.day.unwrap_or(1));
    if article.published.as_ref().is_some_and(|p| first_day(p.date) > first_day(today)) {
        article.refused_date = article.published.take();
    }
}

fn is_credible(published: &Published) -> bool {
    published.date.year.is_some_and(|year| YEARS.contains(&year))
}

/// A date with a year, as the day of publication.
fn whole(date: PartialDate, origin: Origin) -> Option<Published> {
    date.year.map(|_| Published { date, time: None, origin })
}

/// The date in the web address, else that in the path.
fn address(article: &Article) -> Option<(PartialDate, Origin)> {
    match article.url.as_deref().and_then(path::date) {
        Some(date) => Some((date, Origin::Field("url".to_owned()))),
        None => Some((path::date(&article.path)?, Origin::Path)),
    }
}

/// A year or month from the path, completed by the day of a dateline that agrees with it.
fn with_dateline(date: PartialDate, origin: Origin, dateline: Option<PartialDate>) -> Published {
    let fits = dateline
        .filter(|day| date.day.is_none() && (date.month.is_none() || date.month == day.month));
    match fits {
        Some(day) => Published {
            date: PartialDate { year: date.year, ..day },
            time: None,
            origin: Origin::Inferred,
        },
        None => Published { date, time: None, origin },
    }
}

/// The dateline's date in the year nearest to the day of publication: a paper of 1 January has datelines of 31 December.
fn with_year_of(date: PartialDate, published: PartialDate) -> PartialDate {
    let (Some(year), None) = (published.year, date.year) else { return date };
    let (Some(month), Some(published_month)) = (date.month, published.month) else {
        return PartialDate { year: Some(year), ..date };
    };
    let year = match i16::from(month) - i16::from(published_month) {
        7.. => year - 1,
        ..=-7 => year + 1,
        _ => year,
    };
    let filled = PartialDate { year: Some(year), ..date };
    // 29 February is a day of leap years only.
    match (filled.month, filled.day) {
        (Some(month), Some(day)) if PartialDate::ymd(year, month, day).is_none() => date,
        _ => filled,
    }
}

/// `Date: 3 March 2020 10:22`, `Published on …`, or a line that is nothing but a date.
fn header(text: &Text<'_>) -> Option<Published> {
    text.line_starts().take(HEADER_LINES).find_map(|start| {
        let line = line_span(text, start);
        if line.len() > HEADER {
            return None;
        }
        let labelled = behind_label(text, start);
        let value = printed::skip_weekday(text, labelled.unwrap_or(start));
        let words = text.body.get(text.tokens.get(value)?.start as usize..line.end as usize)?;
        let read = date::at_head(words, Years::Full).filter(|(date, _)| stated::is_day(*date));
        let Some((date, rest)) = read else {
            return labelled.and_then(|value| strange_year(text, value, line));
        };
        if labelled.is_none() && !is_time(text, line.end as usize - rest.len(), line) {
            return None;
        }
        let time = time::behind_date(rest);
        Some(Published { date, time, origin: Origin::Text(line) })
    })
}

/// A year out of bounds behind a label, so that it can be reported as refused.
fn strange_year(text: &Text<'_>, value: usize, line: Span) -> Option<Published> {
    let tokens = text.tokens[value..].iter().zip(value..);
    let words = tokens.take_while(|(token, _)| token.end <= line.end).map(|(_, at)| text.word(at));
    let mut years = words.filter(|word| word.len() == 4).filter_map(|word| word.parse().ok());
    let year = years.find(|year| !YEARS.contains(year) && *year > 0)?;
    whole(PartialDate { year: Some(year), ..PartialDate::default() }, Origin::Text(line))
}

fn line_span(text: &Text<'_>, start: usize) -> Span {
    let from = text.tokens[start].start as usize;
    let line = text.body[from..].lines().next().unwrap_or_default().trim_end();
    Span::new(from, from + line.len())
}

/// The first token behind `Date:`, `Published on`, `Posted:` and the like.
fn behind_label(text: &Text<'_>, start: usize) -> Option<usize> {
    const LABELS: &[&str] = &[
        "date",
        "dated",
        "published",
        "posted",
        "pubdate",
        "publication",
        "issued",
        "created",
        "released",
        "datum",
        "veröffentlicht",
        "erschienen",
        "publié",
        "publiée",
        "fecha",
        "publicado",
        "publicada",
        "data",
        "pubblicato",
        "gepubliceerd",
        "дата",
        "опубликовано",
        "tarih",
        "tanggal",
    ];
    const LINKS: &[&str] =
        &[":", "on", "date", "at", "le", "am", "el", "em", "il", "op", "of", "-", "–", "|", "в"];
    let label = text.word(start).to_lowercase();
    let mut next = start + 1;
    if !LABELS.contains(&label.as_str()) || next >= text.tokens.len() {
        return None;
    }
    let mut linked = false;
    while next < text.tokens.len() && LINKS.contains(&text.word(next).to_lowercase().as_str()) {
        linked = true;
        next += 1;
    }
    (next < text.tokens.len() && (linked || text.tokens[next].shape == Shape::Number))
        .then_some(next)
}

/// Whether the rest of a line, from byte `from` on, has at most figures, marks and the words of a time of day.
fn is_time(text: &Text<'_>, from: usize, line: Span) -> bool {
    const WORDS: &[&str] = &["at", "um", "Uhr", "à", "h", "am", "pm", "a.m", "p.m", "a.m.", "p.m."];
    let first = text.tokens.partition_point(|token| (token.start as usize) < from);
    let rest = (first..text.tokens.len()).take_while(|&i| text.tokens[i].start < line.end);
    let mut words = rest.filter(|&i| matches!(text.tokens[i].shape, Shape::Lower | Shape::Capital));
    words.all(|i| WORDS.contains(&text.word(i)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::dateline;

    fn check(path: &str, body: &str, published: &str, dateline: &str) {
        let mut article =
            Article { body: body.to_owned(), path: path.to_owned(), ..Article::default() };
        let text = Text::new(body);
        dateline::find(&text, &mut article);
        find(&text, &mut article);
        let shown = article.published.map_or(String::new(), |p| match p.time {
            Some(time) => format!("{}T{time}", p.date),
            None => p.date.to_string(),
        });
        assert_eq!(shown, published, "{path}: {body}");
        let date = article.dateline.and_then(|d| d.date).map_or(String::new(), |d| d.to_string());
        assert_eq!(date, dateline, "{path}: {body}");
    }

    #[test]
    fn a_day_that_cannot_be_is_refused_and_kept_apart() {
        let read = |body: &str| {
            let text = Text::new(body);
            let mut article = Article { body: body.to_owned(), ..Article::default() };
            find(&text, &mut article);
            refuse_after(PartialDate { year: Some(2024), month: Some(5), day: None }, &mut article);
            let shown = |p: Option<Published>| p.map_or(String::new(), |p| p.date.to_string());
            [shown(article.published), shown(article.refused_date)]
        };
        let line = |date: &str| read(&format!("River rises\nDate: {date}\nIt rose."));
        assert_eq!(line("3 March 2020"), ["2020-03-03", ""]);
        assert_eq!(line("2 May 2024"), ["", "2024-05-02"]);
        assert_eq!(line("3 March 1312"), ["", "1312"]);
        assert_eq!(line("3 March 2312"), ["", "2312"]);
        let stated = Published {
            date: PartialDate { year: Some(1312), month: None, day: None },
            time: None,
            origin: Origin::Field("issued".to_owned()),
        };
        let mut article = Article { published: Some(stated.clone()), ..Article::default() };
        find(&Text::new(""), &mut article);
        assert_eq!((article.published, article.refused_date), (None, Some(stated)));
    }

    #[test]
    fn the_day_of_publication_is_found() {
        check(
            "a.txt",
            "River rises\nDate: 3 March 2020 10:22\nIt rose.",
            "2020-03-03T10:22:00",
            "",
        );
        check("a.txt", "River rises\nMonday, March 3, 2008\nIt rose.", "2008-03-03", "");
        check(
            "a.txt",
            "River rises\nPublished: 2021-02-27T10:42:33+03:30\nIt rose.",
            "2021-02-27T10:42:33+03:30",
            "",
        );
        check("a.txt", "OSLO, May 3, 2014 (AFP) - The river rose.", "2014-05-03", "2014-05-03");
        check(
            "x/2014-05-04.txt",
            "OSLO, May 3 (AFP) - The river rose.",
            "2014-05-04",
            "2014-05-03",
        );
        check("x/2014/a.txt", "OSLO, May 3 (AFP) - The river rose.", "2014-05-03", "2014-05-03");
        check(
            "x/2015-01-01.txt",
            "OSLO, Dec 31 (AFP) - The river rose.",
            "2015-01-01",
            "2014-12-31",
        );
        check("a.txt", "OSLO, May 3 (AFP) - The river rose.", "", "--05-03");
        check("a.txt", "The river rose in March 2020.", "", "");
        check("a.txt", "River rises\nDate: 3 March 1200\nIt rose.", "", "");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(body in "\\PC{0,120}|([A-Z]{1,5}|[a-z]{1,5}|[()/,.:—\\-\n 0-9]|By|AFP|Date:|2020|ü|İ| ){0,60}") {
            let text = Text::new(&body);
            let found = || {
                let mut article = Article { path: body.clone(), ..Article::default() };
                find(&text, &mut article);
                article.published
            };
            proptest::prop_assert_eq!(found(), found());
        }
    }
}
