//! The encoding that a page claims in its first bytes, and the page's characters.

use encoding_rs::{Encoding, UTF_8};
use memchr::memmem;

use crate::archive::charset as ordinary;

/// Claims stand in the first so many bytes.
const HEAD: usize = 4096;

/// The encoding that `<meta charset>`, `<meta http-equiv>` or the XML declaration names.
pub fn claimed(bytes: &[u8]) -> Option<&'static Encoding> {
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

/// The encoding named behind `key` and `=`.
fn label(text: &[u8], key: &[u8]) -> Option<&'static Encoding> {
    let at = memmem::find(text, key)? + key.len();
    let value = text[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value
        .iter()
        .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.')));
    let encoding = Encoding::for_label(&value[..end.unwrap_or(value.len())])?;
    // A page that can be read to here is not in UTF-16.
    Some(if encoding.is_ascii_compatible() || encoding == encoding_rs::ISO_2022_JP {
        encoding
    } else {
        UTF_8
    })
}

/// The characters of a page, or `None` if it is no text. Bytes that are UTF-8 are read so, whatever they claim.
pub fn decode(bytes: &[u8]) -> Option<String> {
    let claim = claimed(bytes).filter(|claim| *claim != UTF_8);
    let fits = Encoding::for_bom(bytes).is_none()
        && claim.is_some_and(|claim| {
            claim == encoding_rs::ISO_2022_JP || std::str::from_utf8(bytes).is_err()
        });
    match claim.filter(|_| fits).map(|claim| claim.decode_without_bom_handling(bytes)) {
        Some((text, false)) => ordinary::decode(text.as_bytes()),
        _ => ordinary::decode(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], claim: Option<&str>, text: &str) {
        assert_eq!(claimed(bytes).map(Encoding::name), claim);
        assert_eq!(decode(bytes).as_deref(), Some(text));
    }

    #[test]
    fn claims_are_read_and_checked() {
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
        // It lies.
        let lie = "<meta charset=latin1>ü";
        check(lie.as_bytes(), Some("windows-1252"), lie);
        check(b"<p>plain", None, "<p>plain");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..60)) {
            let page = [b"<meta charset=", bytes.as_slice()].concat();
            let _ = decode(&page);
        }
    }
}
