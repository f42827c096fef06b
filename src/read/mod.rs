//! From the bytes of a file to its articles, with the metadata that the file itself states. Metadata inferred from the
//! text is added by `extract`.
//!
//! [`records`] unpacks containers, detects the format and splits a file into records, in one thread; [`Record::read`]
//! reads the articles of a record, in any thread. [`survey()`] does the first of these alone, to tell whether a file is whole.

mod limits;
mod open;
mod records;
mod splitter;

mod bounded_json;
mod closing;
mod cut_json;
mod detect;
mod line_ends;
mod split;
mod window;

mod record;
mod versions;

pub mod formats;
mod html;

mod draft;
mod fields;
mod language;
mod markup;
mod options;
mod paragraphs;
mod references;
mod wrapped;
mod xml;

use std::ops::ControlFlow;

use crate::article::Article;
use crate::report::Reason;
pub use fields::FieldMap;
pub(crate) use formats::pdf::answer as pdf_answer;
pub use limits::MAX_TEXT;
pub use open::{Opened, open};
pub use options::Options;
pub use record::{Record, RecordArticles};
pub use records::{Survey, records, survey};
pub use splitter::Lost;

/// Raised whenever a reader gives other results: files read by an older version are read again.
pub const VERSION: u32 = 8;

/// The articles in `bytes`, whose key in the archive is `key`, as far as they can be read; `Err` says why there are none. For small files; those of
/// an archive are read with [`records`].
pub fn parse(bytes: &[u8], key: &str) -> Result<Vec<Article>, Reason> {
    parse_as(bytes, key, &Options::default())
}

/// [`parse`] with options.
pub fn parse_as(bytes: &[u8], key: &str, options: &Options) -> Result<Vec<Article>, Reason> {
    let (mut articles, mut reason) = (Vec::new(), Reason::NoArticle);
    let outcome = records::of_bytes(bytes.to_vec(), key, options, &mut |piece| {
        let read = piece.map_err(|lost| lost.reason).and_then(|record| record.read(options));
        match read {
            Ok(read) => articles.extend(read.articles),
            Err(why) => reason = why,
        }
        ControlFlow::Continue(())
    });
    if articles.is_empty() { Err(outcome.err().unwrap_or(reason)) } else { Ok(articles) }
}

#[cfg(test)]
mod tests;
