//! From the bytes of a file to its articles, with what the file itself states about them. What the text suggests is
//! `extract`'s business.
//!
//! [`pieces`] opens a file, looks into containers, tells the format and cuts large files into records, in one thread;
//! [`Piece::read`] makes articles of a record, in any thread.

pub mod formats;
pub mod html;
pub mod markup;

mod detect;
mod draft;
mod fields;
mod language;
mod open;
mod paragraphs;
mod references;
mod split;
mod versions;
mod wrapped;
mod xml;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::archive::charset;
use crate::article::{Article, Item, Span};
use crate::report::Reason;
use draft::{Draft, Status};
pub use fields::FieldMap;
use formats::{Format, Head, Read, Source};
pub use open::{Opened, open, pieces};
use versions::Versions;

/// Raised whenever a reader gives other results: files read by an older one are read again.
pub const VERSION: u32 = 6;

/// Larger files that are one record are skipped: no article is that long, and offsets stay within 32 bits.
pub const MAX_BYTES: u64 = 64 << 20;

/// What a reader is asked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format of all files; `None` tells it by their content.
    pub format: Option<&'static Format>,
    /// Names of fields in JSON and CSV beside the usual ones.
    pub map: FieldMap,
    /// Take items that are withdrawn or under embargo, too.
    pub withheld: bool,
    /// The moment at which embargoes are looked at; none of the past counts. `None`: every embargo counts.
    pub now: Option<jiff::Timestamp>,
}

/// A part of a file that gives articles by itself: the file, or one of its records.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The file's key; in a container, `!/` and the name there behind it.
    key: String,
    format: &'static Format,
    bytes: Vec<u8>,
    head: Arc<Head>,
    parts: Vec<(String, Vec<u8>)>,
    /// Its number among the records, from 1.
    number: u64,
    /// Of the items of the whole file.
    versions: Arc<Versions>,
}

/// What came out of a piece.
#[derive(Debug, Default)]
pub struct Harvest {
    /// Articles in the order of the file.
    pub articles: Vec<Article>,
    /// Items that were left out, by kind of reason: `withdrawn`, `embargoed`.
    pub withheld: Vec<&'static str>,
    /// Items that stand in the file and give no article, as their senders say so: they replace lower versions too.
    pub notices: Vec<Item>,
    /// Does something wait for the end of an embargo?
    pub waits: bool,
}

impl Piece {
    /// The key of its file, or of the member of a container.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Is it one of the records of a file, rather than all of it?
    pub fn is_record(&self) -> bool {
        self.number > 0
    }

    /// Its size in bytes.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Is there nothing in it?
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The articles in it, or why there are none.
    pub fn read(&self, options: &Options) -> Result<Harvest, Reason> {
        let mut drafts = latest(self.drafts(options)?);
        let alone = drafts.len() == 1;
        drafts.retain(|draft| !self.versions.supersede(draft));
        Ok(self.harvest(drafts, alone, options))
    }

    fn drafts(&self, options: &Options) -> Result<Vec<Draft>, Reason> {
        let source = Source { head: &self.head, parts: &self.parts, key: &self.key, options };
        Ok(match self.format.read {
            Read::Bytes(read) => read(&source, &self.bytes),
            Read::Text(read) => read(&source, &self.text()?),
            Read::Plain => vec![formats::plain::draft(self.text()?)],
        })
    }

    /// Takes note of the versions of its items.
    fn survey(&self, options: &Options, versions: &mut Versions) {
        if versions::may_be_stated(&self.bytes)
            && let Ok(drafts) = self.drafts(options)
        {
            for draft in &drafts {
                versions.note(draft);
            }
        }
    }

    fn text(&self) -> Result<String, Reason> {
        let inside = charset::claimed_by_xml(&self.bytes);
        let claimed = inside.or_else(|| charset::claimed_by_xml(self.head.text.as_bytes()));
        let text = charset::decode_as(&self.bytes, claimed).ok_or(Reason::NotText)?;
        if text.trim().is_empty() { Err(Reason::Empty) } else { Ok(text) }
    }

