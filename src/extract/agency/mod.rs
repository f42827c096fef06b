//! The wire services that supplied an article.

pub mod table;

use super::text::Text;
use crate::article::{Agency, Article, Origin};

/// Sets [`Article::agencies`], unless the file states them.
pub fn find(text: &Text<'_>, article: &mut Article) {
    if !article.agencies.is_empty() {
        return;
    }
    if let Some(dateline) = &article.dateline
        && let Some(span) = dateline.agency
    {
        let country = dateline.places.first().and_then(|place| place.country);
        for known in table::find_all(span.of(text.body), country) {
            article.agencies.push(Agency { name: known.name.to_owned(), origin: Origin::Text(span) });
        }
    }
}
