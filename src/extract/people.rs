//! From mentions to people: one person, one entry, with the fullest name and the role.

use super::names::Mention;
use super::text::Text;
use crate::article::Article;

/// Sets [`Article::people`], [`Article::organisations`] and [`Article::places`].
pub fn find(text: &Text<'_>, mentions: &[Mention], article: &mut Article) {
    let _ = (text, mentions, article);
}
