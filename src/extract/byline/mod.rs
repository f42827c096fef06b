//! The writers of an article, from the byline above the text or the credits below it, and the desk initials.
//!
//! Reporters count as writers, editors do not. Names are in title case.

mod credits_below;
mod names;

use memchr::memmem;

use super::capitalisation::title_case;
use crate::article::{Article, Byline, Origin, Span};
use crate::calendar::printed;
use crate::text::Text;

/// Non-blank lines at the start of the text that may hold the byline.
const LINES: usize = 8;

/// Most bytes of a line with a byline.
const MAX_BYLINE: usize = 160;

/// A longer line, in bytes, is a paragraph.
const MIN_PARAGRAPH: usize = 80;

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

/// The names in a metadata field: `By JANE DOE, Staff Writer`, `Doe, Jane`, `Jane Doe/Harbour Press`.
pub(super) fn names_in_field(field: &str) -> Vec<String> {
    let credit = after_by(field).unwrap_or(field).trim();
    let listed: Vec<String> =
        names::list(credit, credit).iter().map(|span| title_case(span.of(credit))).collect();
    if !listed.is_empty() {
        return listed;
    }
    if let Some((last, first)) = credit.split_once(", ") {
        let name = format!("{first} {last}");
        if !first.contains(' ') && names::is_name(&name) {
            return vec![title_case(&name)];
        }
    }
    let caseless = |name: &&str| {
        let words = name.split_whitespace().count();
        (2..=5).contains(&words)
            && name.chars().all(|c| !c.is_uppercase() && !c.is_lowercase() && !c.is_ascii_digit())
    };
    let parts = credit.split([',', '،', '、', ';', '/']).map(str::trim);
    parts.filter(caseless).map(str::to_owned).collect()
}

/// The spans of the names in the first byline above the text.
fn above(body: &str, title: Option<Span>, dateline: Option<Span>) -> Vec<Span> {
    let lines = body.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES);
    let mut lines = lines.filter(|line| title.is_none_or(|t| t.of(body) != *line)).peekable();
    while let Some(line) = lines.next() {
        if line.len() > MAX_BYLINE {
            continue;
        }
        // A name between headline and dateline, or above the date or the text, needs no *By*.
        let name_alone = || {
            let next = lines.peek()?;
            let start = Span::of_slice(body, next).start;
            let above_dateline = dateline.is_some_and(|d| start == d.start);
            let above_text = || {
                title.is_some_and(|title| title.end < start)
                    && (next.len() > MIN_PARAGRAPH
                        || next.ends_with(['.', '?', '!'])
                        || is_date(next))
                    && !mentions_last_word(&body[start as usize..], line)
            };
            (names::is_name(line) && (above_dateline || above_text())).then_some(line)
        };
        let credit = after_by(line).or_else(|| names::with_place_or_role(line)).or_else(name_alone);
        match credit.map(|credit| names::list(body, credit)) {
            Some(names) if !names.is_empty() => return names,
            _ => {}
        }
    }
    Vec::new()
}

/// Whether the line is nothing but a date.
fn is_date(line: &str) -> bool {
    let text = Text::new(line);
    !text.tokens.is_empty()
        && printed::date(&text, 0).is_some_and(|(_, behind)| behind == text.tokens.len())
}

/// Whether the text uses the last word of `name`, which then is a heading or the subject of the text.
fn mentions_last_word(text: &str, name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name);
    memmem::find(text.as_bytes(), last.as_bytes()).is_some()
}

/// The rest of a line that opens with *By* in one of the main languages.
fn after_by(line: &str) -> Option<&str> {
    const BY: &[&str] = &[
        "By: ",
        "By ",
        "BY ",
        "by ",
        "Author: ",
        "Authors: ",
        "Written by ",
        "Reported by ",
        "Story by ",
        "Text by ",
        "Reporting by ",
        "Par ",
        "PAR ",
        "Por ",
        "POR ",
        "Von ",
        "VON ",
        "Door ",
        "Di ",
        "Da ",
        "Av ",
        "Af ",
        "Autor: ",
        "Autora: ",
        "Auteur: ",
        "Автор: ",
        "Yazan: ",
        "Oleh ",
        "Posted by ",
    ];
    if !line.starts_with(['B', 'b', 'A', 'W', 'R', 'S', 'T', 'P', 'V', 'D', 'Y', 'O', 'А']) {
        return None;
    }
    let rest = BY.iter().find_map(|by| line.strip_prefix(by))?;
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
        check("River rises\nUpper Lakeville\nIt rose in Lakeville.", &[], None);
        check("River rises\nBy Our Correspondent\nIt rose.", &[], None);
        check("River rises\nBy Staff Reporter\nIt rose.", &[], None);
        check("River rises\nBy midnight it had risen by a metre.\nIt fell.", &[], None);
        check("River rises\nBy The Associated Press\nIt rose.", &[], None);
    }

    #[test]
    fn credits_and_desk_initials_below_the_text() {
        check(
            "Title\nIt rose.\n(Reporting by Jane Doe in Oslo and John Roe; Additional reporting by Ann Poe; Editing by Max Moe)",
            &["Jane Doe", "John Roe", "Ann Poe"],
            None,
        );
        check("Title\nIt rose.\n— Jane Doe", &["Jane Doe"], None);
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
