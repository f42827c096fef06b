//! The metadata of a component: news lines, administrative, rights and descriptive metadata.

use crate::article::TagKind;
use crate::read::draft::Draft;
use crate::read::markup;
use crate::read::xml::Element;

/// Adds a component's own metadata.
pub(super) fn metadata(draft: &mut Draft, component: &Element) {
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
pub(super) fn party(element: &Element) -> Option<String> {
    let party = element.find("Party")?;
    party
        .attribute("FormalName")
        .map(str::to_owned)
        .or_else(|| Some(party.line()).filter(|line| !line.is_empty()))
}
