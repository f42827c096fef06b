//! The countries that an article mentions, and the one it is about.
//!
//! Three notions are kept apart. The country of the *dateline* is where the article was written: the first place of
//! [`Article::dateline`]. A country is *mentioned* where its name, its people or adjective, or a place in it stands.
//! *In focus* is the one country that the article is about.
//!
//! What makes a country, and what does not:
//!
//! | in the text | rule |
//! |---|---|
//! | `Iran`, `Iranian`, `Iranians` | always; inside an organisation's name too (`Bank of China`), not in a person's |
//! | `Tehran`, `Ohio`, `Mass.`, `Boone County` | the country that the place lies in |
//! | `Reading`, `Lincoln` | only where the name tagger saw a place, or a state or country follows |
//! | `New York Times`, `Washington Street` | newspapers and streets make none |
//! | `Georgia`, `Lebanon` | country, state or town, whichever the other places of the article fit |

mod disambiguate;
mod focus;
mod scan;
mod words;

use super::names::Mention;
use crate::article::{Article, Country, CountryCode, Place, Span};
use crate::text::Text;
use scan::Meaning;

/// Most words of local news that count; a paper's own county may be named in every sentence.
const HINTS: usize = 4;

/// Sets [`Article::countries`] and [`Article::focus`]; needs the dateline.
///
/// Countries with more mentions come first, of equals the one mentioned first.
pub fn find(text: &Text<'_>, mentions: &[Mention], article: &mut Article) {
    let dateline: Vec<Span> = dateline(article).filter_map(|place| place.span).collect();
    let mut scan = scan::scan(text, mentions, &dateline);
    let mut hints = hints(text);
    hints.extend(publisher(article));
    let chosen = disambiguate::meanings(&mut scan, &hints);
    let meant: Vec<(Span, Meaning)> = scan
        .toponyms
        .iter()
        .filter_map(|toponym| Some((toponym.span, chosen[toponym.name]?)))
        .collect();
    settle(article, &meant, &hints);
    let mut found: Vec<(CountryCode, Span)> = meant
        .iter()
        .map(|(span, meaning)| (said(article, *span, meaning, &meant), *span))
        .collect();
    found.extend(unseen(article, &meant));
    article.countries = gather(found);
    article.focus = focus::country(article);
}

fn dateline(article: &Article) -> impl Iterator<Item = &Place> {
    article.dateline.iter().flat_map(|dateline| &dateline.places)
}

/// Moves a place of a local paper's dateline to where its other places lie, if none of them lies where it was thought
/// to be: `HAMILTON` above a story of Butler County is the one in Ohio.
fn settle(article: &mut Article, meant: &[(Span, Meaning)], hints: &[(CountryCode, f32)]) {
    let places = article.dateline.iter_mut().flat_map(|dateline| &mut dateline.places);
    for place in places {
        let Some(span) = place.span else { continue };
        let speaks_for = |country: CountryCode| {
            meant.iter().any(|(other, meaning)| meaning.country == country && !other.overlaps(span))
        };
        let Some((_, meaning)) = meant.iter().find(|(other, _)| other.overlaps(span)) else {
            continue;
        };
        let Some(entry) = meaning.entry else { continue };
        let local = hints.iter().any(|(country, _)| *country == meaning.country);
        if local && place.country != Some(meaning.country) && !place.country.is_some_and(speaks_for)
        {
            place.country = Some(meaning.country);
            place.geoname = Some(entry.geoname()).filter(|&id| id != 0);
            place.coordinates = entry.coordinates();
        }
    }
}

/// The country that a name means; in the dateline that of the dateline (`ROMA` is not in Texas), unless other places of
/// the text agree with the likeliest meaning of the name.
fn said(
    article: &Article,
    span: Span,
    meaning: &Meaning,
    meant: &[(Span, Meaning)],
) -> CountryCode {
    let own = dateline(article)
        .find(|place| place.span.is_some_and(|place| place.overlaps(span)))
        .and_then(|place| place.country);
    let others = || meant.iter().any(|(at, m)| m.country == meaning.country && !at.overlaps(span));
    own.filter(|country| *country == meaning.country || !others()).unwrap_or(meaning.country)
}

/// Places of the dateline that the text alone does not tell.
fn unseen(article: &Article, meant: &[(Span, Meaning)]) -> Vec<(CountryCode, Span)> {
    dateline(article)
        .filter_map(|place| Some((place.country?, place.span?)))
        .filter(|(_, span)| !meant.iter().any(|(other, _)| other.overlaps(*span)))
        .collect()
}

/// What the words of the text, apart from its places, say of the country where it is at home.
fn hints(text: &Text<'_>) -> Vec<(CountryCode, f32)> {
    let capitals = text.tokens.iter().enumerate().filter(|(_, token)| token.shape.is_capital());
    let before = |at: usize| at.checked_sub(1).map_or("", |at| text.word(at));
    let local = |(at, _)| words::local(text.word(at), || before(at));
    capitals.filter_map(local).take(HINTS).collect()
}

