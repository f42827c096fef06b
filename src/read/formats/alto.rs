//! ALTO pages, of any version or vendor: what optical recognition read, word by word. A hyphenated word that runs over
//! two lines comes out once. Where articles begin and end only METS knows; a page alone is one article.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Source;
use crate::read::draft::Draft;
use crate::read::markup::Paragraphs;
use crate::read::xml::{self, Element};

/// A page in its order of reading.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) words: Vec<Word>,
    /// The places of words by their ids.
    pub(crate) places: FxHashMap<String, usize>,
    /// Which words stand in a block, a line or another element, by its id.
    pub(crate) insides: FxHashMap<String, Range<usize>>,
}

/// A word as it was read.
#[derive(Debug)]
pub(crate) struct Word {
    pub(crate) text: String,
    /// The number of its block on the page.
    pub(crate) block: usize,
    /// How sure the recognition is, 0 to 1.
    pub(crate) confidence: Option<f32>,
}

/// The article that a page is.
pub(crate) fn drafts(_: &Source<'_>, text: &str) -> Vec<Draft> {
    let page = page(&xml::parse(text));
    let mut draft = Draft::default();
    let words: Vec<&Word> = page.words.iter().collect();
    draft.article.recognition = confidence(&words);
    draft.body(set(&words));
    vec![draft].into_iter().filter(Draft::has_text).collect()
}

/// The words of a page.
pub(crate) fn page(tree: &Element) -> Page {
    let mut page = Page::default();
    if let Some(layout) = tree.find("Layout") {
        blocks_of(layout, &mut 0, &mut page);
    }
    page
}

fn blocks_of(element: &Element, blocks: &mut usize, page: &mut Page) {
    for inner in element.elements() {
        let first = page.words.len();
        match inner.name.as_str() {
            "TextBlock" => {
                *blocks += 1;
                for line in inner.all("TextLine") {
                    let first = page.words.len();
                    line_of(line, *blocks, page);
                    page.note(line, first);
                }
            }
            "String" | "SP" | "HYP" | "Shape" => {}
            _ => blocks_of(inner, blocks, page),
        }
        page.note(inner, first);
    }
}

impl Page {
    /// Takes note of an element that holds the words from `first` on.
    fn note(&mut self, element: &Element, first: usize) {
        if let Some(id) = element.attribute("ID") {
            self.insides.insert(id.to_owned(), first..self.words.len());
        }
    }
}

fn line_of(line: &Element, block: usize, page: &mut Page) {
    for string in line.all("String") {
        let content = string.attribute("CONTENT").unwrap_or_default();
        let text = match (string.attribute("SUBS_TYPE"), string.attribute("SUBS_CONTENT")) {
            (Some("HypPart1"), Some(whole)) => whole,
            // It came with the first part; METS may name it as the end of an article.
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

/// Words as text, a paragraph a block.
pub(crate) fn set(words: &[&Word]) -> String {
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

/// The mean of what the recognition says of its words.
pub(crate) fn confidence(words: &[&Word]) -> Option<f32> {
    let known: Vec<f32> =
        words.iter().filter_map(|word| word.confidence).filter(|c| c.is_finite()).collect();
    (!known.is_empty()).then(|| known.iter().sum::<f32>() / known.len() as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphenated_words_come_once() {
        let xml = "<alto><Layout><Page><PrintSpace><TextBlock ID='B1'><TextLine><String CONTENT='The' WC='0.5'/><SP/>\
            <String CONTENT='ri' SUBS_TYPE='HypPart1' SUBS_CONTENT='river' WC='1'/><HYP CONTENT='-'/></TextLine><TextLine>\
            <String CONTENT='ver' SUBS_TYPE='HypPart2' SUBS_CONTENT='river'/><String CONTENT='rose'/></TextLine></TextBlock>\
            <TextBlock ID='B2'><TextLine><String CONTENT='Rain'/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>";
        let page = page(&xml::parse(xml));
        let words: Vec<&Word> = page.words.iter().collect();
        assert_eq!(set(&words), "The river rose\n\nRain");
        assert_eq!(confidence(&words), Some(0.75));
    }
}
