//! Word classes. Which class a word has by itself is found in `word_classes`, which one in its sentence in `context`.

/// A word class. The open classes are those of the Penn Treebank.
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
    /// `support`: noun or verb, as the neighbours decide.
    NounVerb,
    /// `supports`: the same in `-s`.
    NounsVerb,
}

/// A set of classes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Classes(u64);

impl Classes {
    /// The empty set.
    pub(super) const NONE: Self = Self(0);
    /// All classes.
    pub(super) const ALL: Self = Self(u64::MAX);
    /// Classes of the last word of a noun phrase.
    pub(super) const NOMINAL: Self = Self::NONE.and(&[
        Class::Noun,
        Class::Nouns,
        Class::Name,
        Class::NounVerb,
        Class::NounsVerb,
    ]);

    /// These and `others`.
    pub(super) const fn and(self, others: &[Class]) -> Self {
        let mut all = self.0;
        let mut i = 0;
        while i < others.len() {
            all |= 1 << others[i] as u32;
            i += 1;
        }
        Self(all)
    }

    /// Whether the class is among them.
    pub(super) fn has(self, class: Class) -> bool {
        self.0 >> class as u32 & 1 == 1
    }
}

impl Class {
    /// Number of classes.
    pub(super) const COUNT: usize = Self::NounsVerb as usize + 1;

    /// Whether it is a form of a verb, auxiliaries excepted.
    pub(crate) fn is_verb(self) -> bool {
        matches!(
            self,
            Self::Base | Self::Present | Self::Third | Self::Past | Self::Participle | Self::Ing
        )
    }

    /// Whether it is a verb that can follow its subject.
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

    /// Whether a noun phrase can end with it.
    pub(crate) fn is_nominal(self) -> bool {
        Classes::NOMINAL.has(self)
    }

    /// Whether it is a mark of punctuation.
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
