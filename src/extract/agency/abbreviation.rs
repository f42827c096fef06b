//! Short forms of agencies outside the table: whether a word in a dateline's brackets is one, and whether a name is its
//! long form.

/// Words that show that the bracket holds an outlet or an editorial note rather than an agency.
const NON_AGENCY_WORDS: &[&str] = &[
    "bulletin",
    "chronicle",
    "courier",
    "daily",
    "editor",
    "examiner",
    "exclusive",
    "file",
    "gazette",
    "globe",
    "guardian",
    "herald",
    "independent",
    "journal",
    "live",
    "magazine",
    "mirror",
    "observer",
    "photo",
    "pictures",
    "post",
    "record",
    "reporter",
    "review",
    "special",
    "staff",
    "standard",
    "star",
    "sun",
    "telegraph",
    "times",
    "today",
    "tribune",
    "updated",
    "video",
    "weekly",
    "writer",
];

/// Whether `printed`, in the agency's place of a dateline, may be an agency: `LNQ`, `Northgate`, `Lake News`.
pub(super) fn may_be_agency(printed: &str) -> bool {
    const MAX_BYTES: usize = 32;
    let is_other =
        |word: &str| NON_AGENCY_WORDS.binary_search(&word.to_lowercase().as_str()).is_ok();
    (2..=MAX_BYTES).contains(&printed.len())
        && printed.split(' ').count() <= 3
        && printed.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '\''))
        && !printed.split(' ').any(is_other)
}

/// Whether `name` is a long form of `short`: it opens with `short`, has it as a word, or has its letters in order, at
/// least the first letter of each word (`MPX`: Meridian Press Exchange).
pub(super) fn stands_for(short: &str, name: &str) -> bool {
    const MAX_LETTERS: usize = 6;
    let short = short.to_lowercase();
    let name = name.to_lowercase();
    if name.strip_prefix(short.as_str()).is_some_and(|rest| rest.starts_with(' ')) {
        return true;
    }
    let words: Vec<&str> = name
        .split([' ', '-'])
        .filter(|word| !matches!(*word, "the" | "of" | "and" | "for" | "de" | "du" | ""))
        .collect();
    if words.contains(&short.as_str()) {
        return words.len() > 1;
    }
    let letters: Vec<char> = short.chars().collect();
    (2..=MAX_LETTERS).contains(&letters.len()) && is_acronym(&letters, &words)
}

/// Whether `letters` consist of the first letter, and perhaps later letters, of each of `words` in order.
fn is_acronym(letters: &[char], words: &[&str]) -> bool {
    let Some((word, others)) = words.split_first() else { return letters.is_empty() };
    let mut taken = 0;
    let mut first = true;
    for c in word.chars() {
        if letters.get(taken) == Some(&c) {
            taken += 1;
            if is_acronym(&letters[taken..], others) {
                return true;
            }
        } else if first && !is_x_for_ex(&letters[taken..], word) {
            return false;
        }
        first = false;
    }
    false
}

/// Whether the next letter is an `X` that stands for a word in *ex-*: *exchange*, *express*, *extra*.
fn is_x_for_ex(letters: &[char], word: &str) -> bool {
    letters.first() == Some(&'x') && word.starts_with("ex")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(short: &str, name: &str, expected: bool) {
        assert_eq!(stands_for(short, name), expected, "{short}: {name}");
    }

    #[test]
    fn long_forms_are_recognised() {
        check("LNQ", "Lake News Quarter", true);
        check("LPX", "Lake Press Exchange", true);
        check("LNW", "Lake Newswire", true);
        check("hbd", "Harbour-Boten-Dienst", true);
        check("hbd", "Harbourboten-Dienst", true);
        check("LAGO", "Agenzia Lago", true);
        check("Lake", "Lake News Cooperative", true);
        check("Lake News", "Lake News Agency", true);
        check("AFP", "The Atlas Post", false);
        check("AP", "Harbour Gazette", false);
        check("LNQ", "Lake Press Quarter", false);
        check("SOLMA", "SOLMA", false);
    }

    #[test]
    fn short_forms_are_recognised() {
        assert!(NON_AGENCY_WORDS.is_sorted());
        for printed in ["LNQ", "Northgate", "Lake News", "hbd"] {
            assert!(may_be_agency(printed), "{printed}");
        }
        for other in ["Harbour Gazette", "file photo", "x", "A 5", "a very long name of it"] {
            assert!(!may_be_agency(other), "{other}");
        }
    }
}
