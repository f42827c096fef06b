//! Decodes the character references of HTML (`&amp;`, `&#8217;`, `&comma;`) with the tokenizer of html5gum: its list of
//! names, references without `;` and the remapping of Windows-1252 follow the HTML standard. Every format uses it but web
//! pages, which that tokenizer reads as a whole.

use std::borrow::Cow;
use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, State, Tokenizer};
use quick_xml::escape::resolve_xml_entity;

/// The context of a reference, which decides when its `;` may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Text of HTML: some names are valid without `;`, whatever follows.
    Text,
    /// Attribute values, and all of XML, where `&` may be part of a URL: a name without `;` is valid only if neither `=`
    /// nor a letter or digit follows.
    Attribute,
}

/// `text` with its character references decoded. All else is kept: `<` begins no tag.
pub(super) fn decode(text: &str, place: Place) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    while !rest.is_empty() {
        let (candidate, after) = rest.split_at(candidate_len(rest));
        match decoded(candidate, place) {
            Some(characters) => out.push_str(&characters),
            None => out.push_str(candidate),
        }
        let next = memchr::memchr(b'&', after.as_bytes()).unwrap_or(after.len());
        out.push_str(&after[..next]);
        rest = &after[next..];
    }
    Cow::Owned(out)
}

/// Whether `text` holds a reference that ends in `;`, which plain text hardly does.
pub(super) fn has_any(text: &str) -> bool {
    memchr::memchr_iter(b'&', text.as_bytes()).any(|at| {
        let candidate = &text[at..at + candidate_len(&text[at..])];
        candidate.ends_with(';') && decoded(candidate, Place::Attribute).is_some()
    })
}

/// The length of the possible reference at the start of `text`: `&`, letters and digits, and a `;` or `=` after them.
fn candidate_len(text: &str) -> usize {
    let name = text.bytes().skip(1).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    let has_mark = text[1 + name..].starts_with([';', '=']);
    1 + name + usize::from(has_mark)
}

/// The characters that `candidate` stands for; `None` if it holds no reference.
fn decoded(candidate: &str, place: Place) -> Option<Cow<'static, str>> {
    let name = &candidate[1..];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '#') {
        return None;
    }
    // Most references are these: they take no tokenizer.
    if let Some(name) = name.strip_suffix(';') {
        if let Some(character) = resolve_xml_entity(name) {
            return Some(Cow::Borrowed(character));
        }
        match name.strip_prefix('#').and_then(number) {
            // Control characters are no text: `&#2;` in Reuters-21578.
            Some(1..=8 | 11..=31) => return Some(Cow::Borrowed(" ")),
            Some(code @ (0x20..=0x7e | 0xa0..=0xd7ff)) => {
                return char::from_u32(code).map(|c| Cow::Owned(c.to_string()));
            }
            _ => {}
        }
    }
    let characters = match place {
        Place::Text => tokenized(candidate, State::RcData),
        Place::Attribute => tokenized(&format!("<a a=\"{candidate}\">"), State::Data),
    };
    (characters != candidate).then_some(Cow::Owned(characters))
}

/// The code point of a numeric reference without `&#` and `;`.
fn number(digits: &str) -> Option<u32> {
    match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    }
}

/// The characters that the tokenizer emits for `html`. RCDATA without a start tag before it has no tags, only references.
fn tokenized(html: &str, state: State) -> String {
    let mut characters = String::new();
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| {
        if let CallbackEvent::String { value } | CallbackEvent::AttributeValue { value } = event {
            characters.push_str(&String::from_utf8_lossy(value));
        }
        None::<Infallible>
    });
    let mut tokenizer = Tokenizer::new_with_emitter(html, emitter);
    tokenizer.set_state(state);
    let Ok(()) = tokenizer.finish();
    characters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, in_text: &str, in_attribute: &str) {
        assert_eq!(decode(text, Place::Text), in_text, "{text}");
        assert_eq!(decode(text, Place::Attribute), in_attribute, "{text}");
    }

    #[test]
    fn references_are_decoded_as_the_standard_says() {
        let named = "Caf&eacute; &comma; &fjlig; &amp;amp; &semi;";
        check(named, "Café , fj &amp; ;", "Café , fj &amp; ;");
        check("&#8217; &#x2014; &#150; &#X41;", "’ — – A", "’ — – A");
        check("&copy 2020 &eacute&agrave &#39s", "© 2020 éà 's", "© 2020 éà 's");
        check("?a=1&copy=2&lt=3 &copyright;", "?a=1©=2<=3 ©right;", "?a=1&copy=2&lt=3 &copyright;");
        check(
            "AT&T &bogus; & &; &&#; é&",
            "AT&T &bogus; & &; &&#; é&",
            "AT&T &bogus; & &; &&#; é&",
        );
        check("<b>&lt;i> </title>&#60;", "<b><i> </title><", "<b><i> </title><");
        check("&#2;&#0;&#xD800;&#13;\r\n", " \u{fffd}\u{fffd} \r\n", " \u{fffd}\u{fffd} \r\n");
    }

    #[test]
    fn plain_text_has_no_reference() {
        assert!(has_any("fish &amp chips &comma; peas"));
        assert!(!has_any("?a=1&copy=2; AT&T; R&D &copy 2020 &copyright;"));
    }
}
