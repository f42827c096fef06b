//! Organisations and places: mentions of the same name are one entity; an acronym in brackets belongs to the name before it.

use rustc_hash::FxHashMap;

use super::name;
use crate::article::Entity;
use crate::extract::names::{Kind, Mention};
use crate::text::Text;
use crate::text::hash;

/// Returns all entities of one kind, in the order of their first mention.
pub(super) fn group(text: &Text<'_>, mentions: &[Mention], kind: Kind) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    let mut by_name: FxHashMap<u32, usize> = FxHashMap::default();
    let mut last: Option<(usize, usize)> = None;
    for mention in mentions.iter().filter(|m| m.kind == kind) {
        let span = text.span(mention.tokens.clone());
        let key = hash::word(span.of(text.body));
        let expansion = last
            .filter(|&(_, end)| is_acronym_in_brackets(text, mention, end))
            .map(|(entity, _)| entity);
        let entity = *by_name.entry(key).or_insert_with(|| {
            expansion.unwrap_or_else(|| {
                entities.push(Entity { name: name::display(text, mention), mentions: Vec::new() });
                entities.len() - 1
            })
        });
        entities[entity].mentions.push(span);
        last = Some((entity, mention.tokens.end));
    }
    entities
}

/// Whether the mention is one word in capitals, alone in brackets after a name that ends before token `end`.
fn is_acronym_in_brackets(text: &Text<'_>, mention: &Mention, end: usize) -> bool {
    let at = mention.tokens.start;
    let word = text.word(at);
    at == end + 1
        && mention.tokens.len() == 1
        && text.word(end) == "("
        && text.tokens.get(at + 1).is_some_and(|t| t.span().of(text.body) == ")")
        && word.len() >= 2
        && !word.bytes().any(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acronym_in_brackets_belongs_to_the_name_before() {
        let body = "The Ruritanian Film Board (RFB) met. RFB and Utopia Bank spoke.";
        let text = Text::new(body);
        let mention =
            |start: usize, end: usize| Mention { tokens: start..end, kind: Kind::Organisation };
        let mentions = [mention(1, 4), mention(5, 6), mention(9, 10), mention(11, 13)];
        let found = group(&text, &mentions, Kind::Organisation);
        let counts: Vec<_> = found.iter().map(|e| (e.name.as_str(), e.mentions.len())).collect();
        assert_eq!(counts, [("Ruritanian Film Board", 3), ("Utopia Bank", 1)]);
    }
}
