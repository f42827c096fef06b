//! One file of the archive: read, and annotated on all cores. A large file is cut into its records by one thread, and
//! batches of them are read and annotated by all; so memory is bounded by a batch, not by the file.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::in_flight::InFlight;
use crate::archive::walk::FileRef;
use crate::article::{Article, ContentDigest, Item, PartialDate};
use crate::manifest::record;
use crate::report::Reason;
use crate::{extract, read};

/// Bytes of records, or of text, after which a batch is read, or annotated.
const BATCH_BYTES: usize = 512 << 10;

/// Records after which a batch is read.
const BATCH_PIECES: usize = 512;

/// What became of a file.
#[derive(Debug, Default)]
pub struct Reading {
    /// Articles handed on.
    pub articles: u64,
    /// Number of items left out, by kind of reason.
    pub withheld: BTreeMap<&'static str, u64>,
    /// Items in it that give no article, without duplicates.
    pub notices: Vec<Item>,
    /// Whether something in it is under an embargo that will end.
    pub waits: bool,
    /// Members of a container, and records, that could not be read.
    pub lost: Vec<read::Lost>,
    /// Days of publication that were refused: the article's id, and the day.
    pub refused_dates: Vec<(String, PartialDate)>,
    /// Values of other fields that are not kept: too long, or too many, or of too many names.
    pub values_left_out: u64,
    /// Whether it has records, and none of them has a text below its headline.
    pub has_headlines_only: bool,
    /// Why the file, or the rest of it, could not be read.
    pub failure: Option<Reason>,
}

/// Names of other fields that are kept of one file: more are no names, but values.
const MAX_NAMES: usize = 1000;
/// Records after which it is told that none of them has a text.
const MANY_HEADLINES: u64 = 3;

impl Reading {
    /// Why it is not all that the file was meant to give.
    pub fn damage(&self) -> Option<&Reason> {
        let lost = self.lost.iter().map(|lost| &lost.reason);
        self.failure.iter().chain(lost).find(|reason| reason.is_damage())
    }

    /// Adds what cannot be read of a member, or of a file: records that are lost for one reason are told together.
    fn lose(&mut self, lost: read::Lost) {
        let mut of_same = self.lost.iter_mut().rev().take_while(|known| known.key == lost.key);
        if !of_same.any(|known| known.reason.absorb(&lost.reason)) {
            self.lost.push(lost);
        }
    }
}

/// Takes a batch of articles; a break ends the reading of the file.
type Sink<'s> = dyn FnMut(Vec<Article>) -> ControlFlow<()> + Send + 's;

/// How files are read, and with what else in memory.
#[derive(Clone, Copy)]
pub struct ReadingContext<'a> {
    /// Options of the archive.
    pub options: &'a read::Options,
    /// What other threads read.
    pub in_flight: &'a InFlight,
    /// Whether to read no further.
    pub has_stopped: &'a (dyn Fn() -> bool + Sync),
}

/// [`read::survey`], where a fault in a reader counts as damage of the file.
pub(super) fn survey_file(
    file: &FileRef,
    opened: &read::Opened,
    reader: ReadingContext<'_>,
) -> read::Survey {
    let ReadingContext { options, in_flight: _, has_stopped } = reader;
    catch_unwind(AssertUnwindSafe(|| read::survey(opened, file, options, has_stopped)))
        .unwrap_or_else(|_| read::Survey::of_fault())
}

