//! Answers in the forms that all faces share: one JSON object, rows of JSON Lines and of tables, and pictures. A file for
//! each question. Nothing here prints to a terminal or knows what was typed.

pub(crate) mod export;
pub(crate) mod printable;

pub(crate) mod articles;
pub(crate) mod quotations;
pub(crate) mod speakers;

pub(crate) mod facets;
pub(crate) mod people;
pub(crate) mod stats;
pub(crate) mod svg;
pub(crate) mod timeline;

pub(crate) mod collocates;
pub(crate) mod comparison;
pub(crate) mod concordance;

pub(crate) mod explain;
pub(crate) mod receipt;
pub(crate) mod why;

use serde_json::{Value, json};

use self::export::{Column, Row};
use crate::query::Warning;

/// An answer that is held in memory as a whole.
pub(crate) trait Answer {
    /// One object: the question, totals, the page asked for, warnings.
    fn json(&self) -> Value;
    /// The columns of its rows.
    fn columns(&self) -> Vec<Column>;
    /// Its rows.
    fn rows(&self) -> impl Iterator<Item = impl Row>;
    /// The query as it was understood, if each row of an export names it.
    fn query(&self) -> Option<String> {
        None
    }
}

/// Warnings as a JSON list of their messages.
pub(crate) fn warnings(warnings: &[Warning]) -> Value {
    json!(warnings.iter().map(|w| &w.message).collect::<Vec<_>>())
}

/// The text with each run of white space as one space.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_whitespace() {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}
