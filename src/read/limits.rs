//! How much of a record and of an article is read. What is longer is read up to the limit and said to be cut: so memory does
//! not depend on what a file holds. The trees of pages, XML and JSON have limits of their own, beside their parsers.

use crate::article::Article;

/// Most bytes of a record: a file, a message, a line, an element. What is longer is read up to here.
pub(super) const MAX_RECORD: u64 = 16 << 20;

/// Most bytes of an article's text, UTF-8. What is longer is cut before the word that crosses this: 2 MB are
/// two long novels, or a day of a parliament.
pub const MAX_TEXT: usize = 2 << 20;

/// Most bytes of a headline, an id, an address or another value.
pub(super) const MAX_VALUE: usize = 8 << 10;

/// Most articles of a record, of some KB each beside their texts. Only files that are one record come near.
pub(super) const MAX_ARTICLES: usize = 1 << 15;

/// Most writers and keywords of an article.
const MAX_VALUES: usize = 500;

/// Keeps the values of an article within the limits. Returns whether its text was cut.
pub(super) fn bound(article: &mut Article) -> bool {
    article.keywords.truncate(MAX_VALUES);
    article.byline.truncate(MAX_VALUES);
    let names = article.byline.iter_mut().map(|byline| &mut byline.name);
    let values = article.keywords.iter_mut().chain(names);
    let single = [&mut article.title, &mut article.url, &mut article.section];
    values.chain(single.into_iter().flatten()).for_each(|value| cut(value, MAX_VALUE));
    if article.body.len() <= MAX_TEXT {
        return false;
    }
    let end = last_space(&article.body, MAX_TEXT);
    article.body.truncate(end);
    article.body.shrink_to_fit();
    article.title_span = article.title_span.filter(|title| title.end as usize <= end);
    true
}

/// Cuts a text that is longer than `most` bytes between two characters.
pub(super) fn cut(text: &mut String, most: usize) {
    if text.len() > most {
        text.truncate(boundary_before(text, most));
    }
}

/// The end of the last word that ends before `most`; if there is none near, a place between two characters.
fn last_space(text: &str, most: usize) -> usize {
    /// Longer words are cut.
    const LONGEST_WORD: usize = 1 << 10;
    let end = boundary_before(text, most);
    let from = boundary_before(text, most - LONGEST_WORD);
    text[from..end].rfind(char::is_whitespace).map_or(end, |at| from + at)
}

/// The last place between two characters that is not behind `at`.
fn boundary_before(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    #[test]
    fn a_long_text_is_cut_between_words() {
        let text = "Der Fluß stieg. ".repeat(MAX_TEXT / 17 + 1000);
        let length = text.len();
        let mut article = Article { body: text, ..Article::default() };
        article.title_span = Some(Span::new(length - 9, length - 1));
        assert!(bound(&mut article));
        assert!(article.body.len() <= MAX_TEXT && article.body.len() > MAX_TEXT - 20);
        assert!(
            article.body.ends_with("Fluß")
                || article.body.ends_with("Der")
                || article.body.ends_with("stieg.")
        );
        assert_eq!(article.title_span, None);
        let mut one_word = Article { body: "ß".repeat(MAX_TEXT), ..Article::default() };
        assert!(bound(&mut one_word));
        assert_eq!(one_word.body.len(), MAX_TEXT);
        assert!(!bound(&mut one_word));
    }

    #[test]
    fn a_long_value_is_cut() {
        let mut article = Article { title: Some("é".repeat(MAX_VALUE)), ..Article::default() };
        article.keywords = vec!["river".to_owned(); MAX_VALUES + 1];
        assert!(!bound(&mut article));
        assert_eq!(article.title.unwrap().len(), MAX_VALUE);
        assert_eq!(article.keywords.len(), MAX_VALUES);
    }
}
