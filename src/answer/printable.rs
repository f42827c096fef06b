//! Characters of texts that would move a terminal or turn its text around, and what people are shown in their place. What
//! joins or accents the letters of a script stays; which terminal there is, is not known here.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a terminal prints the character, or joins it to what it prints, and does nothing else.
pub(crate) fn is_printable(c: char) -> bool {
    !matches!(
        c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
            // Marks, embeddings, overrides and isolates of writing from right to left
            | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
            // Ends of lines and paragraphs, the byte order mark, annotations between lines, tags
            | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// The text on one line, with a visible stand-in for each character that is not printable: the picture of a control
/// character (`␛`), a blank for a tab, and its number (`<U+202E>`) for others.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    replaced(text, is_printable, |c, shown| match c {
        '\t' => shown.push(' '),
        '\0'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(c))),
        '\u{7f}' => shown.push('␡'),
        // Writing to a string does not fail.
        _ => _ = write!(shown, "<U+{:04X}>", u32::from(c)),
    })
}

/// The text with another spelling of each character that is not to be kept.
pub(super) fn replaced(
    text: &str,
    is_kept: impl Fn(char) -> bool,
    spell: impl Fn(char, &mut String),
) -> Cow<'_, str> {
    let Some(first) = text.find(|c| !is_kept(c)) else { return Cow::Borrowed(text) };
    let mut shown = String::with_capacity(text.len() + 16);
    shown.push_str(&text[..first]);
    for c in text[first..].chars() {
        if is_kept(c) {
            shown.push(c);
        } else {
            spell(c, &mut shown);
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn stand_ins_are_seen() {
        let table = [
            ("Ferry\u{1b}[2J\u{7}", "Ferry␛[2J␇"),
            ("a\tb\r\nc\0", "a b␍␊c␀"),
            ("\u{7f}\u{9b}31m", "␡<U+009B>31m"),
            ("\u{202e}gnp.exe\u{2069}", "<U+202E>gnp.exe<U+2069>"),
            ("\u{feff}a\u{2028}b\u{e0041}", "<U+FEFF>a<U+2028>b<U+E0041>"),
        ];
        for (text, shown) in table {
            assert_eq!(printable(text), shown);
        }
    }

    #[test]
    fn scripts_keep_what_joins_their_letters() {
        for text in ["می\u{200c}خواهم", "क्\u{200d}ष", "e\u{301}", "אבג", "👩\u{200d}🚒", "a\u{ad}b"]
        {
            assert!(matches!(printable(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_printable_and_stays_the_same(text in any::<String>()) {
            let shown = printable(&text).into_owned();
            prop_assert!(shown.chars().all(is_printable));
            prop_assert_eq!(printable(&shown), shown.as_str());
        }
    }
}
