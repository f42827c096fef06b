//! From the words that name the source to the person or organisation of the article that they mean.

use super::attribute::Attribution;
use super::source;
use super::units::Units;
use crate::article::Article;
use crate::extract::text::Text;

/// Who can be meant, and who was meant last.
#[derive(Debug)]
pub(crate) struct Speakers {
    /// Start of each mention of a person or an organisation, and its place in `names`.
    mentions: Vec<(u32, u32, usize)>,
    names: Vec<String>,
}

impl Speakers {
    /// Everybody whom the article names.
    pub(crate) fn new(_text: &Text<'_>, article: &Article) -> Self {
        let mut speakers = Self { mentions: Vec::new(), names: Vec::new() };
        let people = article.people.iter().map(|p| (&p.name, &p.mentions));
        let others = article.organisations.iter().map(|e| (&e.name, &e.mentions));
        for (name, mentions) in people.chain(others) {
            let number = speakers.names.len();
            speakers.names.push(name.clone());
            speakers.mentions.extend(mentions.iter().map(|span| (span.start, span.end, number)));
        }
        speakers.mentions.sort_unstable();
        speakers
    }

    /// Who is meant by the source of `attribution`, and how surely.
    pub(crate) fn of(
        &mut self,
        text: &Text<'_>,
        units: &Units,
        attribution: &Attribution,
    ) -> Option<(String, f32)> {
        let phrase = source::phrase(units, attribution.source?);
        let span = text.span(units.tokens(phrase));
        let at = self.mentions.partition_point(|m| m.0 < span.start);
        let &(start, _, number) = self.mentions.get(at)?;
        (start < span.end).then(|| (self.names[number].clone(), 0.95))
    }
}
