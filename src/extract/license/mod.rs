//! license

use super::text::Text;
use crate::article::Article;

/// license
pub fn find(text: &Text<'_>, article: &mut Article) {
    let _ = (text, article);
}
