//! Generates an archive of wire copy for the benchmarks: datelines, quotations, names and license lines, with sentence
//! lengths, capitals and word frequencies near those of news. Deterministic; only the names of cities are real.

use std::fmt::Write;
use std::path::Path;

/// Mean size of an article in bytes.
pub(crate) const MEAN_BYTES: usize = 4_400;

const FUNCTION: &[&str] = &[
    "the", "the", "the", "of", "of", "to", "to", "and", "in", "in", "a", "a", "for", "on", "that",
    "with", "was", "is", "by", "at", "as", "from", "its", "his", "had", "has", "were", "be", "an",
    "this", "which", "not", "after", "over", "would", "will", "been", "their", "more", "than",
    "under",
];
const GIVEN: &[&str] = &[
    "Ali", "Maria", "John", "Fatima", "Pedro", "Anna", "Wei", "Olga", "Hassan", "Claire", "Kofi",
    "Ingrid", "Luis", "Sara", "Ivan", "Mehmet", "Priya", "Tomas", "Amina", "David", "Elena",
    "Yusuf", "Grace", "Henrik", "Laila",
];
const SYLLABLES: &[&str] = &[
    "ba", "ren", "kor", "mi", "tal", "shan", "do", "vel", "gri", "pas", "lun", "ter", "os", "han",
    "del", "ri", "mon", "sa", "ke", "tov", "ler", "ni", "qua", "bor", "est", "fi", "gan", "hul",
    "ist", "jor", "ka", "li",
];
const CITIES: &[(&str, &str)] = &[
    ("TEHRAN", "Iran"),
    ("PARIS", "France"),
    ("NAIROBI", "Kenya"),
    ("LIMA", "Peru"),
    ("OSLO", "Norway"),
    ("JAKARTA", "Indonesia"),
    ("ANKARA", "Turkey"),
    ("MADRID", "Spain"),
    ("ACCRA", "Ghana"),
    ("SEOUL", "South Korea"),
    ("CAIRO", "Egypt"),
    ("VIENNA", "Austria"),
    ("HANOI", "Vietnam"),
    ("QUITO", "Ecuador"),
    ("RIGA", "Latvia"),
];
const TITLES: &[&str] = &[
    "Foreign Minister",
    "President",
    "Mr.",
    "Ms.",
    "Dr.",
    "Senator",
    "Prime Minister",
    "General",
    "Judge",
];
const CUES: &[&str] =
    &["said", "said", "said", "told reporters", "added", "warned", "remarked", "announced"];
const MONTHS: &[&str] = &[
    "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.",
    "Dec.",
];

/// Deterministic random numbers (`SplitMix64`, Steele et al. 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// A rank below `n`, distributed as the words of a language are (Zipf).
    #[expect(clippy::cast_sign_loss, reason = "n to a power between 0 and 1 is at least 1")]
    fn rank(&mut self, n: usize) -> usize {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((n as f64).powf(unit).abs() as usize).saturating_sub(1)
    }
}

/// Writes `articles` files of wire copy into folders of days in `folder`, and returns their bytes.
pub(crate) fn write(folder: &Path, articles: usize) -> std::io::Result<u64> {
    let mut random = Random(20_150_227);
    let words = vocabulary(&mut random, 40_000);
    let mut bytes = 0;
    for n in 0..articles {
        let (year, month, day) = (2015 + n % 10, 1 + n / 10 % 12, 1 + n / 120 % 28);
        let day_folder = folder.join(format!("{year}/{month:02}/{day:02}"));
        std::fs::create_dir_all(&day_folder)?;
        let text = article(&mut random, &words, month, day);
        bytes += text.len() as u64;
        std::fs::write(day_folder.join(format!("{n:06}.txt")), text)?;
    }
    Ok(bytes)
}

fn vocabulary(random: &mut Random, n: usize) -> Vec<String> {
    let endings = ["", "s", "ed", "ing", "ion", "al", "ly", "ment"];
    (0..n)
        .map(|i| {
            let syllables = 1 + i % 3;
            let stem: String = (0..=syllables).map(|_| random.pick(SYLLABLES)).collect();
            stem + random.pick(&endings)
        })
        .collect()
}

fn name(random: &mut Random) -> (String, String) {
    let count = 2 + random.below(2);
    let surname: String = (0..count).map(|_| random.pick(SYLLABLES)).collect();
    (random.pick(GIVEN).to_owned(), capital(&surname))
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

fn clause(random: &mut Random, words: &[String], length: usize) -> String {
    let mut out = String::new();
    for i in 0..length {
        if i > 0 {
            out.push(' ');
        }
        let word = if random.below(100) < 44 {
            random.pick(FUNCTION)
        } else {
            &words[random.rank(words.len())]
        };
        out.push_str(word);
    }
    out
}

fn article(random: &mut Random, words: &[String], month: usize, day: usize) -> String {
    let people: Vec<_> = (0..2 + random.below(4)).map(|_| name(random)).collect();
    let (city, country) = CITIES[random.below(CITIES.len())];
    let mut text = String::with_capacity(2 * MEAN_BYTES);
    let _ = writeln!(text, "{}\n", capital(&clause(random, words, 8)));
    let _ = write!(text, "{city}, {} {day} (CWA) - ", MONTHS[month - 1]);
    let target = MEAN_BYTES / 2 + random.below(MEAN_BYTES);
    let mut is_first = true;
    while text.len() < target {
        for _ in 0..=random.below(3) {
            let person = &people[random.below(people.len())];
            sentence(random, words, person, country, is_first, &mut text);
            is_first = false;
            text.push(' ');
        }
        text.truncate(text.trim_end().len());
        text.push_str("\n\n");
    }
    text.push_str("All content by Cormorant Wire Agency is licensed under a Creative Commons Attribution 4.0 ");
    text.push_str("International License.\n");
    text
}

fn sentence(
    random: &mut Random,
    words: &[String],
    person: &(String, String),
    country: &str,
    is_first: bool,
    text: &mut String,
) {
    let long = 8 + random.below(16);
    let (given, surname) = person;
    let cue = random.pick(CUES);
    let kind = if is_first { 0 } else { 1 + random.below(10) };
    let _ = match kind {
        0 => write!(
            text,
            "{given} {surname}, the secretary of {country}’s {} council, on Saturday {} {}.",
            clause(random, words, 2),
            clause(random, words, 1),
            clause(random, words, long)
        ),
        1 | 2 => {
            write!(text, "“{},” {surname} {cue}.", capital(&clause(random, words, long)))
        }
        3 => write!(text, "“{},” he {cue}.", capital(&clause(random, words, long))),
        4 => write!(
            text,
            "{} {surname} {cue} that {}.",
            random.pick(TITLES),
            clause(random, words, long)
        ),
        5 => write!(text, "{given} {surname} of {country} {}.", clause(random, words, long)),
        _ => write!(
            text,
            "{}, {}.",
            capital(&clause(random, words, long / 2)),
            clause(random, words, long)
        ),
    };
}
