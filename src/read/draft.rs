//! An article while a reader builds it from the fields of a file. The first value of a field is kept, so a reader adds
//! the most reliable values first; blank values are ignored.

use super::paragraphs::Paragraphs;
use super::{language, limits};
use crate::article::{Article, Note, Origin, Published, Tag, TagKind};
use crate::calendar::stated::{self, Stated};

/// An article under construction, with the facts that decide its id and whether it may be published.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// The values so far; id and path are set last.
    pub(super) article: Article,
    /// The item's id in the system it comes from.
    pub(super) own_id: Option<String>,
    /// The item's globally unique id, by the standard of its format.
    pub(super) item_id: Option<String>,
    /// A higher version of an item supersedes lower ones; 0 without a version.
    pub(super) version: u64,
    /// Whether it may be published.
    pub(super) status: Status,
    /// Values of fields without a part that are not kept: too long, or too many.
    pub(super) values_left_out: u64,
}

/// The publication status that an item's metadata states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Status {
    /// May be published.
    #[default]
    Usable,
    /// Withdrawn, cancelled or killed.
    Withdrawn,
    /// Not to be published before a time; without one, until its sender lifts the embargo.
    Embargoed(Option<jiff::Timestamp>),
}

/// More keywords, tags or bylines of one article are ignored: the file is broken.
const MAX_VALUES: usize = 500;

/// `text` on one line, up to the limit of a value; `None` if it is blank.
pub(super) fn line(text: &str) -> Option<String> {
    let mut out = Paragraphs::default();
    out.push(text);
    let mut line = out.finish();
    limits::cut(&mut line, limits::MAX_VALUE);
    (!line.is_empty()).then_some(line)
}

impl Draft {
    /// Sets the item's id in the system it comes from.
    pub(super) fn id(&mut self, id: &str) {
        if self.own_id.is_none() {
            self.own_id = line(id);
        }
    }

    /// Sets the item's globally unique id. The `id` of an export is not one: any two exports have an item 17.
    pub(super) fn item_id(&mut self, id: &str) {
        if self.item_id.is_none() {
            self.item_id = line(id);
        }
    }

    /// [`Draft::item_id`], if `id` is a URI: `urn:…`, `tag:…`, `https://…`.
    pub(super) fn item_uri(&mut self, id: &str) {
        if id.contains(':') {
            self.item_id(id);
        }
    }

    /// Sets the headline.
    pub(super) fn title(&mut self, field: &str, text: &str) {
        if self.article.title.is_none()
            && let Some(title) = line(text)
        {
            self.article.title = Some(title);
            self.article.title_field = Some(field.to_owned());
        }
    }

    /// Sets the text.
    pub(super) fn body(&mut self, text: String) {
        if self.article.body.is_empty() {
            self.article.body = text;
        }
    }

    /// Sets the date of publication, given in any form.
    pub(super) fn date(&mut self, field: &str, text: &str) {
        if self.article.published.is_none() {
            self.article.published = published(field, stated::read(text));
        }
    }

    /// Sets the date of publication, already parsed.
    pub(super) fn published(&mut self, published: Option<Published>) {
        if self.article.published.is_none() {
            self.article.published = published;
        }
    }

    /// Sets the language: `en`, `en-US`, `eng`.
    pub(super) fn language(&mut self, field: &str, tag: &str) {
        if self.article.language.is_none() {
            self.article.language = language::code(tag);
            self.article.language_field = self.article.language.as_ref().map(|_| field.to_owned());
        }
    }

    /// Adds a writer, or a line that names writers.
    pub(super) fn byline(&mut self, field: &str, text: &str) {
        add_note(&mut self.article.stated.bylines, field, text);
    }

    /// Adds a dateline.
    pub(super) fn dateline(&mut self, field: &str, text: &str) {
        add_note(&mut self.article.stated.datelines, field, text);
    }

    /// Adds a place where it was written.
    pub(super) fn located(&mut self, field: &str, text: &str) {
        add_note(&mut self.article.stated.located, field, text);
    }

    /// Adds a provider, such as an agency.
    pub(super) fn credit(&mut self, field: &str, text: &str) {
        add_note(&mut self.article.stated.credits, field, text);
    }

    /// Adds a publisher: a paper, a site, an agency.
    pub(super) fn publisher(&mut self, field: &str, text: &str) {
        add_note(&mut self.article.stated.publishers, field, text);
    }

    /// Adds a copyright notice or terms of use.
    pub(super) fn rights(&mut self, field: &str, text: &str) {
        add_note(&mut self.article.stated.rights, field, text);
    }

    /// Adds a holder of the rights.
    pub(super) fn holder(&mut self, field: &str, text: &str) {
        add_note(&mut self.article.stated.holders, field, text);
    }

    /// Sets its URL.
    pub(super) fn url(&mut self, url: &str) {
        let url = url.trim();
        let is_address = url.starts_with("http://") || url.starts_with("https://");
        if self.article.url.is_none() && is_address && !url.contains(char::is_whitespace) {
            self.article.url = Some(url.to_owned());
        }
    }

    /// Adds a keyword.
    pub(super) fn keyword(&mut self, word: &str) {
        if let Some(word) = line(word)
            && self.article.keywords.len() < MAX_VALUES
            && !self.article.keywords.contains(&word)
        {
            self.article.keywords.push(word);
        }
    }

    /// Adds keywords separated by semicolons or commas.
    pub(super) fn keywords(&mut self, list: &str) {
        let separator = if list.contains(';') { ';' } else { ',' };
        list.split(separator).for_each(|word| self.keyword(word));
    }

    /// Sets the section.
    pub(super) fn section(&mut self, name: &str) {
        if self.article.section.is_none() {
            self.article.section = line(name);
        }
    }

    /// Adds a tag that has a name or a code.
    pub(super) fn tag(&mut self, kind: TagKind, name: Option<&str>, code: Option<&str>) {
        let tag = Tag { kind, name: name.and_then(line), code: code.and_then(line) };
        let tags = &mut self.article.tags;
        if (tag.name.is_some() || tag.code.is_some())
            && tags.len() < MAX_VALUES
            && !tags.contains(&tag)
        {
            tags.push(tag);
        }
    }

    /// Sets the status from an agency's word for it: `usable`, `canceled`, `stat:withheld`, `Embargoed`.
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

    /// Sets the time before which it must not be published.
    pub(super) fn embargo(&mut self, moment: &str) {
        if self.status != Status::Withdrawn
            && let Some(moment) = stated::moment(moment)
        {
            self.status = Status::Embargoed(Some(moment));
        }
    }

    /// Whether it has a text.
    pub(super) fn has_text(&self) -> bool {
        !self.article.body.trim().is_empty()
    }

    /// Whether it has a text or a headline.
    pub(super) fn has_any(&self) -> bool {
        self.has_text() || self.article.title.is_some()
    }

    /// Whether it has a text or a headline, or withdraws an item, which needs neither.
    pub(super) fn has_any_or_withdraws(&self) -> bool {
        self.has_any() || self.status == Status::Withdrawn
    }
}

/// The date of publication that `field` states.
pub(super) fn published(field: &str, stated: Option<Stated>) -> Option<Published> {
    let Stated { date, time } = stated?;
    Some(Published { date, time, origin: Origin::Field(field.to_owned()) })
}

/// Adds the text of a field, unless it is blank or a duplicate.
fn add_note(notes: &mut Vec<Note>, field: &str, text: &str) {
    if notes.len() < MAX_VALUES
        && let Some(text) = line(text)
        && !notes.iter().any(|note| note.text == text)
    {
        notes.push(Note { field: field.to_owned(), text });
    }
}
