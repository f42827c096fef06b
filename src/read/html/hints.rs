//! What the parts of a page are for, as their elements, roles and class names tell: the trade's own words, in the
//! languages of class names.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::tree::{Attribute, Id, Tag, Tree};

/// What an element holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Nothing is known.
    Plain,
    /// The text of the article.
    Body,
    /// Its opening, often outside of the text.
    Lead,
    /// Words about the article or around it: not its text.
    Aside,
    /// Words under a picture.
    Caption,
    /// What readers wrote.
    Comments,
    /// Never shown, or never text.
    Hidden,
}

/// Words in class names and ids, and what they say.
static WORDS: LazyLock<FxHashMap<&'static str, Part>> = LazyLock::new(|| {
    let lines = include_str!("hints.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut words = FxHashMap::default();
    for (kind, list) in lines.filter_map(|line| line.split_once('\t')) {
        let part = match kind {
            "body" => Part::Body,
            "lead" => Part::Lead,
            "caption" => Part::Caption,
            "comments" => Part::Comments,
            _ => Part::Aside,
        };
        words.extend(list.split(' ').map(|word| (word, part)));
    }
    words
});

/// What the element `id` of a whole page holds, as far as it says so itself.
pub(super) fn part(tree: &Tree, id: Id) -> Part {
    parts(tree)[id]
}

/// What each element holds.
pub(super) fn parts(tree: &Tree) -> &[Part] {
    tree.parts.get_or_init(|| {
        let mut names = Names::default();
        (0..tree.nodes.len()).map(|id| told(tree, id, &mut names)).collect()
    })
}

/// What the class names met so far say: a page repeats its own.
type Names<'t> = FxHashMap<&'t str, Part>;

/// So many of them are remembered.
const MOST_NAMES: usize = 4096;

fn told<'t>(tree: &'t Tree, id: Id, names: &mut Names<'t>) -> Part {
    let tag = tree.tag(id);
    match tag {
        Tag::Script
        | Tag::Style
        | Tag::Svg
        | Tag::Math
        | Tag::Template
        | Tag::Noscript
        | Tag::Button
        | Tag::Select
        | Tag::Option
        | Tag::Textarea
        | Tag::Iframe
        | Tag::Dialog
        | Tag::Video
        | Tag::Audio
        | Tag::Object
        | Tag::Canvas
        | Tag::Head
        | Tag::Input
        | Tag::Title
        | Tag::Label => return Part::Hidden,
        Tag::Nav | Tag::Footer | Tag::Aside | Tag::Menu | Tag::Search => return Part::Aside,
        Tag::Figcaption | Tag::Figure | Tag::Picture => return Part::Caption,
        Tag::Text | Tag::Br | Tag::Html | Tag::Body | Tag::Main => return Part::Plain,
        _ => {}
    }
    if is_hidden(tree, id) {
        return Part::Hidden;
    }
    if let Some(part) = by_role(tree, id) {
        return part;
    }
    by_name(tree, id, tag, names)
}

fn is_hidden(tree: &Tree, id: Id) -> bool {
    let styled = tree.attribute(id, Attribute::Style).is_some_and(|style| {
        let style: String = style.chars().take(400).filter(|c| !c.is_whitespace()).collect();
        let style = style.to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    });
    let classed = tree.attribute(id, Attribute::Class).is_some_and(|class| {
        let hides = |name: &str| matches!(name, "hidden" | "is-hidden" | "d-none" | "displaynone");
        // Unless it is shown on wider screens: `hidden md:block`, `d-none d-lg-flex`.
        class.split_ascii_whitespace().any(hides) && !class.contains(':') && !class.contains("d-")
            || class.split_ascii_whitespace().any(|name| name == "d-none")
                && class.matches("d-").count() == 1
    });
    let aria = tree
        .attribute(id, Attribute::AriaHidden)
        .is_some_and(|value| value.eq_ignore_ascii_case("true"));
    // What a server sends in pieces waits in hidden elements for a script to put it in place.
    let waits = tree.attribute(id, Attribute::Id).is_some_and(|name| name.starts_with("S:"));
    styled || classed || aria || tree.attribute(id, Attribute::Hidden).is_some() && !waits
}

