//! The lock that only one writer of an index holds at a time.

use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::Path;
use std::time::Duration;

use crate::atomic_file;
use crate::error::{Error, Result};

/// The file that is locked.
const NAME: &str = "newsdex.lock";

/// Held while an index is written. The file stays; the operating system releases the lock on it when the process ends.
#[derive(Debug)]
pub struct Lock {
    _file: Option<File>,
}

impl Lock {
    /// Takes the lock of the index in `dir`, which is created if it does not exist; or fails, naming the holder.
    pub fn take(dir: &Path) -> Result<Self> {
        atomic_file::create_folder(dir).map_err(Error::io("create", dir))?;
        let path = dir.join(NAME);
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(Error::io("lock", &path))?;
        if !try_repeatedly(|| file.try_lock()) {
            return Err(locked(dir, file));
        }
        let holder = format!("process {}, since {}\n", std::process::id(), jiff::Timestamp::now());
        let write = |file: &mut File| {
            file.set_len(0)?;
            file.rewind()?;
            file.write_all(holder.as_bytes())
        };
        write(&mut file).map_err(Error::io("lock", &path))?;
        Ok(Self { _file: Some(file) })
    }

    /// Keeps writers away from the index in `dir` while it is read; or fails, naming the writer. Nothing is written: an
    /// index that no run has locked yet, such as a copy, has no lock to take.
    pub fn take_to_read(dir: &Path) -> Result<Self> {
        let path = dir.join(NAME);
        let file = match File::open(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self { _file: None }),
            file => file.map_err(Error::io("lock", &path))?,
        };
        if try_repeatedly(|| file.try_lock_shared()) {
            Ok(Self { _file: Some(file) })
        } else {
            Err(locked(dir, file))
        }
    }
}

fn locked(dir: &Path, mut file: File) -> Error {
    let mut holder = String::new();
    let _ = file.read_to_string(&mut holder);
    Error::Locked { index: dir.to_path_buf(), holder: holder.trim().to_owned() }
}

/// Whether the lock could be taken. A child process holds the open files of its parent until it executes its program, so
/// a lock that was just released is waited for.
fn try_repeatedly(take: impl Fn() -> std::result::Result<(), TryLockError>) -> bool {
    const TRIES: u32 = 20;
    const PAUSE: Duration = Duration::from_millis(10);
    (0..TRIES).any(|attempt| {
        if attempt > 0 {
            std::thread::sleep(PAUSE);
        }
        take().is_ok()
    })
}
