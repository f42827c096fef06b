//! The parts of a displayed credit: its text spaced as the page lays it out, without dates, times and words of the page.

use std::borrow::Cow;

use super::interface;
use crate::calendar::date::{self, Years};
use crate::calendar::printed::is_weekday;
use crate::read::html::regions::{self, Region};
use crate::read::html::tree::{Id, Tag, Tree, push_words};

/// The maximum number of nodes of a credit.
const MAX_NODES: usize = 120;

/// The maximum length of a credit, in bytes; what is longer is text.
const MAX_CREDIT: usize = 300;

/// The marks between the parts of a credit.
const MARKS: &[char] = &['|', '·', '•', '●', '▪', '~', '\n', '\u{2003}'];

/// The parts of the credit in the element `id`.
pub(super) fn of_element(tree: &Tree, id: Id) -> Vec<String> {
    if tree.inside(id).len() > MAX_NODES {
        return Vec::new();
    }
    of_line(&laid_out(tree, id))
}

/// The parts of a credit on one line.
pub(super) fn of_line(line: &str) -> Vec<String> {
    if line.len() > MAX_CREDIT {
        return Vec::new();
    }
    let line = without_brackets(line.trim()).replace(" / ", " | ");
    let undated = line.split(MARKS).flat_map(without_dates);
    let mut parts: Vec<String> =
        undated.filter_map(|part| interface::without(part).map(str::to_owned)).collect();
    if parts.len() > 1 {
        parts.retain(|part| !is_role(part) && !is_sentence(part));
    }
    parts
}

/// Whether a part tells something about the writer.
fn is_sentence(part: &str) -> bool {
    const MIN_WORDS: usize = 6;
    part.ends_with('.') && part.split_whitespace().count() > MIN_WORDS
}

/// Whether a short line is the role of a writer: `Senior Correspondent, Harbour Desk`.
pub(super) fn is_role(line: &str) -> bool {
    const ROLES: &[&str] = &[
        "editor",
        "reporter",
        "correspondent",
        "writer",
        "journalist",
        "columnist",
        "contributor",
        "critic",
        "producer",
        "staff",
        "freelance",
        "redakteur",
        "redakteurin",
        "korrespondent",
        "korrespondentin",
        "journalistin",
        "reporterin",
        "autor",
        "autorin",
        "volontär",
        "volontärin",
        "journaliste",
        "correspondant",
        "correspondante",
        "rédacteur",
        "rédactrice",
        "redactor",
        "redactora",
        "periodista",
        "corresponsal",
        "giornalista",
        "redattore",
        "redactie",
        "verslaggever",
        "journalista",
        "repórter",
        "skribent",
        "muhabir",
        "wartawan",
        "author",
    ];
    line.len() <= 70
        && !line.ends_with(['.', '?', '!'])
        && line.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|word| ROLES.contains(&word))
}

/// A credit without what stands in brackets behind a name: places, roles, outlets.
fn without_brackets(line: &str) -> Cow<'_, str> {
    match (line.find(" ("), line.rfind(')')) {
        (Some(open), Some(close)) if open < close && !line.starts_with('(') => {
            Cow::Owned([&line[..open], &line[close + 1..]].concat())
        }
        _ => Cow::Borrowed(line),
    }
}

/// The text of an element with a mark where one part of the credit ends and another begins.
fn laid_out(tree: &Tree, id: Id) -> String {
    let end = tree.nodes[id].end as usize;
    let mut layout = Layout { line: String::new(), link: None, boundary: Boundary::None };
    let mut next = id;
    while next < end {
        let tag = tree.tag(next);
        if next != id && (regions::region(tree, next) == Region::Hidden || tag == Tag::Time) {
            layout.cross(Boundary::Block);
            next = tree.nodes[next].end as usize;
            continue;
        }
        if tag == Tag::Text {
            layout.text(tree.text(next), tree.ancestors(next).find(|&id| tree.tag(id) == Tag::A));
        } else if tag.is_block() || matches!(tag, Tag::Br | Tag::Img) {
            layout.cross(Boundary::Block);
        } else {
            layout.cross(Boundary::Inline);
        }
        // Elements that end here are crossed, too.
        let ended =
            tree.ancestors(next).take_while(|&open| tree.nodes[open].end as usize == next + 1);
        for open in ended.take_while(|&open| open != id) {
            let is_block = tree.tag(open).is_block();
            match tree.tag(open) {
                Tag::Text => {}
                _ => layout.cross(if is_block { Boundary::Block } else { Boundary::Inline }),
            }
        }
        next += 1;
    }
    layout.line
}

/// What stands between two texts of a credit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Boundary {
    None,
    Inline,
    Block,
}

struct Layout {
    line: String,
    /// The link that the last text is in.
    link: Option<Id>,
    /// The strongest boundary since the last text.
    boundary: Boundary,
}

impl Layout {
    fn cross(&mut self, boundary: Boundary) {
        self.boundary = self.boundary.max(boundary);
    }

    fn text(&mut self, text: &str, link: Option<Id>) {
        if text.trim().is_empty() {
            push_words(&mut self.line, text);
            return;
        }
        let begins_word = text.trim_start().starts_with(char::is_alphanumeric);
        if self.boundary > Boundary::None && begins_word {
            self.part(text, link);
        }
        push_words(&mut self.line, text);
        (self.link, self.boundary) = (link, Boundary::None);
    }

