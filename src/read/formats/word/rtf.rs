//! RTF: the text of a document as it is printed, in the encodings of its fonts. Groups that hold no text, such as pictures,
//! running heads and what a reader may ignore, are left out.

use encoding_rs::{Encoding, WINDOWS_1252};
use rustc_hash::FxHashMap;

use super::composer::Composer;
use super::docx::role;
use super::rtf_tokens::{Token, Tokens};
use super::rtf_words::{Destination, destination, text_of};
use super::{Document, Role};
use crate::archive::code_pages::{code_page, font_charset};

/// Groups nest at most this deep; deeper ones are part of the deepest.
const MAX_DEPTH: usize = 256;

/// Most fonts and styles that are known, and bytes of a property.
const MAX_NAMES: usize = 4096;

/// The document in `bytes`.
pub(super) fn document(bytes: &[u8]) -> Document {
    let mut reader = RtfReader::default();
    for token in Tokens::new(bytes) {
        reader.read(token);
    }
    reader.finish()
}

/// What holds up to the end of a group.
#[derive(Clone, Copy, Debug)]
struct Group {
    destination: Destination,
    /// The encoding of the font.
    encoding: &'static Encoding,
    /// How many characters stand for an older reader behind one by its number.
    replacements: usize,
    is_hidden: bool,
}

#[derive(Debug)]
struct RtfReader {
    composer: Composer,
    groups: Vec<Group>,
    /// The number of open groups that nest too deep.
    ignored: usize,
    /// The encoding of the document.
    encoding: &'static Encoding,
    fonts: FxHashMap<i32, &'static Encoding>,
    roles: FxHashMap<i32, Role>,
    /// The number of the font or the style that is being described.
    described: i32,
    /// Its name, or a property, so far.
    name: String,
    /// Bytes of text that are to be decoded together.
    bytes: Vec<u8>,
    /// The first half of a character by two numbers.
    high_half: Option<u16>,
    /// Characters to leave out, which stand for one by its number.
    to_skip: usize,
    role: Role,
    is_in_table: bool,
    /// Whether the group that is open began with `\*`.
    may_be_ignored: bool,
}

impl Default for RtfReader {
    fn default() -> Self {
        let group = Group {
            destination: Destination::Text,
            encoding: WINDOWS_1252,
            replacements: 1,
            is_hidden: false,
        };
        Self {
            composer: Composer::default(),
            groups: vec![group],
            ignored: 0,
            encoding: WINDOWS_1252,
            fonts: FxHashMap::default(),
            roles: FxHashMap::default(),
            described: 0,
            name: String::new(),
            bytes: Vec::new(),
            high_half: None,
            to_skip: 0,
            role: Role::Text,
            is_in_table: false,
            may_be_ignored: false,
        }
    }
}

impl RtfReader {
    fn read(&mut self, token: Token<'_>) {
        match token {
            Token::Open => self.open(),
            Token::Close => self.close(),
            Token::Word(name, number) => self.word(name, number),
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Byte(byte) => self.text(&[byte]),
            Token::Text(text) => self.text(text),
        }
        self.may_be_ignored &= token == Token::Symbol(b'*');
    }

