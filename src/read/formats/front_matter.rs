//! Front matter: metadata above a text, between two lines of dashes, in the part of YAML that such files use: names and
//! values, nested by indentation, and lists.

use super::text::lines;
use crate::read::fields::{FieldMap, OtherFields, join};

/// Front matter has fewer lines.
const MAX_LINES: usize = 200;

/// The end of front matter, which begins on the first line of `text`.
pub(super) fn end(text: &str) -> Option<usize> {
    let mut fences =
        lines(text).take(MAX_LINES).enumerate().filter(|(_, (_, line))| *line == "---");
    let (first, _) = fences.next()?;
    let (_, (second, _)) = fences.next()?;
    (first == 0).then_some(second + "---".len())
}

/// The values of front matter that hold no part of an article, under their paths.
pub(super) fn other_fields(front_matter: &str) -> OtherFields {
    let usual = FieldMap::default();
    let mut others = OtherFields::default();
    // The names above a line, each with its indentation.
    let mut above: Vec<(usize, String)> = Vec::new();
    for line in front_matter.lines().filter(|line| !line.trim().is_empty()) {
        let indentation = line.len() - line.trim_start().len();
        let (item, is_item) = match line.trim().strip_prefix("- ") {
            Some(item) => (item.trim(), true),
            None => (line.trim(), false),
        };
        // The items of a list may stand as far left as its name.
        above.retain(|(of, _)| *of < indentation || is_item && *of == indentation);
        let name_and_value = item
            .split_once(':')
            .filter(|(name, value)| is_name(name) && (value.is_empty() || value.starts_with(' ')));
        let parent = above.last().map_or("", |(_, path)| path.as_str());
        let (path, value) = match name_and_value {
            Some((name, value)) => (join(parent, name.trim()), value.trim()),
            None if is_item => (parent.to_owned(), item),
            None => continue,
        };
        if value.is_empty() {
            above.push((indentation, path));
        } else if path.contains('.') || usual.part(&path).is_none() {
            values(value).for_each(|value| others.add(&path, value));
        }
    }
    others
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-. ".contains(c))
}

/// The values of a line: those of a list in brackets, or the only one, without quotation marks.
fn values(value: &str) -> impl Iterator<Item = &str> {
    let list = value.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
    let separator = if list.is_some() { ',' } else { '\n' };
    list.unwrap_or(value).split(separator).map(|value| value.trim().trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::draft::Draft;

    #[test]
    fn nested_names_and_lists_are_read() {
        let text = "---\ntitle: Dam opens\nseries: \"Water\"\nrating: 3\nmember:\n  name: Ida Holm\n  party: R\n  \
                    terms:\n    - NV\n    - UT\nrivers: [Ash, 'Elm']\nbeats:\n- water\n---\nIt opened.";
        let end = end(text).unwrap();
        let mut draft = Draft::default();
        other_fields(&text[..end]).move_into(&mut draft);
        let found: Vec<_> =
            draft.article.metadata.iter().map(|m| format!("{}={}", m.name, m.value)).collect();
        let expected = [
            "series=Water",
            "rating=3",
            "member.name=Ida Holm",
            "member.party=R",
            "member.terms=NV",
            "member.terms=UT",
            "rivers=Ash",
            "rivers=Elm",
            "beats=water",
        ];
        assert_eq!(found, expected);
    }
}
