//! Unpacks compressed files and archive files (gz, bz2, xz, zst, lz4, zip, tar), nested up to a bound. Members are
//! streamed; no name of a member becomes a path, so that names need no checks. All levels share the [`Budget`] of the file on the
//! disk, so that decompression bombs end.
//!
//! A member ends where its decoder fails, so that what was unpacked before is read; [`Member::end`] tells whether that was
//! its end.

mod frames;
mod member;
pub mod package;
mod tar;
mod zip;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use super::budget::Budget;
use frames::{GzipMembers, InPieces, Lz4Frames};
use member::{Counted, Counts};
pub use member::{Fault, Member};

/// Most levels of nested containers that are unpacked.
pub const MAX_DEPTH: usize = 4;

/// The largest window of a decoder, as a power of two: what `xz -9` asks for, 64 MB.
const LARGE_WINDOW: u32 = 26;

/// That of the third level and deeper ones, where no real archive has one.
const SMALL_WINDOW: u32 = 23;

/// Bytes read at once.
const BUFFER: usize = 128 << 10;

/// A container format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// RFC 1952, with any number of concatenated members.
    Gzip,
    /// bzip2.
    Bzip2,
    /// xz.
    Xz,
    /// RFC 8878.
    Zstandard,
    /// The LZ4 frame format, with any number of concatenated frames.
    Lz4,
    /// PKWARE zip, stored or deflated.
    Zip,
    /// POSIX and GNU tar.
    Tar,
}

impl Container {
    /// The container format of a file that begins with the bytes `head`.
    pub fn detect(head: &[u8]) -> Option<Self> {
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..] => {
                Some(Self::Bzip2)
            }
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstandard),
            [0x04, 0x22, 0x4d, 0x18, ..] => Some(Self::Lz4),
            [b'P', b'K', 3, 4, ..] => Some(Self::Zip),
            _ if head.get(257..262) == Some(b"ustar") => Some(Self::Tar),
            _ => None,
        }
    }

    /// The name of what is packed in a file called `name`: `a.json.gz` holds `a.json`.
    pub fn inner_name(self, name: &str) -> String {
        let lower = name.to_ascii_lowercase();
        for (long, short) in
            [(".tgz", ".tar"), (".tbz2", ".tar"), (".txz", ".tar"), (".tzst", ".tar")]
        {
            if lower.ends_with(long) {
                return format!("{}{short}", &name[..name.len() - long.len()]);
            }
        }
        let endings = [".gz", ".bz2", ".xz", ".zst", ".lz4"];
        let ending = endings.iter().find(|ending| lower.ends_with(**ending));
        ending.map_or(name, |ending| &name[..name.len() - ending.len()]).to_owned()
    }
}

/// The packed bytes of a container.
pub enum Packed<'a> {
    /// A file on the disk, which can be sought in.
    File(File),
    /// Inside another container, or in memory.
    Stream(Box<dyn BufRead + 'a>),
}

/// Takes the name and content of each member; the single member of a compressed file has no name. A member that cannot be
/// opened is a fault. A break ends the container.
pub type EachMember<'e> =
    dyn FnMut(Option<&str>, Result<&mut Member<'_>, Fault>) -> ControlFlow<()> + 'e;

/// Unpacks a container within the budget of the file on the disk, and calls `each` with every member. `depth` is the level that
/// it is on, 1 for a file on the disk. The fault is that of the container itself.
pub fn open<'b>(
    container: Container,
    packed: Packed<'b>,
    depth: usize,
    budget: &'b Budget<'b>,
    each: &mut EachMember<'_>,
) -> Result<(), Fault> {
    match (container, packed) {
        (Container::Zip, Packed::File(file)) => {
            let length = file.metadata().map_or(0, |about| about.len());
            zip::members(file, length, budget, each)
        }
        (Container::Zip, Packed::Stream(stream)) => zip::members_of_stream(stream, budget, each),
        (container, Packed::File(file)) => {
            unpack(container, BufReader::with_capacity(BUFFER, file), depth, budget, each)
        }
        (container, Packed::Stream(stream)) => unpack(container, stream, depth, budget, each),
    }
}

fn unpack<'p>(
    container: Container,
    packed: impl BufRead + 'p,
    depth: usize,
    budget: &'p Budget<'p>,
    each: &mut EachMember<'_>,
) -> Result<(), Fault> {
    let counts = Counts::new(0, budget);
    let counted = Counted::new(packed, &counts);
    let window = if depth <= 2 { LARGE_WINDOW } else { SMALL_WINDOW };
    let mut member = match container {
        Container::Gzip => Member::new(GzipMembers::new(counted), &counts),
        Container::Bzip2 => Member::new(bzip2::bufread::MultiBzDecoder::new(counted), &counts),
        Container::Xz => Member::new(InPieces(xz(counted, window)), &counts),
        Container::Zstandard => {
            let decoder = zstandard(counted, window);
            Member::new(decoder.map_err(|error| counts.broken(&error))?, &counts)
        }
        Container::Lz4 => Member::new(Lz4Frames::new(counted, &counts), &counts),
        Container::Tar | Container::Zip => return tar::members(counted, &counts, each),
    };
    let _ = each(None, Ok(&mut member));
    Ok(())
}

/// A decoder of xz whose dictionary has at most 2 to the power of `window` bytes.
fn xz<R: Read>(packed: R, window: u32) -> lzma_rust2::XzReader<R> {
    /// KiB that the decoder needs beside its dictionary.
    const OVERHEAD: u32 = 1 << 10;
    lzma_rust2::XzReader::new_mem_limit(packed, true, (1 << (window - 10)) + OVERHEAD)
}

/// A decoder of Zstandard whose window has at most 2 to the power of `window` bytes.
fn zstandard<R: BufRead>(packed: R, window: u32) -> io::Result<zstd::Decoder<'static, R>> {
    let mut decoder = zstd::Decoder::with_buffer(packed)?;
    decoder.window_log_max(window)?;
    Ok(decoder)
}

/// Whether the member is neither hidden nor metadata of macOS.
fn is_wanted(name: &str) -> bool {
    !name
        .split('/')
        .any(|part| part.starts_with('.') && part != "." && part != ".." || part == "__MACOSX")
}

#[cfg(test)]
mod tests;
