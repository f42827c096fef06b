//! What is drawn on a page, as far as a reader of text needs it: characters, where they stand, and how large they are.

/// A drawn character, or the characters of a ligature. Lengths are in points; y grows downwards.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    /// Its characters; one that no font tells is [`UNKNOWN`].
    pub(super) text: Box<str>,
    /// Its left edge, the line read upright.
    pub(super) left: f32,
    /// Its right edge.
    pub(super) right: f32,
    /// Its baseline.
    pub(super) baseline: f32,
    /// The size of its font on the page.
    pub(super) size: f32,
    /// Whether its font is a bold one.
    pub(super) is_bold: bool,
    /// Which way its line runs.
    pub(super) turn: Turn,
    /// Whether the file says that it repeats on pages: a running head, a page number.
    pub(super) is_pagination: bool,
}

/// The character of a glyph that no font tells.
pub(super) const UNKNOWN: &str = "\u{fffd}";

/// Which way a line of text runs on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Turn {
    /// To the right.
    #[default]
    Upright,
    /// Downwards; the next line is to its left.
    Down,
    /// To the left, upside down.
    UpsideDown,
    /// Upwards; the next line is to its right.
    Up,
}

impl Turn {
    /// The turn of a line that runs in the direction `(x, y)`, y downwards.
    pub(super) fn of(x: f64, y: f64) -> Self {
        match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
            (true, true, _) => Self::Upright,
            (true, false, _) => Self::UpsideDown,
            (false, _, true) => Self::Down,
            (false, _, false) => Self::Up,
        }
    }

    /// A point of the page as it lies when the line is turned upright.
    pub(super) fn upright(self, x: f64, y: f64) -> (f64, f64) {
        match self {
            Self::Upright => (x, y),
            Self::Down => (y, -x),
            Self::UpsideDown => (-x, -y),
            Self::Up => (-y, x),
        }
    }
}

/// A page: its glyphs in the order in which the file draws them.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// Width in points.
    pub(super) width: f32,
    /// Height in points.
    pub(super) height: f32,
    pub(super) glyphs: Vec<Glyph>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_turned_upright() {
        // The second of two lines that run downwards is to the left of the first.
        let turn = Turn::of(0.0, 1.0);
        assert_eq!(turn, Turn::Down);
        let (first, second) = (turn.upright(100.0, 10.0), turn.upright(80.0, 10.0));
        assert!((first.0 - second.0).abs() < 0.01 && second.1 > first.1);
        assert_eq!(Turn::of(0.0, -1.0), Turn::Up);
        assert_eq!(Turn::of(-1.0, 0.1), Turn::UpsideDown);
    }
}
