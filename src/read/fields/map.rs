//! Which part of an article a field holds: by its usual names, or as `--map` says.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use super::ArticlePart;
use crate::tables::tsv;
use crate::text::fold;

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

/// The usual names, folded, with the part that each holds and its rank.
static BY_NAME: LazyLock<FxHashMap<String, (ArticlePart, u32)>> = LazyLock::new(|| {
    let rows = tsv::rows(include_str!("usual_names.tsv"));
    let each = rows.filter_map(|[part, names]| Some((ArticlePart::named(part)?, names)));
    let each = each.flat_map(|(part, names)| {
        let ranked = tsv::list(names).zip(1u32..);
        ranked.map(move |(name, rank)| (folded(name), (part, rank)))
    });
    each.collect()
});

/// What search servers add to the name of a field for its type: `title_s`, `body_txt`.
const TYPE_SUFFIXES: &[&str] = &["s", "ss", "t", "txt", "text", "str", "dt", "tdt", "keyword"];

/// Field names beside the usual ones, from `--map title=regel`, or `--map byline=member.name` for a nested field.
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
            let name = path.rsplit(['.', '@']).next().unwrap_or(path);
            let typed = || name.rsplit_once('_').filter(|(_, kind)| TYPE_SUFFIXES.contains(kind));
            let usual = |name: &str| BY_NAME.get(&folded(name)).copied();
            usual(name).or_else(|| usual(typed()?.0))
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

/// A field name in lower case without punctuation and accents: `version_created`, `versionCreated` to `versioncreated`.
pub(super) fn folded(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    if name.is_ascii() {
        return letters.map(|c| c.to_ascii_lowercase()).collect();
    }
    fold(&letters.collect::<String>())
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
        for (name, part) in [
            ("title_s", ArticlePart::Title),
            ("Título", ArticlePart::Title),
            ("published_at_dt", ArticlePart::Date),
            ("Veröffentlicht", ArticlePart::Date),
            ("作者", ArticlePart::Byline),
            ("Автор", ArticlePart::Byline),
            ("body_txt", ArticlePart::Body),
        ] {
            assert_eq!(map.part(name).map(|(part, _)| part), Some(part), "{name}");
        }
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
        let map = map("title=regel");
        assert_eq!(map.unused(), ["title=regel"]);
        map.note_use("colour");
        assert_eq!(map.clone().unused(), ["title=regel"]);
        map.clone().note_use("fields.Regel");
        assert!(map.unused().is_empty());
    }
}
