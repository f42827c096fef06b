//! Zip archives that are one document: those of Word (DOCX) and books (EPUB). The parts of one that hold text are passed on as
//! a single member without a name, one after the other, each behind its name and its length: so a document is one record,
//! and its pictures are never unpacked.

use std::io::{Cursor, Read, Seek};
use std::rc::Rc;

use zip::ZipArchive;

use super::member::{Counts, Member};
use super::{EachMember, Fault};

/// Bytes with which the parts of a document begin; no text does.
const SIGNATURE: &[u8] = b"\0parts of a document\0";

/// Most bytes of the parts that are passed on. A reader takes less of a record, and tells that it is cut.
const MOST_BYTES: usize = (16 << 20) + (64 << 10);

/// A kind of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Package {
    /// Word, ECMA-376.
    Docx,
    /// Books, EPUB 2 and 3.
    Epub,
}

/// A part of a document.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// Its path inside of the archive.
    pub name: &'a str,
    /// Its bytes; fewer than it has if the document was cut.
    pub bytes: &'a [u8],
}

impl Package {
    /// The kind of the document whose parts follow in bytes that begin with `head`.
    pub fn detect(head: &[u8]) -> Option<Self> {
        match head.strip_prefix(SIGNATURE)?.first()? {
            b'W' => Some(Self::Docx),
            b'E' => Some(Self::Epub),
            _ => None,
        }
    }

    fn mark(self) -> u8 {
        match self {
            Self::Docx => b'W',
            Self::Epub => b'E',
        }
    }

    /// The kind of an archive.
    pub(super) fn of<R: Read + Seek>(archive: &ZipArchive<R>) -> Option<Self> {
        let has = |is_part: fn(&str) -> bool| {
            archive.file_names().filter_map(Result::ok).any(|name| is_part(&name))
        };
        if has(is_word_text) && has(|name| name == "[Content_Types].xml") {
            Some(Self::Docx)
        } else if has(|name| name == "META-INF/container.xml") && has(is_package_file) {
            Some(Self::Epub)
        } else {
            None
        }
    }

    /// The place of a part in the order in which they are read; `None` if no text is in it.
    fn order(self, name: &str) -> Option<u8> {
        match self {
            Self::Docx if matches!(name, "docProps/core.xml" | "word/styles.xml") => Some(0),
            Self::Docx => is_word_text(name).then_some(1),
            Self::Epub if name == "META-INF/container.xml" || is_package_file(name) => Some(0),
            Self::Epub => is_page(name).then_some(1),
        }
    }

    /// Passes the parts of an archive that hold text to `each`.
    pub(super) fn pass<R: Read + Seek>(
        self,
        archive: &mut ZipArchive<R>,
        counts: &Rc<Counts<'_>>,
        each: &mut EachMember<'_>,
    ) -> Result<(), Fault> {
        let mut parts: Vec<(u8, String)> = Vec::new();
        for name in archive.file_names() {
            counts.budget.take_member().map_err(Fault::OverLimit)?;
            let Ok(name) = name else { continue };
            parts.extend(self.order(&name).map(|order| (order, name.into_owned())));
        }
        parts.sort_by_key(|(order, _)| *order);
        let mut bytes = [SIGNATURE, &[self.mark()]].concat();
        let mut fault = None;
        for (_, name) in &parts {
            if bytes.len() >= MOST_BYTES {
                break;
            }
            let added = add(archive, name, &mut bytes, counts);
            fault = fault.or(added.err());
        }
        let _ = each(None, Ok(&mut Member::new(Cursor::new(bytes), counts)));
        fault.map_or(Ok(()), Err)
    }
}

