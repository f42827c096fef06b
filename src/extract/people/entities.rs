//! Organisations and places: mentions of one name are one entity, and an acronym in brackets belongs to the name before
//! it.

use rustc_hash::FxHashMap;

use crate::article::Entity;
use crate::extract::names::{Kind, Mention, hash};
use crate::extract::text::Text;

/// All entities of one kind, in the order of their first mention.
pub fn merged(text: &Text<'_>, mentions: &[Mention], kind: Kind) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    let mut by_name: FxHashMap<u32, usize> = FxHashMap::default();
    let mut last: Option<(usize, usize)> = None;
    for mention in mentions.iter().filter(|m| m.kind == kind) {
        let span = text.span(mention.tokens.clone());
        let key = hash::word(span.of(text.body));
        let entity = match by_name.get(&key) {
            Some(&entity) => entity,
            None => {
                let long = last
                    .filter(|&(_, end)| is_acronym_of(text, mention, end))
                    .map(|(entity, _)| entity);
                let entity = long.unwrap_or_else(|| {
                    entities.push(Entity {
                        name: super::name::shown(text, mention),
                        mentions: Vec::new(),
                    });
                    entities.len() - 1
                });
                by_name.insert(key, entity);
                entity
            }
        };
        entities[entity].mentions.push(span);
        last = Some((entity, mention.tokens.end));
    }
    entities
}

/// Does the mention stand alone in brackets behind a name that ends at token `end`, in capitals?
fn is_acronym_of(text: &Text<'_>, mention: &Mention, end: usize) -> bool {
    let at = mention.tokens.start;
    let word = text.word(at);
    at == end + 1
        && mention.tokens.len() == 1
        && text.word(end) == "("
        && text.tokens.get(at + 1).is_some_and(|t| t.span().of(text.body) == ")")
        && word.len() >= 2
        && !word.bytes().any(|b| b.is_ascii_lowercase())
}
