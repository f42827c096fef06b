//! Exports of WordPress (WXR): an RSS feed of all content of a site; its published posts are articles.

use rustc_hash::FxHashSet;

use super::format::RecordContext;
use crate::read::draft::Draft;
use crate::read::markup;
use crate::read::xml::{self, Element};

/// The article of an item, if it is a published post.
pub(super) fn drafts(context: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    const UNPUBLISHED: &[&str] = &["draft", "pending", "private", "future", "trash", "auto-draft"];
    let tree = xml::parse(text);
    let Some(item) = tree.at("item") else { return Vec::new() };
    let line = |name: &str| item.at(name).map(Element::line).unwrap_or_default();
    let is_post = matches!(line("post_type").as_str(), "post" | "");
    if !is_post || UNPUBLISHED.contains(&line("status").as_str()) {
        return Vec::new();
    }
    let head = context.head.tree();
    let mut draft = Draft::default();
    draft.id(&line("post_id"));
    draft.title("title", &markup::text_or_lines(&line("title")));
    // Unpublished posts have the date `0000-00-00`.
    for name in ["pubDate", "post_date_gmt", "post_date"] {
        draft.date(name, &line(name));
    }
    draft.byline("dc:creator", &display_name(head, &line("creator")));
    for category in item.all("category") {
        match category.attribute("domain") {
            Some("post_tag" | "tag") => draft.keyword(&markup::plain(&category.line())),
            _ => draft.section(&markup::plain(&category.line())),
        }
    }
    if let Some(language) = head.find("language") {
        draft.language("channel/language", &language.line());
    }
    if let Some(site) = head.at("rss/channel/title") {
        draft.publisher("channel/title", &site.line());
    }
    draft.url(&line("link"));
    draft.body(body(item));
    vec![draft].into_iter().filter(Draft::has_any).collect()
}

/// The text without `[shortcodes]`. An empty line separates paragraphs like `<p>`.
fn body(item: &Element) -> String {
    let encoded: Vec<&Element> = item.all("encoded").collect();
    let content = encoded.iter().find(|e| e.prefix != "excerpt").or(encoded.first());
    let Some(content) = content else { return String::new() };
    let raw = content.raw();
    let paired: FxHashSet<&str> = raw
        .split("[/")
        .skip(1)
        .filter_map(|rest| rest.split_once(']').map(|(name, _)| name))
        .collect();
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw.as_str();
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(length) = shortcode(rest, &paired) {
            rest = &rest[length..];
        } else {
            out.push('[');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    markup::text(&out.replace("\n\n", "<p>"))
}

/// The maximum length of a shortcode, in bytes.
const MAX_SHORTCODE: usize = 2_000;

/// The length of the shortcode at the start of `text`: `[caption id="x"]`, `[/caption]`. A shortcode that is not in the
/// list has an end tag (`[lede]A[/lede]`), an attribute, or a name that is no word (`[contact_form]`).
fn shortcode(text: &str, paired: &FxHashSet<&str>) -> Option<usize> {
    const NAMES: &[&str] = &[
        "caption",
        "gallery",
        "embed",
        "audio",
        "video",
        "playlist",
        "vc_",
        "et_pb",
        "youtube",
        "soundcloud",
        "ad",
        "contact-form",
    ];
    // The search is bounded: unclosed brackets would cost quadratic time.
    let end = memchr::memchr(b']', &text.as_bytes()[..text.len().min(MAX_SHORTCODE)])?;
    let tag = text[1..end].trim_start_matches('/');
    let name = tag.split_whitespace().next().unwrap_or_default();
    let is_name = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    let known = NAMES.iter().any(|known| tag.starts_with(known))
        || (is_name && (paired.contains(name) || name.contains('_') || tag.contains("=\"")));
    known.then_some(end + 1)
}

/// The name of the author whose user name is `login`.
fn display_name(head: &Element, login: &str) -> String {
    let author = head
        .find_all("author")
        .find(|author| author.at("author_login").map(Element::line).as_deref() == Some(login));
    let Some(author) = author else { return login.to_owned() };
    let part = |name: &str| author.at(name).map(Element::line).unwrap_or_default();
    let display = part("author_display_name");
    let full = format!("{} {}", part("author_first_name"), part("author_last_name"));
    match (display.contains(' '), full.trim()) {
        (false, full) if full.contains(' ') => full.to_owned(),
        _ if !display.is_empty() => display,
        _ => login.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<usize>) {
        assert_eq!(shortcode(text, &FxHashSet::from_iter(["lede"])), expected, "{text}");
    }

    #[test]
    fn bracketed_words_are_no_shortcodes() {
        check("[caption id=\"1\"] The river", Some(16));
        check("[lede]T[/lede]he river", Some(6));
        check("[/lede]he river", Some(7));
        check("[contact_form] The river", Some(14));
        check("[button link=\"a\"]", Some(17));
        check("[the council] said", None);
        check("[sic] said", None);
        check("[Editor's note]", None);
        check(&format!("[{}]", "a".repeat(MAX_SHORTCODE)), None);
    }
}