    fn group(&mut self) -> &mut Group {
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    fn open(&mut self) {
        self.decode();
        self.to_skip = 0;
        if self.groups.len() < MAX_DEPTH {
            let group = *self.group();
            self.groups.push(group);
        } else {
            self.ignored += 1;
        }
    }

    fn close(&mut self) {
        self.decode();
        self.to_skip = 0;
        if self.ignored > 0 {
            self.ignored -= 1;
        } else if self.groups.len() > 1 {
            let before = self.group().destination;
            self.groups.pop();
            if self.group().destination != before {
                self.end_property(before);
            }
        }
    }

    fn end_property(&mut self, destination: Destination) {
        let value = std::mem::take(&mut self.name).trim().to_owned();
        let document = self.composer.properties();
        match destination {
            _ if value.is_empty() => {}
            Destination::Title => document.title = Some(value),
            Destination::Author => document.author = Some(value),
            Destination::Keywords => document.keywords = Some(value),
            _ => {}
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' => self.may_be_ignored = true,
            b'~' => self.push("\u{a0}"),
            b'_' => self.push("-"),
            b'\\' | b'{' | b'}' => self.text(&[symbol]),
            b'\n' | b'\r' => self.end_paragraph(),
            b'\t' => self.push("\t"),
            _ => {}
        }
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        if let Some(destination) = destination(name) {
            self.decode();
            self.name.clear();
            self.group().destination = destination;
            return;
        }
        if self.may_be_ignored && name != "shppict" {
            self.decode();
            self.group().destination = Destination::Nowhere;
            return;
        }
        if let Some(text) = text_of(name) {
            self.push(text);
            return;
        }
        match name {
            "u" => self.character(number.unwrap_or(0)),
            "uc" => self.group().replacements = replacements(number),
            "ansicpg" => self.set_encoding(code_page(unsigned(number))),
            "mac" => self.set_encoding(encoding_rs::MACINTOSH),
            "f" => self.font(number.unwrap_or(0)),
            "fcharset" if self.group().destination == Destination::Fonts => {
                if let Some(encoding) = font_charset(unsigned(number)) {
                    self.describe_font(encoding);
                }
            }
            "cpg" if self.group().destination == Destination::Fonts => {
                self.describe_font(code_page(unsigned(number)));
            }
            "plain" => {
                self.decode();
                let encoding = self.encoding;
                *self.group() = Group { encoding, is_hidden: false, ..*self.group() };
            }
            "v" => {
                self.decode();
                self.group().is_hidden = number != Some(0);
            }
            "s" if self.group().destination == Destination::Styles => {
                self.described = number.unwrap_or(0);
            }
            "s" => self.role = self.roles.get(&number.unwrap_or(0)).copied().unwrap_or_default(),
            "outlinelevel" if number == Some(0) && self.role == Role::Text => {
                self.role = Role::Heading;
            }
            "pard" => {
                self.role = Role::Text;
                self.is_in_table = false;
            }
            "intbl" => self.is_in_table = true,
            "par" | "sect" | "page" => self.end_paragraph(),
            "line" => self.push("\n"),
            "cell" | "nestcell" => self.end_cell(),
            "row" | "nestrow" => self.end_row(),
            _ => {}
        }
    }

    fn set_encoding(&mut self, encoding: &'static Encoding) {
        self.decode();
        self.encoding = encoding;
        for group in &mut self.groups {
            group.encoding = encoding;
        }
    }

    fn font(&mut self, number: i32) {
        if self.group().destination == Destination::Fonts {
            self.described = number;
        } else {
            self.decode();
            let encoding = self.fonts.get(&number).copied().unwrap_or(self.encoding);
            self.group().encoding = encoding;
        }
    }

    fn describe_font(&mut self, encoding: &'static Encoding) {
        if self.fonts.len() < MAX_NAMES {
            self.fonts.insert(self.described, encoding);
        }
    }

    /// A character by its number, which is one of UTF-16 with a sign.
    fn character(&mut self, number: i32) {
        self.decode();
        self.to_skip = self.group().replacements;
        let before = self.high_half.take();
        let unit = i16::try_from(number).map(i16::cast_unsigned).or(u16::try_from(number));
        let Ok(unit) = unit else { return };
        if (0xd800..0xdc00).contains(&unit) {
            self.high_half = Some(unit);
        } else {
            let units = before.into_iter().chain([unit]);
            let text: String = char::decode_utf16(units).filter_map(Result::ok).collect();
            self.add(&text);
        }
    }

    /// Bytes of text.
    fn text(&mut self, text: &[u8]) {
        let skipped = self.to_skip.min(text.len());
        self.to_skip -= skipped;
        if self.group().destination != Destination::Nowhere {
            self.bytes.extend_from_slice(&text[skipped..]);
        }
    }

    /// Decodes the bytes that have come so far.
    fn decode(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let (text, _) = self.group().encoding.decode_without_bom_handling(&bytes);
            self.add(&text);
        }
    }

    /// Adds text that stands behind the bytes that have come so far.
    fn push(&mut self, text: &str) {
        self.decode();
        self.add(text);
    }

    fn add(&mut self, text: &str) {
        let Group { destination, is_hidden, .. } = *self.group();
        match destination {
            Destination::Text if is_hidden => {}
            Destination::Text => self.composer.push(text),
            Destination::Nowhere | Destination::Fonts => {}
            Destination::Styles => self.describe_style(text),
            Destination::Title | Destination::Author | Destination::Keywords => {
                if self.name.len() < MAX_NAMES {
                    self.name.push_str(text);
                }
            }
        }
    }

    /// Takes a part of the name of a style, which a semicolon ends.
    fn describe_style(&mut self, text: &str) {
        if self.name.len() < MAX_NAMES {
            self.name.push_str(text);
        }
        if let Some((name, _)) = self.name.split_once(';') {
            if let Some(role) = role(name)
                && self.roles.len() < MAX_NAMES
            {
                self.roles.insert(self.described, role);
            }
            self.name.clear();
            self.described = 0;
        }
    }

    fn is_text(&mut self) -> bool {
        self.decode();
        self.group().destination == Destination::Text
    }

    fn end_paragraph(&mut self) {
        if self.is_text() {
            if self.is_in_table && !self.composer.is_in_row() {
                self.composer.begin_row();
            }
            self.composer.end_paragraph(self.role);
        }
    }

    fn end_cell(&mut self) {
        if self.is_text() {
            if !self.composer.is_in_row() {
                self.composer.begin_row();
            }
            self.composer.end_cell();
        }
    }

    fn end_row(&mut self) {
        if self.is_text() && self.composer.is_in_row() {
            self.composer.end_row();
        }
    }

    fn finish(mut self) -> Document {
        self.decode();
        self.composer.finish()
    }
}

/// The number of a control word that cannot be less than 0.
fn unsigned(number: Option<i32>) -> u32 {
    number.and_then(|number| u32::try_from(number).ok()).unwrap_or(0)
}

/// How many characters stand for an older reader behind one by its number: one, unless another number is given.
fn replacements(number: Option<i32>) -> usize {
    const MOST: usize = 16;
    number.and_then(|number| usize::try_from(number).ok()).unwrap_or(1).min(MOST)
}
