//! The agencies that supplied an article, as credited in the dateline, above the text, below it, or as rights holder.
//! Agencies named elsewhere (`told AFP`) are sources of the story rather than its suppliers.

mod abbreviation;
mod credit;

use crate::article::{Agency, Article, CountryCode, Origin, Span};
use crate::tables::agencies;
use crate::text::Text;

/// Sets [`Article::agencies`], unless the file states them. Runs after the dateline and the license are set.
pub fn find(text: &Text<'_>, article: &mut Article) {
    if !article.agencies.is_empty() {
        return;
    }
    let country = article.dateline.as_ref().and_then(|dateline| dateline.places.first()?.country);
    let holder = article.license.as_ref().and_then(|license| license.holder.as_deref());
    let credits: Vec<Span> =
        credit::above(text.body).into_iter().chain(credit::below(text.body)).collect();
    let names = holder.into_iter().chain(credits.iter().map(|span| span.of(text.body))).collect();
    let mut suppliers = Suppliers { country, names, agencies: Vec::new() };
    if let Some(span) = article.dateline.as_ref().and_then(|dateline| dateline.agency) {
        suppliers.add_of_dateline(text.body, span);
    }
    for span in credits {
        suppliers.add_credited(text.body, span);
    }
    if let (Some(holder), Some(license)) = (holder, &article.license) {
        suppliers.add_named(holder, &license.origin);
    }
    article.agencies = suppliers.agencies;
}

/// The agencies found so far, with what helps to identify the next one.
struct Suppliers<'a> {
    /// Country of the dateline, which distinguishes agencies with the same short form.
    country: Option<CountryCode>,
    /// The rights holder and the credits.
    names: Vec<&'a str>,
    agencies: Vec<Agency>,
}

impl<'a> Suppliers<'a> {
    fn add(&mut self, name: &str, origin: Origin) {
        if !self.agencies.iter().any(|agency| agency.name == name) {
            self.agencies.push(Agency { name: name.to_owned(), origin });
        }
    }

    /// Adds the agency whose short form the article itself explains, else those of the table.
    fn add_credited(&mut self, body: &'a str, span: Span) {
        match self.explained_name(body, span.of(body)) {
            Some(name) => self.add(name, Origin::Text(span)),
            None => self.add_named(span.of(body), &Origin::Text(span)),
        }
    }

    /// Adds all agencies of the table that `words` name; without any, `words` if they have the form of an agency's name.
    fn add_named(&mut self, words: &str, origin: &Origin) {
        let known = agencies::find_all(words, self.country);
        for agency in &known {
            self.add(agency.name, origin.clone());
        }
        if known.is_empty() && agencies::is_agency_name(words) {
            self.add(words, origin.clone());
        }
    }

    /// Adds the agency of the dateline, even one that the table lacks: `(XNA)`, `/SOLNA/`, `(Northgate)`.
    fn add_of_dateline(&mut self, body: &'a str, span: Span) {
        self.add_credited(body, span);
        let printed = span.of(body);
        if self.agencies.is_empty() && abbreviation::may_be_agency(printed) {
            self.add(self.long_form(printed).unwrap_or(printed), Origin::Text(span));
        }
    }

    /// The rights holder or credit that `printed` is short for.
    fn long_form(&self, printed: &str) -> Option<&'a str> {
        self.names.iter().copied().find(|name| abbreviation::stands_for(printed, name))
    }

    /// The agency outside the table that the article names as the long form of `printed`.
    fn explained_name(&self, body: &'a str, printed: &str) -> Option<&'a str> {
        let in_text = || credit::long_form(body, printed).map(|long| long.of(body));
        self.long_form(printed)
            .filter(|name| agencies::is_agency_name(name))
            .or_else(in_text)
            .filter(|name| agencies::find_all(name, None).is_empty())
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
    fn credited_agencies_are_found() {
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
            (
                "River rises\\n\\nBy Jane Doe, Lakeland News Service\\n\\nLAKEVILLE (LNS) - The river rose.",
                vec!["Lakeland News Service"],
            ),
            ("The river rose.\\n\\nIt fell. (Lakeland News Agency)", vec!["Lakeland News Agency"]),
            ("River rises\\nSource: Lakeland Newswire\\nIt rose.", vec!["Lakeland Newswire"]),
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
            (
                "LAKEVILLE, May 3 (Lake News) - It rose.\\n\\nCopyright 2019 Lake News Agency",
                vec!["Lake News Agency"],
            ),
            ("LAKEVILLE, May 3 (Seafold) - The river rose on Monday.", vec!["Seafold"]),
            ("LAKEVILLE, May 3. /SOLMA/. The river rose on Monday.", vec!["SOLMA"]),
            ("(NIDO) - Lakeville, May 3 - The river rose on Monday.", vec!["NIDO"]),
            ("LAKEVILLE, May 3 (The Lakeville Gazette) - The river rose.", vec![]),
            (
                "LAKEVILLE, May 3 (AFP) - It rose.\\n\\n© The Atlas Post.",
                vec!["Agence France-Presse"],
            ),
            (
                "LAKEVILLE, May 3 (MNA) - It rose.\\n\\nCopyright 2015 Marsh News Alliance. All rights reserved.",
                vec!["Marsh News Alliance"],
            ),
            (
                "Sete, le 3 mai (Rivage) - Le fleuve monte.\\n\\nLes contenus de l'Agence Rivage sont mis à disposition sous la licence Creative Commons Attribution 4.0.",
                vec!["Agence Rivage"],
            ),
        ] {
            check(&body.replace("\\n", "\n"), &expected);
        }
    }

    #[test]
    fn agencies_that_are_sources_are_not_found() {
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
        fn same_text_gives_the_same_agencies(body in "\\PC{0,120}|([A-Z]{1,5}|[a-z]{1,5}|[()/,.:—\\-\n 0-9]|By|AFP|Date:|2020|ü|İ| ){0,60}") {
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
