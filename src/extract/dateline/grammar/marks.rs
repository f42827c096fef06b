//! Punctuation marks and function words of datelines.

/// Whether `word` is a dash or one of the marks that teleprinters sent for it.
pub(super) fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | "―" | "_" | "−" | "‒" | "‐" | "=" | "\u{96}" | "\u{97}")
}

/// Whether `word` means *and* in one of the main languages.
pub(super) fn is_and(word: &str) -> bool {
    const WORDS: &[&str] =
        &["and", "And", "AND", "&", "und", "et", "y", "e", "и", "ve", "og", "och", "dan", "en"];
    WORDS.contains(&word)
}

/// Whether `word` may be an abbreviation in a place name, such as *St* or *N*, that segmentation parts from its full
/// stop.
pub(super) fn is_abbreviation(word: &str) -> bool {
    const WORDS: &[&str] =
        &["ST", "STE", "FT", "MT", "STS", "PT", "N", "S", "E", "W", "st", "ft", "mt", "Mt"];
    WORDS.contains(&word)
}

/// Whether `word` opens the words for a correspondent: `dal nostro inviato`.
pub(super) fn opens_correspondent(word: &str) -> bool {
    const WORDS: &[&str] = &["dal", "dalla", "de", "del", "von", "from", "van", "do", "da"];
    WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Whether `word` means a correspondent in one of the main languages.
pub(in crate::extract::dateline) fn is_correspondent(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "inviato",
        "inviata",
        "corrispondente",
        "correspondant",
        "correspondante",
        "corresponsal",
        "korrespondenten",
        "korrespondentin",
        "correspondent",
        "correspondente",
        "enviado",
        "enviada",
    ];
    WORDS.contains(&word.to_lowercase().as_str())
}

/// Whether `word` is a particle of place names.
pub(super) fn is_particle(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "de", "la", "las", "los", "le", "les", "lès", "du", "des", "del", "da", "do", "dos", "das",
        "di", "della", "of", "the", "on", "upon", "sur", "sous", "am", "an", "im", "in", "der",
        "ob", "bei", "el", "al", "na", "nad", "aan", "op", "den", "a", "pod",
    ];
    WORDS.contains(&word)
}
