//! What the screens of several commands have in common: widths, numbers, bars, hits.

mod bars;
mod hits;
mod numbers;
mod width;

pub(crate) use bars::{bars, facet};
pub(crate) use hits::{article, credit, excerpt, quotation};
pub(crate) use numbers::{counted, thousands};
pub(crate) use width::{pad, pad_left, truncate, truncate_left, width, wrap};
