//! Matches counted and ranked in one sweep: their number, the first of them in an order, and exact counts of facets.
//!
//! Facets are counted per segment in arrays over the ordinals of the values, and merged by value: exact, whatever the
//! number of segments and values. Where the user's aliases name people, these are counted instead.

mod counts;
mod top;

mod sweep;

mod passes;
mod segments;
mod whole;

pub(super) use self::counts::{Counted, SegmentCounts};
pub(super) use self::passes::{PASS, ranks_below};
pub(super) use self::sweep::{Sweep, Sweeping, Swept};
pub(super) use self::top::Rank;
