//! A person's gender as titles, role nouns and given names tell it, to tell who *he* or *she* can be.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::words::{key, key_of};

/// What a pronoun can refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    /// *he*
    Male,
    /// *she*
    Female,
}

/// By a title or a role noun before or behind the name (its [`key`]): `Mr.`, `spokeswoman`.
pub(crate) fn of_title(title: u32) -> Option<Gender> {
    const MALE: &[u32] = &[
        key_of("mr"),
        key_of("mr."),
        key_of("sir"),
        key_of("lord"),
        key_of("king"),
        key_of("prince"),
        key_of("spokesman"),
        key_of("chairman"),
        key_of("congressman"),
        key_of("businessman"),
        key_of("councilman"),
        key_of("father"),
        key_of("son"),
        key_of("brother"),
        key_of("husband"),
        key_of("pope"),
        key_of("imam"),
        key_of("ayatollah"),
        key_of("sheikh"),
        key_of("actor"),
    ];
    const FEMALE: &[u32] = &[
        key_of("mrs"),
        key_of("mrs."),
        key_of("ms"),
        key_of("ms."),
        key_of("miss"),
        key_of("lady"),
        key_of("dame"),
        key_of("queen"),
        key_of("princess"),
        key_of("spokeswoman"),
        key_of("chairwoman"),
        key_of("congresswoman"),
        key_of("businesswoman"),
        key_of("councilwoman"),
        key_of("mother"),
        key_of("daughter"),
        key_of("sister"),
        key_of("wife"),
        key_of("madam"),
        key_of("madame"),
        key_of("actress"),
    ];
    if MALE.contains(&title) {
        Some(Gender::Male)
    } else if FEMALE.contains(&title) {
        Some(Gender::Female)
    } else {
        None
    }
}

/// By the given name, if it is mostly men's or women's.
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
