//! The lock that only one writer of an index holds at a time.

use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::time::Duration;

use crate::atomic_file;
use crate::error::{Error, Result};

/// Held while an index is written. The file stays; the operating system releases the lock on it when the process ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the index in `dir`, which is created if it does not exist; or fails, naming the holder.
    pub fn take(dir: &Path) -> Result<Self> {
        atomic_file::create_folder(dir).map_err(Error::io("create", dir))?;
        let path = dir.join("newsdex.lock");
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(Error::io("lock", &path))?;
        if !try_lock(&file) {
            let mut holder = String::new();
            let _ = file.read_to_string(&mut holder);
            let holder = holder.trim().to_owned();
            return Err(Error::Locked { index: dir.to_path_buf(), holder });
        }
        let holder = format!("process {}, since {}\n", std::process::id(), jiff::Timestamp::now());
        let write = |file: &mut File| {
            file.set_len(0)?;
            file.rewind()?;
            file.write_all(holder.as_bytes())
        };
        write(&mut file).map_err(Error::io("lock", &path))?;
        Ok(Self { _file: file })
    }
}

/// Whether the lock could be taken. A child process holds the open files of its parent until it executes its program, so
/// a lock that was just released is waited for.
fn try_lock(file: &File) -> bool {
    const TRIES: u32 = 20;
    const PAUSE: Duration = Duration::from_millis(10);
    (0..TRIES).any(|attempt| {
        if attempt > 0 {
            std::thread::sleep(PAUSE);
        }
        file.try_lock().is_ok()
    })
}
