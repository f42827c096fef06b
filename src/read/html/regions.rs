//! The regions of a page, such as main content, captions, comments and boilerplate, by element names, microdata, ARIA
//! roles and the words in class names.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

pub(super) use super::tree::Region;
use super::tree::{Attribute, Id, Tag, Tree};

/// The words in class names and ids, and the regions that they name.
static WORDS: LazyLock<FxHashMap<&'static str, Region>> = LazyLock::new(|| {
    let lines = include_str!("regions.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut words = FxHashMap::default();
    for (name, list) in lines.filter_map(|line| line.split_once('\t')) {
        let region = match name {
            "body" => Region::Body,
            "lead" => Region::Lead,
            "others" => Region::Others,
            "caption" => Region::Caption,
            "comments" => Region::Comments,
            _ => Region::Aside,
        };
        words.extend(list.split(' ').map(|word| (word, region)));
    }
    words
});

/// The region of the element `id`, by its own markup.
pub(super) fn region(tree: &Tree, id: Id) -> Region {
    regions(tree)[id]
}

/// The region of each element, by its own markup.
pub(super) fn regions(tree: &Tree) -> &[Region] {
    tree.regions.get_or_init(|| {
        let mut names = NameCache::default();
        (0..tree.nodes.len()).map(|id| own_region(tree, id, &mut names)).collect()
    })
}

/// The regions of the class names so far: a page repeats its class names.
type NameCache<'t> = FxHashMap<&'t str, Region>;

/// The maximum number of cached names.
const MAX_NAMES: usize = 4096;

fn own_region<'t>(tree: &'t Tree, id: Id, names: &mut NameCache<'t>) -> Region {
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
        | Tag::Label => return Region::Hidden,
        Tag::Nav | Tag::Footer | Tag::Aside | Tag::Menu | Tag::Search => return Region::Aside,
        Tag::Figcaption | Tag::Figure | Tag::Picture => return Region::Caption,
        Tag::Text | Tag::Br | Tag::Html | Tag::Body | Tag::Main => return Region::Unknown,
        _ => {}
    }
    if is_hidden(tree, id) {
        return Region::Hidden;
    }
    let is_article = |around: Id| matches!(tree.tag(around), Tag::Article | Tag::Main);
    if tag == Tag::Form || tag == Tag::Header && !tree.ancestors(id).any(is_article) {
        return Region::Aside;
    }
    if let Some(region) = by_role(tree, id) {
        return region;
    }
    by_name(tree, id, tag, names)
}

fn is_hidden(tree: &Tree, id: Id) -> bool {
    let by_style = tree.attribute(id, Attribute::Style).is_some_and(|style| {
        let style: String = style.chars().take(400).filter(|c| !c.is_whitespace()).collect();
        let style = style.to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    });
    let by_class = tree.attribute(id, Attribute::Class).is_some_and(|class| {
        let hides = |name: &str| matches!(name, "hidden" | "is-hidden" | "d-none" | "displaynone");
        // But not `hidden md:block` or `d-none d-lg-flex`, which are displayed on wider screens.
        class.split_ascii_whitespace().any(hides) && !class.contains(':') && !class.contains("d-")
            || class.split_ascii_whitespace().any(|name| name == "d-none")
                && class.matches("d-").count() == 1
    });
    let by_aria = tree
        .attribute(id, Attribute::AriaHidden)
        .is_some_and(|value| value.eq_ignore_ascii_case("true"));
    // Streamed content (React) is hidden until a script moves it into place.
    let is_streamed = tree.attribute(id, Attribute::Id).is_some_and(|name| name.starts_with("S:"));
    by_style
        || by_class
        || by_aria
        || tree.attribute(id, Attribute::Hidden).is_some() && !is_streamed
}

fn by_role(tree: &Tree, id: Id) -> Option<Region> {
    let itemprop =
        tree.attribute(id, Attribute::Itemprop).or_else(|| tree.attribute(id, Attribute::Property));
    match itemprop.map(str::trim) {
        Some("articleBody" | "schema:articleBody" | "reviewBody" | "content:encoded") => {
            return Some(Region::Body);
        }
        Some("comment") => return Some(Region::Comments),
        Some("author" | "publisher" | "datePublished" | "dateModified" | "keywords") => {
            return Some(Region::Aside);
        }
        Some("caption") => return Some(Region::Caption),
        _ => {}
    }
    match tree.attribute(id, Attribute::Role)?.trim() {
        "navigation" | "complementary" | "contentinfo" | "banner" | "search" | "toolbar"
        | "menu" | "dialog" | "alert" | "alertdialog" | "tablist" | "menubar" | "tooltip"
        | "status" => Some(Region::Aside),
        _ => None,
    }
}

/// The strongest region that class, id and test id name. The main content outweighs boilerplate.
fn by_name<'t>(tree: &'t Tree, id: Id, tag: Tag, names: &mut NameCache<'t>) -> Region {
    let own = [Attribute::Id, Attribute::Class, Attribute::TestId];
    let own = own.iter().filter_map(|&attribute| tree.attribute(id, attribute));
    let mut strongest = Region::Unknown;
    let mut is_body = false;
    for name in own.flat_map(str::split_ascii_whitespace).take(24) {
        let region = names.get(name).copied().unwrap_or_else(|| {
            let region = named(name);
            if names.len() < MAX_NAMES {
                names.insert(name, region);
            }
            region
        });
        is_body |= region == Region::Body;
        strongest = strongest.max(region);
    }
    match strongest {
        // On paragraphs such words are for styling.
        Region::Body | Region::Lead | Region::Aside | Region::Others | Region::Caption
            if is_body =>
        {
            if tag == Tag::P {
                Region::Unknown
            } else {
                Region::Body
            }
        }
        strongest => strongest,
    }
}

/// The region that one class name names: `article__body`, `relatedStories`, `c-post-content`.
fn named(name: &str) -> Region {
    // Names with a colon are for styling: `print:hidden`, `md:nav`.
    if name.len() > 80 || name.contains([':', '[']) {
        return Region::Unknown;
    }
    let mut words = [""; 8];
    let mut count = 0;
    let lower = split_words(name);
    for word in lower.split(' ').filter(|word| !word.is_empty()).take(words.len()) {
        words[count] = word;
        count += 1;
    }
    let words = &words[..count];
    // The name of a state, not of a region: `has-comments`, `no-sidebar`.
    if matches!(words.first(), Some(&("has" | "no" | "with" | "without" | "hide" | "is" | "not"))) {
        return Region::Unknown;
    }
    let pair = |i: usize| {
        let mut joined = String::with_capacity(32);
        joined.push_str(words[i]);
        joined.push('-');
        joined.push_str(words[i + 1]);
        WORDS.get(joined.as_str()).copied()
    };
    let pairs = (0..words.len().saturating_sub(1)).filter_map(pair).max();
    let singles = words.iter().filter_map(|word| WORDS.get(word).copied()).max();
    pairs.max(singles).unwrap_or(Region::Unknown)
}

/// The words of `camelCase`, `kebab-case` and `snake_case` in lower case, separated by spaces.
pub(super) fn split_words(name: &str) -> String {
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
