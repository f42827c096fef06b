//! A hash table of words, known by 32 bits, that looks up many words at a time.

use std::borrow::Cow;

/// What a [`WordTable`] holds of a word, with the word's hash.
pub(crate) trait Slot: Copy {
    /// A slot without a word.
    const FREE: Self;

    /// The hash of its word; `None` if it is free.
    fn hash(self) -> Option<u32>;
}

/// Open addressing with linear probing from the lowest bits of the hash, in slots owned or read where they lie in a file.
/// A power of two of slots, of which at least one is free.
#[derive(Clone, Debug)]
pub(crate) struct WordTable<'a, S: Slot>(Cow<'a, [S]>);

impl<'a, S: Slot> WordTable<'a, S> {
    /// A table over `slots`; `None` if their number is not a power of two.
    pub(crate) fn over(slots: &'a [S]) -> Option<Self> {
        slots.len().is_power_of_two().then_some(Self(Cow::Borrowed(slots)))
    }

    /// A table of free slots, three for each of `words` or more.
    pub(crate) fn with_room(words: usize) -> Self {
        Self(Cow::Owned(vec![S::FREE; (3 * words + 1).next_power_of_two()]))
    }

    /// Puts the word of a slot in, unless it is there.
    pub(crate) fn insert(&mut self, slot: S) {
        let Some(hash) = slot.hash() else { return };
        let at = self.find(hash);
        let place = &mut self.0.to_mut()[at];
        if place.hash().is_none() {
            *place = slot;
        }
    }

    /// The slot of the word with this hash.
    #[inline]
    pub(crate) fn get(&self, hash: u32) -> Option<S> {
        let slot = self.0[self.find(hash)];
        slot.hash().is_some().then_some(slot)
    }

    /// The slots of at most `N` words. All are fetched before any is looked at: what follows depends on what they hold, and a
    /// large table lies outside the processor's cache.
    pub(crate) fn get_all<const N: usize>(&self, hashes: &[u32]) -> [Option<S>; N] {
        let slots = &*self.0;
        let mask = slots.len() - 1;
        let mut first = [S::FREE; N];
        for (first, &hash) in first.iter_mut().zip(hashes) {
            *first = slots[hash as usize & mask];
        }
        let mut found = [None; N];
        for ((found, first), &hash) in found.iter_mut().zip(first).zip(hashes) {
            *found = match first.hash() {
                Some(other) if other != hash => self.get(hash),
                Some(_) => Some(first),
                None => None,
            };
        }
        found
    }

    /// Where the word with this hash is, or the free slot where it would be.
    #[inline]
    fn find(&self, hash: u32) -> usize {
        let mask = self.0.len() - 1;
        let mut at = hash as usize & mask;
        while self.0[at].hash().is_some_and(|other| other != hash) {
            at = (at + 1) & mask;
        }
        at
    }
}
