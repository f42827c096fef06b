//! The countries that an article mentions, and the one it is about.
//!
//! The country of the *dateline* is where the article was written: that of the first place of [`Article::dateline`]. A
//! country is *mentioned* by its name, a demonym, or a place in it. The country *in focus* is the one that the article is
//! about: the one with most mentions.
//!
//! | in the text | country |
//! |---|---|
//! | `Iran`, `Iranian`, `Iranians` | always; also inside an organisation's name (`Bank of China`), not a person's |
//! | `Tehran`, `Ohio`, `Mass.`, `Boone County` | the one that the place lies in |
//! | `Reading`, `Lincoln` | only where the name tagger found a place, or a state or country follows |
//! | `New York Times`, `Washington Street` | none: newspapers and streets |
//! | `Georgia`, `Lebanon` | that of the country, state or town that fits the other places of the article |

mod candidates;
mod context_words;
mod disambiguate;
mod toponyms;

use super::names::Mention;
use crate::article::{Article, Country, CountryCode, Place, Span};
use crate::text::Text;
use candidates::Candidate;

/// Most words of local news that count as hints: a paper may name its own county in every sentence.
const MAX_HINTS: usize = 4;

/// Sets [`Article::countries`] and [`Article::focus`], and corrects the countries of [`Article::dateline`].
///
/// Countries with more mentions come first; among equals, the one mentioned first.
pub fn find(text: &Text<'_>, mentions: &[Mention], article: &mut Article) {
    let dateline: Vec<Span> = dateline_places(article).filter_map(|place| place.span).collect();
    let mut toponyms = toponyms::find(text, mentions, &dateline);
    let mut hints = local_news_hints(text);
    hints.extend(license_hint(article));
    let chosen = disambiguate::choose(&mut toponyms, &hints);
    let resolved: Vec<(Span, Candidate)> = toponyms
        .mentions
        .iter()
        .filter_map(|toponym| Some((toponym.span, chosen[toponym.name]?)))
        .collect();
    correct_dateline(article, &resolved, &hints);
    let mut mentions: Vec<(CountryCode, Span)> = resolved
        .iter()
        .map(|(span, candidate)| (country_of(text, article, *span, candidate, &resolved), *span))
        .collect();
    mentions.extend(unresolved_dateline_places(article, &resolved));
    article.countries = group_by_country(mentions);
    article.focus = article.countries.first().map(|country| country.code);
}

fn dateline_places(article: &Article) -> impl Iterator<Item = &Place> {
    article.dateline.iter().flat_map(|dateline| &dateline.places)
}

/// Replaces the country of a place in a local paper's dateline by that of its best candidate in the text, if no other
/// place of the text lies in the former: `HAMILTON` above a story on Butler County is the one in Ohio.
fn correct_dateline(
    article: &mut Article,
    resolved: &[(Span, Candidate)],
    hints: &[(CountryCode, f32)],
) {
    let places = article.dateline.iter_mut().flat_map(|dateline| &mut dateline.places);
    for place in places {
        let Some(span) = place.span else { continue };
        let has_other_places = |country| is_mentioned_elsewhere(country, span, resolved);
        let Some((_, candidate)) = resolved.iter().find(|(other, _)| other.overlaps(span)) else {
            continue;
        };
        let Some(entry) = candidate.entry else { continue };
        let is_local = hints.iter().any(|(country, _)| *country == candidate.country);
        if is_local
            && place.country != Some(candidate.country)
            && !place.country.is_some_and(has_other_places)
        {
            place.country = Some(candidate.country);
            place.geoname = Some(entry.geoname()).filter(|&id| id != 0);
            place.coordinates = entry.coordinates();
        }
    }
}

/// Whether a toponym that does not overlap `span` was resolved to `country`.
fn is_mentioned_elsewhere(
    country: CountryCode,
    span: Span,
    resolved: &[(Span, Candidate)],
) -> bool {
    resolved.iter().any(|(other, place)| place.country == country && !other.overlaps(span))
}

