//! The index on disk: what it keeps ([`schema`]), how text becomes terms ([`analyze`]; `grouped` hands them over), where its
//! sentences begin ([`cuts`]), articles as documents ([`document`]), which files it was made from ([`manifest`]), which versions
//! of items count ([`items`]), what changed ([`journal`]), what a commit says of itself ([`stamp`]), writing ([`writer`]),
//! opening ([`snapshot`]), what of it is alive ([`living`]), and reading articles back ([`stored`]).
//!
//! Only this module and `query` know tantivy.

pub mod schema;

pub mod analyze;
pub mod cuts;
pub mod document;
mod grouped;
pub mod manifest;
mod stems;

mod budget;
pub mod durable;
mod folder;
pub mod generation;
pub mod held;
pub mod items;
pub mod journal;
pub mod living;
pub mod lock;
mod piecewise;
pub mod snapshot;
pub mod sound;
pub mod stamp;
pub mod stored;
pub mod writer;
