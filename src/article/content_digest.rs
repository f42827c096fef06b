//! The digest of what an article says, wherever it lies and whatever its id: by it, records of one file are told apart, and
//! an article is found again after its file was renamed.

use std::fmt;

use super::Article;

/// Bits of a digest. Among a million articles, two different ones share one with a chance of 0.2 %; nothing worse comes of
/// it than a number behind an id.
const BITS: u32 = 48;
/// Hexadecimal digits of a digest.
const DIGITS: usize = BITS as usize / 4;

/// The first 48 bits of the BLAKE3 hash of an article's headline and text, as they were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentDigest(u64);

impl ContentDigest {
    /// Of an article.
    pub fn of(article: &Article) -> Self {
        let mut hash = blake3::Hasher::new();
        hash.update(article.title.as_deref().unwrap_or_default().as_bytes());
        hash.update(b"\0");
        hash.update(article.body.as_bytes());
        let hash = hash.finalize();
        let first = hash.as_bytes().first_chunk().copied().unwrap_or_default();
        Self(u64::from_be_bytes(first) >> (u64::BITS - BITS))
    }

    /// The digest that is written as `text`: twelve hexadecimal digits in small letters.
    pub fn parse(text: &str) -> Option<Self> {
        let is_digit = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let is_digest = text.len() == DIGITS && text.as_bytes().iter().all(is_digit);
        is_digest.then(|| u64::from_str_radix(text, 16).ok().map(Self)).flatten()
    }

    /// As a number.
    pub fn number(self) -> u64 {
        self.0
    }
}

impl fmt::Display for ContentDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0width$x}", self.0, width = DIGITS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_of_headline_and_text_alone() {
        let article = Article {
            id: "a/1.txt".into(),
            title: Some("Dam talks open".into()),
            body: "Ministers met on Monday.".into(),
            ..Article::default()
        };
        let moved = Article { id: "b/2.txt".into(), ..article.clone() };
        let digest = ContentDigest::of(&article);
        assert_eq!(ContentDigest::of(&moved), digest);
        let edited = Article { body: "Ministers met on Tuesday.".into(), ..article.clone() };
        assert_ne!(ContentDigest::of(&edited), digest);
        let recut = Article {
            title: Some("Dam talks".into()),
            body: " openMinisters met on Monday.".into(),
            ..article
        };
        assert_ne!(ContentDigest::of(&recut), digest);
    }

    #[test]
    fn what_is_written_is_read() {
        let digest = ContentDigest::of(&Article::default());
        assert_eq!(ContentDigest::parse(&digest.to_string()), Some(digest));
        assert_eq!(ContentDigest(7).to_string(), "000000000007");
        for other in ["", "7", "00000000000G", "00000000000A", "0000000000077"] {
            assert_eq!(ContentDigest::parse(other), None, "{other}");
        }
    }
}
