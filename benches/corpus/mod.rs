//! A deterministic archive of wire-like copy for the benchmarks: datelines, quotations, names and license lines, with
//! sentence lengths, capitals and word frequencies near those of news. Written for the project; nothing in it is real
//! but the names of cities.

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

/// The same numbers in every run (`SplitMix64`, Steele et al. 2014).
struct Dice(u64);

impl Dice {
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

    /// A rank below `n`, small ones far more often, as words of a language are (Zipf).
    #[expect(clippy::cast_sign_loss, reason = "n to a power between 0 and 1 is at least 1")]
    fn rank(&mut self, n: usize) -> usize {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((n as f64).powf(unit).abs() as usize).saturating_sub(1)
    }
}

/// Writes `articles` files of wire copy below `folder`, by day; gives their bytes.
pub(crate) fn write(folder: &Path, articles: usize) -> std::io::Result<u64> {
    let mut dice = Dice(20_150_227);
    let words = vocabulary(&mut dice, 40_000);
    let mut bytes = 0;
    for n in 0..articles {
        let (year, month, day) = (2015 + n % 10, 1 + n / 10 % 12, 1 + n / 120 % 28);
        let day_folder = folder.join(format!("{year}/{month:02}/{day:02}"));
        std::fs::create_dir_all(&day_folder)?;
        let text = article(&mut dice, &words, month, day);
        bytes += text.len() as u64;
        std::fs::write(day_folder.join(format!("{n:06}.txt")), text)?;
    }
    Ok(bytes)
}

fn vocabulary(dice: &mut Dice, n: usize) -> Vec<String> {
    let endings = ["", "s", "ed", "ing", "ion", "al", "ly", "ment"];
    (0..n)
        .map(|i| {
            let syllables = 1 + i % 3;
            let stem: String = (0..=syllables).map(|_| dice.pick(SYLLABLES)).collect();
            stem + dice.pick(&endings)
        })
        .collect()
}

fn name(dice: &mut Dice) -> (String, String) {
    let count = 2 + dice.below(2);
    let surname: String = (0..count).map(|_| dice.pick(SYLLABLES)).collect();
    (dice.pick(GIVEN).to_owned(), capital(&surname))
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

fn clause(dice: &mut Dice, words: &[String], length: usize) -> String {
    let mut out = String::new();
    for i in 0..length {
        if i > 0 {
            out.push(' ');
        }
        let word =
            if dice.below(100) < 44 { dice.pick(FUNCTION) } else { &words[dice.rank(words.len())] };
        out.push_str(word);
    }
    out
}

fn article(dice: &mut Dice, words: &[String], month: usize, day: usize) -> String {
    let people: Vec<_> = (0..2 + dice.below(4)).map(|_| name(dice)).collect();
    let (city, country) = CITIES[dice.below(CITIES.len())];
    let mut text = String::with_capacity(2 * MEAN_BYTES);
    let _ = writeln!(text, "{}\n", capital(&clause(dice, words, 8)));
    let _ = write!(text, "{city}, {} {day} (CWA) - ", MONTHS[month - 1]);
    let target = MEAN_BYTES / 2 + dice.below(MEAN_BYTES);
    let mut fresh = true;
    while text.len() < target {
        for _ in 0..=dice.below(3) {
            let person = &people[dice.below(people.len())];
            sentence(dice, words, person, country, fresh, &mut text);
            fresh = false;
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
    dice: &mut Dice,
    words: &[String],
    person: &(String, String),
    country: &str,
    fresh: bool,
    text: &mut String,
) {
    let long = 8 + dice.below(16);
    let (given, surname) = person;
    let cue = dice.pick(CUES);
    let kind = if fresh { 0 } else { 1 + dice.below(10) };
    let _ = match kind {
        0 => write!(
            text,
            "{given} {surname}, the secretary of {country}’s {} council, on Saturday {} {}.",
            clause(dice, words, 2),
            clause(dice, words, 1),
            clause(dice, words, long)
        ),
        1 | 2 => {
            write!(text, "“{},” {surname} {cue}.", capital(&clause(dice, words, long)))
        }
        3 => write!(text, "“{},” he {cue}.", capital(&clause(dice, words, long))),
        4 => write!(
            text,
            "{} {surname} {cue} that {}.",
            dice.pick(TITLES),
            clause(dice, words, long)
        ),
        5 => write!(text, "{given} {surname} of {country} {}.", clause(dice, words, long)),
        _ => write!(
            text,
            "{}, {}.",
            capital(&clause(dice, words, long / 2)),
            clause(dice, words, long)
        ),
    };
}
