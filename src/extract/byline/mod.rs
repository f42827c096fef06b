//! The writers of an article, from the byline above the text or the credits below it, and the desk initials.
//!
//! Reporters count as writers, editors do not. Names are in title case.

pub(super) mod credits_below;
mod name_alone;

use super::capitalisation::title_case;
use crate::article::{Article, Byline, Origin, Span};
use crate::credits::{self, is_personal_name};
use crate::tables::agencies;
use crate::text::Text;

/// Non-blank lines at the start of the text that may hold the byline.
const LINES: usize = 8;

/// Most bytes of a line with a byline.
const MAX_BYLINE: usize = 160;

/// Sets [`Article::byline`], unless the file states it, and [`Article::desk`].
pub fn find(text: &Text<'_>, article: &mut Article) {
    let body = text.body;
    if article.byline.is_empty() {
        let dateline = article.dateline.as_ref().map(|dateline| dateline.span);
        let above = above(body, article.title_span, dateline);
        let spans = if above.is_empty() { credits_below::writers(body) } else { above };
        for span in spans {
            let name = title_case(span.of(body));
            if !article.byline.iter().any(|known| known.name == name) {
                article.byline.push(Byline { name, origin: Origin::Text(span) });
            }
        }
    }
    if article.desk.is_none() {
        article.desk = credits_below::desk_initials(body);
    }
}

/// The spans of the names in the first byline above the text.
fn above(body: &str, title: Option<Span>, dateline: Option<Span>) -> Vec<Span> {
    let lines = body.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES);
    let mut lines = lines.filter(|line| title.is_none_or(|t| t.of(body) != *line)).peekable();
    while let Some(line) = lines.next() {
        if line.len() > MAX_BYLINE {
            continue;
        }
        let name_alone = || {
            let next = lines.peek()?;
            let below = Span::of_slice(body, next);
            name_alone::is_writer(body, line, below, title, dateline).then_some(line)
        };
        let credit = after_by(line).or_else(|| with_place_or_role(line)).or_else(name_alone);
        match credit.map(credits::in_line) {
            Some(names) if !names.is_empty() => {
                return names.into_iter().map(|name| Span::of_slice(body, name)).collect();
            }
            _ => {}
        }
    }
    Vec::new()
}

/// The name in a line such as `Jane Doe in Paris`, `Jane Doe | Harbour Gazette`, `Jane Doe, Harbour correspondent`.
fn with_place_or_role(line: &str) -> Option<&str> {
    const MAX_LINE: usize = 70;
    if line.len() > MAX_LINE || line.ends_with(['.', '?', '!', ':']) {
        return None;
    }
    let is_person = |name: &str| is_personal_name(name) && name_alone::opens_with_given_name(name);
    if let Some((name, place)) = line.split_once(" in ") {
        let is_place = place.split(' ').all(|word| word.starts_with(char::is_uppercase));
        let is_short = name.split(' ').count() <= 3;
        return (is_person(name) && is_place && is_short).then_some(name);
    }
    if let Some((name, _)) = line.split_once(" | ") {
        return is_person(name).then_some(name);
    }
    let (name, role) = line.split_once(", ")?;
    let last = role.rsplit(' ').next()?.to_lowercase();
    let is_role = ["correspondent", "reporter", "writer", "staff", "editor"]
        .contains(&last.as_str())
        || agencies::find(role, None).is_some();
    (is_personal_name(name) && is_role).then_some(name)
}

