//! A link to an article, as it is kept outside of the index: its id, with the digest of what it says behind an `@`. After
//! its file was renamed, or a record of a file edited elsewhere, the digest still finds it.

use std::fmt;

use crate::article::{Article, ContentDigest};
use crate::error::{Error, Result};
use crate::query::engine::Engine;

/// The id of an article and the digest of what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleLink {
    /// The id.
    pub id: String,
    /// The digest, if the link has one.
    pub digest: Option<ContentDigest>,
}

/// An article that a link leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// The article.
    pub article: Article,
    /// How it is not quite what the link says.
    pub remark: Option<LinkRemark>,
}

/// How an article is not quite what a link to it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkRemark {
    /// It says the same and has another id: its file was renamed.
    Moved,
    /// It has that id and says something else: it was edited.
    Edited,
}

impl ArticleLink {
    /// The link to an article.
    pub fn to(article: &Article) -> Self {
        Self { id: article.id.clone(), digest: Some(ContentDigest::of(article)) }
    }

    /// A link as it is printed, or an id alone. The id of a record that has no other name ends with its digest.
    pub fn parse(text: &str) -> Self {
        let behind = |mark| {
            let (id, digest) = text.rsplit_once(mark)?;
            Some((id, ContentDigest::parse(digest.split('~').next().unwrap_or(digest))?))
        };
        if let Some((id, digest)) = behind('@') {
            return Self { id: id.to_owned(), digest: Some(digest) };
        }
        Self { id: text.to_owned(), digest: behind('#').map(|(_, digest)| digest) }
    }
}

impl fmt::Display for ArticleLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)?;
        self.digest.map_or(Ok(()), |digest| write!(f, "@{digest}"))
    }
}

/// The article that `link` leads to: that of its id, else the first that says the same; an error if there is none.
pub fn locate(engine: &dyn Engine, link: &str) -> Result<Located> {
    if let Some(article) = engine.article(link)? {
        return Ok(Located { article, remark: None });
    }
    let ArticleLink { id, digest } = ArticleLink::parse(link);
    if let Some(article) = engine.article(&id)? {
        let is_same = digest.is_none_or(|digest| ContentDigest::of(&article) == digest);
        return Ok(Located { article, remark: (!is_same).then_some(LinkRemark::Edited) });
    }
    let same = digest.map_or(Ok(Vec::new()), |digest| engine.articles_with_content(digest))?;
    match same.into_iter().next() {
        Some(article) => Ok(Located { article, remark: Some(LinkRemark::Moved) }),
        None => Err(Error::NoArticle { id }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_as_they_are_written() {
        let article = Article { id: "a/x@y.txt".into(), body: "One.".into(), ..Article::default() };
        let link = ArticleLink::to(&article);
        assert_eq!(ArticleLink::parse(&link.to_string()), link);
        assert_eq!(
            ArticleLink::parse(&article.id),
            ArticleLink { id: article.id.clone(), digest: None }
        );
        let record = format!("a/x.jsonl#{}~2", ContentDigest::of(&article));
        assert_eq!(
            ArticleLink::parse(&record),
            ArticleLink { id: record.clone(), digest: link.digest }
        );
    }
}
