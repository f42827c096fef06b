//! Dates in JSON-LD and `<meta>`.

use crate::article::Published;
use crate::read::html::{Page, dates};

/// The date of publication in JSON-LD.
pub(super) fn in_json_ld(page: &Page<'_>) -> Option<Published> {
    page.stated.published.iter().find_map(|value| dates::published(value, "json-ld"))
}

/// The date of publication in `<meta>`.
pub(super) fn in_meta(page: &Page<'_>) -> Option<Published> {
    const NAMES: &[&str] = &[
        "article:published_time",
        "og:article:published_time",
        "article:published",
        "article:publish_time",
        "og:published_time",
        "og:pubdate",
        "og:publish_date",
        "datepublished",
        "article:post_date",
        "date",
        "dc.date",
        "dc.date.issued",
        "dc:date",
        "dc:created",
        "dcterms.date",
        "dcterms.issued",
        "dcterms.created",
        "dc.date.created",
        "dc.issued",
        "parsely-pub-date",
        "sailthru.date",
        "pub_date",
        "pubdate",
        "pdate",
        "ptime",
        "publishdate",
        "publish-date",
        "publish_date",
        "publisheddate",
        "published_date",
        "published-date",
        "published_at",
        "publication_date",
        "publication-date",
        "publicationdate",
        "cxenseparse:recs:publishtime",
        "cxenseparse:publishtime",
        "vr:published_time",
        "rnews:datepublished",
        "hdl_p",
        "displaydate",
        "timestamp",
        "date_published",
        "date-published",
        "uploaddate",
        "video:release_date",
        "article_date_original",
        "article.published",
        "articledate",
        "citation_date",
        "citation_publication_date",
        "citation_online_date",
        "published_time",
        "bt:pubdate",
        "eomportal-lastupdate-published",
        "shareaholic:article_published_time",
        "originalpublicationdate",
        "dcterms.available",
        "release_date",
        "created",
        "creation_date",
        "datecreated",
        "date.created",
        "og:date",
    ];
    NAMES.iter().find_map(|name| dates::published(page.meta.first(&[name])?, name))
}

/// The date of the last change in `<meta>` or JSON-LD.
pub(super) fn modified(page: &Page<'_>) -> Option<Published> {
    const NAMES: &[&str] = &[
        "article:modified_time",
        "og:article:modified_time",
        "datemodified",
        "dcterms.modified",
        "dc.date.modified",
        "og:updated_time",
        "last-modified",
        "lastmod",
        "modified",
        "revised",
    ];
    let stated = page.stated.modified.as_deref();
    stated
        .and_then(|value| dates::published(value, "json-ld"))
        .or_else(|| NAMES.iter().find_map(|name| dates::published(page.meta.first(&[name])?, name)))
}
