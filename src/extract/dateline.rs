//! dateline

use super::text::Text;
use crate::article::Article;

/// Fills in dateline.
pub fn find(text: &Text<'_>, article: &mut Article) {
    let _ = (text, article);
}
