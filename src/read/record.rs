//! A record of a file, and its articles: ids, embargoes, and versions that supersede others.

use std::sync::Arc;

use bytes::Bytes;
use rustc_hash::FxHashMap;

use super::closing;
use super::draft::{Draft, Status};
use super::formats::format::{FileHead, Format, Reader, RecordContext};
use super::formats::mets::PageFile;
use super::limits;
use super::options::Options;
use super::versions::{self, Versions};
use crate::archive::charset;
use crate::article::{Article, ContentDigest, Item, Note, Span};
use crate::report::{LostRecords, Reason};

/// A part of a file that can be read on its own, in any thread: the whole file, or one of its records.
#[derive(Clone, Debug)]
pub struct Record {
    /// The file's key; for a member of a container, `!/` and its name follow.
    pub(super) key: String,
    pub(super) format: &'static Format,
    pub(super) bytes: Bytes,
    pub(super) head: Arc<FileHead>,
    /// The ALTO pages of a METS issue.
    pub(super) pages: Vec<PageFile>,
    /// Its number among the file's records, from 1; 0 for a whole file.
    pub(super) number: u64,
    /// The byte of the file, or of the member of a container, at which it begins.
    pub(super) at: u64,
    /// Whether the file has no other record, and its format is not one of files that hold many.
    pub(super) is_alone: bool,
    /// The highest versions of the items of the whole file.
    pub(super) versions: Arc<Versions>,
}

/// The articles of a record, and the items that gave none.
#[derive(Debug, Default)]
pub struct RecordArticles {
    /// Articles in the order of the file.
    pub articles: Vec<Article>,
    /// Items that were withheld, by kind of reason: `withdrawn`, `embargoed`.
    pub withheld: Vec<&'static str>,
    /// Items that give no article because their sender withdrew or embargoed them. They supersede lower versions too.
    pub notices: Vec<Item>,
    /// Whether an item is withheld until its embargo ends.
    pub has_embargo: bool,
    /// Values of other fields that are not kept: too long, or too many.
    pub values_left_out: u64,
    /// Articles whose text is cut.
    pub cut: u64,
    /// Whether there may be more articles in it than are read.
    pub is_cut: bool,
}

impl Record {
    /// The key of its file, or of the member of a container.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether it is one of the records of a file, rather than the whole file.
    pub fn is_record(&self) -> bool {
        self.number > 0
    }

    /// Its size in bytes.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether it has no bytes.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Reads its articles; `Err` says why there are none.
    pub fn read(&self, options: &Options) -> Result<RecordArticles, Reason> {
        let mut drafts = latest(self.drafts(options)?);
        if drafts.is_empty() && self.is_broken() {
            return Err(Reason::RecordsBroken(LostRecords::one(self.number, self.at)));
        }
        let is_only = drafts.len() == 1;
        let is_cut = drafts.len() >= limits::MAX_ARTICLES;
        drafts.retain(|draft| !self.versions.supersede(draft));
        let mut read = RecordArticles { is_cut, ..RecordArticles::default() };
        for draft in drafts {
            let restriction = restriction(&draft.status, options);
            let item = versions::item(&draft);
            if let Some(kind) = restriction.filter(|_| !options.withheld || !draft.has_any()) {
                read.has_embargo |= kind == "embargoed";
                read.withheld.push(kind);
                read.notices.extend(item);
                continue;
            }
            read.values_left_out += draft.values_left_out;
            let own_id = draft.own_id.clone();
            let Some(mut article) = article(draft, &self.key) else { continue };
            read.cut += u64::from(limits::bound(&mut article));
            read.articles.push(Article {
                id: self.id(own_id.as_deref(), &article, is_only),
                status: restriction.map(str::to_owned),
                item,
                ..article
            });
        }
        Ok(read)
    }

    /// Whether it is no JSON, where that is wanted.
    fn is_broken(&self) -> bool {
        self.is_record() && matches!(self.format.name, "json" | "jsonl") && !self.is_json()
    }

    fn is_json(&self) -> bool {
        self.text().is_ok_and(|text| closing::is_json(text.as_bytes()))
    }

