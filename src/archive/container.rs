//! Unpacks compressed files and archive files (gz, bz2, xz, zst, lz4, zip, tar), nested up to a bound. Members are
//! streamed; nothing is written to the disk, so that member names need no checks. Decompression bombs are refused.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Most levels of nested containers that are unpacked.
pub const MAX_DEPTH: usize = 4;

/// Unpacked bytes below which [`MAX_RATIO`] is not checked.
const UNCHECKED_BYTES: u64 = 64 << 20;

/// Most unpacked bytes for each packed byte. Text compresses to about a tenth.
const MAX_RATIO: u64 = 200;

/// Most bytes of a zip inside another container, which is held in memory.
const MAX_INNER_ZIP: u64 = 64 << 20;

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

/// Why a container was not unpacked to its end.
#[derive(Debug)]
pub enum Fault {
    /// It unpacks to more than [`MAX_RATIO`] times its size.
    Bomb,
    /// It cannot be read; the message of the decoder.
    Broken(String),
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

/// Called with the name and content of each member; the single member of a compressed file has no name.
pub type EachMember<'e> = dyn FnMut(Option<&str>, &mut dyn BufRead) -> Result<(), Fault> + 'e;

/// Unpacks `packed` and calls `each` with every member. The first error ends the container.
pub fn open(
    container: Container,
    packed: Packed<'_>,
    each: &mut EachMember<'_>,
) -> Result<(), Fault> {
    let ratio = RatioGuard::default();
    match (container, packed) {
        (Container::Zip, Packed::File(file)) => {
            ratio.packed.store(file.metadata().map_or(0, |meta| meta.len()), Relaxed);
            zip(file, &ratio, each)
        }
        (Container::Zip, Packed::Stream(stream)) => {
            let mut bytes = Vec::new();
            let read = stream.take(MAX_INNER_ZIP + 1).read_to_end(&mut bytes).map_err(broken)?;
            if read as u64 > MAX_INNER_ZIP {
                return Err(Fault::Broken("a zip inside a container is too large".to_owned()));
            }
            ratio.packed.store(read as u64, Relaxed);
            zip(Cursor::new(bytes), &ratio, each)
        }
        (container, Packed::File(file)) => {
            unpack(container, BufReader::with_capacity(BUFFER, file), &ratio, each)
        }
        (container, Packed::Stream(stream)) => unpack(container, stream, &ratio, each),
    }
}

fn unpack(
    container: Container,
    packed: impl BufRead,
    ratio: &RatioGuard,
    each: &mut EachMember<'_>,
) -> Result<(), Fault> {
    let counted = BufReader::with_capacity(
        BUFFER,
        Counted { inner: packed, count: Arc::clone(&ratio.packed) },
    );
    let unpacked: Box<dyn Read + '_> = match container {
        Container::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(counted)),
        Container::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(counted)),
        Container::Xz => Box::new(lzma_rust2::XzReader::new(counted, true)),
        Container::Zstandard => Box::new(zstd::Decoder::with_buffer(counted).map_err(broken)?),
        Container::Lz4 => Box::new(Lz4Frames(lz4_flex::frame::FrameDecoder::new(counted))),
        Container::Tar | Container::Zip => return tar(counted, ratio, each),
    };
    let mut bounded = BufReader::with_capacity(BUFFER, ratio.bound(unpacked));
    let done = each(None, &mut bounded);
    ratio.checked(done)
}

/// Reads all frames of an LZ4 file; the decoder by itself stops at the end of each.
struct Lz4Frames<R: BufRead>(lz4_flex::frame::FrameDecoder<R>);

impl<R: BufRead> Read for Lz4Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.0.read(buffer)?;
            if read > 0 || buffer.is_empty() || self.0.get_mut().fill_buf()?.is_empty() {
                return Ok(read);
            }
        }
    }
}

fn tar(packed: impl Read, ratio: &RatioGuard, each: &mut EachMember<'_>) -> Result<(), Fault> {
    let mut archive = tar::Archive::new(packed);
    for entry in archive.entries().map_err(broken)? {
        let entry = entry.map_err(broken)?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let mut member = BufReader::with_capacity(BUFFER, entry);
        if is_wanted(&name) {
            let done = each(Some(&name), &mut member);
            ratio.checked(done)?;
        }
    }
    Ok(())
}

