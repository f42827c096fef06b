//! ALTO pages of any version or vendor: the words that OCR recognised. A word broken over two lines is one word. Only METS
//! knows the articles of a page; without it, a page is one article.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::format::RecordContext;
use crate::read::draft::Draft;
use crate::read::paragraphs::Paragraphs;
use crate::read::xml::{self, Element};
use crate::text::BREAKING_MARKS;

/// A page in reading order.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) words: Vec<Word>,
    /// The indices of words by their ids.
    pub(super) places: FxHashMap<String, usize>,
    /// The words of a block, line or other element, by its id.
    pub(super) ranges: FxHashMap<String, Range<usize>>,
}

/// A recognised word.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) text: String,
    /// The number of its block on the page.
    pub(super) block: usize,
    /// The confidence of the OCR, 0 to 1.
    pub(super) confidence: Option<f32>,
    /// Whether it is a whole word, of which the next line has the rest once more.
    has_rest: bool,
    /// Whether it is the first part of a word, of which the next line has the rest.
    is_broken: bool,
}

/// The article of a page.
pub(super) fn drafts(_: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    let page = page(&xml::parse(text));
    let mut draft = Draft::default();
    let words: Vec<&Word> = page.words.iter().collect();
    draft.article.recognition = confidence(&words);
    draft.body(paragraphs(&words));
    vec![draft].into_iter().filter(Draft::has_text).collect()
}

/// The words of a page.
pub(super) fn page(tree: &Element) -> Page {
    let mut page = Page::default();
    if let Some(layout) = tree.find("Layout") {
        add_blocks(layout, &mut 0, &mut page);
    }
    page
}

fn add_blocks(element: &Element, blocks: &mut usize, page: &mut Page) {
    for inner in element.elements() {
        let first = page.words.len();
        match inner.name.as_str() {
            "TextBlock" => {
                *blocks += 1;
                for line in inner.all("TextLine") {
                    let first = page.words.len();
                    add_line(line, *blocks, page);
                    page.add_range(line, first);
                }
            }
            "String" | "SP" | "HYP" | "Shape" => {}
            _ => add_blocks(inner, blocks, page),
        }
        page.add_range(inner, first);
    }
}

impl Page {
    /// Adds the range of an element that holds the words from `first` on.
    fn add_range(&mut self, element: &Element, first: usize) {
        if let Some(id) = element.attribute("ID") {
            self.ranges.insert(id.to_owned(), first..self.words.len());
        }
    }
}

/// Adds the words of a line. The first one may be the rest of the last one of the line before.
fn add_line(line: &Element, block: usize, page: &mut Page) {
    let mut is_first = true;
    for string in line.all("String") {
        let content = string.attribute("CONTENT").unwrap_or_default();
        let whole = string.attribute("SUBS_CONTENT");
        let text = match (string.attribute("SUBS_TYPE"), whole) {
            (Some("HypPart1"), Some(whole)) => whole,
            // The first part has the whole word. METS may refer to the second as the end of an article.
            (Some("HypPart2"), Some(_)) if !page.words.is_empty() => "",
            (None, None) if is_first && page.has_in_last_word(content) => "",
            _ => content,
        };
        is_first = false;
        if let Some(id) = string.attribute("ID") {
            page.places.insert(id.to_owned(), page.words.len());
        }
        page.words.push(Word {
            text: text.to_owned(),
            block,
            confidence: string.attribute("WC").and_then(|wc| wc.parse().ok()),
            has_rest: string.attribute("SUBS_TYPE") == Some("HypPart1") && whole.is_some(),
            is_broken: false,
        });
    }
    page.end_line(line);
}

impl Page {
    /// Whether the last word is the whole of a word that `content` is the rest of.
    fn has_in_last_word(&self, content: &str) -> bool {
        let last = self.words.last().filter(|last| last.has_rest);
        last.is_some_and(|last| content.len() < last.text.len() && last.text.ends_with(content))
    }

    /// Marks the last word of `line` as broken if a hyphen, or what OCR reads in its place, ends it.
    fn end_line(&mut self, line: &Element) {
        let Some(last) = self.words.last_mut().filter(|last| !last.has_rest) else { return };
        let hyphen = line.elements().last().filter(|element| element.name == "HYP");
        if let Some(hyphen) = hyphen {
            let content = hyphen.attribute("CONTENT").unwrap_or_default();
            last.text.push_str(if content.is_empty() { "\u{ad}" } else { content });
        }
        last.is_broken = last
            .text
            .strip_suffix(BREAKING_MARKS)
            .is_some_and(|word| word.ends_with(char::is_alphabetic));
    }
}

