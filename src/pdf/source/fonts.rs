//! The fonts of a file: which characters the codes of a text string stand for, and how wide they are.

use std::sync::Arc;

use hayro_font::hayro_cmap::{self, BfString};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::object::dict::keys::{BASE_FONT, FLAGS, FONT_DESC, FONT_WEIGHT};
use hayro_syntax::object::{Dict, Name};
use unicode_normalization::UnicodeNormalization;

use crate::pdf::glyph::UNKNOWN;

/// The bit of a font's flags that says that it is bold.
const FORCE_BOLD: u32 = 1 << 18;

/// The fonts of a file, each read once.
pub(super) struct Fonts<'a> {
    read: FontCache<'a>,
    standard: FontResolverFn,
    tables: CMapResolverFn,
}

impl Default for Fonts<'_> {
    fn default() -> Self {
        Self {
            read: FontCache::new(),
            standard: Arc::new(|wanted| match wanted {
                FontQuery::Standard(font) => Some(font.get_font_data()),
                FontQuery::Fallback(wanted) => Some(wanted.pick_standard_font().get_font_data()),
            }),
            tables: Arc::new(hayro_cmap::load_embedded),
        }
    }
}

impl<'a> Fonts<'a> {
    /// The font that `dictionary` describes; `None` if it cannot be read.
    pub(super) fn font(&self, dictionary: &Dict<'a>) -> Option<CodedFont<'a>> {
        let font = self.read.font(dictionary, &self.standard, &self.tables)?;
        Some(CodedFont { font, is_bold: is_bold(dictionary) })
    }
}

/// Whether a font is bold, by its name, its weight or its flags.
fn is_bold(dictionary: &Dict<'_>) -> bool {
    const NAMES: &[&str] = &["bold", "black", "heavy"];
    let name = dictionary.get::<Name<'_>>(BASE_FONT);
    let name = name.map(|name| name.as_str().to_ascii_lowercase()).unwrap_or_default();
    let described = dictionary.get::<Dict<'_>>(FONT_DESC).unwrap_or_default();
    NAMES.iter().any(|part| name.contains(part))
        || described.get::<u32>(FONT_WEIGHT).is_some_and(|weight| weight >= 600)
        || described.get::<u32>(FLAGS).is_some_and(|flags| flags & FORCE_BOLD != 0)
}

/// A font that tells characters and widths of codes.
#[derive(Clone)]
pub(super) struct CodedFont<'a> {
    font: Font<'a>,
    pub(super) is_bold: bool,
}

/// A code of a text string.
pub(super) struct Code {
    pub(super) number: u32,
    /// Bytes that it takes.
    pub(super) bytes: usize,
    /// How far the next glyph is, in thousandths of the font's size: to the right, or upwards in vertical writing.
    pub(super) advance: (f64, f64),
}

impl CodedFont<'_> {
    /// The codes of a text string.
    pub(super) fn codes<'s>(&'s self, bytes: &'s [u8]) -> impl Iterator<Item = Code> + 's {
        let mut at = 0;
        std::iter::from_fn(move || {
            if at >= bytes.len() {
                return None;
            }
            let (code, length) = self.font.read_code(bytes, at);
            let length = length.max(1);
            at += length;
            let advance = self.font.code_advance(code);
            Some(Code { number: code, bytes: length, advance: (advance.x, advance.y) })
        })
    }

    pub(super) fn is_horizontal(&self) -> bool {
        self.font.is_horizontal()
    }

    /// The characters of a code. Ligatures and forms of letters by their place in a word become the letters.
    pub(super) fn characters(&self, code: u32) -> Box<str> {
        let found = match self.font.glyph(self.font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        match found {
            Some(BfString::Char(c)) => letters(&c.to_string()),
            Some(BfString::String(text)) => letters(&text),
            None => UNKNOWN.into(),
        }
    }
}

/// A text without presentation forms and characters that print nothing.
pub(super) fn letters(text: &str) -> Box<str> {
    let is_form = |c: char| matches!(c, '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    let is_private = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if is_form(c) => out.extend(std::iter::once(c).nfkc().filter(|c| *c != ' ')),
            c if is_private(c) => out.push_str(UNKNOWN),
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\t' | '\n' | '\r' | '\u{3000}' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presentation_forms_become_letters() {
        assert_eq!(&*letters("ﬁ"), "fi");
        assert_eq!(&*letters("ﬄ"), "ffl");
        assert_eq!(&*letters("ﻻ"), "لا");
        assert_eq!(&*letters("\u{a0}"), " ");
        assert_eq!(&*letters("\u{e001}"), UNKNOWN);
        assert_eq!(&*letters("é½"), "é½");
    }
}
