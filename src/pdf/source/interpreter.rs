//! Carries out the operators of a page that show text; all others are passed over. Forms are entered, as deep as they nest.

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::dict::keys::{ACTUAL_TEXT, FORM, MATRIX, RESOURCES, SUBTYPE, TYPE};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, String as PdfString};
use hayro_syntax::page::{self, Resources};

use super::fonts::{CodedFont, Fonts, letters};
use super::text_state::{Matrix, Place, TextState};
use super::text_string;
use crate::pdf::glyph::{Glyph, Page, Turn};

/// Forms in forms are entered to this depth.
const MAX_DEPTH: usize = 12;

/// States that are saved at once.
const MAX_SAVED: usize = 256;

/// What all pages of a file may take together.
pub(super) struct Allowance<'s> {
    operators: u64,
    glyphs: u64,
    has_stopped: &'s dyn Fn() -> bool,
}

impl<'s> Allowance<'s> {
    /// Fifty million operators and ten million characters: a newspaper of a hundred pages has a tenth.
    pub(super) fn new(has_stopped: &'s dyn Fn() -> bool) -> Self {
        Self { operators: 50_000_000, glyphs: 10_000_000, has_stopped }
    }

    pub(super) fn is_spent(&self) -> bool {
        self.operators == 0 || self.glyphs == 0
    }

    /// Takes so many operators. Returns whether there are more.
    fn take(&mut self, count: u64) -> bool {
        self.operators = self.operators.saturating_sub(count);
        if self.operators.is_multiple_of(1024) && (self.has_stopped)() {
            self.operators = 0;
        }
        !self.is_spent()
    }
}

/// A marked part of a content stream.
struct Mark {
    is_pagination: bool,
    /// The characters that it stands for, until its first glyph has them.
    replacement: Option<Replacement>,
}

enum Replacement {
    Text(Box<str>),
    IsShown,
}

/// The interpreter of a page.
pub(super) struct Interpreter<'i, 'a, 's> {
    fonts: &'i Fonts<'a>,
    allowance: &'i mut Allowance<'s>,
    state: TextState<'a>,
    saved: Vec<TextState<'a>>,
    marks: Vec<Mark>,
    glyphs: Vec<Glyph>,
}

impl<'i, 'a, 's> Interpreter<'i, 'a, 's> {
    /// The text of a page.
    pub(super) fn page(
        page: &page::Page<'a>,
        fonts: &'i Fonts<'a>,
        allowance: &'i mut Allowance<'s>,
    ) -> Page {
        let (width, height) = page.render_dimensions();
        let to_page = Matrix(page.initial_transform(true).as_coeffs());
        let mut interpreter = Self {
            fonts,
            allowance,
            state: TextState::new(to_page),
            saved: Vec::new(),
            marks: Vec::new(),
            glyphs: Vec::new(),
        };
        let bytes = page.page_stream().unwrap_or_default();
        interpreter.stream(bytes, page.resources(), 0);
        Page { width, height, glyphs: interpreter.glyphs }
    }

    fn stream(&mut self, bytes: &[u8], resources: &Resources<'a>, depth: usize) {
        let mut operators = TypedIter::new(bytes);
        while let Some(operator) = operators.next() {
            if !self.allowance.take(1) {
                return;
            }
            self.operator(operator, resources, depth);
        }
    }

