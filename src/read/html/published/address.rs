//! The date in the address of a page: `/2019/03/14/bridge`, `/2019/mar/14/bridge`, `/20190314-bridge`.

use crate::article::Published;
use crate::read::html::{Page, dates};

/// The date in the page's URL.
pub(super) fn in_url(page: &Page<'_>) -> Option<Published> {
    let url = page.url?;
    // The address of a copy in a web archive opens with the date of the copy.
    let url = url.rsplit_once("://").map_or(url, |(_, rest)| rest);
    let path = url.split_once('/')?.1.split(['?', '#']).next()?.replace('/', "-");
    let begins = |at: usize| at == 0 || path.as_bytes().get(at - 1) == Some(&b'-');
    let years = path.match_indices("20").chain(path.match_indices("19")).map(|(at, _)| at);
    let mut years = years.filter(|&at| begins(at)).take(8);
    years.find_map(|at| {
        let digits = path[at..].bytes().take_while(u8::is_ascii_digit).count();
        matches!(digits, 4 | 8).then(|| dates::at_head(&path[at..], "url"))?
    })
}
