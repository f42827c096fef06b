//! NewsML 1.0 to 1.2. Components nest and inherit the metadata of the components around them. Each story of an item, and
//! each language of a story, is a component with a headline of its own; pictures are no articles.

mod metadata;
mod text;

use self::metadata::{metadata, party};
use super::format::RecordContext;
use super::nitf;
use crate::read::draft::{Draft, Status};
use crate::read::limits::MAX_ARTICLES;
use crate::read::xml::{self, Element};

/// The articles of a file.
pub(super) fn drafts(_: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    let tree = xml::parse(text);
    let provider = tree.find("SentFrom").and_then(party);
    let sent = tree
        .find("NewsEnvelope")
        .and_then(|envelope| envelope.at("DateAndTime"))
        .map(Element::line);
    let mut found = Vec::new();
    for item in tree.find_all("NewsItem") {
        if found.len() >= MAX_ARTICLES {
            break;
        }
        let from = found.len();
        let mut outer = Draft::default();
        identification(&mut outer, item);
        components(item, &outer, &mut found);
        // An item may be withdrawn without a text.
        if found.len() == from && outer.status == Status::Withdrawn {
            found.push(outer);
        }
        for draft in &mut found[from..] {
            if let Some(provider) = &provider {
                draft.credit("SentFrom", provider);
            }
            if let Some(sent) = &sent {
                draft.date("DateAndTime", sent);
            }
        }
    }
    found
}

/// Sets id, version, dates and status of an item.
fn identification(draft: &mut Draft, item: &Element) {
    if let Some(id) = item.find("NewsIdentifier") {
        let part = |name: &str| id.at(name).map(Element::line).unwrap_or_default();
        let public = part("PublicIdentifier");
        let revision = part("RevisionId");
        let base = public.strip_suffix(&format!(":{revision}")).unwrap_or(&public);
        draft.id(base);
        draft.id(&part("NewsItemId"));
        // The parts of a public identifier; the last one is the revision, followed by a letter for the kind of update.
        let parts = ["ProviderId", "DateId", "NewsItemId"].map(part);
        if parts.iter().all(|part| !part.is_empty()) {
            draft.item_id(&format!("urn:newsml:{}", parts.join(":")));
        }
        let base = public.trim_end_matches(['N', 'U', 'A']).strip_suffix(&format!(":{revision}"));
        draft.item_uri(base.unwrap_or(&public));
        draft.version = revision.parse().unwrap_or(0);
    }
    let Some(management) = item.at("NewsManagement") else { return };
    for name in ["ThisRevisionCreated", "FirstCreated"] {
        if let Some(date) = management.at(name) {
            draft.date(name, &date.line());
        }
    }
    if let Some(status) = management.at("Status").and_then(|status| status.attribute("FormalName"))
    {
        draft.status(status);
    }
    let embargo_end = management.at("StatusWillChange/DateAndTime").map(Element::line);
    if let (Status::Embargoed(_), Some(date)) = (&draft.status, embargo_end) {
        draft.embargo(&date);
    }
    if let Some(language) = item.attribute("lang") {
        draft.language("xml:lang", language);
    }
    if let Some(label) = item.at("Identification/NameLabel") {
        draft.keyword(&label.line());
    }
}

/// Adds the stories among the components of `parent`, which inherit from `outer`.
fn components(parent: &Element, outer: &Draft, found: &mut Vec<Draft>) {
    for component in parent.all("NewsComponent") {
        story(component, outer, found);
    }
}

fn story(component: &Element, outer: &Draft, found: &mut Vec<Draft>) {
    let inner: Vec<&Element> = component.all("NewsComponent").collect();
    let is_story =
        |part: &Element| part.find("HeadLine").is_some() && part.descendants().any(is_text_content);
    let has_several = inner.iter().filter(|part| is_story(part)).count() > 1
        || component.attribute("EquivalentsList") == Some("yes");
    let mut draft = Draft::default();
    metadata(&mut draft, component);
    if has_several && headline(component).is_none() {
        inherit(&mut draft, outer);
        components(component, &draft, found);
        return;
    }
    nested_metadata(&mut draft, component);
    inherit(&mut draft, outer);
    let items = component.all("NewsItem").flat_map(|item| item.all("NewsComponent"));
    let nested: Vec<&Element> = items.collect();
    draft.body(text::body(component));
    if draft.has_text() && nested.is_empty() {
        nitf_metadata(&mut draft, component);
        found.push(draft);
    }
}

