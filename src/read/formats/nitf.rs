//! NITF 2.5 to 3.6, with or without its namespace, as a file or inside NewsML. `docdata` holds the metadata, `body.head`
//! headline, byline and dateline, `body.content` the text.

use super::format::RecordContext;
use crate::article::TagKind;
use crate::read::draft::{Draft, Status};
use crate::read::markup;
use crate::read::paragraphs::Paragraphs;
use crate::read::xml::{self, Element};

/// The article of a file.
pub(super) fn drafts(_: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    let tree = xml::parse(text);
    tree.elements()
        .filter(|element| element.name == "nitf")
        .map(draft)
        .filter(Draft::has_any_or_withdraws)
        .collect()
}

fn draft(nitf: &Element) -> Draft {
    let mut draft = Draft::default();
    add(&mut draft, nitf);
    draft
}

/// Adds the values of an `nitf` element to a draft; those that the draft already has are kept.
pub(super) fn add(draft: &mut Draft, nitf: &Element) {
    if let Some(head) = nitf.at("head") {
        metadata(draft, head);
    }
    if let Some(head) = nitf.find("body.head") {
        body_head(draft, head);
    }
    if let Some(title) = nitf.at("head/title") {
        draft.title("title", &title.line());
    }
    for name in ["baselang", "lang"] {
        if let Some(language) = nitf.attribute(name) {
            draft.language(name, language);
        }
    }
    if let Some(language) = nitf.find("lang").and_then(|lang| lang.attribute("lang")) {
        draft.language("lang", language);
    }
    if draft.article.stated.bylines.is_empty()
        && let Some(byline) = nitf.find_all("p").find(|paragraph| is_byline(paragraph))
    {
        draft.byline("byline", &byline.line());
    }
    draft.body(body(nitf));
    if !draft.has_text()
        && let Some(abstract_) = nitf.find("abstract")
    {
        draft.body(abstract_.content());
    }
}

/// Adds the metadata in `head`: `docdata`, `pubdata`, `tobject`, and the `meta` elements that agencies add.
fn metadata(draft: &mut Draft, head: &Element) {
    let value =
        |name: &str, attribute: &str| head.find(name).and_then(|found| found.attribute(attribute));
    // The id and version of the item around the document take precedence.
    if draft.own_id.is_none() {
        identification(draft, head);
    }
    for (name, attribute) in [
        ("date.issue", "norm"),
        ("pubdata", "date.publication"),
        ("date.release", "norm"),
        ("story.date", "norm"),
    ] {
        if let Some(date) = value(name, attribute) {
            draft.date(name, date);
        }
    }
    for (name, attribute) in [("doc.copyright", "holder"), ("doc.rights", "owner")] {
        if let Some(holder) = value(name, attribute) {
            draft.holder(name, holder);
        }
    }
    for agency in [value("from-src", "src-name"), value("doc-id", "regsrc")].into_iter().flatten() {
        draft.credit("docdata", agency);
    }
    if let Some(section) = value("pubdata", "position.section") {
        draft.section(section);
    }
    if let Some(paper) = value("pubdata", "name") {
        draft.publisher("pubdata", paper);
    }
    if let Some(url) = value("pubdata", "ex-ref") {
        draft.url(url);
    }
    if let Some(status) = value("docdata", "management-status") {
        draft.status(status);
        if matches!(draft.status, Status::Embargoed(_))
            && let Some(release) = value("date.release", "norm")
        {
            draft.embargo(release);
        }
    }
    for keyword in head.find_all("keyword").filter_map(|keyword| keyword.attribute("key")) {
        draft.keyword(keyword);
    }
    subjects(draft, head);
    metas(draft, head);
}

/// Sets id and version of the document. An id is unique within the registration source `regsrc`.
fn identification(draft: &mut Draft, head: &Element) {
    let value =
        |name: &str, attribute: &str| head.find(name).and_then(|found| found.attribute(attribute));
    let id = value("doc-id", "id-string");
    for id in [id, value("du-key", "key")].into_iter().flatten() {
        draft.id(id);
    }
    if let (Some(id), Some(source)) = (id, value("doc-id", "regsrc")) {
        draft.item_id(&format!("nitf:{source}:{id}"));
    }
    draft.version =
        value("du-key", "version").and_then(|version| version.parse().ok()).unwrap_or(0);
}

