//! From an opened file to its records: containers are unpacked, formats detected, large files split.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

#[cfg(feature = "parquet")]
use ::parquet::file::reader::ChunkReader;
use bytes::Bytes;

use super::detect;
use super::formats::format::{FileHead, Format};
#[cfg(feature = "parquet")]
use super::formats::parquet;
use super::formats::{self, mets};
use super::open::{BUFFER, Opened, unreadable};
use super::options::Options;
use super::record::Record;
use super::split::{self, Splitting};
use super::versions::{self, Versions};
use super::window::MAX_BYTES;
use crate::archive::charset;
use crate::archive::container::{self, Container, Fault, Packed};
use crate::archive::walk::FileRef;
use crate::report::Reason;

/// Takes a record; a break ends the file.
type RecordSink<'s> = dyn FnMut(Record) -> ControlFlow<()> + 's;

/// Passes the records of `file` to `sink`, in order. `Err` says why the file, or the rest of it, could not be read.
pub fn records(
    opened: Opened,
    file: &FileRef,
    options: &Options,
    sink: &mut RecordSink<'_>,
) -> Result<(), Reason> {
    let mut opened = match opened {
        Opened::Small(bytes) => {
            return of_bytes(bytes, Some(&file.path), &file.key, options, sink);
        }
        Opened::Large(opened) => opened,
    };
    let versions = versions_of(options, |splitter| {
        splitter.file(opened.try_clone().map_err(unreadable)?, &file.key)
    });
    opened.rewind().map_err(unreadable)?;
    Splitter { options, sink, versions, is_survey: false }.file(opened, &file.key)
}

/// [`records`] of `bytes`, whose key in the archive is `key` and, if they are a file, whose path is `path`.
pub(super) fn of_bytes(
    bytes: Vec<u8>,
    path: Option<&Path>,
    key: &str,
    options: &Options,
    sink: &mut RecordSink<'_>,
) -> Result<(), Reason> {
    let mut splitter = Splitter { options, sink, versions: Arc::default(), is_survey: false };
    if let Some(kind) = Container::detect(&bytes) {
        let packed = || Packed::Stream(Box::new(&bytes[..]));
        splitter.versions =
            versions_of(options, |survey| survey.unpack(kind, packed(), key, key, 1));
        return splitter.unpack(kind, packed(), key, key, 1);
    }
    let bytes = as_ascii_compatible(bytes);
    let format = splitter.format(&bytes, key);
    let pages = match (format.name, path) {
        ("mets", Some(path)) => mets::pages(&bytes, path),
        ("alto", Some(path)) if mets::has_issue(path) => return Ok(()),
        _ => Vec::new(),
    };
    if matches!(format.splitting, Splitting::Whole) {
        return splitter.whole(bytes, pages, key, format);
    }
    let bytes = Bytes::from(bytes);
    let all = |splitter: &mut Splitter<'_, '_>| match format.splitting {
        Splitting::Table => splitter.table(bytes.clone(), key, format),
        splitting => {
            splitter.split(key, format, |sink| split::split(splitting, &mut &bytes[..], sink))
        }
    };
    if format.is_versioned() && versions::may_be_stated(&bytes) {
        splitter.versions = versions_of(options, all);
    }
    all(&mut splitter)
}

/// The versions of the items in the records that `read` passes on. Errors are ignored here: reading reports them.
fn versions_of(
    options: &Options,
    read: impl FnOnce(&mut Splitter<'_, '_>) -> Result<(), Reason>,
) -> Arc<Versions> {
    let mut versions = Versions::default();
    let mut sink = |record: Record| {
        record.add_versions(options, &mut versions);
        ControlFlow::Continue(())
    };
    let _ =
        read(&mut Splitter { options, sink: &mut sink, versions: Arc::default(), is_survey: true });
    Arc::new(versions)
}

/// UTF-16 converted to UTF-8, for formats that are split as bytes.
fn as_ascii_compatible(bytes: Vec<u8>) -> Vec<u8> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        charset::decode(&bytes).map_or(bytes, String::into_bytes)
    } else {
        bytes
    }
}

/// Splits one file into records.
struct Splitter<'a, 's> {
    options: &'a Options,
    sink: &'a mut RecordSink<'s>,
    versions: Arc<Versions>,
    /// Whether only formats whose items have versions are read.
    is_survey: bool,
}

