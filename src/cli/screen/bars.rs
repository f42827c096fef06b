//! Labels with counts and a bar for each.

use super::{pad, thousands, truncate, width};
use crate::article::{CountryCode, Facet};
use crate::cli::output::{Out, Role};
use crate::query::FacetCounts;
use crate::tables::country_name;

/// Columns of a label at most.
const LABEL: usize = 44;

/// Prints the values of a facet with bars.
pub(crate) fn facet(counts: &FacetCounts, out: &mut Out) -> std::io::Result<()> {
    let label = |value: &str| match country(counts.facet, value) {
        Some(name) => format!("{value}  {name}"),
        None => value.to_owned(),
    };
    let rows: Vec<_> = counts.values.iter().map(|v| (label(&v.value), v.count)).collect();
    bars(&rows, out)
}

/// The English name of a country where a field holds countries.
fn country(facet: Facet, value: &str) -> Option<&'static str> {
    let code = CountryCode::parse(value)?;
    matches!(facet, Facet::Country | Facet::About | Facet::From)
        .then(|| country_name(code))
        .flatten()
}

/// Prints labels, counts, and a bar for each.
pub(crate) fn bars(rows: &[(String, u64)], out: &mut Out) -> std::io::Result<()> {
    let labels = rows.iter().map(|(label, _)| width(label)).max().unwrap_or(0).min(LABEL);
    let most = rows.iter().map(|&(_, n)| n).max().unwrap_or(1).max(1);
    let digits = thousands(most).len();
    let room = out.width().saturating_sub(labels + digits + 6).clamp(8, 60);
    for (label, n) in rows {
        out.line(format_args!(
            "  {}  {:>digits$}  {}",
            pad(truncate(label, labels), labels),
            thousands(*n),
            out.paint(Role::Bar, bar(*n, most, room))
        ))?;
    }
    Ok(())
}

/// A bar of eighths of a column.
fn bar(n: u64, most: u64, room: usize) -> String {
    const EIGHTHS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];
    let eighths = (u128::from(n) * room as u128 * 8).div_ceil(u128::from(most)) as usize;
    let mut bar = "█".repeat(eighths / 8);
    if !eighths.is_multiple_of(8) {
        bar.push(EIGHTHS[eighths % 8 - 1]);
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion() {
        assert_eq!(bar(8, 8, 4), "████");
        assert_eq!(bar(4, 8, 4), "██");
        assert_eq!(bar(1, 8, 4), "▌");
        assert_eq!(bar(1, 1_000_000, 4), "▏");
        assert_eq!(bar(0, 8, 4), "");
    }
}
