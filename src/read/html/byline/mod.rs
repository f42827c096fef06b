//! Who wrote a page: names out of what its metadata and its visible credits state.

mod names;

use self::names::{names, split, unique};
use crate::read::html::blocks::Block;
use crate::read::html::hints::{self, Part};
use crate::read::html::json_ld::Stated;
use crate::read::html::meta::Meta;
use crate::read::html::text::normal;
use crate::read::html::tree::{Attribute, Id, Tag, Tree};

/// So many visible credits are looked at.
const CREDITS: usize = 40;

/// A line that names writers is no longer, in bytes, and stands within so many blocks of the headline.
const LONGEST_LINE: usize = 140;
const NEAR: usize = 14;

/// The writers, and the field that names them. A page that names only its publisher as its author often shows the
/// writer elsewhere.
pub(super) fn writers(
    tree: &Tree,
    meta: &Meta,
    stated: &Stated,
    blocks: &[Block],
) -> (Vec<String>, &'static str) {
    let publishers = publishers(meta, stated);
    let is_publisher = |name: &String| is_one_of(name, &publishers);
    let mut publisher = None;
    for (field, way) in WAYS {
        let mut found = way(&Page { tree, meta, stated, blocks });
        if found.iter().all(is_publisher) {
            publisher = publisher.or((!found.is_empty()).then_some((found, *field)));
            continue;
        }
        found.retain(|name| !is_publisher(name));
        return (found, field);
    }
    publisher.unwrap_or_default()
}

/// What the names are looked for in.
struct Page<'a> {
    tree: &'a Tree,
    meta: &'a Meta,
    stated: &'a Stated,
    blocks: &'a [Block],
}

type Way = fn(&Page<'_>) -> Vec<String>;

/// Where names stand, the surest first.
const WAYS: &[(&str, Way)] = &[
    ("json-ld", |page| names(&page.stated.authors)),
    ("meta", in_meta),
    ("author", |page| {
        let elements = page.meta.elements("author").chain(page.meta.elements("creator"));
        visible(page, &elements.take(CREDITS).collect::<Vec<_>>())
    }),
    ("rel=author", |page| {
        let is_author = |id: &Id| {
            let rel = page.tree.attribute(*id, Attribute::Rel).unwrap_or_default();
            rel.split_ascii_whitespace().any(|word| word == "author")
        };
        visible(
            page,
            &page.tree.elements(Tag::A).filter(is_author).take(CREDITS).collect::<Vec<_>>(),
        )
    }),
    ("byline", |page| {
        let credits = (1..page.tree.nodes.len()).filter(|&id| is_credit(page.tree, id));
        visible(page, &credits.take(CREDITS).collect::<Vec<_>>())
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

/// What the page's publisher is called, in letters and digits alone.
fn publishers(meta: &Meta, stated: &Stated) -> Vec<String> {
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
    names.into_iter().flatten().map(squeezed).filter(|name| name.chars().count() > 1).collect()
}

/// Is the name the publisher's, or a part of it?
fn is_one_of(name: &str, publishers: &[String]) -> bool {
    let name = squeezed(name);
    publishers.iter().any(|publisher| {
        *publisher == name
            || name.chars().count() > 2 && publisher.starts_with(&name)
            || publisher.chars().count() > 3 && name.starts_with(publisher.as_str())
    })
}

fn squeezed(name: &str) -> String {
    normal(name).replace(' ', "")
}

/// Lines near the headline that open with `By`, and the like in other languages; the like at the text's end.
fn in_lines(page: &Page<'_>) -> Vec<String> {
    let is_heading = |block: &&Block| page.tree.tag(block.element) == Tag::H1;
    let Some(headline) = page.blocks.iter().position(|block| is_heading(&block)) else {
        return Vec::new();
    };
    let near = headline.saturating_sub(NEAR / 2)..page.blocks.len().min(headline + NEAR);
    let credit = |block: &Block| {
        let text = block.text.trim_start_matches(['(', '（', '|', ' ']);
        let rest = LINE_LABELS.iter().find_map(|label| text.strip_prefix(label));
        let fits = text.len() <= LONGEST_LINE
            && block.part < Part::Comments
            && !page.tree.tag(block.element).is_heading();
        let found = rest.filter(|_| fits).map(split).unwrap_or_default();
        let named =
            |name: &String| is_person(name) || block.linked > 0 && block.linked < name.len() + 4;
        if found.iter().all(named) { found } else { Vec::new() }
    };
    let found = page.blocks[near].iter().map(credit).find(|found| !found.is_empty());
    let editors = || {
        let lines = page.blocks.iter().filter(|block| block.text.len() < LONGEST_LINE);
        let mut named = lines.filter_map(|block| {
            block.text.split_once("责编：").or(block.text.split_once("责任编辑："))
        });
        named.next().map(|(_, names)| split(names.trim_end_matches(['）', ')'])))
    };
    found.or_else(editors).unwrap_or_default()
}

/// How a line opens that names the writer.
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

/// Two to four words with capitals, or a script without them.
fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |word: &&str| word.chars().next().is_some_and(|c| !c.is_lowercase());
    (2..=4).contains(&words.len())
        && words.first().is_some_and(capital)
        && words.last().is_some_and(capital)
}

/// Does the element's class name call it a credit?
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

/// The names in the first of `ids` that has some and is no part of the comments; all of its neighbours of the same
/// kind below the same element.
fn visible(page: &Page<'_>, ids: &[Id]) -> Vec<String> {
    let tree = page.tree;
    let mut found: Vec<String> = Vec::new();
    let mut first: Option<Id> = None;
    for &id in ids {
        let near = first.is_none_or(|first| {
            let group = tree.parent(tree.parent(first));
            tree.inside(group).contains(&id) && !tree.inside(first).contains(&id)
        });
        if !near || tree.around(id).any(|around| hints::part(tree, around) == Part::Comments) {
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
