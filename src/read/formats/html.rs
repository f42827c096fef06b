//! Web pages, as files or in a crawl: decodes their bytes and makes drafts of their articles. Metadata and main content
//! are found by [`crate::read::html`].

use encoding_rs::Encoding;

use super::exports;
use super::format::RecordContext;
use crate::archive::charset;
use crate::read::draft::Draft;
use crate::read::html;

/// The article of a page, or the articles of a download whose style sheet is longer than what its format is detected by.
pub(super) fn drafts(context: &RecordContext<'_>, bytes: &[u8]) -> Vec<Draft> {
    let Some(text) = html::decode(bytes) else { return Vec::new() };
    if exports::is_page(&text) {
        return exports::drafts(context, &text);
    }
    Some(draft(&text, context.key)).filter(Draft::has_any).into_iter().collect()
}

/// The text of a page whose server declared `charset`.
pub(super) fn text(bytes: &[u8], charset: Option<&str>) -> Option<String> {
    let declared = charset.and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()));
    match declared.filter(|_| std::str::from_utf8(bytes).is_err()) {
        Some(declared) => charset::decode_as(bytes, Some(declared)),
        None => html::decode(bytes),
    }
}

/// The article of a page's text.
pub(super) fn draft(page: &str, key: &str) -> Draft {
    let mut article = html::article(page, key);
    if article.title.is_some() && article.title_field.is_none() {
        article.title_field = Some("page".to_owned());
    }
    Draft { article, ..Draft::default() }
}
