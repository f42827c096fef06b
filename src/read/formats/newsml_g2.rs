//! NewsML-G2: news items, alone or in a message. Packages, concepts, knowledge and planning items are no articles, nor are
//! pictures and video with captions. Notes to editors are dropped.

use super::format::RecordContext;
use super::nitf;
use crate::article::TagKind;
use crate::read::draft::Draft;
use crate::read::limits::MAX_ARTICLES;
use crate::read::paragraphs::Paragraphs;
use crate::read::xml::{self, Element};
use crate::read::{markup, wrapped};

/// The articles of a file.
pub(super) fn drafts(_: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    let tree = xml::parse(text);
    let header = tree.find("header").or_else(|| tree.find("Header"));
    let items = tree.find_all("newsItem").filter(|item| item.find("newsItem").is_none());
    items.filter_map(|item| draft(item, header)).take(MAX_ARTICLES).collect()
}

fn draft(item: &Element, header: Option<&Element>) -> Option<Draft> {
    if !is_text(item) {
        return None;
    }
    let mut draft = Draft::default();
    if let Some(guid) = item.attribute("guid") {
        draft.id(guid);
        draft.item_id(guid);
    }
    draft.version = item.attribute("version").and_then(|version| version.parse().ok()).unwrap_or(0);
    if let Some(meta) = item.at("itemMeta") {
        item_meta(&mut draft, meta);
    }
    if let Some(meta) = item.at("contentMeta") {
        content_meta(&mut draft, meta);
    }
    if let Some(meta) = item.at("itemMeta") {
        for title in meta.all("title") {
            draft.title("title", &plain(title));
        }
        for date in ["versionCreated", "firstCreated"].iter().filter_map(|name| meta.at(name)) {
            draft.date(&date.name, &date.line());
        }
    }
    for rights in item.all("rightsInfo") {
        rights_info(&mut draft, rights);
    }
    if let Some(language) = item.attribute("lang") {
        draft.language("xml:lang", language);
    }
    if let Some(sent) = header.and_then(|header| header.at("sent").or_else(|| header.at("Sent"))) {
        draft.date("sent", &sent.line());
    }
    content_set(&mut draft, item);
    for note in item.find_all("description").filter(|_| !draft.has_text()).collect::<Vec<_>>() {
        draft.body(note.content());
    }
    draft.has_any_or_withdraws().then_some(draft)
}

/// Whether `itemClass` is text or missing.
fn is_text(item: &Element) -> bool {
    let class = item.find("itemClass").and_then(code).unwrap_or_default();
    let class = class.rsplit([':', '/']).next().unwrap_or_default().to_ascii_lowercase();
    !matches!(
        class.as_str(),
        "picture" | "video" | "audio" | "graphic" | "animation" | "still" | "planning" | "event"
    )
}

fn item_meta(draft: &mut Draft, meta: &Element) {
    for provider in meta.all("provider") {
        credit(draft, provider);
    }
    if let Some(status) = meta.at("pubStatus").and_then(code) {
        draft.status(&status);
    }
    if let Some(embargo) = meta.at("embargoed") {
        draft.embargo(&embargo.line());
    }
    if let Some(located) = meta.at("located") {
        draft.located("located", &name(located));
    }
    for link in meta
        .all("link")
        .filter(|link| link.attribute("rel").is_some_and(|rel| rel.ends_with("self")))
    {
        draft.url(link.attribute("href").unwrap_or_default());
    }
}

fn content_meta(draft: &mut Draft, meta: &Element) {
    let is_main = |headline: &&Element| {
        headline.attribute("role").is_none_or(|role| {
            role.ends_with(":main") || role.ends_with(":headline") || role.ends_with("hld:hl1")
        })
    };
    for headline in meta.all("headline").filter(is_main).chain(meta.all("headline")) {
        draft.title("headline", &plain(headline));
    }
    for date in ["contentCreated", "contentModified"].iter().filter_map(|name| meta.at(name)) {
        // The item may have been created later, when it was archived.
        if draft.article.published.is_none() && date.name == "contentCreated" {
            draft.date(&date.name, &date.line());
        }
    }
    for by in meta.all("by") {
        draft.byline("by", &plain(by));
    }
    for dateline in meta.all("dateline") {
        draft.dateline("dateline", &plain(dateline));
    }
    for located in meta.all("located") {
        draft.located("located", &name(located));
    }
    for source in meta.all("infoSource") {
        credit(draft, source);
    }
    for line in meta.all("creditline") {
        draft.credit("creditline", &plain(line));
    }
    if draft.article.stated.bylines.is_empty() {
        for creator in
            meta.all("creator").filter(|creator| creator.attribute("role").is_none_or(is_writer))
        {
            let name = creator.all("name").next().map(Element::line).unwrap_or_default();
            // A name that repeats its code is a user's account.
            let code = creator.attribute("qcode").and_then(|qcode| qcode.split_once(':'));
            if code.is_none_or(|(_, code)| code != name) {
                draft.byline("creator", &name);
            }
        }
    }
    if let Some(language) = meta.at("language").and_then(|language| language.attribute("tag")) {
        draft.language("language", language);
    }
    for keyword in meta.all("keyword").chain(meta.all("slugline")) {
        draft.keyword(&keyword.line());
    }
    for subject in meta.all("subject") {
        tag(draft, subject);
    }
}

