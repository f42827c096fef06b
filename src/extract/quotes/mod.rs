//! Who is quoted, saying what.
//!
//! Words between marks become single units ([`marks`], [`units`]); every word that can attribute ([`cues`]) is asked
//! for its reported words ([`spans`]) and their source ([`source`]), and the whole is kept if it is sure enough
//! ([`attribute`]). The questions are answered by a small linear model ([`model`], MODEL.md). Marked words that no
//! attribution covers may go on with the speaker before ([`direct`]). Last, the source becomes a person or an
//! organisation of the article ([`speaker`]).

pub(crate) mod attribute;
pub(crate) mod cues;
mod direct;
mod gender;
pub(crate) mod marks;
pub(crate) mod model;
pub(crate) mod source;
pub(crate) mod spans;
mod speaker;
pub(crate) mod units;
pub(crate) mod words;

use super::names::Mention;
use super::text::Text;
use crate::article::{Article, Quotation, QuoteKind};
use attribute::Attribution;
use cues::Attributes;
use model::Model;
use units::Units;
use words::Class;

/// Sets [`Article::quotes`]; needs [`Article::people`].
pub fn find(text: &Text<'_>, mentions: &[Mention], article: &mut Article) {
    find_with(Model::shipped(), text, mentions, article);
}

/// [`find`] with other weights.
pub(crate) fn find_with(
    model: &Model,
    text: &Text<'_>,
    mentions: &[Mention],
    article: &mut Article,
) {
    let marked = marks::find(text);
    let units = Units::new(text, &marked, mentions);
    let mut attributions = attribute::find(&units, model);
    direct::join(&units, &mut attributions);
    direct::add(&units, &mut attributions);
    let mut speakers = speaker::Speakers::new(text, &units, article);
    article.quotes = attributions
        .iter()
        .flat_map(|attribution| {
            let speaker = speakers.of(text, &units, attribution);
            quotations(text, &units, attribution, speaker)
        })
        .collect();
    article.quotes.sort_by_key(|quote| (quote.span.start, quote.span.end));
}

/// One quotation for each piece of the reported words.
fn quotations(
    text: &Text<'_>,
    units: &Units,
    attribution: &Attribution,
    speaker: Option<(String, f32)>,
) -> Vec<Quotation> {
    let source = attribution.source.map(|head| source::phrase(units, head));
    let cue = (attribution.cue != direct::NO_CUE).then(|| attribution.cue..attribution.cue + 1);
    let span = |range| text.span(units.tokens(range));
    let confidence = match &speaker {
        Some((_, sure)) => sure * attribution.sure.whole,
        None => 0.0,
    };
    let is_belief = !matches!(
        units.all.get(attribution.cue).and_then(|unit| unit.attributes),
        Some(Attributes::Speech | Attributes::SpeechNoun | Attributes::Stance) | None
    );
    attribution
        .pieces()
        .map(|piece| Quotation {
            span: span(piece.clone()),
            kind: kind(units, piece, is_belief),
            speaker: speaker.as_ref().map(|(name, _)| name.clone()),
            source: source.clone().map(span),
            cue: cue.clone().map(span),
            confidence,
        })
        .collect()
}

fn kind(units: &Units, piece: std::ops::Range<usize>, is_belief: bool) -> QuoteKind {
    let words = units.all[piece].iter().filter(|unit| !unit.class.is_mark());
    let (mut quoted, mut plain) = (0_u32, 0_u32);
    for unit in words {
        if unit.class == Class::Quoted {
            quoted += 1;
        } else {
            plain += 1;
        }
    }
    match (quoted, plain) {
        (1.., 0) => QuoteKind::Direct,
        (1.., _) => QuoteKind::Mixed,
        (0, _) if is_belief => QuoteKind::Belief,
        (0, _) => QuoteKind::Indirect,
    }
}
