//! Converts the languages of metadata to ISO 639-1: `en-US`, `eng`, `English`, `langue:fr`.

/// Three-letter codes (ISO 639-2/B and 639-2/T) and names of languages, with their ISO 639-1 codes.
const NAMES: &[(&str, &str)] = &[
    ("alemán", "de"),
    ("alemão", "de"),
    ("allemand", "de"),
    ("anglais", "en"),
    ("ara", "ar"),
    ("arabic", "ar"),
    ("bul", "bg"),
    ("ces", "cs"),
    ("chi", "zh"),
    ("chinese", "zh"),
    ("cze", "cs"),
    ("dan", "da"),
    ("danish", "da"),
    ("dansk", "da"),
    ("deu", "de"),
    ("deutsch", "de"),
    ("duits", "de"),
    ("dut", "nl"),
    ("dutch", "nl"),
    ("ell", "el"),
    ("eng", "en"),
    ("engels", "en"),
    ("englisch", "en"),
    ("english", "en"),
    ("espagnol", "es"),
    ("espanol", "es"),
    ("español", "es"),
    ("fas", "fa"),
    ("fin", "fi"),
    ("finnish", "fi"),
    ("fra", "fr"),
    ("francais", "fr"),
    ("francese", "fr"),
    ("francés", "fr"),
    ("francês", "fr"),
    ("frans", "fr"),
    ("französisch", "fr"),
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
    ("ingles", "en"),
    ("inglese", "en"),
    ("inglés", "en"),
    ("inglês", "en"),
    ("ita", "it"),
    ("italiaans", "it"),
    ("italian", "it"),
    ("italiano", "it"),
    ("italien", "it"),
    ("italienisch", "it"),
    ("japanese", "ja"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("korean", "ko"),
    ("lat", "la"),
    ("ltz", "lb"),
    ("nederlands", "nl"),
    ("neerlandés", "nl"),
    ("niederländisch", "nl"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("nor", "no"),
    ("norsk", "no"),
    ("norwegian", "no"),
    ("néerlandais", "nl"),
    ("olandese", "nl"),
    ("per", "fa"),
    ("persian", "fa"),
    ("pol", "pl"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("por", "pt"),
    ("portoghese", "pt"),
    ("portugais", "pt"),
    ("portugees", "pt"),
    ("portugiesisch", "pt"),
    ("portuguese", "pt"),
    ("portugués", "pt"),
    ("português", "pt"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("rus", "ru"),
    ("russe", "ru"),
    ("russian", "ru"),
    ("russisch", "ru"),
    ("spa", "es"),
    ("spaans", "es"),
    ("spagnolo", "es"),
    ("spanisch", "es"),
    ("spanish", "es"),
    ("srp", "sr"),
    ("svenska", "sv"),
    ("swe", "sv"),
    ("swedish", "sv"),
    ("tedesco", "de"),
    ("tur", "tr"),
    ("turkish", "tr"),
    ("ukr", "uk"),
    ("ukrainian", "uk"),
    ("vie", "vi"),
    ("zho", "zh"),
    ("русский", "ru"),
    ("中文", "zh"),
    ("日本語", "ja"),
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

/// The ISO 639-1 code of the language whose name, in one of some languages, is the whole line.
pub(super) fn named(line: &str) -> Option<&'static str> {
    const SHORTEST: usize = 4;
    let line = line.trim().to_lowercase();
    let name = NAMES.iter().find(|(name, _)| name.len() >= SHORTEST && *name == line);
    name.map(|(_, code)| *code)
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
