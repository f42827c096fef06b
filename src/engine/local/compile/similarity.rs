//! BM25 (Robertson and Zaragoza 2009) for whatever has a number of occurrences and a length.

use std::sync::Arc;

use tantivy::Score;
use tantivy::fieldnorm::FieldNormReader;

use crate::engine::local::statistics::{B, K1};

/// What BM25 takes from the whole index, for one word or pattern.
#[derive(Clone)]
pub(super) struct Similarity {
    weight: Score,
    average_length: Score,
    /// For each length as the index keeps it, in a byte, what is added to the number of occurrences.
    norms: Arc<[Score; 256]>,
}

impl Similarity {
    /// For what is so rare in texts of that length on average.
    pub(super) fn new(idf: Score, average_length: Score) -> Self {
        let of_id = |id: u8| norm(FieldNormReader::id_to_fieldnorm(id), average_length);
        let norms: Vec<_> = (0..=u8::MAX).map(of_id).collect();
        let norms = norms.try_into().map_or([1.0; 256], |norms: Box<[Score; 256]>| *norms);
        Self { weight: idf * (1.0 + K1), average_length, norms: Arc::new(norms) }
    }

    /// The same with scores multiplied.
    pub(super) fn boosted(&self, boost: Score) -> Self {
        Self { weight: self.weight * boost, ..self.clone() }
    }

    /// So many times in a text of so many words.
    pub(super) fn score(&self, times: u32, length: u32) -> Score {
        let times = times as Score;
        self.weight * times / (times + norm(length, self.average_length))
    }

    /// So many times in a text of the length that the index keeps as this byte.
    #[inline]
    pub(super) fn score_in(&self, times: u32, fieldnorm_id: u8) -> Score {
        let times = times as Score;
        self.weight * times / (times + self.norms[usize::from(fieldnorm_id)])
    }
}

fn norm(length: u32, average: Score) -> Score {
    K1 * (1.0 - B + B * length as Score / average)
}

/// How rare a word is that `having` of `all` texts have.
pub(super) fn idf(having: u64, all: u64) -> Score {
    let having = having.min(all);
    (1.0 + ((all - having) as Score + 0.5) / (having as Score + 0.5)).ln()
}

/// How many of `all` texts have any of several words that so many have each, as if these knew nothing of each other:
/// counting them would read all their postings.
pub(super) fn having_any(each: impl IntoIterator<Item = u64>, all: u64) -> u64 {
    let mut each = each.into_iter();
    let (Some(first), second) = (each.next(), each.next()) else { return 0 };
    let Some(second) = second else { return first.min(all) };
    let without = |having: u64| 1.0 - having.min(all) as f64 / all.max(1) as f64;
    let none: f64 = [first, second].into_iter().chain(each).map(without).product();
    #[expect(clippy::cast_sign_loss, reason = "a share of a number of texts is not negative")]
    let any = ((1.0 - none) * all as f64).round() as u64;
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_counted_together() {
        assert_eq!(having_any([], 100), 0);
        assert_eq!(having_any([30], 100), 30);
        assert_eq!(having_any([50, 50], 100), 75);
        assert_eq!(having_any([100, 3], 100), 100);
        assert_eq!(having_any([500], 100), 100);
    }

    #[test]
    fn lengths_in_a_byte_score_like_lengths() {
        let similarity = Similarity::new(2.0, 300.0);
        for length in [1, 7, 40, 1000] {
            let id = FieldNormReader::fieldnorm_to_id(length);
            let kept = FieldNormReader::id_to_fieldnorm(id);
            let (a, b) = (similarity.score_in(3, id), similarity.score(3, kept));
            assert!((a - b).abs() < 1e-6, "{length}");
        }
    }
}
