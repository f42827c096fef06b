//! The user's own opinion of who is who: names that are one person's (`file` reads them), and a name that is another
//! person's in some articles. The index stays as it is: engines apply aliases where names are asked for and counted.
//!
//! The law that all engines follow: a stored name is its person's, or nobody's if no entry has it. If entries split that
//! person's name, the first of them whose query finds the article has it there instead. A document has a person once,
//! however many of the person's names it has; a clause that means any of a person's names finds all of the person.

mod file;

use std::collections::BTreeMap;

use super::language::clause::Clause;
use super::matching::name::folded;
use crate::article::Facet;

pub use file::AliasError;

/// Who is who.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Aliases {
    people: Vec<Alias>,
    splits: Vec<Split>,
    by_form: BTreeMap<String, usize>,
}

/// A person and the names of theirs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Alias {
    /// Under which they are shown.
    pub(crate) name: String,
    /// All their names, folded, that one first.
    pub(crate) forms: Vec<String>,
}

/// Names of one person that are another one's in some articles.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Split {
    /// Whose they are there.
    pub(crate) by: usize,
    /// Whose they are elsewhere.
    pub(crate) of: usize,
    /// Finds these articles.
    pub(crate) condition: Clause,
}

impl Aliases {
    /// Reads a file's text; see the README for its form.
    pub fn parse(text: &str) -> Result<Self, AliasError> {
        file::parse(text)
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// A hash of what they say, the same for all files that say the same; nothing if they say nothing.
    pub fn digest(&self) -> String {
        if self.is_empty() {
            return String::new();
        }
        let mut hasher = blake3::Hasher::new();
        let mut add = |text: &str| {
            hasher.update(text.as_bytes());
            hasher.update(b"\n");
        };
        for alias in &self.people {
            add(&alias.name);
            alias.forms.iter().for_each(|form| add(form));
        }
        for split in &self.splits {
            add(&format!("{} {} {}", split.by, split.of, split.condition));
        }
        hasher.finalize().to_hex().to_string()
    }

    /// Whether they say anything of the names of this facet.
    pub(crate) fn apply_to(&self, facet: Facet) -> bool {
        !self.is_empty() && facet.is_of_people()
    }

    /// Everybody who has an entry, or whose name is split.
    pub(crate) fn people(&self) -> &[Alias] {
        &self.people
    }

    /// All splits, the first first.
    pub(crate) fn splits(&self) -> &[Split] {
        &self.splits
    }

    /// Splits of a person's names, with their numbers.
    pub(crate) fn splits_of(&self, person: usize) -> impl Iterator<Item = (usize, &Split)> {
        self.splits.iter().enumerate().filter(move |(_, split)| split.of == person)
    }

    /// Whose a folded name is.
    pub(crate) fn person_of(&self, folded: &str) -> Option<usize> {
        self.by_form.get(folded).copied()
    }

    /// The person who has a folded name in an article to which these splits apply, if the aliases say anything of it.
    pub(super) fn person_where(&self, folded: &str, splits: &[usize]) -> Option<&Alias> {
        let person = self.person_of(folded)?;
        self.people.get(self.owner_where(person, |split| splits.contains(&split)))
    }

    /// The person who has the names of `person` where those splits apply for which `applies` holds.
    pub(crate) fn owner_where(&self, person: usize, applies: impl Fn(usize) -> bool) -> usize {
        let mut splits = self.splits_of(person);
        splits.find(|&(n, _)| applies(n)).map_or(person, |(_, split)| split.by)
    }

    /// Adds a person; `Err` with the person who has one of the names already, and the name.
    fn add(&mut self, name: &str, also: &[String]) -> Result<usize, (usize, String)> {
        let at = self.people.len();
        let mut forms = Vec::new();
        for name in std::iter::once(name).chain(also.iter().map(String::as_str)) {
            let form = folded(name);
            match self.by_form.insert(form.clone(), at) {
                None => forms.push(form),
                Some(before) if before == at => {}
                Some(before) => return Err((before, name.to_owned())),
            }
        }
        self.people.push(Alias { name: name.to_owned(), forms });
        Ok(at)
    }
}
