//! Fields that hold no part of an article: their values are kept under their full path, within bounds.

use crate::article::{MetadataValue, metadata_name};
use crate::read::draft::{Draft, line};

/// A longer value, in bytes, is left out.
const MAX_VALUE: usize = 1 << 10;
/// A longer path, in bytes, is left out.
const MAX_NAME: usize = 128;
/// More values of one field of an article are left out: they are a vector of numbers.
const MAX_OF_A_FIELD: usize = 32;
/// More values of an article are left out.
const MAX_OF_AN_ARTICLE: usize = 256;

/// The values of one article, in the order of the file.
#[derive(Debug, Default)]
pub(in crate::read) struct OtherFields {
    values: Vec<MetadataValue>,
    left_out: u64,
}

impl OtherFields {
    /// Keeps a value of the field at `path`, once.
    pub(in crate::read) fn add(&mut self, path: &str, value: &str) {
        if value.len() > MAX_VALUE || path.len() > MAX_NAME {
            self.left_out += 1;
            return;
        }
        let name = metadata_name(path);
        let Some(value) = line(value).filter(|_| !name.is_empty()) else { return };
        let value = MetadataValue { name, value };
        if self.values.contains(&value) {
            return;
        }
        let of_field = self.values.iter().filter(|other| other.name == value.name).count();
        if of_field < MAX_OF_A_FIELD && self.values.len() < MAX_OF_AN_ARTICLE {
            self.values.push(value);
        } else {
            self.left_out += 1;
        }
    }

    /// Gives all to `draft`.
    pub(in crate::read) fn move_into(self, draft: &mut Draft) {
        draft.article.metadata = self.values;
        draft.values_left_out = self.left_out;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_kept_once_and_within_bounds() {
        let mut fields = OtherFields::default();
        fields.add("Member.Party", "R");
        fields.add("member.party", "R");
        fields.add("member.party", " I\nN ");
        fields.add("notes", &"x".repeat(MAX_VALUE + 1));
        fields.add("blank", "  ");
        (0..MAX_OF_A_FIELD + 3).for_each(|n| fields.add("vector", &format!("0.{n}")));
        let mut draft = Draft::default();
        fields.move_into(&mut draft);
        let value = |at: usize| {
            let MetadataValue { name, value } = &draft.article.metadata[at];
            (name.as_str(), value.as_str())
        };
        assert_eq!((value(0), value(1)), (("member.party", "R"), ("member.party", "I N")));
        assert_eq!(draft.article.metadata.len(), 2 + MAX_OF_A_FIELD);
        assert_eq!(draft.values_left_out, 4);
    }
}
