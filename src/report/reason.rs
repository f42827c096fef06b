//! Why a file, a member of a container, or records of it gave no articles, or not all.

use std::fmt;

/// Why a file gave no article, or not all of its articles.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// No bytes, or white space only.
    Empty,
    /// Binary data.
    NotText,
    /// It unpacks to more bytes or members than a file may; what was read before is kept.
    OverLimit {
        /// Which limit it is over.
        what: String,
        /// The member of a container at which that was met.
        inside: Option<String>,
    },
    /// It could not be read now: the message of the operating system, or that it takes too long.
    Unreadable(String),
    /// A compressed file or archive file that cannot be unpacked, and why.
    Container(String),
    /// It was cut off, or its bytes changed: it does not unpack or decode to its end, or it ends in the middle of a record.
    Damaged {
        /// The byte at which this was met; of a compressed file one of its packed bytes.
        at: u64,
        /// What is wrong there.
        what: String,
    },
    /// Records of it have more bytes than any article has, and are read up to a limit.
    RecordsTooLarge(LostRecords),
    /// Articles of these records have more text than any article, and are cut.
    ArticlesTooLarge(LostRecords),
    /// A link out of the archive to this path, which is not followed.
    LinkOutside(String),
    /// Records of it are not what its format wants.
    RecordsBroken(LostRecords),
    /// Pages of it, as many of all, are pictures; `None` if all of them are.
    NoTextLayer {
        /// How many, of how many.
        pages: Option<(usize, usize)>,
    },
    /// It was read and holds no article: a picture, a package, a page without text.
    NoArticle,
    /// The run was interrupted before it.
    Stopped,
    /// Its format is a feature (its name) that this program was built without.
    NotBuilt(&'static str),
    /// A panic in newsdex.
    Fault,
}

/// Records of one file that were not read, for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LostRecords {
    /// How many.
    pub count: u64,
    /// The number of the first of them among the file's records, from 1.
    pub number: u64,
    /// The byte at which that begins; in a compressed file one of its unpacked bytes.
    pub at: u64,
}

impl LostRecords {
    /// One record: its number, and the byte at which it begins.
    pub fn one(number: u64, at: u64) -> Self {
        Self { count: 1, number, at }
    }
}

impl Reason {
    /// The kind of reason, by which reports count skipped files.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotText => "not text",
            Self::OverLimit { .. } => "over a limit",
            Self::Unreadable(_) => "unreadable",
            Self::Container(_) => "cannot be unpacked",
            Self::Damaged { .. } => DAMAGED,
            Self::RecordsTooLarge(_) => "record too large",
            Self::ArticlesTooLarge(_) => "article too large",
            Self::LinkOutside(_) => "link out of the archive",
            Self::RecordsBroken(_) => "record broken",
            Self::NoTextLayer { .. } => "no text layer",
            Self::NoArticle => "no article",
            Self::Stopped => "stopped",
            Self::NotBuilt(_) => "not in this build",
            Self::Fault => "fault of newsdex",
        }
    }

    /// Whether the file needs attention. A file that is no article does not.
    pub fn is_fault(&self) -> bool {
        match self {
            Self::Unreadable(_)
            | Self::Container(_)
            | Self::Damaged { .. }
            | Self::OverLimit { .. }
            | Self::RecordsTooLarge(_)
            | Self::ArticlesTooLarge(_)
            | Self::LinkOutside(_)
            | Self::RecordsBroken(_)
            | Self::NotBuilt(_)
            | Self::Fault => true,
            Self::Empty
            | Self::NotText
            | Self::NoTextLayer { .. }
            | Self::NoArticle
            | Self::Stopped => false,
        }
    }

    /// Whether the file is not what it was meant to be.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged { .. })
    }

    /// Whether there may be articles of it all the same.
    pub fn is_partial(&self) -> bool {
        self.is_damage() || self.is_limit() || matches!(self, Self::RecordsBroken(_))
    }

    /// Whether it was read up to a limit.
    pub fn is_limit(&self) -> bool {
        matches!(
            self,
            Self::OverLimit { .. } | Self::RecordsTooLarge(_) | Self::ArticlesTooLarge(_)
        )
    }

    /// The reason for a file that was readable before.
    #[must_use]
    pub fn of_what_was_readable(self) -> Self {
        let what = match self {
            Self::Empty => "it is empty",
            Self::NotText => "it is no longer text",
            other => return other,
        };
        Self::Damaged { at: 0, what: what.to_owned() }
    }

    /// Adds what `other` says of further records of the same file. Returns false if it is about something else.
    pub fn absorb(&mut self, other: &Self) -> bool {
        match (self, other) {
            (Self::RecordsTooLarge(all), Self::RecordsTooLarge(more))
            | (Self::ArticlesTooLarge(all), Self::ArticlesTooLarge(more))
            | (Self::RecordsBroken(all), Self::RecordsBroken(more)) => {
                all.count += more.count;
                true
            }
            (known, other) => known == other,
        }
    }
}

/// [`Reason::kind`] of damage.
pub const DAMAGED: &str = "damaged";

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(why) | Self::Container(why) => write!(f, "{}: {why}", self.kind()),
            Self::Damaged { at, what } => write!(f, "damaged at byte {at}: {what}"),
            Self::RecordsTooLarge(lost)
            | Self::ArticlesTooLarge(lost)
            | Self::RecordsBroken(lost) => {
                write!(f, "{}: number {} at byte {}", self.kind(), lost.number, lost.at)?;
                if lost.count > 1 {
                    write!(f, ", and {} more", lost.count - 1)?;
                }
                f.write_str(match self {
                    Self::RecordsTooLarge(_) => {
                        "; the first 16 MB, or 32,000 articles, of each are read"
                    }
                    Self::ArticlesTooLarge(_) => "; the first 2 MB of text of each are indexed",
                    _ => "",
                })
            }
            Self::OverLimit { what, inside: None } => write!(f, "{}: {what}", self.kind()),
            Self::OverLimit { what, inside: Some(member) } => {
                write!(f, "{}: {what}; it was read up to its member {member}", self.kind())
            }
            Self::LinkOutside(target) => write!(
                f,
                "{}: to {target}; not followed without --follow-links-outside",
                self.kind()
            ),
            Self::NoTextLayer { pages: None } => write!(f, "{}: run OCR first", self.kind()),
            Self::NoTextLayer { pages: Some((without, all)) } => {
                write!(f, "{}: {without} of {all} pages; run OCR first", self.kind())
            }
            Self::NotBuilt(feature) => write!(f, "{}: {feature}", self.kind()),
            _ => f.write_str(self.kind()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_lost_for_the_same_reason_are_counted() {
        let mut lost = Reason::RecordsBroken(LostRecords::one(3, 120));
        assert_eq!(lost.to_string(), "record broken: number 3 at byte 120");
        assert!(lost.absorb(&Reason::RecordsBroken(LostRecords::one(9, 400))));
        assert!(!lost.absorb(&Reason::RecordsTooLarge(LostRecords::one(9, 400))));
        assert_eq!(lost.to_string(), "record broken: number 3 at byte 120, and 1 more");
    }
}
