//! Title case for names: `NEW YORK` becomes `New York`, `RIO DE JANEIRO` `Rio de Janeiro`, `jane doe` `Jane Doe`.

/// `name` with single blanks, and in title case where it is printed in one case only.
pub(super) fn title_case(name: &str) -> String {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let upper = letters().all(|c| !c.is_lowercase()) && letters().count() > 1;
    let lower = letters().all(|c| !c.is_uppercase());
    let mut out = String::with_capacity(name.len());
    for (i, word) in name.split_whitespace().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        if upper || lower {
            push_word(&mut out, word, i == 0);
        } else {
            push_mixed(&mut out, word);
        }
    }
    out
}

/// Words in lower case inside a name.
const PARTICLES: &[&str] = &[
    "al", "am", "an", "and", "au", "aux", "da", "das", "de", "del", "della", "den", "der", "des",
    "di", "do", "dos", "du", "e", "el", "en", "im", "in", "la", "las", "le", "les", "los", "ob",
    "of", "on", "sous", "sur", "the", "und", "upon", "van", "von", "y",
];

/// Appends a word of a name that is printed in one case.
fn push_word(out: &mut String, word: &str, first: bool) {
    let lower = word.to_lowercase();
    if !first && PARTICLES.contains(&lower.as_str()) {
        out.push_str(&lower);
    } else if word.contains('.') && !word.ends_with('.') || is_initials(word) {
        out.push_str(&word.to_uppercase());
    } else {
        for (i, part) in lower.split('-').enumerate() {
            if i > 0 {
                out.push('-');
            }
            if i > 0 && PARTICLES.contains(&part) {
                out.push_str(part);
            } else {
                push_title(out, part);
            }
        }
    }
}

/// Whether `word` is of the form `D.C.`, `U.S.`
fn is_initials(word: &str) -> bool {
    word.matches('.').count() > 1 && word.split('.').all(|part| part.chars().count() <= 1)
}

/// Appends a word of a name in mixed case: `JOHN` in `JOHN McCain` gets title case, an abbreviation stays.
fn push_mixed(out: &mut String, word: &str) {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters > 3 && capitals == letters {
        push_title(out, &word.to_lowercase());
    } else {
        out.push_str(word);
    }
}

/// Appends a word with capitals at its start, after hyphens, slashes and full stops, and in `McAllen`, `L'Aquila`.
fn push_title(out: &mut String, lower: &str) {
    let mut capital = true;
    let mut part = 0;
    for (i, c) in lower.char_indices() {
        if capital {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
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
        assert_eq!(title_case(printed), expected);
    }

    #[test]
    fn names_get_title_case() {
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
