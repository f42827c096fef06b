//! Web pages, as files or as records of a crawl: their bytes to text, and their article as a draft. What a page states
//! and which part of it is the article is [`crate::read::html`]'s business.

use encoding_rs::Encoding;

use super::Source;
use crate::archive::charset;
use crate::read::draft::Draft;
use crate::read::html;

/// The article of a page.
pub(crate) fn drafts(source: &Source<'_>, bytes: &[u8]) -> Vec<Draft> {
    let text = html::decode(bytes);
    text.map(|text| draft(&text, source.key)).filter(Draft::has_any).into_iter().collect()
}

/// The text of a page for which the server named a charset, too.
pub(crate) fn text(bytes: &[u8], named: Option<&str>) -> Option<String> {
    let named = named.and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()));
    match named.filter(|_| std::str::from_utf8(bytes).is_err()) {
        Some(named) => charset::decode_as(bytes, Some(named)),
        None => html::decode(bytes),
    }
}

/// The article of a page's text.
pub(crate) fn draft(page: &str, key: &str) -> Draft {
    let mut article = html::article(page, key);
    if article.title.is_some() && article.title_field.is_none() {
        article.title_field = Some("page".to_owned());
    }
    Draft { article, ..Draft::default() }
}
