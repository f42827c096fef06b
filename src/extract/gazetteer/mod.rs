//! Places and countries by name, from open tables, and which of several places of one name is meant in a context. Where a text
//! names places is found in `countries`.

pub mod place_table;

mod native_names;
mod regions;
mod resolve;

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

pub(crate) use crate::tables::countries::{Form, nation, neighbours};
pub use crate::tables::countries::{country_code, country_name};
pub(crate) use crate::text::name_key::Key;
pub(crate) use place_table::{Entry, PlaceKind, places};
pub(crate) use regions::{NOWHERE, Region, region, short_form};
pub(crate) use resolve::Mention;
pub use resolve::{Context, resolve};

/// Whether some name that texts are searched for begins with these words, or is them. True for few others.
pub(crate) fn may_begin(key: Key) -> bool {
    // Each table for itself: that of places knows other names too, for which no text is searched.
    place_table::may_begin(key) || NATIONS_AND_REGIONS.contains(&key.bits())
}

/// The first words of the names of all tables but that of places.
static NATIONS_AND_REGIONS: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
    crate::tables::countries::beginnings().iter().chain(regions::beginnings()).copied().collect()
});
