//! Writes the table of places, for the program that builds it.

use std::collections::BTreeMap;

use super::{
    ADMIN, BUCKETS, HEADER, KEY, MAGIC, NOWHERE, NameFlags, PER_DOUBLING, PLACE_BITS, PREFIX_BITS,
    PlaceKind, checksum, prefix, split,
};
use crate::text::name_key::{Key, key};

/// A place to be written.
#[derive(Clone, Debug)]
pub struct SourcePlace {
    /// As usually written; at most 255 bytes count.
    pub name: String,
    /// Names that it had or has in English.
    pub former: Vec<String>,
    /// Its other names, of any language.
    pub alternates: Vec<String>,
    /// `GeoNames` identifier; 0 if it has none.
    pub geoname: u32,
    /// Degrees north and east.
    pub coordinates: Option<(f64, f64)>,
    /// Two capital letters.
    pub country: [u8; 2],
    /// `GeoNames` code of the first-level division, at most eight bytes.
    pub admin: String,
    /// City, region or county.
    pub kind: PlaceKind,
    /// Its population.
    pub population: u64,
}

/// The table of `places`; `flags` says what else a name means.
pub fn encode(mut places: Vec<SourcePlace>, flags: impl Fn(&str) -> NameFlags) -> Vec<u8> {
    places.sort_by(|a, b| b.population.cmp(&a.population).then(a.geoname.cmp(&b.geoname)));
    places.truncate(1 << PLACE_BITS);
    let admins = admins(&places);
    let mut names = Names::default();
    let mut records = Vec::new();
    for place in &places {
        record(place, admins[&admin(place)], names.add(&place.name), &mut records);
    }
    let (buckets, keys) = keys(&places, flags);
    let prefixes = prefixes(&places);

    let mut bytes = Vec::with_capacity(HEADER + records.len() + names.bytes.len() + keys.len());
    bytes.extend(MAGIC);
    bytes.extend([0; 8]);
    for count in [admins.len(), places.len(), names.bytes.len(), keys.len() / KEY] {
        push(count, 4, &mut bytes);
    }
    bytes.extend(admins.keys().flatten());
    for section in [records, names.bytes, buckets, prefixes, keys] {
        bytes.extend(section);
    }
    let sum = checksum(&bytes[16..]);
    bytes[8..16].copy_from_slice(&sum.to_le_bytes());
    bytes
}

fn admin(place: &SourcePlace) -> [u8; ADMIN] {
    let mut row = [0; ADMIN];
    let code = place.country.iter().chain(place.admin.as_bytes());
    row.iter_mut().zip(code).for_each(|(cell, &byte)| *cell = byte);
    row
}

/// Each division with its number.
fn admins(places: &[SourcePlace]) -> BTreeMap<[u8; ADMIN], usize> {
    let mut admins: BTreeMap<_, _> = places.iter().map(|place| (admin(place), 0)).collect();
    admins.values_mut().enumerate().for_each(|(number, value)| *value = number);
    admins
}

/// The names, each once.
#[derive(Default)]
struct Names {
    bytes: Vec<u8>,
    known: BTreeMap<String, usize>,
}

impl Names {
    fn add(&mut self, name: &str) -> usize {
        if let Some(&at) = self.known.get(name) {
            return at;
        }
        let at = self.bytes.len();
        let length = name.len().min(255);
        self.bytes.push(length as u8);
        self.bytes.extend(&name.as_bytes()[..length]);
        self.known.insert(name.to_owned(), at);
        at
    }
}

fn record(place: &SourcePlace, admin: usize, name: usize, out: &mut Vec<u8>) {
    push(place.geoname as usize, 3, out);
    let (north, east) = place.coordinates.unzip();
    for degrees in [north, east] {
        let steps = degrees.map_or(NOWHERE, |degrees| (degrees * 1e4).round() as i32);
        out.extend(&steps.to_le_bytes()[..3]);
    }
    push(admin, 2, out);
    out.push(match place.kind {
        PlaceKind::City => 0,
        PlaceKind::Region => 1,
        PlaceKind::County => 2,
    });
    let doublings = (place.population.max(1) as f32).log2();
    out.push(u8::try_from((PER_DOUBLING * doublings).round() as i32).unwrap_or(u8::MAX));
    push(name, 3, out);
}

/// The sections of buckets and keys.
fn keys(places: &[SourcePlace], flags: impl Fn(&str) -> NameFlags) -> (Vec<u8>, Vec<u8>) {
    let mut entries = BTreeMap::new();
    for (number, place) in places.iter().enumerate() {
        let main = std::iter::once(&place.name).chain(&place.former).map(|name| (name, false));
        let alternates = place.alternates.iter().map(|name| (name, true));
        for (name, alternate) in main.chain(alternates) {
            let found = NameFlags { alternate, ..flags(name) };
            entries.entry((split(key(name)), number)).or_insert(found);
        }
    }
    let mut buckets = Vec::with_capacity(3 * BUCKETS);
    let mut keys = Vec::with_capacity(KEY * entries.len());
    for (((bucket, rest), place), flags) in entries {
        while buckets.len() / 3 <= bucket {
            push(keys.len() / KEY, 3, &mut buckets);
        }
        push(rest as usize, 4, &mut keys);
        push(place | flags.pack() << PLACE_BITS, 3, &mut keys);
    }
    while buckets.len() / 3 < BUCKETS {
        push(keys.len() / KEY, 3, &mut buckets);
    }
    (buckets, keys)
}

/// The section of first words. Alternate names are not in it: a text is not searched for them.
fn prefixes(places: &[SourcePlace]) -> Vec<u8> {
    let mut bits = vec![0; 1 << (PREFIX_BITS - 3)];
    for name in places.iter().flat_map(|place| std::iter::once(&place.name).chain(&place.former)) {
        let mut key = Key::EMPTY;
        for word in name.split_whitespace() {
            key = key.word(word);
            let (byte, bit) = prefix(key.bits());
            bits[byte] |= bit;
        }
    }
    bits
}

impl NameFlags {
    fn pack(self) -> usize {
        usize::from(self.alternate) | usize::from(self.word) << 1 | usize::from(self.person) << 2
    }
}

fn push(number: usize, width: usize, out: &mut Vec<u8>) {
    out.extend(&number.to_le_bytes()[..width]);
}
