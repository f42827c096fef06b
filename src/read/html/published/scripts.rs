//! The date in the data of scripts: `"published_at": "2016-11-04T20:37:27Z"`, `var publishDate = '2016-11-04'`.

use memchr::memmem;

use crate::article::Published;
use crate::read::html::{Page, dates};

/// At most so many scripts of a page, and places in each, are looked at.
const MAX_SCRIPTS: usize = 300;
const MAX_PLACES: usize = 200;

/// The maximum length of a key, in bytes.
const MAX_KEY: usize = 40;

/// The first date of publication in a script.
pub(super) fn in_scripts(page: &Page<'_>) -> Option<Published> {
    let mut rest = page.html;
    for _ in 0..MAX_SCRIPTS {
        let start = memmem::find(rest.as_bytes(), b"<script")?;
        let script = &rest[start..];
        let end = memmem::find(script.as_bytes(), b"</script").unwrap_or(script.len());
        if let Some(found) = in_script(&script[..end]) {
            return Some(found);
        }
        rest = &script[end..];
    }
    None
}

fn in_script(script: &str) -> Option<Published> {
    // Parts of every key that is looked for.
    let places = ["ublish", "ublication", "ubDate", "ubdate", "ub_date", "ploadDate"];
    places.iter().find_map(|place| {
        memmem::find_iter(script.as_bytes(), place)
            .take(MAX_PLACES)
            .find_map(|at| value(script, at))
    })
}

/// The date behind the key around `at`.
fn value(script: &str, at: usize) -> Option<Published> {
    let is_key = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b':' | b'.');
    let bytes = script.as_bytes();
    let before = bytes[..at].iter().rev().take(MAX_KEY).take_while(|b| is_key(b)).count();
    let after = bytes[at..].iter().take(MAX_KEY).take_while(|b| is_key(b) && **b != b':').count();
    let key = script.get(at - before..at + after)?;
    if !names_publication(key) {
        return None;
    }
    let rest = script.get(at + after..)?.trim_start_matches(['\\', '"', '\'']).trim_start();
    let rest = rest.strip_prefix([':', '=', ','])?.trim_start();
    let quoted = rest.trim_start_matches('\\').strip_prefix(['"', '\'']);
    let value = match quoted {
        Some(value) => value.split(['"', '\'', '\\']).next()?,
        None => rest.split(|c: char| !c.is_ascii_digit()).next()?,
    };
    dates::published(value, "script")
}

/// Whether a key is that of a date of publication: `publishedAt`, `cmsPublishingDate`, `pub_date`, `uploadDate`.
fn names_publication(key: &str) -> bool {
    const ENDS: &[&str] = &[
        "published",
        "publishedat",
        "publishedon",
        "publishedtime",
        "publisheddate",
        "publisheddatetime",
        "publishdate",
        "publishtime",
        "publishdatetime",
        "publishat",
        "publishingdate",
        "publicationdate",
        "publicationtime",
        "pubdate",
        "datepublished",
        "datepublication",
        "publishedtimestamp",
        "publishtimestamp",
        "publishedts",
        "publicationtimestamp",
        "uploaddate",
        "publisheddateiso",
        "publishedfirst",
        "publishedutc",
        "publisheddateutc",
        "publishedgmt",
        "timepublished",
        "publishup",
    ];
    let key: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
    let key = key.to_ascii_lowercase();
    ENDS.iter().any(|end| key.ends_with(end))
        && !["un", "last", "related", "modif"].iter().any(|other| key.starts_with(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_publication_are_told_from_others() {
        let day =
            |script: &str| in_script(script).map_or(String::new(), |found| found.date.to_string());
        for script in [
            r#"x = {"published_at": "2019-03-14T06:22:28+01:00"}"#,
            "dataLayer.push({'publishdate':'2019-03-14'})",
            r#"var publishDate = "2019-03-14";"#,
            r#"[{"cmsPublishingDate":"2019-03-14","cms":"x"}]"#,
            r#"{\"pubDate\":\"2019-03-14\"}"#,
            r#"{"uploadDate": "2019-03-14"}"#,
            r#"{"article": {"publishedAt": 1552564800000}}"#,
            r#"{"isPublished": true, "datePublished": "2019-03-14"}"#,
        ] {
            assert_eq!(day(script), "2019-03-14", "{script}");
        }
        for script in [
            r#"{"unpublishDate": "2019-03-14"}"#,
            r#"{"publisher": "2019-03-14"}"#,
            r#"{"lastPublished": "2019-03-14"}"#,
            r#"{"published": true, "expires": "2019-03-14"}"#,
            "publish",
        ] {
            assert_eq!(day(script), "", "{script}");
        }
    }
}
