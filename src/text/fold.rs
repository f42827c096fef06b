//! Word folding: the forms by which words are compared. There are four, as an index, a table or a model on disk depends
//! on the exact result of each:
//!
//! | form | case | combining marks | `ß`, `ø` and their like | other marks | used for |
//! |---|---|---|---|---|---|
//! | [`fold`] | lower | dropped from Latin letters | spelled out | apostrophes, possessives and elided articles dropped | terms of the index, queries |
//! | [`fold_name`] | lower | dropped | spelled out, `þ` kept | full stops, commas and apostrophes dropped, hyphens are spaces | [`name_key`](super::name_key): places, countries |
//! | [`fold_letters`] | lower | dropped | kept | kept | [`hash`](super::hash): the names model |
//! | [`word_key`](super::word_key) | lower in ASCII | kept | kept | curly apostrophes are straight | tables and model of quotations |

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::words::words;

/// The folded words of `text`.
pub fn folded_words(text: &str) -> Vec<String> {
    words(text).map(|range| fold(&text[range])).collect()
}

/// A word as a term of the index: `Iran's` is `iran`, `l'homme` is `homme`, `O'Brien` is `obrien`. Letters that Persian
/// and Arabic write with different code points have one spelling.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    folded
}

/// Replaces `folded` by the folded form of `word`.
pub(crate) fn fold_into(word: &str, folded: &mut String) {
    folded.clear();
    if word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        folded.push_str(word);
        folded.make_ascii_lowercase();
        return;
    }
    for c in core(word).chars() {
        fold_char(c, folded);
    }
}

/// Calls `emit` with the UTF-8 bytes of a word of a name, folded: `Guinea-Bissau` is `guinea bissau`, `U.S.` is `us`,
/// `Łódź` is `lodz`.
#[inline]
pub(super) fn fold_name(word: &str, mut emit: impl FnMut(u8)) {
    let ascii = |byte: u8| match byte {
        b'.' | b'\'' | b'`' | b',' => None,
        b'-' => Some(b' '),
        _ => Some(byte.to_ascii_lowercase()),
    };
    if word.is_ascii() {
        word.bytes().filter_map(ascii).for_each(emit);
        return;
    }
    each_letter(word, |c| match (c, spelled_out(c)) {
        ('\u{2010}' | '\u{2011}' | '–', _) => emit(b' '),
        ('’' | '‘' | 'ʻ' | 'ʼ' | '´', _) => {}
        // The table of places was made with it.
        ('þ', _) | (_, None) => {
            c.encode_utf8(&mut [0; 4]).bytes().filter_map(ascii).for_each(&mut emit);
        }
        (_, Some(letters)) => letters.bytes().for_each(&mut emit),
    });
}

/// A word in lower case without combining marks: `Müller` and `MULLER` are `muller`.
pub(super) fn fold_letters(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    each_letter(word, |c| folded.push(c));
    folded
}

/// Calls `emit` with the characters of a word in canonical decomposition and lower case, combining marks left out.
fn each_letter(word: &str, mut emit: impl FnMut(char)) {
    for c in word.chars() {
        decompose_canonical(c, |part| {
            if !is_combining_mark(part) {
                part.to_lowercase().for_each(&mut emit);
            }
        });
    }
}

/// The usual spelling in basic letters of a Latin letter that has no canonical decomposition.
fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ł' | 'Ł' => "l",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        _ => return None,
    })
}

/// The word without possessive and elided article.
fn core(word: &str) -> &str {
    let Some(at) = word.find(['\'', '’']) else { return word };
    let (head, tail) = word.split_at(at);
    let tail = tail.trim_start_matches(['\'', '’']);
    let elided = matches!(head.len(), 1..=4)
        && [
            "l", "d", "j", "n", "m", "t", "s", "c", "qu", "un", "dell", "all", "nell", "sull",
            "dall",
        ]
        .iter()
        .any(|e| head.eq_ignore_ascii_case(e))
        && tail.len() > 1;
    let rest = if elided { tail } else { word };
    ["'s", "’s", "'S", "’S"].iter().find_map(|s| rest.strip_suffix(s)).unwrap_or(rest)
}

fn fold_char(c: char, folded: &mut String) {
    match c {
        'ё' | 'Ё' => folded.push('е'),
        // Persian and Arabic write the same letters with different code points.
        'ي' | 'ى' => folded.push('ی'),
        'ك' => folded.push('ک'),
        'أ' | 'إ' | 'آ' => folded.push('ا'),
        // Apostrophes, the Arabic stretch and vowel signs, combining accents.
        '\'' | '’' | '\u{640}' | '\u{64b}'..='\u{652}' | '\u{300}'..='\u{36f}' => {}
        _ => match spelled_out(c) {
            Some(letters) => folded.push_str(letters),
            None if is_accented_latin(c) => {
                each_letter(c.encode_utf8(&mut [0; 4]), |letter| folded.push(letter));
            }
            None => folded.extend(c.to_lowercase()),
        },
    }
}

/// Whether the character lies in the Unicode blocks of accented Latin letters.
fn is_accented_latin(c: char) -> bool {
    matches!(c as u32, 0xc0..=0x24f | 0x1e00..=0x1eff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(folded_words(text), expected);
    }

    #[test]
    fn words_are_folded_and_joined() {
        check("Iran’s O'Brien didn't see l’Élysée", &["iran", "obrien", "didnt", "see", "elysee"]);
        check("al-Sadr, 5,000 U.S. troops", &["al", "sadr", "5", "000", "u", "s", "troops"]);
        check("Straße Ærø Łódź ёлка йод", &["strasse", "aero", "lodz", "елка", "йод"]);
        check("東京 'quoted'", &["東", "京", "quoted"]);
    }
}
