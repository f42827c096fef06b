//! Clauses in the words of the query language: what [`crate::query::language()`] reads back as the same clauses.

use std::fmt::{self, Display, Formatter};

use super::clause::{
    Clause, FacetClause, Kind, NumberField, Pattern, Scope, TextClause, Value, Within, WordPattern,
};

/// The clauses that a clause is made of.
pub(crate) fn parts(clause: &Clause) -> &[Clause] {
    match &clause.kind {
        Kind::And(clauses) | Kind::Or(clauses) => clauses,
        Kind::Not(inner) | Kind::Boost(inner, _) | Kind::Quotation(inner) => {
            std::slice::from_ref(inner)
        }
        _ => &[],
    }
}

/// What a clause does with its parts.
pub(crate) fn role(clause: &Clause) -> &'static str {
    match &clause.kind {
        Kind::And(_) => "all of",
        Kind::Or(clauses) if clauses.is_empty() => "nothing",
        Kind::Or(_) => "any of",
        Kind::Not(_) => "not",
        Kind::Boost(..) => "weighted",
        Kind::Quotation(_) => "one quotation with",
        _ => "",
    }
}

impl Display for Clause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::All => f.write_str("*"),
            Kind::And(clauses) => group(f, clauses, " "),
            Kind::Or(clauses) => group(f, clauses, " OR "),
            Kind::Not(inner) if matches!(inner.kind, Kind::Not(_)) => write!(f, "NOT {inner}"),
            Kind::Not(inner) => write!(f, "-{inner}"),
            Kind::Boost(inner, boost) => write!(f, "{inner}^{boost}"),
            Kind::Text(text) => write!(f, "{text}"),
            Kind::Quotation(inner) if inner.kind == Kind::All => f.write_str("said:*"),
            Kind::Quotation(inner) if excludes(inner) => write!(f, "said:({inner})"),
            Kind::Quotation(inner) => write!(f, "{inner}"),
            Kind::Facet(facet) => write!(f, "{facet}"),
            Kind::Days(first, last) => write!(f, "date:{}..{}", Day(*first), Day(*last)),
            Kind::Number(field, first, last) => {
                let name = match field {
                    NumberField::Words => "words",
                    NumberField::Confidence => "confidence",
                };
                write!(f, "{name}:{first}..")?;
                if *last < f64::MAX { write!(f, "{last}") } else { Ok(()) }
            }
            Kind::Id(id) => write!(f, "id:\"{id}\""),
        }
    }
}

/// Is there an exclusion in it? In a quotation it must stay inside.
fn excludes(clause: &Clause) -> bool {
    matches!(clause.kind, Kind::Not(_)) || parts(clause).iter().any(excludes)
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
            1 => write!(f, "{}", self.pattern),
            times => write!(f, "atleast{times}({})", self.pattern),
        }
    }
}

impl Display for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => write!(f, "{word}"),
            Self::Phrase { words, slop } => phrase(f, words, *slop),
            Self::Or(patterns) => group(f, patterns, " OR "),
            Self::Near { left, right, within, ordered, negated } => {
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
}

/// In quotation marks if its words stand as they are, else joined by hyphens: `al-sadr`.
fn phrase(f: &mut Formatter<'_>, words: &[WordPattern], slop: Option<u32>) -> fmt::Result {
    let is_as_is = |w: &WordPattern| !matches!(w, WordPattern::Stem(_) | WordPattern::Fuzzy(..));
    if words.iter().all(is_as_is) {
        let words: Vec<_> = words.iter().map(|w| w.text().to_owned()).collect();
        write!(f, "\"{}\"", words.join(" "))?;
        return slop.map_or(Ok(()), |slop| write!(f, "~{slop}"));
    }
    let texts: Vec<_> = words.iter().map(WordPattern::text).collect();
    write!(f, "{}", texts.join("-"))?;
    match words.first() {
        Some(WordPattern::Fuzzy(_, distance)) => write!(f, "~{distance}"),
        _ => Ok(()),
    }
}

impl WordPattern {
    /// Without the marks that say how it is meant.
    fn text(&self) -> &str {
        match self {
            Self::Stem(text)
            | Self::Exact(text)
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
            Self::Exact(word) => write!(f, "={word}"),
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
            Value::Part(pattern) => write!(f, "{name}:{pattern}"),
            Value::Whole(value) => write!(f, "{name}:\"={value}\""),
            Value::Glob(glob) => write!(f, "{name}:\"{glob}\""),
            Value::Regex(expression) => write!(f, "{name}:/{expression}/"),
            Value::Range(first, last) => {
                let end = |end: &Option<String>| end.clone().unwrap_or_default();
                write!(f, "{name}:{}..{}", end(first), end(last))
            }
            Value::Open => write!(f, "{name}:open"),
        }
    }
}
