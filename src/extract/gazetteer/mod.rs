//! Places and countries by name, from open tables. Which of several places of one name is meant is decided here from
//! the context that the caller gives; where in a text a place is named is `countries`'s business.

pub mod place_table;

mod native_names;
mod regions;
mod resolve;

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use place_table::Beginnings;

pub(crate) use crate::tables::countries::{Form, nation, neighbours};
pub use crate::tables::countries::{country_code, country_name};
pub(crate) use crate::text::name_key::Key;
pub(crate) use place_table::{Entry, PlaceKind, places};
pub(crate) use regions::{NOWHERE, region, short_form};
pub use resolve::{Context, resolve};

/// May a name that a text is searched for begin with these words, or be them? Seldom yes when it is no.
pub(crate) fn may_begin(key: Key) -> bool {
    // Each table for itself: that of places knows other names too, for which no text is searched.
    seems_to_begin(key)
        && (place_table::may_begin(key) || NATIONS_AND_REGIONS.contains(&key.bits()))
}

/// As [`may_begin`], by one look at all tables together: somewhat more often yes when it is no.
pub(crate) fn seems_to_begin(key: Key) -> bool {
    BEGINNINGS.may_have(key)
}

/// The first words of the names of all tables.
static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(|| {
    let mut all = place_table::beginnings();
    nations_and_regions().for_each(|key| all.add(key));
    all
});

/// Those of all tables but that of places.
static NATIONS_AND_REGIONS: LazyLock<FxHashSet<u64>> =
    LazyLock::new(|| nations_and_regions().collect());

fn nations_and_regions() -> impl Iterator<Item = u64> {
    crate::tables::countries::beginnings().iter().chain(regions::beginnings()).copied()
}
