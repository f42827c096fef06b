//! Web crawls: WARC 0.17 to 1.1 and ARC 1. Responses, resources and conversions that are pages or plain text are
//! articles. Declared encodings may be wrong and files may be truncated: what can be read is read.

use std::io::Read;

use super::format::RecordContext;
use super::{html, text};
use crate::archive::charset;
use crate::read::draft::Draft;
use crate::read::split::ByteSink;
use crate::read::window::{MAX_BYTES, Window};

/// The maximum length of a header block, in bytes.
const MAX_HEADER: usize = 64 << 10;

/// A compressed body may unpack to so many bytes, plus so many times its size.
const MIN_ALLOWANCE: u64 = 1 << 20;
const MAX_RATIO: u64 = 200;

/// Splits a crawl into records; those that cannot hold an article are skipped.
pub(super) fn split(window: &mut Window<'_>, sink: &mut ByteSink<'_>) {
    loop {
        skip_white_space(window);
        let Some(line_end) = window.find(b"\n", 0) else { return };
        let line = window.rest()[..line_end].trim_ascii().to_vec();
        let (header, length, wanted) = if line.starts_with(b"WARC/") {
            let Some(header) = header(window) else { return };
            let length = field(&header, "Content-Length").and_then(|n| n.parse().ok()).unwrap_or(0);
            let wanted = is_wanted(&header);
            (header, length, wanted)
        } else if let Some(length) = arc_length(&line) {
            let header = window.take(line_end + 1);
            let wanted = !line.starts_with(b"filedesc:") && !line.starts_with(b"dns:");
            (header, length, wanted)
        } else {
            // Garbage between records: continue after its line.
            window.skip(line_end as u64 + 1);
            continue;
        };
        if !wanted || length > MAX_BYTES {
            window.skip(length);
            continue;
        }
        let mut record = header;
        record.extend(window.take(length as usize));
        if sink(record, false).is_break() {
            return;
        }
    }
}

fn skip_white_space(window: &mut Window<'_>) {
    loop {
        let count = window.rest().iter().take_while(|b| b.is_ascii_whitespace()).count();
        window.skip(count as u64);
        if !window.rest().is_empty() || !window.fill() {
            return;
        }
    }
}

/// Takes a header block, up to and with its empty line.
fn header(window: &mut Window<'_>) -> Option<Vec<u8>> {
    let (mut at, mut end) = (0, None);
    while end.is_none() && at < MAX_HEADER {
        let next = window.find(b"\n", at)?;
        if window.rest()[at..next].trim_ascii().is_empty() {
            end = Some(next + 1);
        }
        at = next + 1;
    }
    Some(window.take(end.unwrap_or(at)))
}

/// The value of a field in a header block.
fn field<'h>(header: &'h [u8], name: &str) -> Option<&'h str> {
    let lines = header.split(|b| *b == b'\n').filter_map(|line| std::str::from_utf8(line).ok());
    lines
        .filter_map(|line| line.split_once(':'))
        .find(|(key, _)| key.trim().eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
}

fn is_wanted(header: &[u8]) -> bool {
    let kind = field(header, "WARC-Type").unwrap_or_default();
    let media = field(header, "Content-Type").unwrap_or_default();
    match kind {
        "response" => !media.starts_with("text/dns"),
        "conversion" => is_text(media),
        // Crawlers store their logs as resources too.
        "resource" => {
            let target = field(header, "WARC-Target-URI").unwrap_or_default();
            is_text(media) && target.trim_start_matches('<').starts_with("http")
        }
        _ => false,
    }
}

fn is_text(media: &str) -> bool {
    let media = media.trim().to_ascii_lowercase();
    ["text/html", "application/xhtml", "text/plain"].iter().any(|text| media.starts_with(text))
}

/// The length at the end of an ARC header line: `URL IP date type length`.
fn arc_length(line: &[u8]) -> Option<u64> {
    let line = std::str::from_utf8(line).ok()?;
    let mut words = line.rsplit(' ');
    let length: i64 = words.next()?.parse().ok()?;
    let is_date = |word: &str| word.len() >= 12 && word.bytes().all(|b| b.is_ascii_digit());
    let has_date = words.skip(1).any(is_date);
    (has_date && (line.contains("://") || line.starts_with("dns:")))
        .then_some(length.max(0).unsigned_abs())
}

