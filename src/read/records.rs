//! From an opened file to its records: a first pass over it where that is needed, and the pass that reads.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use super::formats::format::Format;
use super::formats::mets;
use super::line_ends;
use super::open::Opened;
use super::options::Options;
use super::record::Record;
use super::split::{self, Splitting};
use super::splitter::{Lost, Purpose, RecordSink, Splitter, format_of};
use super::versions::{self, Versions};
use crate::archive::budget::Budget;
use crate::archive::charset;
use crate::archive::container::{Container, Packed};
use crate::archive::walk::FileRef;
use crate::pdf::process::Input;
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
        ControlFlow::Continue(())
    };
    let outcome = Source::of(opened, file, options, has_stopped).and_then(|source| {
        if source.is_blank() {
            return Err(Reason::Empty);
        }
        source.pass(options, Purpose::Survey, Arc::default(), sink)
    });
    // What is over a limit is not damaged: it is read up to there.
    let outcome = outcome.or_else(|why| if why.is_limit() { Ok(()) } else { Err(why) });
    let damage = outcome.err().map(Reason::of_what_was_readable).or(damage);
    Survey { damage, versions: Arc::new(versions) }
}

/// Passes the records of `file` to `sink`, in order, with the members of containers and the records that cannot be read.
/// `Err` says why the file, or the rest of it, could not be read. It ends early once `has_stopped`.
pub fn records(
    opened: &Opened,
    file: &FileRef,
    options: &Options,
    survey: Option<Survey>,
    has_stopped: &dyn Fn() -> bool,
    sink: &mut RecordSink<'_>,
) -> Result<(), Reason> {
    let source = Source::of(opened, file, options, has_stopped)?;
    source.read(options, survey.map(|survey| survey.versions), sink)
}

/// [`records`] of `bytes`, whose key in the archive is `key`.
pub(super) fn of_bytes(
    bytes: Vec<u8>,
    key: &str,
    options: &Options,
    sink: &mut RecordSink<'_>,
) -> Result<(), Reason> {
    let size = bytes.len() as u64;
    let content = Content::of(bytes.into(), None, key, options);
    let source = Source { key, size, has_stopped: &|| false, bytes: Bytes::Small(content) };
    source.read(options, None, sink)
}

/// A file that is read in one or more passes.
struct Source<'s> {
    key: &'s str,
    /// Bytes on the disk.
    size: u64,
    has_stopped: &'s dyn Fn() -> bool,
    bytes: Bytes<'s>,
}

/// Where the bytes of a file are.
enum Bytes<'s> {
    /// In memory.
    Small(Content<'s>),
    /// On the disk.
    Large(&'s Opened),
}

impl<'s> Source<'s> {
    fn of(
        opened: &'s Opened,
        file: &'s FileRef,
        options: &Options,
        has_stopped: &'s dyn Fn() -> bool,
    ) -> Result<Self, Reason> {
        let bytes = match opened.content()? {
            Some(bytes) => Bytes::Small(Content::of(bytes, Some(&file.path), &file.key, options)),
            None => Bytes::Large(opened),
        };
        Ok(Self { key: &file.key, size: opened.size(), has_stopped, bytes })
    }

    fn is_blank(&self) -> bool {
        matches!(&self.bytes, Bytes::Small(content) if content.bytes.trim_ascii().is_empty())
    }

    /// Reads it; if no survey has found the versions of its items, a pass of its own does.
    fn read(
        &self,
        options: &Options,
        surveyed: Option<Arc<Versions>>,
        sink: &mut RecordSink<'_>,
    ) -> Result<(), Reason> {
        let versions = match surveyed {
            Some(versions) => versions,
            None if self.may_have_versions() => self.versions(options),
            None => Arc::default(),
        };
        self.pass(options, Purpose::Reading, versions, sink)
    }

    /// Whether it may hold several versions of an item.
    fn may_have_versions(&self) -> bool {
        match &self.bytes {
            Bytes::Small(content) => content.may_have_versions(),
            Bytes::Large(_) => true,
        }
    }

    /// The highest versions of its items. Errors are ignored here: reading reports them.
    fn versions(&self, options: &Options) -> Arc<Versions> {
        let mut versions = Versions::default();
        let sink = &mut |piece: Result<Record, Lost>| {
            if let Ok(record) = piece {
                record.add_versions(options, &mut versions);
            }
            ControlFlow::Continue(())
        };
        let _ = self.pass(options, Purpose::Versions, Arc::default(), sink);
        Arc::new(versions)
    }

    /// One pass over all of it, with a budget of its own.
    fn pass(
        &self,
        options: &Options,
        purpose: Purpose,
        versions: Arc<Versions>,
        sink: &mut RecordSink<'_>,
    ) -> Result<(), Reason> {
        let budget = Budget::of_file(self.size, self.has_stopped);
        let mut splitter = Splitter::new(options, sink, purpose, versions, &budget);
        let outcome = match &self.bytes {
            Bytes::Small(content) => content.clone().pass(&mut splitter),
            Bytes::Large(opened) => {
                opened.at_start().and_then(|file| splitter.file(file, self.key))
            }
        };
        splitter.limit_met(self.key).map_or(outcome, Err)
    }
}

/// A file that was read at once.
#[derive(Clone)]
struct Content<'c> {
    bytes: bytes::Bytes,
    packed: Option<Container>,
    format: &'static Format,
    path: Option<&'c Path>,
    key: &'c str,
}

impl<'c> Content<'c> {
    fn of(bytes: bytes::Bytes, path: Option<&'c Path>, key: &'c str, options: &Options) -> Self {
        let packed = Container::detect(&bytes);
        let bytes = if packed.is_none() { as_ascii_compatible(bytes) } else { bytes };
        let format = format_of(&bytes, key, options);
        let bytes = if packed.is_none() { with_line_feeds(bytes, format) } else { bytes };
        Self { bytes, packed, format, path, key }
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
                splitter.whole(bytes, pages, key, format)
            }
            Splitting::Table => splitter.table(bytes, key, format),
            Splitting::Document => splitter.document(Input::Bytes(bytes), key, format),
            splitting => {
                splitter.split(key, format, |sink| split::split(splitting, &mut &bytes[..], sink))
            }
        }
    }
}

/// UTF-16 converted to UTF-8, for formats that are split as bytes.
pub(super) fn as_ascii_compatible(bytes: bytes::Bytes) -> bytes::Bytes {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        charset::decode(&bytes).map_or(bytes, |text| text.into_bytes().into())
    } else {
        bytes
    }
}

/// The bytes with line feeds as line ends, if the format has lines and they end with carriage returns.
pub(super) fn with_line_feeds(bytes: bytes::Bytes, format: &Format) -> bytes::Bytes {
    if !format.has_lines() || !line_ends::are_carriage_returns(&bytes) {
        return bytes;
    }
    let mut bytes = Vec::from(bytes);
    line_ends::to_line_feeds(&mut bytes);
    bytes.into()
}
