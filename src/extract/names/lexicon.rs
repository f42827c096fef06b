//! What is known of a word outside any text: how often it is a given name, a surname, a place, whether it is usually
//! written small, and in which contexts it stands (its Brown cluster). One table of hashes, read in place.

/// What is known of one word; all zero for an unknown word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry(pub u32);

impl Entry {
    /// Packs what is known; values are cut to their width.
    pub fn new(facts: Facts) -> Self {
        Self(
            (facts.capital & 1023)
                | (facts.small & 1023) << 10
                | (facts.given & 3) << 20
                | (facts.surname & 3) << 22
                | (facts.place & 3) << 24
                | (facts.case & 7) << 26
                | (facts.function & 1) << 29
                | (facts.gender & 3) << 30,
        )
    }

    /// Brown cluster of the word with a capital, 1 to 1000; 0 if unknown.
    pub fn capital(self) -> u32 {
        self.0 & 1023
    }

    /// Brown cluster of the word in small letters.
    pub fn small(self) -> u32 {
        self.0 >> 10 & 1023
    }

    /// How common as a given name, 0 to 3.
    pub fn given(self) -> u32 {
        self.0 >> 20 & 3
    }

    /// How common as a surname, 0 to 3.
    pub fn surname(self) -> u32 {
        self.0 >> 22 & 3
    }

    /// How large as a place, 0 to 3.
    pub fn place(self) -> u32 {
        self.0 >> 24 & 3
    }

    /// How often it is written small: 0 unknown, 1 never, 7 always.
    pub fn case(self) -> u32 {
        self.0 >> 26 & 7
    }

    /// Is it one of the commonest words: *the*, *but*, *when*?
    pub fn is_function(self) -> bool {
        self.0 >> 29 & 1 == 1
    }

    /// Bearers of the given name: 1 men, 2 women, 0 unknown or both.
    pub fn gender(self) -> u32 {
        self.0 >> 30
    }

    /// Names, place, case and commonness together, ten bits.
    pub fn signature(self) -> u32 {
        self.0 >> 20 & 1023
    }
}

/// The parts of an [`Entry`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts {
    /// See [`Entry::capital`].
    pub capital: u32,
    /// See [`Entry::small`].
    pub small: u32,
    /// See [`Entry::given`].
    pub given: u32,
    /// See [`Entry::surname`].
    pub surname: u32,
    /// See [`Entry::place`].
    pub place: u32,
    /// See [`Entry::case`].
    pub case: u32,
    /// See [`Entry::is_function`].
    pub function: u32,
    /// See [`Entry::gender`].
    pub gender: u32,
}

/// A hash table with open addressing: slots of eight bytes, the word's hash and its entry, both little-endian.
#[derive(Clone, Debug)]
pub struct Lexicon<'a> {
    slots: &'a [[u8; 8]],
    /// A bit for some bits of the hash of each of the commonest words: most others are told by it.
    functions: [u64; 64],
}

impl<'a> Lexicon<'a> {
    /// A table over `slots`, whose number is a power of two.
    pub fn new(slots: &'a [[u8; 8]]) -> Option<Self> {
        let mut functions = [0; 64];
        for &[a, b, c, d, ref rest @ ..] in slots {
            if Entry(u32::from_le_bytes(*rest)).is_function() {
                let (word, bit) = function_bit(u32::from_le_bytes([a, b, c, d]));
                functions[word] |= bit;
            }
        }
        slots.len().is_power_of_two().then_some(Self { slots, functions })
    }

    /// Is it one of the commonest words?
    pub fn is_function(&self, hash: u32) -> bool {
        let (word, bit) = function_bit(hash);
        self.functions[word] & bit != 0 && self.get(hash).is_function()
    }

    /// What is known of at most `N` words. Their slots are fetched before any is looked at, as what is done next depends on
    /// what they hold, and they lie far from the processor.
    pub fn get_all<const N: usize>(&self, hashes: &[u32]) -> [Entry; N] {
        let mask = self.slots.len() - 1;
        let mut slots = [[0; 8]; N];
        for (slot, &hash) in slots.iter_mut().zip(hashes) {
            *slot = self.slots[hash as usize & mask];
        }
        let mut entries = [Entry::default(); N];
        for ((entry, [a, b, c, d, rest @ ..]), &hash) in entries.iter_mut().zip(slots).zip(hashes) {
            let found = u32::from_le_bytes(rest);
            let is_it = u32::from_le_bytes([a, b, c, d]) == hash;
            *entry = if found == 0 || is_it { Entry(found) } else { self.get(hash) };
        }
        entries
    }

    /// What is known of the word with this hash.
    #[inline]
    pub fn get(&self, hash: u32) -> Entry {
        let mask = self.slots.len() - 1;
        for step in 0..PROBES {
            let [a, b, c, d, rest @ ..] = self.slots[(hash as usize + step) & mask];
            let entry = u32::from_le_bytes(rest);
            if entry == 0 {
                break;
            }
            if u32::from_le_bytes([a, b, c, d]) == hash {
                return Entry(entry);
            }
        }
        Entry::default()
    }
}

/// Where the bit of a word is.
fn function_bit(hash: u32) -> (usize, u64) {
    ((hash >> 26) as usize, 1 << (hash >> 20 & 63))
}

/// A word stands at most this many slots behind its own.
pub const PROBES: usize = 32;
