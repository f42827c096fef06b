//! When an article was published.

pub mod calendar;

use super::text::Text;
use crate::article::Article;

/// Sets [`Article::published`] and the year of the dateline.
pub fn find(text: &Text<'_>, article: &mut Article) {
    let _ = (text, article);
}
