//! The license of a page's article: links to Creative Commons and `rel=license`, except those for pictures.

use super::blocks::Block;
use super::meta::Meta;
use super::regions::Region;
use super::tree::{Attribute, Id, Tag, Tree};

/// The maximum number of links to licenses that are ranked.
const MAX_LINKS: usize = 50;

/// The ported licenses in the SPDX License List 3.27; others get the identifier of the unported license.
const PORTED: &[&str] = &[
    "CC-BY-2.5-AU",
    "CC-BY-3.0-AT",
    "CC-BY-3.0-AU",
    "CC-BY-3.0-DE",
    "CC-BY-3.0-IGO",
    "CC-BY-3.0-NL",
    "CC-BY-3.0-US",
    "CC-BY-NC-3.0-DE",
    "CC-BY-NC-ND-3.0-DE",
    "CC-BY-NC-ND-3.0-IGO",
    "CC-BY-NC-SA-2.0-DE",
    "CC-BY-NC-SA-2.0-FR",
    "CC-BY-NC-SA-2.0-UK",
    "CC-BY-NC-SA-3.0-DE",
    "CC-BY-NC-SA-3.0-IGO",
    "CC-BY-ND-3.0-DE",
    "CC-BY-SA-2.0-UK",
    "CC-BY-SA-2.1-JP",
    "CC-BY-SA-3.0-AT",
    "CC-BY-SA-3.0-DE",
    "CC-BY-SA-3.0-IGO",
];

/// Words near a link to the license of something other than the text.
const OTHER_WORKS: &[&str] = &[
    "photo",
    "foto",
    "image",
    "bild",
    "picture",
    "video",
    "map",
    "karte",
    "icon",
    "theme",
    "flickr",
    "script",
    "plugin",
    "wikimedia",
    "wikipedia",
    "illustration",
    "grafik",
    "graphic",
    "music",
    "musik",
    "source code",
    "openstreetmap",
    "font",
    "comments",
    "kommentare",
    "podcast",
    "cover",
    "unsplash",
    "pixabay",
    "logo",
];

/// Words near a link to the license of the text.
const TEXT_WORKS: &[&str] = &[
    "text",
    "inhalt",
    "content",
    "beitrag",
    "beiträge",
    "article",
    "artikel",
    "contenu",
    "contenido",
    "website",
    "webseite",
    "this site",
    "this work",
    "dieses werk",
    "this blog",
];

/// The maximum number of nodes of a block that are read.
const MAX_NODES: usize = 200;

/// The maximum length of a sentence about the license, in bytes.
const MAX_SENTENCE: usize = 400;

/// The SPDX identifier of the article's license, and the value that states it.
pub(super) fn license(tree: &Tree, meta: &Meta, stated: Option<&str>) -> Option<(String, String)> {
    let field = |spdx: String, value: &str| (spdx, value.to_owned());
    let stated = stated.and_then(|value| Some(field(spdx_of_url(value)?, value)));
    let in_meta = || {
        let names = [
            "dcterms.license",
            "dc.license",
            "license",
            "cc:license",
            "dc.rights",
            "dcterms.rights",
            "copyright",
            "rights",
        ];
        let mut values = names.iter().flat_map(|name| meta.all(&[name]));
        values.find_map(|value| Some(field(spdx_of_url(value)?, value)))
    };
    stated.or_else(in_meta).or_else(|| linked(tree))
}

/// The license of the most likely link.
fn linked(tree: &Tree) -> Option<(String, String)> {
    let links = (1..tree.nodes.len()).filter(|&id| matches!(tree.tag(id), Tag::A | Tag::Link));
    let licensed = links.filter_map(|id| {
        let href = tree.attribute(id, Attribute::Href)?;
        let spdx = spdx_of_url(href)?;
        Some((rank(tree, id)?, spdx, href))
    });
    let best = licensed.take(MAX_LINKS).min_by_key(|(rank, ..)| *rank)?;
    Some((best.1, best.2.to_owned()))
}

/// How likely the link is for the article, 0 the most likely; `None` if it is for something else.
fn rank(tree: &Tree, id: Id) -> Option<u8> {
    let rel = tree.attribute(id, Attribute::Rel).unwrap_or_default().to_ascii_lowercase();
    let is_rel = rel.split_ascii_whitespace().any(|word| word == "license");
    if tree.tag(id) == Tag::Link {
        return is_rel.then_some(0);
    }
    if tree.ancestors(id).any(|around| {
        matches!(super::regions::region(tree, around), Region::Caption | Region::Comments)
    }) {
        return None;
    }
    let (before, after) = around(tree, id);
    let near = format!(
        "{} {} {}",
        last_bytes(&before, BEFORE),
        tree.words(id),
        first_bytes(&after, AFTER)
    )
    .to_lowercase();
    let is_for_text = has_word(&near, TEXT_WORKS);
    if !is_for_text && has_word(&near, OTHER_WORKS) {
        return None;
    }
    // `A Song (CC BY)` credits another work.
    if !is_rel && !is_for_text && before.len() > 8 && before.trim_end().ends_with('(') {
        return None;
    }
    Some(if is_rel { 1 } else { 2 })
}

