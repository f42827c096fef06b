//! What an index keeps beside the words of its articles, as plain data that a run and every engine share: what a commit
//! says of itself ([`commit_metadata`]) and its second copy ([`known_archives`]), the files it was made from ([`files`]), keys, digests and stored form of its
//! articles ([`record`]), versions of items ([`stored_version`]), the journal of what a run changed ([`journal`]), and
//! what a check finds ([`findings`]). How an engine stores any of it is the engine's own.

pub mod commit_metadata;
pub mod files;
pub mod findings;
pub mod journal;
pub mod known_archives;
pub mod record;
pub mod stored_version;

/// Version of what is stored of an article. Raised whenever an index written before differs from one written now: the
/// next run builds it again, beside it.
pub const SCHEMA_VERSION: u32 = 7;
