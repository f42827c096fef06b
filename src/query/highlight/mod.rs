//! What to mark in an article, and which pieces of it to show.

pub mod highlighter;
