//! Under which terms a page stands: links to Creative Commons and `rel=license`, those of a picture left out.

use super::blocks::Block;
use super::hints::Part;
use super::meta::Meta;
use super::tree::{Attribute, Id, Tag, Tree};

/// So many links to licenses are looked at.
const MOST: usize = 50;

/// National ports that the SPDX License List 3.27 has; the others are named after the unported license.
const PORTS: &[&str] = &[
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

/// What is licensed on pages beside their text, in the words around the link.
const OTHERS: &[&str] = &[
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

/// What is licensed where the text is.
const TEXTS: &[&str] = &[
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

/// So many nodes of a block are looked at.
const MOST_NODES: usize = 200;

/// A sentence about the license is shorter, in bytes.
const LONGEST_SENTENCE: usize = 400;

/// The SPDX identifier of the article's license and the field that states it.
pub(super) fn license(tree: &Tree, meta: &Meta, stated: Option<&str>) -> Option<(String, String)> {
    let field = |spdx: String, value: &str| (spdx, value.to_owned());
    let stated = stated.and_then(|value| Some(field(address(value)?, value)));
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
        values.find_map(|value| Some(field(address(value)?, value)))
    };
    stated.or_else(in_meta).or_else(|| linked(tree))
}

/// The likeliest of the page's links to licenses.
fn linked(tree: &Tree) -> Option<(String, String)> {
    let links = (1..tree.nodes.len()).filter(|&id| matches!(tree.tag(id), Tag::A | Tag::Link));
    let licensed = links.filter_map(|id| {
        let href = tree.attribute(id, Attribute::Href)?;
        let spdx = address(href)?;
        Some((rank(tree, id)?, spdx, href))
    });
    let best = licensed.take(MOST).min_by_key(|(rank, ..)| *rank)?;
    Some((best.1, best.2.to_owned()))
}

/// How surely the link speaks of the article, the surest first; `None`: it speaks of something else.
fn rank(tree: &Tree, id: Id) -> Option<u8> {
    let rel = tree.attribute(id, Attribute::Rel).unwrap_or_default().to_ascii_lowercase();
    let is_rel = rel.split_ascii_whitespace().any(|word| word == "license");
    if tree.tag(id) == Tag::Link {
        return is_rel.then_some(0);
    }
    if tree
        .around(id)
        .any(|around| matches!(super::hints::part(tree, around), Part::Caption | Part::Comments))
    {
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
    let of_text = names_one(&near, TEXTS);
    if !of_text && names_one(&near, OTHERS) {
        return None;
    }
    // `A Song (CC BY)` gives credit for something else.
    if !is_rel && !of_text && before.len() > 8 && before.trim_end().ends_with('(') {
        return None;
    }
    Some(if is_rel { 1 } else { 2 })
}

/// Does a word of `text` begin as one of `words`?
fn names_one(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.match_indices(word).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
    })
}

/// So many bytes of the words before and behind a link tell what it is the license of.
const BEFORE: usize = 60;
const AFTER: usize = 25;

/// The words of the block around a link, before and behind it.
fn around(tree: &Tree, id: Id) -> (String, String) {
    let block =
        tree.around(tree.parent(id)).find(|&around| tree.tag(around).is_block()).unwrap_or(id);
    let end = tree.nodes[id].end as usize;
    let block_end = tree.nodes[block].end as usize;
    let words = |range: std::ops::Range<Id>| {
        let mut words = String::new();
        for inner in range.take(MOST_NODES) {
            super::tree::push_words(&mut words, tree.text(inner));
        }
        words
    };
    (words(block.max(id.saturating_sub(MOST_NODES))..id), words(end..block_end))
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

/// The sentence outside of the text that names a Creative Commons license without a link to it.
pub(super) fn sentence<'a>(blocks: &'a [Block], body: &str) -> Option<&'a str> {
    let names = |text: &str| {
        let lower = text.to_lowercase();
        let commons = ["creative commons", "creative-commons", "cc-by", "cc by"]
            .iter()
            .any(|name| lower.contains(name));
        commons && (names_one(&lower, TEXTS) || !names_one(&lower, OTHERS))
    };
    let mut found =
        blocks.iter().filter(|block| block.text.len() < LONGEST_SENTENCE && names(&block.text));
    let block = found.find(|block| !matches!(block.part, Part::Caption | Part::Comments))?;
    (!body.contains(block.text.as_str())).then_some(block.text.as_str())
}

/// `https://creativecommons.org/licenses/by-nc-sa/3.0/de/`: `CC-BY-NC-SA-3.0-DE`.
fn address(value: &str) -> Option<String> {
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
            Some(port.filter(|port| PORTS.contains(&port.as_str())).unwrap_or(unported))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: Option<&str>) {
        assert_eq!(address(value).as_deref(), expected, "{value}");
    }

    #[test]
    fn addresses_name_licenses() {
        check("https://creativecommons.org/licenses/by-nc-sa/3.0/de/", Some("CC-BY-NC-SA-3.0-DE"));
        check("http://creativecommons.org/licenses/by/3.0/es/deed.en", Some("CC-BY-3.0"));
        check("//creativecommons.org/licenses/by-sa/4.0", Some("CC-BY-SA-4.0"));
        check("https://creativecommons.org/licenses/by-nd", Some("LicenseRef-CC-BY-ND"));
        check("https://creativecommons.org/publicdomain/zero/1.0/", Some("CC0-1.0"));
        check("https://creativecommons.org/about", None);
    }
}
