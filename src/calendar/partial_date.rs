//! A date at the precision that is known, and the days that it may be.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A date at the precision that is known, after ISO 8601. A dateline often lacks the year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PartialDate {
    /// Gregorian year.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
}

impl PartialDate {
    /// Year, month and day, if they are a date of the calendar.
    pub fn ymd(year: i16, month: u8, day: u8) -> Option<Self> {
        jiff::civil::Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
        Some(Self { year: Some(year), month: Some(month), day: Some(day) })
    }

    /// First and last day that it may be, as `YYYYMMDD`; `None` without a year.
    pub fn days(self) -> Option<(i64, i64)> {
        let year = i64::from(self.year?);
        let number = |month: u8, day: u8| year * 10_000 + i64::from(month) * 100 + i64::from(day);
        Some(match (self.month, self.day) {
            (Some(month), Some(day)) => (number(month, day), number(month, day)),
            (Some(month), None) => (number(month, 1), number(month, 31)),
            _ => (number(1, 1), number(12, 31)),
        })
    }
}

impl PartialDate {
    /// The date that may be the days from `first` to `last`, as [`Self::days`] gives them.
    pub fn of_days(first: i64, last: i64) -> Option<Self> {
        let part = |date: i64, size: i64| u8::try_from(date / size % 100).ok();
        let (month, day) = (part(first, 100)?, part(first, 1)?);
        let year = Some(i16::try_from(first / 10_000).ok()?);
        Some(match part(last, 100)? {
            _ if first == last => Self { year, month: Some(month), day: Some(day) },
            last if last == month => Self { year, month: Some(month), day: None },
            _ => Self { year, month: None, day: None },
        })
    }
}

impl fmt::Display for PartialDate {
    /// `2021-02-27`, `2021-02`, `2021`, or `--02-27` without a year.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => write!(f, "-")?,
        }
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_one_date() {
        for (month, day) in [(None, None), (Some(1), None), (Some(12), None), (Some(12), Some(31))]
        {
            for year in [1, 1600, 2021] {
                let date = PartialDate { year: Some(year), month, day };
                let of_days =
                    date.days().and_then(|(first, last)| PartialDate::of_days(first, last));
                assert_eq!(of_days, Some(date));
            }
        }
    }
}
