//! The last good version of a file that is damaged now: what the index has of it, or in a rebuild the index before.

use super::job::Job;
use crate::archive::walk::FileRef;
use crate::article::{Article, Item};
use crate::error::{Error, Result};
use crate::manifest::files::{FileEntry, FileState};
use crate::manifest::record::{FORM, StoredArticle};
use crate::manifest::stored_version::VersionKind;
use crate::query::engine::writing::Commit;
use crate::report::Reason;
use crate::text::Text;

/// Where the articles of the last good version of a file are.
pub(super) enum LastGoodVersion<'a> {
    /// There is none: the file is new, or was damaged from the first.
    None,
    /// There may have been one, in an index that cannot be read.
    Lost,
    /// In the generation that is written.
    Here,
    /// In the one that it replaces.
    Before(Before<'a>),
}

/// What another generation has of a file.
pub(super) struct Before<'a> {
    commit: &'a dyn Commit,
    file: &'a str,
}

/// A version of another generation.
pub(super) enum Copied {
    /// An article, current or superseded.
    Article(Box<Article>),
    /// A notice of an item.
    Notice(Item),
    /// It cannot be read.
    Unreadable,
}

impl Job<'_> {
    /// The last good version of `file`; `has_versions` says whether the generation that is written has anything of it.
    pub(super) fn last_good_version<'f>(
        &'f self,
        file: &'f FileRef,
        has_versions: bool,
    ) -> Result<LastGoodVersion<'f>> {
        let previous = self.previous;
        if self.context.options.accept_damaged {
            return Ok(LastGoodVersion::None);
        }
        if let Some(base) = previous.base.as_deref().filter(|_| has_versions)
            && entry(base, file)?.is_some_and(|entry| is_good(&entry))
        {
            return Ok(LastGoodVersion::Here);
        }
        match previous.replaced.as_deref() {
            Some(commit) => Ok(before(commit, file).unwrap_or(LastGoodVersion::Lost)),
            None if previous.is_lost => Ok(LastGoodVersion::Lost),
            None => Ok(LastGoodVersion::None),
        }
    }
}

/// What the generation that a rebuild replaces has of a file.
fn before<'a>(commit: &'a dyn Commit, file: &'a FileRef) -> Result<LastGoodVersion<'a>> {
    let Some(entry) = entry(commit, file)?.filter(is_good) else {
        return Ok(LastGoodVersion::None);
    };
    // A file without articles may have notices.
    if entry.articles == 0 && commit.versions_of_file(&file.key)?.is_empty() {
        return Ok(LastGoodVersion::None);
    }
    Ok(LastGoodVersion::Before(Before { commit, file: &file.key }))
}

fn entry(commit: &dyn Commit, file: &FileRef) -> Result<Option<FileEntry>> {
    Ok(commit.file_entries(&[&file.key])?.pop().flatten())
}

fn is_good(entry: &FileEntry) -> bool {
    entry.state != FileState::Incomplete
}

impl LastGoodVersion<'_> {
    /// Whether there is one, so that the file must be found sound before it replaces that.
    pub(super) fn exists(&self) -> bool {
        matches!(self, Self::Here | Self::Before(_))
    }

    /// Whether it can be read, now that the file is damaged for that reason. Fails if another version of the program wrote it
    /// in a form of its own: it is not dropped unasked.
    pub(super) fn is_readable(&self, reason: &Reason) -> Result<bool> {
        let Self::Before(before) = self else { return Ok(self.exists()) };
        if before.commit.metadata().is_ok_and(|metadata| metadata.form != FORM) {
            let (file, reason) = (before.file.to_owned(), reason.to_string());
            return Err(Error::KeptUnreadable { file, reason });
        }
        Ok(before.commit.versions_of_file(before.file).is_ok())
    }
}

impl Before<'_> {
    /// All versions, one after the other.
    pub(super) fn copies(&self) -> Result<impl Iterator<Item = Copied>> {
        let mut versions = self.commit.versions_of_file(self.file)?;
        versions.sort_unstable_by_key(|version| version.handle);
        Ok(versions.into_iter().map(|version| match (version.kind, version.item) {
            (VersionKind::Notice, Some(item)) => Copied::Notice(item),
            (VersionKind::Notice, None) => Copied::Unreadable,
            (VersionKind::Article | VersionKind::Superseded, item) => {
                match self.commit.stored_article(version.handle) {
                    Ok(stored) => Copied::Article(Box::new(restored(stored, item))),
                    Err(_) => Copied::Unreadable,
                }
            }
        }))
    }
}

/// An article with what is stored beside it.
fn restored(stored: StoredArticle, item: Option<Item>) -> Article {
    let boundaries = Some(Text::new(&stored.article.body).boundaries());
    Article { boundaries, item, ..stored.article }
}
