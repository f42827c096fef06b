//! An article while a reader puts it together from the fields of a file. The first value that a field gets stays, so a
//! reader asks the sources of a value in the order of their worth; blank values count as none.

use super::language;
use super::markup::Paragraphs;
use crate::article::{Article, Note, Origin, Published, Tag, TagKind};
use crate::calendar::stated::{self, Stated};

/// An article to be, with what decides whether and under which id it becomes one.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// What is known so far; id and path are still missing.
    pub(super) article: Article,
    /// The id that the item has in its own system.
    pub(super) own_id: Option<String>,
    /// The id that no other item has in any file, by the standard of its format.
    pub(super) item_id: Option<String>,
    /// Higher versions of an item replace lower ones.
    pub(super) version: u64,
    /// May it be published?
    pub(super) status: Status,
}

/// What the item's own metadata say of its publication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Status {
    /// Nothing is against it.
    #[default]
    Usable,
    /// Withdrawn, cancelled or killed.
    Withdrawn,
    /// Not before that moment; without one, until the sender says so.
    Embargoed(Option<jiff::Timestamp>),
}

/// Keywords, tags or writers beyond so many are a fault of the file.
const MOST: usize = 500;

/// `text` on one line, if there is any.
pub(super) fn line(text: &str) -> Option<String> {
    let mut out = Paragraphs::default();
    out.push(text);
    let line = out.finish();
    (!line.is_empty()).then_some(line)
}

impl Draft {
    /// The id of the item in its own system.
    pub(super) fn id(&mut self, id: &str) {
        if self.own_id.is_none() {
            self.own_id = line(id);
        }
    }

    /// The id that no other item has in any file, by the standard of its format. An export's `id` is none such: any two
    /// of them have an item 17.
    pub(super) fn item_id(&mut self, id: &str) {
        if self.item_id.is_none() {
            self.item_id = line(id);
        }
    }

    /// [`Draft::item_id`], if `id` is a URI, as its standard wants it to be: `urn:…`, `tag:…`, `https://…`.
    pub(super) fn item_uri(&mut self, id: &str) {
        if id.contains(':') {
            self.item_id(id);
        }
    }

    /// The headline.
    pub(super) fn title(&mut self, field: &str, text: &str) {
        if self.article.title.is_none()
            && let Some(title) = line(text)
        {
            self.article.title = Some(title);
            self.article.title_field = Some(field.to_owned());
        }
    }

    /// The text.
    pub(super) fn body(&mut self, text: String) {
        if self.article.body.is_empty() {
            self.article.body = text;
        }
    }

    /// When it was published, in any form.
    pub(super) fn date(&mut self, field: &str, text: &str) {
        if self.article.published.is_none() {
            self.article.published = published(field, stated::read(text));
        }
    }

    /// When it was published: a date that was read already.
    pub(super) fn published(&mut self, published: Option<Published>) {
        if self.article.published.is_none() {
            self.article.published = published;
        }
    }

    /// The language: `en`, `en-US`, `eng`.
    pub(super) fn language(&mut self, field: &str, tag: &str) {
        if self.article.language.is_none() {
            self.article.language = language::code(tag);
            self.article.language_field = self.article.language.as_ref().map(|_| field.to_owned());
        }
    }

    /// A writer or a line that names some; there may be several.
    pub(super) fn byline(&mut self, field: &str, text: &str) {
        note(&mut self.article.stated.bylines, field, text);
    }

    /// What the file calls a dateline.
    pub(super) fn dateline(&mut self, field: &str, text: &str) {
        note(&mut self.article.stated.datelines, field, text);
    }

    /// Where it was written.
    pub(super) fn located(&mut self, field: &str, text: &str) {
        note(&mut self.article.stated.located, field, text);
    }

    /// Who provided it.
    pub(super) fn credit(&mut self, field: &str, text: &str) {
        note(&mut self.article.stated.credits, field, text);
    }

