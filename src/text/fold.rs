//! Word folding: the forms by which words are compared. There are five, as an index, a table or a model on disk depends
//! on the exact result of each:
//!
//! | form | case | combining marks | `ß`, `ø` and their like | other marks | used for |
//! |---|---|---|---|---|---|
//! | [`fold`] | lower | dropped from Latin letters | spelled out | apostrophes, possessives and elided articles dropped | terms of the index, queries |
//! | [`fold_umlauts`] | lower | as of `fold`, but `ü` is `ue` and so on | spelled out, `ø` as `oe` | as of `fold` | a second reading in the index and in queries |
//! | [`fold_name`] | lower | dropped | spelled out, `þ` kept | full stops, commas and apostrophes dropped, hyphens are spaces | [`name_key`](super::name_key): places, countries |
//! | [`fold_letters`] | lower | dropped | kept | kept | [`hash`](super::hash): the names model |
//! | [`word_key`](super::word_key) | lower in ASCII | kept | kept | curly apostrophes are straight | tables and model of quotations |

use unicode_normalization::char::{compose, decompose_canonical, is_combining_mark};

use super::words::words;

/// Most forms [without umlauts](without_umlauts) of a word.
const MAX_FORMS: usize = 32;

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
    each_composed(core(word), |c| fold_char(c, folded));
}

/// The folded form of a word whose umlauts, and the letters of its kind, are spelled with two letters, as who has no keys for
/// them types it: `Müller` is `mueller`, `Øre` is `oere`, `Đorđe` is `djordje`. `None` if there are none.
pub fn fold_umlauts(word: &str) -> Option<String> {
    let may_have = |c| umlaut(c).is_some() || matches!(c, '\u{308}' | '\u{30a}');
    if word.is_ascii() || !word.chars().any(may_have) {
        return None;
    }
    let (mut folded, mut has_any) = (String::with_capacity(word.len() + 2), false);
    each_composed(core(word), |c| match umlaut(c) {
        Some(letters) => {
            folded.push_str(letters);
            has_any = true;
        }
        None => fold_char(c, &mut folded),
    });
    has_any.then_some(folded)
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

/// The two letters that stand for an umlaut, or for a letter of its kind, where it cannot be typed.
fn umlaut(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' | 'Ä' => "ae",
        'ö' | 'Ö' | 'ø' | 'Ø' => "oe",
        'ü' | 'Ü' => "ue",
        'å' | 'Å' => "aa",
        'đ' | 'Đ' => "dj",
        _ => return None,
    })
}

/// The folded forms of words that [`fold_umlauts`] may give as `folded`, and `folded` itself: each pair of letters may stand for
/// an umlaut. At most [`MAX_FORMS`].
pub(crate) fn without_umlauts(folded: &str) -> Vec<String> {
    let mut forms = vec![String::new()];
    let mut rest = folded;
    let mut passed: Vec<String> = Vec::new();
    while let Some(c) = rest.chars().next() {
        let pair = ["ae", "oe", "ue", "aa", "dj"].into_iter().find(|pair| rest.starts_with(pair));
        let longer: Vec<_> = match pair {
            Some(_) if forms.len() < MAX_FORMS => {
                forms.iter().map(|form| format!("{form}{c}")).collect()
            }
            _ => Vec::new(),
        };
        for form in &mut forms {
            form.push(c);
        }
        // Those of which the pair before ended here.
        forms.append(&mut passed);
        passed = longer;
        rest = &rest[c.len_utf8()..];
    }
    forms
}

/// Calls `each` with the characters of a word, a letter and the accent behind it as one character where there is one.
pub(super) fn each_composed(word: &str, mut each: impl FnMut(char)) {
    let mut last = None;
    for c in word.chars() {
        let whole = match last {
            Some(base) if matches!(c, '\u{300}'..='\u{36f}') => compose(base, c),
            _ => None,
        };
        if whole.is_none()
            && let Some(base) = last
        {
            each(base);
        }
        last = whole.or(Some(c));
    }
    if let Some(base) = last {
        each(base);
    }
}

/// The word without possessive and elided article.
pub(super) fn core(word: &str) -> &str {
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
        '\u{300}'..='\u{36f}' => {}
        _ => match spelled_out(c) {
            Some(letters) => folded.push_str(letters),
            None if is_accented_latin(c) => {
                each_letter(c.encode_utf8(&mut [0; 4]), |letter| folded.push(letter));
            }
            None => folded.extend(one_spelling(c).into_iter().flat_map(char::to_lowercase)),
        },
    }
}

/// A letter that Persian and Arabic write with different code points in one of them; `None` for what is no letter of a word:
/// apostrophes, the Arabic stretch and vowel signs.
pub(super) fn one_spelling(c: char) -> Option<char> {
    Some(match c {
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'أ' | 'إ' | 'آ' => 'ا',
        '\'' | '’' | '\u{640}' | '\u{64b}'..='\u{652}' => return None,
        _ => c,
    })
}

/// Whether the character lies in the Unicode blocks of accented Latin letters.
pub(super) fn is_accented_latin(c: char) -> bool {
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
        check("nº123 1º u\u{308}ber и\u{306}од", &["n", "123", "1", "uber", "йод"]);
    }

    #[test]
    fn umlauts_are_two_letters_too() {
        let check = |word: &str, expected: Option<&str>| {
            assert_eq!(fold_umlauts(word).as_deref(), expected, "{word}");
        };
        check("Müller’s", Some("mueller"));
        check("u\u{308}ber", Some("ueber"));
        check("Bodø", Some("bodoe"));
        check("Åsa", Some("aasa"));
        check("Đorđe", Some("djordje"));
        check("élan", None);
        check("Mueller", None);
        let forms = |folded: &str| {
            let mut forms = without_umlauts(folded);
            forms.sort();
            forms.join(" ")
        };
        assert_eq!(forms("talks"), "talks");
        assert_eq!(forms("zuercher"), "zuercher zurcher");
        assert_eq!(forms("haaeue"), "haaeu haaeue haau haaue haeu haeue");
    }
}
