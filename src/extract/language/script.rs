//! The script of a text, and its language where one major language alone uses the script or some of its letters.

/// The script of most letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// Latin letters: the language follows from the words.
    Latin,
    /// A script, or letters, of the language with this ISO 639-1 code.
    OfOneLanguage(&'static str),
    /// Any other script of several languages.
    OfSeveralLanguages,
    /// No letters.
    None,
}

/// Bytes of each of the three windows in which letters are counted.
const WINDOW: usize = 240;

/// Returns the script of most letters in windows at the start, at a third and at two thirds of the text.
pub(super) fn of(body: &str) -> Script {
    let third = body.len() / 3;
    let mut counts = LetterCounts::default();
    for start in [0, third, 2 * third] {
        let start = char_boundary_after(body, start);
        let end = char_boundary_after(body, body.len().min(start + WINDOW));
        counts.add(&body[start..end]);
    }
    counts.script()
}

fn char_boundary_after(body: &str, at: usize) -> usize {
    (at..=body.len()).find(|&i| body.is_char_boundary(i)).unwrap_or(body.len())
}

/// The number of letters by script.
#[derive(Default)]
struct LetterCounts {
    latin: u32,
    cyrillic: u32,
    /// `і ї є ґ`
    ukrainian: u32,
    /// `ы э ё ъ`, which Ukrainian lacks.
    russian: u32,
    /// Letters that only other Cyrillic alphabets have.
    other_cyrillic: u32,
    arabic: u32,
    /// `پ چ ژ گ ی ک`
    persian: u32,
    /// `ٹ ڈ ڑ ے ں ہ`
    urdu: u32,
    han: u32,
    kana: u32,
    hangul: u32,
    greek: u32,
    hebrew: u32,
    thai: u32,
    devanagari: u32,
    georgian: u32,
    armenian: u32,
    bengali: u32,
    tamil: u32,
    other: u32,
}

impl LetterCounts {
    fn add(&mut self, text: &str) {
        if text.is_ascii() {
            self.latin += text.bytes().filter(u8::is_ascii_alphabetic).count() as u32;
            return;
        }
        for c in text.chars() {
            match c {
                'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
                    self.latin += 1;
                }
                '\u{400}'..='\u{4ff}' => self.add_cyrillic(c),
                '\u{600}'..='\u{6ff}' => self.add_arabic(c),
                '\u{3040}'..='\u{30ff}' => self.kana += 1,
                '\u{3400}'..='\u{9fff}' => self.han += 1,
                '\u{ac00}'..='\u{d7a3}' => self.hangul += 1,
                '\u{370}'..='\u{3ff}' => self.greek += 1,
                '\u{590}'..='\u{5ff}' => self.hebrew += 1,
                '\u{e00}'..='\u{e7f}' => self.thai += 1,
                '\u{900}'..='\u{97f}' => self.devanagari += 1,
                '\u{10a0}'..='\u{10ff}' => self.georgian += 1,
                '\u{530}'..='\u{58f}' => self.armenian += 1,
                '\u{980}'..='\u{9ff}' => self.bengali += 1,
                '\u{b80}'..='\u{bff}' => self.tamil += 1,
                _ if c.is_alphabetic() => self.other += 1,
                _ => {}
            }
        }
    }

    fn add_cyrillic(&mut self, c: char) {
        self.cyrillic += 1;
        match c {
            'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' => self.ukrainian += 1,
            'ы' | 'э' | 'ё' | 'Ы' | 'Э' => self.russian += 1,
            'ў' | 'ј' | 'љ' | 'њ' | 'ћ' | 'ђ' | 'ќ' | 'ѓ' | 'џ' | 'ә' | 'қ' | 'ғ' | 'ү' | 'ұ'
            | 'ң' | 'ө' | 'һ' => {
                self.other_cyrillic += 1;
            }
            _ => {}
        }
    }

    fn add_arabic(&mut self, c: char) {
        self.arabic += u32::from(c.is_alphabetic());
        match c {
            'پ' | 'چ' | 'ژ' | 'گ' | 'ی' | 'ک' => self.persian += 1,
            'ٹ' | 'ڈ' | 'ڑ' | 'ے' | 'ں' | 'ہ' => self.urdu += 1,
            _ => {}
        }
    }

    fn script(&self) -> Script {
        let cjk = self.han + self.kana;
        let scripts = [
            (self.latin, Script::Latin),
            (self.cyrillic, self.cyrillic_language()),
            (self.arabic, self.arabic_language()),
            (cjk, Script::OfOneLanguage(if self.kana * 10 > self.han { "ja" } else { "zh" })),
            (self.hangul, Script::OfOneLanguage("ko")),
            (self.greek, Script::OfOneLanguage("el")),
            (self.hebrew, Script::OfOneLanguage("he")),
            (self.thai, Script::OfOneLanguage("th")),
            (self.devanagari, Script::OfSeveralLanguages),
            (self.georgian, Script::OfOneLanguage("ka")),
            (self.armenian, Script::OfOneLanguage("hy")),
            (self.bengali, Script::OfOneLanguage("bn")),
            (self.tamil, Script::OfOneLanguage("ta")),
            (self.other, Script::OfSeveralLanguages),
        ];
        // An ideograph stands for a word, so it weighs more than a letter.
        let weight = |(i, count): (usize, u32)| if i == 3 { 3 * count } else { count };
        let best = scripts.iter().enumerate().max_by_key(|(i, (count, _))| weight((*i, *count)));
        best.filter(|(_, (count, _))| *count > 0).map_or(Script::None, |(_, (_, script))| *script)
    }

    fn cyrillic_language(&self) -> Script {
        if self.other_cyrillic > 0 {
            Script::OfSeveralLanguages
        } else if self.ukrainian > 0 && self.russian == 0 {
            Script::OfOneLanguage("uk")
        } else if self.russian > 0 && self.ukrainian == 0 {
            Script::OfOneLanguage("ru")
        } else {
            Script::OfSeveralLanguages
        }
    }

    fn arabic_language(&self) -> Script {
        if self.urdu * 20 > self.arabic {
            Script::OfOneLanguage("ur")
        } else if self.persian * 20 > self.arabic {
            Script::OfOneLanguage("fa")
        } else if self.persian + self.urdu == 0 {
            Script::OfOneLanguage("ar")
        } else {
            Script::OfSeveralLanguages
        }
    }
}