/// Reads and annotates `file`, which may have been surveyed, and hands its articles to `sink` in their order, a batch at a
/// time. Call it inside the thread pool that is to do the work, with a pass for the records of the file
/// ([`InFlight::records`]).
pub fn read_file(
    file: &FileRef,
    opened: &read::Opened,
    reader: ReadingContext<'_>,
    survey: Option<read::Survey>,
    sink: &mut Sink<'_>,
) -> Reading {
    let mut batches = Batches {
        key: &file.key,
        reader,
        sink,
        pieces: Vec::new(),
        records: 0,
        bytes: 0,
        articles: Vec::new(),
        text_bytes: 0,
        ids: FxHashMap::default(),
        names: FxHashSet::default(),
        has_text: false,
        done: Reading::default(),
    };
    // A fault in a reader costs one file, not the night's run.
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let ReadingContext { options, in_flight: _, has_stopped } = reader;
        read::records(opened, file, options, survey, has_stopped, &mut |piece| match piece {
            Ok(record) => batches.take(record),
            Err(lost) => {
                batches.done.lose(lost);
                ControlFlow::Continue(())
            }
        })
    }));
    let _ = batches.flush();
    let (records, has_text) = (batches.records, batches.has_text);
    let mut done = batches.done;
    done.notices.sort_unstable();
    done.notices.dedup();
    done.has_headlines_only = records >= MANY_HEADLINES && done.articles == records && !has_text;
    done.failure = match outcome {
        Ok(Ok(())) => None,
        Ok(Err(reason)) => Some(reason),
        Err(_) => Some(Reason::Fault),
    };
    // That nothing can be read of a damaged file follows from its damage.
    if done.failure.as_ref().is_some_and(Reason::is_damage) {
        done.lost.retain(|lost| lost.key != file.key || lost.reason.is_fault());
    }
    // The reason of the only record is that of the file.
    let alone = done.lost.len() == 1 && done.lost[0].key == file.key;
    if done.articles == 0 && done.failure.is_none() && alone {
        done.failure = done.lost.pop().map(|lost| lost.reason);
    }
    // There are records, but none has a known field.
    let is_barren = done.articles == 0 && done.lost.is_empty() && done.withheld.is_empty();
    if records > 0 && is_barren && done.failure.is_none() {
        done.failure = Some(Reason::NoArticle);
    }
    done
}

struct Batches<'a, 's> {
    key: &'a str,
    reader: ReadingContext<'a>,
    sink: &'a mut Sink<'s>,
    /// Records that wait to be read.
    pieces: Vec<read::Record>,
    /// Records so far.
    records: u64,
    /// Bytes of the records that wait.
    bytes: usize,
    /// Articles that wait to be annotated.
    articles: Vec<Article>,
    /// Bytes of their texts.
    text_bytes: usize,
    /// Number of articles by the hash of their id.
    ids: FxHashMap<u64, u32>,
    /// Names of other fields so far.
    names: FxHashSet<String>,
    /// Whether an article has a text below its headline.
    has_text: bool,
    done: Reading,
}

impl Batches<'_, '_> {
    fn take(&mut self, piece: read::Record) -> ControlFlow<()> {
        if piece.len() >= BATCH_BYTES && !self.pieces.is_empty() {
            self.flush()?;
        }
        self.bytes += piece.len();
        self.records += u64::from(piece.is_record());
        self.pieces.push(piece);
        if self.bytes < BATCH_BYTES && self.pieces.len() < BATCH_PIECES {
            return ControlFlow::Continue(());
        }
        self.flush()
    }

    /// Reads the records that wait, and annotates their articles.
    fn flush(&mut self) -> ControlFlow<()> {
        let pieces = std::mem::take(&mut self.pieces);
        let outcomes = self.read(&pieces);
        for (piece, outcome) in pieces.into_iter().zip(outcomes) {
            match outcome {
                Ok(harvest) => self.gather(&piece, harvest)?,
                // An empty record of many is nothing to report.
                Err(Reason::Empty) if piece.is_record() => {}
                Err(reason) => self.lose(&piece, reason),
            }
        }
        self.hand_over()
    }

    fn read(&mut self, pieces: &[read::Record]) -> Vec<Result<read::RecordArticles, Reason>> {
        let ReadingContext { options, in_flight, has_stopped: _ } = self.reader;
        let _pass = in_flight.texts(std::mem::take(&mut self.bytes));
        match pieces {
            [one] if one.len() >= BATCH_BYTES => {
                in_flight.on_one_thread(|| vec![read_record(one, options)])
            }
            [one] => vec![read_record(one, options)],
            many => many.par_iter().map(|piece| read_record(piece, options)).collect(),
        }
    }

    /// Annotates the articles that wait, and hands them on.
    fn hand_over(&mut self) -> ControlFlow<()> {
        let (bytes, in_flight) = (std::mem::take(&mut self.text_bytes), self.reader.in_flight);
        let _pass = in_flight.texts(bytes);
        if self.articles.len() == 1 && bytes >= BATCH_BYTES {
            in_flight.on_one_thread(|| self.annotate())
        } else {
            self.annotate()
        }
    }