/// The article of a record.
pub(super) fn drafts(_: &RecordContext<'_>, record: &[u8]) -> Vec<Draft> {
    draft(record).into_iter().collect()
}

fn draft(record: &[u8]) -> Option<Draft> {
    let (header, block, url) = if record.starts_with(b"WARC/") {
        let (header, block) = split_header(record)?;
        let url = field(header, "WARC-Target-URI")?.trim_matches(['<', '>']).to_owned();
        (header, block, url)
    } else {
        let end = record.iter().position(|b| *b == b'\n')?;
        let line = String::from_utf8_lossy(&record[..end]).into_owned();
        let url = line.split(' ').next()?.to_owned();
        (&record[..end], &record[end + 1..], url)
    };
    let is_http = block.starts_with(b"HTTP/");
    let (media, body) = if is_http {
        let (http, body) = split_header(block)?;
        if !is_success(http) {
            return None;
        }
        (field(http, "Content-Type").unwrap_or("text/html").to_owned(), decoded(http, body))
    } else {
        (field(header, "Content-Type").unwrap_or("text/plain").to_owned(), block.to_vec())
    };
    if !is_text(&media) || url.ends_with("/robots.txt") {
        return None;
    }
    let charset = media
        .to_ascii_lowercase()
        .split("charset=")
        .nth(1)
        .map(|label| label.trim_matches(['"', ' ', ';', '\'']).to_owned());
    let mut draft = if media.trim().to_ascii_lowercase().starts_with("text/plain") {
        text::draft(charset::decode(&body)?)
    } else {
        html::draft(&html::text(&body, charset.as_deref())?, &url)
    };
    draft.url(&url);
    draft.own_id = Some(url);
    draft.has_any().then_some(draft)
}

/// The header block and the bytes after its empty line.
fn split_header(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut at = 0;
    while at < bytes.len() {
        let end = at + bytes[at..].iter().position(|b| *b == b'\n')?;
        if bytes[at..end].trim_ascii().is_empty() {
            return Some((&bytes[..at], &bytes[end + 1..]));
        }
        at = end + 1;
    }
    None
}

fn is_success(http: &[u8]) -> bool {
    let line = http.split(|b| *b == b'\n').next().unwrap_or_default();
    let status = line.split(|b| *b == b' ').nth(1).unwrap_or_default();
    status.first() == Some(&b'2')
}

/// The body with its transfer and content encodings removed, where it really has those that its header declares.
fn decoded(http: &[u8], body: &[u8]) -> Vec<u8> {
    let declares = |name: &str, value: &str| {
        field(http, name).is_some_and(|v| v.to_ascii_lowercase().contains(value))
    };
    let body = if declares("Transfer-Encoding", "chunked") { dechunked(body) } else { None }
        .unwrap_or_else(|| body.to_vec());
    let max = (MIN_ALLOWANCE + MAX_RATIO * body.len() as u64).min(MAX_BYTES);
    let unpacked = match body.as_slice() {
        [0x1f, 0x8b, ..] => unpack(flate2::read::MultiGzDecoder::new(&body[..]), max),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            zstd::Decoder::with_buffer(&body[..]).ok().and_then(|reader| unpack(reader, max))
        }
        _ if declares("Content-Encoding", "deflate") => {
            unpack(flate2::read::ZlibDecoder::new(&body[..]), max)
                .or_else(|| unpack(flate2::read::DeflateDecoder::new(&body[..]), max))
        }
        _ => None,
    };
    unpacked.unwrap_or(body)
}

/// The bytes before an error, at most `max`.
fn unpack(reader: impl Read, max: u64) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let _ = reader.take(max).read_to_end(&mut out);
    (!out.is_empty()).then_some(out)
}

/// The data of a chunked body; `None` if it is not chunked.
fn dechunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(end) = rest.iter().take(64).position(|b| *b == b'\n') {
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok();
        let Some(size) = size else { break };
        rest = &rest[end + 1..];
        let (chunk, after) = rest.split_at(size.min(rest.len()));
        out.extend_from_slice(chunk);
        rest = after.strip_prefix(b"\r\n").unwrap_or(after);
        if size == 0 {
            break;
        }
    }
    (!out.is_empty()).then_some(out)
}
