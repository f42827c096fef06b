//! The order in which a line is read, from the order in which its glyphs stand from left to right: words of scripts that are
//! written from right to left are turned around, numbers and Latin words among them are not.

/// Whether a letter is of a script that is written from right to left.
pub(super) fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}')
        && !is_digit(c)
        // Separators within numbers.
        && !matches!(c, '\u{66a}'..='\u{66c}')
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}')
}

/// The text of parts that stand from left to right, and whether its line reads from right to left.
pub(super) fn logical(parts: &[String]) -> (String, bool) {
    let count = |is: fn(char) -> bool| {
        parts.iter().flat_map(|part| part.chars()).filter(|c| is(*c)).count()
    };
    let rtl = count(is_rtl);
    if rtl == 0 {
        return (parts.concat(), false);
    }
    let ltr = count(|c| c.is_alphabetic() && !is_rtl(c));
    if rtl >= ltr {
        (with_brackets(&right_to_left(parts)), true)
    } else {
        (left_to_right(parts), false)
    }
}

/// A line that reads from right to left: all is turned around but numbers and words that read the other way.
fn right_to_left(parts: &[String]) -> String {
    let mut out = String::new();
    let mut end = parts.len();
    while end > 0 {
        let mut start = end - 1;
        if is_ltr_part(&parts[start]) {
            // What lies between two such parts belongs to them, unless it reads the other way.
            let mut at = start;
            while at > 0 && !has_rtl(&parts[at - 1]) {
                at -= 1;
                if is_ltr_part(&parts[at]) {
                    start = at;
                }
            }
            parts[start..end].iter().for_each(|part| out.push_str(part));
        } else {
            out.push_str(&parts[start]);
        }
        end = start;
    }
    out
}

/// A line that reads from left to right: words that read the other way are turned around, with what lies between them.
fn left_to_right(parts: &[String]) -> String {
    let mut out = String::new();
    let mut start = 0;
    while start < parts.len() {
        if !has_rtl(&parts[start]) {
            out.push_str(&parts[start]);
            start += 1;
            continue;
        }
        let mut end = start + 1;
        let mut at = end;
        while at < parts.len() && !parts[at].chars().any(|c| c.is_alphabetic() && !is_rtl(c)) {
            at += 1;
            if has_rtl(&parts[at - 1]) {
                end = at;
            }
        }
        out.push_str(&right_to_left(&parts[start..end]));
        start = end;
    }
    out
}

fn has_rtl(part: &str) -> bool {
    part.chars().any(is_rtl)
}

fn is_ltr_part(part: &str) -> bool {
    !has_rtl(part) && part.chars().any(|c| c.is_alphanumeric() || is_digit(c))
}

/// A text whose brackets open and close. Some programs write the one that is seen, others the one that is meant: what
/// stands before a word opens, what stands behind it closes.
fn with_brackets(text: &str) -> String {
    const PAIRS: &[(char, char)] = &[('(', ')'), ('[', ']'), ('{', '}'), ('«', '»'), ('‹', '›')];
    let chars: Vec<char> = text.chars().collect();
    let is_word =
        |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
    let right_one = |(at, c): (usize, &char)| {
        let Some((open, close)) = PAIRS.iter().find(|(open, close)| c == open || c == close) else {
            return *c;
        };
        match (is_word(at.checked_sub(1)), is_word(Some(at + 1))) {
            (false, true) => *open,
            (true, false) => *close,
            _ => *c,
        }
    };
    chars.iter().enumerate().map(right_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(stands: &str, reads: &str, is_rtl: bool) {
        let parts: Vec<String> = stands.chars().map(String::from).collect();
        assert_eq!(logical(&parts), (reads.to_owned(), is_rtl), "{stands}");
    }

    #[test]
    fn words_are_turned_around() {
        check("River 12", "River 12", false);
        check("ةنيدملا سلجم", "مجلس المدينة", true);
        check(".1404 راهب", "بهار 1404.", true);
        check("۱٫۵ دصرد", "درصد ۱٫۵", true);
        check("(مالس) تفگ", "گفت (سلام)", true);
        check(")مالس( تفگ", "گفت (سلام)", true);
        check("2025 AFP ربخ", "خبر 2025 AFP", true);
        check("the word مالس means", "the word سلام means", false);
    }

    #[test]
    fn ligatures_stay_whole() {
        let parts = ["م", "لا", "س"].map(String::from);
        assert_eq!(logical(&parts).0, "سلام");
    }
}
