//! The significance of a difference of frequencies between two corpora.

/// The log-likelihood of counts of the same thing in two corpora of these sizes, under the hypothesis of equal frequency:
/// 3.84 for p = 0.05. Negative if the frequency is higher in the second.
///
/// Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence" (1993), in the form of Rayson and Garside,
/// "Comparing Corpora using Frequency Profiling" (2000).
pub(crate) fn log_likelihood(counts: [u64; 2], totals: [u64; 2]) -> f64 {
    let [a, b] = counts.map(|count| count as f64);
    let [c, d] = totals.map(|total| total as f64);
    if c + d == 0.0 {
        return 0.0;
    }
    let expected = [c * (a + b) / (c + d), d * (a + b) / (c + d)];
    let part = |count: f64, expected: f64| {
        if count > 0.0 && expected > 0.0 { count * (count / expected).ln() } else { 0.0 }
    };
    let value = (2.0 * (part(a, expected[0]) + part(b, expected[1]))).max(0.0);
    if a >= expected[0] { value } else { -value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_likelihood_is_zero_for_an_even_spread() {
        let check = |counts, totals, expected: f64| {
            let value = log_likelihood(counts, totals);
            assert!((value - expected).abs() < 0.01, "{counts:?} {totals:?}: {value}");
        };
        check([10, 20], [1000, 2000], 0.0);
        check([20, 10], [1000, 1000], 3.40);
        check([10, 20], [1000, 1000], -3.40);
        check([0, 0], [0, 0], 0.0);
    }
}
