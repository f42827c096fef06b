//! PDF files with a text layer, as articles' texts: what is drawn, in lines, in reading order, in paragraphs, without running
//! heads. What a format of news makes of it is decided in [`crate::read`].

mod blocks;
mod document;
mod glyph;
mod lines;
mod paragraphs;
pub mod process;
mod running;
mod source;
mod visual_order;

use std::fmt;

use serde::{Deserialize, Serialize};

/// A file: its texts, and what its metadata say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The texts: one of the whole file, or one a page if it is a newspaper.
    pub texts: Vec<Text>,
    /// Whether its pages are those of a newspaper.
    pub is_newspaper: bool,
    /// In the place of texts, its lines as they stand, if they are those of a download whose lines are fields.
    pub lines: Option<String>,
    /// The title that its metadata state.
    pub title: Option<String>,
    /// The author that its metadata state.
    pub author: Option<String>,
    /// The keywords that its metadata state.
    pub keywords: Option<String>,
    /// Its metadata in XML.
    pub xmp: Option<String>,
    /// How many pages it has.
    pub pages: usize,
    /// How many of them have no text layer, or one whose fonts do not tell characters.
    pub without_text: usize,
    /// Whether not all of it was read: too many pages, operators or characters.
    pub is_cut: bool,
}

/// A text of a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// The number of its first page, from 1.
    pub page: usize,
    /// The headline, by its font.
    pub headline: Option<String>,
    /// The text without the headline.
    pub body: String,
}

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// It opens with a password alone.
    Encrypted,
    /// It has no page that can be read.
    Broken,
    /// Its pages are pictures.
    NoTextLayer,
    /// The reader was to stop.
    Stopped,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Encrypted => "it is encrypted: it opens with a password alone",
            Self::Broken => "it has no page that can be read",
            Self::NoTextLayer => "no text layer: run OCR first",
            Self::Stopped => "it was to stop",
        })
    }
}

/// How a file is read.
#[derive(Clone, Copy)]
pub struct Options<'o> {
    /// Whether lines are those of a download whose lines are fields, so that they are kept as they stand.
    pub is_download: fn(&str) -> bool,
    /// Whether to stop.
    pub has_stopped: &'o dyn Fn() -> bool,
}

/// Reads a file in this process, whose memory its decoders may exhaust: what strangers send is read by [`process`].
pub fn read(bytes: Vec<u8>, options: Options<'_>) -> Result<Document, Refusal> {
    let source = source::read(bytes, options.has_stopped)?;
    document::document(source, options)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// A PDF of one page with that content.
    fn pdf(content: &str) -> Vec<u8> {
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>\
                /XObject<</X 6 0 R>>>>>>"
                .to_owned(),
            format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
            "<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Length 11/Resources<</XObject<</X 6 0 R>>>>>>stream\n\
                /X Do /X Do\nendstream"
                .to_owned(),
        ];
        let mut file = "%PDF-1.4\n".to_owned();
        let mut places = String::new();
        for (at, object) in objects.iter().enumerate() {
            writeln!(places, "{:010} 00000 n ", file.len()).unwrap();
            writeln!(file, "{} 0 obj\n{object}\nendobj", at + 1).unwrap();
        }
        let start = file.len();
        writeln!(
            file,
            "xref\n0 7\n0000000000 65535 f \n{places}trailer\n<</Size 7/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
        )
        .unwrap();
        file.into_bytes()
    }

    fn read_text(content: &str) -> Result<Text, Refusal> {
        let options = Options { is_download: |_| false, has_stopped: &|| false };
        read(pdf(content), options).map(|mut document| document.texts.remove(0))
    }

    #[test]
    fn a_page_is_read() {
        let text = read_text(
            "BT /F 20 Tf 72 700 Td (River rises in spring) Tj /F 10 Tf 0 -40 Td (The river rose on Mon-) Tj \
             0 -12 Td [(day) -300 (after a week of)] TJ 0 -12 Td (rain.) Tj ET",
        )
        .unwrap();
        assert_eq!(text.headline.as_deref(), Some("River rises in spring"));
        assert_eq!(text.body, "The river rose on Monday after a week of rain.");
    }

    #[test]
    fn pictures_have_no_text_layer() {
        assert_eq!(read_text("0 0 m 9 9 l S"), Err(Refusal::NoTextLayer));
        // A form that draws itself.
        assert_eq!(read_text("/X Do"), Err(Refusal::NoTextLayer));
        assert_eq!(read_text("[[[[[[[["), Err(Refusal::NoTextLayer));
    }

    #[test]
    fn what_is_no_pdf_is_refused() {
        let options = Options { is_download: |_| false, has_stopped: &|| false };
        assert_eq!(read(b"%PDF-1.4\n%%EOF".to_vec(), options), Err(Refusal::Broken));
    }
}
