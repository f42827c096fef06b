//! The folded form of a word, by which index and queries compare words: lower case, Latin accents off, apostrophes out,
//! without the possessive and elided articles (`Iran's` is `iran`, `l'homme` is `homme`, `O'Brien` is `obrien`). One
//! spelling for letters that Persian and Arabic write with different code points.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::words::words;

/// The folded words of `text`.
pub fn folded_words(text: &str) -> Vec<String> {
    words(text).map(|range| fold(&text[range])).collect()
}

/// A word as it stands in the index: case, accents, possessives and elided articles do not count.
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
        'ß' | 'ẞ' => folded.push_str("ss"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'œ' | 'Œ' => folded.push_str("oe"),
        'ø' | 'Ø' => folded.push('o'),
        'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
        'ł' | 'Ł' => folded.push('l'),
        'þ' | 'Þ' => folded.push_str("th"),
        'ı' | 'İ' => folded.push('i'),
        'ё' | 'Ё' => folded.push('е'),
        // Persian and Arabic write the same letters with different code points.
        'ي' | 'ى' => folded.push('ی'),
        'ك' => folded.push('ک'),
        'أ' | 'إ' | 'آ' => folded.push('ا'),
        // Apostrophes, the Arabic stretch and vowel signs, loose accents.
        '\'' | '’' | '\u{640}' | '\u{64b}'..='\u{652}' | '\u{300}'..='\u{36f}' => {}
        _ if is_latin_with_accent(c) => {
            decompose_canonical(c, |part| {
                if !is_combining_mark(part) {
                    folded.extend(part.to_lowercase());
                }
            });
        }
        _ => folded.extend(c.to_lowercase()),
    }
}

fn is_latin_with_accent(c: char) -> bool {
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
