//! BM25 (Robertson and Zaragoza 2009) from a term frequency and a length, as tantivy computes it, for words with several
//! terms and for patterns.

use std::sync::Arc;

use tantivy::Score;
use tantivy::fieldnorm::FieldNormReader;

use crate::engine::local::statistics::{B, K1};

/// The parameters of BM25 for one word or pattern.
#[derive(Clone)]
pub(super) struct Similarity {
    weight: Score,
    average_length: Score,
    /// For each fieldnorm id, what is added to the term frequency in the denominator.
    norms: Arc<[Score; 256]>,
}

impl Similarity {
    /// For a word of that idf in texts of that average length.
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

    /// The score of a term frequency in a text of `length` words.
    pub(super) fn score(&self, frequency: u32, length: u32) -> Score {
        let frequency = frequency as Score;
        self.weight * frequency / (frequency + norm(length, self.average_length))
    }

    /// The score of a term frequency in a text with that fieldnorm id.
    #[inline]
    pub(super) fn score_in(&self, frequency: u32, fieldnorm_id: u8) -> Score {
        let frequency = frequency as Score;
        self.weight * frequency / (frequency + self.norms[usize::from(fieldnorm_id)])
    }
}

fn norm(length: u32, average: Score) -> Score {
    K1 * (1.0 - B + B * length as Score / average)
}

/// The inverse document frequency of a word that `doc_freq` of `docs` documents have.
pub(super) fn idf(doc_freq: u64, docs: u64) -> Score {
    let doc_freq = doc_freq.min(docs);
    (1.0 + ((docs - doc_freq) as Score + 0.5) / (doc_freq as Score + 0.5)).ln()
}

/// An estimate of how many of `docs` documents have any of several terms with these document frequencies, as if the terms
/// were independent: counting would read all of their postings.
pub(super) fn doc_freq_of_any(each: impl IntoIterator<Item = u64>, docs: u64) -> u64 {
    let mut each = each.into_iter();
    let (Some(first), second) = (each.next(), each.next()) else { return 0 };
    let Some(second) = second else { return first.min(docs) };
    let without = |doc_freq: u64| 1.0 - doc_freq.min(docs) as f64 / docs.max(1) as f64;
    let none: f64 = [first, second].into_iter().chain(each).map(without).product();
    #[expect(clippy::cast_sign_loss, reason = "a share of a number of texts is not negative")]
    let any = ((1.0 - none) * docs as f64).round() as u64;
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_frequencies_are_combined() {
        assert_eq!(doc_freq_of_any([], 100), 0);
        assert_eq!(doc_freq_of_any([30], 100), 30);
        assert_eq!(doc_freq_of_any([50, 50], 100), 75);
        assert_eq!(doc_freq_of_any([100, 3], 100), 100);
        assert_eq!(doc_freq_of_any([500], 100), 100);
    }

    #[test]
    fn fieldnorm_ids_score_like_lengths() {
        let similarity = Similarity::new(2.0, 300.0);
        for length in [1, 7, 40, 1000] {
            let id = FieldNormReader::fieldnorm_to_id(length);
            let kept = FieldNormReader::id_to_fieldnorm(id);
            let (a, b) = (similarity.score_in(3, id), similarity.score(3, kept));
            assert!((a - b).abs() < 1e-6, "{length}");
        }
    }
}
