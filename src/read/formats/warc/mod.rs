//! Web crawls: WARC 0.17 to 1.1 and ARC 1. Responses, resources and conversions that are pages or plain text are
//! articles. Declared encodings may be wrong: what can be read is read.

mod split;

use std::io::Read;

use super::format::RecordContext;
use super::{html, text};
use crate::archive::charset;
use crate::read::draft::Draft;
use crate::read::limits::MAX_RECORD;
pub(super) use split::split;

/// A compressed body may unpack to so many bytes, plus so many times its size.
const MIN_ALLOWANCE: u64 = 1 << 20;
const MAX_RATIO: u64 = 200;

/// The value of a field in a header block.
fn field<'h>(header: &'h [u8], name: &str) -> Option<&'h str> {
    let lines = header.split(|b| *b == b'\n').filter_map(|line| std::str::from_utf8(line).ok());
    lines
        .filter_map(|line| line.split_once(':'))
        .find(|(key, _)| key.trim().eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
}

fn is_text(media: &str) -> bool {
    let media = media.trim().to_ascii_lowercase();
    ["text/html", "application/xhtml", "text/plain"].iter().any(|text| media.starts_with(text))
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
    let max = (MIN_ALLOWANCE + MAX_RATIO * body.len() as u64).min(MAX_RECORD);
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
