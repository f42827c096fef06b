//! Small files with a checksum of their own: a first line of JSON that holds it, then the content.
//!
//! The checksum stands first so that no cut takes it away and leaves the content whole. A flipped bit in the first line
//! leaves a file that is neither sealed nor what early versions wrote without a seal: its content would then begin with
//! that line, which no parser of the content takes.

use std::io;
use std::path::Path;

const BEGIN: &str = "{\"checksum\":\"";
const END: &str = "\"}\n";
/// Characters of a checksum.
const DIGITS: usize = 8;

/// Why a sealed file is not what was written.
const BROKEN: &str = "its content does not have its checksum";

/// The content with its seal.
pub fn seal(content: &[u8]) -> Vec<u8> {
    [BEGIN.as_bytes(), checksum(content).as_bytes(), END.as_bytes(), content].concat()
}

/// Whether the file of these bytes has a seal.
pub fn is_sealed(file: &[u8]) -> bool {
    file.starts_with(BEGIN.as_bytes())
}

/// The content of a file that may be sealed; of one without a seal, all of it: early versions wrote none.
pub fn content(file: &[u8]) -> io::Result<&[u8]> {
    if is_sealed(file) { sealed_content(file) } else { Ok(file) }
}

/// The content of a sealed file. Fails if it has no seal.
pub fn sealed_content(file: &[u8]) -> io::Result<&[u8]> {
    let broken = || io::Error::new(io::ErrorKind::InvalidData, BROKEN);
    let sealed = file.strip_prefix(BEGIN.as_bytes()).ok_or_else(broken)?;
    let (sum, rest) = sealed.split_at_checked(DIGITS).ok_or_else(broken)?;
    let content = rest.strip_prefix(END.as_bytes()).ok_or_else(broken)?;
    if checksum(content).as_bytes() == sum { Ok(content) } else { Err(broken()) }
}

/// Replaces the file `path` by `content` with its seal, as [`super::replace`] does.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    super::replace(path, &seal(content))
}

/// The content of the sealed file `path`. Fails if it has no seal.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    sealed_content(&std::fs::read(path)?).map(<[u8]>::to_vec)
}

/// CRC-32, in hexadecimal: it differs for any change of up to three bits.
fn checksum(content: &[u8]) -> String {
    format!("{:08x}", crc32fast::hash(content))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_read_and_no_damage_passes() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        replace(&path, b"{\"runs\": [1, 2]}").unwrap();
        let whole = std::fs::read(&path).unwrap();
        assert_eq!(read(&path).unwrap(), b"{\"runs\": [1, 2]}");
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut damaged = whole.clone();
                damaged[at] ^= 1 << bit;
                let taken = content(&damaged).ok().filter(|content| is_json(content));
                assert_eq!(taken, None, "bit {bit} of byte {at}");
            }
            assert!(!content(&whole[..at]).is_ok_and(is_json), "cut to {at} bytes");
        }
    }

    fn is_json(content: &[u8]) -> bool {
        serde_json::from_slice::<serde_json::Value>(content).is_ok()
    }

    #[test]
    fn early_files_have_no_seal() {
        assert_eq!(content(b"1\n").unwrap(), b"1\n");
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, "1\n").unwrap();
        assert_eq!(read(&path).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }
}
