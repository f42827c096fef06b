//! One writer at a time.

use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::time::Duration;

use crate::atomic_file;
use crate::error::{Error, Result};

/// StoredVersion while an index is written. The file stays for ever; only the lock on it counts, and that goes with the process.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the index in `dir`, which is created if need be; or says who has it, and since when.
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
        if !is_free(&file) {
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

/// Locks the file if nobody has it. A program that is being started still holds, for a moment, all that the program that
/// starts it held: so a lock just let go is waited for.
fn is_free(file: &File) -> bool {
    const TRIES: u32 = 20;
    const PAUSE: Duration = Duration::from_millis(10);
    (0..TRIES).any(|attempt| {
        if attempt > 0 {
            std::thread::sleep(PAUSE);
        }
        file.try_lock().is_ok()
    })
}
