//! Splits large files into records while they are read: lines, elements of XML or SGML, rows of CSV, objects of JSON,
//! messages of mbox. A record that is over the limit is read up to there and told, and so is a source that ends in the
//! middle of one.

mod elements;
mod messages;
mod objects;
mod rows;

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use super::window::Window;
use super::{closing, cut_json};

/// The most bytes before the first record.
const MAX_HEAD: usize = 4 << 20;

/// How a file of a format is split into records.
#[derive(Clone, Copy, Debug)]
pub(super) enum Splitting {
    /// The file is one record.
    Whole,
    /// One record a line.
    Lines,
    /// Elements with one of these names; what precedes the first is the head of the file.
    Elements(&'static [&'static str]),
    /// Rows of CSV, whose quoted fields may span lines; the first row is the head.
    Rows,
    /// Objects of JSON, one after the other, or in an array, whose opening is the head of the file.
    Objects,
    /// Rows of Parquet, which is read from its end by [`super::formats::parquet`].
    Table,
    /// Pages of PDF, which is read whole by [`super::formats::pdf`].
    Document,
    /// Messages of mbox, each after a line that begins with `From `.
    Messages,
    /// A function of the format.
    Custom(fn(&mut Window<'_>, &mut PieceSink<'_>)),
}

/// What a source is split into.
pub(super) enum Piece {
    /// What precedes the first record.
    Head(Vec<u8>),
    /// A record, and the byte at which it begins.
    Record(Vec<u8>, u64),
    /// The record that begins at this byte is over the limit. Its beginning was passed on.
    TooLarge(u64),
    /// The record that begins at this byte is not what it states to be. What there is of it was passed on.
    Broken(u64),
    /// The source ends where it should not.
    Cut {
        /// The byte at which that was met.
        at: u64,
        /// What is wrong there.
        what: String,
    },
}

/// Takes a piece. A break ends the file.
pub(super) type PieceSink<'s> = dyn FnMut(Piece) -> ControlFlow<()> + 's;

/// Passes the pieces of `source` to `sink`. Those before an error are passed on.
pub(super) fn split(
    splitting: Splitting,
    source: &mut dyn BufRead,
    sink: &mut PieceSink<'_>,
) -> io::Result<()> {
    let mut window = Window::new(source);
    match splitting {
        // Read at once by the caller.
        Splitting::Whole | Splitting::Table | Splitting::Document => {}
        Splitting::Lines => lines(&mut window, sink),
        Splitting::Elements(names) => elements::split(&mut window, names, sink),
        Splitting::Rows => rows::split(&mut window, sink),
        Splitting::Objects => objects::split(&mut window, sink),
        Splitting::Messages => messages::split(&mut window, sink),
        Splitting::Custom(split) => split(&mut window, sink),
    }
    window.finish()
}

/// The piece that says that the source ends in the middle of the record that begins at the byte `begin`.
pub(super) fn cut_in_record(window: &Window<'_>, begin: u64) -> Piece {
    let what = format!("it ends in the middle of a record, which begins at byte {begin}");
    Piece::Cut { at: window.end(), what }
}

/// Passes on the beginning of a record that is over the limit and begins at the byte `at`.
pub(super) fn pass_beginning(
    beginning: Vec<u8>,
    at: u64,
    sink: &mut PieceSink<'_>,
) -> ControlFlow<()> {
    sink(Piece::Record(beginning, at))?;
    sink(Piece::TooLarge(at))
}

fn lines(window: &mut Window<'_>, sink: &mut PieceSink<'_>) {
    loop {
        let at = window.position();
        let end = window.find(b"\n", 0);
        if end.is_none() && !window.has_ended() {
            let beginning = cut_json::closed(window.beginning().to_vec());
            if pass_beginning(beginning, at, sink).is_break() {
                return;
            }
            window.skip_past(b"\n");
            continue;
        }
        let line = window.take(end.map_or(usize::MAX, |end| end + 1));
        if line.is_empty() {
            return;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let is_cut = end.is_none() && !closing::is_json(&line);
        let piece = if is_cut { cut_in_record(window, at) } else { Piece::Record(line, at) };
        if sink(piece).is_break() {
            return;
        }
    }
}

#[cfg(test)]
mod tests;
