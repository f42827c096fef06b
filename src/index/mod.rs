//! The index on disk: which fields it keeps and how articles become documents ([`schema`]), how text becomes terms
//! ([`tokenize`]), the files and folders ([`storage`]), writing in commits ([`mod@write`]), and opening, checking and
//! reading back ([`mod@read`]).

pub mod schema;
pub mod tokenize;

pub mod storage;

pub mod write;

pub mod read;
