//! Compressed files of several parts one after the other: members of gzip, frames of LZ4; and a decoder that is asked for little
//! at a time.

use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::member::{Counted, Counts};

/// All members of a gzip file, and the zeros that a tape may have behind them.
pub(super) struct GzipMembers<R>(Option<flate2::bufread::GzDecoder<R>>);

impl<R: BufRead> GzipMembers<R> {
    pub(super) fn new(packed: R) -> Self {
        Self(Some(flate2::bufread::GzDecoder::new(packed)))
    }
}

impl<R: BufRead> Read for GzipMembers<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(decoder) = &mut self.0 {
            let read = decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let mut packed = self.0.take().map(flate2::bufread::GzDecoder::into_inner);
            if let Some(rest) = &mut packed {
                skip_zeros(rest)?;
                if rest.fill_buf()?.is_empty() {
                    return Ok(0);
                }
            }
            self.0 = packed.map(flate2::bufread::GzDecoder::new);
        }
        Ok(0)
    }
}

fn skip_zeros(packed: &mut impl BufRead) -> io::Result<()> {
    loop {
        let available = packed.fill_buf()?;
        let zeros = available.iter().take_while(|byte| **byte == 0).count();
        let is_more = zeros == available.len() && zeros > 0;
        packed.consume(zeros);
        if !is_more {
            return Ok(());
        }
    }
}

/// All frames of an LZ4 file. The decoder by itself stops at the end of each, and takes a file that is cut off between two
/// blocks for whole.
pub(super) struct Lz4Frames<'b, R: BufRead> {
    decoder: lz4_flex::frame::FrameDecoder<Counted<'b, R>>,
    counts: Rc<Counts<'b>>,
    has_ended: bool,
}

impl<'b, R: BufRead> Lz4Frames<'b, R> {
    pub(super) fn new(packed: Counted<'b, R>, counts: &Rc<Counts<'b>>) -> Self {
        let decoder = lz4_flex::frame::FrameDecoder::new(packed);
        Self { decoder, counts: Rc::clone(counts), has_ended: false }
    }
}

impl<R: BufRead> Read for Lz4Frames<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.has_ended && !buffer.is_empty() {
            let read = self.decoder.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            if self.counts.met_end() {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "unexpected end of file"));
            }
            self.has_ended = self.decoder.get_mut().fill_buf()?.is_empty();
        }
        Ok(0)
    }
}

/// Asks a decoder for little at a time: where its input ends too early, the one of xz drops what it has unpacked for the
/// same call. Of 20,000 records that were cut in the middle, 9,976 were read so instead of 9,721.
pub(super) struct InPieces<R>(pub(super) R);

impl<R: Read> Read for InPieces<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        /// Bytes that may be lost.
        const PIECE: usize = 1 << 10;
        let length = buffer.len().min(PIECE);
        self.0.read(&mut buffer[..length])
    }
}
