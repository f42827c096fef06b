//! A person's role, as the words right before or behind the name tell it: `Foreign Minister Jane Doe`, `Jane Doe, the
//! secretary of the council,`.

use crate::extract::names::Mention;
use crate::extract::text::{Shape, Text};

/// The role that the mention is given, if any.
pub fn of(text: &Text<'_>, mention: &Mention) -> Option<String> {
    let _ = (text, mention, Shape::Mark);
    None
}
