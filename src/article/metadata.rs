//! Metadata for which an article has no field of its own, under the path that they have in the file, and the facets that
//! their names are.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// A value of a field of the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MetadataValue {
    /// The path of the field as [`metadata_name`] writes it: `member.party`.
    pub name: String,
    /// Its text on one line.
    pub value: String,
}

/// The path of a field as it is typed in a query: in small letters, with `_` for what a name cannot have there.
pub fn metadata_name(path: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || "._-@/".contains(c) { c } else { '_' };
    path.trim().trim_matches('.').chars().map(plain).flat_map(char::to_lowercase).collect()
}

/// Names that one process takes: those that are typed are never forgotten.
const MAX_NAMES: usize = 1 << 14;

/// A field of metadata as a facet: `meta.member.party`. Its name is kept as long as the process lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MetadataField(&'static str);

impl MetadataField {
    /// With which the names of these facets begin in a query.
    pub const PREFIX: &'static str = "meta.";

    /// The field of that path; `None` if it is empty, or one name too many for this process.
    pub fn at(path: &str) -> Option<Self> {
        static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
        let path = metadata_name(path);
        if path.is_empty() {
            return None;
        }
        let name = format!("{}{path}", Self::PREFIX);
        let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = names.get(name.as_str()) {
            return Some(Self(known));
        }
        if names.len() == MAX_NAMES {
            return None;
        }
        let name: &'static str = Box::leak(name.into_boxed_str());
        names.insert(name);
        Some(Self(name))
    }

    /// Its name as a facet: `meta.member.party`.
    pub const fn facet_name(self) -> &'static str {
        self.0
    }

    /// Its path in the file: `member.party`.
    pub fn path(self) -> &'static str {
        self.0.strip_prefix(Self::PREFIX).unwrap_or(self.0)
    }

    /// How [`MetadataValue::term`] begins for its values.
    pub fn term_prefix(self) -> String {
        format!("{}=", self.path())
    }
}

impl MetadataValue {
    /// Name and value in one: `member.party=R`. A name has no `=` in it.
    pub fn term(&self) -> String {
        format!("{}={}", self.name, self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_can_be_typed() {
        assert_eq!(metadata_name("Member.Party"), "member.party");
        assert_eq!(metadata_name(" first name=: "), "first_name__");
        assert_eq!(metadata_name("@id"), "@id");
    }

    #[test]
    fn fields_are_named_as_typed_in_any_case() {
        let field = MetadataField::at("Member.Party").unwrap();
        assert_eq!(MetadataField::at("member.party"), Some(field));
        assert_eq!((field.facet_name(), field.path()), ("meta.member.party", "member.party"));
        let value = MetadataValue { name: "member.party".into(), value: "R".into() };
        assert_eq!(value.term().strip_prefix(&field.term_prefix()), Some("R"));
        assert_eq!(MetadataField::at(" "), None);
    }
}
