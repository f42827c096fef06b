//! Web pages: the main content without boilerplate, and the metadata that the page states. Start at [`article`].
//!
//! JSON-LD takes precedence over `<meta>`, that over microdata and links, and these over what class names suggest.

mod bounded_tags;
mod parse;
mod tags;
mod text;
mod tree;

mod charset;

mod json_ld;
mod meta;

mod byline;
mod dates;
mod license;
mod published;
mod surroundings;
mod title;

mod blocks;
mod content;
mod marked_text;
mod regions;
mod select;
mod shingles;

#[cfg(test)]
mod tests;

pub(crate) use charset::decode;

use self::blocks::Block;
use self::json_ld::StatedArticle;
use self::meta::Meta;
use self::select::PageFacts;
use self::surroundings::Surroundings;
use self::tree::{Attribute, Tag, Tree};
use crate::article::{Article, Byline, License, Origin};

/// The article of a page.
pub(crate) fn article(html: &str, key: &str) -> Article {
    let tree = parse::tree(html);
    let meta = Meta::new(&tree);
    let stated = json_ld::stated(&tree, &title::page_title(&tree, &meta));
    let blocks = blocks::all(&tree);
    let container = content::container(&tree, &blocks);
    let title = title::headline(&tree, &meta, &stated, &blocks, container).map(|(title, _)| title);
    let surroundings = Surroundings::new(&tree, &blocks, title.as_deref(), container);
    let url = url(&tree, &meta, &stated);
    let page = Page {
        html,
        url: url.as_deref(),
        tree: &tree,
        meta: &meta,
        stated: &stated,
        blocks: &blocks,
        surroundings: &surroundings,
    };
    let (writers, field) = byline::writers(&page);
    let published = published::published(&page);
    let facts = PageFacts {
        title: title.as_deref(),
        description: meta
            .first(&["og:description", "description", "twitter:description"])
            .or(stated.description.as_deref()),
        body: stated.body.as_deref(),
        writers: &writers,
    };
    let mut body = content::body(&tree, &blocks, container, &facts);
    let license = license::license(&tree, &meta, stated.license.as_deref());
    if license.is_none()
        && let Some(sentence) = license::sentence(&blocks, &body)
    {
        body.push('\n');
        body.push_str(sentence);
    }
    Article {
        id: key.to_owned(),
        path: key.to_owned(),
        body,
        url,
        published,
        language: language(&tree, &meta, &stated),
        byline: writers
            .into_iter()
            .map(|name| Byline { name, origin: Origin::Field(field.to_owned()) })
            .collect(),
        license: license.map(|(spdx, field)| License {
            spdx,
            holder: stated.holder.clone(),
            origin: Origin::Field(field),
        }),
        keywords: keywords(&meta, &stated),
        section: section(&meta, &stated),
        title,
        ..Article::default()
    }
}

/// What is known of a page when its writers and its date are searched for.
struct Page<'a> {
    html: &'a str,
    url: Option<&'a str>,
    tree: &'a Tree,
    meta: &'a Meta,
    stated: &'a StatedArticle,
    blocks: &'a [Block],
    surroundings: &'a Surroundings<'a>,
}

impl Page<'_> {
    /// Whether the page says that it is in the English of America, where the month stands first in figures.
    fn is_american(&self) -> bool {
        let html = self.tree.elements(Tag::Html).next();
        let stated = html.and_then(|id| self.tree.attribute(id, Attribute::Lang));
        let stated = stated.or_else(|| self.meta.first(&["og:locale", "content-language"]));
        stated
            .is_some_and(|language| language.trim().replace('_', "-").eq_ignore_ascii_case("en-us"))
    }
}

/// The canonical URL.
fn url(tree: &Tree, meta: &Meta, stated: &StatedArticle) -> Option<String> {
    let canonical = tree
        .elements(Tag::Link)
        .find(|&id| tree.attribute(id, Attribute::Rel) == Some("canonical"));
    let canonical = canonical.and_then(|id| tree.attribute(id, Attribute::Href)).map(str::trim);
    let candidates = [canonical, meta.first(&["og:url", "twitter:url"]), stated.url.as_deref()];
    let is_url = |value: &&str| {
        value.starts_with("http") && !value.contains(char::is_whitespace) && value.len() < 2000
    };
    candidates.into_iter().flatten().find(is_url).map(str::to_owned)
}

/// The ISO 639-1 code of the language that the page states.
fn language(tree: &Tree, meta: &Meta, stated: &StatedArticle) -> Option<String> {
    let html = tree.elements(Tag::Html).next().and_then(|id| tree.attribute(id, Attribute::Lang));
    let names = ["og:locale", "content-language", "dc.language", "language"];
    let candidates = [stated.language.as_deref(), html, meta.first(&names)];
    candidates.into_iter().flatten().find_map(|value| {
        let code = value.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
    })
}

fn section(meta: &Meta, stated: &StatedArticle) -> Option<String> {
    let names = [
        "article:section",
        "og:article:section",
        "parsely-section",
        "sailthru.section",
        "section",
        "dc.subject",
    ];
    stated.section.clone().or_else(|| meta.first(&names).map(str::to_owned))
}

fn keywords(meta: &Meta, stated: &StatedArticle) -> Vec<String> {
    const NAMES: &[&str] = &[
        "article:tag",
        "og:article:tag",
        "news_keywords",
        "parsely-tags",
        "keywords",
        "dc.subject",
    ];
    let from_meta = || match meta.all(NAMES) {
        [one] => one.split([',', ';']).map(str::to_owned).collect(),
        many => many.to_vec(),
    };
    let words = if stated.keywords.is_empty() { from_meta() } else { stated.keywords.clone() };
    let mut kept: Vec<String> = Vec::new();
    for word in words {
        let word = word.trim();
        if !word.is_empty()
            && word.len() < 100
            && kept.len() < 60
            && !kept.iter().any(|kept| kept == word)
        {
            kept.push(word.to_owned());
        }
    }
    kept
}
