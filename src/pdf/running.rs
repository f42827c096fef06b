//! Running heads and feet: lines at the top or bottom of pages that return on other pages, and numbers of pages.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::blocks::Block;
use super::glyph::Turn;
use super::lines::Line;

/// The share of a page's height in which heads and feet stand.
const MARGIN: f32 = 0.12;

/// The lines of a head or foot, which stands apart from the text.
const MOST_LINES: usize = 3;

/// A page: its height, and its blocks.
pub(super) type PageBlocks = (f32, Vec<Block>);

/// Removes running heads and feet from pages.
pub(super) fn remove(pages: &mut [PageBlocks]) {
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    for (height, blocks) in pages.iter() {
        let marginal = blocks.iter().flat_map(|block| marginal(block, *height));
        let of_page: BTreeSet<String> = marginal.map(|line| masked(&line.text)).collect();
        for line in of_page {
            *seen.entry(line).or_default() += 1;
        }
    }
    let total = pages.len();
    let returns = |line: &Line| {
        let pages = seen.get(&masked(&line.text)).copied().unwrap_or(0);
        // What is on the left pages alone is on every second one.
        pages >= 2 && pages * 3 >= total
    };
    for (height, blocks) in pages.iter_mut() {
        for block in blocks.iter_mut().filter(|block| block.lines.len() <= MOST_LINES) {
            block.lines.retain(|line| {
                !is_marginal(line, *height) || !(returns(line) || is_page_number(&line.text, total))
            });
        }
        blocks.retain(|block| !block.lines.is_empty());
    }
}

/// The lines of a block that may be a head or foot.
fn marginal(block: &Block, height: f32) -> impl Iterator<Item = &Line> {
    let is_short = block.lines.len() <= MOST_LINES;
    block.lines.iter().filter(move |line| is_short && is_marginal(line, height))
}

fn is_marginal(line: &Line, height: f32) -> bool {
    let from_top = line.baseline / height;
    line.turn == Turn::Upright && !(MARGIN..=1.0 - MARGIN).contains(&from_top)
}

/// A line with its numbers masked, so that those of two pages are the same.
fn masked(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            c if c.is_numeric() && out.ends_with('#') => {}
            c if c.is_numeric() => out.push('#'),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// Whether a line is the number of a page: `3`, `- 3 -`, `3/7`, `Page 3 of 7`, `Seite 3`, `– ۳ –`.
fn is_page_number(line: &str, pages: usize) -> bool {
    const WORDS: &[&str] = &[
        "page",
        "of",
        "seite",
        "von",
        "página",
        "pagina",
        "pág",
        "de",
        "di",
        "p",
        "s",
        "pg",
        "sida",
        "av",
        "side",
        "strona",
        "z",
        "стр",
        "страница",
        "из",
        "صفحه",
        "صفحة",
        "از",
        "من",
        "van",
        "sur",
        "sivu",
        "第",
        "页",
        "頁",
        "ページ",
        "/",
        "-",
        "–",
        "—",
        "|",
        "・",
    ];
    let words: Vec<String> = words_and_numbers(line);
    let numbers: Vec<&String> =
        words.iter().filter(|word| word.chars().all(char::is_numeric)).collect();
    let others = words.iter().filter(|word| !word.chars().all(char::is_numeric));
    let names_page = others.clone().any(|word| word.chars().any(char::is_alphabetic));
    // A bare number may be a figure: a page number is no year of a chronicle.
    let is_likely = |number: &str| number.chars().count() <= 3 || names_page || pages > 500;
    (1..=2).contains(&numbers.len())
        && numbers.iter().all(|number| is_likely(number))
        && others.into_iter().all(|word| WORDS.contains(&word.as_str()))
}

fn words_and_numbers(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut kind = None;
    for c in line.to_lowercase().chars().filter(|c| *c != '.') {
        let this = (c.is_numeric(), c.is_alphabetic());
        if c.is_whitespace() {
            kind = None;
            continue;
        }
        match words.last_mut().filter(|_| kind == Some(this)) {
            Some(word) => word.push(c),
            None => words.push(c.to_string()),
        }
        kind = Some(this);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_text() {
        for line in [
            "3",
            "- 3 -",
            "3/7",
            "Page 3 of 7",
            "Seite 3 von 7",
            "p. 12",
            "– ۳ –",
            "第3页",
            "Стр. 4",
            "Página 2 de 3",
        ] {
            assert!(is_page_number(line, 7), "{line}");
        }
        for line in
            ["1987", "3 killed", "Page One", "12 March 2025", "7-3-2025", "Route 66", "", "A 3"]
        {
            assert!(!is_page_number(line, 7), "{line}");
        }
    }

    #[test]
    fn what_returns_on_pages_is_removed() {
        let page = |number: usize| -> PageBlocks {
            let block = |text: String, baseline: f32| Block {
                lines: vec![super::super::lines::Line {
                    text,
                    baseline,
                    size: 10.0,
                    ..Default::default()
                }],
                ..Block::default()
            };
            let head = block(format!("Harbour Authority, release {number}"), 20.0);
            let text = block(format!("Text of page {number} is here"), 400.0);
            let last = block(format!("Ends with words {}", "ab".repeat(number)), 790.0);
            (800.0, vec![head, text, last])
        };
        let mut pages = vec![page(1), page(2), page(3)];
        remove(&mut pages);
        let left: Vec<_> = pages[1].1.iter().map(|block| block.lines[0].text.as_str()).collect();
        assert_eq!(left, ["Text of page 2 is here", "Ends with words abab"]);
    }
}
