//! Dates that a page shows: in elements that are marked as dates, in lines near the headline and below the text. Those of
//! comments and of other articles are none.

use std::ops::Range;

use crate::article::Published;
use crate::read::html::blocks::Block;
use crate::read::html::regions::{self, Region};
use crate::read::html::tree::{Attribute, Id, Tag, Tree};
use crate::read::html::{Page, dates};

/// The maximum number of elements that are searched for a date.
const MAX_ELEMENTS: usize = 80;

/// The maximum number of nodes of an element with a date.
const MAX_NODES: usize = 40;

/// The maximum length of a line with a date, in bytes, and the number of lines that are looked at.
const MAX_LINE: usize = 110;
const MAX_LINES: usize = 2000;

/// The date that a property of schema.org or Dublin Core marks.
pub(super) fn with_property(page: &Page<'_>) -> Option<Published> {
    const NAMES: &[&str] =
        &["datePublished", "dateCreated", "issued", "date", "uploadDate", "pubdate", "created"];
    NAMES.iter().find_map(|name| {
        let mut marked = page.meta.elements(name).take(MAX_ELEMENTS);
        marked.find_map(|id| {
            let value = attribute(page.tree, id, &[Attribute::Content, Attribute::Datetime]);
            let found = value.and_then(|value| dates::published(value, name));
            found
                .or_else(|| dates::shown(&page.tree.spaced_words(id), name, page.is_american()))
                .filter(|_| !page.surroundings.is_elsewhere(page.blocks, id))
        })
    })
}

/// The date in a `<time>` near the headline.
pub(super) fn in_times_near(page: &Page<'_>) -> Option<Published> {
    let near = &page.surroundings.near_nodes;
    in_times(page, &|id| near.contains(&id) && !is_change(page.tree, id))
}

/// The date in any other `<time>` of the article.
pub(super) fn in_other_times(page: &Page<'_>) -> Option<Published> {
    in_times(page, &|id| !is_change(page.tree, id))
}

fn in_times(page: &Page<'_>, accept: &dyn Fn(Id) -> bool) -> Option<Published> {
    let times = page.tree.elements(Tag::Time).take(MAX_ELEMENTS).filter(|&id| accept(id));
    let mut times = times.filter(|&id| !is_elsewhere(page, id));
    times.find_map(|id| {
        let stated = attribute(page.tree, id, &[Attribute::Datetime, Attribute::Content]);
        let stated = stated.and_then(|value| dates::published(value, "time"));
        stated.or_else(|| dates::shown(&page.tree.spaced_words(id), "time", page.is_american()))
    })
}

/// The date in an element near the headline whose class name names a date.
pub(super) fn with_class_near(page: &Page<'_>) -> Option<Published> {
    let near = page.surroundings.near_nodes.clone();
    let headline = page.surroundings.headline.map_or(0, |at| page.blocks[at].element);
    let dated = near.filter(|&id| is_dated(page.tree, id)).take(MAX_ELEMENTS);
    let (below, above): (Vec<Id>, Vec<Id>) = dated.partition(|&id| id > headline);
    below.into_iter().chain(above).find_map(|id| in_element(page, id))
}

/// The date in any other element of the article whose class name names a date.
pub(super) fn with_other_class(page: &Page<'_>) -> Option<Published> {
    let dated = (1..page.tree.nodes.len()).filter(|&id| is_dated(page.tree, id));
    dated.take(MAX_ELEMENTS).find_map(|id| in_element(page, id))
}

fn in_element(page: &Page<'_>, id: Id) -> Option<Published> {
    let tree = page.tree;
    if regions::region(tree, id) == Region::Hidden && tree.tag(id) == Tag::Input
        || is_elsewhere(page, id)
    {
        return None;
    }
    let values = [Attribute::Datetime, Attribute::Content, Attribute::Title];
    let stated =
        values.iter().find_map(|name| dates::published(tree.attribute(id, *name)?, "date"));
    let inner = || {
        tree.inside(id).find_map(|inner| {
            let title = tree.attribute(inner, Attribute::Title)?;
            (tree.tag(inner) == Tag::Abbr).then(|| dates::published(title, "date"))?
        })
    };
    stated
        .or_else(|| dates::shown(&tree.spaced_words(id), "date", page.is_american()))
        .or_else(inner)
}

/// The date in a short line near the headline.
pub(super) fn in_lines_near(page: &Page<'_>) -> Option<Published> {
    let mut lines =
        lines(page, page.surroundings.near.clone()).filter(|line| dates::is_dated_line(line));
    lines.find_map(|line| dates::shown(line, "date", page.is_american()))
}

/// The date in a line at the end of the text or below it that says so, or has nothing else.
pub(super) fn below_text(page: &Page<'_>) -> Option<Published> {
    let lines = lines(page, page.surroundings.end.clone());
    let mut lines = lines.filter(|line| dates::states_publication(line));
    lines.find_map(|line| dates::shown(line, "date", page.is_american()))
}

/// The short lines of some blocks that may be about the article.
fn lines<'a>(page: &'a Page<'_>, blocks: Range<usize>) -> impl Iterator<Item = &'a str> {
    let blocks = page.blocks.get(blocks).unwrap_or_default().iter();
    let is_comment = |element: Id| {
        page.tree.inside(element).take(MAX_NODES).any(|link| leads_to_comment(page.tree, link))
    };
    let blocks = blocks.filter(move |block| {
        block.region < Region::Others
            && !has_name(page.tree, block.element, |mut words| words.any(is_of_event))
            && !is_comment(block.element)
            && !page.surroundings.is_elsewhere(page.blocks, block.element)
    });
    blocks.flat_map(Block::lines).filter(|line| line.len() <= MAX_LINE).take(MAX_LINES)
}

