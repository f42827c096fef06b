//! From an article's text to its annotations. Pure: no I/O, no errors, the same text gives the same annotations.
//!
//! [`annotate`] is the table of contents: the body is cut once ([`crate::text::Text`]), then each extractor fills its own
//! part. What the file's metadata already states is kept: it wins over what the text suggests.

pub mod agency;
pub mod byline;
pub mod countries;
pub mod dateline;
pub mod dates;
pub mod gazetteer;
pub mod language;
pub mod license;
pub mod names;
pub mod people;
pub mod quotes;
pub mod stated_metadata;

use crate::article::Article;
use crate::text::Text;

pub use crate::article::EXTRACTION_VERSION as VERSION;

/// Fills in everything that the text of `article` says about itself.
pub fn annotate(article: &mut Article) {
    annotate_with(quotes::model::Model::shipped(), article, |_| {});
}

/// [`annotate`], calling `done` with the name of each extractor when it has run: for measuring them.
pub fn annotate_observed(article: &mut Article, done: impl FnMut(&'static str)) {
    annotate_with(quotes::model::Model::shipped(), article, done);
}

/// [`annotate`] with other weights for quotations.
pub(crate) fn annotate_with(
    quoting: &quotes::model::Model,
    article: &mut Article,
    mut done: impl FnMut(&'static str),
) {
    let body = std::mem::take(&mut article.body);
    let text = Text::new(&body);
    done("cut");
    language::find(&text, article);
    done("language");
    stated_metadata::read(article);
    dateline::find(&text, article);
    stated_metadata::place(article);
    done("dateline");
    stated_metadata::license(&text, article);
    license::find(&text, article);
    done("license");
    agency::find(&text, article);
    done("agency");
    byline::find(&text, article);
    done("byline");
    dates::find(&text, article);
    done("dates");
    let mentions = names::tag(&text, article);
    done("names");
    people::find(&text, &mentions, article);
    done("people");
    quotes::find_with(quoting, &text, &mentions, article);
    done("quotes");
    countries::find(&text, &mentions, article);
    done("countries");
    article.cuts = Some(text.cuts());
    article.body = body;
}
