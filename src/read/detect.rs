//! Detects the format of a file by its first bytes, then by its name. A file of no known format is plain text.

use super::formats::{exports, iptc7901, msg, release, subtitles, telex};
use crate::archive::container::package::Package;

/// How many bytes of a file are inspected.
pub(super) const HEAD: usize = 16 << 10;

/// The name of the format of a file that begins with `head`.
pub(super) fn detect(head: &[u8], name: &str) -> &'static str {
    let head = &head[..head.len().min(HEAD)];
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let start = head.trim_ascii_start();
    by_signature(head, start)
        .or_else(|| if start.starts_with(b"<") { markup(start) } else { None })
        .or_else(|| {
            if start.starts_with(b"{") || start.starts_with(b"[") {
                json(start, name)
            } else {
                None
            }
        })
        .or_else(|| lines(head))
        .or_else(|| by_name(head, name))
        .unwrap_or("text")
}

/// Formats with a signature in their first bytes.
fn by_signature(head: &[u8], start: &[u8]) -> Option<&'static str> {
    const SYN_SOH: &[u8] = &[0x16, 0x16, 0x01];
    let first = &head[..head.len().min(64)];
    if start.starts_with(b"WARC/") || start.starts_with(b"filedesc:") {
        return Some("warc");
    }
    if head.starts_with(b"PAR1") {
        return Some("parquet");
    }
    if start.starts_with(b"{\\rtf") {
        return Some("rtf");
    }
    if let Some(package) = Package::detect(head) {
        return Some(match package {
            Package::Docx => "docx",
            Package::Epub => "epub",
        });
    }
    if msg::is_message(head) {
        return Some("msg");
    }
    if pdf_header(head) {
        return Some("pdf");
    }
    let soh = first.iter().position(|b| *b == 1);
    let only_marks =
        |at: usize| first[..at].iter().all(|b| !b.is_ascii_alphanumeric() && *b != b'<');
    if first.starts_with(SYN_SOH) || soh.is_some_and(|at| only_marks(at) && head.contains(&2)) {
        return Some("iptc7901");
    }
    if iptc7901::is_start_line(start.split(|b| *b == b'\n').next().unwrap_or_default()) {
        return Some("iptc7901");
    }
    telex::opens_message(start).then_some("telex")
}

/// Whether the header of a PDF is among the first bytes; some have the lines of a mail or of a server before it.
fn pdf_header(head: &[u8]) -> bool {
    /// As far as viewers look for it.
    const JUNK: usize = 1024;
    let opening = &head[..head.len().min(JUNK)];
    let at = memchr::memmem::find(opening, b"%PDF-");
    // A text may speak of the header.
    at.is_some_and(|at| {
        opening[at + 5..].first().is_some_and(u8::is_ascii_digit) && (at == 0 || has_object(head))
    })
}

fn has_object(head: &[u8]) -> bool {
    memchr::memmem::find(head, b" obj").is_some()
}

/// Markup formats, by the name of the root element.
fn markup(start: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(start);
    // A file that ends before its root element is XML all the same.
    let Some((root, tag)) = root(&text) else {
        return text.starts_with("<?xml").then_some("xml");
    };
    let has = |needle: &str| text.contains(needle);
    // A wire story may open with `<ACME CORP> 1ST QTR NET`, which is no element.
    let is_marked_up =
        has("</") || has("/>") || text.starts_with("<?xml") || text.starts_with("<!");
    Some(match root {
        "nitf" => "nitf",
        "NewsML" | "newsML" | "NewsItem" | "NewsComponent" => "newsml1",
        "newsItem" | "newsMessage" | "packageItem" | "conceptItem" | "knowledgeItem"
        | "planningItem" | "catalogItem" => "newsml-g2",
        "rss" if has("wordpress.org/export") || has("<wp:wxr_version") => "wxr",
        "rss" | "feed" | "RDF" | "channel" => "feed",
        "mediawiki" => "mediawiki",
        "mets" => "mets",
        "alto" => "alto",
        "PPSResponse" | "ppsArticleResponse" | "ppsarticleResultSet" => "factiva",
        "DOC" | "doc" | "DOCS"
            if has("<DOCNO") || has("<docno") || has("<TEXT") || has("<text") =>
        {
            "trec"
        }
        "REUTERS" | "lewis" => "reuters",
        _ if is_marked_up && is_html(root, &tag) => {
            if is_export(&text) {
                "nexis"
            } else {
                "html"
            }
        }
        _ if is_marked_up && is_tag(&tag) => "xml",
        _ => return None,
    })
}

