//! What the first words of the story say of where its dateline's place lies: `B.C. Premier`, `Scottish ministers`, `(D-NH)`.

use crate::article::CountryCode;
use crate::extract::gazetteer::{self, Form, Mention, NOWHERE, Region};
use crate::text::name_key::key;
use crate::text::{Shape, Text};

/// Tokens of the story that are searched.
const TOKENS: usize = 60;

/// Most words of a region's or country's name.
const MOST_WORDS: usize = 3;

/// How many times likelier a place is that lies in a region of the story, in a country whose officials it names by titles
/// of its own, or in a country of the story.
const IN_REGION: f32 = 100.0;
const WITH_OFFICIALS: f32 = 10.0;
const IN_COUNTRY: f32 = 2.0;

/// The regions and countries that the first words of the story, from token `story` on, name.
pub(super) fn mentions(text: &Text<'_>, story: usize) -> Vec<Mention> {
    let last = text.tokens.len().min(story + TOKENS);
    let mut found = Vec::new();
    let mut at = story;
    while at < last {
        let name = (1..=MOST_WORDS.min(last - at))
            .rev()
            .find_map(|words| Some((named(text, at, words)?, words)));
        if let Some((mention, words)) = name {
            found.push(mention);
            at += words;
        } else {
            found.extend(of_official(text.word(at)));
            at += 1;
        }
    }
    found
}

/// The region or country that `words` tokens from `at` on name.
fn named(text: &Text<'_>, at: usize, words: usize) -> Option<Mention> {
    if !matches!(text.tokens[at].shape, Shape::Capital | Shape::Upper) {
        return None;
    }
    let key = key(text.span(at..at + words).of(text.body));
    if let Some((region, _)) =
        gazetteer::region(key).filter(|(region, _)| region.country != NOWHERE)
    {
        let times = if region.admin.is_some() { IN_REGION } else { IN_COUNTRY };
        return Some(Mention { region, times });
    }
    let (country, form) = gazetteer::nation(key)?;
    let is_word = form == Form::Acronym && text.tokens[at].shape != Shape::Upper;
    (!is_word).then_some(Mention { region: Region { country, admin: None }, times: IN_COUNTRY })
}

/// The region of a member of parliament, `D-NH`, or the country whose officials have a title.
fn of_official(word: &str) -> Option<Mention> {
    const UNITED_STATES: Region = Region { country: CountryCode(*b"US"), admin: None };
    const TITLES: &[&str] =
        &["Gov", "Gov.", "Congressional", "Congressman", "Congresswoman", "Sen.", "Rep."];
    if let Some(("D" | "R" | "I", state)) = word.split_once('-') {
        let region = gazetteer::short_form(key(state)).first().copied()?;
        return Some(Mention { region, times: IN_REGION });
    }
    TITLES.contains(&word).then_some(Mention { region: UNITED_STATES, times: WITH_OFFICIALS })
}
