//! Whether a file of XML, JSON or RTF ends where it should: its root element, its value, or its groups are closed.

use bytes::Bytes;
use serde::de::IgnoredAny;

use super::cut_json;
use super::detect;
use super::formats::format::Format;
use super::formats::{msg, word};

/// Whether `bytes` are one value of JSON.
pub(super) fn is_json(bytes: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(bytes.trim_ascii()).is_ok()
}

/// What is not closed in a file that is one record of that format; `None` if it ends where it should, or nobody can tell.
pub(super) fn unclosed(format: &Format, bytes: &[u8]) -> Option<String> {
    match format.name {
        "nitf" | "newsml1" | "newsml-g2" | "mets" | "alto" | "xml" => unclosed_root(bytes),
        "ninjs" => {
            let value = serde_json::from_slice::<IgnoredAny>(bytes.trim_ascii());
            value.is_err_and(|error| error.is_eof()).then(|| "its JSON is not closed".to_owned())
        }
        "rtf" => word::has_open_group(bytes).then(|| "a group of its RTF is not closed".to_owned()),
        "msg" => msg::fault(bytes),
        _ => None,
    }
}

/// The beginning of a file that is one record of that format, closed where its format asks for that.
pub(super) fn closed(format: &Format, bytes: Bytes) -> Bytes {
    if format.name == "ninjs" { cut_json::closed(bytes.into()).into() } else { bytes }
}

/// What is not closed in a document of XML.
pub(super) fn unclosed_root(bytes: &[u8]) -> Option<String> {
    let Some((name, tag)) = root(bytes) else {
        let is_document = bytes.starts_with(b"<?xml") && bytes.len() < detect::HEAD;
        return is_document.then(|| "it ends before its root element".to_owned());
    };
    let is_empty = tag.ends_with('/');
    if name.is_empty() || is_empty {
        return None;
    }
    let closed_at = last_tag(bytes, &format!("</{name}"));
    let opened_at = last_tag(bytes, &format!("<{name}"));
    (closed_at.is_none() || opened_at > closed_at).then(|| not_closed(&name))
}

/// What is told of an element that is not closed.
pub(super) fn not_closed(name: &str) -> String {
    format!("the element <{name}> is not closed")
}

/// The name, with its prefix, of the element that is opened first in `head`, if it is still open.
pub(super) fn root_name(head: &[u8]) -> Option<String> {
    let (name, _) = root(head)?;
    last_tag(head, &format!("<{name}"))?;
    Some(name)
}

/// Whether `bytes` have an end tag of that name.
pub(super) fn has_end_tag(bytes: &[u8], name: &str) -> bool {
    last_tag(bytes, &format!("</{name}")).is_some()
}

/// Whether a byte may follow the name in a tag.
pub(super) fn is_name_end(byte: u8) -> bool {
    matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n')
}

/// The name, with its prefix, and the tag of the root element.
fn root(bytes: &[u8]) -> Option<(String, String)> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(detect::HEAD)]);
    let (_, tag) = detect::root(&head)?;
    let name = tag.split(|c: char| c.is_whitespace() || c == '/').next()?.to_owned();
    Some((name, tag))
}

/// The offset of the last tag that begins so and is complete.
fn last_tag(bytes: &[u8], open: &str) -> Option<usize> {
    let mut found = memchr::memmem::rfind_iter(bytes, open.as_bytes());
    found.find(|at| {
        let rest = &bytes[at + open.len()..];
        rest.first().is_some_and(|byte| is_name_end(*byte)) && memchr::memchr(b'>', rest).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(document: &str, is_closed: bool) {
        assert_eq!(unclosed_root(document.as_bytes()).is_none(), is_closed, "{document}");
    }

    #[test]
    fn a_document_ends_with_its_root_element() {
        check("<?xml version='1.0'?><n:nitf xmlns:n='x'><p/></n:nitf>\n<!-- end -->", true);
        check("<nitf><p>The river", false);
        check("<nitf><p>The river</p></nitf", false);
        check("<story/>", true);
        check("<doc>a</doc>\n<doc>b</doc>", true);
        check("<doc>a</doc>\n<doc>b", false);
        check("<doc><docs></docs>", false);
        check("<?xml version='1.0'?>\n<!DOC", false);
        check("The river rose.", true);
    }

    #[test]
    fn a_document_type_is_no_element() {
        assert_eq!(root_name(b"<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n"), None);
        assert_eq!(root_name(b"<rdf:RDF xmlns:rdf='x'><channel>").as_deref(), Some("rdf:RDF"));
    }
}
