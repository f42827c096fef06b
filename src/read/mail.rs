//! E-mail, alone or in a mailbox: wire deliveries and press releases. The text part is the article, and so is each
//! attachment in a format of news agencies.

use mail_parser::{MessageParser, MimeHeaders};

use super::draft::Draft;
use super::format::{Read, Source};
use super::{detect, markup, wrapped};
use crate::archive::charset;

/// The articles of a message.
pub(super) fn drafts(source: &Source<'_>, bytes: &[u8]) -> Vec<Draft> {
    // In a mailbox, a line `From …` stands above the message.
    let bytes = match bytes.strip_prefix(b"From ") {
        Some(rest) => rest.iter().position(|b| *b == b'\n').map_or(rest, |end| &rest[end + 1..]),
        None => bytes,
    };
    let Some(message) = MessageParser::default().parse(bytes) else { return Vec::new() };
    let mut found: Vec<Draft> = Vec::new();
    for part in message.attachments() {
        found.extend(attachment(
            source,
            part.contents(),
            part.attachment_name().unwrap_or_default(),
        ));
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

fn body(message: &mail_parser::Message<'_>) -> String {
    let html = || message.body_html(0).map(|html| markup::text(&html)).unwrap_or_default();
    // A text that the parser made of HTML has lost its paragraphs.
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

/// The articles of an attachment in one of the formats that show in their first bytes.
fn attachment(source: &Source<'_>, bytes: &[u8], name: &str) -> Vec<Draft> {
    let Some(format) = detect::format(bytes, name) else { return Vec::new() };
    if !matches!(format.name, "nitf" | "newsml1" | "newsml-g2" | "ninjs" | "json" | "iptc7901") {
        return Vec::new();
    }
    match format.read {
        Read::Bytes(read) => read(source, bytes),
        Read::Text(read) => {
            charset::decode(bytes).map(|text| read(source, &text)).unwrap_or_default()
        }
        Read::Plain => Vec::new(),
    }
}
