//! The text of a component: that of the content item with the best role.

use crate::read::formats::nitf;
use crate::read::xml::Element;

/// The text of a component: that of the part with the best role.
pub(super) fn body(component: &Element) -> String {
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
