//! The index on disk: what it keeps ([`schema`]), how text becomes terms ([`analyze`]), where its
//! sentences begin ([`cuts`]), articles as documents ([`document`]), which files it was made from ([`manifest`]), writing ([`writer`]) and opening ([`snapshot`]).
//!
//! Only this module and `query` know tantivy.

pub mod schema;

pub mod analyze;
pub mod cuts;
pub mod document;
pub mod manifest;
pub mod snapshot;
mod stems;
pub mod writer;
