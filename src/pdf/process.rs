//! PDFs are read by a program of their own, which the system ends when it takes too much memory or time: no decoder of PDF can
//! be told how much it may take. The program is this one, started with [`COMMAND`]; it takes a file on standard input and
//! answers on standard output. Where no program was set, as in the library, a file is read in this process.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Condvar, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use bytes::Bytes;

use super::{Document, Options, Refusal};

/// The command of the program that reads a PDF.
pub const COMMAND: &str = "read-pdf";

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 256 << 20;

/// The largest answer, in bytes.
const MAX_ANSWER: u64 = 256 << 20;

/// Memory beside that of the file and what is decoded of its pages, in bytes: address space, much of which is never used.
#[cfg(unix)]
const MEMORY: u64 = 768 << 20;

/// Seconds of a processor for a small file; a larger one may take one more for every [`BYTES_A_SECOND`].
#[cfg(unix)]
const SECONDS: u64 = 60;

#[cfg(unix)]
const BYTES_A_SECOND: u64 = 1 << 20;

/// How often it is asked whether to stop.
const PATIENCE: Duration = Duration::from_millis(20);

/// The program that reads PDFs.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Sets the program that reads PDFs: from now on, none is read in this process.
pub fn set_program(program: PathBuf) {
    let _ = PROGRAM.set(program);
}

/// The bytes of a file.
#[derive(Debug)]
pub enum Input {
    /// In memory.
    Bytes(Bytes),
    /// On the disk, at its start.
    File(File),
}

/// Why a file was not read.
#[derive(Debug)]
pub enum Failure {
    /// By what it is.
    Refused(Refusal),
    /// It takes more than a file may.
    OverLimit(&'static str),
    /// It could not be read now.
    Unreadable(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}

/// Reads a file.
pub fn read(input: Input, options: Options<'_>) -> Result<Document, Failure> {
    let answer = match PROGRAM.get() {
        Some(program) => {
            let _place = Place::take();
            let answer = ask(program, input, options.has_stopped)?;
            serde_json::from_slice(&answer).map_err(io::Error::from)?
        }
        None => super::read(all(input)?, options),
    };
    answer.map_err(Failure::Refused)
}

fn all(input: Input) -> Result<Vec<u8>, Failure> {
    let file = match input {
        Input::Bytes(bytes) => return Ok(bytes.into()),
        Input::File(file) => file,
    };
    let mut bytes = Vec::new();
    file.take(MAX_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(Failure::OverLimit("a PDF of more than 256 MB"));
    }
    Ok(bytes)
}

/// The answer of the program.
fn ask(
    program: &PathBuf,
    input: Input,
    has_stopped: &dyn Fn() -> bool,
) -> Result<Vec<u8>, Failure> {
    let mut command = Command::new(program);
    command.arg(COMMAND).stdout(Stdio::piped()).stderr(Stdio::null());
    // The allocator keeps address space for later, which would count as memory that is used.
    command.env("MIMALLOC_ARENA_RESERVE", "65536");
    // Who interrupts the run interrupts what it waits for only in its order.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let bytes = match input {
        Input::File(file) => {
            command.stdin(file);
            None
        }
        Input::Bytes(bytes) => {
            command.stdin(Stdio::piped());
            Some(bytes)
        }
    };
    let mut child = command.spawn()?;
    let answer = talk(&mut child, bytes, has_stopped);
    let status = child.wait()?;
    if has_stopped() {
        return Err(Failure::Refused(Refusal::Stopped));
    }
    if !status.success() {
        return Err(Failure::OverLimit("it takes more memory or time than a PDF may"));
    }
    let answer = answer?;
    if answer.len() as u64 > MAX_ANSWER {
        return Err(Failure::OverLimit("a PDF with more than 256 MB of text"));
    }
    Ok(answer)
}

/// Sends `bytes` and takes the answer; ends the program once the reader is to stop.
fn talk(
    child: &mut Child,
    bytes: Option<Bytes>,
    has_stopped: &dyn Fn() -> bool,
) -> io::Result<Vec<u8>> {
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    thread::scope(|scope| {
        // A program that ended early says so by its status.
        scope.spawn(move || bytes.zip(stdin).map(|(bytes, mut stdin)| stdin.write_all(&bytes)));
        let (sender, receiver) = mpsc::channel();
        scope.spawn(move || {
            let mut answer = Vec::new();
            let read =
                stdout.map_or(Ok(0), |out| out.take(MAX_ANSWER + 1).read_to_end(&mut answer));
            let _ = sender.send(read.map(|_| answer));
        });
        loop {
            match receiver.recv_timeout(PATIENCE) {
                Ok(answer) => return answer,
                Err(RecvTimeoutError::Timeout) if has_stopped() => child.kill()?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(io::ErrorKind::BrokenPipe.into()),
            }
        }
    })
}

/// A place among the programs that run at once: as many as there are processors.
struct Place;

static RUNNING: (Mutex<usize>, Condvar) = (Mutex::new(0), Condvar::new());

impl Place {
    fn take() -> Self {
        let most = thread::available_parallelism().map_or(1, usize::from);
        let running = RUNNING.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut running = RUNNING
            .1
            .wait_while(running, |running| *running >= most)
            .unwrap_or_else(PoisonError::into_inner);
        *running += 1;
        Self
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *RUNNING.0.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        RUNNING.1.notify_one();
    }
}

/// What the program answers to the file on `input`, within the limits that the system has.
pub fn answer(
    input: &mut dyn Read,
    is_download: fn(&str) -> bool,
) -> io::Result<Result<Document, Refusal>> {
    end_with_parent();
    let mut bytes = Vec::new();
    input.take(MAX_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    limit(bytes.len() as u64)?;
    Ok(super::read(bytes, Options { is_download, has_stopped: &|| false }))
}

/// The program ends with the one that started it.
fn end_with_parent() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}

/// Limits this process for a file of `size` bytes.
#[cfg(unix)]
fn limit(size: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let set = |what, most| setrlimit(what, Rlimit { current: Some(most), maximum: Some(most) });
    set(Resource::Core, 0)?;
    set(Resource::Cpu, SECONDS + size / BYTES_A_SECOND)?;
    // Where the system has no such limit, this one does nothing.
    set(Resource::As, MEMORY + 2 * size)?;
    Ok(())
}

/// Limits this process: the system has no means that this program uses.
#[cfg(not(unix))]
fn limit(_: u64) -> io::Result<()> {
    Ok(())
}
