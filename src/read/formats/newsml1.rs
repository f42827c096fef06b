//! NewsML 1.0 to 1.2. Components nest and inherit the metadata of the components around them. Each story of an item, and
//! each language of a story, is a component with a headline of its own; pictures are no articles.

use super::format::RecordContext;
use super::nitf;
use crate::article::TagKind;
use crate::read::draft::{Draft, Status};
use crate::read::markup;
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
    draft.body(body(component));
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

/// Adds a component's own metadata.
fn metadata(draft: &mut Draft, component: &Element) {
    if let Some(lines) = component.at("NewsLines") {
        news_lines(draft, lines);
    }
    if let Some(administrative) = component.at("AdministrativeMetadata") {
        for name in ["Provider", "Source", "Creator"] {
            for party in administrative.all(name).filter_map(party) {
                if name == "Creator" {
                    draft.byline(name, &party);
                } else {
                    draft.credit(name, &party);
                }
            }
        }
    }
    if let Some(rights) = component.at("RightsMetadata") {
        rights_metadata(draft, rights);
    }
    for name in ["DescriptiveMetadata", "DescriptiveMetada"] {
        if let Some(descriptive) = component.at(name) {
            descriptive_metadata(draft, descriptive);
        }
    }
    if let Some(language) = component.attribute("lang") {
        draft.language("xml:lang", language);
    }
}

fn news_lines(draft: &mut Draft, lines: &Element) {
    for name in ["HeadLine", "Headline"] {
        if let Some(line) = lines.at(name) {
            draft.title(name, &plain(line));
        }
    }
    for (name, set) in [
        ("ByLine", Draft::byline as fn(&mut Draft, &str, &str)),
        ("DateLine", Draft::dateline),
        ("CreditLine", Draft::credit),
        ("CopyrightLine", Draft::rights),
        ("RightsLine", Draft::rights),
    ] {
        for line in lines.all(name) {
            set(draft, name, &plain(line));
        }
    }
    for line in lines.all("KeywordLine").chain(lines.all("SlugLine")) {
        line.line().split(';').for_each(|word| draft.keyword(word));
    }
    for line in lines.all("NewsLine") {
        let kind = line
            .at("NewsLineType")
            .and_then(|kind| kind.attribute("FormalName"))
            .unwrap_or_default();
        if kind.eq_ignore_ascii_case("CatchWord") || kind.eq_ignore_ascii_case("Keyword") {
            draft.keyword(&line.at("NewsLineText").map(Element::line).unwrap_or_default());
        }
    }
}

fn plain(element: &Element) -> String {
    markup::plain(&element.line()).into_owned()
}

fn rights_metadata(draft: &mut Draft, rights: &Element) {
    for holder in rights.find_all("CopyrightHolder") {
        draft.holder("CopyrightHolder", &party(holder).unwrap_or_else(|| holder.line()));
    }
    for usage in rights.find_all("UsageType").chain(rights.find_all("Limitations")) {
        draft.rights(&usage.name, &usage.line());
    }
}

fn descriptive_metadata(draft: &mut Draft, descriptive: &Element) {
    if let Some(language) = descriptive.at("Language").and_then(|l| l.attribute("FormalName")) {
        draft.language("Language", language);
    }
    for name in ["SubjectDetail", "SubjectMatter", "Subject"] {
        for code in descriptive.find_all(name).filter_map(|subject| subject.attribute("FormalName"))
        {
            draft.tag(TagKind::Subject, None, Some(code));
        }
    }
    if let Some(date) = descriptive.at("DateLineDate") {
        draft.date("DateLineDate", &date.line());
    }
    for location in descriptive.all("Location") {
        let property = |name: &str| {
            let found =
                location.all("Property").find(|p| p.attribute("FormalName") == Some(name))?;
            found.attribute("Value")
        };
        let origin = matches!(location.attribute("HowPresent"), Some("Origin" | "RelatesTo"))
            || location.attribute("HowPresent").is_none();
        if let Some(city) = property("City").filter(|_| origin) {
            draft.located("Location", city);
        }
        for name in ["City", "Country"] {
            if let Some(place) = property(name) {
                draft.tag(TagKind::Place, Some(place), None);
            }
        }
    }
    for property in
        descriptive.all("Property").filter(|p| p.attribute("FormalName") == Some("Keyword"))
    {
        let words = property.attribute("Value").unwrap_or_default();
        words.split(';').for_each(|word| draft.keyword(word));
    }
}

/// The formal name of a party, else its text.
fn party(element: &Element) -> Option<String> {
    let party = element.find("Party")?;
    party
        .attribute("FormalName")
        .map(str::to_owned)
        .or_else(|| Some(party.line()).filter(|line| !line.is_empty()))
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

/// The text of a component: that of the part with the best role.
fn body(component: &Element) -> String {
    let mut candidates: Vec<(u8, String)> = Vec::new();
    texts(component, "", &mut candidates);
    let best = candidates.iter().map(|(rank, _)| *rank).min();
    let text = candidates.iter().find(|(rank, _)| Some(*rank) == best).map_or("", |(_, text)| text);
    // A press release begins with its summary.
    let summary = candidates
        .iter()
        .find(|(rank, text)| *rank == SUMMARY && Some(*rank) != best && text.len() < 600);
    match summary {
        Some((_, summary)) if !text.contains(summary.trim()) => {
            format!("{}\n\n{text}", summary.trim())
        }
        _ => text.to_owned(),
    }
}

/// The rank of summaries.
const SUMMARY: u8 = 3;

/// Adds the texts of a component with the rank of their role: main text 0, no role 1, others 2, summaries last.
fn texts(component: &Element, role: &str, found: &mut Vec<(u8, String)>) {
    let own = component.at("Role").and_then(|r| r.attribute("FormalName")).unwrap_or(role);
    let rank = match own.to_ascii_lowercase().as_str() {
        "main" | "body" | "maintext" | "text" => 0,
        "" => 1,
        "abstract" | "summary" | "lead" | "synopsis" => SUMMARY,
        "stylesheet" | "headline" | "caption" | "photo" | "picture" | "thumbnail" | "preview"
        | "quicklook" | "logo" | "graphic" | "contact" | "sidebar" => return,
        _ => 2,
    };
    for item in component.all("ContentItem") {
        let kind = |name: &str| {
            let found = item.at(name).and_then(|kind| kind.attribute("FormalName"));
            found.unwrap_or_default().to_ascii_lowercase()
        };
        let media = kind("MediaType");
        let mime = kind("MimeType");
        let is_text =
            matches!(media.as_str(), "" | "text" | "complexdata" | "xhtml" | "html" | "nitf")
                && !mime.starts_with("image")
                && mime != "text/css"
                && kind("Format") != "css";
        if let Some(content) = item.at("DataContent").filter(|_| is_text) {
            let text = content_text(content);
            if !text.trim().is_empty() {
                found.push((rank, text));
            }
        }
    }
    for inner in component.all("NewsComponent") {
        texts(inner, own, found);
    }
}

fn content_text(content: &Element) -> String {
    match content.find("nitf") {
        Some(nitf) => nitf::body(nitf),
        None if content.find("body.content").is_some() => nitf::body(content),
        None => content.content(),
    }
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
