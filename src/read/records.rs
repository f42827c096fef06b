//! From an opened file to its records: a first pass over it where that is needed, and the pass that reads.

use std::fs::File;
use std::io::Seek;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;

use super::formats::format::Format;
use super::formats::mets;
use super::line_ends;
use super::open::{Opened, unreadable};
use super::options::Options;
use super::record::Record;
use super::split::{self, Splitting};
use super::splitter::{Lost, Purpose, RecordSink, Splitter, format_of};
use super::versions::{self, Versions};
use crate::archive::charset;
use crate::archive::container::{Container, Packed};
use crate::archive::walk::FileRef;
use crate::report::Reason;

/// What a first pass over a file finds, which unpacks and splits it, and reads no article.
#[derive(Debug, Default)]
pub struct Survey {
    /// Why the file is damaged, or cannot be read as a whole.
    pub damage: Option<Reason>,
    versions: Arc<Versions>,
}

impl Survey {
    /// Of a file in which a reader fails.
    pub fn of_fault() -> Self {
        Self { damage: Some(Reason::Fault), ..Self::default() }
    }
}

/// Surveys `file`. It ends early once `has_stopped`; [`Reason::Stopped`] says so.
pub fn survey(
    opened: &Opened,
    file: &FileRef,
    options: &Options,
    has_stopped: &dyn Fn() -> bool,
) -> Survey {
    let (mut versions, mut damage) = (Versions::default(), None);
    let sink = &mut |piece: Result<Record, Lost>| {
        match piece {
            Ok(record) => record.add_versions(options, &mut versions),
            Err(lost) if lost.reason.is_damage() => _ = damage.get_or_insert(lost.reason),
            Err(_) => {}
        }
        if has_stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let mut splitter = Splitter::new(options, sink, Purpose::Survey, Arc::default());
    let outcome = match opened {
        Opened::Small(bytes) if bytes.trim_ascii().is_empty() => Err(Reason::Empty),
        Opened::Small(bytes) => {
            Content::of(bytes.clone(), Some(&file.path), &file.key, options).pass(&mut splitter)
        }
        Opened::Large(opened) => from_start(opened, &file.key, &mut splitter),
    };
    let damage = outcome.err().map(Reason::of_what_was_readable).or(damage);
    Survey { damage, versions: Arc::new(versions) }
}

/// Passes the records of `file` to `sink`, in order, with the members of containers and the records that cannot be read.
/// `Err` says why the file, or the rest of it, could not be read.
pub fn records(
    opened: Opened,
    file: &FileRef,
    options: &Options,
    survey: Option<Survey>,
    sink: &mut RecordSink<'_>,
) -> Result<(), Reason> {
    let surveyed = survey.map(|survey| survey.versions);
    let opened = match opened {
        Opened::Small(bytes) => {
            let content = Content::of(bytes, Some(&file.path), &file.key, options);
            return content.read(options, surveyed, sink);
        }
        Opened::Large(opened) => opened,
    };
    let survey = || versions_of(options, |splitter| from_start(&opened, &file.key, splitter));
    let versions = surveyed.unwrap_or_else(survey);
    let mut splitter = Splitter::new(options, sink, Purpose::Reading, versions);
    from_start(&opened, &file.key, &mut splitter)
}

/// [`records`] of `bytes`, whose key in the archive is `key`.
pub(super) fn of_bytes(
    bytes: Vec<u8>,
    key: &str,
    options: &Options,
    sink: &mut RecordSink<'_>,
) -> Result<(), Reason> {
    Content::of(bytes.into(), None, key, options).read(options, None, sink)
}

/// The highest versions of the items in what `pass` splits. Errors are ignored here: reading reports them.
fn versions_of(
    options: &Options,
    pass: impl FnOnce(&mut Splitter<'_, '_>) -> Result<(), Reason>,
) -> Arc<Versions> {
    let mut versions = Versions::default();
    let sink = &mut |piece: Result<Record, Lost>| {
        if let Ok(record) = piece {
            record.add_versions(options, &mut versions);
        }
        ControlFlow::Continue(())
    };
    let _ = pass(&mut Splitter::new(options, sink, Purpose::Versions, Arc::default()));
    Arc::new(versions)
}

/// A large file on the disk, from its start.
fn from_start(opened: &File, key: &str, splitter: &mut Splitter<'_, '_>) -> Result<(), Reason> {
    let mut file = opened.try_clone().map_err(unreadable)?;
    file.rewind().map_err(unreadable)?;
    splitter.file(file, key)
}

/// A file that was read at once.
#[derive(Clone)]
struct Content<'c> {
    bytes: Bytes,
    packed: Option<Container>,
    format: &'static Format,
    path: Option<&'c Path>,
    key: &'c str,
}

impl<'c> Content<'c> {
    fn of(bytes: Bytes, path: Option<&'c Path>, key: &'c str, options: &Options) -> Self {
        let packed = Container::detect(&bytes);
        let bytes = if packed.is_none() { as_ascii_compatible(bytes) } else { bytes };
        let format = format_of(&bytes, key, options);
        let bytes = if packed.is_none() { with_line_feeds(bytes, format) } else { bytes };
        Self { bytes, packed, format, path, key }
    }

    fn read(
        self,
        options: &Options,
        surveyed: Option<Arc<Versions>>,
        sink: &mut RecordSink<'_>,
    ) -> Result<(), Reason> {
        let survey = || versions_of(options, |splitter| self.clone().pass(splitter));
        let versions = match surveyed {
            Some(versions) => versions,
            None if self.may_have_versions() => survey(),
            None => Arc::default(),
        };
        self.pass(&mut Splitter::new(options, sink, Purpose::Reading, versions))
    }

    /// Whether it may hold several versions of an item.
    fn may_have_versions(&self) -> bool {
        let is_whole = matches!(self.format.splitting, Splitting::Whole);
        let may_state = || versions::may_be_stated(&self.bytes);
        self.packed.is_some() || !is_whole && self.format.is_versioned() && may_state()
    }

    fn pass(self, splitter: &mut Splitter<'_, '_>) -> Result<(), Reason> {
        let Self { bytes, packed, format, path, key } = self;
        if let Some(kind) = packed {
            return splitter.unpack(kind, Packed::Stream(Box::new(&bytes[..])), key, key, 1);
        }
        match format.splitting {
            Splitting::Whole => {
                let pages = match (format.name, path) {
                    ("mets", Some(path)) => mets::pages(&bytes, path),
                    ("alto", Some(path)) if mets::has_issue(path) => return Ok(()),
                    _ => Vec::new(),
                };
                splitter.whole(bytes.into(), pages, key, format)
            }
            Splitting::Table => splitter.table(bytes, key, format),
            splitting => {
                splitter.split(key, format, |sink| split::split(splitting, &mut &bytes[..], sink))
            }
        }
    }
}

/// UTF-16 converted to UTF-8, for formats that are split as bytes.
pub(super) fn as_ascii_compatible(bytes: Bytes) -> Bytes {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        charset::decode(&bytes).map_or(bytes, |text| text.into_bytes().into())
    } else {
        bytes
    }
}

/// The bytes with line feeds as line ends, if the format has lines and they end with carriage returns.
pub(super) fn with_line_feeds(bytes: Bytes, format: &Format) -> Bytes {
    if !format.has_lines() || !line_ends::are_carriage_returns(&bytes) {
        return bytes;
    }
    let mut bytes = Vec::from(bytes);
    line_ends::to_line_feeds(&mut bytes);
    bytes.into()
}
