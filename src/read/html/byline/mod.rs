//! The writers of a page, from its metadata and displayed credits.

use crate::credits::{names, split, unique};
use crate::read::html::blocks::Block;
use crate::read::html::json_ld::StatedArticle;
use crate::read::html::meta::Meta;
use crate::read::html::regions::{self, Region};
use crate::read::html::text::normalized;
use crate::read::html::tree::{Attribute, Id, Tag, Tree};

/// The maximum number of displayed credits that are read.
const MAX_CREDITS: usize = 40;

/// The maximum length of a byline, in bytes, and its maximum distance from the headline, in blocks.
const MAX_LINE: usize = 140;
const MAX_DISTANCE: usize = 14;

/// The writers, and the field that names them. If a source names only the publisher, the others are searched for a
/// writer.
pub(super) fn writers(
    tree: &Tree,
    meta: &Meta,
    stated: &StatedArticle,
    blocks: &[Block],
) -> (Vec<String>, &'static str) {
    let publishers = publishers(meta, stated);
    let is_publisher = |name: &String| is_one_of(name, &publishers);
    let mut publisher = None;
    for (field, source) in SOURCES {
        let mut found = source(&Page { tree, meta, stated, blocks });
        if found.iter().all(is_publisher) {
            publisher = publisher.or((!found.is_empty()).then_some((found, *field)));
            continue;
        }
        found.retain(|name| !is_publisher(name));
        return (found, field);
    }
    publisher.unwrap_or_default()
}

/// A page in which names are searched for.
struct Page<'a> {
    tree: &'a Tree,
    meta: &'a Meta,
    stated: &'a StatedArticle,
    blocks: &'a [Block],
}

