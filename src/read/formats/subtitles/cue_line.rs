//! A line of a cue: its tags, the voice or the speaker that it names, and whether it tells a sound.

use crate::read::markup;

/// The voice that a line of `vtt` names, and the line without it: `<v.first Jane Doe>Yes.`
pub(super) fn voice(line: &str) -> (Option<String>, &str) {
    let Some(rest) = line.strip_prefix("<v").filter(|rest| rest.starts_with([' ', '.', '\t']))
    else {
        return (None, line);
    };
    let Some((tag, rest)) = rest.split_once('>') else { return (None, line) };
    let name = tag.split_once([' ', '\t']).map(|(_, name)| name.trim().to_owned());
    (name.filter(|name| !name.is_empty()), rest)
}

/// A line without tags (`<i>`, `<00:01.500>`, `{\an8}`).
pub(super) fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{']) {
        let end = tag_end(&rest[at..]).unwrap_or(0);
        out.push_str(&rest[..if end == 0 { at + 1 } else { at }]);
        rest = &rest[(at + end).max(at + 1)..];
    }
    out.push_str(rest);
    let text = if out.contains('&') { markup::text(&out) } else { out };
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '♪' | '♫')).to_owned()
}

/// The end of the tag that a text opens with; `None` if it opens with none.
fn tag_end(text: &str) -> Option<usize> {
    const LONGEST: usize = 200;
    let second = *text.as_bytes().get(1)?;
    let closing = match text.as_bytes()[0] {
        b'<' if second.is_ascii_alphanumeric() || second == b'/' => b'>',
        b'{' if second == b'\\' => b'}',
        _ => return None,
    };
    text.bytes().take(LONGEST).position(|byte| byte == closing).map(|at| at + 1)
}

/// Whether a line tells a sound: `[APPLAUSE]`, `(music)`.
pub(super) fn is_sound(line: &str) -> bool {
    let inside = |open: char, close: char| {
        line.strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
            .is_some_and(|rest| !rest.contains(open))
    };
    inside('[', ']') || inside('(', ')')
}

/// A name in words with capitals: captions write it in capitals to tell it from what is said. One word may be an acronym.
pub(super) fn as_name(label: &str) -> String {
    let is_in_capitals = !label.chars().any(char::is_lowercase);
    let words: Vec<&str> = label.split_whitespace().collect();
    if !is_in_capitals || words.len() < 2 {
        return label.to_owned();
    }
    let capitalised = |word: &str| {
        let mut before = ' ';
        let mut name = String::with_capacity(word.len());
        for c in word.chars() {
            if before.is_alphabetic() {
                name.extend(c.to_lowercase());
            } else {
                name.push(c);
            }
            before = c;
        }
        name
    };
    words.into_iter().map(capitalised).collect::<Vec<_>>().join(" ")
}

/// The name before a colon, and what is said: words in capitals, or names as they are written: `JANE DOE:`, `Mayor Doe:`.
pub(super) fn speaker(line: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 40;
    const MOST_WORDS: usize = 4;
    let (name, said) = line.split_once(':')?;
    let name = name.trim();
    let is_name = |word: &str| {
        word.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic())
            && !word.contains(['?', '!', ',', ';', '"'])
    };
    let is_time = name.ends_with(|c: char| c.is_ascii_digit())
        && said.starts_with(|c: char| c.is_ascii_digit());
    let words = name.split_whitespace().count();
    let is_speaker = (1..=MOST_WORDS).contains(&words)
        && name.len() <= LONGEST
        && name.chars().any(char::is_alphabetic)
        && name.split_whitespace().all(is_name)
        && (words > 1 || !name.chars().any(char::is_lowercase));
    let is_parted = said.is_empty() || said.starts_with(char::is_whitespace);
    (is_speaker && is_parted && !is_time).then(|| (name, said.trim()))
}
