//! The tokens of RTF: groups, control words, characters by their code, and text. Any bytes are tokens of some kind.

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\par`, `\u8217`: a name and perhaps a number.
    Word(&'a str, Option<i32>),
    /// `\~`, `\*`: a backslash and a character that is no letter.
    Symbol(u8),
    /// `\'e9`: a byte of text.
    Byte(u8),
    /// Bytes of text.
    Text(&'a [u8]),
}

/// The tokens of a document.
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

/// The longest name of a control word.
const LONGEST_NAME: usize = 32;

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    /// The token behind a backslash.
    fn control(&mut self) -> Option<Token<'a>> {
        let first = *self.rest.first()?;
        if first == b'\'' {
            self.take(1);
            let digits = self.rest.iter().take(2).take_while(|b| b.is_ascii_hexdigit()).count();
            let digits = std::str::from_utf8(self.take(digits)).unwrap_or_default();
            return Some(Token::Byte(u8::from_str_radix(digits, 16).unwrap_or(b'?')));
        }
        if !first.is_ascii_alphabetic() {
            self.take(1);
            return Some(Token::Symbol(first));
        }
        let letters = self.rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let name = self.take(letters);
        let number = self.number();
        if self.rest.first() == Some(&b' ') {
            self.take(1);
        }
        let name = std::str::from_utf8(&name[..letters.min(LONGEST_NAME)]).unwrap_or_default();
        if name == "bin" {
            // Bytes of a picture or an object, which may look like anything.
            self.take(usize::try_from(number.unwrap_or(0)).unwrap_or(0));
        }
        Some(Token::Word(name, number))
    }

    /// The number behind the name of a control word.
    fn number(&mut self) -> Option<i32> {
        let sign = usize::from(self.rest.first() == Some(&b'-'));
        let digits = self.rest.iter().skip(sign).take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        let figures = std::str::from_utf8(self.take(sign + digits)).unwrap_or_default();
        Some(figures.parse().unwrap_or(0))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            match *self.rest.first()? {
                b'{' => _ = self.take(1),
                b'}' => {
                    self.take(1);
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.take(1);
                    return self.control();
                }
                // Ends of lines and zeros are no text.
                b'\r' | b'\n' | 0 => {
                    self.take(1);
                    continue;
                }
                _ => {
                    let is_end = |b: &u8| matches!(b, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                    let end = self.rest.iter().position(is_end).unwrap_or(self.rest.len());
                    return Some(Token::Text(self.take(end)));
                }
            }
            return Some(Token::Open);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(rtf: &str) -> Vec<Token<'_>> {
        Tokens::new(rtf.as_bytes()).collect()
    }

    #[test]
    fn words_symbols_and_bytes_are_told_apart() {
        assert_eq!(
            tokens("{\\b0 River\\'e9\\~\\u-3913?}"),
            [
                Token::Open,
                Token::Word("b", Some(0)),
                Token::Text(b"River"),
                Token::Byte(0xe9),
                Token::Symbol(b'~'),
                Token::Word("u", Some(-3913)),
                Token::Text(b"?"),
                Token::Close,
            ]
        );
    }

    #[test]
    fn binary_data_are_passed_over() {
        assert_eq!(tokens("\\bin4 }}}}a"), [Token::Word("bin", Some(4)), Token::Text(b"a")]);
        assert_eq!(tokens("\\bin2147483647 a"), [Token::Word("bin", Some(i32::MAX))]);
        assert_eq!(tokens("\\bin-3 a"), [Token::Word("bin", Some(-3)), Token::Text(b"a")]);
    }
}
