//! A person's gender by titles, role nouns and given names, for the persons that *he* or *she* can mean.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::word_key::key;

/// The gender of a person or a pronoun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    /// *he*
    Male,
    /// *she*
    Female,
}

/// The gender of a title or a role noun, by its [`key`]: `Mr.`, `spokeswoman`.
pub(crate) fn of_title(title: u32) -> Option<Gender> {
    TITLES.get(&title).copied()
}

const MALE: &str = "\
    mr mr. sir lord king prince spokesman chairman congressman businessman councilman father \
    son brother husband pope imam ayatollah sheikh actor";

const FEMALE: &str = "\
    mrs mrs. ms ms. miss lady dame queen princess spokeswoman chairwoman congresswoman \
    businesswoman councilwoman mother daughter sister wife madam madame actress";

static TITLES: LazyLock<FxHashMap<u32, Gender>> = LazyLock::new(|| {
    let male = MALE.split_ascii_whitespace().map(|title| (key(title), Gender::Male));
    let female = FEMALE.split_ascii_whitespace().map(|title| (key(title), Gender::Female));
    male.chain(female).collect()
});

/// The gender of a given name that is mostly men's or mostly women's.
pub(crate) fn of_given_name(name: &str) -> Option<Gender> {
    GIVEN_NAMES.get(&key(name)).copied()
}

static GIVEN_NAMES: LazyLock<FxHashMap<u32, Gender>> = LazyLock::new(|| {
    let mut names = FxHashMap::with_capacity_and_hasher(19_000, rustc_hash::FxBuildHasher);
    let lines = include_str!("../tables/given_names.tsv").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let Some((gender, list)) = line.split_once('\t') else { continue };
        let gender = if gender == "m" { Gender::Male } else { Gender::Female };
        names.extend(list.split(' ').map(|name| (key(name), gender)));
    }
    names
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_given_names_tell_the_gender() {
        assert_eq!(of_title(key("Ms.")), Some(Gender::Female));
        assert_eq!(of_title(key("minister")), None);
        assert_eq!(of_given_name("Vladimir"), Some(Gender::Male));
        assert_eq!(of_given_name("Fatima"), Some(Gender::Female));
        assert_eq!(of_given_name("Xyzzy"), None);
    }
}
