//! Facts that extraction and queries share: countries and agencies by all usual forms of their names, and which licenses
//! are open. Each table is a
//! data file that names its source and license.

pub(crate) mod tsv;

pub mod agencies;
pub mod countries;
pub(crate) mod country_code;
pub mod licenses;

pub use countries::{country_code, country_name};
pub use country_code::CountryCode;