type NameSource = fn(&Page<'_>) -> Vec<String>;

/// The sources of names, the most reliable first.
const SOURCES: &[(&str, NameSource)] = &[
    ("json-ld", |page| names(&page.stated.authors)),
    ("meta", in_meta),
    ("author", |page| {
        let elements = page.meta.elements("author").chain(page.meta.elements("creator"));
        displayed(page, &elements.take(MAX_CREDITS).collect::<Vec<_>>())
    }),
    ("rel=author", |page| {
        let is_author = |id: &Id| {
            let rel = page.tree.attribute(*id, Attribute::Rel).unwrap_or_default();
            rel.split_ascii_whitespace().any(|word| word == "author")
        };
        displayed(
            page,
            &page.tree.elements(Tag::A).filter(is_author).take(MAX_CREDITS).collect::<Vec<_>>(),
        )
    }),
    ("byline", |page| {
        let credits = (1..page.tree.nodes.len()).filter(|&id| is_credit(page.tree, id));
        displayed(page, &credits.take(MAX_CREDITS).collect::<Vec<_>>())
    }),
    ("byline", in_lines),
];

fn in_meta(page: &Page<'_>) -> Vec<String> {
    const NAMES: &[&str] = &[
        "author",
        "parsely-author",
        "sailthru.author",
        "citation_author",
        "article:author_name",
        "byl",
        "dc.creator",
        "dcterms.creator",
        "dc.creator.personalname",
        "cxenseparse:author",
        "rbauthors",
        "article:author",
        "og:article:author",
        "twitter:creator_name",
        "authors",
        "creator",
        "og:author",
    ];
    NAMES
        .iter()
        .map(|name| names(page.meta.all(&[name])))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// The names of the page's publisher, without spaces and punctuation.
fn publishers(meta: &Meta, stated: &StatedArticle) -> Vec<String> {
    let address = stated.url.as_deref().or_else(|| meta.first(&["og:url"]));
    let host =
        address.and_then(|url| url.split('/').nth(2)).map(|host| host.trim_start_matches("www."));
    let label = host.and_then(|host| host.split('.').next());
    let names = [
        stated.publisher.as_deref(),
        meta.first(&["og:site_name"]),
        meta.first(&["application-name"]),
        host,
        label,
    ];
    names
        .into_iter()
        .flatten()
        .map(without_spaces)
        .filter(|name| name.chars().count() > 1)
        .collect()
}

/// Whether a name is that of the publisher, or the beginning of it.
fn is_one_of(name: &str, publishers: &[String]) -> bool {
    let name = without_spaces(name);
    publishers.iter().any(|publisher| {
        *publisher == name
            || name.chars().count() > 2 && publisher.starts_with(&name)
            || publisher.chars().count() > 3 && name.starts_with(publisher.as_str())
    })
}

fn without_spaces(name: &str) -> String {
    normalized(name).replace(' ', "")
}

/// The names in lines near the headline that begin with `By` or a label in another language; else of a line with a label
/// for editors.
fn in_lines(page: &Page<'_>) -> Vec<String> {
    let is_heading = |block: &&Block| page.tree.tag(block.element) == Tag::H1;
    let Some(headline) = page.blocks.iter().position(|block| is_heading(&block)) else {
        return Vec::new();
    };
    let near =
        headline.saturating_sub(MAX_DISTANCE / 2)..page.blocks.len().min(headline + MAX_DISTANCE);
    let credit = |block: &Block| {
        let text = block.text.trim_start_matches(['(', '（', '|', ' ']);
        let rest = LINE_LABELS.iter().find_map(|label| text.strip_prefix(label));
        let fits = text.len() <= MAX_LINE
            && block.region < Region::Comments
            && !page.tree.tag(block.element).is_heading();
        let found = rest.filter(|_| fits).map(split).unwrap_or_default();
        let named =
            |name: &String| is_person(name) || block.linked > 0 && block.linked < name.len() + 4;
        if found.iter().all(named) { found } else { Vec::new() }
    };
    let found = page.blocks[near].iter().map(credit).find(|found| !found.is_empty());
    let editors = || {
        let lines = page.blocks.iter().filter(|block| block.text.len() < MAX_LINE);
        let mut named = lines.filter_map(|block| {
            block.text.split_once("责编：").or(block.text.split_once("责任编辑："))
        });
        named.next().map(|(_, names)| split(names.trim_end_matches(['）', ')'])))
    };
    found.or_else(editors).unwrap_or_default()
}

/// The labels at the beginning of a byline.
const LINE_LABELS: &[&str] = &[
    "By ",
    "BY ",
    "by ",
    "By: ",
    "Von ",
    "VON ",
    "von ",
    "Par ",
    "PAR ",
    "par ",
    "Por ",
    "POR ",
    "Door ",
    "Oleh ",
    "Author: ",
    "Autor: ",
    "Erstellt von ",
    "Gespeichert von ",
    "Geschrieben von ",
    "Verfasst von ",
    "Beitrag von ",
    "Blog Beitrag von ",
    "Gastbeitrag von ",
    "Ein Gastbeitrag von ",
    "Ein Beitrag von ",
    "Written by ",
    "Posted by ",
    "Submitted by ",
    "Text: ",
    "Text by ",
    "Words by ",
    "Story by ",
    "Publié par ",
    "Escrito por ",
    "Scritto da ",
    "Автор: ",
    "Penulis: ",
    "Yazan: ",
    "作者：",
    "記者",
    "文／",
    "文/",
];

/// Whether a name is two to four words, capitalised if the script has capitals.
fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |word: &&str| word.chars().next().is_some_and(|c| !c.is_lowercase());
    (2..=4).contains(&words.len())
        && words.first().is_some_and(capital)
        && words.last().is_some_and(capital)
}

/// Whether a class name or id names a credit.
fn is_credit(tree: &Tree, id: Id) -> bool {
    const WORDS: &[&str] = &[
        "author",
        "byline",
        "autor",
        "auteur",
        "authors",
        "auteurs",
        "autoren",
        "byl",
        "verfasser",
        "contributor",
        "submitted",
        "username",
    ];
    const NOT: &[&str] = &[
        "bio",
        "box",
        "image",
        "img",
        "avatar",
        "photo",
        "comment",
        "about",
        "social",
        "info",
        "description",
    ];
    let Some(class) =
        tree.attribute(id, Attribute::Class).or_else(|| tree.attribute(id, Attribute::Id))
    else {
        return false;
    };
    let lower = class.to_ascii_lowercase();
    let mut words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    words.clone().any(|word| WORDS.contains(&word)) && !words.any(|word| NOT.contains(&word))
}

/// The names in the first of the elements `ids` that has names and is outside comments, and in those near it.
fn displayed(page: &Page<'_>, ids: &[Id]) -> Vec<String> {
    let tree = page.tree;
    let mut found: Vec<String> = Vec::new();
    let mut first: Option<Id> = None;
    for &id in ids {
        let near = first.is_none_or(|first| {
            let group = tree.parent(tree.parent(first));
            tree.inside(group).contains(&id) && !tree.inside(first).contains(&id)
        });
        if !near
            || tree.ancestors(id).any(|around| regions::region(tree, around) == Region::Comments)
        {
            continue;
        }
        let named = page.meta.elements("name").find(|name| tree.inside(id).contains(name));
        let words = tree
            .attribute(id, Attribute::Content)
            .map_or_else(|| tree.words(named.unwrap_or(id)), str::to_owned);
        let names = names(&[words]);
        if !names.is_empty() {
            first.get_or_insert(id);
            found.extend(names);
        }
    }
    unique(found)
}
