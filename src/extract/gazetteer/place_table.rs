//! The compact table of places, read in place: nothing is parsed or copied when it loads. Which of the places of one name is
//! meant is decided in `resolve`.
//!
//! Little-endian, six sections behind a header of [`HEADER`] bytes:
//!
//! | section | an entry | sorted by |
//! |---|---|---|
//! | admins | country (2 letters), code of the first-level division (up to 8 bytes, zeros behind) | country, code |
//! | places | [`PLACE`] bytes: `GeoNames` id (3), latitude and longitude (3 each, 10⁻⁴ degrees), admin (2), kind and population (1 each), name (3) | population, largest first |
//! | names | a byte of length, UTF-8 | – |
//! | buckets | first key (3), by the first 16 bits of the key | – |
//! | prefixes | a bit for the first 20 bits of the key of each name's first words | – |
//! | keys | the next 32 bits of the key (4), place and flags (3) | key, then place |
//!
//! A name is looked up by 48 bits of its [`Key`]: one in a billion unknown names finds a place that it does not name.

#[cfg(feature = "tools")]
pub mod encode;

use std::sync::LazyLock;

use crate::article::CountryCode;
use crate::text::name_key::Key;

static BYTES: &[u8] = include_bytes!("../tables/gazetteer.bin");

/// Opens the file; the last byte is the version of the layout.
const MAGIC: [u8; 8] = *b"gazette\x02";
/// Bytes before the first section: magic, checksum of what follows it, four counts.
const HEADER: usize = 32;
/// Bytes of a division, a place and a key.
const ADMIN: usize = 10;
const PLACE: usize = 16;
const KEY: usize = 7;
/// Buckets and the end of the last.
const BUCKETS: usize = (1 << 16) + 1;
/// Bits of a key in the section of prefixes: one in six unknown words passes.
const PREFIX_BITS: u32 = 20;
/// Bits of the place's number in the last three bytes of a key; the rest are flags.
const PLACE_BITS: u32 = 20;
/// An unknown coordinate.
const NOWHERE: i32 = 0x7f_ffff;
/// Steps of the population's scale for each doubling.
const PER_DOUBLING: f32 = 10.0;

/// The kind of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceKind {
    /// City, town or village.
    City,
    /// First-level division: state, province, region.
    Region,
    /// Second-level division: county, district.
    County,
}

/// How a name belongs to a place, and what else it means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameFlags {
    /// Not the main name but another: `Bombay`.
    pub alternate: bool,
    /// An English word too: `Reading`.
    pub word: bool,
    /// A given name or surname too: `Lincoln`.
    pub person: bool,
}

/// The sections of [`BYTES`].
#[derive(Debug)]
struct PlaceTable {
    admins: &'static [u8],
    places: &'static [u8],
    names: &'static [u8],
    buckets: &'static [u8],
    prefixes: &'static [u8],
    keys: &'static [u8],
}

/// A place of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    record: &'static [u8; PLACE],
    /// How the name that was looked up belongs to it.
    pub(crate) flags: NameFlags,
}

static TABLE: LazyLock<PlaceTable> = LazyLock::new(|| PlaceTable::open(BYTES));

/// The places that a name names, most people first.
pub(crate) fn places(key: Key) -> impl Iterator<Item = Entry> {
    TABLE.places(key)
}

/// Whether some name begins with these words, or is them. True for one in six others.
pub(crate) fn may_begin(key: Key) -> bool {
    let (byte, bit) = prefix(key.bits());
    TABLE.prefixes.get(byte).is_some_and(|bits| bits & bit != 0)
}

impl PlaceTable {
    /// Finds the sections; a file of another layout gives a table without places.
    fn open(bytes: &'static [u8]) -> Self {
        let count = |at: usize| number(bytes, at, 4);
        let known = bytes.starts_with(&MAGIC) && bytes.len() >= HEADER;
        let counts = if known { [count(16), count(20), count(24), count(28)] } else { [0; 4] };
        let buckets = if known { 3 * BUCKETS } else { 0 };
        let [admins, places, names, keys] = counts;
        let mut rest = bytes.get(HEADER..).unwrap_or_default();
        let mut section = |length: usize| {
            let (section, tail) = rest.split_at_checked(length).unwrap_or_default();
            rest = tail;
            section
        };
        Self {
            admins: section(admins * ADMIN),
            places: section(places * PLACE),
            names: section(names),
            buckets: section(buckets),
            prefixes: section(if known { 1 << (PREFIX_BITS - 3) } else { 0 }),
            keys: section(keys * KEY),
        }
    }

    fn places(&'static self, key: Key) -> impl Iterator<Item = Entry> {
        let (bucket, rest) = split(key);
        let at = |bucket: usize| match self.buckets.get(bucket * 3..bucket * 3 + 3) {
            Some(bytes) => number(bytes, 0, 3) * KEY,
            None => 0,
        };
        let keys = self.keys.get(at(bucket)..at(bucket + 1)).unwrap_or_default();
        let keys = keys.as_chunks::<KEY>().0.iter();
        let rest_of = |[a, b, c, d, ..]: &[u8; KEY]| u32::from_le_bytes([*a, *b, *c, *d]);
        keys.skip_while(move |key| rest_of(key) < rest)
            .take_while(move |key| rest_of(key) == rest)
            .filter_map(|key| self.entry(number(key, 4, 3)))
    }

