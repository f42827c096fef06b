//! Unpacks compressed files and archive files (gz, bz2, xz, zst, lz4, zip, tar), nested up to a bound. Members are
//! streamed; nothing is written to the disk, so that member names need no checks. Decompression bombs are refused.
//!
//! A member ends where its decoder fails, so that what was unpacked before is read; [`Member::end`] tells whether that was
//! its end.

mod frames;
mod member;
mod tar;
mod zip;

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use std::sync::Arc;

use frames::{GzipMembers, InPieces, Lz4Frames};
use member::{Counted, Counts};
pub use member::{Fault, Member};

/// Most levels of nested containers that are unpacked.
pub const MAX_DEPTH: usize = 4;

/// Unpacked bytes below which [`MAX_RATIO`] is not checked.
const UNCHECKED_BYTES: u64 = 64 << 20;

/// Most unpacked bytes for each packed byte. Text compresses to about a tenth.
const MAX_RATIO: u64 = 200;

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

/// Unpacks `packed` and calls `each` with every member. The fault is that of the container itself.
pub fn open(
    container: Container,
    packed: Packed<'_>,
    each: &mut EachMember<'_>,
) -> Result<(), Fault> {
    match (container, packed) {
        (Container::Zip, Packed::File(file)) => {
            let length = file.metadata().map_or(0, |about| about.len());
            zip::members(file, length, each)
        }
        (Container::Zip, Packed::Stream(stream)) => zip::members_of_stream(stream, each),
        (container, Packed::File(file)) => {
            unpack(container, BufReader::with_capacity(BUFFER, file), each)
        }
        (container, Packed::Stream(stream)) => unpack(container, stream, each),
    }
}

fn unpack<'p>(
    container: Container,
    packed: impl BufRead + 'p,
    each: &mut EachMember<'_>,
) -> Result<(), Fault> {
    let counts = Arc::<Counts>::default();
    let counted = Counted::new(packed, &counts);
    let mut member = match container {
        Container::Gzip => Member::new(GzipMembers::new(counted), &counts),
        Container::Bzip2 => Member::new(bzip2::bufread::MultiBzDecoder::new(counted), &counts),
        Container::Xz => Member::new(InPieces(lzma_rust2::XzReader::new(counted, true)), &counts),
        Container::Zstandard => {
            let decoder = zstd::Decoder::with_buffer(counted);
            Member::new(decoder.map_err(|error| counts.broken(&error))?, &counts)
        }
        Container::Lz4 => Member::new(Lz4Frames::new(counted, &counts), &counts),
        Container::Tar | Container::Zip => return tar::members(counted, &counts, each),
    };
    let _ = each(None, Ok(&mut member));
    Ok(())
}

/// Whether the member is neither hidden nor metadata of macOS.
fn is_wanted(name: &str) -> bool {
    !name
        .split('/')
        .any(|part| part.starts_with('.') && part != "." && part != ".." || part == "__MACOSX")
}

/// Whether `packed` bytes that gave `unpacked` bytes are a decompression bomb.
pub fn is_bomb(packed: u64, unpacked: u64) -> bool {
    unpacked > UNCHECKED_BYTES && unpacked / MAX_RATIO > packed
}

#[cfg(test)]
mod tests;
