//! Downloads of Nexis, Factiva and Europresse, as text or HTML.

mod pages;
mod text;

use super::format::RecordContext;
use crate::read::draft::Draft;

/// Whether a text is a download of Nexis.
pub(in crate::read) fn is_download(text: &str) -> bool {
    text.lines().take(60).any(|line| text::document_number(line).is_some())
}

/// The articles of a download.
pub(super) fn drafts(_: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    if text.contains("DocPublicationName") {
        pages::europresse(text)
    } else if text.contains("enHeadline") || text.contains("enarticleParagraph") {
        pages::factiva(text)
    } else {
        text::drafts(text)
    }
}