/// The country of a toponym: in the dateline, that of the dateline (`ROMA` is not in Texas), unless other places of the
/// text agree with the toponym's candidate.
fn country_of(
    text: &Text<'_>,
    article: &Article,
    span: Span,
    candidate: &Candidate,
    resolved: &[(Span, Candidate)],
) -> CountryCode {
    let country = candidate.country;
    if let Some(qualified) = country_of_unknown_place(article, span.of(text.body)) {
        return qualified;
    }
    dateline_places(article)
        .find(|place| place.span.is_some_and(|place| place.overlaps(span)))
        .and_then(|place| place.country)
        .filter(|own| *own == country || !is_mentioned_elsewhere(country, span, resolved))
        .unwrap_or(country)
}

/// The country that the dateline prints behind a place of the toponym's name, if the table has the place in other countries
/// alone: `HARWICK, England`.
fn country_of_unknown_place(article: &Article, name: &str) -> Option<CountryCode> {
    let mut unknown = dateline_places(article).filter(|place| place.geoname.is_none());
    unknown.find(|place| place.name.eq_ignore_ascii_case(name))?.country
}

/// The places of the dateline at which the text has no resolved toponym.
fn unresolved_dateline_places(
    article: &Article,
    resolved: &[(Span, Candidate)],
) -> Vec<(CountryCode, Span)> {
    dateline_places(article)
        .filter_map(|place| Some((place.country?, place.span?)))
        .filter(|(_, span)| !resolved.iter().any(|(other, _)| other.overlaps(*span)))
        .collect()
}

/// The countries, with weights, that the text's words of local news hint at.
fn local_news_hints(text: &Text<'_>) -> Vec<(CountryCode, f32)> {
    let capitals = text.tokens.iter().enumerate().filter(|(_, token)| token.shape.is_capital());
    let before = |at: usize| at.checked_sub(1).map_or("", |at| text.word(at));
    let hint = |(at, _)| context_words::local_news_hint(text.word(at), || before(at));
    capitals.filter_map(hint).take(MAX_HINTS).collect()
}

/// The country whose government alone grants the article's license.
fn license_hint(article: &Article) -> Option<(CountryCode, f32)> {
    let spdx = article.license.as_ref()?.spdx.as_str();
    let british = spdx.starts_with("OGL-UK") || spdx == "LicenseRef-Crown-Copyright";
    british.then_some((CountryCode(*b"GB"), 1.0))
}

/// One entry per country, its mentions in order and without overlap.
fn group_by_country(mut mentions: Vec<(CountryCode, Span)>) -> Vec<Country> {
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

    /// The countries' codes in order; `names` are tagged wherever they occur.
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
    fn countries_by_name_demonym_and_place() {
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
    fn persons_newspapers_and_streets_name_no_country() {
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
    fn toponyms_of_an_article_agree() {
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
    fn the_country_in_the_dateline_is_that_of_the_name_elsewhere() {
        let country = |dateline: &str| {
            let body = format!("Ferry crews of Harwick\n\n{dateline} - The crews of Harwick met.");
            let text = Text::new(&body);
            let mut article = Article::default();
            crate::extract::dateline::find(&text, &mut article);
            let at = |word: &usize| text.word(*word) == "Harwick";
            let mention = |word| Mention { tokens: word..word + 1, kind: Kind::Place };
            let mentions: Vec<_> = (0..text.tokens.len()).filter(at).map(mention).collect();
            find(&text, &mentions, &mut article);
            article.countries.iter().map(|c| c.code.as_str().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(country("HARWICK, England"), ["GB"]);
        assert_eq!(country("HARWICK, Ireland"), ["IE"]);
        assert_eq!(country("HARWICK, Mass."), ["US"]);
        assert_eq!(country("OSLO, Norway"), ["US", "NO"]);
    }

    #[test]
    fn former_countries_map_to_their_successors() {
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