    fn entry(&'static self, packed: usize) -> Option<Entry> {
        let at = packed & ((1 << PLACE_BITS) - 1);
        let record = self.places.as_chunks::<PLACE>().0.get(at)?;
        Some(Entry { record, flags: NameFlags::unpack(packed >> PLACE_BITS) })
    }
}

impl Entry {
    /// As usually written.
    pub(crate) fn name(self) -> &'static str {
        let names = TABLE.names;
        let at = number(self.record, 13, 3);
        let length = names.get(at).copied().unwrap_or_default();
        let bytes = names.get(at + 1..at + 1 + usize::from(length)).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// `GeoNames` identifier.
    pub(crate) fn geoname(self) -> u32 {
        number(self.record, 0, 3) as u32
    }

    /// Degrees north and east, where known.
    pub(crate) fn coordinates(self) -> Option<(f32, f32)> {
        let degrees = |at: usize| {
            let steps = (number(self.record, at, 3) as u32).cast_signed() << 8 >> 8;
            (steps != NOWHERE).then_some(steps as f32 / 1e4)
        };
        Some((degrees(3)?, degrees(6)?))
    }

    /// The country that it is in.
    pub(crate) fn country(self) -> CountryCode {
        match self.admin_row() {
            [a, b, ..] => CountryCode([*a, *b]),
            _ => CountryCode(*b"??"),
        }
    }

    /// `GeoNames` code of the first-level division that it is in: `MA`, `ENG`, `02`.
    pub(crate) fn admin(self) -> &'static [u8] {
        let code = self.admin_row().get(2..).unwrap_or_default();
        &code[..code.iter().position(|&byte| byte == 0).unwrap_or(code.len())]
    }

    /// [`Self::admin`] as a number: its bytes, the first one lowest.
    pub(crate) fn admin_number(self) -> u64 {
        let code = self.admin_row().last_chunk().copied().unwrap_or_default();
        u64::from_le_bytes(code)
    }

    fn admin_row(self) -> &'static [u8] {
        let at = number(self.record, 9, 2) * ADMIN;
        TABLE.admins.get(at..at + ADMIN).unwrap_or_default()
    }

    /// City, region or county.
    pub(crate) fn kind(self) -> PlaceKind {
        match self.record[11] {
            0 => PlaceKind::City,
            1 => PlaceKind::Region,
            _ => PlaceKind::County,
        }
    }

    /// Its population, to a few per cent.
    pub(crate) fn population(self) -> f32 {
        (f32::from(self.record[12]) / PER_DOUBLING).exp2()
    }
}

impl NameFlags {
    fn unpack(bits: usize) -> Self {
        Self { alternate: bits & 1 != 0, word: bits & 2 != 0, person: bits & 4 != 0 }
    }
}

/// The byte and the bit of first words in the section of prefixes.
fn prefix(key: u64) -> (usize, u8) {
    let number = (key >> (64 - PREFIX_BITS)) as usize;
    (number / 8, 1 << (number % 8))
}

/// The bucket of a key, and the bits that are compared inside it.
fn split(key: Key) -> (usize, u32) {
    let bits = key.bits();
    ((bits >> 48) as usize, (bits >> 16) as u32)
}

/// The little-endian number of `width` bytes at `at`; zero outside.
fn number(bytes: &[u8], at: usize, width: usize) -> usize {
    let bytes = bytes.get(at..at + width).unwrap_or_default();
    bytes.iter().rev().fold(0, |n, &byte| n << 8 | usize::from(byte))
}

/// FNV-1a over 64 bits.
#[cfg(any(test, feature = "tools"))]
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, &byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::name_key::key;

    #[test]
    fn the_header_agrees_with_the_rest() {
        assert_eq!(BYTES[..8], MAGIC, "version of the layout");
        assert_eq!(number(BYTES, 8, 8) as u64, checksum(&BYTES[16..]), "checksum");
        let table = &*TABLE;
        let sections =
            [table.admins, table.places, table.names, table.buckets, table.prefixes, table.keys]
                .map(<[u8]>::len);
        assert_eq!(HEADER + sections.iter().sum::<usize>(), BYTES.len(), "sections");
        assert!(BYTES.len() <= 4 << 20, "{} bytes", BYTES.len());
    }

    #[test]
    fn places_are_found_by_any_of_their_names() {
        for (name, main, country) in [
            ("LONDON", "London", "GB"),
            ("Bombay", "Mumbai", "IN"),
            ("Leningrad", "Saint Petersburg", "RU"),
            ("SAO PAULO", "São Paulo", "BR"),
        ] {
            let first = places(key(name)).next().expect(name);
            assert_eq!((first.name(), first.country().as_str()), (main, country));
        }
        assert_eq!(places(key("Qwertyville")).count(), 0);
    }

    #[test]
    fn a_place_knows_where_it_is() {
        let paris = places(key("Paris")).next().expect("Paris");
        assert_eq!(paris.geoname(), 2_988_507);
        assert_eq!((paris.kind(), paris.admin()), (PlaceKind::City, &b"11"[..]));
        assert_eq!(Some(paris.admin_number()), crate::text::byte_classes::number(b"11"));
        let (north, east) = paris.coordinates().expect("coordinates");
        assert!((north - 48.853).abs() < 0.01 && (east - 2.349).abs() < 0.01);
        assert!((1.9e6..2.4e6).contains(&paris.population()));
    }
}
