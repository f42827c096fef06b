//! Credits that elements of a page are marked as: by a property, a relation, a class name or a test id.

use super::{Zone, full_names, is_person, lines, looks_like_a_person, names, parts, unique};
use crate::read::html::tree::{Attribute, Id, Tag, Tree};
use crate::read::html::{Page, regions};

/// The maximum number of elements that are read as one kind of credit.
const MAX_CREDITS: usize = 60;

/// The writers that the properties `author` and `creator` mark.
pub(super) fn with_property(page: &Page<'_>, zone: Zone) -> Vec<String> {
    let elements = page.meta.elements("author").chain(page.meta.elements("creator"));
    displayed(page, elements, zone)
}

/// The writers that links with `rel=author` lead to.
pub(super) fn with_relation(page: &Page<'_>, zone: Zone) -> Vec<String> {
    let is_author = |id: &Id| {
        let rel = page.tree.attribute(*id, Attribute::Rel).unwrap_or_default();
        rel.split_ascii_whitespace().any(|word| word == "author")
    };
    displayed(page, page.tree.elements(Tag::A).filter(is_author), zone)
}

/// The writers in elements whose class name, id, test id or data name a credit. A line that names a person goes before a
/// user name.
pub(super) fn with_class(page: &Page<'_>, zone: Zone) -> Vec<String> {
    let credits = (1..page.tree.nodes.len()).filter(|&id| is_credit(page.tree, id));
    let found = displayed(page, credits, zone);
    let is_user = |name: &String| name.chars().all(|c| c.is_ascii_lowercase());
    let persons = if found.iter().all(is_user) { lines::with_label(page) } else { Vec::new() };
    if persons.is_empty() { found } else { persons }
}

/// The writers whom boxes about the author present, by their heading, link or emphasis.
pub(super) fn in_author_boxes(page: &Page<'_>) -> Vec<String> {
    let tree = page.tree;
    let boxes = (1..tree.nodes.len())
        .filter(|&id| is_author_box(tree, id) || is_credit(tree, id))
        .take(MAX_CREDITS);
    for around in boxes {
        if page.surroundings.holds_headline(page.blocks, around)
            || page.surroundings.is_elsewhere(page.blocks, tree.parent(around))
        {
            continue;
        }
        let is_box = is_author_box(tree, around);
        let named = tree.inside(around).filter(|&id| {
            let is_set_off = matches!(tree.tag(id), Tag::A | Tag::Strong | Tag::B);
            tree.tag(id).is_heading() || is_box && is_set_off
        });
        let mut found = named.take(12).map(|id| names(&parts::of_element(tree, id)));
        let person = found.find_map(|names| names.into_iter().find(|name| is_person(name)));
        if let Some(person) = person {
            return vec![person];
        }
    }
    Vec::new()
}

/// The persons whose names link to their pages, near the headline.
pub(super) fn with_profile(page: &Page<'_>) -> Vec<String> {
    let tree = page.tree;
    let links = page.surroundings.near_nodes.clone().filter(|&id| {
        tree.tag(id) == Tag::A
            && leads_to_person(tree.attribute(id, Attribute::Href).unwrap_or_default())
    });
    let mut found = displayed(page, links, Zone::Near);
    found.retain(|name| looks_like_a_person(name));
    found
}

/// Whether an address is that of somebody's page.
fn leads_to_person(href: &str) -> bool {
    const PATHS: &[&str] = &[
        "author",
        "authors",
        "autor",
        "autoren",
        "autores",
        "auteur",
        "auteurs",
        "autore",
        "autori",
        "profile",
        "profiles",
        "profil",
        "people",
        "person",
        "persons",
        "personen",
        "staff",
        "team",
        "reporter",
        "reporters",
        "journalist",
        "journalists",
        "contributor",
        "contributors",
        "columnist",
        "columnists",
        "writer",
        "writers",
        "by",
        "byline",
        "user",
        "users",
        "bio",
        "redaktion",
        "newsteam",
        "member",
        "members",
        "journalistes",
        "firma",
        "firmas",
        "yazar",
        "yazarlar",
        "penulis",
        "correspondent",
        "correspondents",
        "editors",
    ];
    href.to_ascii_lowercase()
        .split(['/', '?', '=', '-'])
        .any(|path| PATHS.contains(&path) || path.starts_with('@'))
}

/// The names in the first of the elements in a zone that has names and belongs to the article, and in those of its group.
fn displayed(page: &Page<'_>, ids: impl Iterator<Item = Id>, zone: Zone) -> Vec<String> {
    let near = &page.surroundings.near_nodes;
    let ids = ids.filter(|id| near.contains(id) == (zone == Zone::Near));
    first_group(page, &ids.take(MAX_CREDITS).collect::<Vec<_>>())
}

