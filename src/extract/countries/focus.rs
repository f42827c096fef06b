//! The one country that an article is about.

use crate::article::{Article, CountryCode};

/// The country with most mentions.
pub(super) fn country(article: &Article) -> Option<CountryCode> {
    article.countries.first().map(|country| country.code)
}
