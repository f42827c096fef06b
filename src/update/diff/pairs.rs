//! Which of the articles that a run removed and added are the same one: a file that was renamed gives its articles other
//! ids, and an edited record that has no name of its own another digest.

use rustc_hash::{FxHashMap, FxHashSet};

use super::sentences;
use crate::article::{Article, ContentDigest};
use crate::text::hash::word;

/// Removed articles, and the added ones that may be the same.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    removed: Vec<Article>,
    added: Vec<Article>,
    /// Files, and digests, of those that were removed.
    files: FxHashSet<String>,
    digests: FxHashSet<ContentDigest>,
}

/// A removed article, an added one, or one article as both.
#[derive(Debug, PartialEq)]
pub(super) struct Pair {
    pub(super) before: Option<Article>,
    pub(super) after: Option<Article>,
}

impl Candidates {
    /// Takes an article that was removed.
    pub(super) fn remove(&mut self, article: Article) {
        self.files.insert(article.path.clone());
        self.digests.insert(ContentDigest::of(&article));
        self.removed.push(article);
    }

    /// Takes an article that was added, after all that were removed; gives it back if none of them is like it.
    pub(super) fn add(&mut self, article: Article) -> Option<Article> {
        let is_like_one = self.files.contains(&article.path)
            || !self.removed.is_empty() && self.digests.contains(&ContentDigest::of(&article));
        if !is_like_one {
            return Some(article);
        }
        self.added.push(article);
        None
    }

    /// Pairs those that say the same, wherever they are; then, of the same file, those with the same headline; then those
    /// that share half of their sentences.
    pub(super) fn pairs(self) -> Vec<Pair> {
        let mut pairs = Pairs {
            partner: vec![None; self.removed.len()],
            is_taken: vec![false; self.added.len()],
            removed: &self.removed,
            added: &self.added,
        };
        pairs.by(|article| Some(ContentDigest::of(article)));
        pairs.by(|article| Some((article.path.clone(), article.title.clone()?)));
        pairs.by_sentences();
        let Pairs { partner, is_taken, .. } = pairs;
        let mut added: Vec<_> = self.added.into_iter().map(Some).collect();
        let mut found: Vec<Pair> = self
            .removed
            .into_iter()
            .zip(partner)
            .map(|(before, partner)| Pair {
                before: Some(before),
                after: partner.and_then(|at: usize| added[at].take()),
            })
            .collect();
        debug_assert!(added.iter().zip(is_taken).all(|(left, taken)| left.is_none() == taken));
        found.extend(added.into_iter().flatten().map(|a| Pair { before: None, after: Some(a) }));
        found
    }
}

/// The pairs that are found so far.
struct Pairs<'a> {
    removed: &'a [Article],
    added: &'a [Article],
    /// The number of the added article that each removed one is.
    partner: Vec<Option<usize>>,
    /// Whether an added article has a partner.
    is_taken: Vec<bool>,
}

impl Pairs<'_> {
    /// Pairs those that have the same key, in order.
    fn by<K: std::hash::Hash + Eq>(&mut self, key: impl Fn(&Article) -> Option<K>) {
        let mut waiting: FxHashMap<K, Vec<usize>> = FxHashMap::default();
        for (at, article) in
            self.added.iter().enumerate().rev().filter(|(at, _)| !self.is_taken[*at])
        {
            if let Some(key) = key(article) {
                waiting.entry(key).or_default().push(at);
            }
        }
        for (number, article) in self.removed.iter().enumerate() {
            if self.partner[number].is_some() {
                continue;
            }
            let same = key(article).and_then(|key| waiting.get_mut(&key)?.pop());
            if let Some(at) = same {
                self.pair(number, at);
            }
        }
    }

    /// Pairs each with the one of its file with which it shares most sentences, if that is half of them.
    fn by_sentences(&mut self) {
        let mut places: FxHashMap<(&str, u32), Vec<usize>> = FxHashMap::default();
        for (at, article) in self.added.iter().enumerate().filter(|(at, _)| !self.is_taken[*at]) {
            for sentence in sentences(&article.body) {
                places.entry((&article.path, word(sentence))).or_default().push(at);
            }
        }
        for (number, article) in self.removed.iter().enumerate() {
            if self.partner[number].is_some() {
                continue;
            }
            let sentences = sentences(&article.body);
            let mut shared: Vec<usize> = Vec::new();
            for sentence in &sentences {
                let found = places.get(&(article.path.as_str(), word(sentence)));
                shared
                    .extend(found.into_iter().flatten().copied().filter(|at| !self.is_taken[*at]));
            }
            shared.sort_unstable();
            let runs = shared.chunk_by(|a, b| a == b);
            // Of equal ones the first.
            let best = runs.rev().max_by_key(|run| run.len());
            if let Some(best) = best.filter(|run| run.len() * 2 >= sentences.len()) {
                self.pair(number, best[0]);
            }
        }
    }

    fn pair(&mut self, removed: usize, added: usize) {
        self.partner[removed] = Some(added);
        self.is_taken[added] = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(id: &str, title: &str, body: &str) -> Article {
        let path = id.split('#').next().unwrap_or(id).to_owned();
        let title = (!title.is_empty()).then(|| title.to_owned());
        Article { id: id.into(), path, title, body: body.into(), ..Article::default() }
    }

    fn paired(removed: Vec<Article>, added: Vec<Article>) -> Vec<(String, String)> {
        let mut candidates = Candidates::default();
        for article in removed {
            candidates.remove(article);
        }
        let others: Vec<_> = added.into_iter().filter_map(|a| candidates.add(a)).collect();
        let id = |article: Option<&Article>| article.map(|a| a.id.clone()).unwrap_or_default();
        let pairs = candidates.pairs();
        let pairs = pairs.iter().map(|p| (id(p.before.as_ref()), id(p.after.as_ref())));
        pairs.chain(others.iter().map(|a| (String::new(), a.id.clone()))).collect()
    }

    fn expected(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn a_renamed_file_keeps_its_article() {
        let removed = vec![article("a/1.txt", "Dam opens", "Water ran at noon.")];
        let added = vec![
            article("a/2.txt", "Dam opens", "Nobody came."),
            article("a/3.txt", "Dam opens", "Water ran at noon."),
        ];
        let pairs = expected(&[("a/1.txt", "a/3.txt"), ("", "a/2.txt")]);
        assert_eq!(paired(removed, added), pairs);
    }

    #[test]
    fn an_edited_record_is_found_by_its_headline_or_its_sentences() {
        let removed = vec![
            article("a.jsonl#1", "Dam opens", "Water ran at noon."),
            article("a.jsonl#2", "", "Rain fell on Tuesday. The road was shut. Nobody was hurt."),
            article("a.jsonl#3", "Snow", "Trains stood still."),
        ];
        let added = vec![
            article(
                "a.jsonl#4",
                "Late rain",
                "Rain fell on Tuesday. The road was shut. It is open.",
            ),
            article("a.jsonl#5", "Dam opens", "Water ran at one."),
            article("a.jsonl#6", "Fair", "The fair was full."),
        ];
        let pairs = expected(&[
            ("a.jsonl#1", "a.jsonl#5"),
            ("a.jsonl#2", "a.jsonl#4"),
            ("a.jsonl#3", ""),
            ("", "a.jsonl#6"),
        ]);
        assert_eq!(paired(removed, added), pairs);
    }
}
