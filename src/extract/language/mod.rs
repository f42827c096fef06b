//! language

use super::text::Text;
use crate::article::Article;

/// language
pub fn find(text: &Text<'_>, article: &mut Article) {
    let _ = (text, article);
}
