//! Concordance (keyword in context): every match of a query with its context, and the words that are frequent near them.

mod context;
mod line;

mod first_hits;
mod line_sorter;
mod lines;

mod collocates;

pub use collocates::{Collocate, Side, collocates};
pub use line::{Line, LineOrder};
pub use lines::for_each_line;