    /// Who published it: a paper, a site, perhaps an agency.
    pub(super) fn publisher(&mut self, field: &str, text: &str) {
        note(&mut self.article.stated.publishers, field, text);
    }

    /// A copyright notice or terms of use.
    pub(super) fn rights(&mut self, field: &str, text: &str) {
        note(&mut self.article.stated.rights, field, text);
    }

    /// Who holds the rights.
    pub(super) fn holder(&mut self, field: &str, text: &str) {
        note(&mut self.article.stated.holders, field, text);
    }

    /// Its address.
    pub(super) fn url(&mut self, url: &str) {
        let url = url.trim();
        let is_address = url.starts_with("http://") || url.starts_with("https://");
        if self.article.url.is_none() && is_address && !url.contains(char::is_whitespace) {
            self.article.url = Some(url.to_owned());
        }
    }

    /// A keyword.
    pub(super) fn keyword(&mut self, word: &str) {
        if let Some(word) = line(word)
            && self.article.keywords.len() < MOST
            && !self.article.keywords.contains(&word)
        {
            self.article.keywords.push(word);
        }
    }

    /// Keywords with commas or semicolons between.
    pub(super) fn keywords(&mut self, list: &str) {
        let mark = if list.contains(';') { ';' } else { ',' };
        list.split(mark).for_each(|word| self.keyword(word));
    }

    /// The section.
    pub(super) fn section(&mut self, name: &str) {
        if self.article.section.is_none() {
            self.article.section = line(name);
        }
    }

    /// A tag; it needs a name or a code.
    pub(super) fn tag(&mut self, kind: TagKind, name: Option<&str>, code: Option<&str>) {
        let tag = Tag { kind, name: name.and_then(line), code: code.and_then(line) };
        let tags = &mut self.article.tags;
        if (tag.name.is_some() || tag.code.is_some()) && tags.len() < MOST && !tags.contains(&tag) {
            tags.push(tag);
        }
    }

    /// `usable`, `canceled`, `stat:withheld`, `Embargoed`: what agencies call the state of an item.
    pub(super) fn status(&mut self, word: &str) {
        let word = word.trim().rsplit([':', '/']).next().unwrap_or_default().to_ascii_lowercase();
        match word.as_str() {
            "canceled" | "cancelled" | "withdrawn" | "killed" | "kill" | "deleted" | "withheld"
            | "retracted" | "recalled" | "unpublished" | "spiked" => {
                self.status = Status::Withdrawn;
            }
            "embargoed" | "embargo" if self.status == Status::Usable => {
                self.status = Status::Embargoed(None);
            }
            _ => {}
        }
    }

    /// Not to be published before `moment`.
    pub(super) fn embargo(&mut self, moment: &str) {
        if self.status != Status::Withdrawn
            && let Some(moment) = stated::moment(moment)
        {
            self.status = Status::Embargoed(Some(moment));
        }
    }

    /// Is there a text?
    pub(super) fn has_text(&self) -> bool {
        !self.article.body.trim().is_empty()
    }

    /// Is there a text or a headline?
    pub(super) fn has_any(&self) -> bool {
        self.has_text() || self.article.title.is_some()
    }

    /// Is there a text or a headline, or does it say that the item is withdrawn? That needs no words.
    pub(super) fn says_any(&self) -> bool {
        self.has_any() || self.status == Status::Withdrawn
    }
}

/// The day of publication that `field` states.
pub(super) fn published(field: &str, stated: Option<Stated>) -> Option<Published> {
    let Stated { date, time } = stated?;
    Some(Published { date, time, origin: Origin::Field(field.to_owned()) })
}

/// Keeps the text of a field, unless it is blank or known.
fn note(notes: &mut Vec<Note>, field: &str, text: &str) {
    if notes.len() < MOST
        && let Some(text) = line(text)
        && !notes.iter().any(|note| note.text == text)
    {
        notes.push(Note { field: field.to_owned(), text });
    }
}
