//! What a run did: counts, and every skipped file with its reason.

use serde::Serialize;

/// Why a file gave no article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// No bytes, or white space only.
    Empty,
    /// Binary data.
    NotText,
    /// More bytes than any article has.
    TooLarge,
    /// The system's message.
    Unreadable(String),
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("empty"),
            Self::NotText => f.write_str("not text"),
            Self::TooLarge => f.write_str("too large"),
            Self::Unreadable(why) => write!(f, "unreadable: {why}"),
        }
    }
}
