//! Which part of an article a field holds: by its usual names, or as `--map` says.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use super::ArticlePart;
use super::usual_names::USUAL_NAMES;

/// The parts that `--map` accepts, by name.
const MAP_NAMES: &[(&str, ArticlePart)] = &[
    ("id", ArticlePart::Id),
    ("title", ArticlePart::Title),
    ("body", ArticlePart::Body),
    ("published", ArticlePart::Date),
    ("byline", ArticlePart::Byline),
    ("dateline", ArticlePart::Dateline),
    ("agency", ArticlePart::Credit),
    ("publisher", ArticlePart::Publisher),
    ("license", ArticlePart::Rights),
    ("language", ArticlePart::Language),
    ("url", ArticlePart::Url),
    ("keywords", ArticlePart::Keyword),
    ("section", ArticlePart::Section),
];

static BY_NAME: LazyLock<FxHashMap<&'static str, (ArticlePart, u32)>> = LazyLock::new(|| {
    let each = USUAL_NAMES.iter().flat_map(|(part, names)| {
        names.iter().enumerate().map(move |(rank, name)| (*name, (*part, rank as u32 + 1)))
    });
    each.collect()
});

/// Field names beside the usual ones, from `--map title=kop`, or `--map byline=member.name` for a nested field.
#[derive(Clone, Debug, Default)]
pub struct FieldMap(Vec<Mapping>);

/// A field that holds a part of an article.
#[derive(Clone, Debug)]
struct Mapping {
    part: ArticlePart,
    /// The names on the way to the field, folded; those before them do not matter.
    path: Vec<String>,
    typed: String,
    /// Whether a record had the field.
    is_used: Arc<AtomicBool>,
}

impl FieldMap {
    /// Parses `part=field` pairs. `Err` says what is wrong and what to type instead.
    pub fn parse(pairs: &[String]) -> Result<Self, String> {
        let mut map = Vec::new();
        for pair in pairs {
            let (part, field) = pair
                .split_once('=')
                .filter(|(_, field)| !folded_path(field).is_empty())
                .ok_or_else(|| format!("{pair} names no field; try --map title=FIELD"))?;
            let known = MAP_NAMES.iter().find(|(name, _)| *name == part.trim());
            let names: Vec<_> = MAP_NAMES.iter().map(|(name, _)| *name).collect();
            let (_, part) = known.ok_or_else(|| {
                format!("{part} is no part of an article; try one of {}", names.join(", "))
            })?;
            let (path, typed) = (folded_path(field), pair.clone());
            map.push(Mapping { part: *part, path, typed, is_used: Arc::default() });
        }
        Ok(Self(map))
    }

    /// The part that the field at `path` (`kop`, `member.name`) holds, and its rank: the lowest is the most reliable.
    pub(in crate::read) fn part(&self, path: &str) -> Option<(ArticlePart, u32)> {
        self.mapped(path).map(|part| (part, 0)).or_else(|| {
            let name = folded(path.rsplit(['.', '@']).next().unwrap_or(path));
            BY_NAME.get(name.as_str()).copied()
        })
    }

    /// The part that `--map` says the field at `path` holds.
    pub(in crate::read) fn mapped(&self, path: &str) -> Option<ArticlePart> {
        self.mapping(path).map(|mapping| mapping.part)
    }

    /// Notes that a record has a value in the field at `path`.
    pub(super) fn note_use(&self, path: &str) {
        if let Some(mapping) = self.mapping(path) {
            mapping.is_used.store(true, Relaxed);
        }
    }

    /// The pairs whose field no record had so far, as they were typed.
    pub fn unused(&self) -> Vec<&str> {
        let unused = self.0.iter().filter(|mapping| !mapping.is_used.load(Relaxed));
        unused.map(|mapping| mapping.typed.as_str()).collect()
    }

    fn mapping(&self, path: &str) -> Option<&Mapping> {
        if self.0.is_empty() {
            return None;
        }
        let path = folded_path(path);
        self.0.iter().find(|mapping| path.ends_with(&mapping.path))
    }
}

/// The names on the way to a field, folded.
fn folded_path(path: &str) -> Vec<String> {
    path.split(['.', '@', '/']).map(folded).filter(|name| !name.is_empty()).collect()
}

/// A field name in lower case without punctuation: `version_created`, `versionCreated` to `versioncreated`.
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(pair: &str) -> FieldMap {
        FieldMap::parse(&[pair.to_owned()]).unwrap()
    }

    #[test]
    fn field_names_are_matched_without_case_and_punctuation() {
        let map = map("title=Kop_Tekst");
        assert_eq!(map.part("versionCreated"), map.part("version_created"));
        assert_eq!(map.part("kopTekst").map(|(part, _)| part), Some(ArticlePart::Title));
        assert_eq!(map.part("colour"), None);
        for (wrong, why) in [
            ("colour=red", "colour is no part"),
            ("title", "title names no"),
            ("title=", "title= names no"),
        ] {
            let said = FieldMap::parse(&[wrong.to_owned()]).unwrap_err();
            assert!(said.starts_with(why), "{said}");
        }
    }

    #[test]
    fn a_path_is_matched_from_its_end() {
        let map = map("byline=member.full_name");
        let part = |path| map.mapped(path);
        assert_eq!(part("member.fullName"), Some(ArticlePart::Byline));
        assert_eq!(part("_source.member.full_name"), Some(ArticlePart::Byline));
        assert_eq!(part("full_name"), None);
        assert_eq!(part("staff.full_name"), None);
    }

    #[test]
    fn what_no_record_has_is_told() {
        let map = map("title=kop");
        assert_eq!(map.unused(), ["title=kop"]);
        map.note_use("colour");
        assert_eq!(map.clone().unused(), ["title=kop"]);
        map.clone().note_use("fields.Kop");
        assert!(map.unused().is_empty());
    }
}