/// Whether a word of `text` begins with one of `words`.
fn has_word(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.match_indices(word).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
    })
}

/// The number of bytes before and after a link that tell what it is the license of.
const BEFORE: usize = 60;
const AFTER: usize = 25;

/// The text of the block before and after a link.
fn around(tree: &Tree, id: Id) -> (String, String) {
    let block =
        tree.ancestors(tree.parent(id)).find(|&around| tree.tag(around).is_block()).unwrap_or(id);
    let end = tree.nodes[id].end as usize;
    let block_end = tree.nodes[block].end as usize;
    let words = |range: std::ops::Range<Id>| {
        let mut words = String::new();
        for inner in range.take(MAX_NODES) {
            super::tree::push_words(&mut words, tree.text(inner));
        }
        words
    };
    (words(block.max(id.saturating_sub(MAX_NODES))..id), words(end..block_end))
}

fn last_bytes(text: &str, length: usize) -> &str {
    let mut start = text.len().saturating_sub(length);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

fn first_bytes(text: &str, length: usize) -> &str {
    let mut end = text.len().min(length);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A sentence outside the text that names a Creative Commons license without a link.
pub(super) fn sentence<'a>(blocks: &'a [Block], body: &str) -> Option<&'a str> {
    let names = |text: &str| {
        let lower = text.to_lowercase();
        let commons = ["creative commons", "creative-commons", "cc-by", "cc by"]
            .iter()
            .any(|name| lower.contains(name));
        commons && (has_word(&lower, TEXT_WORKS) || !has_word(&lower, OTHER_WORKS))
    };
    let mut found =
        blocks.iter().filter(|block| block.text.len() < MAX_SENTENCE && names(&block.text));
    let block = found.find(|block| !matches!(block.region, Region::Caption | Region::Comments))?;
    (!body.contains(block.text.as_str())).then_some(block.text.as_str())
}

/// The SPDX identifier for a URL: `https://creativecommons.org/licenses/by-nc-sa/3.0/de/` to `CC-BY-NC-SA-3.0-DE`.
fn spdx_of_url(value: &str) -> Option<String> {
    let lower = value.to_ascii_lowercase();
    let (_, path) = lower.split_once("creativecommons.org/")?;
    let mut parts = path.split(['/', '?', '#']).map(str::trim);
    let kind = parts.next()?;
    let code = parts.next()?;
    let version = parts
        .next()
        .filter(|version| matches!(*version, "1.0" | "2.0" | "2.1" | "2.5" | "3.0" | "4.0"));
    match (kind, code) {
        ("publicdomain", "zero") => Some("CC0-1.0".to_owned()),
        ("publicdomain", "mark") => Some("CC-PDM-1.0".to_owned()),
        (
            "licenses",
            "by" | "by-sa" | "by-nd" | "by-nc" | "by-nc-sa" | "by-nc-nd" | "by-nd-nc" | "by-sa-nc",
        ) => {
            let code = match code {
                "by-nd-nc" => "by-nc-nd",
                "by-sa-nc" => "by-nc-sa",
                code => code,
            };
            let code = code.to_uppercase();
            let Some(version) = version else { return Some(format!("LicenseRef-CC-{code}")) };
            let unported = format!("CC-{code}-{version}");
            let port = parts.next().map(|port| format!("{unported}-{}", port.to_uppercase()));
            Some(port.filter(|port| PORTED.contains(&port.as_str())).unwrap_or(unported))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: Option<&str>) {
        assert_eq!(spdx_of_url(value).as_deref(), expected, "{value}");
    }

    #[test]
    fn urls_name_licenses() {
        check("https://creativecommons.org/licenses/by-nc-sa/3.0/de/", Some("CC-BY-NC-SA-3.0-DE"));
        check("http://creativecommons.org/licenses/by/3.0/es/deed.en", Some("CC-BY-3.0"));
        check("//creativecommons.org/licenses/by-sa/4.0", Some("CC-BY-SA-4.0"));
        check("https://creativecommons.org/licenses/by-nd", Some("LicenseRef-CC-BY-ND"));
        check("https://creativecommons.org/publicdomain/zero/1.0/", Some("CC0-1.0"));
        check("https://creativecommons.org/about", None);
    }
}