/// Whether an element's name is followed by nothing or an attribute.
fn is_tag(tag: &str) -> bool {
    let mut words = tag.trim_end_matches('/').split_ascii_whitespace();
    words.next().is_some_and(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_'))
        && words.next().is_none_or(|attribute| attribute.contains('='))
}

/// The name, without prefix, and the tag of the root element, or of a document type that decides the format.
pub(super) fn root(text: &str) -> Option<(&str, String)> {
    let mut rest = text;
    loop {
        let at = rest.find('<')?;
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = &comment[comment.find("-->")? + 3..];
        } else if rest.starts_with('?') {
            rest = &rest[rest.find("?>")? + 2..];
        } else if let Some(doctype) = rest.strip_prefix('!') {
            let name = doctype.split_whitespace().nth(1).unwrap_or_default();
            let name = name.split(['>', '[']).next().unwrap_or_default();
            if name.eq_ignore_ascii_case("html") || name == "lewis" {
                return Some((name, name.to_owned()));
            }
            let subset =
                doctype.find('[').filter(|at| doctype.find('>').is_none_or(|end| *at < end));
            let end = match subset {
                Some(at) => at + doctype[at..].find(']')? + 1,
                None => 0,
            };
            rest = &doctype[end + doctype[end..].find('>')? + 1..];
        } else {
            let end = rest.find('>').unwrap_or(rest.len());
            let tag = &rest[..end];
            let name = tag.split(|c: char| c.is_whitespace() || c == '/').next()?;
            return Some((name.rsplit(':').next()?, tag.to_owned()));
        }
    }
}

fn is_html(root: &str, tag: &str) -> bool {
    const NAMES: &[&str] = &[
        "html", "head", "body", "meta", "title", "div", "p", "article", "main", "span", "table",
        "script", "section", "h1", "h2", "header", "link", "style", "center", "font", "b", "i",
        "a", "br", "img", "ul",
    ];
    NAMES.iter().any(|name| root.eq_ignore_ascii_case(name)) && !tag.contains("TEI")
}

/// Whether a page is an export of Nexis, Factiva or Europresse.
fn is_export(text: &str) -> bool {
    (text.contains("<DOCFULL>") && text.contains("DOC_ID_"))
        || text.contains("cedrom-sni.com")
        || exports::is_page(text)
}

/// JSON Lines or a single value of JSON.
fn json(start: &[u8], name: &str) -> Option<&'static str> {
    let text = String::from_utf8_lossy(start);
    let first_line = text.lines().next().unwrap_or_default();
    let whole_line = first_line.ends_with('}')
        && serde_json::from_str::<serde::de::IgnoredAny>(first_line).is_ok();
    let second = text.lines().skip(1).find(|line| !line.trim().is_empty());
    if whole_line && second.is_some_and(|line| line.starts_with('{')) {
        return Some("jsonl");
    }
    if matches!(extension(name).as_str(), "jsonl" | "ndjson") {
        return Some("jsonl");
    }
    // `{\rtf1` is not JSON.
    let second = text[1..].trim_start().chars().next();
    second.is_none_or(|c| matches!(c, '"' | '}' | '{' | '[' | ']')).then_some("json")
}

/// Formats with typical first lines: mail, press releases, downloads of databases.
fn lines(head: &[u8]) -> Option<&'static str> {
    const MAIL: &[&str] = &[
        "return-path",
        "received",
        "message-id",
        "mime-version",
        "from",
        "to",
        "subject",
        "date",
        "content-type",
        "delivered-to",
        "x-mailer",
        "reply-to",
        "sender",
        "dkim-signature",
        "content-transfer-encoding",
        "authentication-results",
        "received-spf",
        "list-id",
    ];
    let text = String::from_utf8_lossy(head);
    let mbox = text.strip_prefix("From ").is_some();
    let mut known = 0;
    let mut is_certain = false;
    // The continuation lines of a field are indented.
    let fields = text.lines().skip(usize::from(mbox)).take_while(|line| !line.is_empty());
    for line in fields.filter(|line| !line.starts_with([' ', '\t'])).take(30) {
        let Some((name, _)) = line.split_once(':') else { break };
        let name = name.to_ascii_lowercase();
        known += usize::from(MAIL.contains(&name.as_str()));
        is_certain |=
            matches!(name.as_str(), "message-id" | "mime-version" | "received" | "return-path");
    }
    if known >= 3 && (is_certain || mbox) {
        return Some(if mbox { "mbox" } else { "mail" });
    }
    if release::is_release(&text) {
        return Some("release");
    }
    if subtitles::is_transcript(&text) {
        return Some("subtitles");
    }
    exports::is_download(&text).then_some("nexis")
}

