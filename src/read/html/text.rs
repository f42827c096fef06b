//! Text of titles and attribute values: decoding, normalisation and similarity.

use rustc_hash::FxHashMap;

use super::parse;
use super::tree::push_words;

/// Longer values, in bytes, are no titles, names or dates, and are not decoded.
const MAX_DECODED: usize = 4000;

/// The value of an attribute or of JSON on one line, without markup, with references decoded; some are encoded twice.
pub(super) fn decoded(value: &str) -> String {
    if value.len() <= MAX_DECODED && value.contains(['&', '<']) {
        let once = parse::tree(value).words(0);
        return if once.contains('&') && once.contains(';') {
            parse::tree(&once).words(0)
        } else {
            once
        };
    }
    let mut line = String::new();
    push_words(&mut line, value);
    line.truncate(line.trim_end().len());
    line
}

/// The words of a text in lower case, without punctuation, separated by single spaces.
pub(super) fn normalized(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !matches!(c, '\u{ad}' | '\u{200b}') && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The Dice coefficient of the words of two texts: 1 for the same words.
fn similarity(a: &str, b: &str) -> f32 {
    let (a, b) = (normalized(a), normalized(b));
    let mut counts: FxHashMap<&str, i32> = FxHashMap::default();
    for word in a.split(' ') {
        *counts.entry(word).or_default() += 1;
    }
    let mut shared = 0;
    for word in b.split(' ') {
        if let Some(count) = counts.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            shared += 1;
        }
    }
    let all = a.split(' ').count() + b.split(' ').count();
    2.0 * shared as f32 / all as f32
}

/// Whether two titles are the same except for a few words or the name of a site.
pub(super) fn is_similar(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    !short.is_empty()
        && (similarity(a, b) >= 0.6
            || short.len() >= 12 && normalized(long).contains(&normalized(short)))
}
