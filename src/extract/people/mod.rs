//! Coreference of names: the mentions of each person, with the fullest name and the role, and those of each organisation
//! and place. Pronouns and noun phrases such as *the minister* are not resolved here.

mod entities;
mod name;
mod person_coreference;
mod role;
mod word_tables;

use super::names::{Kind, Mention};
use crate::article::{Article, Person};
use crate::text::Text;

/// Sets [`Article::people`], [`Article::organisations`] and [`Article::places`].
pub fn find(text: &Text<'_>, mentions: &[Mention], article: &mut Article) {
    let persons: Vec<Mention> =
        mentions.iter().filter_map(|m| name::without_honorifics(text, m)).collect();
    article.people = person_coreference::group(text, &persons.iter().collect::<Vec<_>>())
        .into_iter()
        .map(|group| Person {
            name: name::fullest(text, &group),
            role: group.iter().find_map(|mention| role::of(text, mention, &persons)),
            mentions: group.iter().map(|mention| text.span(mention.tokens.clone())).collect(),
        })
        .collect();
    article.organisations = entities::group(text, mentions, Kind::Organisation);
    article.places = entities::group(text, mentions, Kind::Place);
}
