//! Agencies in a dateline: in brackets or strokes, before the place, or between commas.

use std::ops::Range;

use super::{Joint, Name, Printed, Reader};
use crate::calendar::printed;
use crate::tables::agencies;
use crate::text::segmentation::Shape;

impl Reader<'_, '_> {
    /// `(ANSA) - Rome`, `/TASS/ Moscow`, `AFP.- London`, `XYZ News, 25 March`.
    pub(super) fn leading_agency(&mut self) {
        let opened = matches!(self.word(self.at), "(" | "[" | "/");
        let bracketed = if opened { self.bracketed(self.at) } else { None };
        let found = bracketed
            .filter(|(inner, _)| self.is_agency(inner.clone()))
            .or_else(|| self.bare_agency(self.at).map(|end| (self.at..end, end)));
        let Some((inner, behind)) = found else {
            if self.unknown_agency() {
                return;
            }
            self.wrapped = opened;
            self.at += usize::from(opened);
            return;
        };
        let parted = self.skip_parting(behind);
        if parted > behind || opened {
            self.take_agency(inner.start, inner.end);
            self.advance(behind);
            self.at = parted;
        }
    }

    /// `(XNA) - Rome`: one word in capitals that the table lacks, parted by a dash.
    fn unknown_agency(&mut self) -> bool {
        let Some((inner, behind)) = self.bracketed(self.at) else { return false };
        let capitals = inner.len() == 1 && self.shape(inner.start) == Some(Shape::Upper);
        if !capitals || !self.is_dash(behind) {
            return false;
        }
        self.agency = Some(Printed { span: self.text.span(inner), known: false });
        self.advance(behind);
        self.at = self.skip_parting(behind);
        true
    }

    /// Full stops, commas and dashes from `at` on.
    fn skip_parting(&self, mut at: usize) -> usize {
        while matches!(self.word(at), "." | "," | ":") || self.is_dash(at) {
            at += 1;
        }
        at
    }

    /// A bracket holds the agency, the date, or the region.
    pub(super) fn bracket(&mut self) -> Option<()> {
        let (inner, behind) = self.bracketed(self.at)?;
        if let Some((date, end)) = printed::date(self.text, inner.start)
            && end == inner.end
            && self.date.is_none()
        {
            self.take_date(date, inner.start, end);
        } else if self.agency.is_none() {
            let span = self.text.span(inner.clone());
            let known = self.is_agency(inner.clone());
            if known {
                self.date_within(inner.clone());
            }
            if known || self.date.is_some() || !self.is_region_like(inner) {
                self.agency = Some(Printed { span, known });
            } else {
                self.names.push(Name { span, joint: Joint::Bracket });
            }
        }
        self.advance(behind);
        Some(())
    }

    /// The date that ends a bracket: `(Newswire - Jan. 5, 2015)`.
    fn date_within(&mut self, inner: Range<usize>) {
        let mut dates = inner.clone().filter_map(|i| Some((i, printed::date(self.text, i)?)));
        if self.date.is_none()
            && let Some((at, (date, _))) = dates.find(|(_, (_, end))| *end == inner.end)
        {
            self.take_date(date, at, inner.end);
        }
    }

    /// Title case without a stroke or a dash: `(Oregon)`, not `(XNA)`.
    fn is_region_like(&self, inner: Range<usize>) -> bool {
        inner.clone().all(|i| self.shape(i) == Some(Shape::Capital)) && inner.len() <= 3
    }

    pub(super) fn is_agency(&self, tokens: Range<usize>) -> bool {
        agencies::names_any(self.text.span(tokens).of(self.text.body))
    }

    /// The tokens inside the bracket or the strokes that open at `at`, and the token behind them.
    pub(super) fn bracketed(&self, at: usize) -> Option<(Range<usize>, usize)> {
        const LONGEST: usize = 12;
        let close = match self.word(at) {
            "(" => ")",
            "[" => "]",
            "/" => "/",
            _ => return None,
        };
        let end = (at + 1..(at + LONGEST).min(self.limit)).find(|&i| self.word(i) == close)?;
        (end > at + 1).then_some((at + 1..end, end + 1))
    }

    /// Where the known agency that starts at `at` without brackets ends: `IRNA`, `afrol News`. Only forms that are
    /// no words otherwise: capitals, or several words.
    pub(super) fn bare_agency(&self, at: usize) -> Option<usize> {
        const LONGEST: usize = 4;
        let shape = self.shape(at)?;
        if !matches!(shape, Shape::Upper | Shape::Capital | Shape::Lower) {
            return None;
        }
        (at + 1..=(at + LONGEST).min(self.limit)).rev().find(|&end| {
            let distinct = end > at + 1 || shape == Shape::Upper || self.is_at_dash_or_comma(end);
            distinct && agencies::find(self.text.span(at..end).of(self.text.body), None).is_some()
        })
    }

    fn is_at_dash_or_comma(&self, at: usize) -> bool {
        self.is_dash(at) || matches!(self.word(at), "," | ".")
    }

    /// `МОСКВА, 6 февраля. /ЗЕМЛЯ/.`: one word between strokes where the dateline ends.
    pub(super) fn is_between_strokes(&self, inner: Range<usize>, behind: usize) -> bool {
        self.date.is_some()
            && self.agency.is_none()
            && inner.len() == 1
            && (self.word(behind) == "." || self.is_dash(behind))
    }

    pub(super) fn closes_bracket(&self, at: usize) -> bool {
        at > 0 && at < self.limit && matches!(self.text.word(at - 1), ")" | "]" | "/")
    }
}
