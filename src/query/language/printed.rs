//! Clauses in the words of the query language: [`super::parse()`] reads them back as the same clauses.

use std::fmt::{self, Display, Formatter};

use super::clause::{
    Clause, ClauseKind, FacetClause, JoinedWords, NumberField, Pattern, Scope, TextClause, Value,
    Within, WordPattern,
};
use super::quoted::escaped;
use crate::article::Facet;
use crate::text;

/// The query that finds exactly what has this value of a facet, as it can be typed.
pub fn value_query(facet: Facet, value: &str) -> String {
    FacetClause { facet, value: Value::Whole(value.to_owned()) }.to_string()
}

impl Display for Clause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ClauseKind::All => f.write_str("*"),
            ClauseKind::And(clauses) => group(f, clauses, " "),
            ClauseKind::Or(clauses) => group(f, clauses, " OR "),
            ClauseKind::Not(inner) if matches!(inner.kind, ClauseKind::Not(_)) => {
                write!(f, "NOT {inner}")
            }
            ClauseKind::Not(inner) => write!(f, "-{inner}"),
            ClauseKind::Boost(inner, boost) => write!(f, "{inner}^{boost}"),
            ClauseKind::Text(text) => write!(f, "{text}"),
            ClauseKind::Quotation(inner) if inner.kind == ClauseKind::All => f.write_str("said:*"),
            ClauseKind::Quotation(inner) if excludes(inner) => write!(f, "said:({inner})"),
            ClauseKind::Quotation(inner) => write!(f, "{inner}"),
            ClauseKind::Facet(facet) => write!(f, "{facet}"),
            ClauseKind::Days(first, last) => write!(f, "date:{}..{}", Day(*first), Day(*last)),
            ClauseKind::Number(field, first, last) => {
                let name = match field {
                    NumberField::Words => "words",
                    NumberField::Confidence => "confidence",
                };
                write!(f, "{name}:{first}..")?;
                if *last < f64::MAX { write!(f, "{last}") } else { Ok(()) }
            }
            ClauseKind::Id(id) => write!(f, "id:\"{}\"", escaped(id)),
        }
    }
}

/// Whether it contains an exclusion, which in a quotation must stay inside of it.
fn excludes(clause: &Clause) -> bool {
    matches!(clause.kind, ClauseKind::Not(_)) || clause.parts().iter().any(excludes)
}

fn group<T: Display>(f: &mut Formatter<'_>, parts: &[T], between: &str) -> fmt::Result {
    f.write_str("(")?;
    for (n, part) in parts.iter().enumerate() {
        let before = if n == 0 { "" } else { between };
        write!(f, "{before}{part}")?;
    }
    f.write_str(")")
}

/// A day as a date; nothing for an open end.
struct Day(i64);

impl Display for Day {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.0 / 10_000, self.0 / 100 % 100, self.0 % 100);
        match (year, month, day) {
            (0 | 9999, ..) => Ok(()),
            // Last days of months are counted as 31 whatever the calendar says.
            (_, 2, 30 | 31) | (_, 4 | 6 | 9 | 11, 31) => write!(f, "{year:04}-{month:02}"),
            _ => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

impl Display for TextClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self.scope {
            Scope::Default => "",
            Scope::Title => "title:",
            Scope::Body => "body:",
            Scope::Lead => "lead:",
            Scope::Said => "said:",
        })?;
        match self.at_least {
            1 => write!(f, "{}", InText(&self.pattern)),
            times => write!(f, "atleast{times}({})", InText(&self.pattern)),
        }
    }
}

/// A pattern of a text, in which words without a mark stand for all of their forms.
struct InText<'p>(&'p Pattern);

impl Display for InText<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Pattern::Word(word) => write!(f, "{word}"),
            Pattern::Phrase { words, joined, slop } => phrase(f, words, joined, *slop),
            other => compound(f, other, InText),
        }
    }
}

/// A pattern of a name, in which words without a mark stand for themselves, and quotation marks for the whole name.
struct InName<'p>(&'p Pattern);

impl Display for InName<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Pattern::Word(WordPattern::Exact(word)) => f.write_str(word),
            Pattern::Word(word) => write!(f, "{word}"),
            Pattern::Phrase { words, joined, slop: None } => {
                f.write_str(&written(words, joined, ".", str::to_owned))?;
                distance(f, words)
            }
            Pattern::Phrase { words, joined, slop } => phrase(f, words, joined, *slop),
            other => compound(f, other, InName),
        }
    }
}

