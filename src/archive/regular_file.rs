//! Opens regular files and nothing else. A named pipe, a socket or a device might block for ever, or never end; what the walk
//! saw as a file may be one of them by now.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// Opens the file at `path` for reading, without waiting for anything; fails if it is no regular file.
pub fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // A named pipe is opened at once, and refused below; reading a regular file is not changed by it.
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let file = options.open(path)?;
    let about = file.metadata()?;
    if about.is_file() {
        return Ok(file);
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, format!("it is {}", kind(&about))))
}

/// What a path leads to that is neither a file nor a folder, with its article.
#[cfg(unix)]
pub fn kind(about: &Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    let kind = about.file_type();
    if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

/// What a path leads to that is neither a file nor a folder, with its article.
#[cfg(not(unix))]
pub fn kind(about: &Metadata) -> &'static str {
    if about.is_dir() { "a folder" } else { "a device" }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_named_pipe_is_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("a.txt");
        let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, mode, 0).unwrap();
        assert_eq!(open(&pipe).unwrap_err().to_string(), "it is a named pipe");
        assert_eq!(open(Path::new("/dev/null")).unwrap_err().to_string(), "it is a device");
        assert_eq!(open(folder.path()).unwrap_err().to_string(), "it is a folder");
    }
}