/// Adds a part to `bytes`, up to the limit.
fn add<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    name: &str,
    bytes: &mut Vec<u8>,
    counts: &Rc<Counts<'_>>,
) -> Result<(), Fault> {
    let file = archive.by_name(name).map_err(|why| Fault::Unsupported(why.to_string()))?;
    let at = file.data_start().unwrap_or_else(|| file.header_start());
    let mut member = Member::at(at, file, counts);
    let room = (MOST_BYTES - bytes.len()) as u64;
    let mut content = Vec::new();
    let _ = member.by_ref().take(room).read_to_end(&mut content);
    // What is over the limit is not unpacked to see whether it is whole.
    let is_cut = content.len() as u64 == room;
    for length in [name.len(), content.len()] {
        bytes.extend_from_slice(&(length as u32).to_le_bytes());
    }
    bytes.extend_from_slice(name.as_bytes());
    bytes.append(&mut content);
    let fault = if is_cut { None } else { member.end() };
    fault.map_or(Ok(()), Err)
}

/// The parts of a document, from the bytes in which they were passed on.
pub fn parts(bytes: &[u8]) -> Vec<Part<'_>> {
    let mut rest = bytes.strip_prefix(SIGNATURE).and_then(|rest| rest.get(1..)).unwrap_or_default();
    let mut parts = Vec::new();
    while let Some((part, behind)) = part(rest) {
        parts.push(part);
        rest = behind;
    }
    parts
}

/// The first part, and what follows it.
fn part(bytes: &[u8]) -> Option<(Part<'_>, &[u8])> {
    let (name_length, rest) = length(bytes)?;
    let (length, rest) = length(rest)?;
    let (name, rest) = rest.split_at_checked(name_length)?;
    let (bytes, behind) = rest.split_at(length.min(rest.len()));
    Some((Part { name: std::str::from_utf8(name).ok()?, bytes }, behind))
}

fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    Some((u32::from_le_bytes(*length) as usize, rest))
}

/// Whether a part holds the text of a document of Word.
fn is_word_text(name: &str) -> bool {
    let number = name.strip_prefix("word/document").and_then(|rest| rest.strip_suffix(".xml"));
    number.is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a part lists the pages of a book.
fn is_package_file(name: &str) -> bool {
    has_ending(name, &["opf"])
}

/// Whether a part is a page of a book.
fn is_page(name: &str) -> bool {
    !name.starts_with("META-INF/") && has_ending(name, &["xhtml", "html", "htm", "xml"])
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut bytes = [SIGNATURE, b"W"].concat();
        for (name, content) in parts {
            bytes.extend((name.len() as u32).to_le_bytes());
            bytes.extend((content.len() as u32).to_le_bytes());
            bytes.extend(name.as_bytes());
            bytes.extend(*content);
        }
        bytes
    }

    #[test]
    fn parts_are_found_again_wherever_they_are_cut() {
        let bytes = framed(&[("word/styles.xml", b"<a/>"), ("word/document.xml", b"<b>River</b>")]);
        assert_eq!(Package::detect(&bytes), Some(Package::Docx));
        let whole = parts(&bytes);
        assert_eq!(whole.len(), 2);
        assert_eq!((whole[1].name, whole[1].bytes), ("word/document.xml", &b"<b>River</b>"[..]));
        for end in 0..bytes.len() {
            let cut = parts(&bytes[..end]);
            assert!(cut.iter().zip(&whole).all(|(cut, whole)| whole.bytes.starts_with(cut.bytes)));
        }
    }

    #[test]
    fn lengths_that_lie_are_survived() {
        let mut bytes = framed(&[("word/document.xml", b"<b/>")]);
        let at = SIGNATURE.len() + 1;
        bytes[at..at + 8].fill(0xff);
        assert!(parts(&bytes).is_empty());
    }

    #[test]
    fn parts_with_text_are_told_from_others() {
        assert_eq!(Package::Docx.order("word/document.xml"), Some(1));
        assert_eq!(Package::Docx.order("word/document2.xml"), Some(1));
        assert_eq!(Package::Docx.order("word/media/image1.png"), None);
        assert_eq!(Package::Docx.order("word/documents.xml"), None);
        assert_eq!(Package::Epub.order("OEBPS/a.XHTML"), Some(1));
        assert_eq!(Package::Epub.order("META-INF/encryption.xml"), None);
        assert_eq!(Package::Epub.order("OEBPS/toc.ncx"), None);
    }
}
