//! The user's own statements of who is who: names of one person, and names that are another person's in some articles.
//! The index stays as it is: engines apply aliases where names are searched and counted.
//!
//! The rules that all engines follow: a stored name belongs to the person whose entry has it, or to nobody. Where entries
//! split that person's names, the first entry whose query matches the article has the name there. A document has a person
//! once, however many of the person's names it has; a clause that matches any of a person's names finds all of the person.

mod alias;
mod file;

pub use alias::Aliases;
pub(crate) use alias::{Alias, Split};
pub use file::AliasError;