/// The extension of a file name, in lower case.
fn extension(name: &str) -> String {
    name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase()
}

/// Formats that only the file extension reveals.
fn by_name(head: &[u8], name: &str) -> Option<&'static str> {
    match extension(name).as_str() {
        "csv" | "tsv" | "tab" => Some("csv"),
        "eml" if opens_with_field(head) => Some("mail"),
        "htm" | "html" | "xhtml" if memchr::memchr(b'<', head).is_some() => Some("html"),
        _ => None,
    }
}

/// Whether `head` begins with a header field of a mail: `Subject: River`.
fn opens_with_field(head: &[u8]) -> bool {
    let name = head.split(|b| *b == b':').next().unwrap_or_default();
    name.len() < head.len() && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &str, name: &str, expected: &str) {
        assert_eq!(detect(head.as_bytes(), name), expected, "{head}");
    }

    #[test]
    fn formats_are_detected_by_content() {
        check("<?xml version='1.0'?><!-- x --><nitf:nitf xmlns:nitf='x'>", "a.txt", "nitf");
        check(
            "<?xml version='1.0'?>\n<!DOCTYPE NewsML PUBLIC \"x\" \"y\" [<!ENTITY % a SYSTEM \"b\"> %a; ]>\n<NewsML>",
            "a",
            "newsml1",
        );
        check("<newsMessage xmlns='x'>", "a", "newsml-g2");
        check("<!DOCTYPE html><title>x</title>", "a", "html");
        check("\u{feff} <HTML><p>x</p>", "a.txt", "html");
        check("{\\rtf1\\ansi River}", "a.txt", "rtf");
        check("WEBVTT - Council\n\n00:01.000 --> 00:02.000\nYes.", "a", "subtitles");
        check("\u{feff}1\r\n00:00:01,000 --> 00:00:02,500\r\nYes.", "a.txt", "subtitles");
        check("1\nThe way 00:00 --> 01:00\n", "a.txt", "text");
        check("River rises\n\n<html> is a tag.", "a.txt", "text");
        check("<ORLAND CORP> 1ST QTR NET\n\n  OSLO, May 3 -\n  Net 1.2 mln", "a.txt", "text");
        check("<A AND B LTD> SETS DIVIDEND\n", "a.txt", "text");
        check("<story><head>x</head></story>", "a.txt", "xml");
        check("<!DOCTYPE lewis SYSTEM \"lewis.dtd\"><REUTERS>", "a", "reuters");
        check("<DOC>\n<DOCNO>1</DOCNO>", "a", "trec");
        check("<feed xmlns='http://www.w3.org/2005/Atom'>", "a", "feed");
        check("{\"a\":1}\n{\"a\":2}\n", "a", "jsonl");
        check("{\n \"a\": 1}", "a", "json");
        check("{ braces in a text", "a.txt", "text");
        check("WARC/1.0\r\n", "a", "warc");
        check("PAR1\u{15}\u{4}", "a", "parquet");
        check("%PDF-1.7\n%x", "a", "pdf");
        check("HTTP/1.1 200 OK\n\n%PDF-1.4\n1 0 obj", "a", "pdf");
        check("A file that begins with %PDF-1.4 is a PDF.", "a.txt", "text");
        check("%PDF- is a mark.", "a.txt", "text");
        check("ZCZC ABC\n", "a", "telex");
        check("zczc\nTI#River\n", "a.txt", "telex");
        check("hca00112 4 p 88    hpa 0417\n\n/river/\n", "a.txt", "iptc7901");
        check("Figures 2019 4 p 88 and more\n", "a.txt", "text");
        check("\u{1}aa 3\n\u{2}Head\n", "a", "iptc7901");
        check("From: a\nTo: b\nMessage-ID: <c>\n\nx", "a", "mail");
        check("From: a\nTo: b\n\nx", "a", "text");
        let folded = format!("Received: a\n{}From: b\nDate: c\n\nx", " by d\n".repeat(40));
        check(&folded, "a", "mail");
        check("Subject: a\n\nx", "a.eml", "mail");
        check("The river rose: it rained.", "a.eml", "text");
        check("id,title\n1,a\n", "a.csv", "csv");
        check("The river rose.", "a.json", "text");
        check("", "a", "text");
    }
}
