//! E-mail, alone or in a mailbox: wire deliveries and press releases. The text part is the article, and so is each
//! attachment in a format of news agencies.

use mail_parser::{MessageParser, MimeHeaders};

use super::{Read, Source};
use crate::archive::charset;
use crate::read::draft::Draft;
use crate::read::{detect, markup, wrapped};

/// The articles of a message.
pub(crate) fn drafts(source: &Source<'_>, bytes: &[u8]) -> Vec<Draft> {
    let unpacked = bytes.strip_prefix(b"From ").map(of_mailbox);
    let bytes = unpacked.as_deref().unwrap_or(bytes);
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

/// A message as it was before it lay in a mailbox: without the line `From …` above it, and with the mark taken from lines
/// such as `>From …`.
fn of_mailbox(bytes: &[u8]) -> Vec<u8> {
    let lines = bytes.split_inclusive(|b| *b == b'\n').skip(1);
    lines.fold(Vec::with_capacity(bytes.len()), |mut message, line| {
        let marks = line.iter().take_while(|b| **b == b'>').count();
        let is_marked = marks > 0 && line[marks..].starts_with(b"From ");
        message.extend_from_slice(&line[usize::from(is_marked)..]);
        message
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_marks_lines_that_begin_as_its_own() {
        let lain =
            "From a Mon Feb  6 07:12:00 2017\nSubject: b\n\n>From then on.\n>>From me.\n> From\n";
        assert_eq!(
            of_mailbox(lain.as_bytes()),
            b"Subject: b\n\nFrom then on.\n>From me.\n> From\n"
        );
    }
}
