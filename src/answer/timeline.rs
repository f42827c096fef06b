//! Matches over time, of several queries side by side.

use serde_json::{Value, json};

use super::export::{Cell, Column, Kind, Row, column, object};
use super::{Answer, warnings};
use crate::query::{Series, Timeline};

/// A row for each step, with the counts of all series side by side.
pub(crate) struct BySteps<'a>(pub(crate) &'a Timeline);

/// A row for each step of each series. Its columns have the same names whatever the queries, as Parquet wants them.
pub(crate) struct BySeries<'a>(pub(crate) &'a Timeline);

/// The columns of a row for each step of each series.
static COLUMNS: [Column; 5] = [
    column("step", Kind::Text),
    column("series", Kind::Text),
    column("count", Kind::Count),
    column("per_1000", Kind::Real(3)),
    column("archive", Kind::Count),
];

/// The name of a series: its query.
pub(crate) fn name(series: &Series) -> &str {
    if series.query.is_empty() { "*" } else { &series.query }
}

/// A step: for each series its count, and that per 1,000 articles of the archive.
pub(crate) struct Step<'a> {
    /// The year, month, week or day.
    pub(crate) name: &'a str,
    /// Counts in the order of the series.
    pub(crate) counts: Vec<(u64, f64)>,
    /// Articles of the archive.
    archive: u64,
}

/// The steps in the order of time.
pub(crate) fn steps(line: &Timeline) -> impl Iterator<Item = Step<'_>> {
    let relative: Vec<_> = line.series.iter().map(|series| line.relative(series)).collect();
    line.steps.iter().zip(&line.archive).enumerate().map(move |(n, (name, &archive))| Step {
        name,
        counts: line.series.iter().zip(&relative).map(|(s, r)| (s.counts[n], r[n])).collect(),
        archive,
    })
}

impl Step<'_> {
    /// The same with one series alone.
    fn at(&self, series: usize) -> Self {
        Self { counts: vec![self.counts[series]], ..*self }
    }
}

impl Answer for BySteps<'_> {
    /// Without the steps in which nothing was found, whose number is stated. Rows have them, as curves are drawn of rows.
    fn json(&self) -> Value {
        let (found, empty): (Vec<_>, Vec<_>) =
            steps(self.0).partition(|step| step.counts.iter().any(|&(count, _)| count > 0));
        let mut object = match self.0.series.as_slice() {
            [series] => totals(series),
            all => json!({ "series": all.iter().map(totals).collect::<Vec<_>>() }),
        };
        object["steps"] = found.iter().map(Row::json).collect();
        object["empty_steps"] = empty.len().into();
        object
    }

    /// For one series the columns `count` and `per_1000`; else two for each, named by the query.
    fn columns(&self) -> Vec<Column> {
        let mut columns = vec![column("step", Kind::Text)];
        for series in &self.0.series {
            let [count, relative] = match self.0.series.len() {
                1 => ["count".to_owned(), "per_1000".to_owned()],
                _ => [name(series).to_owned(), format!("{} per_1000", name(series))],
            };
            columns.push(Column { name: count.into(), kind: Kind::Count });
            columns.push(Column { name: relative.into(), kind: Kind::Real(3) });
        }
        columns.push(column("archive", Kind::Count));
        columns
    }

    fn rows(&self) -> impl Iterator<Item = impl Row> {
        steps(self.0)
    }

    fn query(&self) -> Option<String> {
        let queries: Vec<_> = self.0.series.iter().map(|s| s.understood.as_str()).collect();
        Some(queries.join(" / "))
    }
}

fn totals(series: &Series) -> Value {
    json!({
        "query": series.query,
        "total": series.total,
        "undated": series.undated,
        "warnings": warnings(&series.warnings),
    })
}

impl Row for Step<'_> {
    /// A number each for one series, else lists in the order of the series.
    fn json(&self) -> Value {
        if let [(count, relative)] = self.counts[..] {
            return json!({
                "step": self.name, "count": count, "per_1000": relative, "archive": self.archive,
            });
        }
        let (counts, relative): (Vec<_>, Vec<_>) = self.counts.iter().copied().unzip();
        json!({
            "step": self.name, "counts": counts, "per_1000": relative, "archive": self.archive,
        })
    }

    fn cells(&self) -> Vec<Cell> {
        let counts = self
            .counts
            .iter()
            .flat_map(|&(count, relative)| [Cell::Count(count), Cell::Real(relative)]);
        let mut cells = vec![Cell::text(self.name)];
        cells.extend(counts);
        cells.push(Cell::Count(self.archive));
        cells
    }
}

impl Answer for BySeries<'_> {
    fn json(&self) -> Value {
        BySteps(self.0).json()
    }

    fn columns(&self) -> Vec<Column> {
        COLUMNS.to_vec()
    }

    fn rows(&self) -> impl Iterator<Item = impl Row> {
        steps(self.0).flat_map(|step| {
            let point = |(n, series)| Point { step: step.at(n), series: name(series) };
            self.0.series.iter().enumerate().map(point).collect::<Vec<_>>()
        })
    }

    fn query(&self) -> Option<String> {
        BySteps(self.0).query()
    }
}

/// A step of one series.
struct Point<'a> {
    step: Step<'a>,
    series: &'a str,
}

impl Row for Point<'_> {
    fn json(&self) -> Value {
        object(&COLUMNS, self.cells())
    }

    fn cells(&self) -> Vec<Cell> {
        let mut cells = self.step.cells();
        cells.insert(1, Cell::text(self.series));
        cells
    }
}
