//! The beginning of a JSON value that is too long to be read, as a value: what is open at the cut is closed there. A string that
//! is the value of a field keeps its beginning; a field that has no value yet is left out.

/// A value cut at the end of `bytes`, as JSON. Bytes that are no JSON stay as they are.
pub(super) fn closed(mut bytes: Vec<u8>) -> Vec<u8> {
    let mut cut = Cut::default();
    bytes.iter().enumerate().for_each(|(at, byte)| cut.take(at, *byte));
    let open = if cut.is_quoted && cut.is_value {
        bytes.truncate(cut.string);
        bytes.push(b'"');
        cut.open.len()
    } else {
        bytes.truncate(cut.complete);
        cut.open_at_complete
    };
    bytes.extend(cut.open[..open.min(cut.open.len())].iter().rev());
    bytes
}

/// What is open at a place of the value.
#[derive(Default)]
struct Cut {
    /// The brackets that would close it, the outermost first.
    open: Vec<u8>,
    /// Up to here the brackets that are open make a value complete.
    complete: usize,
    /// How many of them are open there.
    open_at_complete: usize,
    is_quoted: bool,
    /// Whether the string is a value, rather than the name of a field.
    is_value: bool,
    /// Up to here the string has whole characters.
    string: usize,
    escape: Escape,
    /// The last byte outside of strings that is no white space.
    before: u8,
}

/// The part of an escape of a string that was seen.
#[derive(Clone, Copy, Default)]
enum Escape {
    #[default]
    None,
    Backslash,
    /// `\u`, the number of digits behind it, and their value.
    Unicode(u8, u32),
}

impl Cut {
    fn take(&mut self, at: usize, byte: u8) {
        if self.is_quoted {
            self.take_quoted(at, byte);
            return;
        }
        match byte {
            b'"' => {
                self.is_quoted = true;
                self.is_value = self.before == b':' || self.open.last() == Some(&b']');
                (self.string, self.escape) = (at + 1, Escape::None);
            }
            b'{' => self.open(b'}', at),
            b'[' => self.open(b']', at),
            b'}' | b']' => {
                self.open.pop();
                self.is_complete(at + 1);
            }
            b',' => self.is_complete(at),
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            self.before = byte;
        }
    }

    fn take_quoted(&mut self, at: usize, byte: u8) {
        match (self.escape, byte) {
            (Escape::None, b'"') => self.is_quoted = false,
            (Escape::None, b'\\') => self.escape = Escape::Backslash,
            // A character of several bytes is whole where the next one begins.
            (Escape::None, 0x80..=0xbf) => {}
            (Escape::None, 0xc0..) => self.string = at,
            (Escape::Backslash, b'u') => self.escape = Escape::Unicode(0, 0),
            (Escape::None | Escape::Backslash, _) => {
                (self.string, self.escape) = (at + 1, Escape::None);
            }
            (Escape::Unicode(digits, value), _) => {
                let digit = char::from(byte).to_digit(16).unwrap_or(0);
                self.escape = Escape::Unicode(digits + 1, value << 4 | digit);
                if digits == 3 {
                    self.end_unicode(at, value << 4 | digit);
                }
            }
        }
    }

    /// The end of an escape of four digits. The first half of a pair is no character yet.
    fn end_unicode(&mut self, at: usize, value: u32) {
        self.escape = Escape::None;
        if !(0xd800..=0xdbff).contains(&value) {
            self.string = at + 1;
        }
    }

    fn open(&mut self, closing: u8, at: usize) {
        self.open.push(closing);
        self.is_complete(at + 1);
    }

    fn is_complete(&mut self, at: usize) {
        (self.complete, self.open_at_complete) = (at, self.open.len());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn check(cut: &str, expected: &Value) {
        let closed = String::from_utf8(closed(cut.as_bytes().to_vec())).unwrap();
        assert_eq!(
            serde_json::from_str::<Value>(&closed).ok().as_ref(),
            Some(expected),
            "{closed}"
        );
    }

    #[test]
    fn what_is_open_is_closed() {
        check(r#"{"a": "The riv"#, &json!({"a": "The riv"}));
        check(r#"{"a": "b", "c"#, &json!({"a": "b"}));
        check(r#"{"a": "b", "c": "#, &json!({"a": "b"}));
        check(r#"{"a": "b", "c": 12"#, &json!({"a": "b"}));
        check(r#"{"a": [{"b": 1}, {"b": 2"#, &json!({"a": [{"b": 1}, {}]}));
        check(r#"{"a": [{"b": 1}"#, &json!({"a": [{"b": 1}]}));
        check(r#"{"a": ["b", "c"#, &json!({"a": ["b", "c"]}));
        check("{", &json!({}));
        check(r#"{"a": "b"}"#, &json!({"a": "b"}));
    }

    #[test]
    fn strings_end_between_characters() {
        let whole = r#"{"a": "Der Fluß \"stieg\" \\ \ud83d\ude00 \u00e9 weiter ß"#;
        for end in 7..whole.len() {
            let closed = closed(whole.as_bytes()[..end].to_vec());
            let value: Value = serde_json::from_slice(&closed).expect("it is JSON");
            let kept = value["a"].as_str().unwrap();
            assert!("Der Fluß \"stieg\" \\ 😀 é weiter ß".starts_with(kept), "{kept}");
        }
    }
}
