//! agency

use super::text::Text;
use crate::article::Article;

/// Fills in agency.
pub fn find(text: &Text<'_>, article: &mut Article) {
    let _ = (text, article);
}
