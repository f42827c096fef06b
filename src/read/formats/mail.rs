//! E-mail, alone or in a mailbox: wire deliveries and press releases. The articles are the attachments in formats of news
//! agencies; without any, the text part.

use aho_corasick::AhoCorasickBuilder;
use mail_parser::{MessageParser, MimeHeaders};

use super::format::RecordContext;
use super::{iptc7901, json, newsml_g2, newsml1, nitf};
use crate::archive::charset;
use crate::read::draft::Draft;
use crate::read::{detect, markup, wrapped};

/// The articles of a message.
pub(super) fn drafts(context: &RecordContext<'_>, bytes: &[u8]) -> Vec<Draft> {
    let unescaped = bytes.strip_prefix(b"From ").map(from_mailbox);
    let bytes = unescaped.as_deref().unwrap_or(bytes);
    let bytes = without_endless_parts(bytes);
    let Some(message) = MessageParser::default().parse(bytes) else { return Vec::new() };
    let mut found: Vec<Draft> = Vec::new();
    for part in message.attachments() {
        let name = part.attachment_name().unwrap_or_default();
        found.extend(attachment(context, part.contents(), name));
    }
    if !found.is_empty() {
        return found;
    }
    let mut draft = Draft::default();
    if let Some(id) = message.message_id() {
        draft.id(id);
    }
    draft.title("Subject", message.subject().unwrap_or_default());
    if let Some(date) = message.date() {
        draft.date("Date", &date.to_rfc3339());
    }
    if let Some(from) = message.from().and_then(|from| from.first()) {
        draft.publisher("From", from.name().unwrap_or_default());
    }
    draft.body(body(&message));
    vec![draft].into_iter().filter(Draft::has_any).collect()
}

/// A message up to the header of a part beyond the limit: the parser takes memory for each part, and stack for each message in a
/// message.
fn without_endless_parts(bytes: &[u8]) -> &[u8] {
    const MAX_PARTS: usize = 1000;
    const MAX_MESSAGES: usize = 32;
    let builder = AhoCorasickBuilder::new().ascii_case_insensitive(true).to_owned();
    let Ok(marks) = builder.build(["content-type:", "message/"]) else { return bytes };
    let mut found = [0; 2];
    let end = marks.find_iter(bytes).find(|mark| {
        let kind = mark.pattern().as_usize();
        found[kind] += 1;
        found[kind] > [MAX_PARTS, MAX_MESSAGES][kind]
    });
    end.map_or(bytes, |mark| &bytes[..mark.start()])
}

/// A message as it was before it was stored in a mailbox: without the line `From …` above it, and with `>From …`
/// unescaped.
fn from_mailbox(bytes: &[u8]) -> Vec<u8> {
    let lines = bytes.split_inclusive(|b| *b == b'\n').skip(1);
    lines.fold(Vec::with_capacity(bytes.len()), |mut message, line| {
        let marks = line.iter().take_while(|b| **b == b'>').count();
        let is_escaped = marks > 0 && line[marks..].starts_with(b"From ");
        message.extend_from_slice(&line[usize::from(is_escaped)..]);
        message
    })
}

fn body(message: &mail_parser::Message<'_>) -> String {
    let html = || message.body_html(0).map(|html| markup::text(&html)).unwrap_or_default();
    // Text that the parser converted from HTML has lost its paragraphs.
    let is_text = message.text_body.first().is_some_and(|part| {
        !message.html_body.first().is_some_and(|html| {
            html == part && {
                message.part(*part).is_some_and(mail_parser::MessagePart::is_text_html)
            }
        })
    });
    match message.body_text(0).filter(|_| is_text) {
        Some(text) if !text.trim().is_empty() => wrapped::paragraphs(&text),
        _ => html(),
    }
}

/// The articles of an attachment in one of the formats that are detected by their first bytes.
pub(super) fn attachment(context: &RecordContext<'_>, bytes: &[u8], name: &str) -> Vec<Draft> {
    let read = match detect::detect(bytes, name) {
        "iptc7901" => return iptc7901::drafts(context, bytes),
        "nitf" => nitf::drafts,
        "newsml1" => newsml1::drafts,
        "newsml-g2" => newsml_g2::drafts,
        "json" => json::drafts,
        _ => return Vec::new(),
    };
    charset::decode(bytes).map(|text| read(context, &text)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_escaped_in_a_mailbox_are_unescaped() {
        let stored =
            "From a Mon Feb  6 07:12:00 2017\nSubject: b\n\n>From then on.\n>>From me.\n> From\n";
        assert_eq!(
            from_mailbox(stored.as_bytes()),
            b"Subject: b\n\nFrom then on.\n>From me.\n> From\n"
        );
    }
}