fn zip(
    packed: impl Read + io::Seek,
    ratio: &RatioGuard,
    each: &mut EachMember<'_>,
) -> Result<(), Fault> {
    let mut archive = zip::ZipArchive::new(packed).map_err(broken)?;
    for number in 0..archive.len() {
        let member = archive.by_index(number).map_err(broken)?;
        let name = String::from_utf8_lossy(member.name_raw()).into_owned();
        if !member.is_file() || !is_wanted(&name) {
            continue;
        }
        let mut bounded = BufReader::with_capacity(BUFFER, ratio.bound(Box::new(member)));
        let done = each(Some(&name), &mut bounded);
        ratio.checked(done)?;
    }
    Ok(())
}

/// Whether the member is neither hidden nor metadata of macOS.
fn is_wanted(name: &str) -> bool {
    !name
        .split('/')
        .any(|part| part.starts_with('.') && part != "." && part != ".." || part == "__MACOSX")
}

#[expect(clippy::needless_pass_by_value, reason = "`map_err` gives it by value")]
fn broken<E: ToString>(error: E) -> Fault {
    Fault::Broken(error.to_string())
}

/// Counts the packed and unpacked bytes of a container.
#[derive(Default)]
struct RatioGuard {
    packed: Arc<AtomicU64>,
    unpacked: Arc<AtomicU64>,
}

impl RatioGuard {
    fn bound<'a>(&self, inner: Box<dyn Read + 'a>) -> Bounded<'a> {
        Bounded { inner, packed: Arc::clone(&self.packed), unpacked: Arc::clone(&self.unpacked) }
    }

    /// `done`, or [`Fault::Bomb`] if the container was cut off as one.
    fn checked(&self, done: Result<(), Fault>) -> Result<(), Fault> {
        if is_bomb(self.packed.load(Relaxed), self.unpacked.load(Relaxed)) {
            Err(Fault::Bomb)
        } else {
            done
        }
    }
}

/// Whether `packed` bytes that gave `unpacked` bytes are a decompression bomb.
pub fn is_bomb(packed: u64, unpacked: u64) -> bool {
    unpacked > UNCHECKED_BYTES && unpacked / MAX_RATIO > packed
}

/// A reader that counts the bytes read.
struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Relaxed);
        Ok(read)
    }
}

/// A reader that fails as soon as the container proves to be a bomb.
struct Bounded<'a> {
    inner: Box<dyn Read + 'a>,
    packed: Arc<AtomicU64>,
    unpacked: Arc<AtomicU64>,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if is_bomb(self.packed.load(Relaxed), self.unpacked.load(Relaxed)) {
            return Err(io::Error::other("unpacks to far more than it should"));
        }
        let read = self.inner.read(buffer)?;
        self.unpacked.fetch_add(read as u64, Relaxed);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn members(container: Container, bytes: &[u8]) -> Result<Vec<(Option<String>, usize)>, Fault> {
        let mut seen = Vec::new();
        open(container, Packed::Stream(Box::new(bytes)), &mut |name, member| {
            let mut content = Vec::new();
            let _ = member.read_to_end(&mut content);
            seen.push((name.map(str::to_owned), content.len()));
            Ok(())
        })?;
        Ok(seen)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn members_of_gzip_are_one() {
        let bytes = [gzip(b"The river "), gzip(b"rose.")].concat();
        assert_eq!(Container::detect(&bytes), Some(Container::Gzip));
        assert_eq!(members(Container::Gzip, &bytes).unwrap(), [(None, 15)]);
        // A truncated file gives what it has.
        assert_eq!(members(Container::Gzip, &bytes[..bytes.len() - 12]).unwrap().len(), 1);
    }

    #[test]
    fn frames_of_lz4_are_one() {
        let frame = |bytes: &[u8]| {
            let mut out = lz4_flex::frame::FrameEncoder::new(Vec::new());
            out.write_all(bytes).unwrap();
            out.finish().unwrap()
        };
        let bytes = [frame(b"The river "), frame(b""), frame(b"rose.")].concat();
        assert_eq!(Container::detect(&bytes), Some(Container::Lz4));
        assert_eq!(members(Container::Lz4, &bytes).unwrap(), [(None, 15)]);
        assert_eq!(Container::Lz4.inner_name("a.json.lz4"), "a.json");
    }

    #[test]
    fn a_bomb_is_refused() {
        let zeros = vec![0; 80 << 20];
        assert!(matches!(members(Container::Gzip, &gzip(&zeros)), Err(Fault::Bomb)));
    }

    #[test]
    fn names_lose_the_ending() {
        assert_eq!(Container::Gzip.inner_name("a.json.gz"), "a.json");
        assert_eq!(Container::Gzip.inner_name("a.TGZ"), "a.tar");
        assert_eq!(Container::Xz.inner_name("a"), "a");
    }
}
