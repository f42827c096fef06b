//! Matches over time: counts by year, month, week or day, for several queries side by side.

use rustc_hash::FxHashMap;

use crate::error::Result;
use crate::query::engine::{DayCounts, Engine};
use crate::query::language::Warning;
use crate::query::question::Question;
use crate::query::request::Request;

/// The length of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// `2021`
    #[default]
    Year,
    /// `2021-02`
    Month,
    /// ISO 8601 week: `2021-W08`
    Week,
    /// `2021-02-27`
    Day,
}

/// Counts over time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// The steps from the first with a match to the last, none left out: `2021`, `2021-02`, `2021-W08`, `2021-02-27`.
    pub steps: Vec<String>,
    /// One for each request.
    pub series: Vec<Series>,
    /// All articles (or quotations) of the archive in each step, within the dates of the first request.
    pub archive: Vec<u64>,
}

/// One query's counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The query as typed.
    pub query: String,
    /// The parsed query in the query language, dates included.
    pub understood: String,
    /// Matches in each step.
    pub counts: Vec<u64>,
    /// Matches whose date is unknown, or known less precisely than a step.
    pub undated: u64,
    /// All matches.
    pub total: u64,
    /// What in the query was not understood.
    pub warnings: Vec<Warning>,
}

impl Timeline {
    /// Counts per 1,000 of the archive in that step; 0 where it has none.
    pub fn relative(&self, series: &Series) -> Vec<f64> {
        let share = |count: u64, all: u64| match all {
            0 => 0.0,
            _ => 1000.0 * count as f64 / all as f64,
        };
        series.counts.iter().zip(&self.archive).map(|(&count, &all)| share(count, all)).collect()
    }
}

/// Counts what `requests` match in each step. Only their query, target and dates are used.
pub fn timeline(engine: &dyn Engine, requests: &[Request], by: By) -> Result<Timeline> {
    let Some(first) = requests.first() else { return Ok(Timeline::default()) };
    let mut counted = Vec::with_capacity(requests.len());
    for request in requests {
        let (question, warnings) = Question::of(engine, request)?;
        let steps = Steps::of(&engine.count_days(&question)?, by);
        let series = Series {
            query: request.query.clone(),
            understood: question.clause.to_string(),
            counts: Vec::new(),
            undated: steps.undated,
            total: steps.total,
            warnings,
        };
        counted.push((series, steps));
    }
    let whole = Request { query: String::new(), ..first.clone() };
    let (whole, _) = Question::of(engine, &whole)?;
    let archive = Steps::of(&engine.count_days(&whole)?, by);

    let all = counted.iter().flat_map(|(_, steps)| steps.counts.keys().copied());
    let steps: Vec<i32> = match (all.clone().min(), all.max()) {
        (Some(start), Some(end)) => (start..=end).collect(),
        _ => Vec::new(),
    };
    let filled = |(series, counts): (Series, Steps)| Series { counts: counts.at(&steps), ..series };
    Ok(Timeline {
        series: counted.into_iter().map(filled).collect(),
        archive: archive.at(&steps),
        steps: steps.iter().map(|&step| name(step, by)).collect(),
    })
}

/// Counts by step number: years, months since year 0, ISO weeks or days since 1970.
struct Steps {
    counts: FxHashMap<i32, u64>,
    undated: u64,
    total: u64,
}

impl Steps {
    fn of(days: &DayCounts, by: By) -> Self {
        let mut steps = Self { counts: FxHashMap::default(), undated: 0, total: 0 };
        let mut dated: Vec<_> = days.iter().collect();
        dated.sort_unstable();
        for (&days, &count) in dated {
            steps.total += count;
            match days.and_then(|(first, last)| step(first, last, by)) {
                Some(step) => *steps.counts.entry(step).or_default() += count,
                None => steps.undated += count,
            }
        }
        steps
    }

    /// The counts of these steps.
    fn at(&self, steps: &[i32]) -> Vec<u64> {
        steps.iter().map(|step| self.counts.get(step).copied().unwrap_or(0)).collect()
    }
}

/// The number of the step that contains both days; `None` if it is not one.
fn step(first: i64, last: i64, by: By) -> Option<i32> {
    let (year, month) = (first / 10_000, first / 100 % 100);
    match by {
        By::Year => (year == last / 10_000).then_some(year as i32),
        By::Month => (first / 100 == last / 100).then_some((year * 12 + month - 1) as i32),
        By::Day | By::Week if first != last => None,
        By::Day => days_since_1970(first),
        // 1970-01-01 was a Thursday: weeks begin on the Monday before.
        By::Week => Some((days_since_1970(first)? + 3).div_euclid(7)),
    }
}

fn days_since_1970(day: i64) -> Option<i32> {
    let date =
        jiff::civil::Date::new((day / 10_000) as i16, (day / 100 % 100) as i8, (day % 100) as i8);
    let since = date.ok()?.since(jiff::civil::date(1970, 1, 1)).ok()?;
    Some(since.get_days())
}

/// The name of a step.
fn name(step: i32, by: By) -> String {
    let date = |days: i32| {
        jiff::civil::date(1970, 1, 1)
            .checked_add(jiff::Span::new().days(days))
            .unwrap_or(jiff::civil::Date::MAX)
    };
    match by {
        By::Year => format!("{step:04}"),
        By::Month => format!("{:04}-{:02}", step.div_euclid(12), step.rem_euclid(12) + 1),
        By::Day => date(step).to_string(),
        By::Week => {
            let week = date(step * 7 - 3).iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_named_as_iso_8601_does() {
        let check = |day, by, expected: &str| {
            assert_eq!(name(step(day, day, by).expect("a step"), by), expected);
        };
        check(2021_02_27, By::Year, "2021");
        check(2021_02_27, By::Month, "2021-02");
        check(2021_02_27, By::Day, "2021-02-27");
        check(2021_02_27, By::Week, "2021-W08");
        check(2021_01_03, By::Week, "2020-W53");
        check(2021_01_04, By::Week, "2021-W01");
        check(1969_12_31, By::Week, "1970-W01");
        assert_eq!(step(2021_01_01, 2021_01_31, By::Day), None);
    }
}
