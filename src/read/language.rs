//! Converts the languages of metadata to ISO 639-1: `en-US`, `eng`, `English`, `langue:fr`.

/// Three-letter codes (ISO 639-2/B and 639-2/T) and names of languages, with their ISO 639-1 codes.
const NAMES: &[(&str, &str)] = &[
    ("ara", "ar"),
    ("arabic", "ar"),
    ("bul", "bg"),
    ("ces", "cs"),
    ("chi", "zh"),
    ("chinese", "zh"),
    ("cze", "cs"),
    ("dan", "da"),
    ("danish", "da"),
    ("deu", "de"),
    ("deutsch", "de"),
    ("dut", "nl"),
    ("dutch", "nl"),
    ("ell", "el"),
    ("eng", "en"),
    ("english", "en"),
    ("espanol", "es"),
    ("español", "es"),
    ("fas", "fa"),
    ("fin", "fi"),
    ("finnish", "fi"),
    ("fra", "fr"),
    ("francais", "fr"),
    ("français", "fr"),
    ("fre", "fr"),
    ("french", "fr"),
    ("ger", "de"),
    ("german", "de"),
    ("gre", "el"),
    ("greek", "el"),
    ("heb", "he"),
    ("hebrew", "he"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("ind", "id"),
    ("ita", "it"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("korean", "ko"),
    ("lat", "la"),
    ("ltz", "lb"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("nor", "no"),
    ("norwegian", "no"),
    ("per", "fa"),
    ("persian", "fa"),
    ("pol", "pl"),
    ("polish", "pl"),
    ("por", "pt"),
    ("portuguese", "pt"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("rus", "ru"),
    ("russian", "ru"),
    ("spa", "es"),
    ("spanish", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("swedish", "sv"),
    ("tur", "tr"),
    ("turkish", "tr"),
    ("ukr", "uk"),
    ("ukrainian", "uk"),
    ("vie", "vi"),
    ("zho", "zh"),
];

/// The ISO 639-1 code of the language that `tag` names.
pub(super) fn code(tag: &str) -> Option<String> {
    let tag = tag.trim().to_lowercase();
    let bare = tag.rsplit([':', '/']).next()?;
    let main = bare.split(['-', '_', ';', ',', ' ']).next()?;
    if main.len() == 2 && main.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some(main.to_owned());
    }
    NAMES.iter().find(|(name, _)| *name == main).map(|(_, code)| (*code).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tag: &str, expected: Option<&str>) {
        assert_eq!(code(tag).as_deref(), expected, "{tag}");
    }

    #[test]
    fn language_tags_are_converted() {
        check("en-US", Some("en"));
        check("ENG", Some("en"));
        check("English", Some("en"));
        check("x-default", None);
        check("urn:lang:fr", Some("fr"));
        check("", None);
    }
}
