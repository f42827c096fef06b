//! The wire services that supplied an article: named in the dateline, above the text, at its end, or in its terms.
//! An agency that the story only quotes (`told AFP`) supplied nothing; so only those places are looked at.

pub mod table;

mod credit;

use super::text::Text;
use crate::article::{Agency, Article, CountryCode, Origin, Span};

/// Sets [`Article::agencies`], unless the file states them. Needs the dateline and the license.
pub fn find(text: &Text<'_>, article: &mut Article) {
    if !article.agencies.is_empty() {
        return;
    }
    let country = article.dateline.as_ref().and_then(|dateline| dateline.places.first()?.country);
    let mut found = Agencies { country, list: Vec::new() };
    if let Some(span) = article.dateline.as_ref().and_then(|dateline| dateline.agency) {
        found.in_dateline(text.body, span);
    }
    for span in credit::above(text.body).into_iter().chain(credit::below(text.body)) {
        found.add_known(text.body, span);
    }
    if let Some(license) = &article.license
        && let Some(holder) = &license.holder
    {
        found.add_holder(holder, &license.origin);
    }
    article.agencies = found.list;
}

struct Agencies {
    /// Of the dateline: it tells agencies with the same short form apart.
    country: Option<CountryCode>,
    list: Vec<Agency>,
}

impl Agencies {
    fn add(&mut self, name: &str, origin: Origin) {
        if !self.list.iter().any(|agency| agency.name == name) {
            self.list.push(Agency { name: name.to_owned(), origin });
        }
    }

    /// All agencies of the table that `span` names.
    fn add_known(&mut self, body: &str, span: Span) {
        for known in table::find_all(span.of(body), self.country) {
            self.add(known.name, Origin::Text(span));
        }
    }

    /// In a dateline, capitals that the table lacks are an agency too: `(XNA)`.
    fn in_dateline(&mut self, body: &str, span: Span) {
        self.add_known(body, span);
        let printed = span.of(body);
        if !self.list.is_empty() {
            return;
        }
        if table::is_agency_name(printed) {
            self.add(printed, Origin::Text(span));
        } else if (2..=6).contains(&printed.len())
            && printed.bytes().all(|b| b.is_ascii_uppercase())
        {
            let long = credit::long_form(body, printed);
            self.add(long.map_or(printed, |long| long.of(body)), Origin::Text(span));
        }
    }

    /// Who grants the license, if that is an agency.
    fn add_holder(&mut self, holder: &str, origin: &Origin) {
        let known = table::find_all(holder, self.country);
        for agency in &known {
            self.add(agency.name, origin.clone());
        }
        if known.is_empty() && table::is_agency_name(holder) {
            self.add(holder, origin.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{dateline, license};

    fn check(body: &str, expected: &[&str]) {
        let mut article = Article { body: body.to_owned(), ..Article::default() };
        let text = Text::new(body);
        dateline::find(&text, &mut article);
        license::find(&text, &mut article);
        find(&text, &mut article);
        let names: Vec<_> = article.agencies.iter().map(|agency| agency.name.as_str()).collect();
        assert_eq!(names, expected, "{body}");
    }

    #[test]
    fn agencies_are_found_where_they_sign() {
        for (body, expected) in [
            (
                "OSLO (AFP) - The river rose on Monday after days of rain.",
                vec!["Agence France-Presse"],
            ),
            ("The river rose on Monday.\\n\\nIt fell again. (Yonhap)", vec!["Yonhap News Agency"]),
            (
                "The river rose on Monday, he told reporters here. — SPA\\n",
                vec!["Saudi Press Agency"],
            ),
            ("The river rose.\\n\\nIt fell again. – Bernama", vec!["Bernama"]),
            ("The river rose.\\nIt fell again.\\n Reuter\\n", vec!["Reuters"]),
            ("The river rose.\\n\\nIt fell.\\n==Kyodo", vec!["Kyodo News"]),
            ("The river rose.\\n\\nIt fell.\\n\\nMNA/1234", vec!["Mehr News Agency"]),
            (
                "River rises\\n\\nBy Jane Doe, Associated Press\\n\\nThe river rose.",
                vec!["Associated Press"],
            ),
            ("River rises\\nReuters\\nThe river rose on Monday.", vec!["Reuters"]),
            ("RIVER NEWS (EFE) The river rose on Monday night.", vec!["Agencia EFE"]),
            ("The river rose.\\n\\n© 2020 Agence France-Presse", vec!["Agence France-Presse"]),
            (
                "It rose.\\n\\nAll Content by Lakeland News Agency is licensed under a Creative Commons Attribution 4.0 International License.",
                vec!["Lakeland News Agency"],
            ),
            (
                "LAKEVILLE, May 3 (LNQ) - The Lakeland National News Agency (LNQ) opened its office.",
                vec!["Lakeland National News Agency"],
            ),
            ("LAKEVILLE, May 3 (LNQ) - The river rose on Monday.", vec!["LNQ"]),
        ] {
            check(&body.replace("\\n", "\n"), &expected);
        }
    }

    #[test]
    fn an_agency_that_is_quoted_supplied_nothing() {
        for body in [
            "The river rose, the mayor told AFP on Monday.",
            "The river rose on Monday.\n\nThe Associated Press (AP) was the first to report it.",
            "The river rose.\n\nPhoto: Getty Images/AFP",
            "A survey by Reuters found that the river rose.",
            "The river rose. The mayor spoke to Xinhua.",
        ] {
            check(body, &[]);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(body in "\\PC{0,120}|([A-Z]{1,5}|[a-z]{1,5}|[()/,.:—\\-\n 0-9]|By|AFP|Date:|2020|ü|İ| ){0,60}") {
            let text = Text::new(&body);
            let found = || {
                let mut article = Article { path: body.clone(), ..Article::default() };
                find(&text, &mut article);
                article.agencies
            };
            proptest::prop_assert_eq!(found(), found());
        }
    }
}
