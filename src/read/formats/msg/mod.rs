//! Messages of Outlook: a compound file whose streams are the properties of MAPI, each named after its number and its type.

use std::io::{Cursor, Read};

use cfb::CompoundFile;
use encoding_rs::{Encoding, WINDOWS_1252};

use super::format::RecordContext;
use super::mail;
use crate::archive::code_pages::code_page;
use crate::read::draft::Draft;
use crate::read::{html, markup, wrapped};

/// Most bytes of a property.
const MAX_PROPERTY: u64 = 8 << 20;

/// Most attachments that are looked at.
const MAX_ATTACHMENTS: usize = 100;

/// Numbers of properties.
mod property {
    pub(super) const SUBJECT: u16 = 0x0037;
    pub(super) const SUBMITTED: u16 = 0x0039;
    pub(super) const DELIVERED: u16 = 0x0e06;
    pub(super) const SENDER: u16 = 0x0c1a;
    pub(super) const REPRESENTED_SENDER: u16 = 0x0042;
    pub(super) const BODY: u16 = 0x1000;
    pub(super) const HTML: u16 = 0x1013;
    pub(super) const MESSAGE_ID: u16 = 0x1035;
    pub(super) const CODE_PAGE: u16 = 0x3ffd;
    pub(super) const ATTACHED_BYTES: u16 = 0x3701;
    pub(super) const ATTACHED_NAME: u16 = 0x3707;
}

/// Whether a file that begins with `head` is a message. Other compound files are documents of older programs.
pub(in crate::read) fn is_message(head: &[u8]) -> bool {
    const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    if !head.starts_with(SIGNATURE) {
        return false;
    }
    let name: Vec<u8> = "__properties_version".encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(head, &name).is_some()
}

/// Why a message cannot be read.
pub(in crate::read) fn fault(bytes: &[u8]) -> Option<String> {
    CompoundFile::open(Cursor::new(bytes)).err().map(|error| error.to_string())
}

/// The articles of a message: its attachments in formats of news agencies; without any, its text.
pub(super) fn drafts(context: &RecordContext<'_>, bytes: &[u8]) -> Vec<Draft> {
    let Ok(file) = CompoundFile::open(Cursor::new(bytes)) else { return Vec::new() };
    let mut message = Message::new(file);
    let found = message.attachments(context);
    if !found.is_empty() {
        return found;
    }
    let mut draft = Draft::default();
    draft.id(&message.text("", property::MESSAGE_ID));
    draft.title("Subject", &message.text("", property::SUBJECT));
    let times = [property::SUBMITTED, property::DELIVERED];
    if let Some(time) = times.into_iter().find_map(|number| message.time(number)) {
        draft.date("Date", &time);
    }
    for number in [property::REPRESENTED_SENDER, property::SENDER] {
        if draft.article.stated.publishers.is_empty() {
            draft.publisher("From", &message.text("", number));
        }
    }
    draft.body(message.body());
    vec![draft].into_iter().filter(Draft::has_any).collect()
}

/// A message whose streams are read one by one.
struct Message<'m> {
    file: CompoundFile<Cursor<&'m [u8]>>,
    /// The fixed properties: each 16 bytes, the first eight its tag and flags.
    fixed: Vec<u8>,
    /// The encoding of texts that are not UTF-16.
    encoding: &'static Encoding,
}

impl<'m> Message<'m> {
    fn new(mut file: CompoundFile<Cursor<&'m [u8]>>) -> Self {
        /// Bytes before the properties of a message that stands alone.
        const HEADER: usize = 32;
        let mut fixed = stream(&mut file, "/__properties_version1.0");
        fixed.drain(..HEADER.min(fixed.len()));
        let mut message = Self { file, fixed, encoding: WINDOWS_1252 };
        if let Some(page) = message.fixed(property::CODE_PAGE) {
            message.encoding = code_page(page as u32);
        }
        message
    }

    /// The value of a property that has one of up to eight bytes.
    fn fixed(&self, number: u16) -> Option<u64> {
        const SIZE: usize = 16;
        let is_wanted = |entry: &&[u8]| entry[2..4] == number.to_le_bytes();
        let entry = self.fixed.chunks_exact(SIZE).find(is_wanted)?;
        Some(u64::from_le_bytes(*entry.last_chunk()?))
    }

    /// A property that is a time.
    fn time(&self, number: u16) -> Option<String> {
        /// Seconds between 1601, from which times are counted, and 1970.
        const EPOCH: i64 = 11_644_473_600;
        /// Times are in units of 100 nanoseconds.
        const IN_A_SECOND: u64 = 10_000_000;
        let seconds = i64::try_from(self.fixed(number)? / IN_A_SECOND).ok()? - EPOCH;
        Some(jiff::Timestamp::from_second(seconds).ok()?.to_string())
    }

    /// The bytes of a property in a folder of the file, of one of some types.
    fn bytes(&mut self, folder: &str, number: u16, kind: u16) -> Vec<u8> {
        stream(&mut self.file, &format!("{folder}/__substg1.0_{number:04X}{kind:04X}"))
    }

    /// A property that is a text.
    fn text(&mut self, folder: &str, number: u16) -> String {
        const UTF_16: u16 = 0x001f;
        const BYTES: u16 = 0x001e;
        let wide = self.bytes(folder, number, UTF_16);
        if !wide.is_empty() {
            let (text, _) = encoding_rs::UTF_16LE.decode_without_bom_handling(&wide);
            return text.trim_end_matches('\0').to_owned();
        }
        let narrow = self.bytes(folder, number, BYTES);
        let (text, _) = self.encoding.decode_without_bom_handling(&narrow);
        text.trim_end_matches('\0').to_owned()
    }

    fn body(&mut self) -> String {
        const BINARY: u16 = 0x0102;
        let text = self.text("", property::BODY);
        if !text.trim().is_empty() {
            return wrapped::paragraphs(&text.replace("\r\n", "\n"));
        }
        let html = self.bytes("", property::HTML, BINARY);
        let html = html::decode(&html).unwrap_or_default();
        let html = if html.is_empty() { self.text("", property::HTML) } else { html };
        markup::text(&html)
    }

    /// The articles of the attachments.
    fn attachments(&mut self, context: &RecordContext<'_>) -> Vec<Draft> {
        const BINARY: u16 = 0x0102;
        let is_attachment =
            |entry: &cfb::Entry| entry.is_storage() && entry.name().starts_with("__attach");
        let entries = self.file.read_root_storage().filter(is_attachment);
        let folders: Vec<String> =
            entries.take(MAX_ATTACHMENTS).map(|entry| format!("/{}", entry.name())).collect();
        let mut found = Vec::new();
        for folder in folders {
            let name = self.text(&folder, property::ATTACHED_NAME);
            let content = self.bytes(&folder, property::ATTACHED_BYTES, BINARY);
            found.extend(mail::attachment(context, &content, &name));
        }
        found
    }
}

/// The bytes of a stream; none if there is no such stream.
fn stream(file: &mut CompoundFile<Cursor<&[u8]>>, path: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Ok(stream) = file.open_stream(path) {
        let _ = stream.take(MAX_PROPERTY).read_to_end(&mut bytes);
    }
    bytes
}

#[cfg(test)]
mod tests;