/// Adds the metadata of the nested components of a story, except its pictures.
fn nested_metadata(draft: &mut Draft, component: &Element) {
    // A component with files and no text is a picture, whatever its role.
    let holds_text =
        |part: &Element| part.find("ContentItem").is_none() || part.find("DataContent").is_some();
    for part in component.all("NewsComponent").filter(|part| holds_text(part) && !is_media(part)) {
        metadata(draft, part);
        nested_metadata(draft, part);
    }
}

/// Whether a component is a picture or other media, by its role, its files or its parts.
fn is_media(component: &Element) -> bool {
    const KINDS: &[&str] = &[
        "photo",
        "picture",
        "image",
        "graphic",
        "video",
        "audio",
        "thumbnail",
        "quicklook",
        "preview",
        "logo",
        "caption",
    ];
    let is_named = |component: &Element| {
        ["Role", "ContentItem/MediaType"].iter().any(|path| {
            let named = component.at(path).and_then(|element| element.attribute("FormalName"));
            named.is_some_and(|name| KINDS.contains(&name.to_ascii_lowercase().as_str()))
        })
    };
    let parts = || component.all("NewsComponent");
    let is_text = |part: &Element| !is_named(part) && part.find("DataContent").is_some();
    is_named(component) || (parts().any(is_named) && !parts().any(is_text))
}

/// Adds the metadata of the text's NITF, where some agencies put the headline.
fn nitf_metadata(draft: &mut Draft, component: &Element) {
    if let Some(nitf) = component.find("nitf") {
        let body = std::mem::take(&mut draft.article.body);
        nitf::add(draft, nitf);
        draft.article.body = body;
    }
}

fn headline(component: &Element) -> Option<String> {
    component.at("NewsLines/HeadLine").map(Element::line).filter(|line| !line.is_empty())
}

/// Adds the metadata of the component around.
fn inherit(draft: &mut Draft, outer: &Draft) {
    draft.own_id.clone_from(&outer.own_id);
    draft.item_id.clone_from(&outer.item_id);
    draft.version = outer.version;
    draft.status.clone_from(&outer.status);
    let article = &outer.article;
    draft.published(article.published.clone());
    if draft.article.title.is_none() {
        draft.article.title.clone_from(&article.title);
        draft.article.title_field.clone_from(&article.title_field);
    }
    if let (Some(language), Some(field)) = (&article.language, &article.language_field) {
        draft.language(field, language);
    }
    let stated = &article.stated;
    for (notes, set) in [
        (&stated.bylines, Draft::byline as fn(&mut Draft, &str, &str)),
        (&stated.datelines, Draft::dateline),
        (&stated.located, Draft::located),
        (&stated.credits, Draft::credit),
        (&stated.rights, Draft::rights),
        (&stated.holders, Draft::holder),
    ] {
        for note in notes {
            set(draft, &note.field, &note.text);
        }
    }
    article.keywords.iter().for_each(|word| draft.keyword(word));
    for tag in &article.tags {
        draft.tag(tag.kind, tag.name.as_deref(), tag.code.as_deref());
    }
}

fn is_text_content(element: &Element) -> bool {
    element.name == "DataContent" && element.all("svg").next().is_none()
}

#[cfg(test)]
mod tests {
    use crate::read;

    #[test]
    fn keywords_on_one_line_are_split() {
        let item = "<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>River rises</HeadLine>\
            <KeywordLine>ECO;RIVER-LEVEL</KeywordLine></NewsLines><DescriptiveMetadata>\
            <Property FormalName='Keyword' Value='River; Rain, heavy'/></DescriptiveMetadata><ContentItem>\
            <DataContent><p>It rose.</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>";
        let article = &read::parse(item.as_bytes(), "a.xml").unwrap()[0];
        assert_eq!(article.keywords, ["ECO", "RIVER-LEVEL", "River", "Rain, heavy"]);
    }
}
