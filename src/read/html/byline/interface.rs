//! Words of the page itself in a credit: links to profiles, buttons, what a date is the date of. None is a name.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// The forms of `interface.tsv`, in lower case.
struct Forms {
    whole: FxHashSet<&'static str>,
    heads: Vec<&'static str>,
    tails: Vec<&'static str>,
    topics: FxHashSet<&'static str>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let rows = include_str!("interface.tsv").lines().filter(|row| !row.starts_with('#'));
    let of = |place: &'static str| {
        let rows = rows.clone().filter_map(move |row| row.strip_prefix(place)?.strip_prefix('\t'));
        rows.filter_map(|row| row.split_once('\t')).flat_map(|(_, forms)| forms.split('|'))
    };
    Forms {
        whole: of("whole").collect(),
        heads: of("head").collect(),
        tails: of("tail").collect(),
        topics: of("topic").collect(),
    }
});

/// Whether a word is one of headings and section names, and of no name.
pub(super) fn is_topic(word: &str) -> bool {
    FORMS.topics.contains(word.to_lowercase().as_str())
}

/// The part of a credit without words of the page before and behind the name; `None` if nothing else is there.
pub(super) fn without(part: &str) -> Option<&str> {
    let mut part = trimmed(part);
    // Every round shortens it.
    loop {
        let lower = part.to_lowercase();
        let is_known = FORMS.whole.contains(lower.as_str());
        if part.is_empty() || is_known || is_reading_time(&lower) || is_phrase(part) {
            return None;
        }
        let head = FORMS.heads.iter().find_map(|head| behind(part, &lower, head));
        match head.or_else(|| FORMS.tails.iter().find_map(|tail| before(part, &lower, tail))) {
            Some(rest) => part = trimmed(rest),
            None => return Some(part),
        }
    }
}

/// Whether a part is a call to do something, or goes on from a name: `Share this story`, `in News`.
fn is_phrase(part: &str) -> bool {
    const VERBS: &[&str] = &[
        "Share",
        "View",
        "Read",
        "See",
        "Subscribe",
        "Sign",
        "Click",
        "Get",
        "Download",
        "Print",
        "Listen",
        "Follow",
        "Leave",
        "Add",
        "Show",
        "Watch",
        "Send",
        "Posted",
        "Published",
        "Updated",
    ];
    const LINKS: &[&str] = &[
        "in", "for", "from", "at", "to", "with", "aus", "für", "dans", "pour", "en", "para", "per",
    ];
    let mut words = part.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    LINKS.contains(&first)
        || VERBS.contains(&first) && second.starts_with(char::is_lowercase) && second != "by"
}

/// What stands behind `head` and opens with a capital, where there are capitals.
fn behind<'a>(part: &'a str, lower: &str, head: &str) -> Option<&'a str> {
    let is_head =
        lower.strip_prefix(head).is_some_and(|rest| rest.starts_with(char::is_whitespace));
    // A letter may have another length in lower case.
    let rest = is_head.then(|| part.get(head.len()..))??.trim_start();
    (!rest.starts_with(char::is_lowercase)).then_some(rest)
}

/// The name of two words at least that stands before `tail`.
fn before<'a>(part: &'a str, lower: &str, tail: &str) -> Option<&'a str> {
    let is_tail = lower.strip_suffix(tail).is_some_and(|rest| rest.ends_with(char::is_whitespace));
    let rest = is_tail.then(|| part.get(..part.len() - tail.len()))??;
    (rest.split_whitespace().count() > 1).then_some(rest)
}

/// A part without punctuation around it.
fn trimmed(part: &str) -> &str {
    part.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '\'' | '’' | '"'))
}

/// `ca. 8 Min.`, `5 min read`, `Lesezeit: 3 Minuten`.
fn is_reading_time(lower: &str) -> bool {
    const UNITS: &[&str] =
        &["min", "mins", "minute", "minutes", "minuten", "minutos", "minuti", "минут"];
    lower.contains(|c: char| c.is_ascii_digit())
        && lower.split(|c: char| !c.is_alphabetic()).any(|word| UNITS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_page_are_no_names() {
        for part in [
            "View full profile",
            "Follow",
            "| Zum Profil »",
            "ca. 8 Min.",
            "5 min read",
            "",
            "Share this story",
            "in News",
        ] {
            assert_eq!(without(part), None, "{part}");
        }
        for part in ["All posts by Ida Fenn", "Ida Fenn Follow", "Über Ida Fenn", "(Ida Fenn) |"] {
            assert_eq!(without(part), Some("Ida Fenn"), "{part}");
        }
        for part in ["Ida Follow", "Meet the press", "Mehr Licht", "By Ida Fenn"] {
            assert_eq!(without(part), Some(part), "{part}");
        }
    }
}
