//! From the bytes of a PDF to what is drawn on its pages. The file's objects and fonts are read by `hayro`; its text operators
//! are carried out in [`interpreter`]. Lines, columns and paragraphs are not known here.

mod fonts;
mod interpreter;
mod text_state;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::object::dict::keys::METADATA;
use hayro_syntax::object::{Dict, Stream};
use hayro_syntax::{LoadPdfError, Pdf};

use super::Refusal;
use super::glyph::Page;
use fonts::Fonts;
use interpreter::{Allowance, Interpreter};

/// Pages that are read of a file.
const MAX_PAGES: usize = 4000;

/// The longest metadata in XML, in bytes.
const MAX_XMP: usize = 1 << 20;

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) pages: Vec<Page>,
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    pub(super) keywords: Option<String>,
    /// The metadata in XML.
    pub(super) xmp: Option<String>,
    /// Whether not all of it was read: too many pages, operators or characters.
    pub(super) is_cut: bool,
}

/// Reads a file. A file in which a decoder panics is broken; the decoder is not used after that.
pub(super) fn read(bytes: Vec<u8>, has_stopped: &dyn Fn() -> bool) -> Result<Source, Refusal> {
    catch_unwind(AssertUnwindSafe(|| read_all(bytes, has_stopped))).unwrap_or(Err(Refusal::Broken))
}

fn read_all(bytes: Vec<u8>, has_stopped: &dyn Fn() -> bool) -> Result<Source, Refusal> {
    let pdf = Pdf::new(bytes).map_err(|why| match why {
        LoadPdfError::Decryption(_) => Refusal::Encrypted,
        LoadPdfError::Invalid => Refusal::Broken,
    })?;
    let described = pdf.metadata();
    let text = |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(text_string);
    let mut source = Source {
        title: text(&described.title),
        author: text(&described.author),
        keywords: text(&described.keywords),
        xmp: xmp(&pdf),
        ..Source::default()
    };
    let (fonts, mut allowance) = (Fonts::default(), Allowance::new(has_stopped));
    for page in pdf.pages().iter().take(MAX_PAGES) {
        source.pages.push(Interpreter::page(page, &fonts, &mut allowance));
        if allowance.is_spent() {
            break;
        }
    }
    if has_stopped() {
        return Err(Refusal::Stopped);
    }
    source.is_cut = source.pages.len() < pdf.pages().len() || allowance.is_spent();
    Ok(source)
}

/// The metadata in XML of a document.
fn xmp(pdf: &Pdf) -> Option<String> {
    let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id())?;
    let stream = root.get::<Stream<'_>>(METADATA)?;
    if stream.raw_data().len() > MAX_XMP {
        return None;
    }
    let xml = stream.decoded().ok()?;
    (xml.len() <= MAX_XMP).then(|| String::from_utf8_lossy(&xml).into_owned())
}

/// A text string of PDF: UTF-16 or UTF-8 with a mark before it, else `PDFDocEncoding`, which is Latin-1 but for marks.
fn text_string(bytes: &[u8]) -> String {
    /// The characters from 0x80 on.
    const MARKS: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\u{fffd}€";
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => {
            let mark = |byte: u8| MARKS.chars().nth(usize::from(byte) - 0x80);
            let char = |byte: u8| match byte {
                0x80..=0xa0 => mark(byte).unwrap_or(char::REPLACEMENT_CHARACTER),
                _ => char::from(byte),
            };
            bytes.iter().map(|byte| char(*byte)).collect()
        }
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_are_decoded() {
        assert_eq!(text_string(b"River \x84 caf\xe9"), "River — café");
        assert_eq!(text_string(b"\xfe\xff\x04\x20\x04\x35"), "Ре");
        assert_eq!(text_string(b"\xff\xfe\x20\x04"), "Р");
        assert_eq!(text_string("\u{feff}Река".as_bytes()), "Река");
        assert_eq!(text_string(b"\xa0"), "€");
    }
}
