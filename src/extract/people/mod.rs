//! From mentions to people: one person, one entry, with the fullest name and the role. Organisations and places are
//! put together in the same way. Who is meant by a pronoun or *the minister* is not asked here.

mod entities;
mod group;
mod name;
mod role;
pub mod words;

use super::names::{Kind, Mention};
use crate::article::{Article, Person};
use crate::text::Text;

/// Sets [`Article::people`], [`Article::organisations`] and [`Article::places`].
pub fn find(text: &Text<'_>, mentions: &[Mention], article: &mut Article) {
    let persons: Vec<Mention> = mentions.iter().filter_map(|m| name::untitled(text, m)).collect();
    article.people = group::people(text, &persons.iter().collect::<Vec<_>>())
        .into_iter()
        .map(|group| Person {
            name: name::fullest(text, &group),
            role: group.iter().find_map(|mention| role::of(text, mention, &persons)),
            mentions: group.iter().map(|mention| text.span(mention.tokens.clone())).collect(),
        })
        .collect();
    article.organisations = entities::merged(text, mentions, Kind::Organisation);
    article.places = entities::merged(text, mentions, Kind::Place);
}
