//! Decodes bytes to text by byte order mark, as UTF-8, or in a detected encoding. Line ends become `\n`, mojibake
//! (`â€™`) is repaired, binary data is refused.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, WINDOWS_1252};

/// The text of `bytes`; `None` if they are binary.
pub fn decode(bytes: &[u8]) -> Option<String> {
    decode_as(bytes, None)
}

/// The text of `bytes` whose format claims an encoding; `None` if they are binary. Valid UTF-8 is decoded as such
/// whatever encoding is claimed: hardly any text in another encoding is valid UTF-8.
pub fn decode_as(bytes: &[u8], claimed: Option<&'static Encoding>) -> Option<String> {
    let (encoding, bom) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let rest = &bytes[bom..];
    if bom == 0 && is_binary(rest) {
        return None;
    }
    let text = match std::str::from_utf8(rest) {
        Ok(text) if encoding == UTF_8 && claimed.is_none_or(|c| c != ISO_2022_JP) => {
            Cow::Borrowed(text)
        }
        _ if bom > 0 => encoding.decode_without_bom_handling(rest).0,
        _ => {
            let claimed = claimed.filter(|claimed| *claimed != UTF_8);
            let encoding = claimed.unwrap_or_else(|| detected(rest));
            encoding.decode_without_bom_handling(rest).0
        }
    };
    Some(repair_mojibake(&unix_line_ends(&text)))
}

/// The encoding that an XML declaration at the head of `bytes` claims.
pub fn claimed_by_xml(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(256)];
    let start = memchr::memmem::find(head, b"<?xml")?;
    let end = memchr::memmem::find(head, b"?>")?;
    let declaration = head.get(start..end)?;
    let value = declaration.get(memchr::memmem::find(declaration, b"encoding")? + 8..)?;
    let label = value.split(|b| matches!(b, b'"' | b'\'')).nth(1)?;
    // The declaration was read as ASCII, so a label of UTF-16 is wrong.
    Encoding::for_label_no_replacement(label).filter(|encoding| encoding.is_ascii_compatible())
}

/// Whether the first 8 KiB hold a NUL or many control bytes: the test of `file` and `git`.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    let controls =
        head.iter().filter(|b| matches!(b, 0x01..=0x08 | 0x0e..=0x1a | 0x1c..=0x1f)).count();
    head.contains(&0) || controls * 20 > head.len()
}

/// The most probable encoding of bytes that are not UTF-8.
fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn unix_line_ends(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Undoes UTF-8 decoded as Windows-1252 (`â€™` for `’`), sequence by sequence, so that the intact parts of a partly
/// damaged or truncated text are kept.
fn repair_mojibake(text: &str) -> String {
    const LEADS: [char; 4] = ['â', 'Ã', 'Â', 'Ø'];
    if !text.contains("â€") && !text.contains("Ã") && !text.contains("Â") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(LEADS) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let intact = rest.chars().next().unwrap_or_default();
        let (c, length) = repaired_char(rest).unwrap_or((intact, intact.len_utf8()));
        out.push(c);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// The character whose mojibake opens `text`, and the length of that mojibake in bytes.
fn repaired_char(text: &str) -> Option<(char, usize)> {
    let mut bytes = Vec::with_capacity(4);
    for (i, c) in text.char_indices().take(4) {
        bytes.push(windows_1252_byte(c)?);
        if bytes.len() > 1
            && let Ok(whole) = std::str::from_utf8(&bytes)
        {
            return whole.chars().next().map(|fixed| (fixed, i + c.len_utf8()));
        }
    }
    None
}

fn windows_1252_byte(c: char) -> Option<u8> {
    if matches!(c as u32, 0x80..=0x9f) {
        return Some(c as u8);
    }
    let mut buffer = [0; 4];
    match WINDOWS_1252.encode(c.encode_utf8(&mut buffer)) {
        (bytes, _, false) if bytes.len() == 1 => Some(bytes[0]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Option<&str>) {
        assert_eq!(decode(bytes).as_deref(), expected);
    }

    #[test]
    fn utf8_with_and_without_mark() {
        check("Zürich — “ja”".as_bytes(), Some("Zürich — “ja”"));
        check(b"\xef\xbb\xbfTEHRAN", Some("TEHRAN"));
        check(b"a\r\nb\rc", Some("a\nb\nc"));
    }

    #[test]
    fn other_encodings() {
        check(b"\xff\xfeT\0E\0", Some("TE"));
        check(
            b"The caf\xe9 \x93said\x94 so, the ma\xeetre d'h\xf4tel.",
            Some("The café “said” so, the maître d'hôtel."),
        );
    }

    #[test]
    fn mojibake_is_repaired() {
        check("Iranâ€™s caf\u{c3}\u{a9}".as_bytes(), Some("Iran’s café"));
        check("Â© 2019, Âge".as_bytes(), Some("© 2019, Âge"));
        check("TEHRANâ cut".as_bytes(), Some("TEHRANâ cut"));
    }

    #[test]
    fn binary_is_refused() {
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None);
        check(b"", Some(""));
    }
}
