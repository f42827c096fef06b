//! ALTO pages of any version or vendor: the words that OCR recognised. A word hyphenated over two lines is one word. Only
//! METS knows the articles of a page; without it, a page is one article.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::format::RecordContext;
use crate::read::draft::Draft;
use crate::read::paragraphs::Paragraphs;
use crate::read::xml::{self, Element};

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

fn add_line(line: &Element, block: usize, page: &mut Page) {
    for string in line.all("String") {
        let content = string.attribute("CONTENT").unwrap_or_default();
        let text = match (string.attribute("SUBS_TYPE"), string.attribute("SUBS_CONTENT")) {
            (Some("HypPart1"), Some(whole)) => whole,
            // The first part has the whole word. METS may refer to the second as the end of an article.
            (Some("HypPart2"), Some(_)) if !page.words.is_empty() => "",
            _ => content,
        };
        if let Some(id) = string.attribute("ID") {
            page.places.insert(id.to_owned(), page.words.len());
        }
        page.words.push(Word {
            text: text.to_owned(),
            block,
            confidence: string.attribute("WC").and_then(|wc| wc.parse().ok()),
        });
    }
}

/// Words as text, one paragraph a block.
pub(super) fn paragraphs(words: &[&Word]) -> String {
    let mut out = Paragraphs::default();
    let mut block = None;
    for word in words.iter().filter(|word| !word.text.is_empty()) {
        if block.is_some_and(|block| block != word.block) {
            out.paragraph();
        }
        block = Some(word.block);
        out.push(&word.text);
        out.push(" ");
    }
    out.finish()
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
}
