//! Names of places and countries as 64-bit keys, for look-ups that grow word by word. What a key names is for the tables.

use super::fold::fold_name;

/// FNV-1a of a name's folded form ([`fold_name`]): `key("New York")` is `Key::EMPTY.word("New").word("York")`. Two different
/// names share a key with a probability of 2⁻⁶⁴.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key(u64);

impl Key {
    /// No words yet.
    pub(crate) const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);

    /// The key of these words and `word` behind them. A hyphen in it separates like a space; `St.`, `Ft.` and `Mt.` are
    /// expanded.
    pub(crate) fn word(self, word: &str) -> Self {
        match word {
            "St." | "St" | "ST." | "ST" | "Ste." => return self.word("saint"),
            "Ft." | "FT." => return self.word("fort"),
            "Mt." | "MT." => return self.word("mount"),
            "&" => return self.word("and"),
            _ => {}
        }
        let mut state = self.space();
        fold_name(word, |byte| state = if byte == b' ' { state.space() } else { state.byte(byte) });
        state
    }

    /// Its 64 bits, mixed by the finalizer of `MurmurHash3`.
    pub(crate) fn bits(self) -> u64 {
        let mut x = self.0;
        x = (x ^ (x >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        x = (x ^ (x >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        x ^ (x >> 33)
    }

    /// A space, unless no word is there yet.
    fn space(self) -> Self {
        if self == Self::EMPTY { self } else { self.byte(b' ') }
    }

    /// One step of FNV-1a.
    fn byte(self, byte: u8) -> Self {
        Self((self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }
}

/// The key of a whole name.
pub(crate) fn key(name: &str) -> Key {
    name.split_whitespace().fold(Key::EMPTY, Key::word)
}

/// The bits of the keys of a name's first word, first two words and so on to its end.
pub(crate) fn prefixes(name: &str) -> impl Iterator<Item = u64> {
    name.split_whitespace().scan(Key::EMPTY, |key, word| {
        *key = key.word(word);
        Some(key.bits())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one() {
        for (one, other) in [
            ("TEHRAN", "Tehran"),
            ("São Tomé", "Sao Tome"),
            ("U.S.A.", "usa"),
            ("Guinea-Bissau", "Guinea Bissau"),
            ("Cote d’Ivoire", "Côte d'Ivoire"),
            ("St. Louis", "Saint Louis"),
            ("Łódź", "Lodz"),
            ("Straße", "strasse"),
        ] {
            assert_eq!(key(one), key(other), "{one} and {other}");
        }
        assert_ne!(key("New York"), key("Newyork"));
        assert_ne!(key("Mali"), key("Malé"));
    }
}
