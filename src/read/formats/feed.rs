//! RSS 0.9x, 1.0 and 2.0, and Atom, with their extensions for full text, Dublin Core and Media RSS. Items inherit the
//! language, rights and author of their channel. JSON Feed is read by [`super::json`].

use super::format::RecordContext;
use crate::read::draft::Draft;
use crate::read::xml::{self, Element};
use crate::read::{markup, wrapped};

/// Prefixes of extensions whose titles and descriptions are those of pictures and episodes.
const MEDIA_PREFIXES: &[&str] =
    &["media", "itunes", "googleplay", "slash", "image", "podcast", "yt"];

/// The article of an item or entry.
pub(super) fn drafts(context: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    let tree = xml::parse(text);
    let Some(item) =
        tree.elements().find(|element| matches!(element.name.as_str(), "item" | "entry"))
    else {
        return Vec::new();
    };
    let mut draft = draft(item);
    if !draft.has_any() {
        return Vec::new();
    }
    inherit(&mut draft, context.head.tree());
    vec![draft]
}

/// The item's elements of a name, those of media extensions last.
fn all<'a>(item: &'a Element, name: &'a str) -> impl Iterator<Item = &'a Element> {
    let own = |element: &&Element| !MEDIA_PREFIXES.contains(&element.prefix.as_str());
    item.all(name).filter(own).chain(item.all(name).filter(move |element| !own(element)))
}

fn draft(item: &Element) -> Draft {
    let mut draft = Draft::default();
    for name in ["guid", "id", "identifier"] {
        all(item, name).for_each(|id| draft.id(&id.line()));
    }
    if let Some(about) = item.attribute("about") {
        draft.id(about);
    }
    for title in all(item, "title") {
        draft.title("title", &markup::text_or_lines(&title.raw()));
    }
    for name in [
        "pubDate",
        "published",
        "date",
        "issued",
        "created",
        "publicationDate",
        "updated",
        "modified",
    ] {
        all(item, name).for_each(|date| draft.date(name, &date.line()));
    }
    link(&mut draft, item);
    writers(&mut draft, item);
    for category in all(item, "category").chain(all(item, "subject")) {
        let word = category.attribute("term").map_or_else(|| category.line(), str::to_owned);
        draft.keyword(&word);
    }
    for words in item.all("keywords") {
        draft.keywords(&words.line());
    }
    for name in ["rights", "copyright", "license"] {
        for rights in all(item, name) {
            let text = rights
                .attribute("href")
                .or(rights.attribute("resource"))
                .map_or_else(|| rights.line(), str::to_owned);
            draft.rights(name, &text);
        }
    }
    for name in ["publisher", "source", "agency", "provider"] {
        for publisher in all(item, name) {
            let title = publisher.at("title").map_or_else(|| publisher.line(), Element::line);
            draft.publisher(name, &title);
        }
    }
    if let Some(language) = all(item, "language").next() {
        draft.language("language", &language.line());
    }
    if let Some(language) = item.attribute("lang") {
        draft.language("xml:lang", language);
    }
    draft.body(body(item));
    draft
}

/// The text: the longest of the elements that may hold it.
fn body(item: &Element) -> String {
    let mut best = String::new();
    for name in [
        "encoded",
        "content",
        "body",
        "fulltext",
        "full-text",
        "description",
        "summary",
        "abstract",
    ] {
        for element in all(item, name).filter(|e| e.prefix != "media" || name == "description") {
            let text = content(element);
            if text.len() > best.len() {
                best = text;
            }
        }
        // A summary does not replace the text, however long it is.
        if !best.is_empty() && matches!(name, "content" | "fulltext") {
            break;
        }
    }
    best
}

/// The text of an element: markup, or lines that are wrapped and indented like the file.
fn content(element: &Element) -> String {
    let raw = element.raw();
    if element.elements().next().is_some() || markup::is_marked_up(&raw) {
        return element.content();
    }
    let lines: Vec<&str> = raw.lines().map(str::trim).collect();
    wrapped::paragraphs(&lines.join("\n"))
}

fn link(draft: &mut Draft, item: &Element) {
    for link in all(item, "link") {
        match (link.attribute("href"), link.attribute("rel")) {
            (Some(href), None | Some("alternate")) => draft.url(href),
            (Some(href), Some("license")) => draft.rights("link", href),
            (None, _) => draft.url(&link.line()),
            _ => {}
        }
    }
    if let Some(id) = draft.own_id.clone() {
        draft.url(&id);
    }
}

/// Adds the writers: `dc:creator`, Atom's `author/name`, RSS's `jane@news.example (Jane Doe)`.
fn writers(draft: &mut Draft, item: &Element) {
    for name in ["creator", "author", "byline"] {
        for author in all(item, name) {
            let text = author.at("name").map_or_else(|| author.line(), Element::line);
            draft.byline(name, &text);
        }
        if !draft.article.stated.bylines.is_empty() {
            return;
        }
    }
    // Of an entry that an aggregator took from another feed; and of Media RSS.
    let source = item.at("source/author/name");
    let is_writer =
        |credit: &&Element| matches!(credit.attribute("role"), Some("author" | "writer"));
    for name in source.into_iter().chain(item.all("credit").filter(is_writer)) {
        draft.byline(&name.name, &name.line());
    }
}

/// Adds what the channel of the file's head states for its items.
fn inherit(draft: &mut Draft, head: &Element) {
    let Some(channel) = head.find("channel").or_else(|| head.find("feed")) else { return };
    for language in
        [channel.at("language").map(Element::line), channel.attribute("lang").map(str::to_owned)]
    {
        draft.language("channel/language", &language.unwrap_or_default());
    }
    if let Some(rss) = head.find("rss").and_then(|rss| rss.attribute("lang")) {
        draft.language("xml:lang", rss);
    }
    for name in ["copyright", "rights"] {
        if let Some(rights) = channel.at(name) {
            draft.rights(&format!("channel/{name}"), &rights.line());
        }
    }
    if let Some(title) = channel.at("title") {
        draft.publisher("channel/title", &title.line());
    }
    if draft.article.stated.bylines.is_empty()
        && let Some(name) = channel.at("author/name")
    {
        draft.byline("feed/author", &name.line());
    }
}

#[cfg(test)]
mod tests {
    use crate::read;

    fn check(description: &str, expected: &str) {
        let feed = format!(
            "<rss><channel><item><title>River</title><description>{description}</description></item></channel></rss>"
        );
        assert_eq!(read::parse(feed.as_bytes(), "feed.xml").unwrap()[0].body, expected);
    }

    #[test]
    fn wrapped_descriptions_are_joined() {
        check(
            "\n        The river rose on Monday, the council said in a\n        statement.\n\n        It fell.\n",
            "The river rose on Monday, the council said in a statement.\n\nIt fell.",
        );
        check(
            "The harbour (codename &lt;q&gt;Gull&lt;/q&gt;) opens.",
            "The harbour (codename “Gull”) opens.",
        );
        check("&lt;p&gt;It rose.&lt;/p&gt;&lt;p&gt;It fell.&lt;/p&gt;", "It rose.\n\nIt fell.");
    }
}
