//! Names as usually written: `NEW YORK` becomes `New York`, `RIO DE JANEIRO` `Rio de Janeiro`, `jane doe` `Jane Doe`.

/// The name with one blank between words, and in title case if it is printed in one case only.
pub fn usual(name: &str) -> String {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let upper = letters().all(|c| !c.is_lowercase()) && letters().count() > 1;
    let lower = letters().all(|c| !c.is_uppercase());
    let mut usual = String::with_capacity(name.len());
    for (i, word) in name.split_whitespace().enumerate() {
        if i > 0 {
            usual.push(' ');
        }
        if upper || lower {
            push_word(&mut usual, word, i == 0);
        } else {
            push_mixed(&mut usual, word);
        }
    }
    usual
}

/// Words that keep small letters inside a name.
const SMALL: &[&str] = &[
    "al", "am", "an", "and", "au", "aux", "da", "das", "de", "del", "della", "den", "der", "des",
    "di", "do", "dos", "du", "e", "el", "en", "im", "in", "la", "las", "le", "les", "los", "ob",
    "of", "on", "sous", "sur", "the", "und", "upon", "van", "von", "y",
];

/// A word of a name that is printed in one case.
fn push_word(usual: &mut String, word: &str, first: bool) {
    let lower = word.to_lowercase();
    if !first && SMALL.contains(&lower.as_str()) {
        usual.push_str(&lower);
    } else if word.contains('.') && !word.ends_with('.') || is_initials(word) {
        usual.push_str(&word.to_uppercase());
    } else {
        for (i, part) in lower.split('-').enumerate() {
            if i > 0 {
                usual.push('-');
            }
            if i > 0 && SMALL.contains(&part) {
                usual.push_str(part);
            } else {
                push_title(usual, part);
            }
        }
    }
}

/// `D.C.`, `U.S.`
fn is_initials(word: &str) -> bool {
    word.matches('.').count() > 1 && word.split('.').all(|part| part.chars().count() <= 1)
}

/// `JOHN` within `JOHN McCain`: a word in capitals among mixed ones, unless it is an abbreviation.
fn push_mixed(usual: &mut String, word: &str) {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters > 3 && capitals == letters {
        push_title(usual, &word.to_lowercase());
    } else {
        usual.push_str(word);
    }
}

/// Capitals at the start, behind hyphens and strokes, and in `McAllen`, `O'Fallon`, `L'Aquila`.
fn push_title(usual: &mut String, lower: &str) {
    let mut capital = true;
    let mut part = 0;
    for (i, c) in lower.char_indices() {
        if capital {
            usual.extend(c.to_uppercase());
        } else {
            usual.push(c);
        }
        part = if c.is_alphanumeric() { part + 1 } else { 0 };
        let apostrophe = matches!(c, '\'' | '’') && i == 1;
        let mac = i + c.len_utf8() == 2 && lower.starts_with("mc") && lower.len() > 4;
        capital = matches!(c, '-' | '/' | '.') || apostrophe || mac;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(printed: &str, expected: &str) {
        assert_eq!(usual(printed), expected);
    }

    #[test]
    fn names_get_their_usual_capitals() {
        for (printed, expected) in [
            ("NEW YORK", "New York"),
            ("RIO DE JANEIRO", "Rio de Janeiro"),
            ("THE HAGUE", "The Hague"),
            ("PORT-AU-PRINCE", "Port-au-Prince"),
            ("FRANKFURT/MAIN", "Frankfurt/Main"),
            ("L'AQUILA", "L'Aquila"),
            ("XI'AN", "Xi'an"),
            ("MCALLEN", "McAllen"),
            ("ST. LOUIS", "St. Louis"),
            ("D.C.", "D.C."),
            ("YAOUNDÉ", "Yaoundé"),
            ("cedar rapids", "Cedar Rapids"),
            ("JANE  DOE", "Jane Doe"),
            ("San Martín de los Andes", "San Martín de los Andes"),
            ("JOHN McCAIN", "John McCAIN"),
        ] {
            check(printed, expected);
        }
    }
}
