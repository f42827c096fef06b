//! The features of a word of a run, as hashes that find rows of the model: the word and its form, its lexicon entry and those of
//! its neighbours, and the words left and right of the run.

use super::observations::{Observation, Observations, Run};
use crate::text::hash;

/// Number of features of a word.
pub const TEMPLATES: usize = 38;
/// Templates that look at the word itself, not only at its class or surroundings.
pub const LEXICAL: [usize; 10] = [0, 1, 2, 10, 11, 12, 15, 16, 30, 31];
/// Templates that look at the words around.
pub const CONTEXT: [usize; 10] = [3, 4, 5, 6, 13, 14, 15, 16, 17, 18];

/// The features of word `i` of a run, as hashes; `i` is an index into [`Observations::observations`].
///
/// Those that share a word share a cache line of the model ([`hash::in_line`]).
pub fn of(seen: &Observations<'_>, run: &Run, i: usize) -> [u32; TEMPLATES] {
    let at = |k: usize| seen.observations[k];
    let (l2, l1, w, r1, r2) = (at(i - 2), at(i - 1), at(i), at(i + 1), at(i + 2));
    let (start, end) = (run.words.start, run.words.end);
    let index = (i - start).min(3) as u32;
    let remaining = (end - 1 - i).min(3) as u32;
    let length = (end - start).min(6) as u32;
    let place = index << 2 | remaining;
    let initial = u32::from(run.initial && i == start);
    let style = run.style as u32;
    let opens = style << 1 | initial;
    let (form, form_l1, form_r1) = (w.form as u32, l1.form as u32, r1.form as u32);
    let forms = form_l1 << 10 | form << 5 | form_r1;
    let (known, known_l1, known_r1) = (known(w), known(l1), known(r1));
    let (left, right) = (l1.class, r1.class);
    let cluster = w.class & 0x7FF;
    let [prefix, suffix3, suffix4] = affixes(seen, i);
    let two = |x: u32, y: u32| hash::feature(60, x, y);
    let written = u32::from(w.written.0);
    let in_line = [
        (0, w.hash, 0),
        (0, w.hash, form),
        (0, w.hash, opens),
        (1, l1.hash, form_l1),
        (1, l1.hash, form),
        (2, r1.hash, form_r1),
        (2, r1.hash, form),
    ];
    let spread = [
        (known, 0),
        (known, initial << 4 | place),
        (known, opens << 3 | written),
        (prefix, form),
        (suffix3, form),
        (suffix4, form),
        (l2.hash, l2.form as u32),
        (r2.hash, r2.form as u32),
        (l1.hash, w.hash),
        (w.hash, r1.hash),
        (l2.hash, l1.hash),
        (r1.hash, r2.hash),
        (cluster, form),
        (left, cluster),
        (cluster, right),
        (left, right),
        (known_l1, known),
        (known, known_r1),
        (two(known_l1, known), known_r1),
        (l2.class, left),
        (right, r2.class),
        (forms, style),
        (form, place),
        (if remaining > 0 { at(end - 1).hash } else { 0 }, form),
        (if index > 0 { at(start).hash } else { 0 }, form),
        (style, place),
        (form << 4 | place, length),
        (two(l2.form as u32, forms), r2.form as u32),
        (two(at(start - 1).class, at(end).class), place),
        (written << 5 | form, opens),
        (written << 11 | cluster, opens),
    ];
    let mut features = [0; TEMPLATES];
    for (template, (line, x, y)) in in_line.into_iter().enumerate() {
        features[template] = hash::in_line(line, template as u32, x, y);
    }
    for (template, (x, y)) in (in_line.len()..).zip(spread) {
        features[template] = hash::feature(template as u32, x, y);
    }
    features
}

fn known(s: Observation) -> u32 {
    s.entry.signature() << 5 | s.form as u32
}

/// Hashes of the first three and the last three and four bytes of the word.
fn affixes(seen: &Observations<'_>, i: usize) -> [u32; 3] {
    let word = seen.text.word(seen.observations[i].token as usize).as_bytes();
    let n = word.len();
    let tail = |k: usize| hash::bytes(&word[n.saturating_sub(k)..]);
    [hash::bytes(&word[..n.min(3)]), tail(3), tail(4)]
}
