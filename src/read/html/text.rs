//! Words of titles and values: entities decoded, white space collapsed, likeness.

use rustc_hash::FxHashMap;

use super::parse;
use super::tree::push_words;

/// Longer values are not titles, names or dates, in bytes.
pub(super) const LONGEST: usize = 4000;

/// A value of an attribute or of JSON on one line, without markup and entities: some are encoded twice.
pub(super) fn decoded(value: &str) -> String {
    if value.len() <= LONGEST && value.contains(['&', '<']) {
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

/// The letters and digits in lower case, words parted by single blanks.
pub(super) fn normal(text: &str) -> String {
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

/// Share of words in common, twice over all words: 1 for the same words.
pub(super) fn likeness(a: &str, b: &str) -> f32 {
    let (a, b) = (normal(a), normal(b));
    let mut counts: FxHashMap<&str, i32> = FxHashMap::default();
    for word in a.split(' ') {
        *counts.entry(word).or_default() += 1;
    }
    let mut common = 0;
    for word in b.split(' ') {
        if let Some(count) = counts.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    let all = a.split(' ').count() + b.split(' ').count();
    2.0 * common as f32 / all as f32
}

/// Is it the same title, but for a few words or the name of a site?
pub(super) fn similar(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    !short.is_empty()
        && (likeness(a, b) >= 0.6 || short.len() >= 12 && normal(long).contains(&normal(short)))
}
