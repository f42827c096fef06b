//! The options of a reader.

use super::fields::FieldMap;
use super::formats::format::Format;

/// How files are read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format of all files; `None` detects it by their content.
    pub format: Option<&'static Format>,
    /// Names of fields in JSON, CSV and XML beside the usual ones.
    pub map: FieldMap,
    /// Whether items that are withdrawn or under embargo are read too.
    pub withheld: bool,
    /// The time against which embargoes are checked; one that ended before is ignored. `None`: every embargo holds.
    pub now: Option<jiff::Timestamp>,
}