fn first_group(page: &Page<'_>, ids: &[Id]) -> Vec<String> {
    let tree = page.tree;
    let mut found: Vec<String> = Vec::new();
    let mut first: Option<Id> = None;
    for &id in ids {
        let near = first.is_none_or(|first| {
            let group = tree.parent(tree.parent(first));
            tree.inside(group).contains(&id) && !tree.inside(first).contains(&id)
        });
        if !near || page.surroundings.is_elsewhere(page.blocks, id) {
            continue;
        }
        let names = full_names(in_element(page, id));
        if !names.is_empty() {
            first.get_or_insert(id);
            found.extend(names);
        }
    }
    full_names(unique(found))
}

/// The names in one element: in its value, in a value or an element inside it that is marked as a name, or in its text.
fn in_element(page: &Page<'_>, id: Id) -> Vec<String> {
    let tree = page.tree;
    let value = [Attribute::Content, Attribute::Author]
        .into_iter()
        .find_map(|attribute| tree.attribute(id, attribute));
    let is_name = |inner: &Id| {
        let property = tree.attribute(*inner, Attribute::Itemprop);
        property
            .is_some_and(|property| property.split_ascii_whitespace().any(|name| name == "name"))
            || tree.attribute(*inner, Attribute::Class).is_some_and(|class| {
                class.split_ascii_whitespace().any(|name| matches!(name, "fn" | "p-name"))
            })
    };
    let marked = || {
        let marked = tree.inside(id).filter(is_name).take(MAX_CREDITS);
        let of_one = |inner: Id| match tree.attribute(inner, Attribute::Content) {
            Some(value) => vec![value.to_owned()],
            None => parts::of_element(tree, inner),
        };
        names(&[marked.flat_map(of_one).collect::<Vec<_>>().join(" | ")])
    };
    let found = match value.filter(|value| !value.is_empty()) {
        Some(value) => names(&[value.to_owned()]),
        None => marked(),
    };
    if found.is_empty() { names(&[parts::of_element(tree, id).join(" | ")]) } else { found }
}

/// The words of a class name that name a credit.
const CREDITS: &[&str] = &[
    "author",
    "authors",
    "byline",
    "bylines",
    "byl",
    "autor",
    "autores",
    "autora",
    "autoren",
    "autorin",
    "auteur",
    "auteurs",
    "autore",
    "autori",
    "forfatter",
    "författare",
    "skribent",
    "schrijver",
    "yazar",
    "penulis",
    "verfasser",
    "redakteur",
    "contributor",
    "contributors",
    "writer",
    "writers",
    "submitted",
    "username",
    "creator",
    "journalist",
    "reporter",
    "columnist",
    "signature",
    "firma",
    "vcard",
    "postauthor",
    "authored",
];

/// The words of a class name with one of [`CREDITS`] that does not name the writer.
const NO_CREDITS: &[&str] = &[
    "bio",
    "box",
    "image",
    "images",
    "img",
    "avatar",
    "photo",
    "picture",
    "comment",
    "comments",
    "about",
    "social",
    "info",
    "description",
    "desc",
    "icon",
    "count",
    "more",
    "posts",
    "related",
    "follow",
    "title",
    "jobtitle",
    "role",
    "position",
    "biography",
    "email",
    "twitter",
    "card",
];

/// Whether an element is named as a credit.
fn is_credit(tree: &Tree, id: Id) -> bool {
    tree.attribute(id, Attribute::Author).is_some()
        || names_of(tree, id).any(|name| {
            let name = regions::split_words(name);
            let words = || name.split(' ').filter(|word| !word.is_empty());
            let glued = |word: &str| {
                ["author", "byline"].iter().any(|credit| {
                    word.len() > credit.len()
                        && (word.ends_with(credit) || word.starts_with(credit))
                })
            };
            let ends_with_by = words().count() > 1 && words().next_back() == Some("by");
            let is_named =
                ends_with_by || words().any(|word| CREDITS.contains(&word) || glued(word));
            // The name in a box about the author is a credit.
            let is_name = matches!(words().next_back(), Some("name" | "names" | "fullname"))
                && !words().any(|word| matches!(word, "comment" | "comments" | "related"));
            is_named && (is_name || !words().any(|word| NO_CREDITS.contains(&word)))
        })
}

/// Whether an element is named as a box about the author.
fn is_author_box(tree: &Tree, id: Id) -> bool {
    const ABOUT: &[&str] = &["bio", "box", "info", "card", "about", "biography", "details"];
    names_of(tree, id).any(|name| {
        let name = regions::split_words(name);
        let has = |list: &[&str]| name.split(' ').any(|word| list.contains(&word));
        has(CREDITS) && has(ABOUT)
            || matches!(name.trim(), "authorbox" | "authorbio" | "authorinfo")
    })
}

/// The class names, the id and the test id of an element.
fn names_of(tree: &Tree, id: Id) -> impl Iterator<Item = &str> {
    [Attribute::Class, Attribute::Id, Attribute::TestId]
        .into_iter()
        .filter_map(move |attribute| tree.attribute(id, attribute))
        .flat_map(str::split_ascii_whitespace)
        .filter(|name| name.len() <= 80 && !name.contains([':', '[']))
        .take(24)
}
