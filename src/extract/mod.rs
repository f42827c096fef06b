//! Annotates an article from its text. Pure: no I/O, no errors, the same text gives the same annotations.
//!
//! [`annotate`] segments the body once ([`crate::text::Text`]), then each extractor sets its own fields of the article.
//! Values from the metadata of the file are kept: they win over what the text suggests.

pub mod agency;
pub mod byline;
mod capitalisation;
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

/// Sets all annotations of `article`.
pub fn annotate(article: &mut Article) {
    annotate_with(quotes::model::Model::shipped(), article, |_| {});
}

/// [`annotate`], for measurements: `done` is called with the name of each extractor after it has run.
pub fn annotate_observed(article: &mut Article, done: impl FnMut(&'static str)) {
    annotate_with(quotes::model::Model::shipped(), article, done);
}

/// [`annotate_observed`] with another model of quotations than the shipped one.
pub(crate) fn annotate_with(
    quotes_model: &quotes::model::Model,
    article: &mut Article,
    mut done: impl FnMut(&'static str),
) {
    let body = std::mem::take(&mut article.body);
    let text = Text::new(&body);
    done("segmentation");
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
    quotes::find_with(quotes_model, &text, &mentions, article);
    done("quotes");
    countries::find(&text, &mentions, article);
    done("countries");
    article.boundaries = Some(text.boundaries());
    article.body = body;
}
