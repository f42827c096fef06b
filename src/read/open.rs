//! From a file on the disk to its pieces: containers, formats, records.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use ::parquet::file::reader::ChunkReader;
use bytes::Bytes;

use super::formats::{Format, Head, named};
use super::formats::{mets, parquet};
use super::split::{self, Cut};
use super::versions::{self, Versions};
use super::{MAX_BYTES, Options, Piece, detect};
use crate::archive::charset;
use crate::archive::container::{self, Container, Fault, Packed};
use crate::archive::walk::FileRef;
use crate::report::Reason;

/// Smaller files are read at once, in bytes.
const SMALL: u64 = 16 << 20;

/// Bytes read at once of larger ones.
const BUFFER: usize = 256 << 10;

/// Takes a piece; a break ends the file.
type Each<'e> = dyn FnMut(Piece) -> ControlFlow<()> + 'e;

/// A file that is about to be read.
#[derive(Debug)]
pub enum Opened {
    /// All its bytes.
    Small(Vec<u8>),
    /// Too large to be read at once.
    Large(File),
}

/// Opens `file`; a small one is read.
pub fn open(file: &FileRef) -> Result<Opened, Reason> {
    if file.size <= SMALL {
        std::fs::read(&file.path).map(Opened::Small).map_err(unreadable)
    } else {
        File::open(&file.path).map(Opened::Large).map_err(unreadable)
    }
}

impl Opened {
    /// Feeds all bytes to `take`, without holding a large file in memory. Gives their number.
    pub fn feed(&mut self, take: &mut dyn FnMut(&[u8])) -> Result<u64, Reason> {
        let file = match self {
            Self::Small(bytes) => {
                take(bytes);
                return Ok(bytes.len() as u64);
            }
            Self::Large(file) => file,
        };
        let mut reader = BufReader::with_capacity(BUFFER, &*file);
        let mut length = 0;
        loop {
            let chunk = reader.fill_buf().map_err(unreadable)?;
            if chunk.is_empty() {
                break;
            }
            take(chunk);
            let used = chunk.len();
            length += used as u64;
            reader.consume(used);
        }
        file.rewind().map_err(unreadable)?;
        Ok(length)
    }
}

/// Hands on the pieces of `file`, in order. `Err` is why the file, or the rest of it, could not be read.
pub fn pieces(
    opened: Opened,
    file: &FileRef,
    options: &Options,
    each: &mut Each<'_>,
) -> Result<(), Reason> {
    let Opened::Large(mut opened) = opened else {
        let Opened::Small(bytes) = opened else { return Ok(()) };
        return of_bytes(bytes, Some(&file.path), &file.key, options, each);
    };
    let versions = surveyed(options, |reading| {
        reading.file(opened.try_clone().map_err(unreadable)?, &file.key)
    });
    opened.rewind().map_err(unreadable)?;
    Reading { options, each, versions, is_survey: false }.file(opened, &file.key)
}

/// [`pieces`] of bytes that lie at `key`.
pub(super) fn bytes(
    bytes: Vec<u8>,
    key: &str,
    options: &Options,
    each: &mut Each<'_>,
) -> Result<(), Reason> {
    of_bytes(bytes, None, key, options, each)
}

