//! From the bytes of a file to its articles, with what the file itself states about them. What the text suggests is
//! `extract`'s business.

pub mod html;
pub mod plain;

use crate::archive::charset;
use crate::archive::walk::FileRef;
use crate::article::Article;
use crate::report::Reason;

/// Raised whenever a reader gives other results: files read by an older one are read again.
pub const VERSION: u32 = 1;

/// Larger files are skipped: no article is that long, and offsets stay within 32 bits.
pub const MAX_BYTES: u64 = 64 << 20;

/// The bytes of `file`, or why they cannot be had.
pub fn load(file: &FileRef) -> Result<Vec<u8>, Reason> {
    if file.size > MAX_BYTES {
        return Err(Reason::TooLarge);
    }
    std::fs::read(&file.path).map_err(|e| Reason::Unreadable(e.to_string()))
}

/// The articles in `bytes`, which lie at `key` in the archive, or why there are none.
pub fn parse(bytes: &[u8], key: &str) -> Result<Vec<Article>, Reason> {
    if html::is_page(bytes, key) {
        return html::decode(bytes)
            .map(|text| vec![html::article(&text, key)])
            .ok_or(Reason::NotText);
    }
    let text = charset::decode(bytes).ok_or(Reason::NotText)?;
    if text.trim().is_empty() {
        return Err(Reason::Empty);
    }
    Ok(vec![plain::article(text, key)])
}