    /// Parts `text` from what stands before it: by a mark behind a name, by a space behind a label or a single word.
    fn part(&mut self, text: &str, link: Option<Id>) {
        let last = self.line.rsplit(MARKS).next().unwrap_or_default();
        let is_spaced = last.ends_with(' ') || text.starts_with(char::is_whitespace);
        let words = last.split_whitespace().count();
        let is_label = last.split_whitespace().next_back().is_some_and(|word| {
            word.ends_with([':', ',', '&']) || word.starts_with(char::is_lowercase)
        });
        let is_parted = words > 1
            && !is_label
            && (!is_spaced || self.boundary == Boundary::Block || self.link != link);
        // An initial that is set apart is the head of a word.
        let is_head = words == 1 && last.chars().count() == 1 && self.boundary == Boundary::Inline;
        if is_parted {
            self.line.push_str(" | ");
        } else if words > 0 && !is_head {
            push_words(&mut self.line, " ");
        }
    }
}

/// The parts of a text before, between and behind its dates.
fn without_dates(mut text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    while let Some((start, _, rest)) = date::locate(text, Years::Short, |date| date.day.is_some()) {
        parts.push(before_date(&text[..start]));
        text = behind_time(rest);
    }
    parts.push(text);
    parts
}

/// What stands before a date, without the words that lead to it: `Jane Doe on Monday, `.
fn before_date(text: &str) -> &str {
    const LINKS: &[&str] = &[
        "on", "at", "am", "vom", "den", "der", "le", "du", "el", "del", "il", "em", "op", "den",
        "på", "the", "dne", "w", "dnia", "om", "um",
    ];
    let mut text = text.trim_end();
    // Every round shortens it.
    while let Some(at) = text.rfind(char::is_whitespace).map(|at| at + 1).or(Some(0)) {
        let last = text.get(at..).unwrap_or_default().trim_matches(['.', ',', '-', '–', '(', '/']);
        let is_time = last.contains(':') && last.starts_with(|c: char| c.is_ascii_digit())
            || matches!(last, "AM" | "PM" | "pm" | "Uhr");
        let leads = last.is_empty() || is_time || LINKS.contains(&last) || is_weekday(last);
        if !leads || text.is_empty() {
            break;
        }
        text = text[..at].trim_end();
    }
    text
}

/// What stands behind a date, without a time of day: `, 10:42 Uhr | Jane Doe`.
fn behind_time(text: &str) -> &str {
    const WORDS: &[&str] = &[
        "at", "um", "à", "a", "las", "alle", "ore", "kl", "uhr", "h", "am", "pm", "a.m", "p.m",
        "utc", "gmt", "est", "edt", "et", "pst", "pdt", "pt", "cst", "cdt", "ct", "bst", "cet",
        "cest", "ist", "eest", "hrs", "wib", "wita",
    ];
    let mut rest = text;
    loop {
        let next = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let end = next.find(char::is_whitespace).unwrap_or(next.len());
        let word = next[..end].trim_matches(['.', ',', ')', '|']).to_lowercase();
        let is_time =
            word.starts_with(|c: char| c.is_ascii_digit()) || WORDS.contains(&word.as_str());
        if word.is_empty() || !is_time {
            return rest;
        }
        rest = &next[end..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::html::parse;

    #[test]
    fn inline_elements_are_spaced() {
        let check = |html: &str, expected: &[&str]| {
            let tree = parse::tree(html);
            assert_eq!(of_element(&tree, 1), expected, "{html}");
        };
        check("<p><span>By</span><a href=/x>Ida Fenn</a></p>", &["By Ida Fenn"]);
        check("<p><span>Posted by</span><b>Ida Fenn</b></p>", &["Posted by Ida Fenn"]);
        check("<p><b>Ida Fenn</b><span>Harbour Correspondent</span></p>", &["Ida Fenn"]);
        check(
            "<div><div>Ida Fenn</div> <div>Harbour Desk</div></div>",
            &["Ida Fenn", "Harbour Desk"],
        );
        check("<p><a href=/x>Ida Fenn</a> <a href=/y>Follow</a></p>", &["Ida Fenn"]);
        check(
            "<p><a href=/x>Ida Fenn</a> and <a href=/y>Olav Ruud</a></p>",
            &["Ida Fenn", "Olav Ruud"],
        );
        check("<p><i>Ida</i> <b>Fenn</b></p>", &["Ida Fenn"]);
        check("<p><span>I</span>da Fenn</p>", &["Ida Fenn"]);
        check("<p>Ida Fenn<time>3 May 2020</time><button>Share</button></p>", &["Ida Fenn"]);
    }

    #[test]
    fn dates_and_times_are_dropped() {
        let check = |line: &str, expected: &[&str]| assert_eq!(of_line(line), expected, "{line}");
        check("By Ida Fenn November 14, 2019", &["By Ida Fenn"]);
        check("Ida Fenn Dec. 12, 2019 at 10:42 am", &["Ida Fenn"]);
        check("Published on Monday, 2 December 2019 by Ida Fenn", &["by Ida Fenn"]);
        check("Posted: 12 May 2019 | Ida Fenn", &["Ida Fenn"]);
        check("14.03.19, 10:42 Uhr · von Ida Fenn", &["von Ida Fenn"]);
        check("Ida Fenn le 3 mars 2019 à 10h42", &["Ida Fenn"]);
        check("Par Ida Fenn, publié le 3 mars 2019", &["Par Ida Fenn"]);
        check("Ida Fenn", &["Ida Fenn"]);
        check("3 March 2019", &[]);
    }
}
