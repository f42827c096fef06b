//! What a word can be in a sentence. Which class a word has by itself is told in `words`, in its sentence in `context`.

/// What a word can be. The open classes follow the Penn Treebank's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum Class {
    /// `plan`
    Noun,
    /// `plans`
    Nouns,
    /// `Tehran`
    Name,
    /// `he`
    Pronoun,
    /// `his`
    Possessive,
    /// `'s`
    Genitive,
    /// `the`
    Determiner,
    /// `new`
    Adjective,
    /// `now`
    Adverb,
    /// `27`
    Number,
    /// `say`, after `to` or a modal
    Base,
    /// `say`
    Present,
    /// `says`
    Third,
    /// `said`
    Past,
    /// `said`, after *have* or *be*
    Participle,
    /// `saying`
    Ing,
    /// `will`
    Modal,
    /// `is`
    Be,
    /// `has`
    Have,
    /// `did`
    Do,
    /// `not`
    Not,
    /// `to`
    To,
    /// `of`
    Preposition,
    /// `because`
    Subordinator,
    /// `and`
    Conjunction,
    /// `that`
    That,
    /// `who`
    Wh,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `:`
    Colon,
    /// `–`
    Dash,
    /// `.`
    Stop,
    /// `(`
    Open,
    /// `)`
    Close,
    /// Words between quotation marks, taken as one.
    Quoted,
    /// `(R-Ohio)`, taken as one.
    Aside,
    /// Any other mark.
    Mark,
    /// `support`: noun or verb, settled by the neighbours.
    NounVerb,
    /// `supports`: the same in `-s`.
    NounsVerb,
}

/// A set of classes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Classes(u64);

impl Classes {
    /// Has none.
    pub(super) const NONE: Self = Self(0);
    /// Has all.
    pub(super) const ALL: Self = Self(u64::MAX);
    /// Words that a noun phrase ends with.
    pub(super) const NOMINAL: Self = Self::NONE.and(&[
        Class::Noun,
        Class::Nouns,
        Class::Name,
        Class::NounVerb,
        Class::NounsVerb,
    ]);

    /// These and the others.
    pub(super) const fn and(self, others: &[Class]) -> Self {
        let mut all = self.0;
        let mut i = 0;
        while i < others.len() {
            all |= 1 << others[i] as u32;
            i += 1;
        }
        Self(all)
    }

    /// Is the class among them?
    pub(super) fn has(self, class: Class) -> bool {
        self.0 >> class as u32 & 1 == 1
    }
}

impl Class {
    /// How many there are.
    pub(super) const COUNT: usize = Self::NounsVerb as usize + 1;

    /// Any form of a verb but the auxiliaries.
    pub(crate) fn is_verb(self) -> bool {
        matches!(
            self,
            Self::Base | Self::Present | Self::Third | Self::Past | Self::Participle | Self::Ing
        )
    }

    /// A verb that can stand behind a subject.
    pub(crate) fn is_finite(self) -> bool {
        matches!(
            self,
            Self::Present
                | Self::Third
                | Self::Past
                | Self::Modal
                | Self::Be
                | Self::Have
                | Self::Do
        )
    }

    /// A word that a noun phrase ends with.
    pub(crate) fn is_nominal(self) -> bool {
        Classes::NOMINAL.has(self)
    }

    /// A mark of punctuation.
    pub(crate) fn is_mark(self) -> bool {
        matches!(
            self,
            Self::Comma
                | Self::Semicolon
                | Self::Colon
                | Self::Dash
                | Self::Stop
                | Self::Open
                | Self::Close
                | Self::Aside
                | Self::Mark
        )
    }
}
