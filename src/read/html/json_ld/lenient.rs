//! A lenient parser for the invalid JSON of pages: unescaped line ends and quotation marks in strings, superfluous and
//! missing commas, unclosed braces. It keeps what can be parsed.

use serde_json::{Map, Value};

/// Values nested deeper are dropped.
const MAX_DEPTH: usize = 64;

/// The maximum number of values; the rest is dropped.
const MAX_VALUES: usize = 100_000;

/// The JSON without the comments and CDATA sections that hide it from old browsers, and without a final semicolon.
pub(super) fn unwrapped(text: &str) -> &str {
    let mut text = text.trim();
    for mark in ["<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "// <![CDATA["] {
        text = text.strip_prefix(mark).unwrap_or(text).trim_start();
    }
    for mark in ["//-->", "-->", "/*]]>*/", "//]]>", "// ]]>", "]]>", ";"] {
        text = text.strip_suffix(mark).unwrap_or(text).trim_end();
    }
    text
}

/// The value in `text`; several values in a row become a list.
pub(super) fn value(text: &str) -> Option<Value> {
    let mut parser = Parser { rest: text, left: MAX_VALUES };
    let mut values = Vec::new();
    while let Some(value) = parser.value(0) {
        values.push(value);
        parser.skip(&[',', ';']);
    }
    match values.len() {
        0 => None,
        1 => values.pop(),
        _ => Some(Value::Array(values)),
    }
}

struct Parser<'a> {
    rest: &'a str,
    /// The number of values that may still follow.
    left: usize,
}

impl Parser<'_> {
    /// Skips white space and `marks`.
    fn skip(&mut self, marks: &[char]) {
        self.rest = self.rest.trim_start_matches(|c: char| c.is_whitespace() || marks.contains(&c));
    }

    fn take(&mut self, mark: char) -> bool {
        self.skip(&[]);
        let rest = self.rest.strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > MAX_DEPTH || self.left == 0 {
            self.rest = "";
            return None;
        }
        self.left -= 1;
        if self.take('{') {
            return Some(Value::Object(self.object(depth)));
        }
        if self.take('[') {
            return Some(Value::Array(self.list(depth)));
        }
        if self.take('"') {
            return Some(Value::String(self.text()));
        }
        let end = self.rest.find([',', '}', ']', '\n', '"', '{', '[']).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        let word = word.trim();
        if word.is_empty() {
            return None;
        }
        self.rest = rest;
        Some(serde_json::from_str(word).unwrap_or_else(|_| Value::String(word.to_owned())))
    }

    fn object(&mut self, depth: usize) -> Map<String, Value> {
        let mut object = Map::new();
        loop {
            self.skip(&[',', ';']);
            if self.rest.is_empty() || self.take('}') {
                return object;
            }
            if !self.take('"') {
                // Not a key: skip one character and try again.
                self.rest = self
                    .rest
                    .get(self.rest.chars().next().map_or(0, char::len_utf8)..)
                    .unwrap_or_default();
                continue;
            }
            let key = self.text();
            if self.take(':')
                && let Some(value) = self.value(depth + 1)
            {
                object.entry(key).or_insert(value);
            }
        }
    }

    fn list(&mut self, depth: usize) -> Vec<Value> {
        let mut list = Vec::new();
        loop {
            self.skip(&[',', ';']);
            if self.rest.is_empty() || self.take(']') || self.rest.starts_with('}') {
                return list;
            }
            match self.value(depth + 1) {
                Some(value) => list.push(value),
                None => return list,
            }
        }
    }

    /// A string after its opening quotation mark. A quotation mark ends it only before what may follow a string.
    fn text(&mut self) -> String {
        let mut text = String::new();
        let mut chars = self.rest.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' if ends(&self.rest[at + 1..]) => {
                    self.rest = &self.rest[at + 1..];
                    return text;
                }
                '\\' => match chars.next() {
                    Some((_, 'n' | 'r' | 't')) => text.push('\n'),
                    Some((at, 'u')) => {
                        let code = self
                            .rest
                            .get(at + 1..at + 5)
                            .and_then(|hex| u32::from_str_radix(hex, 16).ok());
                        text.extend(code.and_then(char::from_u32));
                        if code.is_some() {
                            chars.nth(3);
                        }
                    }
                    Some((_, escaped)) => text.push(escaped),
                    None => {}
                },
                c => text.push(c),
            }
        }
        self.rest = "";
        text
    }
}

/// Whether `rest` may follow a string. A comma may only before another key or value.
fn ends(rest: &str) -> bool {
    let rest = rest.trim_start();
    match rest.chars().next() {
        None | Some(':' | '}' | ']') => true,
        Some(',') => rest[1..].trim_start().starts_with(['"', '{', '[', '}', ']']),
        Some('"') => rest[1..].find(['"', '\n']).is_some_and(|end| {
            rest[1 + end..].trim_start_matches('"').trim_start().starts_with(':')
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let expected: Option<Value> = serde_json::from_str(expected).ok();
        assert!(expected.is_some());
        assert_eq!(value(unwrapped(text)), expected, "{text}");
    }

    #[test]
    fn invalid_json_is_parsed() {
        check("{\"a\": \"one\ntwo\",}", "{\"a\": \"one\\ntwo\"}");
        check(
            "{\"a\": \"he said \"no\" to us\", \"b\": 1}",
            "{\"a\": \"he said \\\"no\\\" to us\", \"b\": 1}",
        );
        check("{\"a\": \"x\" \"b\": \"y\"}", "{\"a\": \"x\", \"b\": \"y\"}");
        check("{\"a\": [1, 2,], \"b\": {\"c\": true", "{\"a\": [1, 2], \"b\": {\"c\": true}}");
        check("//<![CDATA[\n{\"a\": \"\\u00fc\"}\n//]]>", "{\"a\": \"ü\"}");
        check("{\"a\": 1};{\"b\": 2}", "[{\"a\": 1}, {\"b\": 2}]");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_parsed(text in "\\PC{0,60}|([\\[\\]{}:,\"\\\\un0a \n]|ü){0,60}") {
            let _ = value(unwrapped(&text));
        }
    }
}
