//! The main language of an article. Scripts of one language, and the small words of some thirty others, settle nearly
//! all articles in a few microseconds; what they leave open, `whatlang`'s trigrams decide.

mod script;
mod words;

use crate::article::Article;
use crate::text::Text;

/// The trigrams need no more text than this, in bytes; they cost 200 ns a byte.
const TRIGRAMS: usize = 600;

/// Shorter texts are not guessed at, in bytes.
const SHORTEST: usize = 20;

/// Sets [`Article::language`], unless the file states it.
pub fn find(text: &Text<'_>, article: &mut Article) {
    if article.language.is_none() {
        article.language = main(text).map(str::to_owned);
    }
}

/// ISO 639-1 code of the language that most of `text` is written in.
fn main(text: &Text<'_>) -> Option<&'static str> {
    if text.body.len() < SHORTEST {
        return None;
    }
    match script::of(text.body) {
        script::Script::Latin => {
            let counts = words::count(text);
            let guess = || {
                let guess = if counts.are_few() { None } else { trigrams(text.body) };
                guess.filter(|language| counts.admits(language))
            };
            counts.settled().or_else(guess).or_else(|| counts.leading())
        }
        script::Script::One(code) => Some(code),
        script::Script::Several => trigrams(text.body),
        script::Script::None => None,
    }
}

fn trigrams(body: &str) -> Option<&'static str> {
    // The middle of the text: headlines and datelines are poor in words.
    let start = floor(body, body.len().saturating_sub(TRIGRAMS) / 2);
    let end = floor(body, body.len().min(start + TRIGRAMS));
    let found = whatlang::detect(&body[start..end]).filter(whatlang::Info::is_reliable)?;
    iso_639_1(found.lang().code())
}

fn floor(body: &str, mut at: usize) -> usize {
    while !body.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The two letters of the three that `whatlang` gives.
fn iso_639_1(code: &str) -> Option<&'static str> {
    const CODES: &[(&str, &str)] = &[
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "no"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
    ];
    let at = CODES.binary_search_by_key(&code, |(three, _)| three).ok()?;
    Some(CODES[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expected: Option<&str>) {
        assert_eq!(main(&Text::new(body)), expected, "{body}");
    }

    #[test]
    fn languages_are_told_apart() {
        for (body, code) in [
            (
                "The river rose on Monday after two days of rain, and the mayor said that it would fall again.",
                "en",
            ),
            (
                "Der Fluss ist am Montag nach zwei Tagen Regen gestiegen, wie die Stadt mitteilte, und er steigt weiter.",
                "de",
            ),
            (
                "Le fleuve est monté lundi après deux jours de pluie, a dit le maire, et il monte encore dans la ville.",
                "fr",
            ),
            (
                "El río creció el lunes después de dos días de lluvia, dijo el alcalde, y sigue creciendo en la ciudad.",
                "es",
            ),
            (
                "O rio subiu na segunda-feira depois de dois dias de chuva, disse o prefeito, e não para de subir.",
                "pt",
            ),
            (
                "Il fiume è salito lunedì dopo due giorni di pioggia, ha detto il sindaco, e non si ferma.",
                "it",
            ),
            (
                "De rivier is maandag na twee dagen regen gestegen, zei de burgemeester, en het water stijgt nog.",
                "nl",
            ),
            ("Река поднялась в понедельник после двух дней дождя, сообщил мэр города.", "ru"),
            (
                "Річка піднялася в понеділок після двох днів дощу, повідомив її міський голова.",
                "uk",
            ),
            (
                "ارتفع منسوب النهر يوم الاثنين بعد يومين من المطر كما قال رئيس البلدية في المدينة.",
                "ar",
            ),
            (
                "رودخانه پس از دو روز باران در روز دوشنبه بالا آمد و شهردار گفت که این آب می‌رود.",
                "fa",
            ),
            ("Ο ποταμός ανέβηκε τη Δευτέρα μετά από δύο ημέρες βροχής.", "el"),
            ("月曜日に川の水位が上がったと市長が述べた。", "ja"),
            ("市长星期一表示，两天的降雨之后河水上涨。居民已经撤离家园。", "zh"),
            ("시장은 월요일 이틀간 내린 비로 강물이 불어났다고 말했다.", "ko"),
            (
                "Sungai itu naik pada hari Senin setelah dua hari hujan dan akan turun dalam dua hari, kata wali kota.",
                "id",
            ),
            (
                "Nehir pazartesi günü iki gün süren yağmurdan sonra yükseldi ve daha da yükselecek dedi.",
                "tr",
            ),
        ] {
            check(body, Some(code));
        }
    }

    #[test]
    fn no_words_no_language() {
        check("12 34 56 78 90 12 34 56 78 90", None);
        check("short", None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(body in "\\PC{0,200}|([a-zA-Z ]{0,9}|[а-яі ]{0,9}|[ء-ي ]{0,9}){0,40}") {
            proptest::prop_assert_eq!(main(&Text::new(&body)), main(&Text::new(&body)));
        }
    }
}
