//! Wildcards and regular expressions of single words as automata.

use tantivy_fst::Regex;

use super::clause::WordPattern;

/// Longer patterns (bytes) are refused: their automata grow too large.
const MAX_PATTERN: usize = 1000;

/// The automaton of a wildcard pattern or a regular expression; `Err` says what is wrong with the pattern.
pub(in crate::query) fn automaton(pattern: &WordPattern) -> Result<Regex, String> {
    let expression = match pattern {
        WordPattern::Glob(glob) => glob_expression(glob),
        WordPattern::Regex(expression) => expression.clone(),
        _ => return Err("not an expression".to_owned()),
    };
    if expression.len() > MAX_PATTERN {
        return Err("it is too long".to_owned());
    }
    Regex::new(&expression).map_err(|error| {
        let message = error.to_string();
        message.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
    })
}

/// `wom?n*` as a regular expression.
pub(crate) fn glob_expression(glob: &str) -> String {
    let mut expression = String::with_capacity(glob.len() + 8);
    for c in glob.chars() {
        match c {
            '*' => expression.push_str(".*"),
            '?' => expression.push('.'),
            _ if c.is_alphanumeric() => expression.push(c),
            _ => {
                expression.push('\\');
                expression.push(c);
            }
        }
    }
    expression
}
