//! The values that articles and quotations have of each facet.

use std::borrow::Cow;

use super::{Article, CountryCode, Facet, PartialDate, Quotation, TagKind, UNKNOWN_LICENSE};

impl Article {
    /// Its values of `facet`: sorted, none twice, none empty.
    pub fn facet_values(&self, facet: Facet) -> Vec<Cow<'_, str>> {
        let names_of = |kind| self.tags.iter().filter(move |tag| tag.kind == kind);
        let named = |kind| names_of(kind).filter_map(|tag| tag.name.as_deref());
        let places = || self.dateline.iter().flat_map(|dateline| &dateline.places);
        match facet {
            Facet::Speaker => distinct(self.quotes.iter().filter_map(|q| q.speaker.as_deref())),
            Facet::Person => {
                let people = self.people.iter().map(|p| p.name.as_str());
                distinct(people.chain(named(TagKind::Person)))
            }
            Facet::Role => distinct(self.people.iter().filter_map(|p| p.role.as_deref())),
            Facet::Organisation => {
                let organisations = self.organisations.iter().map(|e| e.name.as_str());
                distinct(organisations.chain(named(TagKind::Organisation)))
            }
            Facet::Place => {
                let places = self.places.iter().map(|e| e.name.as_str());
                distinct(places.chain(named(TagKind::Place)))
            }
            Facet::Agency => distinct(self.agencies.iter().map(|a| a.name.as_str())),
            Facet::Byline => distinct(self.byline.iter().map(|b| b.name.as_str())),
            Facet::Country => distinct(self.countries.iter().map(|c| c.code.as_str())),
            Facet::About => distinct(self.focus.as_ref().map(CountryCode::as_str)),
            Facet::From => {
                distinct(places().filter_map(|p| p.country.as_ref()).map(CountryCode::as_str))
            }
            Facet::City => distinct(places().map(|p| p.name.as_str())),
            Facet::License => {
                distinct([self.license.as_ref().map_or(UNKNOWN_LICENSE, |l| l.spdx.as_str())])
            }
            Facet::Language => distinct(self.language.as_deref()),
            Facet::Section => distinct(self.section.as_deref()),
            Facet::Keyword => {
                let keywords = self.keywords.iter().map(String::as_str);
                let codes = self.tags.iter().filter_map(|tag| tag.code.as_deref());
                distinct(keywords.chain(named(TagKind::Subject)).chain(codes))
            }
            Facet::Year | Facet::Month | Facet::Day => {
                let date = self.published.as_ref().and_then(|p| date_value(p.date, facet));
                date.into_iter().map(Cow::Owned).collect()
            }
            Facet::Folder => distinct(self.path.match_indices('/').map(|(at, _)| &self.path[..at])),
            Facet::Quote => distinct(self.quotes.iter().map(|q| q.kind.as_str())),
            Facet::Has => distinct(parts(self)),
            Facet::MetadataName => distinct(self.metadata.iter().map(|m| m.name.as_str())),
            Facet::Metadata(field) => {
                let values = self.metadata.iter().filter(|m| m.name == field.path());
                distinct(values.map(|m| m.value.as_str()))
            }
        }
    }
}

impl Quotation {
    /// Its own values of `facet`; none of facets that are its article's.
    pub fn facet_values(&self, facet: Facet) -> Vec<Cow<'_, str>> {
        match facet {
            Facet::Speaker => distinct(self.speaker.as_deref()),
            Facet::Quote => distinct([self.kind.as_str()]),
            _ => Vec::new(),
        }
    }
}

fn distinct<'a>(values: impl IntoIterator<Item = &'a str>) -> Vec<Cow<'a, str>> {
    let mut distinct: Vec<_> =
        values.into_iter().filter(|v| !v.is_empty()).map(Cow::Borrowed).collect();
    distinct.sort_unstable();
    distinct.dedup();
    distinct
}

/// The year, month or day of a date, if it is known so precisely.
fn date_value(date: PartialDate, facet: Facet) -> Option<String> {
    let PartialDate { year, month, day } = date;
    let at = |month, day| PartialDate { year, month, day }.to_string();
    match facet {
        Facet::Year => year.map(|year| format!("{year:04}")),
        Facet::Month => month.map(|_| at(month, None)),
        _ => day.map(|_| at(month, day)),
    }
}

/// Which parts the article has.
fn parts(article: &Article) -> Vec<&'static str> {
    [
        ("title", article.title.is_some()),
        ("date", article.published.is_some()),
        ("dateline", article.dateline.is_some()),
        ("agency", !article.agencies.is_empty()),
        ("byline", !article.byline.is_empty()),
        ("people", !article.people.is_empty()),
        ("quotes", !article.quotes.is_empty()),
        ("country", !article.countries.is_empty()),
        ("license", article.license.is_some()),
    ]
    .into_iter()
    .filter_map(|(name, present)| present.then_some(name))
    .collect()
}
