//! Who is quoted, saying what.

use super::names::Mention;
use super::text::Text;
use crate::article::Article;

/// Sets [`Article::quotes`]; needs [`Article::people`].
pub fn find(text: &Text<'_>, mentions: &[Mention], article: &mut Article) {
    let _ = (text, mentions, article);
}