    fn annotate(&mut self) -> ControlFlow<()> {
        let options = self.reader.options;
        let annotated: Vec<_> = match std::mem::take(&mut self.articles) {
            one if one.len() == 1 => one.into_iter().map(|one| annotated(one, options)).collect(),
            many => many.into_par_iter().map(|one| annotated(one, options)).collect(),
        };
        let mut articles = Vec::with_capacity(annotated.len());
        for outcome in annotated {
            match outcome {
                Ok(article) => {
                    self.note(&article);
                    articles.push(article);
                }
                Err(key) => self.done.lose(read::Lost { key, reason: Reason::Fault }),
            }
        }
        self.done.articles += articles.len() as u64;
        if articles.is_empty() { ControlFlow::Continue(()) } else { (self.sink)(articles) }
    }

    /// Notes what is to be told of an article.
    fn note(&mut self, article: &Article) {
        self.has_text |=
            article.title_span.is_none_or(|title| title.len() < article.body.trim_end().len());
        if let Some(refused) = &article.refused_date {
            self.done.refused_dates.push((article.id.clone(), refused.date));
        }
    }

    fn lose(&mut self, piece: &read::Record, reason: Reason) {
        self.done.lose(read::Lost { key: piece.key().to_owned(), reason });
    }

    fn gather(&mut self, piece: &read::Record, harvest: read::RecordArticles) -> ControlFlow<()> {
        for kind in &harvest.withheld {
            *self.done.withheld.entry(kind).or_default() += 1;
        }
        self.done.notices.extend(harvest.notices);
        self.done.waits |= harvest.has_embargo;
        self.done.values_left_out += harvest.values_left_out;
        if harvest.articles.is_empty() && harvest.withheld.is_empty() && !piece.is_record() {
            self.lose(piece, Reason::NoArticle);
        }
        if harvest.is_cut {
            self.lose(piece, piece.cut());
        }
        if harvest.cut > 0 {
            self.lose(piece, piece.articles_cut(harvest.cut));
        }
        for mut article in harvest.articles {
            if article.id != self.key {
                self.tell_apart(&mut article);
            }
            self.bound_names(&mut article);
            if article.body.len() >= BATCH_BYTES && !self.articles.is_empty() {
                self.hand_over()?;
            }
            self.text_bytes += article.body.len();
            self.articles.push(article);
            if self.text_bytes >= BATCH_BYTES {
                self.hand_over()?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Makes the id of an article another one than those before it in the file: an id that its sender gave twice has the
    /// digest of its content behind it, equal articles have a number.
    fn tell_apart(&mut self, article: &mut Article) {
        let mut given = self.count_id(&article.id);
        let digest = ContentDigest::of(article).to_string();
        if given > 1 && !article.id.ends_with(&digest) {
            article.id = format!("{}~{digest}", article.id);
            given = self.count_id(&article.id);
        }
        if given > 1 {
            article.id = format!("{}~{given}", article.id);
        }
    }

    /// Leaves out values of names beyond the first thousand of the file.
    fn bound_names(&mut self, article: &mut Article) {
        let before = article.metadata.len();
        article.metadata.retain(|value| {
            if self.names.len() < MAX_NAMES && !self.names.contains(&value.name) {
                self.names.insert(value.name.clone());
            }
            self.names.contains(&value.name)
        });
        self.done.values_left_out += (before - article.metadata.len()) as u64;
    }

    /// How many articles of the file have asked for that id, with this one.
    fn count_id(&mut self, id: &str) -> u32 {
        let given = self.ids.entry(record::key(id)).or_default();
        *given += 1;
        *given
    }
}

/// The day after `now` in UTC: it may have begun somewhere.
fn tomorrow(now: jiff::Timestamp) -> Option<PartialDate> {
    let day = now.to_zoned(jiff::tz::TimeZone::UTC).date().tomorrow().ok()?;
    PartialDate::ymd(day.year(), day.month().unsigned_abs(), day.day().unsigned_abs())
}

/// The articles of a record. A fault in a reader costs one record.
fn read_record(
    piece: &read::Record,
    options: &read::Options,
) -> Result<read::RecordArticles, Reason> {
    catch_unwind(AssertUnwindSafe(|| piece.read(options))).unwrap_or(Err(Reason::Fault))
}

/// The article with all annotations. A fault in an extractor costs one article: then the key of its file, or of the member
/// of a container, is returned.
fn annotated(mut article: Article, options: &read::Options) -> Result<Article, String> {
    let key = article.path.clone();
    let annotate = || {
        extract::annotate(&mut article);
        if let Some(latest) = options.now.and_then(tomorrow) {
            extract::dates::refuse_after(latest, &mut article);
        }
        article
    };
    catch_unwind(AssertUnwindSafe(annotate)).map_err(|_| key)
}
