//! JSON as it is given out: a value is exact, and its text moves no terminal, as characters that would are written as escapes.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use crate::answer::printable::{is_printable, replaced};

/// A value as JSON on one line.
pub(crate) struct JsonLine(String);

impl JsonLine {
    /// The line of a value.
    pub(crate) fn of(value: &impl Serialize) -> Self {
        let json = serde_json::to_string(value).unwrap_or_default();
        match escaped(&json) {
            Cow::Owned(escaped) => Self(escaped),
            Cow::Borrowed(_) => Self(json),
        }
    }

    /// The line, without its end.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Writes a value as a line of JSON.
pub(crate) fn write_line(to: impl Write, value: &Value) -> io::Result<()> {
    let mut to = Escaping(to);
    serde_json::to_writer(&mut to, value)?;
    to.write_all(b"\n")
}

/// Writes a value as JSON for people and programs, and the end of its last line.
pub(crate) fn write_pretty(to: impl Write, value: &impl Serialize) -> io::Result<()> {
    let mut to = Escaping(to);
    serde_json::to_writer_pretty(&mut to, value)?;
    to.write_all(b"\n")
}

/// Passes JSON on with escapes. The serializer writes whole characters.
struct Escaping<W: Write>(W);

impl<W: Write> Write for Escaping<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Most of JSON is ASCII.
        if bytes.iter().all(|&byte| byte < 0x7f) {
            self.0.write_all(bytes)?;
            return Ok(bytes.len());
        }
        for chunk in bytes.utf8_chunks() {
            self.0.write_all(escaped(chunk.valid()).as_bytes())?;
            self.0.write_all(chunk.invalid())?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// JSON of the same value. Beyond ASCII all characters stand in its strings; in there, the serializer has escaped others.
fn escaped(json: &str) -> Cow<'_, str> {
    let is_kept = |c| c < '\u{7f}' || is_printable(c);
    replaced(json, is_kept, |c, text| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a string does not fail.
            _ = write!(text, "\\u{unit:04x}");
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn escapes_are_those_of_json() {
        let value = json!({ "a\u{9b}": "\u{1b}\u{7f}é\u{202e}\u{e0041}" });
        let expected = r#"{"a\u009b":"\u001b\u007fé\u202e\udb40\udc41"}"#;
        assert_eq!(JsonLine::of(&value).as_str(), expected);
    }

    proptest! {
        #[test]
        fn values_are_exact_and_move_nothing(text in any::<String>(), key in any::<String>()) {
            let value = json!({ key: [text] });
            let (mut line, mut pretty) = (Vec::new(), Vec::new());
            write_line(&mut line, &value).unwrap();
            write_pretty(&mut pretty, &value).unwrap();
            let same = JsonLine::of(&value);
            prop_assert_eq!(&line[..line.len() - 1], same.as_str().as_bytes());
            for bytes in [line, pretty] {
                let text = String::from_utf8(bytes).unwrap();
                prop_assert!(text.chars().all(|c| c == '\n' || is_printable(c)));
                prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value.clone());
            }
        }
    }
}
