//! Writers that the metadata of a page state: JSON-LD, `<meta>`, and the labels for previews on social networks.

use super::{full_names, names, without_spaces};
use crate::read::html::Page;
use crate::read::html::json_ld::StatedArticle;
use crate::read::html::meta::Meta;

/// The writers in JSON-LD. Where several are run together in one name, `<meta>` tells them apart.
pub(super) fn in_json_ld(page: &Page<'_>) -> Vec<String> {
    let found = names(&page.stated.authors);
    let [only] = found.as_slice() else { return found };
    let apart = in_meta(page);
    let is_joined = apart.len() > 1
        && apart.iter().map(|name| without_spaces(name)).collect::<String>()
            == without_spaces(only);
    if is_joined { apart } else { found }
}

/// The writers in `<meta>`, under the first of the usual names that has some.
pub(super) fn in_meta(page: &Page<'_>) -> Vec<String> {
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
        "article.author",
        "byline",
        "writer",
        "vr:author",
        "shareaholic:article_author_name",
        "swiftype-author",
    ];
    NAMES
        .iter()
        .map(|name| {
            let values = page.meta.all(&[name]).iter();
            let values: Vec<String> = values.map(|value| without_address(value)).collect();
            full_names(names(&values))
        })
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// `Jane Doe` of `Jane Doe - http://doe.example`, `Jane Doe (jane@doe.example)`.
fn without_address(value: &str) -> String {
    let is_address =
        |word: &&str| word.contains("://") || word.contains("www.") || word.contains('@');
    if value.split_whitespace().filter(is_address).count() == 0 || !value.contains(' ') {
        return value.to_owned();
    }
    let words: Vec<&str> = value.split_whitespace().filter(|word| !is_address(word)).collect();
    words.join(" ").trim_matches(['-', '–', '|', ',', '(', '<', ' ']).to_owned()
}

/// The writers in `twitter:data1`, whose `twitter:label1` says that it has them.
pub(super) fn in_twitter_labels(page: &Page<'_>) -> Vec<String> {
    const LABELS: &[&str] = &[
        "written by",
        "by",
        "author",
        "authors",
        "posted by",
        "verfasst von",
        "geschrieben von",
        "autor",
        "autorin",
        "von",
        "écrit par",
        "par",
        "auteur",
        "auteur·e",
        "escrito por",
        "por",
        "publicado por",
        "scritto da",
        "autore",
        "geschreven door",
        "door",
        "skrevet av",
        "skrevet af",
        "skriven av",
        "författare",
        "kirjoittanut",
        "kirjoittaja",
        "napisane przez",
        "napisał",
        "napsal autor",
        "autor:",
        "написано автором",
        "автор",
        "yazan",
        "yazar",
        "ditulis oleh",
        "penulis",
        "执笔者",
        "作者",
        "執筆者",
        "글쓴이",
    ];
    let pairs = [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")];
    let stated = pairs.iter().find_map(|(label, data)| {
        let label = page.meta.first(&[label])?.trim().trim_end_matches(':').to_lowercase();
        let data = page.meta.first(&[data])?;
        LABELS.contains(&label.as_str()).then(|| data.to_owned())
    });
    names(stated.as_slice())
}

/// The names of the page's publisher, without spaces and punctuation.
pub(super) fn publishers(meta: &Meta, stated: &StatedArticle) -> Vec<String> {
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
    let initials = stated.publisher.as_deref().map(|name| {
        name.split_whitespace().filter_map(|word| word.chars().next()).collect::<String>()
    });
    names
        .into_iter()
        .flatten()
        .map(without_spaces)
        .chain(initials.map(|initials| without_spaces(&initials)))
        .filter(|name| name.chars().count() > 1)
        .collect()
}
