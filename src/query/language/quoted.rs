//! Values between quotation marks, as they stand in a query: a backslash before a quotation mark, a backslash or `=` is no
//! part of the value.

/// Whether `c` is a double quotation mark of any script.
pub(super) fn is_double_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '″' | '＂' | '「' | '」')
}

fn is_escaped(c: char) -> bool {
    is_double_quote(c) || matches!(c, '\\' | '=')
}

/// The quotation mark that closes the text before it, and where it stands.
pub(super) fn closing_mark(inner: &str) -> Option<(usize, char)> {
    let mut chars = inner.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && inner[at + 1..].starts_with(is_escaped) {
            chars.next();
        } else if is_double_quote(c) {
            return Some((at, c));
        }
    }
    None
}

/// The value that a text between quotation marks stands for.
pub(super) fn unescaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(&next) if c == '\\' && is_escaped(next) => {
                value.push(next);
                chars.next();
            }
            _ => value.push(c),
        }
    }
    value
}

/// The text between quotation marks that stands for a value. A first `=` would ask for the value in any case.
pub(super) fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for (at, c) in value.char_indices() {
        if is_double_quote(c) || c == '\\' || (at == 0 && c == '=') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_value_can_be_quoted(value in "(?s)[\"“»\\\\=a é]{0,12}|.{0,12}", behind in ".{0,4}") {
            let text = escaped(&value);
            prop_assert_eq!(&unescaped(&text), &value);
            prop_assert!(!text.starts_with('='));
            let quoted = format!("{text}\"{behind}");
            prop_assert_eq!(closing_mark(&quoted), Some((text.len(), '"')));
        }
    }
}
