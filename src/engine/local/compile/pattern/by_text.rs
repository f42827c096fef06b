//! Words of which only the text says where they are (`==May`): the texts of all candidates are read before anything is scored.

use tantivy::TERMINATED;
use tantivy::index::SegmentReader;

use super::candidates::Candidates;
use super::word_postings::WordPostings;
use crate::index::read::stored_articles::article_of;
use crate::query::language::clause::Scope;
use crate::query::matching::WordMatcher;
use crate::text::{self, MAX_WORD};

/// Blocks of stored articles in memory: candidates come in their order.
const BLOCKS: usize = 1;

/// Whether only the text says where the word is.
pub(super) fn needs_text(word: &WordMatcher) -> bool {
    matches!(word, WordMatcher::Spelled(spelled) if spelled.needs_text())
}

/// Replaces the postings of words of which the text decides by their places in the candidates, which are at no article yet.
pub(super) fn decide_by_text(
    mut candidates: Candidates,
    words: &mut [WordPostings],
    reader: &SegmentReader,
) -> tantivy::Result<()> {
    let store = reader.get_store_reader(BLOCKS)?;
    let pattern = candidates.pattern.clone();
    let mut places = vec![Vec::new(); words.len()];
    let mut doc = candidates.seek(0);
    while doc != TERMINATED {
        pattern.watch.check()?;
        if !reader.is_deleted(doc) {
            let article = article_of(&store, doc)?;
            let source = match pattern.scope {
                Scope::Title => article.title.as_deref().unwrap_or_default(),
                _ => &article.body,
            };
            for (word, places) in pattern.words.iter().zip(&mut places) {
                let WordMatcher::Spelled(spelled) = word else { continue };
                let words = (0..).zip(text::words(source));
                let here = words.filter(|(_, word)| {
                    word.len() <= MAX_WORD && spelled.is(&source[word.clone()])
                });
                places.extend(here.map(|(at, _)| (doc, at, at)));
            }
        }
        doc = candidates.seek(doc + 1);
    }
    for ((word, places), matcher) in words.iter_mut().zip(places).zip(&pattern.words) {
        if needs_text(matcher) {
            *word = WordPostings::of_places(places);
        }
    }
    Ok(())
}
