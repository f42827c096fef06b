//! Values of options as they are typed, and what is said of those that cannot be meant. Dates are read in
//! [`crate::cli::request`], as they are a part of the question.

use clap::builder::PossibleValuesParser;

use crate::answer::printable::printable;
use crate::article::QuoteKind;

/// How many results.
pub(super) fn results(text: &str) -> Result<usize, String> {
    number(text, "number of results", "20")
}

/// How many results to skip.
pub(super) fn skipped(text: &str) -> Result<usize, String> {
    number(text, "number of results to skip", "20")
}

/// How many threads.
pub(super) fn threads(text: &str) -> Result<usize, String> {
    number(text, "number of threads", "4")
}

/// How many characters.
pub(super) fn characters(text: &str) -> Result<usize, String> {
    number(text, "number of characters", "60")
}

/// How many words.
pub(super) fn words(text: &str) -> Result<usize, String> {
    number(text, "number of words", "5")
}

/// The number of a run.
pub(super) fn run(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| wrong(text, "number of a run", "12"))
}

/// A confidence from 0 to 1.
pub(super) fn confidence(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| wrong(text, "confidence from 0 to 1", "0.8"))
}

/// The kinds of quotations.
pub(super) fn quote_kinds() -> PossibleValuesParser {
    let kinds = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect, QuoteKind::Belief];
    PossibleValuesParser::new(kinds.map(QuoteKind::as_str))
}

/// The bytes of a size such as `512M`, `2G`, `300000`.
pub(super) fn size(text: &str) -> Result<usize, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor: Option<usize> = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "" | "B" => Some(1),
        "K" | "KB" | "KIB" => Some(1 << 10),
        "M" | "MB" | "MIB" => Some(1 << 20),
        "G" | "GB" | "GIB" => Some(1 << 30),
        _ => None,
    };
    let (Some(factor), Ok(number)) = (factor, digits.parse::<usize>()) else {
        return Err(wrong(text, "size", "a number with K, M or G, such as 512M"));
    };
    number.checked_mul(factor).ok_or_else(|| "that is more than this machine can address".into())
}

/// Hours and minutes.
pub(super) fn time(text: &str) -> Result<(u8, u8), String> {
    let parse = || {
        let (hours, minutes) = text.split_once(':')?;
        let (hours, minutes) = (hours.parse().ok()?, minutes.parse().ok()?);
        (hours < 24 && minutes < 60).then_some((hours, minutes))
    };
    parse().ok_or_else(|| wrong(text, "time", "hours and minutes, such as 03:00"))
}

fn number(text: &str, what: &str, example: &str) -> Result<usize, String> {
    text.parse().map_err(|_| wrong(text, what, example))
}

fn wrong(text: &str, what: &str, example: &str) -> String {
    format!("{} is no {what}; try {example}", printable(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!(size("512M"), Ok(512 << 20));
        assert_eq!(size("2g"), Ok(2 << 30));
        assert!(size("much").is_err());
        assert!(size("-5").is_err_and(|why| why.starts_with("-5 is no size")));
    }

    #[test]
    fn times() {
        assert_eq!(time("03:05"), Ok((3, 5)));
        for wrong in ["24:00", "3", "3:60", "x:y", "-1"] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn numbers() {
        assert_eq!(results("20"), Ok(20));
        assert_eq!(results("-1"), Err("-1 is no number of results; try 20".into()));
        assert_eq!(confidence("0.5"), Ok(0.5));
        for wrong in ["-0.5", "2", "NaN", "x"] {
            assert!(confidence(wrong).is_err(), "{wrong}");
        }
    }
}
