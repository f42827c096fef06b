//! One commit of an index, opened for reading ([`snapshot`], [`opening`]): its live documents ([`live_documents`]), its articles
//! ([`stored_articles`]), the versions of articles that a run compares with ([`stored_state`]), the files that it was made
//! from ([`manifest`]), and a check of its integrity ([`integrity`]).

pub mod snapshot;

mod opening;

pub mod live_documents;
pub mod stored_articles;

pub mod manifest;
pub mod stored_state;

pub mod integrity;
