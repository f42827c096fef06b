//! Splits one file into records: containers are unpacked, formats detected, and what cannot be read is told.

use std::fs::File;
use std::io::{self, BufRead, Read, Seek};
use std::ops::ControlFlow;
use std::sync::Arc;

#[cfg(feature = "parquet")]
use ::parquet::file::reader::ChunkReader;
use bytes::Bytes;

use super::formats;
use super::formats::format::{FileHead, Format};
use super::formats::mets::PageFile;
#[cfg(feature = "parquet")]
use super::formats::parquet;
use super::formats::pdf;
use super::limits::MAX_RECORD;
use super::line_ends::{self, LineFeeds};
use super::open::{unreadable, within_budget};
use super::options::Options;
use super::record::Record;
use super::records::{as_ascii_compatible, with_line_feeds};
use super::split::{self, Piece, Splitting};
use super::versions::Versions;
use super::{closing, detect};
use crate::archive::budget::{Budget, Limit};
use crate::archive::charset;
use crate::archive::container::{self, Container, Fault, Packed};
use crate::pdf::process::Input;
use crate::report::{LostRecords, Reason};

/// A member of a container, or records of a file, that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The key of the file; for a member of a container, `!/` and its name follow.
    pub key: String,
    /// Why.
    pub reason: Reason,
}

/// Takes a record, or what is lost; a break ends the file.
pub(super) type RecordSink<'s> = dyn FnMut(Result<Record, Lost>) -> ControlFlow<()> + 's;

/// What a pass over a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To read all articles.
    Reading,
    /// To find the versions of items: only formats whose items have versions are split.
    Versions,
    /// To find versions and damage: all is split.
    Survey,
}

/// The format of a file that begins with `head`.
pub(super) fn format_of(head: &[u8], key: &str, options: &Options) -> &'static Format {
    let name = key.rsplit('/').next().unwrap_or(key);
    let detected = || {
        let head = &head[..head.len().min(detect::HEAD)];
        if line_ends::are_carriage_returns(head) {
            let mut head = head.to_vec();
            line_ends::to_line_feeds(&mut head);
            return formats::named(detect::detect(&head, name));
        }
        formats::named(detect::detect(head, name))
    };
    options.format.or_else(detected).unwrap_or(&formats::FORMATS[0])
}

/// Splits one file into records.
pub(super) struct Splitter<'a, 's> {
    options: &'a Options,
    sink: &'a mut RecordSink<'s>,
    purpose: Purpose,
    versions: Arc<Versions>,
    budget: &'a Budget<'a>,
    /// The key of the member of a container at which a limit was met.
    met_at: Option<String>,
}

impl<'a, 's> Splitter<'a, 's> {
    pub(super) fn new(
        options: &'a Options,
        sink: &'a mut RecordSink<'s>,
        purpose: Purpose,
        versions: Arc<Versions>,
        budget: &'a Budget<'a>,
    ) -> Self {
        Self { options, sink, purpose, versions, budget, met_at: None }
    }

    /// Why `file` was not read to its end, if a limit was met: that counts more than what followed from it.
    pub(super) fn limit_met(&mut self, file: &str) -> Option<Reason> {
        let inside = |key: &str| key.strip_prefix(file)?.strip_prefix("!/").map(str::to_owned);
        Some(match self.budget.met()? {
            Limit::Stopped => Reason::Stopped,
            // Another night may be quicker: what the index has of the rest stays.
            Limit::Time => Reason::Unreadable(Limit::Time.to_string()),
            limit => Reason::OverLimit {
                what: limit.to_string(),
                inside: self.met_at.as_deref().and_then(inside),
            },
        })
    }

    /// Passes on a record, unless a limit was met before.
    fn pass_on(&mut self, record: Record) -> ControlFlow<()> {
        match self.budget.check() {
            Ok(()) => (self.sink)(Ok(record)),
            Err(_) => ControlFlow::Break(()),
        }
    }

    /// Tells what is lost, unless that follows from a limit.
    fn lose(&mut self, key: &str, reason: Reason) -> ControlFlow<()> {
        if self.budget.met().is_some() {
            return ControlFlow::Break(());
        }
        (self.sink)(Err(Lost { key: key.to_owned(), reason }))
    }

    /// A large file on the disk.
    pub(super) fn file(&mut self, mut file: File, key: &str) -> Result<(), Reason> {
        let mut head = Vec::new();
        file.by_ref().take(detect::HEAD as u64).read_to_end(&mut head).map_err(unreadable)?;
        file.rewind().map_err(unreadable)?;
        if let Some(kind) = Container::detect(&head) {
            return self.unpack(kind, Packed::File(file), key, key, 1);
        }
        let format = format_of(&head, key, self.options);
        match format.splitting {
            // There is but one version in it.
            Splitting::Whole if self.purpose == Purpose::Versions => Ok(()),
            Splitting::Table => self.table(file, key, format),
            Splitting::Document => self.document(Input::File(file), key, format),
            _ => self.stream(&mut within_budget(file, self.budget), key, format),
        }
    }

