//! byline

use super::text::Text;
use crate::article::Article;

/// byline
pub fn find(text: &Text<'_>, article: &mut Article) {
    let _ = (text, article);
}
