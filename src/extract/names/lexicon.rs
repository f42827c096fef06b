//! The lexicon of the names model: how common a word is as a given name, a surname and a place, how often it is in lower case,
//! and its Brown cluster. One table of hashes, read in place from the model file.

/// What the lexicon has of one word; all zero for an unknown word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry(pub u32);

impl Entry {
    /// Packs the facts; values are cut to their width.
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

    /// Brown cluster of the word in lower case.
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

    /// How often it is in lower case: 0 unknown, 1 never, 7 always.
    pub fn case(self) -> u32 {
        self.0 >> 26 & 7
    }

    /// Whether it is one of the commonest words: *the*, *but*, *when*.
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
}

impl<'a> Lexicon<'a> {
    /// A table over `slots`, whose number is a power of two.
    pub fn new(slots: &'a [[u8; 8]]) -> Option<Self> {
        slots.len().is_power_of_two().then_some(Self { slots })
    }

    /// Whether it is the hash of one of the commonest words.
    pub fn is_function(&self, hash: u32) -> bool {
        self.get(hash).is_function()
    }

    /// The entry of the word with this hash.
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

/// Most slots that are probed for a word.
pub const PROBES: usize = 32;