    /// The members of a container. A member that cannot be read costs only itself.
    pub(super) fn unpack(
        &mut self,
        kind: Container,
        packed: Packed<'_>,
        file: &str,
        key: &str,
        depth: usize,
    ) -> Result<(), Reason> {
        let (mut stopped, mut of_only_member) = (false, Ok(()));
        let outcome = container::open(kind, packed, depth, self.budget, &mut |name, member| {
            let member_key = match name {
                Some(name) => format!("{key}!/{name}"),
                None => key.to_owned(),
            };
            let name_inside = name.map_or_else(|| kind.inner_name(file), str::to_owned);
            let read = match member {
                Ok(member) => {
                    let read = self.member(member, &name_inside, &member_key, depth);
                    if name.is_none() { read.map_err(|why| in_packed(why, member)) } else { read }
                }
                Err(fault) => Err(reason_of(fault)),
            };
            if self.budget.met().is_some() {
                self.met_at.get_or_insert(member_key);
                return ControlFlow::Break(());
            }
            match (read, name) {
                (Ok(()), _) => {}
                (Err(Reason::Stopped), _) => stopped = true,
                (Err(reason), None) => of_only_member = Err(reason),
                (Err(reason), Some(_)) => stopped = self.lose(&member_key, reason).is_break(),
            }
            if stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        match outcome {
            _ if stopped => Err(Reason::Stopped),
            Err(fault) => Err(reason_of(fault)),
            Ok(()) => of_only_member,
        }
    }

    /// A member, to its end. A fault of its container counts more than what follows from it inside.
    fn member(
        &mut self,
        member: &mut container::Member<'_>,
        name: &str,
        key: &str,
        depth: usize,
    ) -> Result<(), Reason> {
        let read = self.content(member, name, key, depth);
        if read == Err(Reason::Stopped) || self.purpose == Purpose::Versions {
            return read;
        }
        match member.end() {
            Some(fault) => Err(reason_of(fault)),
            None => read,
        }
    }

    fn content(
        &mut self,
        member: &mut container::Member<'_>,
        name: &str,
        key: &str,
        depth: usize,
    ) -> Result<(), Reason> {
        let head = member.fill_buf().map_err(unreadable)?;
        match Container::detect(head) {
            Some(_) if depth >= container::MAX_DEPTH => {
                Err(Reason::Container("it nests too deep".to_owned()))
            }
            Some(kind) => self.unpack(kind, Packed::Stream(Box::new(member)), name, key, depth + 1),
            None => {
                let format = format_of(head, name, self.options);
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
        if self.purpose == Purpose::Versions && !format.is_versioned() {
            return Ok(());
        }
        let is_whole =
            matches!(format.splitting, Splitting::Whole | Splitting::Table | Splitting::Document);
        if !is_whole {
            let head = source.fill_buf().map_err(unreadable)?;
            let splitting = format.splitting;
            if format.has_lines() && line_ends::are_carriage_returns(head) {
                let mut source = LineFeeds::new(source);
                return self.split(key, format, |sink| split::split(splitting, &mut source, sink));
            }
            return self.split(key, format, |sink| split::split(splitting, source, sink));
        }
        let mut bytes = Vec::new();
        let outcome = source.take(MAX_RECORD + 1).read_to_end(&mut bytes);
        let is_cut = bytes.len() as u64 > MAX_RECORD;
        if matches!(format.splitting, Splitting::Table | Splitting::Document) {
            let too_large = Reason::RecordsTooLarge(LostRecords::one(1, 0));
            return match format.splitting {
                _ if is_cut => Err(too_large),
                Splitting::Table => self.table(Bytes::from(bytes), key, format),
                _ => self.document(Input::Bytes(bytes.into()), key, format),
            };
        }
        bytes.truncate(MAX_RECORD as usize);
        let bytes = with_line_feeds(as_ascii_compatible(bytes.into()), format);
        if is_cut {
            return self.beginning(bytes, key, format);
        }
        // The beginning of a file that cannot be read to its end is kept.
        let read = self.whole(bytes, Vec::new(), key, format);
        read.and(outcome.map(drop).map_err(unreadable))
    }

    /// A Parquet file, which is read from its end.
    #[cfg(feature = "parquet")]
    pub(super) fn table<R: ChunkReader + 'static>(
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
    pub(super) fn table<R>(&mut self, _: R, _: &str, _: &'static Format) -> Result<(), Reason> {
        Err(Reason::NotBuilt("parquet"))
    }

    /// A PDF, which is read whole. A survey looks at its end alone.
    pub(super) fn document(
        &mut self,
        input: Input,
        key: &str,
        format: &'static Format,
    ) -> Result<(), Reason> {
        if self.purpose == Purpose::Versions {
            return Ok(());
        }
        let (at, has_end) = pdf::end_of(&input).map_err(unreadable)?;
        let cut = Reason::Damaged { at, what: "it ends before its end mark".to_owned() };
        if self.purpose == Purpose::Survey {
            return if has_end { Ok(()) } else { Err(cut) };
        }
        let budget = self.budget;
        let document = match pdf::document(input, &|| budget.check().is_err()) {
            Ok(document) => document,
            Err(why) => return Err(if has_end || why == Reason::Stopped { why } else { cut }),
        };
        let partly = pdf::left_out(&document);
        self.split(key, format, |sink| pdf::records(document, sink))?;
        if !has_end {
            return Err(cut);
        }
        let is_stopped = partly.is_some_and(|reason| self.lose(key, reason).is_break());
        if is_stopped { Err(Reason::Stopped) } else { Ok(()) }
    }

    /// A file that is one record.
    pub(super) fn whole(
        &mut self,
        bytes: Bytes,
        pages: Vec<PageFile>,
        key: &str,
        format: &'static Format,
    ) -> Result<(), Reason> {
        let at = bytes.len() as u64;
        let cut = closing::unclosed(format, &bytes).map(|what| Reason::Damaged { at, what });
        self.only_record(bytes, pages, key, format)?;
        cut.map_or(Ok(()), Err)
    }

    /// The beginning of a file that is one record and over the limit.
    fn beginning(
        &mut self,
        bytes: Bytes,
        key: &str,
        format: &'static Format,
    ) -> Result<(), Reason> {
        let bytes = closing::closed(format, bytes);
        self.only_record(bytes, Vec::new(), key, format)?;
        Err(Reason::RecordsTooLarge(LostRecords::one(1, 0)))
    }

    fn only_record(
        &mut self,
        bytes: Bytes,
        pages: Vec<PageFile>,
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
            at: 0,
            is_alone: !format.has_many,
            versions: Arc::clone(&self.versions),
        };
        if self.purpose == Purpose::Survey {
            record.check_text()?;
        }
        if self.pass_on(record).is_break() { Err(Reason::Stopped) } else { Ok(()) }
    }

    /// The records that `split` passes on.
    pub(super) fn split(
        &mut self,
        key: &str,
        format: &'static Format,
        split: impl FnOnce(&mut split::PieceSink<'_>) -> io::Result<()>,
    ) -> Result<(), Reason> {
        let mut head: Arc<FileHead> = Arc::default();
        let (mut number, mut stopped, mut cut) = (0, false, None);
        let mut has_many = format.has_many;
        // A record waits for the next one, which shows that it is not alone.
        let mut waiting: Option<Record> = None;
        let mut lost: Vec<Reason> = Vec::new();
        let outcome = split(&mut |piece| {
            match piece {
                Piece::Head(bytes) => {
                    // What precedes the objects of JSON opens a list of them.
                    has_many |= matches!(format.splitting, Splitting::Objects);
                    let claimed = charset::claimed_by_xml(&bytes);
                    let text = charset::decode_as(&bytes, claimed).unwrap_or_default();
                    head = Arc::new(FileHead::new(text));
                }
                Piece::Record(bytes, at) => {
                    number += 1;
                    let record = Record {
                        key: key.to_owned(),
                        format,
                        bytes: bytes.into(),
                        head: Arc::clone(&head),
                        pages: Vec::new(),
                        number,
                        at,
                        is_alone: false,
                        versions: Arc::clone(&self.versions),
                    };
                    if let Some(before) = waiting.replace(record) {
                        stopped = self.pass_on(before).is_break();
                    }
                }
                Piece::TooLarge(at) => {
                    add(&mut lost, Reason::RecordsTooLarge(LostRecords::one(number.max(1), at)));
                }
                Piece::Broken(at) => {
                    add(&mut lost, Reason::RecordsBroken(LostRecords::one(number.max(1), at)));
                }
                Piece::Cut { at, what } => cut = Some(Reason::Damaged { at, what }),
            }
            if stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if let Some(last) = waiting.filter(|_| !stopped) {
            let is_alone = number == 1 && !has_many;
            stopped = self.pass_on(Record { is_alone, ..last }).is_break();
        }
        for reason in lost {
            stopped = stopped || self.lose(key, reason).is_break();
        }
        match outcome {
            _ if stopped => Err(Reason::Stopped),
            Err(error) if matches!(format.splitting, Splitting::Table) => {
                Err(Reason::Container(error.to_string()))
            }
            Err(error) => Err(unreadable(error)),
            Ok(()) => cut.map_or(Ok(()), Err),
        }
    }
}

/// Adds a reason to those that it does not belong to.
fn add(lost: &mut Vec<Reason>, reason: Reason) {
    if !lost.iter_mut().any(|known| known.absorb(&reason)) {
        lost.push(reason);
    }
}

/// What is wrong inside a compressed file that is whole, with the place in its packed bytes.
fn in_packed(reason: Reason, member: &container::Member<'_>) -> Reason {
    match reason {
        Reason::Damaged { at, what } if at != member.packed() => {
            let what = format!("{what} (byte {at} of what is packed in it)");
            Reason::Damaged { at: member.packed(), what }
        }
        other => other,
    }
}

fn reason_of(fault: Fault) -> Reason {
    match fault {
        Fault::OverLimit(limit) => Reason::Container(limit.to_string()),
        Fault::Unsupported(why) => Reason::Container(why),
        Fault::Broken { at, why } => Reason::Damaged { at, what: why },
    }
}