fn of_bytes(
    bytes: Vec<u8>,
    path: Option<&Path>,
    key: &str,
    options: &Options,
    each: &mut Each<'_>,
) -> Result<(), Reason> {
    let mut reading = Reading { options, each, versions: Arc::default(), is_survey: false };
    if let Some(kind) = Container::detect(&bytes) {
        let packed = || Packed::Stream(Box::new(&bytes[..]));
        reading.versions = surveyed(options, |survey| survey.unpack(kind, packed(), key, key, 1));
        return reading.unpack(kind, packed(), key, key, 1);
    }
    let bytes = as_ascii_compatible(bytes);
    let format = reading.format(&bytes, key);
    let parts = match (format.name, path) {
        ("mets", Some(path)) => mets::pages(&bytes, path),
        ("alto", Some(path)) if mets::has_issue(path) => return Ok(()),
        _ => Vec::new(),
    };
    if format.cut == Cut::Whole {
        return reading.whole(bytes, parts, key, format);
    }
    let bytes = Bytes::from(bytes);
    let all = |reading: &mut Reading<'_, '_>| match format.cut {
        Cut::Table => reading.table(bytes.clone(), key, format),
        cut => reading.records(key, format, |each| split::cut(cut, &mut &bytes[..], each)),
    };
    if format.is_versioned() && versions::may_be_stated(&bytes) {
        reading.versions = surveyed(options, all);
    }
    all(&mut reading)
}

/// The versions of the items that `read` comes to. What cannot be read is not reported here.
fn surveyed(
    options: &Options,
    read: impl FnOnce(&mut Reading<'_, '_>) -> Result<(), Reason>,
) -> Arc<Versions> {
    let mut versions = Versions::default();
    let mut each = |piece: Piece| {
        piece.survey(options, &mut versions);
        ControlFlow::Continue(())
    };
    let _ =
        read(&mut Reading { options, each: &mut each, versions: Arc::default(), is_survey: true });
    Arc::new(versions)
}

/// UTF-16 in UTF-8, for formats that are cut as bytes.
fn as_ascii_compatible(bytes: Vec<u8>) -> Vec<u8> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        charset::decode(&bytes).map_or(bytes, String::into_bytes)
    } else {
        bytes
    }
}

/// A file while it is read.
struct Reading<'a, 'e> {
    options: &'a Options,
    each: &'a mut Each<'e>,
    versions: Arc<Versions>,
    /// Are only items with versions of interest?
    is_survey: bool,
}

