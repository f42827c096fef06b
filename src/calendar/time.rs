//! A time of day and its zone, in the one form of ISO 8601 that articles keep: `10:42:33+03:30`.

/// The time of day in what follows a date: the first figures there, if they are one. `T10:42:33.5+0330`, `, 17:40 Uhr`,
/// ` at 5:40 pm`, `104233Z`.
pub(crate) fn behind_date(rest: &str) -> Option<String> {
    let is_compact = rest.starts_with(|c: char| c == 'T' || c == 't' || c.is_ascii_digit());
    let clock = &rest[rest.find(|c: char| c.is_ascii_digit())?..];
    let digits = clock.bytes().take_while(u8::is_ascii_digit).count();
    let is_dotted = || {
        let end = clock.trim_end().trim_end_matches("Uhr").trim_end();
        end.chars().all(|c| matches!(c, '0'..='9' | '.' | 'Z'))
    };
    match clock.as_bytes().get(digits) {
        Some(b':') => at_head(clock),
        Some(b'.') if is_dotted() => at_head(clock),
        _ if is_compact && matches!(digits, 4 | 6) => at_head(clock),
        _ => None,
    }
}

/// The time that `text` opens with: `10:42`, `10:42:33.5+0330`, `10.42`, `104233Z`, `10:42:33 GMT`, `10:42 p.m.`.
fn at_head(text: &str) -> Option<String> {
    let mut parts = [0_u8; 3];
    let mut rest = text;
    for (i, part) in parts.iter_mut().enumerate() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let take = digits.min(2);
        match rest.get(..take).filter(|d| !d.is_empty()).and_then(|d| d.parse().ok()) {
            Some(number) => *part = number,
            None if i == 2 => break,
            None => return None,
        }
        rest = &rest[take..];
        if i < 2 {
            let marked = rest.strip_prefix([':', '.']);
            rest = marked
                .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
                .unwrap_or(rest);
        }
    }
    let [mut hour, minute, second] = parts;
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    let (half, rest) = half_of_day(rest.trim_start());
    match half {
        Some('p') if hour < 12 => hour += 12,
        Some('a') if hour == 12 => hour = 0,
        _ => {}
    }
    (hour < 24 && minute < 60 && second < 61)
        .then(|| format!("{hour:02}:{minute:02}:{second:02}{}", zone(rest).unwrap_or_default()))
}

/// `a` or `p` of `AM`, `p.m.`, and what follows.
fn half_of_day(text: &str) -> (Option<char>, &str) {
    const NAMES: &[&str] = &["am", "pm", "a.m.", "p.m.", "a.m", "p.m"];
    let found = NAMES.iter().find_map(|name| {
        let (head, rest) = text.split_at_checked(name.len())?;
        head.eq_ignore_ascii_case(name).then(|| (name.chars().next(), rest.trim_start()))
    });
    found.unwrap_or((None, text))
}

/// `+0330`, `+03:30`, `Z`, `GMT`, `GMT+2`, `EST` as ISO 8601 writes it.
fn zone(text: &str) -> Option<String> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = text.split_at(letters);
    let fixed = match name.to_ascii_uppercase().as_str() {
        "" => return offset(rest),
        "Z" => "Z",
        "GMT" | "UTC" | "UT" => return offset(rest).or_else(|| Some("Z".to_owned())),
        "EST" | "CDT" => "-05:00",
        "EDT" => "-04:00",
        "CST" | "MDT" => "-06:00",
        "MST" | "PDT" => "-07:00",
        "PST" => "-08:00",
        "BST" | "CET" => "+01:00",
        "CEST" => "+02:00",
        _ => return None,
    };
    Some(fixed.to_owned())
}

/// `+0330`, `-05:00`, `+2`.
fn offset(text: &str) -> Option<String> {
    let sign = text.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let digits = text[1..].chars().filter(|c| *c != ':').take_while(char::is_ascii_digit);
    let digits: String = digits.take(4).collect();
    match digits.len() {
        1 => Some(format!("{sign}0{digits}:00")),
        2 => Some(format!("{sign}{digits}:00")),
        4 => Some(format!("{sign}{}:{}", &digits[..2], &digits[2..])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_one_form() {
        for (rest, expected) in [
            ("T10:42:33+03:30", "10:42:33+03:30"),
            ("T10:42:33.5+0330", "10:42:33+03:30"),
            ("T104233Z", "10:42:33Z"),
            ("104233", "10:42:33"),
            (" 10:42", "10:42:00"),
            (", 17.40 Uhr", "17:40:00"),
            (" at 5:40 p.m.", "17:40:00"),
            (" 12:05 AM EST", "00:05:00-05:00"),
            (" 17:40:08 GMT+0200 (CEST)", "17:40:08+02:00"),
            (" 10:42 UTC+3", "10:42:00+03:00"),
            (" 10:42 - The river", "10:42:00"),
            (" 25:00", ""),
            (" 12.50 euros", ""),
            (", page 3, 10:42", ""),
            (" 104 views", ""),
            ("", ""),
        ] {
            assert_eq!(behind_date(rest).unwrap_or_default(), expected, "{rest}");
        }
    }
}