/// The country whose state alone grants the article's license.
fn publisher(article: &Article) -> Option<(CountryCode, f32)> {
    let spdx = article.license.as_ref()?.spdx.as_str();
    let british = spdx.starts_with("OGL-UK") || spdx == "LicenseRef-Crown-Copyright";
    british.then_some((CountryCode(*b"GB"), 1.0))
}

/// One entry a country, its mentions in order and without overlap.
fn gather(mut mentions: Vec<(CountryCode, Span)>) -> Vec<Country> {
    mentions.sort_unstable_by_key(|&(code, span)| (code, span));
    let mut countries: Vec<Country> = Vec::new();
    for (code, span) in mentions {
        match countries.last_mut().filter(|country| country.code == code) {
            None => countries.push(Country { code, mentions: vec![span] }),
            Some(country) => {
                if !country.mentions.last().is_some_and(|last| last.overlaps(span)) {
                    country.mentions.push(span);
                }
            }
        }
    }
    countries.sort_by_key(|country| {
        (std::cmp::Reverse(country.mentions.len()), country.mentions.first().copied())
    });
    countries
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::extract::names::Kind;

    /// Codes in the order printed; `names` are what the tagger would say of each word, wherever it stands.
    fn codes(body: &str, names: &[(&str, Kind)]) -> String {
        let text = Text::new(body);
        let mut mentions: Vec<Mention> = names
            .iter()
            .flat_map(|&(name, kind)| body.match_indices(name).map(move |(at, _)| (at, name, kind)))
            .map(|(at, name, kind)| {
                let inside = |byte: u32| (at..at + name.len()).contains(&(byte as usize));
                let first = text.tokens.iter().position(|token| inside(token.start));
                let first = first.expect("a name begins at a token");
                let count = text.tokens[first..].iter().take_while(|t| inside(t.start)).count();
                Mention { tokens: first..first + count, kind }
            })
            .collect();
        mentions.sort_by_key(|mention| mention.tokens.start);
        let mut article = Article::default();
        find(&text, &mentions, &mut article);
        let codes: Vec<&str> = article.countries.iter().map(|c| c.code.as_str()).collect();
        codes.join(" ")
    }

    fn check(body: &str, names: &[(&str, Kind)], expected: &str) {
        assert_eq!(codes(body, names), expected, "{body}");
    }

    #[test]
    fn countries_by_name_people_and_place() {
        check(
            "Iranian envoys met in Tehran. Iraq was silent.",
            &[("Tehran", Kind::Place)],
            "IR IQ",
        );
        check("The U.S.-led talks on Iran-Iraq trade", &[], "US IR IQ");
        check("The Middle East and the Persian Gulf", &[], "");
        check("He told us that the SWAT team would act.", &[], "");
    }

    #[test]
    fn persons_newspapers_and_streets_make_no_country() {
        check("Jordan Kent left.", &[("Jordan Kent", Kind::Person)], "");
        check("The Bank of China rose.", &[("Bank of China", Kind::Organisation)], "CN");
        check("The Boston Herald said so.", &[("Boston Herald", Kind::Organisation)], "");
        check("It burned on Paris Road.", &[("Paris Road", Kind::Place)], "");
        check("A Toyota hit a tree.", &[("Toyota", Kind::Organisation)], "");
    }

    #[test]
    fn a_state_behind_a_town_decides() {
        check("She lives in Paris, Texas.", &[("Paris", Kind::Place)], "US");
        check("He died in Moscow, Idaho, at 80.", &[("Moscow", Kind::Place)], "US");
        check("The court in Alexandria, Va., heard it.", &[("Alexandria", Kind::Place)], "US");
    }

    #[test]
    fn places_of_an_article_agree() {
        let places =
            [("Lebanon", Kind::Place), ("Boone County", Kind::Place), ("Whitestown", Kind::Place)];
        check("Lebanon police and the Boone County sheriff met in Whitestown.", &places, "US");
        check("Lebanon and Syria met in Beirut.", &[("Beirut", Kind::Place)], "LB SY");
        let georgia = "Georgia lost a farm near Atlanta, the governor said.";
        check(georgia, &[("Georgia", Kind::Place), ("Atlanta", Kind::Place)], "US");
        let georgia = "Georgia and Russia met in Tbilisi.";
        check(georgia, &[("Georgia", Kind::Place), ("Tbilisi", Kind::Place)], "GE RU");
    }

    #[test]
    fn former_names_are_of_today() {
        check(
            "The Soviet Union closed its mission in Saigon.",
            &[("Saigon", Kind::Place)],
            "RU VN",
        );
        check("West German banks lent to Zaire and Burma.", &[], "DE CD MM");
    }

    proptest! {
        #[test]
        fn any_text_has_mentions_inside_it(body in "(?s)([A-Z][a-z]{0,8}[ ,.\n-]|Georgia, |Lebanon |U\\.S\\.|\\PC){0,60}") {
            let text = Text::new(&body);
            let mut article = Article::default();
            find(&text, &[], &mut article);
            for country in &article.countries {
                prop_assert!(!country.mentions.is_empty());
                for span in &country.mentions {
                    prop_assert!(!span.is_empty() && !span.of(&body).is_empty());
                }
            }
            let mut again = Article::default();
            find(&text, &[], &mut again);
            prop_assert_eq!(article.countries, again.countries);
        }
    }
}