/// The date behind the place that the text opens with: `Orling, 6 May 2019 – The depot …`.
pub(super) fn in_dateline(page: &Page<'_>) -> Option<Published> {
    let near = page.blocks.get(page.surroundings.near.clone()).unwrap_or_default();
    let mut texts = near.iter().filter(|block| block.is_prose() && block.region < Region::Aside);
    texts.next().and_then(|block| dates::in_dateline(&block.text))
}

/// The date in the author line of the first post of a forum thread.
pub(super) fn of_first_post(page: &Page<'_>) -> Option<Published> {
    let tree = page.tree;
    let is_author = |id: &Id| tree.attribute(*id, Attribute::Class) == Some("author");
    let lines =
        (1..tree.nodes.len()).filter(|id| tree.inside(*id).len() <= MAX_NODES).filter(is_author);
    lines.take(1).find_map(|id| dates::stamped(&tree.words(id), "author"))
}

/// The date of the last change, in a `<time>`, an element whose class name says so, or a line.
pub(super) fn modified(page: &Page<'_>) -> Option<Published> {
    let changed = || {
        let changed = (1..page.tree.nodes.len()).filter(|&id| is_change(page.tree, id));
        changed.take(MAX_ELEMENTS).find_map(|id| in_element(page, id))
    };
    let line = || {
        let mut lines = lines(page, 0..page.blocks.len());
        lines.find_map(|line| dates::changed(line, "date", page.is_american()))
    };
    in_times(page, &|id| is_change(page.tree, id)).or_else(changed).or_else(line)
}

fn attribute<'t>(tree: &'t Tree, id: Id, names: &[Attribute]) -> Option<&'t str> {
    names.iter().find_map(|name| tree.attribute(id, *name))
}

/// Whether an element belongs to comments or other articles, or is in a link to a comment.
fn is_elsewhere(page: &Page<'_>, id: Id) -> bool {
    let tree = page.tree;
    tree.ancestors(id).take(4).any(|around| leads_to_comment(tree, around))
        || page.surroundings.is_elsewhere(page.blocks, id)
        || tree.ancestors(id).any(|around| match tree.tag(around) {
            Tag::Aside | Tag::Nav => !page.surroundings.holds_headline(page.blocks, around),
            Tag::Footer => is_of_page(tree, around),
            _ => false,
        })
}

/// Whether a link leads to a comment.
fn leads_to_comment(tree: &Tree, link: Id) -> bool {
    let href = tree.attribute(link, Attribute::Href).unwrap_or_default();
    href.contains("#comment") || href.contains("#respond")
}

/// Whether a footer is that of the page and not that of an article.
fn is_of_page(tree: &Tree, footer: Id) -> bool {
    !tree.ancestors(footer).any(|around| matches!(tree.tag(around), Tag::Article | Tag::Main))
}

/// The words of a class name beside one for a date that tell of another date.
const OTHER_DATES: &[&str] = &[
    "update",
    "updated",
    "modified",
    "calendar",
    "event",
    "events",
    "expiry",
    "copyright",
    "comment",
    "comments",
    "birth",
    "candidate",
    "mandate",
    "countdown",
];

/// Whether a word of a class name is for what is to come.
fn is_of_event(word: &str) -> bool {
    matches!(word, "event" | "events" | "calendar" | "birth")
}

/// Whether a class name or id names a date.
fn is_dated(tree: &Tree, id: Id) -> bool {
    const WORDS: &[&str] = &[
        "date",
        "dates",
        "published",
        "pubdate",
        "publish",
        "publication",
        "datum",
        "timestamp",
        "timeago",
        "submitted",
        "posted",
        "created",
        "postmetadata",
        "fecha",
        "data",
        "meta",
        "time",
        "datetime",
        "info",
        "dateline",
        "dato",
        "tarih",
        "tanggal",
        "datestamp",
        "postinfo",
        "postmeta",
        "documentbyline",
        "byline",
        "authored",
    ];
    const ENDS: &[&str] = &["date", "datum", "fecha", "datetime"];
    let is_one = |word: &str| WORDS.contains(&word) || ENDS.iter().any(|end| word.ends_with(end));
    tree.inside(id).len() <= MAX_NODES
        && has_name(tree, id, |words| {
            words.clone().any(is_one) && !words.clone().any(|word| OTHER_DATES.contains(&word))
        })
}

/// Whether an element is marked as the date of a change.
fn is_change(tree: &Tree, id: Id) -> bool {
    let property = tree.attribute(id, Attribute::Itemprop).unwrap_or_default();
    let is_published = property.contains("datePublished");
    tree.inside(id).len() <= MAX_NODES
        && !is_published
        && (property.contains("dateModified")
            || has_name(tree, id, |words| {
                let has = |name: &[&str]| words.clone().any(|word| name.contains(&word));
                has(&["updated", "modified", "update", "lastmod", "lastmodified"])
                    && !has(&["published", "publish"])
            }))
}

/// Whether the words of the element's class names and id are such.
fn has_name(tree: &Tree, id: Id, accept: impl Fn(std::str::Split<'_, char>) -> bool) -> bool {
    let names = [Attribute::Class, Attribute::Id].into_iter();
    let names = names.filter_map(|name| tree.attribute(id, name)).filter(|name| name.len() <= 200);
    let mut names = names.map(regions::split_words);
    names.any(|words| accept(words.split(' ')))
}