/// Adds the tags: `tobject.subject`, `classifier`, `identified-content` and `evloc`.
fn subjects(draft: &mut Draft, head: &Element) {
    for subject in head.find_all("tobject.subject") {
        let names = ["tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type"];
        let name = names.iter().find_map(|name| subject.attribute(name));
        draft.tag(TagKind::Subject, name, subject.attribute("tobject.subject.refnum"));
    }
    for classifier in head.find_all("classifier") {
        let name = classifier.attribute("value").map_or_else(|| classifier.line(), str::to_owned);
        draft.tag(TagKind::Subject, Some(&name), classifier.attribute("idsrc"));
    }
    let kinds =
        [("person", TagKind::Person), ("org", TagKind::Organisation), ("location", TagKind::Place)];
    for content in head.find_all("identified-content") {
        for (name, kind) in kinds {
            for named in content.all(name) {
                draft.tag(kind, Some(&named.line()), named.attribute("value"));
            }
        }
    }
    for place in head.find_all("evloc") {
        let name =
            ["city", "state-prov", "county-dist"].iter().find_map(|name| place.attribute(name));
        draft.tag(TagKind::Place, name, place.attribute("iso-cc"));
    }
}

fn metas(draft: &mut Draft, head: &Element) {
    for meta in head.all("meta") {
        let (Some(name), Some(content)) = (meta.attribute("name"), meta.attribute("content"))
        else {
            continue;
        };
        match name {
            "online_sections" | "section" | "dsk" => draft.section(content),
            "slug" | "anpa-keyword" | "subject" => draft.keyword(content),
            "aap-source" | "source" => draft.credit(name, content),
            "language" | "lang" => draft.language(name, content),
            "copyright" | "rights" => draft.rights(name, content),
            _ => {}
        }
    }
}

/// Adds the values of `body.head`: headline, byline, dateline, distributor, rights.
fn body_head(draft: &mut Draft, head: &Element) {
    let mut headlines = head.find_all("hl1").chain(head.find_all("headline"));
    if let Some(headline) = headlines.find(|headline| !headline.line().is_empty()) {
        draft.title("hl1", &headline.line());
    } else if let Some(headline) = head.at("hedline") {
        draft.title("hedline", &headline.line());
    }
    for byline in head.all("byline") {
        draft.byline("byline", &without_title(byline));
    }
    for dateline in head.all("dateline") {
        let location = dateline.find("location");
        let city = location.and_then(|location| location.at("city")).map(Element::line);
        let place = city.or_else(|| location.map(Element::line)).filter(|place| !place.is_empty());
        match place {
            Some(place) => draft.dateline("dateline", &place),
            None => draft.dateline("dateline", &without_date(dateline)),
        }
        if let Some(date) = dateline.at("story.date") {
            draft.date(
                "story.date",
                &date.attribute("norm").map_or_else(|| date.line(), str::to_owned),
            );
        }
    }
    for distributor in head.all("distributor") {
        draft.credit("distributor", &distributor.line());
    }
    if let Some(rights) = head.at("rights") {
        draft.rights("rights", &rights.line());
        for name in ["rights.owner", "rights.agent"] {
            if let Some(owner) = rights.find(name) {
                draft.holder(name, &owner.line());
            }
        }
    }
}

/// A byline without the writer's title (`byttl`), which is a line of its own.
fn without_title(byline: &Element) -> String {
    let people: Vec<String> =
        byline.all("person").map(Element::line).filter(|name| !name.is_empty()).collect();
    if !people.is_empty() {
        return people.join(" and ");
    }
    let mut out = Paragraphs::default();
    byline.add_paragraphs(&mut out, &|element| {
        matches!(element.name.as_str(), "byttl" | "virtloc" | "location")
    });
    out.finish()
}

fn without_date(dateline: &Element) -> String {
    let mut out = Paragraphs::default();
    dateline.add_paragraphs(&mut out, &|element| element.name == "story.date");
    out.finish()
}

/// The text of an `nitf` element in paragraphs, without media, captions and notes.
pub(super) fn body(nitf: &Element) -> String {
    let contents = nitf.outermost("body.content");
    let mut out = Paragraphs::default();
    match contents.first() {
        // Some papers repeat the first paragraphs in a block of their own.
        Some(content) => {
            let full =
                content.all("block").find(|block| block.attribute("class") == Some("full_text"));
            full.unwrap_or(content).add_paragraphs(&mut out, &is_aside);
        }
        None => {
            if let Some(body) = nitf.find("body") {
                body.add_paragraphs(&mut out, &|element| {
                    is_aside(element) || element.name == "body.head"
                });
            }
        }
    }
    if let Some(tagline) = nitf.find("body.end").and_then(|end| end.find("tagline")) {
        out.paragraph();
        tagline.add_paragraphs(&mut out, &is_aside);
    }
    let text = out.finish();
    // Some paragraphs hold escaped markup.
    if markup::is_marked_up(&text) { markup::text(&text.replace("\n\n", "<p>")) } else { text }
}

fn is_aside(element: &Element) -> bool {
    matches!(
        element.name.as_str(),
        "media" | "media-caption" | "media-producer" | "ednote" | "note"
    ) && element.attribute("noteclass").is_none_or(|class| class != "end")
        || is_byline(element)
}

/// Whether a paragraph of the text is the byline, as editors of pages mark it.
fn is_byline(element: &Element) -> bool {
    element.name == "p" && element.attribute("class") == Some("byline")
}
