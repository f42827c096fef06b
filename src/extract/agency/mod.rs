//! The wire services that supplied an article: named in the dateline, above the text, at its end, or in its terms.
//! An agency that the story only quotes (`told AFP`) supplied nothing; so only those places are looked at.

mod credit;
mod short;

use crate::article::{Agency, Article, CountryCode, Origin, Span};
use crate::text::Text;

/// Sets [`Article::agencies`], unless the file states them. Needs the dateline and the license.
pub fn find(text: &Text<'_>, article: &mut Article) {
    if !article.agencies.is_empty() {
        return;
    }
    let country = article.dateline.as_ref().and_then(|dateline| dateline.places.first()?.country);
    let holder = article.license.as_ref().and_then(|license| license.holder.as_deref());
    let credits: Vec<Span> =
        credit::above(text.body).into_iter().chain(credit::below(text.body)).collect();
    let names = holder.into_iter().chain(credits.iter().map(|span| span.of(text.body))).collect();
    let mut found = Agencies { country, names, list: Vec::new() };
    if let Some(span) = article.dateline.as_ref().and_then(|dateline| dateline.agency) {
        found.in_dateline(text.body, span);
    }
    for span in credits {
        found.add_credit(text.body, span);
    }
    if let (Some(holder), Some(license)) = (holder, &article.license) {
        found.add_named(holder, &license.origin);
    }
    article.agencies = found.list;
}

struct Agencies<'a> {
    /// Of the dateline: it tells agencies with the same short form apart.
    country: Option<CountryCode>,
    /// Who grants the article's license or keeps the rights, and who is credited.
    names: Vec<&'a str>,
    list: Vec<Agency>,
}

impl<'a> Agencies<'a> {
    fn add(&mut self, name: &str, origin: Origin) {
        if !self.list.iter().any(|agency| agency.name == name) {
            self.list.push(Agency { name: name.to_owned(), origin });
        }
    }

    /// What the article itself says that the short form stands for, else the agencies of the table.
    fn add_credit(&mut self, body: &'a str, span: Span) {
        match self.own_name(body, span.of(body)) {
            Some(own) => self.add(own, Origin::Text(span)),
            None => self.add_named(span.of(body), &Origin::Text(span)),
        }
    }

    /// All agencies of the table that `words` name, else what reads like one.
    fn add_named(&mut self, words: &str, origin: &Origin) {
        let known = crate::tables::agencies::find_all(words, self.country);
        for agency in &known {
            self.add(agency.name, origin.clone());
        }
        if known.is_empty() && crate::tables::agencies::is_agency_name(words) {
            self.add(words, origin.clone());
        }
    }

    /// What the table lacks is an agency too, where one is printed: `(XNA)`, `/SOLNA/`, `(Northgate)`.
    fn in_dateline(&mut self, body: &'a str, span: Span) {
        self.add_credit(body, span);
        let printed = span.of(body);
        if self.list.is_empty() && short::is_one(printed) {
            self.add(self.long_form(printed).unwrap_or(printed), Origin::Text(span));
        }
    }

    /// The name among those of the article's suppliers that `printed` is short for.
    fn long_form(&self, printed: &str) -> Option<&'a str> {
        self.names.iter().copied().find(|name| short::stands_for(printed, name))
    }

    /// The agency outside the table that the article's terms or its text name as the long form of `printed`.
    fn own_name(&self, body: &'a str, printed: &str) -> Option<&'a str> {
        let named = || credit::long_form(body, printed).map(|long| long.of(body));
        self.long_form(printed)
            .filter(|name| crate::tables::agencies::is_agency_name(name))
            .or_else(named)
            .filter(|name| crate::tables::agencies::find_all(name, None).is_empty())
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