    fn harvest(&self, drafts: Vec<Draft>, alone: bool, options: &Options) -> Harvest {
        let mut harvest = Harvest::default();
        for (index, draft) in drafts.into_iter().enumerate() {
            let status = against(&draft.status, options);
            let item = versions::item(&draft);
            if let Some(kind) = status.filter(|_| !options.withheld || !draft.has_any()) {
                harvest.waits |= kind == "embargoed";
                harvest.withheld.push(kind);
                harvest.notices.extend(item);
                continue;
            }
            let id = self.id(draft.own_id.as_deref(), index, alone);
            harvest.articles.extend(article(draft, id, &self.key).map(|article| Article {
                status: status.map(str::to_owned),
                item,
                ..article
            }));
        }
        harvest
    }

    /// The file's key, and behind it, if it may hold several articles, the item's own id or its number.
    fn id(&self, own: Option<&str>, index: usize, alone: bool) -> String {
        let key = &self.key;
        match own {
            _ if alone && !self.format.many && self.number <= 1 => key.clone(),
            Some(own) => format!("{key}#{}", own.replace(char::is_whitespace, "_")),
            None if alone => format!("{key}#{}", self.number.max(1)),
            None => format!("{key}#{}", self.number.max(1) + index as u64),
        }
    }
}

/// Of several versions of an item only the highest.
fn latest(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    for draft in drafts {
        let Some(id) = draft.own_id.clone().filter(|_| draft.version > 0) else {
            kept.push(draft);
            continue;
        };
        match places.get(&id) {
            Some(&place) if kept[place].version < draft.version => kept[place] = draft,
            Some(&place) if kept[place].version > draft.version => {}
            _ => {
                places.insert(id, kept.len());
                kept.push(draft);
            }
        }
    }
    kept
}

/// What is against the publication of an item, if anything is.
fn against(status: &Status, options: &Options) -> Option<&'static str> {
    match status {
        Status::Usable => None,
        Status::Withdrawn => Some("withdrawn"),
        Status::Embargoed(Some(until)) if options.now.is_some_and(|now| now >= *until) => None,
        Status::Embargoed(_) => Some("embargoed"),
    }
}

/// The article of a draft; one with a headline alone is a flash. Without either it is none.
fn article(draft: Draft, id: String, key: &str) -> Option<Article> {
    let mut article = draft.article;
    if article.body.trim().is_empty() {
        let title = article.title.clone()?;
        article.title_span = Some(Span::new(0, title.len()));
        article.body = title;
    }
    prepend_dateline(&mut article);
    article.id = id;
    key.clone_into(&mut article.path);
    Some(article)
}

/// A dateline that is set as in print, with its dash, opens the text, unless the text has it, too.
fn prepend_dateline(article: &mut Article) {
    /// It would stand in so much of the text, in characters.
    const OPENING: usize = 160;
    let note =
        article.stated.datelines.iter().find(|note| note.text.ends_with(['-', '–', '—', '_']));
    let Some(note) = note else { return };
    let opening: String = article.body.chars().take(OPENING).flat_map(char::to_lowercase).collect();
    let place =
        note.text.split(|c: char| !c.is_alphanumeric()).find(|word| word.chars().count() > 2);
    if place.is_some_and(|place| !opening.contains(&place.to_lowercase())) {
        article.body = format!("{} {}", note.text, article.body);
    }
}

/// The articles in `bytes`, which lie at `key` in the archive, or why there are none. For small files; an archive is
/// read with [`pieces`].
pub fn parse(bytes: &[u8], key: &str) -> Result<Vec<Article>, Reason> {
    parse_as(bytes, key, &Options::default())
}

/// [`parse`] with options.
pub fn parse_as(bytes: &[u8], key: &str, options: &Options) -> Result<Vec<Article>, Reason> {
    let (mut articles, mut reason) = (Vec::new(), Reason::NoArticle);
    open::bytes(bytes.to_vec(), key, options, &mut |piece| {
        match piece.read(options) {
            Ok(harvest) => articles.extend(harvest.articles),
            Err(why) => reason = why,
        }
        std::ops::ControlFlow::Continue(())
    })?;
    if articles.is_empty() { Err(reason) } else { Ok(articles) }
}

/// Markup that was escaped, marked-up text, or lines, as paragraphs.
fn content(text: &str) -> String {
    if markup::is_marked_up(text) { markup::text(text) } else { lines(text) }
}

/// Text whose lines stay as they are, without blanks at their ends.
fn lines(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned()
}

#[cfg(test)]
mod tests;
