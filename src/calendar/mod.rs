//! Dates and times of day: read in one way ([`date`], `time`, with the names of `month_names`), whether they stand in running
//! text ([`printed`]), in metadata (`stated`) or in a query (`typed`). What a date is the date of, the callers decide.

mod partial_date;

pub(crate) mod date;
pub(crate) mod month_names;
pub(crate) mod time;

pub(crate) mod printed;
pub(crate) mod stated;
pub(crate) mod typed;

pub use date::YEARS;
pub use partial_date::PartialDate;
