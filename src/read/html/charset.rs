//! The encoding that a page declares in its first bytes, and the decoding of the page.

use encoding_rs::{Encoding, UTF_8};
use memchr::memmem;

use crate::archive::charset as archive_charset;

/// The encoding is declared in the first so many bytes.
const HEAD: usize = 4096;

/// The encoding that `<meta charset>`, `<meta http-equiv>` or the XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let xml = head.starts_with(b"<?xml").then(|| label(&head, b"encoding")).flatten();
    memmem::find_iter(&head, b"<meta")
        .find_map(|at| {
            let tag = &head[at..];
            let tag = &tag[..memchr::memchr(b'>', tag).unwrap_or(tag.len())];
            label(tag, b"charset")
        })
        .or(xml)
}

/// The encoding named after `key` and `=`.
fn label(text: &[u8], key: &[u8]) -> Option<&'static Encoding> {
    let at = memmem::find(text, key)? + key.len();
    let value = text[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value
        .iter()
        .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.')));
    let encoding = Encoding::for_label(&value[..end.unwrap_or(value.len())])?;
    // A page in which this can be read is not in UTF-16.
    Some(if encoding.is_ascii_compatible() || encoding == encoding_rs::ISO_2022_JP {
        encoding
    } else {
        UTF_8
    })
}

/// The characters of a page, or `None` if it is not text. Bytes that are valid UTF-8 are UTF-8, whatever they declare.
pub(crate) fn decode(bytes: &[u8]) -> Option<String> {
    let declared = declared(bytes).filter(|encoding| *encoding != UTF_8);
    let fits = Encoding::for_bom(bytes).is_none()
        && declared.is_some_and(|encoding| {
            encoding == encoding_rs::ISO_2022_JP || std::str::from_utf8(bytes).is_err()
        });
    match declared.filter(|_| fits).map(|encoding| encoding.decode_without_bom_handling(bytes)) {
        Some((text, false)) => archive_charset::decode(text.as_bytes()),
        _ => archive_charset::decode(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], encoding: Option<&str>, text: &str) {
        assert_eq!(declared(bytes).map(Encoding::name), encoding);
        assert_eq!(decode(bytes).as_deref(), Some(text));
    }

    #[test]
    fn declarations_are_read_and_checked() {
        check(
            b"<meta charset=\"iso-8859-2\">\xb3",
            Some("ISO-8859-2"),
            "<meta charset=\"iso-8859-2\">ł",
        );
        check(
            b"<meta content='text/html; charset=windows-1251'>\xc4\xe0",
            Some("windows-1251"),
            "<meta content='text/html; charset=windows-1251'>Да",
        );
        // A wrong declaration.
        let utf8 = "<meta charset=latin1>ü";
        check(utf8.as_bytes(), Some("windows-1252"), utf8);
        check(b"<p>plain", None, "<p>plain");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_decoded(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..60)) {
            let page = [b"<meta charset=", bytes.as_slice()].concat();
            let _ = decode(&page);
        }
    }
}
