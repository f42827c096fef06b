//! Dates: at the precision that is known ([`PartialDate`]), as running text prints them ([`printed`]), and as metadata
//! state them (`stated`). What a date is the date of, others decide.

mod partial_date;

pub mod printed;
pub(crate) mod stated;

pub use partial_date::PartialDate;
