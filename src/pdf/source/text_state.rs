//! The text state of a content stream (ISO 32000, 9.3): matrices, font, spacing, and how showing a code moves the text on.

use super::fonts::{Code, CodedFont};

/// An affine transformation, as PDF writes it: a point `(x, y)` becomes `(a·x + c·y + e, b·x + d·y + f)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// The transformation that applies `first`, then this one.
    pub(super) fn after(self, first: Self) -> Self {
        let [right_x, right_y, up_x, up_y, origin_x, origin_y] = first.0;
        let right = self.vector(right_x, right_y);
        let up = self.vector(up_x, up_y);
        let origin = self.point(origin_x, origin_y);
        Self([right.0, right.1, up.0, up.1, origin.0, origin.1])
    }

    pub(super) fn point(self, x: f64, y: f64) -> (f64, f64) {
        let (vx, vy) = self.vector(x, y);
        (vx + self.0[4], vy + self.0[5])
    }

    /// A vector, which is not moved.
    pub(super) fn vector(self, x: f64, y: f64) -> (f64, f64) {
        let [right_x, right_y, up_x, up_y, ..] = self.0;
        (right_x * x + up_x * y, right_y * x + up_y * y)
    }

    fn moved(self, x: f64, y: f64) -> Self {
        self.after(Self([1.0, 0.0, 0.0, 1.0, x, y]))
    }
}

/// The state that a content stream sets before it shows a text.
#[derive(Clone)]
pub(super) struct TextState<'a> {
    /// From the stream's coordinates to those of the page.
    pub(super) to_page: Matrix,
    pub(super) font: Option<CodedFont<'a>>,
    pub(super) size: f64,
    pub(super) char_space: f64,
    pub(super) word_space: f64,
    /// 1 is the usual width.
    pub(super) stretch: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    /// Of the text object, not of the graphics state.
    pub(super) text: Matrix,
    pub(super) line: Matrix,
}

/// Where a code is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) from: (f64, f64),
    pub(super) to: (f64, f64),
    /// The height of the font's em square on the page.
    pub(super) size: f64,
}

impl<'a> TextState<'a> {
    pub(super) fn new(to_page: Matrix) -> Self {
        Self {
            to_page,
            font: None,
            size: 1.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
        }
    }

    /// Begins the line at `(x, y)` from the start of the last one.
    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.set_line(self.line.moved(x, y));
    }

    pub(super) fn set_line(&mut self, matrix: Matrix) {
        (self.line, self.text) = (matrix, matrix);
    }

    /// Moves the text by a number in the array of `TJ`.
    pub(super) fn adjust(&mut self, thousandths: f64, font: &CodedFont<'a>) {
        let by = -thousandths / 1000.0 * self.size;
        self.text = if font.is_horizontal() {
            self.text.moved(by * self.stretch, 0.0)
        } else {
            self.text.moved(0.0, by)
        };
    }

    /// The place of `code`, behind which the text goes on. The spacing behind it is not part of it, that of words is: a space
    /// between justified words reaches from one to the other.
    pub(super) fn show(&mut self, code: &Code, is_horizontal: bool) -> Place {
        let to_page = self.to_page.after(self.text);
        let word = if code.number == 32 && code.bytes == 1 { self.word_space } else { 0.0 };
        let drawn = |advance: f64| advance / 1000.0 * self.size + word;
        let (end, next) = if is_horizontal {
            let drawn = drawn(code.advance.0);
            ((drawn * self.stretch, 0.0), ((drawn + self.char_space) * self.stretch, 0.0))
        } else {
            let drawn = drawn(code.advance.1);
            ((0.0, drawn), (0.0, drawn + self.char_space))
        };
        let (sx, sy) = to_page.vector(0.0, self.size);
        let place = Place {
            from: to_page.point(0.0, self.rise),
            to: to_page.point(end.0, end.1 + self.rise),
            size: sx.hypot(sy),
        };
        self.text = self.text.moved(next.0, next.1);
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transformations_are_applied_in_order() {
        let double = Matrix([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        let moved = Matrix([1.0, 0.0, 0.0, 1.0, 3.0, 4.0]);
        assert_eq!(double.after(moved).point(1.0, 1.0), (8.0, 10.0));
        assert_eq!(moved.after(double).point(1.0, 1.0), (5.0, 6.0));
    }

    #[test]
    fn spacing_moves_what_follows() {
        let mut state = TextState::new(Matrix::IDENTITY);
        (state.size, state.char_space, state.word_space) = (10.0, 1.0, 5.0);
        let space = state.show(&Code { number: 32, bytes: 1, advance: (250.0, 0.0) }, true);
        let letter = state.show(&Code { number: 65, bytes: 1, advance: (500.0, 0.0) }, true);
        assert_eq!((space.from.0, space.to.0), (0.0, 7.5));
        assert_eq!((letter.from.0, letter.to.0, letter.size), (8.5, 13.5, 10.0));
    }
}
