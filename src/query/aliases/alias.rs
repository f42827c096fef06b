//! People, their names, and the articles in which a name is another person's.

use std::collections::BTreeMap;

use crate::article::Facet;
use crate::query::language::clause::Clause;
use crate::query::matching::name::folded_name;

/// The people that the user has named.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Aliases {
    people: Vec<Alias>,
    splits: Vec<Split>,
    by_form: BTreeMap<String, usize>,
}

/// A person with all of their names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Alias {
    /// The name under which the person is shown.
    pub(crate) name: String,
    /// All of their names, folded, that one first.
    pub(crate) forms: Vec<String>,
}

/// Articles in which the names of one person are another one's.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Split {
    /// The number of the person whose they are there.
    pub(crate) by: usize,
    /// The number of the person whose they are elsewhere.
    pub(crate) of: usize,
    /// What these articles fulfil.
    pub(crate) condition: Clause,
}

impl Aliases {
    /// Whether there are no people.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// A hash of people and splits, the same for all files that state the same; empty if there are none.
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

    /// Whether they apply to this facet: one of people's names.
    pub(crate) fn apply_to(&self, facet: Facet) -> bool {
        !self.is_empty() && facet.is_of_people()
    }

    /// All people that have an entry or whose names are split.
    pub(crate) fn people(&self) -> &[Alias] {
        &self.people
    }

    /// All splits, in the order of the file.
    pub(crate) fn splits(&self) -> &[Split] {
        &self.splits
    }

    /// The splits of a person's names, with their numbers.
    pub(crate) fn splits_of(&self, person: usize) -> impl Iterator<Item = (usize, &Split)> {
        self.splits.iter().enumerate().filter(move |(_, split)| split.of == person)
    }

    /// The number of the person who has a folded name.
    pub(crate) fn person_of(&self, folded: &str) -> Option<usize> {
        self.by_form.get(folded).copied()
    }

    /// The person who has a folded name in an article to which these splits apply; `None` if no entry has the name.
    pub(crate) fn person_where(&self, folded: &str, splits: &[usize]) -> Option<&Alias> {
        let person = self.person_of(folded)?;
        self.people.get(self.owner_where(person, |split| splits.contains(&split)))
    }

    /// The number of the person who has the names of `person` where exactly the splits for which `applies` holds apply.
    pub(crate) fn owner_where(&self, person: usize, applies: impl Fn(usize) -> bool) -> usize {
        let mut splits = self.splits_of(person);
        splits.find(|&(n, _)| applies(n)).map_or(person, |(_, split)| split.by)
    }

    /// Adds a person; `Err` with the person who has one of the names already, and the name.
    pub(super) fn add(&mut self, name: &str, also: &[String]) -> Result<usize, (usize, String)> {
        let at = self.people.len();
        let mut forms = Vec::new();
        for name in std::iter::once(name).chain(also.iter().map(String::as_str)) {
            let form = folded_name(name);
            match self.by_form.insert(form.clone(), at) {
                None => forms.push(form),
                Some(before) if before == at => {}
                Some(before) => return Err((before, name.to_owned())),
            }
        }
        self.people.push(Alias { name: name.to_owned(), forms });
        Ok(at)
    }

    /// Adds a split.
    pub(super) fn add_split(&mut self, split: Split) {
        self.splits.push(split);
    }
}
