//! Collectors: the number of matches, the first of them in an order, and exact counts of facets, all in one pass.
//!
//! Facets are counted per segment in arrays over the ordinals of their values, and merged by value: exact, whatever the
//! number of segments and values. Where the user's aliases name people, people are counted in place of names.

mod rank;

mod facet_counts;
mod match_collector;

mod all_documents;
mod live_matches;
mod parallel;
mod ranked_passes;

mod column_collectors;

pub(super) use self::column_collectors::{DayCollector, ExtentCollector};
pub(super) use self::facet_counts::{CountedFacet, SegmentFacetCounts};
pub(super) use self::live_matches::for_each_live;
pub(super) use self::match_collector::{CollectRequest, Collected, MatchCollector};
pub(super) use self::rank::{Rank, score_bits};
pub(super) use self::ranked_passes::{PASS, ranks_below};
