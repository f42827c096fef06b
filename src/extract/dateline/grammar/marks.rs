//! Marks and small words of datelines.

/// Dashes, and what takes their place on old lines.
pub(super) fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | "―" | "_" | "−" | "‒" | "‐" | "=" | "\u{96}" | "\u{97}")
}

/// What joins the last of several places.
pub(super) fn is_and(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "And"
            | "AND"
            | "&"
            | "und"
            | "et"
            | "y"
            | "e"
            | "и"
            | "ve"
            | "og"
            | "och"
            | "dan"
            | "en"
    )
}

/// Words that keep their full stop inside a name and are no abbreviations of [`Text`].
pub(super) fn is_saint(word: &str) -> bool {
    matches!(
        word,
        "ST" | "STE"
            | "FT"
            | "MT"
            | "STS"
            | "PT"
            | "N"
            | "S"
            | "E"
            | "W"
            | "st"
            | "ft"
            | "mt"
            | "Mt"
    )
}

/// Small words inside the names of places.
pub(super) fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "la"
            | "las"
            | "los"
            | "le"
            | "les"
            | "lès"
            | "du"
            | "des"
            | "del"
            | "da"
            | "do"
            | "dos"
            | "das"
            | "di"
            | "della"
            | "of"
            | "the"
            | "on"
            | "upon"
            | "sur"
            | "sous"
            | "am"
            | "an"
            | "im"
            | "in"
            | "der"
            | "ob"
            | "bei"
            | "el"
            | "al"
            | "na"
            | "nad"
            | "aan"
            | "op"
            | "den"
            | "a"
            | "pod"
    )
}
