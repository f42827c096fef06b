//! A file for each command: what was typed becomes a question, and its answer a screen or an export.

pub(super) mod index;

pub(super) mod facets;
pub(super) mod people;
pub(super) mod quotes;
pub(super) mod read_pdf;
pub(super) mod search;
pub(super) mod show;
mod speakers;
pub(super) mod timeline;

mod collocates;
pub(super) mod compare;
pub(super) mod concordance;
pub(super) mod explain;
pub(super) mod similar;
pub(super) mod stats;
pub(super) mod trec;
pub(super) mod verify;
pub(super) mod why;

pub(super) mod check;
pub(super) mod diff;
pub(super) mod history;
pub(super) mod schedule;

pub(super) mod completions;
pub(super) mod extract;
pub(super) mod formats;
pub(super) mod man;