    /// Whether it is text, if its format is one of text.
    pub(super) fn check_text(&self) -> Result<(), Reason> {
        match self.format.reader {
            Reader::Bytes(_) => Ok(()),
            Reader::Text(_) => self.text().map(drop),
        }
    }

    /// Adds the versions of its items to `versions`.
    pub(super) fn add_versions(&self, options: &Options, versions: &mut Versions) {
        if self.format.is_versioned()
            && versions::may_be_stated(&self.bytes)
            && let Ok(drafts) = self.drafts(options)
        {
            for draft in &drafts {
                versions.add(draft);
            }
        }
    }

    fn drafts(&self, options: &Options) -> Result<Vec<Draft>, Reason> {
        let context = RecordContext {
            head: &self.head,
            pages: &self.pages,
            key: &self.key,
            map: &options.map,
        };
        Ok(match self.format.reader {
            Reader::Bytes(read) => read(&context, &self.bytes),
            Reader::Text(read) => read(&context, &self.text()?),
        })
    }

    fn text(&self) -> Result<String, Reason> {
        let own = charset::claimed_by_xml(&self.bytes);
        let claimed = own.or_else(|| charset::claimed_by_xml(self.head.text.as_bytes()));
        let text = charset::decode_as(&self.bytes, claimed).ok_or(Reason::NotText)?;
        if text.trim().is_empty() { Err(Reason::Empty) } else { Ok(text) }
    }

    /// That not all articles of it are read.
    pub fn cut(&self) -> Reason {
        Reason::RecordsTooLarge(LostRecords::one(self.number.max(1), self.at))
    }

    /// That articles of it are cut.
    pub fn articles_cut(&self, count: u64) -> Reason {
        Reason::ArticlesTooLarge(LostRecords { count, number: self.number.max(1), at: self.at })
    }

    /// The id of an article: the file's key; where a file may hold several, also what its sender calls it, else its web
    /// address, else the digest of its content. So it depends on nothing else in the file.
    fn id(&self, own_id: Option<&str>, article: &Article, is_only: bool) -> String {
        let key = &self.key;
        if is_only && self.is_alone {
            return key.clone();
        }
        match own_id.or(article.url.as_deref()) {
            Some(stated) => format!("{key}#{}", stated.replace(char::is_whitespace, "_")),
            None => format!("{key}#{}", ContentDigest::of(article)),
        }
    }
}

/// The highest version of each item; items without a version are all kept.
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

/// Why an item must not be published now: `withdrawn` or `embargoed`; `None` if it may.
fn restriction(status: &Status, options: &Options) -> Option<&'static str> {
    match status {
        Status::Usable => None,
        Status::Withdrawn => Some("withdrawn"),
        Status::Embargoed(Some(until)) if options.now.is_some_and(|now| now >= *until) => None,
        Status::Embargoed(_) => Some("embargoed"),
    }
}

/// The article of a draft. A headline without text (a flash) becomes the text; `None` without either.
fn article(draft: Draft, key: &str) -> Option<Article> {
    let mut article = draft.article;
    if article.body.trim().is_empty() {
        let title = article.title.clone()?;
        article.title_span = Some(Span::new(0, title.len()));
        article.body = title;
    }
    prepend_dateline(&mut article);
    key.clone_into(&mut article.path);
    Some(article)
}

/// Prepends a stated dateline that ends with a dash, as in print, unless the text opens with its place.
fn prepend_dateline(article: &mut Article) {
    /// The place is looked for in this many characters of the text.
    const OPENING: usize = 160;
    let is_printed = |dateline: &&Note| dateline.text.ends_with(['-', '–', '—', '_']);
    let Some(dateline) = article.stated.datelines.iter().find(is_printed) else { return };
    let opening: String = article.body.chars().take(OPENING).flat_map(char::to_lowercase).collect();
    let place =
        dateline.text.split(|c: char| !c.is_alphanumeric()).find(|word| word.chars().count() > 2);
    if place.is_some_and(|place| !opening.contains(&place.to_lowercase())) {
        article.body = format!("{} {}", dateline.text, article.body);
    }
}