    fn operator(
        &mut self,
        operator: TypedInstruction<'_, '_>,
        resources: &Resources<'a>,
        depth: usize,
    ) {
        use TypedInstruction as Op;
        let state = &mut self.state;
        match operator {
            Op::SaveState(_) if self.saved.len() < MAX_SAVED => self.saved.push(state.clone()),
            Op::RestoreState(_) => self.restore(),
            Op::Transform(m) => {
                state.to_page = state.to_page.after(matrix([m.0, m.1, m.2, m.3, m.4, m.5]));
            }
            Op::BeginText(_) => state.set_line(Matrix::IDENTITY),
            Op::SetTextMatrix(m) => state.set_line(matrix([m.0, m.1, m.2, m.3, m.4, m.5])),
            Op::NextLine(n) => state.next_line(n.0.as_f64(), n.1.as_f64()),
            Op::NextLineAndSetLeading(n) => {
                state.leading = -n.1.as_f64();
                state.next_line(n.0.as_f64(), n.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => state.next_line(0.0, -state.leading),
            Op::TextLeading(n) => state.leading = n.0.as_f64(),
            Op::CharacterSpacing(n) => state.char_space = n.0.as_f64(),
            Op::WordSpacing(n) => state.word_space = n.0.as_f64(),
            Op::HorizontalScaling(n) => state.stretch = n.0.as_f64() / 100.0,
            Op::TextRise(n) => state.rise = n.0.as_f64(),
            Op::TextFont(font) => {
                state.size = font.1.as_f64();
                self.state.font = self.font(resources, font.0);
            }
            Op::ShowText(text) => self.show(text.0.as_bytes()),
            Op::ShowTexts(texts) => self.show_all(texts.0),
            Op::NextLineAndShowText(text) => {
                state.next_line(0.0, -state.leading);
                self.show(text.0.as_bytes());
            }
            Op::ShowTextWithParameters(text) => {
                (state.word_space, state.char_space) = (text.0.as_f64(), text.1.as_f64());
                state.next_line(0.0, -state.leading);
                self.show(text.2.as_bytes());
            }
            Op::BeginMarkedContent(mark) => self.begin_mark(mark.0, None),
            Op::BeginMarkedContentWithProperties(mark) => {
                let named = match mark.1 {
                    Object::Name(name) => resources.properties.get::<Dict<'_>>(name),
                    Object::Dict(inline) => return self.begin_mark(mark.0, Some(inline)),
                    _ => None,
                };
                self.begin_mark(mark.0, named.as_ref());
            }
            Op::EndMarkedContent(_) => _ = self.marks.pop(),
            Op::XObject(form) => self.form(form.0, resources, depth),
            _ => {}
        }
    }

    /// Goes back to the state that was saved last; the text object's own matrices stay.
    fn restore(&mut self) {
        if let Some(saved) = self.saved.pop() {
            let (text, line) = (self.state.text, self.state.line);
            self.state = TextState { text, line, ..saved };
        }
    }

    /// The font of that name.
    fn font(&self, resources: &Resources<'a>, name: &Name<'_>) -> Option<CodedFont<'a>> {
        let dictionary = resources.get_font(name)?;
        self.fonts.font(&dictionary)
    }

    fn begin_mark(&mut self, tag: &Name<'_>, properties: Option<&Dict<'_>>) {
        let kind = |key: &[u8], wanted: &[&str]| {
            let name = properties.and_then(|p| p.get::<Name<'_>>(key));
            name.is_some_and(|name| wanted.contains(&name.as_str()))
        };
        let is_artifact = tag.as_str() == "Artifact";
        let is_pagination = is_artifact
            && (kind(TYPE, &["Pagination"]) || kind(SUBTYPE, &["Header", "Footer", "Watermark"]));
        let actual = properties.and_then(|p| p.get::<PdfString<'_>>(ACTUAL_TEXT));
        let replacement =
            actual.map(|text| Replacement::Text(letters(&text_string(text.as_bytes()))));
        self.marks.push(Mark { is_pagination, replacement });
    }

    fn form(&mut self, name: &Name<'_>, resources: &Resources<'a>, depth: usize) {
        if depth >= MAX_DEPTH {
            return;
        }
        let Some(stream) = resources.get_x_object(name) else { return };
        let dict = stream.dict();
        if dict.get::<Name<'_>>(SUBTYPE).is_none_or(|kind| kind.as_str().as_bytes() != FORM) {
            return;
        }
        let Ok(bytes) = stream.decoded() else { return };
        if !self.allowance.take(bytes.len() as u64 / 16) {
            return;
        }
        let own = dict.get::<Dict<'a>>(RESOURCES).map(Resources::new);
        let outside = (self.state.clone(), self.saved.len(), self.marks.len());
        if let Some(placed) = dict.get::<[f64; 6]>(MATRIX) {
            self.state.to_page = self.state.to_page.after(Matrix(placed));
        }
        self.stream(&bytes, own.as_ref().unwrap_or(resources), depth + 1);
        self.state = outside.0;
        self.saved.truncate(outside.1);
        self.marks.truncate(outside.2);
    }

    fn show_all(&mut self, texts: &Array<'_>) {
        for text in texts.iter::<Object<'_>>() {
            match text {
                Object::Number(by) => {
                    if let Some(font) = self.state.font.clone() {
                        self.state.adjust(by.as_f64(), &font);
                    }
                }
                Object::String(text) => self.show(text.as_bytes()),
                _ => {}
            }
        }
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else { return };
        for code in font.codes(bytes) {
            if self.allowance.glyphs == 0 {
                return;
            }
            self.allowance.glyphs -= 1;
            let place = self.state.show(&code, font.is_horizontal());
            if let Some(text) = self.characters(&font, code.number) {
                self.glyphs.extend(self.glyph(text, place, font.is_bold));
            }
        }
    }

    /// The characters of a glyph; those that a mark states stand in the first of its glyphs.
    fn characters(&mut self, font: &CodedFont<'a>, code: u32) -> Option<Box<str>> {
        let stated = self.marks.iter_mut().rev().find_map(|mark| mark.replacement.as_mut());
        match stated {
            Some(stated) => match std::mem::replace(stated, Replacement::IsShown) {
                Replacement::Text(text) => Some(text),
                Replacement::IsShown => None,
            },
            None => Some(font.characters(code)),
        }
        .filter(|text| !text.is_empty())
    }

    fn glyph(&self, text: Box<str>, place: Place, is_bold: bool) -> Option<Glyph> {
        let (dx, dy) = (place.to.0 - place.from.0, place.to.1 - place.from.1);
        let (dx, dy) = if dx == 0.0 && dy == 0.0 {
            self.state.to_page.after(self.state.text).vector(1.0, 0.0)
        } else {
            (dx, dy)
        };
        let turn = Turn::of(dx, dy);
        let (from, to) =
            (turn.upright(place.from.0, place.from.1), turn.upright(place.to.0, place.to.1));
        let glyph = Glyph {
            text,
            left: from.0.min(to.0) as f32,
            right: from.0.max(to.0) as f32,
            baseline: from.1 as f32,
            size: place.size as f32,
            is_bold,
            turn,
            is_pagination: self.marks.iter().any(|mark| mark.is_pagination),
        };
        let numbers = [glyph.left, glyph.right, glyph.baseline, glyph.size];
        let is_drawn = numbers.iter().all(|n| n.is_finite() && n.abs() < 1e6) && glyph.size > 0.5;
        is_drawn.then_some(glyph)
    }
}

fn matrix(numbers: [Number; 6]) -> Matrix {
    Matrix(numbers.map(|number| number.as_f64()))
}
