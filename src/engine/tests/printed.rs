//! Made queries as they are typed.

use std::fmt;

use super::oracle::{Ask, Field, Named};
use super::places::{Part, Word};
use crate::query::language::clause::Within;

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stem(word) | Self::Glob(word) => f.write_str(word),
            Self::Exact(word) => write!(f, "\"{word}\""),
            Self::Spelled(word, false) => write!(f, "={word}"),
            Self::Spelled(word, true) => write!(f, "=={word}"),
            Self::Fuzzy(word, distance) => write!(f, "{word}~{distance}"),
            Self::Regex(text, _) => write!(f, "/{text}/"),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => write!(f, "{word}"),
            Self::Hyphenated(left, right, _) => write!(f, "{left}-{right}"),
            Self::Phrase(words, slop) => {
                let words: Vec<_> = words.iter().map(|w| w.to_string().replace('"', "")).collect();
                write!(f, "“{}\"", words.join(" "))?;
                slop.map_or(Ok(()), |slop| write!(f, "~{slop}"))
            }
            Self::Or(parts) => write!(f, "({})", joined(parts, " OR ")),
            Self::Near { left, right, within, ordered, negated } => {
                let name = if *ordered { "pre" } else { "w" };
                let not = if *negated { "not " } else { "" };
                let distance = match within {
                    Within::Words(n) => n.to_string(),
                    Within::Sentence => "s".to_owned(),
                    Within::Paragraph => "p".to_owned(),
                };
                write!(f, "({left} {not}{name}/{distance} {right})")
            }
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Title => "title",
            Self::Lead => "lead",
            Self::Body => "body",
            Self::Said => "said",
        })
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::Part(part) => f.write_str(part),
            Self::Either(a, b) => write!(f, "({a} OR {b})"),
            Self::Phrase(phrase) => f.write_str(&phrase.replace(' ', "-")),
            Self::Whole(whole) => write!(f, "\"{whole}\""),
            Self::Folded(whole) => write!(f, "\"={whole}\""),
        }
    }
}

impl fmt::Display for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(part) => write!(f, "{part}"),
            Self::AtLeast(times, part) => write!(f, "atleast{times}({part})"),
            Self::In(field, parts) => match &parts[..] {
                [part] => write!(f, "{field}:{part}"),
                _ => write!(f, "{field}:({})", joined(parts, " ")),
            },
            Self::AtLeastIn(field, times, part) => write!(f, "{field}:atleast{times}({part})"),
            Self::Name(field, named) => write!(f, "{field}:{named}"),
            Self::Country(field, text, _) => write!(f, "{field}:{text}"),
            Self::Length(text, ..) => write!(f, "words:{text}"),
            Self::Has(field) => write!(f, "{field}:*"),
            Self::Boost(ask, boost) => write!(f, "({ask})^{boost}"),
            Self::License(text, _) => write!(f, "license:{text}"),
            Self::Date(text, ..) => write!(f, "date:{text}"),
            Self::And(asks) if asks.len() == 2 => write!(f, "({})", joined(asks, " AND ")),
            Self::And(asks) => write!(f, "({})", joined(asks, " ")),
            Self::Or(asks) => write!(f, "({})", joined(asks, " OR ")),
            Self::Not(ask) if matches!(**ask, Self::Not(_) | Self::Name(..)) => {
                write!(f, "NOT {ask}")
            }
            Self::Not(ask) => write!(f, "-{ask}"),
        }
    }
}

fn joined(parts: &[impl fmt::Display], with: &str) -> String {
    parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(with)
}