/// The rest of a line that opens with *By* or another label of writers.
fn after_by(line: &str) -> Option<&str> {
    let rest = credits::after_label(line)?;
    // `By midnight the river had risen.`
    (!line.ends_with('.') || line.len() < 60).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::dateline;

    fn check(body: &str, expected: &[&str], desk: Option<&str>) {
        let text = Text::new(body);
        let title_span = body.find('\n').map(|end| Span::new(0, end));
        let mut article = Article { body: body.to_owned(), title_span, ..Article::default() };
        dateline::find(&text, &mut article);
        find(&text, &mut article);
        let names: Vec<_> = article.byline.iter().map(|byline| byline.name.as_str()).collect();
        assert_eq!(names, expected, "{body}");
        assert_eq!(article.desk.map(|span| span.of(body)), desk, "{body}");
    }

    #[test]
    fn bylines_above_the_text() {
        check("River rises\nBy JANE DOE\nIt rose.", &["Jane Doe"], None);
        check("River rises\n\n    by Jane Doe, Reuters\n    OSLO, May 3 - It", &["Jane Doe"], None);
        check(
            "River rises\nBy Jane Doe and John Q. Roe\nIt rose.",
            &["Jane Doe", "John Q. Roe"],
            None,
        );
        check(
            "River rises\nBy Jane Doe, John Roe and Ann Poe, Staff Writers\nIt rose.",
            &["Jane Doe", "John Roe", "Ann Poe"],
            None,
        );
        check(
            "River rises\nBy Jane Doe, Chief Economist of the Bank.\n\nIt rose.",
            &["Jane Doe"],
            None,
        );
        check("River rises\nPar Jeanne Dupont\nIt rose.", &["Jeanne Dupont"], None);
        check("River rises\nVon Max von der Muster\nIt rose.", &["Max von der Muster"], None);
        check("River rises\nJane Doe in Paris\nIt rose.", &["Jane Doe"], None);
        check("River rises\nJane Doe | Harbour Gazette\nIt rose.", &["Jane Doe"], None);
        check("River rises\n\nJane Doe\n\nOSLO, May 3 (AFP) - It rose.", &["Jane Doe"], None);
        check("River rises\nJane Doe\n3 May 2020\nIt rose.", &["Jane Doe"], None);
        check("River rises\nJane Doe\nIt rose.", &["Jane Doe"], None);
        check("River rises\nJane Doe\nStaff Writer\nIt rose.", &["Jane Doe"], None);
        check("River rises\nVelda Oru\nPolitical Correspondent\nIt rose.", &["Velda Oru"], None);
        check("River rises\nWritten by: Jane Doe\nIt rose.", &["Jane Doe"], None);
        check("River rises\nText und Fotos: Lena Muster\nEr stieg.", &["Lena Muster"], None);
        check("River rises\nUpper Lakeville\nIt rose in Lakeville.", &[], None);
        check("River rises\nBy Our Correspondent\nIt rose.", &[], None);
        check("River rises\nBy Staff Reporter\nIt rose.", &[], None);
        check("River rises\nBy midnight it had risen by a metre.\nIt fell.", &[], None);
        check("River rises\nBy The Associated Press\nIt rose.", &[], None);
    }

    #[test]
    fn headings_are_no_writers() {
        for heading in [
            "Bill Text",
            "Market Report",
            "Full Text",
            "Read More",
            "Mark Your Calendars",
            "Will Rates Fall",
            "Oru Visits Lakeland",
            "Mayor Announces Funds",
            "Grace Period Ends",
            "Velda Announces Millions",
            "Floods Continue in Lakeland",
        ] {
            check(&format!("Bridge funds\n\n{heading}\n\nThe council met on Monday."), &[], None);
        }
    }

    #[test]
    fn credits_and_desk_initials_below_the_text() {
        check(
            "Title\nIt rose.\n(Reporting by Jane Doe in Oslo and John Roe; Additional reporting by Ann Poe; Editing by Max Moe)",
            &["Jane Doe", "John Roe", "Ann Poe"],
            None,
        );
        check("Title\nIt rose.\n— Jane Doe", &["Jane Doe"], None);
        check("Title\nIt rose.\n\nBy Jane Doe", &["Jane Doe"], None);
        check("Title\nEr stieg.\n\nText: Lena Muster", &["Lena Muster"], None);
        check("Title\nIt rose.\n\nJane Doe is a reporter for the Harbour Mail.", &[], None);
        check("Title\nIt rose.\n\n—Staff", &[], None);
        check("Title\nIt rose.\n\nEE/PA\n\nAll content is licensed.", &[], Some("EE/PA"));
        check("Title\nIt rose.\nMNA/5890\n", &[], Some("MNA/5890"));
        check("Title\nIt rose.\nrau\n", &[], Some("rau"));
        check("Title\nIt rose.\n\nBRK\n\n© Lakeland News", &[], Some("BRK"));
        check("Title\nIt rose.\n\nDNA-FM", &[], Some("DNA-FM"));
        check("Title\nIt rose.\n\nAFP", &[], None);
        check("Title\nIt rose.\nJ. Doe", &["J. Doe"], None);
        check(
            "Title It rose. He said so. EE/PA All Content by Lakeland News Agency is licensed.",
            &[],
            Some("EE/PA"),
        );
        check("Title\nIt rose. It fell.EE/PA\nAll content is licensed.", &[], Some("EE/PA"));
        check("Title\nIt rose by 1/2 in a day.\nend\n", &[], None);
    }

    proptest::proptest! {
        #[test]
        fn same_text_gives_the_same_bylines(body in "\\PC{0,120}|([A-Z]{1,5}|[a-z]{1,5}|[()/,.:—\\-\n 0-9]|By|AFP|Date:|2020|ü|İ| ){0,60}") {
            let text = Text::new(&body);
            let found = || {
                let mut article = Article { path: body.clone(), ..Article::default() };
                find(&text, &mut article);
                article.byline
            };
            proptest::prop_assert_eq!(found(), found());
        }
    }
}