/// Alternatives, or patterns near each other.
fn compound<'p, T: Display>(
    f: &mut Formatter<'_>,
    pattern: &'p Pattern,
    part: fn(&'p Pattern) -> T,
) -> fmt::Result {
    match pattern {
        Pattern::Word(_) | Pattern::Phrase { .. } => write!(f, "{}", part(pattern)),
        Pattern::Or(patterns) => group(f, &patterns.iter().map(part).collect::<Vec<_>>(), " OR "),
        Pattern::Near { left, right, within, ordered, negated } => {
            let (left, right) = (part(left), part(right));
            let not = if *negated { "not " } else { "" };
            let name = if *ordered { "pre" } else { "w" };
            match within {
                Within::Words(n) => write!(f, "({left} {not}{name}/{n} {right})"),
                Within::Sentence => write!(f, "({left} {not}{name}/s {right})"),
                Within::Paragraph => write!(f, "({left} {not}{name}/p {right})"),
            }
        }
    }
}

/// In quotation marks if no word is stemmed, fuzzy or spelled, else without spaces.
fn phrase(
    f: &mut Formatter<'_>,
    words: &[WordPattern],
    joined: &[JoinedWords],
    slop: Option<u32>,
) -> fmt::Result {
    let is_quotable = |word: &WordPattern| {
        matches!(word, WordPattern::Exact(_) | WordPattern::Glob(_) | WordPattern::Gap)
    };
    if words.iter().all(is_quotable) {
        write!(f, "\"{}\"", written(words, joined, " ", str::to_owned))?;
        return slop.map_or(Ok(()), |slop| write!(f, "~{slop}"));
    }
    f.write_str(match words.first() {
        Some(WordPattern::Spelled(_)) => "=",
        Some(WordPattern::Cased(_)) => "==",
        _ => "",
    })?;
    // Among words that are stemmed, only one in capitals stands for itself.
    f.write_str(&written(words, joined, ".", str::to_uppercase))?;
    distance(f, words)
}

/// Words with what stands between them, `between` those that are not joined; `exact` writes those that stand for themselves.
fn written(
    words: &[WordPattern],
    joined: &[JoinedWords],
    between: &str,
    exact: impl Fn(&str) -> String,
) -> String {
    let mut written = String::new();
    for (at, word) in words.iter().enumerate() {
        let before = joined.iter().find(|j| (j.first + 1..j.first + j.words).contains(&at));
        written.push_str(match before {
            _ if at == 0 => "",
            Some(joined) => between_joined(&words[joined.first..joined.first + joined.words]),
            None => between,
        });
        match word {
            WordPattern::Exact(word) => written.push_str(&exact(word)),
            _ => written.push_str(word.text()),
        }
    }
    written
}

/// The edit distance of fuzzy words.
fn distance(f: &mut Formatter<'_>, words: &[WordPattern]) -> fmt::Result {
    match words.first() {
        Some(WordPattern::Fuzzy(_, distance)) => write!(f, "~{distance}"),
        _ => Ok(()),
    }
}

/// What stands between words that may be one: the groups of an amount are parted by commas, all others by hyphens.
fn between_joined(words: &[WordPattern]) -> &'static str {
    let is_amount = |word: &WordPattern| {
        word.text().len() == 3 && word.text().bytes().all(|byte| byte.is_ascii_digit())
    };
    if words[1..].iter().all(is_amount) && words[0].text().len() <= 3 { "," } else { "-" }
}

impl WordPattern {
    /// Its text without operators.
    fn text(&self) -> &str {
        match self {
            Self::Stem(text)
            | Self::Exact(text)
            | Self::Spelled(text)
            | Self::Cased(text)
            | Self::Glob(text)
            | Self::Fuzzy(text, _)
            | Self::Regex(text) => text,
            Self::Gap => "*",
        }
    }
}

impl Display for WordPattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stem(_) | Self::Glob(_) | Self::Gap => f.write_str(self.text()),
            Self::Exact(word) if !text::is_stemmed(word) => f.write_str(word),
            Self::Exact(word) => write!(f, "\"{word}\""),
            Self::Spelled(word) => write!(f, "={word}"),
            Self::Cased(word) => write!(f, "=={word}"),
            Self::Fuzzy(word, distance) => write!(f, "{word}~{distance}"),
            Self::Regex(expression) => write!(f, "/{}/", expression.replace('/', "\\/")),
        }
    }
}

impl Display for FacetClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let name = self.facet.name();
        match &self.value {
            Value::Any => write!(f, "{name}:*"),
            Value::Part(pattern) => write!(f, "{name}:{}", InName(pattern)),
            Value::Whole(value) => write!(f, "{name}:\"{}\"", escaped(value)),
            Value::Folded(value) => write!(f, "{name}:\"={}\"", escaped(value)),
            Value::Regex(expression) => write!(f, "{name}:/{expression}/"),
            Value::Range(first, last) => {
                let end = |end: &Option<String>| end.clone().unwrap_or_default();
                write!(f, "{name}:{}..{}", end(first), end(last))
            }
            Value::Open => write!(f, "{name}:open"),
        }
    }
}
