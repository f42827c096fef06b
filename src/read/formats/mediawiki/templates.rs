//! The words that a template of wikitext stands for, by the table of templates (`templates.tsv`, which states its own source
//! and license). The values are wikitext; the caller turns the words into text.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::tables::tsv;

/// Names of templates and the words of each, as the table states them.
struct TemplateTable {
    exact: FxHashMap<&'static str, Rule>,
    /// The beginnings of names, longest first.
    beginnings: Vec<(&'static str, Rule)>,
    /// The ends of names.
    ends: Vec<(&'static str, Rule)>,
}

/// How the words of a template are made of its values.
#[derive(Clone, Copy)]
enum Rule {
    Show(&'static str),
    Quote { text: &'static str, speaker: &'static str },
    Measure,
    List(&'static str),
    None,
}

static TABLE: LazyLock<TemplateTable> = LazyLock::new(|| {
    let mut table =
        TemplateTable { exact: FxHashMap::default(), beginnings: Vec::new(), ends: Vec::new() };
    for [names, rule] in tsv::rows(include_str!("templates.tsv")) {
        let rule = Rule::of(rule);
        for name in names.split(';') {
            if let Some(beginning) = name.strip_suffix('*') {
                table.beginnings.push((beginning, rule));
            } else if let Some(end) = name.strip_prefix('*') {
                table.ends.push((end, rule));
            } else {
                table.exact.entry(name).or_insert(rule);
            }
        }
    }
    table.beginnings.sort_by_key(|(beginning, _)| std::cmp::Reverse(beginning.len()));
    table
});

impl Rule {
    fn of(cell: &'static str) -> Self {
        let (kind, rest) = cell.split_once(' ').unwrap_or((cell, ""));
        match kind {
            "show" => Self::Show(rest),
            "quote" => {
                let (text, speaker) = rest.split_once(' ').unwrap_or((rest, ""));
                Self::Quote { text, speaker }
            }
            "measure" => Self::Measure,
            "list" => Self::List(if rest == "\\n" { "\n" } else { rest }),
            _ => Self::None,
        }
    }

    fn find(name: &str) -> Option<Self> {
        let exact = TABLE.exact.get(name).copied();
        let by_part = || {
            let beginning = TABLE.beginnings.iter().find(|(part, _)| name.starts_with(part));
            let end = || TABLE.ends.iter().find(|(part, _)| name.ends_with(part));
            beginning.or_else(end).map(|(_, rule)| *rule)
        };
        exact.or_else(by_part)
    }
}

/// A template: its name and its values.
pub(super) struct Template<'a> {
    /// In lower case, with spaces for underscores.
    pub(super) name: String,
    /// As it is written.
    printed_name: &'a str,
    unnamed: Vec<&'a str>,
    named: Vec<(&'a str, &'a str)>,
}

impl<'a> Template<'a> {
    /// The template whose parts, between the bars, are `parts`.
    pub(super) fn of(parts: &[&'a str]) -> Self {
        let (printed_name, values) =
            parts.split_first().map_or(("", &[][..]), |(n, v)| (n.trim(), v));
        let mut template = Self {
            name: printed_name.to_lowercase().replace('_', " "),
            printed_name,
            unnamed: Vec::new(),
            named: Vec::new(),
        };
        for value in values {
            match value.split_once('=').filter(|(key, _)| is_key(key.trim())) {
                Some((key, value)) => template.named.push((key.trim(), value.trim())),
                None => template.unnamed.push(value.trim()),
            }
        }
        template
    }

    /// The value with this name or number, if it is not blank.
    pub(super) fn value(&self, key: &str) -> Option<&'a str> {
        let named = self.named.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
        let unnamed = || match key {
            "last" => self.unnamed.iter().rev().find(|value| !value.is_empty()),
            _ => self.unnamed.get(key.parse::<usize>().ok()?.checked_sub(1)?),
        };
        let value = named.map(|(_, value)| *value).or_else(|| unnamed().copied())?;
        (!value.is_empty()).then_some(value)
    }

    /// The first given of a list of values.
    fn first_of(&self, keys: &str) -> Option<&'a str> {
        keys.split(',').find_map(|key| self.value(key))
    }

    /// The words, as wikitext. A template that the table does not have is taken for words only within a line of text.
    pub(super) fn words(&self, within_line: bool) -> String {
        match Rule::find(&self.name) {
            Some(Rule::Show(pattern)) => self.filled(pattern),
            Some(Rule::Quote { text, speaker }) => self.quotation(text, speaker),
            Some(Rule::Measure) => self.measure(),
            Some(Rule::List(mark)) => {
                let values: Vec<&str> =
                    self.unnamed.iter().copied().filter(|value| !value.is_empty()).collect();
                values.join(mark)
            }
            Some(Rule::None) => String::new(),
            None => self.only_value().filter(|_| within_line).unwrap_or_default().to_owned(),
        }
    }

    /// The value of a template that has no other, if it has letters or digits. Parser functions (`#if:`) have none.
    fn only_value(&self) -> Option<&'a str> {
        let is_function = self.name.contains([':', '#', '{']);
        match (self.unnamed.as_slice(), self.named.is_empty(), is_function) {
            ([only], true, false) if only.contains(char::is_alphanumeric) => Some(only),
            _ => None,
        }
    }

    /// `pattern` with its values; see the head of the table.
    fn filled(&self, pattern: &str) -> String {
        let (mut out, mut rest) = (String::new(), pattern);
        while let Some(at) = rest.find(['{', '[']) {
            out.push_str(&rest[..at]);
            let (close, is_option) =
                if rest[at..].starts_with('{') { ('}', false) } else { (']', true) };
            let Some(end) = rest[at..].find(close).map(|end| at + end) else { break };
            let inner = &rest[at + 1..end];
            if !is_option {
                match inner {
                    "NAME" => out.push_str(self.printed_name),
                    keys => out.push_str(self.first_of(keys).unwrap_or_default()),
                }
            } else if self.has_all(inner) {
                out.push_str(&self.filled(inner));
            }
            rest = &rest[end + 1..];
        }
        out.push_str(rest);
        out
    }

    /// Whether all values that a pattern names are given.
    fn has_all(&self, pattern: &str) -> bool {
        let mut names = pattern.split('{').skip(1).filter_map(|part| part.split('}').next());
        names.all(|keys| self.first_of(keys).is_some())
    }

    /// A paragraph with a quotation, led by its speaker as in a transcript.
    fn quotation(&self, text: &str, speaker: &str) -> String {
        let Some(text) = self.first_of(text) else { return String::new() };
        let has_marks =
            text.starts_with(['"', '“', '„', '«', '»', '‘', '\'']) && !text.starts_with("''");
        let text = if has_marks { text.to_owned() } else { format!("“{text}”") };
        match self.first_of(speaker).map(|name| name.trim_start_matches(['—', '–', '-', ' '])) {
            Some(speaker) => format!("\n\n{speaker}: {text}\n\n"),
            None => format!("\n\n{text}\n\n"),
        }
    }

    /// `5 km` of `{{convert|5|km|mi}}`, `5 to 7 km` of `{{convert|5|to|7|km}}`.
    fn measure(&self) -> String {
        const RANGES: &[&str] =
            &["-", "–", "to", "and", "or", "x", "by", "×", "+", "and(-)", "to(-)", "±"];
        let values = &self.unnamed;
        let mut end = 2;
        while values.get(end - 1).is_some_and(|word| RANGES.contains(word)) {
            end += 2;
        }
        // `{{convert|6|ft|2|in|m}}`
        let is_number =
            |at: usize| values.get(at).is_some_and(|v| v.bytes().all(|b| b.is_ascii_digit()));
        if end == 2 && is_number(2) && values.len() > 3 {
            end = 4;
        }
        values[..end.min(values.len())].join(" ")
    }
}

/// Whether what stands before an equals sign names a value, and is no part of an address or of a text.
fn is_key(key: &str) -> bool {
    key.len() <= 40
        && !key.is_empty()
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(template: &str, expected: &str) {
        let parts: Vec<&str> = template.split('|').collect();
        assert_eq!(Template::of(&parts).words(true), expected, "{template}");
    }

    #[test]
    fn templates_stand_for_words() {
        check("w|River Ald|the river", "the river");
        check("lang|fr|Le Pont", "Le Pont");
        check("lang-de|Die Brücke", "Die Brücke");
        check("convert|30|km|mi|abbr=on", "30 km");
        check("convert|5|to|7|m|ft", "5 to 7 m");
        check("Convert|6|ft|2|in|m", "6 ft 2 in");
        check("nowrap|12 May", "12 May");
        check("flag|Norway", "Norway");
        check("abbr|HMG|His Majesty's Government", "HMG");
        check("color|red|late", "late");
        check("US$|5 million", "$5 million");
        check("HMS|Alderney", "HMS Alderney");
        check("circa|1850", "c. 1850");
        check("frac|1|2", "1/2");
        check("hlist|rain|wind", "rain, wind");
        check("as of|2019|March", "As of March 2019");
        check("citation|text=x|title=y", "");
        check("citation|La pluie", "“La pluie”");
        check("nowrap|1=The quay", "The quay");
    }

    #[test]
    fn quotations_have_their_speakers() {
        check("quote|It rose.|Ann Poe", "\n\nAnn Poe: “It rose.”\n\n");
        check("Quotation|“It rose.”|author=— Ann Poe", "\n\nAnn Poe: “It rose.”\n\n");
        check("quote box|quote=It rose.|source=Ann Poe|align=left", "\n\nAnn Poe: “It rose.”\n\n");
        check("rquote|right|It rose.|Ann Poe", "\n\nAnn Poe: “It rose.”\n\n");
        check("Zitat|Er stieg.", "\n\n“Er stieg.”\n\n");
    }

    #[test]
    fn others_stand_for_none() {
        for none in [
            "cite web|url=x|title=The River",
            "citation needed|date=May 2010",
            "reflist",
            "sfn|Poe|2010",
            "infobox town|name=Harbour",
            "see also|Harbour",
            "#if:x|y|z",
            "unknown|a=b",
            "unknown|a|b",
            "river-stub",
        ] {
            check(none, "");
        }
        check("unknown|the quay", "the quay");
        let parts = ["unknown", "the quay"];
        assert_eq!(Template::of(&parts).words(false), "");
    }
}