fn by_role(tree: &Tree, id: Id) -> Option<Part> {
    let itemprop =
        tree.attribute(id, Attribute::Itemprop).or_else(|| tree.attribute(id, Attribute::Property));
    match itemprop.map(str::trim) {
        Some("articleBody" | "schema:articleBody" | "reviewBody" | "content:encoded") => {
            return Some(Part::Body);
        }
        Some("comment") => return Some(Part::Comments),
        Some("author" | "publisher" | "datePublished" | "dateModified" | "keywords") => {
            return Some(Part::Aside);
        }
        Some("caption") => return Some(Part::Caption),
        _ => {}
    }
    match tree.attribute(id, Attribute::Role)?.trim() {
        "navigation" | "complementary" | "contentinfo" | "banner" | "search" | "toolbar"
        | "menu" | "dialog" | "alert" | "alertdialog" | "tablist" | "menubar" | "tooltip"
        | "status" => Some(Part::Aside),
        _ => None,
    }
}

/// The strongest of the words in class, id and test names; what says that it is the text outweighs the surroundings.
fn by_name<'t>(tree: &'t Tree, id: Id, tag: Tag, names: &mut Names<'t>) -> Part {
    let own = [Attribute::Id, Attribute::Class, Attribute::Part];
    let own = own.iter().filter_map(|&attribute| tree.attribute(id, attribute));
    let mut found = Part::Plain;
    let mut is_body = false;
    for name in own.flat_map(str::split_ascii_whitespace).take(24) {
        let part = names.get(name).copied().unwrap_or_else(|| {
            let part = named(name);
            if names.len() < MOST_NAMES {
                names.insert(name, part);
            }
            part
        });
        is_body |= part == Part::Body;
        found = found.max(part);
    }
    match found {
        // Paragraphs carry such words for their looks.
        Part::Body | Part::Lead | Part::Aside | Part::Caption if is_body => {
            if tag == Tag::P {
                Part::Plain
            } else {
                Part::Body
            }
        }
        found => found,
    }
}

/// What one class name says: `article__body`, `relatedStories`, `c-post-content`.
pub(super) fn named(name: &str) -> Part {
    // With a colon it is a rule for looks: `print:hidden`, `md:nav`.
    if name.len() > 80 || name.contains([':', '[']) {
        return Part::Plain;
    }
    let mut parts = [""; 8];
    let mut count = 0;
    let lower = split_words(name);
    for word in lower.split(' ').filter(|word| !word.is_empty()).take(parts.len()) {
        parts[count] = word;
        count += 1;
    }
    let parts = &parts[..count];
    // A class that only states that something is there, or not: `has-comments`, `no-sidebar`.
    if matches!(parts.first(), Some(&("has" | "no" | "with" | "without" | "hide" | "is" | "not"))) {
        return Part::Plain;
    }
    let pair = |i: usize| {
        let mut joined = String::with_capacity(32);
        joined.push_str(parts[i]);
        joined.push('-');
        joined.push_str(parts[i + 1]);
        WORDS.get(joined.as_str()).copied()
    };
    let pairs = (0..parts.len().saturating_sub(1)).filter_map(pair).max();
    let ones = parts.iter().filter_map(|word| WORDS.get(word).copied()).max();
    pairs.max(ones).unwrap_or(Part::Plain)
}

/// Lower case, blanks between the words of `camelCase`, `kebab-case` and `snake_case`.
fn split_words(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() {
            out.push(' ');
        } else if c.is_ascii_uppercase() && was_lower {
            out.push(' ');
            out.push(c.to_ascii_lowercase());
        } else {
            out.push(c.to_ascii_lowercase());
        }
        was_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    out
}
