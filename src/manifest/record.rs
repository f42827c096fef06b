//! Keys, digests and the stored form of an article: the same in every index.

use serde::Deserialize;

use crate::article::{Article, Item, Published, Span};

/// Version of the stored form of an article. Raised whenever [`article_of_record`] cannot read what was written before.
pub const FORM: u32 = 0;

/// Bytes of the short values of an article beside its text.
pub(crate) const SHORT_VALUES: usize = 1024;

/// A 64-bit hash of a name.
pub fn key(name: &str) -> u64 {
    key_of(name.as_bytes())
}

/// [`key`] of a name's bytes.
pub fn key_of(name: &[u8]) -> u64 {
    let hash = blake3::hash(name);
    u64::from_le_bytes(hash.as_bytes().first_chunk().copied().unwrap_or_default())
}

/// The key by which the documents of an article are deleted, and ties are broken: of its file and its id, as the id of
/// one file's article may be the name of another file.
pub fn article_key(file: &str, id: &str) -> u64 {
    key_of(&[file.as_bytes(), b"\0", id.as_bytes()].concat())
}

/// The key by which a notice is deleted: no article has such an id.
pub fn notice_key(file: &str, item: Item) -> u64 {
    article_key(file, &format!("\0{}\0{}", item.id, item.version))
}

/// The file that an article was read from: the path of a member of a container begins with it, and only with the right
/// one does the article have the key `key`.
pub fn file_of(article: &Article, key: u64) -> Option<&str> {
    files_around(article).find(|file| article_key(file, &article.id) == key)
}

/// The files that an article may have been read from: its path, and what may be the containers in it, outermost first.
pub fn files_around(article: &Article) -> impl Iterator<Item = &str> {
    let path = article.path.as_str();
    path.match_indices("!/").map(|(at, _)| &path[..at]).chain([path])
}

/// A hash of all that the index keeps of an article.
pub fn digest(article: &Article) -> u64 {
    digest_with(record(article), article)
}

/// [`digest`] of an article with its stored form. Sentences, paragraphs and the item are kept beside the record: another
/// version of the program may cut the same text elsewhere.
pub(crate) fn digest_with(record: Vec<u8>, article: &Article) -> u64 {
    let mut kept = record;
    if let Some(boundaries) = &article.boundaries {
        let all = [boundaries.sentences.len() as u32];
        let all = all.iter().chain(&boundaries.sentences).chain(&boundaries.paragraphs);
        kept.extend(all.flat_map(|cut| cut.to_le_bytes()));
    }
    if let Some(Item { id, version }) = article.item {
        kept.extend([id, version].iter().flat_map(|number| number.to_le_bytes()));
    }
    key_of(&kept)
}

/// The stored form of an article: all but what early versions did not know, and that behind it, if there is any.
pub fn record(article: &Article) -> Vec<u8> {
    let room = Vec::with_capacity(2 * article.body.len() + SHORT_VALUES);
    let record = postcard::to_extend(article, room).unwrap_or_default();
    if article.metadata.is_empty() {
        return record;
    }
    postcard::to_extend(&article.metadata, record).unwrap_or_default()
}

/// The article of a stored form. Fails if that is damaged, or another version of the program wrote it.
pub fn article_of_record(record: &[u8]) -> postcard::Result<Article> {
    let (mut article, rest): (Article, _) = postcard::take_from_bytes(record)?;
    if !rest.is_empty() {
        article.metadata = postcard::from_bytes(rest)?;
    }
    Ok(article)
}

/// The first values of a stored form: what an article says, and where it comes from.
#[derive(Deserialize)]
struct FirstValues {
    id: String,
    path: String,
    title: Option<String>,
    title_span: Option<Span>,
    body: String,
    url: Option<String>,
    published: Option<Published>,
    refused_date: Option<Published>,
    language: Option<String>,
}

/// The article of a stored form without what was found in its text, which is about half of the form and most of the work.
/// Fails if what it reads is damaged, or another version of the program wrote it.
pub fn text_of_record(record: &[u8]) -> postcard::Result<Article> {
    let (first, _): (FirstValues, _) = postcard::take_from_bytes(record)?;
    let FirstValues { id, path, title, title_span, body, url, published, refused_date, language } =
        first;
    Ok(Article {
        id,
        path,
        title,
        title_span,
        body,
        url,
        published,
        refused_date,
        language,
        ..Article::default()
    })
}

/// An article with its stored form.
#[derive(Clone, Debug)]
pub struct StoredArticle {
    /// The article.
    pub article: Article,
    /// Its stored form.
    pub record: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Origin, PartialDate};

    /// If this fails, the stored form has changed: raise [`FORM`], and put the new form here.
    #[test]
    fn the_stored_form_is_that_of_its_version() {
        let article = Article { id: "a/1".to_owned(), ..Article::default() };
        let form = (FORM, record(&article).len());
        assert_eq!(form, (0, 37));
        assert_eq!(article_of_record(&record(&article)).unwrap(), article);
    }

    #[test]
    fn the_text_of_a_record_is_that_of_its_article() {
        let date = PartialDate { year: Some(2021), month: Some(2), day: None };
        let text = Article {
            id: "a/1".to_owned(),
            path: "a".to_owned(),
            title: Some("Ships left".to_owned()),
            title_span: Some(Span::new(0, 10)),
            body: "Ships left. Ports were shut.".to_owned(),
            url: Some("https://paper.example/1".to_owned()),
            published: Some(Published { date, time: None, origin: Origin::Path }),
            refused_date: Some(Published { date, time: None, origin: Origin::Inferred }),
            language: Some("en".to_owned()),
            ..Article::default()
        };
        let whole = Article { keywords: vec!["shipping".to_owned()], ..text.clone() };
        assert_eq!(text_of_record(&record(&whole)).unwrap(), text);
        assert!(text_of_record(&record(&whole)[..20]).is_err());
    }
}
