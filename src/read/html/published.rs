//! The date of publication that a page states.

use super::blocks::Block;
use super::dates;
use super::json_ld::StatedArticle;
use super::meta::Meta;
use super::regions::{self, Region};
use super::tree::{Attribute, Id, Tag, Tree};
use crate::article::{PartialDate, Published};

/// The maximum number of elements that are searched for a date.
const MAX_ELEMENTS: usize = 80;

/// The maximum number of nodes of an element with a date.
const MAX_NODES: usize = 40;

/// The maximum distance of a line with a date from the headline, in blocks, and its maximum length, in bytes.
const MAX_DISTANCE: usize = 12;
const MAX_LINE: usize = 110;

/// The first date in JSON-LD, `<meta>`, microdata or `<time>`; else the date displayed near the headline.
pub(super) fn published(
    tree: &Tree,
    meta: &Meta,
    stated: &StatedArticle,
    blocks: &[Block],
) -> Option<Published> {
    const NAMES: &[&str] = &[
        "article:published_time",
        "og:article:published_time",
        "article:published",
        "og:published_time",
        "datepublished",
        "date",
        "dc.date",
        "dc.date.issued",
        "dcterms.date",
        "dcterms.issued",
        "dcterms.created",
        "dc.date.created",
        "parsely-pub-date",
        "sailthru.date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "publication_date",
        "cxenseparse:recs:publishtime",
        "citation_date",
        "citation_publication_date",
        "published_time",
        "article.published",
        "created",
        "last-modified",
        "og:updated_time",
        "article:modified_time",
    ];
    let from_data = || stated.published.iter().find_map(|value| dates::published(value, "json-ld"));
    let from_meta = || NAMES.iter().find_map(|name| dates::published(meta.first(&[name])?, name));
    let from_properties = || {
        ["datePublished", "dateCreated", "issued", "date"].iter().find_map(|name| {
            let id = meta.elements(name).next()?;
            let value = [Attribute::Content, Attribute::Datetime]
                .iter()
                .find_map(|a| tree.attribute(id, *a));
            dates::published(&value.map_or_else(|| tree.words(id), str::to_owned), name)
        })
    };
    let from_times = || {
        tree.elements(Tag::Time).take(50).find_map(|id| {
            let value = tree
                .attribute(id, Attribute::Datetime)
                .map_or_else(|| tree.words(id), str::to_owned);
            dates::published(&value, "time")
        })
    };
    let from_page = || {
        displayed(tree)
            .or_else(|| in_lines(tree, blocks))
            .or_else(|| in_scripts(tree))
            .or_else(|| of_first_post(tree))
    };
    let found = from_data()
        .or_else(from_meta)
        .or_else(from_properties)
        .or_else(from_times)
        .or_else(from_page)?;
    Some(local(tree, &found).unwrap_or(found))
}

/// The same time in the page's own time zone, as a `<time>` element states it, if the date there is another: a story of
/// the late evening in America is not from the next day.
fn local(tree: &Tree, found: &Published) -> Option<Published> {
    /// The maximum offset of a time zone, in minutes.
    const MAX_OFFSET: i64 = 14 * 60;
    let there = found.time.as_deref()?;
    let universal = ["Z", "+00:00"].iter().find_map(|zone| there.strip_suffix(zone))?;
    let moment = at(found.date, universal)?;
    tree.elements(Tag::Time).take(50).find_map(|id| {
        let shown = dates::published(tree.attribute(id, Attribute::Datetime)?, "time")?;
        let clock = shown.time.as_deref()?.get(..8)?;
        let minutes = (at(shown.date, clock)?.duration_since(moment)).as_secs();
        let (minutes, rest) = (minutes / 60, minutes % 60);
        let is_other_day = shown.date != found.date && minutes != 0 && minutes.abs() <= MAX_OFFSET;
        (rest == 0 && minutes % 15 == 0 && is_other_day).then(|| {
            let sign = if minutes < 0 { '-' } else { '+' };
            let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
            Published { time: Some(format!("{clock}{sign}{hours:02}:{minutes:02}")), ..shown }
        })
    })
}

fn at(date: PartialDate, clock: &str) -> Option<jiff::civil::DateTime> {
    format!("{date}T{clock}").parse().ok()
}

/// The date in the data of a script: `"publishedDate":"2016-11-04T20:37:27Z"`.
fn in_scripts(tree: &Tree) -> Option<Published> {
    const NAMES: &[&str] =
        &["datePublished", "publishedDate", "publishDate", "publicationDate", "publishedAt"];
    tree.elements(Tag::Script).find_map(|id| {
        let text = tree.inside(id).map(|inner| tree.text(inner)).collect::<String>();
        NAMES.iter().find_map(|name| {
            let behind = &text[text.find(&format!("\"{name}\":"))? + name.len() + 3..];
            let value = behind.trim_start().strip_prefix('"')?.split('"').next()?;
            dates::published(value, name)
        })
    })
}

/// The date in an element whose class names a date, after the headline if possible.
fn displayed(tree: &Tree) -> Option<Published> {
    let headline = tree.elements(Tag::H1).next().unwrap_or(0);
    let dated = (1..tree.nodes.len())
        .filter(|&id| tree.inside(id).len() <= MAX_NODES && is_dated(tree, id))
        .take(MAX_ELEMENTS);
    let (below, above): (Vec<Id>, Vec<Id>) = dated.partition(|&id| id > headline);
    below.into_iter().chain(above).find_map(|id| {
        if tree.ancestors(id).any(|around| regions::region(tree, around) == Region::Comments) {
            return None;
        }
        let value = [Attribute::Datetime, Attribute::Content, Attribute::Title];
        let stated = value
            .iter()
            .find_map(|attribute| dates::published(tree.attribute(id, *attribute)?, "date"));
        let words = || tree.words(id);
        stated
            .or_else(|| dates::published(&words(), "date"))
            .or_else(|| dates::short(&words(), "date"))
    })
}

/// The date in the author line of the first post of a forum thread.
fn of_first_post(tree: &Tree) -> Option<Published> {
    let is_author = |id: &Id| tree.attribute(*id, Attribute::Class) == Some("author");
    let lines =
        (1..tree.nodes.len()).filter(|id| tree.inside(*id).len() <= MAX_NODES).filter(is_author);
    lines.take(1).find_map(|id| dates::stamped(&tree.words(id), "author"))
}

/// Whether a class name or id names a date.
fn is_dated(tree: &Tree, id: Id) -> bool {
    const WORDS: &[&str] = &[
        "date",
        "dates",
        "published",
        "pubdate",
        "publish",
        "datum",
        "timestamp",
        "submitted",
        "posted",
        "created",
        "postmetadata",
        "fecha",
        "meta",
        "time",
        "entry-meta",
        "info",
    ];
    let class = tree.attribute(id, Attribute::Class).or_else(|| tree.attribute(id, Attribute::Id));
    class.is_some_and(|class| {
        let lower = class.to_ascii_lowercase();
        lower.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| WORDS.contains(&word))
    })
}

/// The date in a short line near the headline.
fn in_lines(tree: &Tree, blocks: &[Block]) -> Option<Published> {
    let headline = blocks.iter().position(|block| tree.tag(block.element) == Tag::H1)?;
    let near = headline.saturating_sub(MAX_DISTANCE / 2)..blocks.len().min(headline + MAX_DISTANCE);
    let mut short = blocks[near]
        .iter()
        .filter(|block| block.text.len() <= MAX_LINE && block.region < Region::Comments);
    short.find_map(|block| dates::published(&block.text, "date"))
}
