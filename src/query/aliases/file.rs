//! The file of aliases: TOML, a `[[person]]` table for each entry.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::{Aliases, Split};
use crate::query::language::clause::{Clause, ClauseKind};
use crate::query::language::parse;
use crate::query::matching::name::folded_name;

/// Why a file of aliases is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AliasError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there, and what would be right.
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    person: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: Spanned<String>,
    #[serde(default)]
    also: Vec<Spanned<String>>,
    of: Option<Spanned<String>>,
    #[serde(rename = "where")]
    condition: Option<Spanned<String>>,
}

/// Bytes of the text, and what is wrong there.
type EntryError = (Range<usize>, String);

impl Aliases {
    /// Reads the text of a file; the README describes its form.
    pub fn parse(text: &str) -> Result<Self, AliasError> {
        let file: Result<File, EntryError> = toml::from_str(text).map_err(|error| {
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            (error.span().unwrap_or_default(), message)
        });
        file.and_then(|file| aliases(&file.person)).map_err(|(span, message)| AliasError {
            line: 1 + text.bytes().take(span.start).filter(|&byte| byte == b'\n').count(),
            message,
        })
    }
}

fn aliases(entries: &[Entry]) -> Result<Aliases, EntryError> {
    let mut aliases = Aliases::default();
    for entry in entries {
        add(&mut aliases, entry)?;
    }
    for (by, entry) in entries.iter().enumerate() {
        if let Some((of, condition)) = split(entry)? {
            let of = split_person(&mut aliases, of, by)?;
            aliases.add_split(Split { by, of, condition });
        }
    }
    Ok(aliases)
}

/// Adds the person of an entry.
fn add(aliases: &mut Aliases, entry: &Entry) -> Result<(), EntryError> {
    for name in std::iter::once(&entry.name).chain(&entry.also) {
        check_name(name)?;
    }
    let also: Vec<_> = entry.also.iter().map(|name| name.get_ref().clone()).collect();
    aliases.add(entry.name.get_ref(), &also).map(drop).map_err(|(before, name)| {
        let message = if &name == entry.name.get_ref() {
            format!("{name} has an entry already; put both into one")
        } else {
            format!(
                "{name} is a name of {} already; leave it in one entry",
                aliases.people()[before].name
            )
        };
        let written = entry.also.iter().find(|also| *also.get_ref() == name);
        (written.unwrap_or(&entry.name).span(), message)
    })
}

/// Refuses a name without a letter or digit.
fn check_name(name: &Spanned<String>) -> Result<(), EntryError> {
    if !folded_name(name.get_ref()).is_empty() {
        return Ok(());
    }
    Err((name.span(), "there is no name here; write it as the articles do".to_owned()))
}

/// The name that an entry splits, and the condition of the split.
fn split(entry: &Entry) -> Result<Option<(&Spanned<String>, Clause)>, EntryError> {
    let (of, condition) = match (&entry.of, &entry.condition) {
        (None, None) => return Ok(None),
        (Some(of), Some(condition)) => (of, condition),
        (Some(of), None) => {
            let message =
                "of needs where: a query that finds the articles, such as where = \"date:..1993\"";
            return Err((of.span(), message.to_owned()));
        }
        (None, Some(condition)) => {
            let message = "where needs of: the name that is somebody else's elsewhere";
            return Err((condition.span(), message.to_owned()));
        }
    };
    let (clause, warnings) = parse(condition.get_ref());
    if let Some(warning) = warnings.first() {
        return Err((condition.span(), format!("where: {}", warning.message)));
    }
    if clause.kind == ClauseKind::All {
        let message = "where finds everything; write a query such as where = \"date:..1993\"";
        return Err((condition.span(), message.to_owned()));
    }
    Ok(Some((of, clause)))
}

/// The number of the person whose name is split; without an entry that has it, of a new one.
fn split_person(
    aliases: &mut Aliases,
    of: &Spanned<String>,
    by: usize,
) -> Result<usize, EntryError> {
    check_name(of)?;
    let name = of.get_ref();
    match aliases.person_of(&folded_name(name)) {
        Some(person) if person == by => {
            Err((of.span(), format!("{name} is this person's own name; give another one in name")))
        }
        Some(person) => Ok(person),
        None => aliases.add(name, &[]).map_err(|_| (of.span(), format!("{name} stands twice"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_merge_and_split() {
        let aliases = Aliases::parse(
            "[[person]]\nname = \"Ali Varzin\"\nalso = [\"A. Varzin\", \"ALI VARZIN\"]\n\n\
             [[person]] # the father\nname = \"Ona Brisk (mayor)\"\nof = \"Ona Brisk\"\nwhere = \"date:..1993\"\n",
        );
        let aliases = aliases.expect("it is sound");
        let people: Vec<_> = aliases.people().iter().map(|p| (p.name.as_str(), &p.forms)).collect();
        assert_eq!(
            people[0],
            ("Ali Varzin", &vec!["ali varzin".to_owned(), "a varzin".to_owned()])
        );
        assert_eq!((people[1].0, people[2].0), ("Ona Brisk (mayor)", "Ona Brisk"));
        assert_eq!((aliases.splits()[0].by, aliases.splits()[0].of), (1, 2));
        assert_eq!(Aliases::parse(""), Ok(Aliases::default()));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let check = |text: &str, line: usize, message: &str| {
            let expected = AliasError { line, message: message.to_owned() };
            assert_eq!(Aliases::parse(text), Err(expected), "{text}");
        };
        let varzin = "[[person]]\nname = \"Ali Varzin\"\n";
        check(
            &format!("{varzin}alos = []"),
            3,
            "unknown field `alos`, expected one of `name`, `also`, `of`, `where`",
        );
        check("[[person]]\nalso = [\"A. Varzin\"]", 1, "missing field `name`");
        check(&format!("{varzin}also = 3"), 3, "invalid type: integer `3`, expected a sequence");
        check(
            &format!("{varzin}{varzin}"),
            4,
            "Ali Varzin has an entry already; put both into one",
        );
        check(
            &format!("{varzin}[[person]]\nname = \"X\"\nalso = [\n\"ali varzin\"]"),
            6,
            "ali varzin is a name of Ali Varzin already; leave it in one entry",
        );
        check("[[person]]\nname = \"?\"", 2, "there is no name here; write it as the articles do");
        check(
            &format!("{varzin}of = \"Varzin\""),
            3,
            "of needs where: a query that finds the articles, such as where = \"date:..1993\"",
        );
        check(
            &format!("{varzin}where = \"date:..1993\""),
            3,
            "where needs of: the name that is somebody else's elsewhere",
        );
        check(
            &format!("{varzin}of = \"Varzin\"\nwhere = \"date:never\""),
            4,
            "where: never is no date; dates are 2021, 2021-02 or 2021-02-27, ranges 2020..2021-06",
        );
        check(
            &format!("{varzin}of = \"Varzin\"\nwhere = \"*\""),
            4,
            "where finds everything; write a query such as where = \"date:..1993\"",
        );
        check(
            &format!("{varzin}of = \"Áli Varzin\"\nwhere = \"water\""),
            3,
            "Áli Varzin is this person's own name; give another one in name",
        );
    }
}