fn is_writer(role: &str) -> bool {
    ["writer", "author", "reporter", "byline"]
        .iter()
        .any(|word| role.to_ascii_lowercase().contains(word))
}

/// Adds a subject as a tag of its type.
fn tag(draft: &mut Draft, subject: &Element) {
    let kind = subject.attribute("type").unwrap_or_default().to_ascii_lowercase();
    let kind = match kind.rsplit(':').next().unwrap_or_default() {
        "person" => TagKind::Person,
        "organisation" | "organization" | "org" => TagKind::Organisation,
        "geoarea" | "city" | "country" | "poi" => TagKind::Place,
        _ => TagKind::Subject,
    };
    let code = ["qcode", "uri", "literal"].iter().find_map(|name| subject.attribute(name));
    let name = subject.at("name").map(Element::line);
    draft.tag(kind, name.as_deref(), code);
}

fn rights_info(draft: &mut Draft, rights: &Element) {
    for notice in rights.all("copyrightNotice").chain(rights.all("usageTerms")) {
        draft.rights(&notice.name, &plain(notice));
    }
    for holder in rights.all("copyrightHolder") {
        draft.holder("copyrightHolder", &name(holder));
        draft.holder("copyrightHolder", &code(holder).unwrap_or_default());
    }
    for license in rights.all("link").filter_map(|link| link.attribute("href")) {
        draft.rights("link", license);
    }
}

/// Adds a provider's name and code, either of which may be the agency's usual name.
fn credit(draft: &mut Draft, party: &Element) {
    for name in party.all("name") {
        draft.credit(&party.name, &name.line());
    }
    if let Some(code) = code(party) {
        draft.credit(&party.name, code.rsplit(':').next().unwrap_or(&code));
    }
}

/// The name of a concept, else its literal.
fn name(element: &Element) -> String {
    let name = element.all("name").map(Element::line).find(|name| !name.is_empty());
    name.or_else(|| element.attribute("literal").map(str::to_owned)).unwrap_or_default()
}

/// The code of a concept: `qcode`, `uri` or `literal`.
fn code(element: &Element) -> Option<String> {
    ["qcode", "uri", "literal"].iter().find_map(|name| element.attribute(name)).map(str::to_owned)
}

fn plain(element: &Element) -> String {
    markup::plain(&element.line()).into_owned()
}

/// Sets the text: inline XML (XHTML or NITF), or inline data.
fn content_set(draft: &mut Draft, item: &Element) {
    for set in item.all("contentSet") {
        for inline in set.all("inlineXML") {
            match inline.find("nitf") {
                Some(nitf) => nitf::add(draft, nitf),
                None => xhtml(draft, inline),
            }
        }
        for data in set.all("inlineData") {
            draft.body(inline_data(data));
        }
    }
}

/// The text of inline data: plain text, perhaps in one `<p>`, is unwrapped; all else is markup.
fn inline_data(data: &Element) -> String {
    let text = data.raw().replace("<p>", "\n\n").replace("</p>", "\n\n");
    let is_plain = data.attribute("contenttype") == Some("text/plain")
        && data.elements().next().is_none()
        && !markup::is_marked_up(&text);
    if is_plain { wrapped::paragraphs(&unindented(&text)) } else { data.content() }
}

/// `text` without the common indentation of its lines. The first line is not indented.
fn unindented(text: &str) -> String {
    let text = text.trim();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let later = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let shared = later.map(indent).min().unwrap_or(0);
    let lines = text.lines().enumerate().map(|(at, line)| match at {
        0 => line,
        _ => line.get(shared..).unwrap_or_default(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether an element is a note to editors.
fn is_note(element: &Element) -> bool {
    let class = element.attribute("class");
    class.is_some_and(|class| class.contains("nonpublic") || class.contains("notepad"))
}

fn xhtml(draft: &mut Draft, inline: &Element) {
    let body = inline.find("body").unwrap_or(inline);
    let mut out = Paragraphs::default();
    // dpa repeats slugline, date and headline in a header.
    body.add_paragraphs(&mut out, &|element| element.name == "header" || is_note(element));
    let text = out.finish();
    let text =
        if markup::is_marked_up(&text) { markup::text(&text.replace("\n\n", "<p>")) } else { text };
    draft.body(text);
    if let Some(title) = inline.find("title") {
        draft.title("title", &title.line());
    }
}

#[cfg(test)]
mod tests {
    use crate::read;

    #[test]
    fn paragraphs_of_plain_text_are_kept() {
        let item = "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:x:1'><contentSet>\
            <inlineData contenttype='text/plain'><![CDATA[<p>\n            (HPA) - Oslo, May 3 - The river rose by a metre\n\
            on Monday.\n   \"It fell on Tuesday, as we had hoped,\"\nJane Doe said.</p>]]></inlineData></contentSet></newsItem>";
        let article = &read::parse(item.as_bytes(), "a.xml").unwrap()[0];
        let body = "(HPA) - Oslo, May 3 - The river rose by a metre on Monday.\n\n\"It fell on Tuesday, as we had hoped,\" Jane Doe said.";
        assert_eq!(article.body, body);
    }
}