impl Splitter<'_, '_> {
    fn format(&self, head: &[u8], key: &str) -> &'static Format {
        let name = key.rsplit('/').next().unwrap_or(key);
        let detected = || formats::named(detect::detect(head, name));
        self.options.format.or_else(detected).unwrap_or(&formats::FORMATS[0])
    }

    /// A large file on the disk.
    fn file(&mut self, mut file: File, key: &str) -> Result<(), Reason> {
        let mut head = Vec::new();
        file.by_ref().take(detect::HEAD as u64).read_to_end(&mut head).map_err(unreadable)?;
        file.rewind().map_err(unreadable)?;
        if let Some(kind) = Container::detect(&head) {
            return self.unpack(kind, Packed::File(file), key, key, 1);
        }
        let format = self.format(&head, key);
        let is_whole = matches!(format.splitting, Splitting::Whole);
        if self.is_survey && (!format.is_versioned() || is_whole) {
            return Ok(());
        }
        if matches!(format.splitting, Splitting::Table) {
            return self.table(file, key, format);
        }
        self.stream(&mut BufReader::with_capacity(BUFFER, file), key, format)
    }

    /// The members of a container. A member that cannot be read costs only itself.
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
            let member_key = match name {
                Some(name) => format!("{key}!/{name}"),
                None => key.to_owned(),
            };
            let name_inside = name.map_or_else(|| kind.inner_name(file), str::to_owned);
            if let Err(reason) = self.member(member, &name_inside, &member_key, depth) {
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
                self.stream(member, key, format)
            }
        }
    }

    /// A file or member that is read from its start.
    fn stream(
        &mut self,
        source: &mut dyn BufRead,
        key: &str,
        format: &'static Format,
    ) -> Result<(), Reason> {
        if self.is_survey && !format.is_versioned() {
            return Ok(());
        }
        if !matches!(format.splitting, Splitting::Whole | Splitting::Table) {
            return self.split(key, format, |sink| split::split(format.splitting, source, sink));
        }
        let mut bytes = Vec::new();
        let outcome = source.take(MAX_BYTES + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > MAX_BYTES {
            return Err(Reason::TooLarge);
        }
        // The beginning of a truncated member is kept.
        if bytes.is_empty()
            && let Err(error) = outcome
        {
            return Err(Reason::Container(error.to_string()));
        }
        if matches!(format.splitting, Splitting::Table) {
            return self.table(Bytes::from(bytes), key, format);
        }
        self.whole(as_ascii_compatible(bytes), Vec::new(), key, format)
    }

    /// A Parquet file, which is read from its end.
    #[cfg(feature = "parquet")]
    fn table<R: ChunkReader + 'static>(
        &mut self,
        source: R,
        key: &str,
        format: &'static Format,
    ) -> Result<(), Reason> {
        let map = &self.options.map;
        self.split(key, format, |sink| parquet::rows(source, map, sink))
    }

    /// A Parquet file, in a build that does not read them.
    #[cfg(not(feature = "parquet"))]
    #[expect(clippy::unused_self, reason = "the other build's has it")]
    fn table<R>(&mut self, _: R, _: &str, _: &'static Format) -> Result<(), Reason> {
        Err(Reason::NotBuilt("parquet"))
    }

    /// A file that is one record.
    fn whole(
        &mut self,
        bytes: Vec<u8>,
        pages: Vec<(String, Vec<u8>)>,
        key: &str,
        format: &'static Format,
    ) -> Result<(), Reason> {
        let record = Record {
            key: key.to_owned(),
            format,
            bytes,
            head: Arc::default(),
            pages,
            number: 0,
            is_alone: !format.has_many,
            versions: Arc::clone(&self.versions),
        };
        if (self.sink)(record).is_break() { Err(Reason::Stopped) } else { Ok(()) }
    }

    /// The records that `split` passes on.
    fn split(
        &mut self,
        key: &str,
        format: &'static Format,
        split: impl FnOnce(&mut split::ByteSink<'_>) -> io::Result<()>,
    ) -> Result<(), Reason> {
        let mut head: Arc<FileHead> = Arc::default();
        let mut number = 0;
        let mut stopped = false;
        let mut has_many = format.has_many;
        // A record waits for the next one, which shows that it is not alone.
        let mut waiting: Option<Record> = None;
        let outcome = split(&mut |bytes, is_head| {
            if is_head {
                // What precedes the objects of JSON opens a list of them.
                has_many |= matches!(format.splitting, Splitting::Objects);
                let claimed = charset::claimed_by_xml(&bytes);
                let text = charset::decode_as(&bytes, claimed).unwrap_or_default();
                head = Arc::new(FileHead::new(text));
                return ControlFlow::Continue(());
            }
            number += 1;
            let record = Record {
                key: key.to_owned(),
                format,
                bytes,
                head: Arc::clone(&head),
                pages: Vec::new(),
                number,
                is_alone: false,
                versions: Arc::clone(&self.versions),
            };
            let flow = waiting.replace(record).map_or(ControlFlow::Continue(()), &mut *self.sink);
            stopped = flow.is_break();
            flow
        });
        if let Some(last) = waiting.filter(|_| !stopped) {
            let is_alone = number == 1 && !has_many;
            stopped = (self.sink)(Record { is_alone, ..last }).is_break();
        }
        match outcome {
            _ if stopped => Err(Reason::Stopped),
            // A truncated stream gives the records before its end; a broken table has lost rows.
            Err(error) if number == 0 || matches!(format.splitting, Splitting::Table) => {
                Err(Reason::Container(error.to_string()))
            }
            _ => Ok(()),
        }
    }
}
