//! The main language of an article.

use super::text::Text;
use crate::article::Article;

/// Sets [`Article::language`].
pub fn find(text: &Text<'_>, article: &mut Article) {
    let _ = (text, article);
}