/// Words as text, one paragraph a block.
pub(super) fn paragraphs(words: &[&Word]) -> String {
    let mut out = Paragraphs::default();
    let mut block = None;
    let mut words = words.iter().filter(|word| !word.text.is_empty()).peekable();
    while let Some(word) = words.next() {
        if block.is_some_and(|block| block != word.block) {
            out.paragraph();
        }
        block = Some(word.block);
        let next = words.peek().filter(|next| next.block == word.block);
        if let Some(next) = next.filter(|_| word.is_broken) {
            out.push(first_part(&word.text, &next.text));
        } else {
            out.push(&word.text);
            out.push(" ");
        }
    }
    out.finish()
}

/// What is printed of the first part of a word directly before the rest of it. A hyphen stays, as it may be the word's own
/// (`twenty-five`); a mark that is no hyphen of a word goes.
fn first_part<'w>(part: &'w str, rest: &str) -> &'w str {
    let is_hyphen = part.ends_with(['-', '‐', '‑']);
    let is_name = rest.starts_with(char::is_uppercase);
    if is_hyphen || is_name { part } else { part.trim_end_matches(BREAKING_MARKS) }
}

/// The mean confidence of words, 0 to 1.
pub(super) fn confidence(words: &[&Word]) -> Option<f32> {
    let confidences: Vec<f32> =
        words.iter().filter_map(|word| word.confidence).filter(|c| c.is_finite()).collect();
    (!confidences.is_empty()).then(|| confidences.iter().sum::<f32>() / confidences.len() as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphenated_words_are_joined() {
        let xml = "<alto><Layout><Page><PrintSpace><TextBlock ID='B1'><TextLine><String CONTENT='The' WC='0.5'/><SP/>\
            <String CONTENT='ri' SUBS_TYPE='HypPart1' SUBS_CONTENT='river' WC='1'/><HYP CONTENT='-'/></TextLine><TextLine>\
            <String CONTENT='ver' SUBS_TYPE='HypPart2' SUBS_CONTENT='river'/><String CONTENT='rose'/></TextLine></TextBlock>\
            <TextBlock ID='B2'><TextLine><String CONTENT='Rain'/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>";
        let page = page(&xml::parse(xml));
        let words: Vec<&Word> = page.words.iter().collect();
        assert_eq!(paragraphs(&words), "The river rose\n\nRain");
        assert_eq!(confidence(&words), Some(0.75));
    }

    /// The text of two lines, each given as the elements in it.
    fn lines(first: &str, second: &str) -> String {
        let xml = format!(
            "<alto><Layout><Page><TextBlock><TextLine>{first}</TextLine><TextLine>{second}</TextLine></TextBlock></Page></Layout></alto>"
        );
        let page = page(&xml::parse(&xml));
        paragraphs(&page.words.iter().collect::<Vec<_>>())
    }

    #[test]
    fn words_broken_without_a_substitute_are_joined() {
        let word = |content: &str| format!("<String CONTENT='{content}'/>");
        let broken =
            |part: &str, hyphen: &str| lines(&format!("{}{hyphen}", word(part)), &word("ver,"));
        assert_eq!(broken("ri-", ""), "ri-ver,");
        assert_eq!(broken("ri¬", ""), "river,");
        assert_eq!(broken("ri=", ""), "river,");
        assert_eq!(broken("ri\u{ad}", ""), "river,");
        assert_eq!(broken("ri", "<HYP CONTENT='-'/>"), "ri-ver,");
        assert_eq!(broken("ri", "<HYP CONTENT='¬'/>"), "river,");
        assert_eq!(broken("ri", "<HYP CONTENT='\u{ad}'/>"), "river,");
        assert_eq!(broken("ri", "<HYP/>"), "river,");
        assert_eq!(broken("ri", "<SP/>"), "ri ver,");
        assert_eq!(broken("the -", ""), "the - ver,");
        let whole =
            "<String CONTENT='ri' SUBS_TYPE='HypPart1' SUBS_CONTENT='river'/><HYP CONTENT='-'/>";
        assert_eq!(lines(whole, "<String CONTENT='ver'/><String CONTENT='ver'/>"), "river ver");
        assert_eq!(lines(whole, "<String CONTENT='rose'/>"), "river rose");
        assert_eq!(lines("<String CONTENT='Ri-'/>", "<String CONTENT='Ver'/>"), "Ri-Ver");
    }
}