impl Reading<'_, '_> {
    fn format(&self, head: &[u8], key: &str) -> &'static Format {
        let name = key.rsplit('/').next().unwrap_or(key);
        let found =
            self.options.format.or_else(|| detect::format(head, name)).or_else(|| named("text"));
        found.unwrap_or(&super::formats::FORMATS[0])
    }

    /// A file on the disk.
    fn file(&mut self, mut file: File, key: &str) -> Result<(), Reason> {
        let mut head = Vec::new();
        file.by_ref().take(detect::HEAD as u64).read_to_end(&mut head).map_err(unreadable)?;
        file.rewind().map_err(unreadable)?;
        if let Some(kind) = Container::detect(&head) {
            return self.unpack(kind, Packed::File(file), key, key, 1);
        }
        let format = self.format(&head, key);
        if self.is_survey && (!format.is_versioned() || format.cut == Cut::Whole) {
            return Ok(());
        }
        if format.cut == Cut::Table {
            return self.table(file, key, format);
        }
        self.with_format(&mut BufReader::with_capacity(BUFFER, file), key, format)
    }

    /// Looks into a container. A member that cannot be read costs itself only.
    fn unpack(
        &mut self,
        kind: Container,
        packed: Packed<'_>,
        file: &str,
        key: &str,
        depth: usize,
    ) -> Result<(), Reason> {
        let mut last = None;
        let outcome = container::open(kind, packed, &mut |name, member| {
            let inner = match name {
                Some(member) => format!("{key}!/{member}"),
                None => key.to_owned(),
            };
            let plain = name.map_or_else(|| kind.inner_name(file), str::to_owned);
            if let Err(reason) = self.member(member, &plain, &inner, depth) {
                match (reason, name) {
                    (Reason::Stopped, _) => return Err(Fault::Broken(String::new())),
                    (reason, _) => last = Some(reason),
                }
            }
            Ok(())
        });
        match (outcome, last) {
            (Err(Fault::Bomb), _) => {
                Err(Reason::Container("it unpacks to far more than it should".to_owned()))
            }
            (Err(Fault::Broken(why)), _) if !why.is_empty() => Err(Reason::Container(why)),
            (_, Some(reason)) if kind != Container::Zip && kind != Container::Tar => Err(reason),
            _ => Ok(()),
        }
    }

    fn member(
        &mut self,
        member: &mut dyn BufRead,
        name: &str,
        key: &str,
        depth: usize,
    ) -> Result<(), Reason> {
        let head = member.fill_buf().map_err(|e| Reason::Container(e.to_string()))?;
        match Container::detect(head) {
            Some(_) if depth >= container::MAX_DEPTH => {
                Err(Reason::Container("it nests too deep".to_owned()))
            }
            Some(kind) => self.unpack(kind, Packed::Stream(Box::new(member)), name, key, depth + 1),
            None => {
                let format = self.format(head, name);
                self.with_format(member, key, format)
            }
        }
    }

    fn with_format(
        &mut self,
        source: &mut dyn BufRead,
        key: &str,
        format: &'static Format,
    ) -> Result<(), Reason> {
        if self.is_survey && !format.is_versioned() {
            return Ok(());
        }
        if !matches!(format.cut, Cut::Whole | Cut::Table) {
            return self.records(key, format, |each| split::cut(format.cut, source, each));
        }
        let mut bytes = Vec::new();
        let read = source.take(MAX_BYTES + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > MAX_BYTES {
            return Err(Reason::TooLarge);
        }
        // What was cut off keeps its beginning.
        if bytes.is_empty()
            && let Err(error) = read
        {
            return Err(Reason::Container(error.to_string()));
        }
        if format.cut == Cut::Table {
            return self.table(Bytes::from(bytes), key, format);
        }
        self.whole(as_ascii_compatible(bytes), Vec::new(), key, format)
    }

    /// A file that is read from its end.
    fn table<R: ChunkReader + 'static>(
        &mut self,
        source: R,
        key: &str,
        format: &'static Format,
    ) -> Result<(), Reason> {
        let map = &self.options.map;
        self.records(key, format, |each| parquet::rows(source, map, each))
    }

    fn whole(
        &mut self,
        bytes: Vec<u8>,
        parts: Vec<(String, Vec<u8>)>,
        key: &str,
        format: &'static Format,
    ) -> Result<(), Reason> {
        let piece = Piece {
            key: key.to_owned(),
            format,
            bytes,
            head: Arc::default(),
            parts,
            number: 0,
            versions: Arc::clone(&self.versions),
        };
        if (self.each)(piece).is_break() { Err(Reason::Stopped) } else { Ok(()) }
    }

    /// The records that `cut` hands on.
    fn records(
        &mut self,
        key: &str,
        format: &'static Format,
        cut: impl FnOnce(&mut split::Each<'_>) -> io::Result<()>,
    ) -> Result<(), Reason> {
        let mut head: Arc<Head> = Arc::default();
        let mut number = 0;
        let mut stopped = false;
        let outcome = cut(&mut |bytes, is_head| {
            if is_head {
                let claimed = charset::claimed_by_xml(&bytes);
                head = Arc::new(Head::new(charset::decode_as(&bytes, claimed).unwrap_or_default()));
                return ControlFlow::Continue(());
            }
            number += 1;
            let piece = Piece {
                key: key.to_owned(),
                format,
                bytes,
                head: Arc::clone(&head),
                parts: Vec::new(),
                number,
                versions: Arc::clone(&self.versions),
            };
            let flow = (self.each)(piece);
            stopped = flow.is_break();
            flow
        });
        match outcome {
            _ if stopped => Err(Reason::Stopped),
            // A stream that was cut off gives what is there; a table that breaks has lost rows.
            Err(error) if number == 0 || format.cut == Cut::Table => {
                Err(Reason::Container(error.to_string()))
            }
            _ => Ok(()),
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "`map_err` gives it by value")]
fn unreadable(error: std::io::Error) -> Reason {
    Reason::Unreadable(error.to_string())
}
