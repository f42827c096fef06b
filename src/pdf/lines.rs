//! From glyphs to lines: glyphs on one baseline that belong together, with the spaces between their words. What stands on the
//! same baseline in the next column is another line.

use super::glyph::{Glyph, Turn, UNKNOWN};
use super::visual_order;

/// Glyphs on one baseline. Lengths are in points; y grows downwards.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    /// The size of most of its glyphs.
    pub(super) size: f32,
    /// Whether most of its glyphs are bold.
    pub(super) is_bold: bool,
    /// Whether it reads from right to left.
    pub(super) is_rtl: bool,
    pub(super) turn: Turn,
}

/// Glyphs that the file draws one behind the other.
struct Run<'g> {
    glyphs: Vec<&'g Glyph>,
    left: f32,
    right: f32,
    baseline: f32,
    size: f32,
}

/// The widest space between words that are drawn one behind the other, in sizes of their font.
const WIDEST_DRAWN_GAP: f32 = 1.0;

/// [`WIDEST_DRAWN_GAP`] where the file draws a space, which a justified line of few words makes wide.
const WIDEST_DRAWN_SPACE: f32 = 8.0;

/// The widest gap between parts of a line that are not drawn one behind the other.
const WIDEST_GAP: f32 = 0.4;

/// [`WIDEST_GAP`] in scripts from right to left, where numbers are drawn after the words around them.
const WIDEST_RTL_GAP: f32 = 0.7;

/// The lines of a page, in no order. Glyphs that repeat on pages, as the file says, are left out.
pub(super) fn lines(glyphs: &[Glyph]) -> Vec<Line> {
    let mut lines = Vec::new();
    for turn in [Turn::Upright, Turn::Down, Turn::UpsideDown, Turn::Up] {
        let is_read =
            |glyph: &&Glyph| glyph.turn == turn && !glyph.is_pagination && !is_kern(glyph);
        let turned = glyphs.iter().filter(is_read);
        let merged = merged(runs(turned));
        lines.extend(merged.into_iter().filter_map(|run| line(run.glyphs, turn)));
    }
    with_initials(lines)
}

/// Lines with the large letter that opens a text put before the line that it belongs to. The lines beside it begin where it
/// does, so that they are not taken for indented ones.
fn with_initials(mut lines: Vec<Line>) -> Vec<Line> {
    /// With more on a page, they are letters that stand alone.
    const MOST: usize = 100;
    if lines.iter().filter(|line| is_initial(line)).count() > MOST {
        return lines;
    }
    let (initials, mut others): (Vec<Line>, Vec<Line>) = lines.drain(..).partition(is_initial);
    for initial in initials {
        let top = initial.baseline - initial.size * 0.75;
        let is_beside = |line: &Line| {
            let gap = line.left - initial.right;
            let is_level =
                line.baseline > top && line.baseline < initial.baseline + line.size * 1.3;
            let is_smaller = line.size * 1.8 < initial.size;
            line.turn == initial.turn
                && is_level
                && is_smaller
                && gap > -line.size
                && gap < line.size * 1.5
        };
        let mut beside: Vec<&mut Line> = others.iter_mut().filter(|line| is_beside(line)).collect();
        beside.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
        for line in &mut beside {
            line.left = initial.left;
        }
        match beside.first_mut() {
            Some(first) => first.text.insert_str(0, &initial.text),
            None => others.push(initial),
        }
    }
    others
}

/// Whether a line is a letter alone, maybe behind a quotation mark.
fn is_initial(line: &Line) -> bool {
    let letters = line.text.chars().filter(|c| c.is_alphabetic()).count();
    letters == 1 && line.text.chars().count() <= 2
}

fn runs<'g>(glyphs: impl Iterator<Item = &'g Glyph>) -> Vec<Run<'g>> {
    let mut runs: Vec<Run<'g>> = Vec::new();
    for glyph in glyphs {
        match runs.last_mut().filter(|run| run.goes_on_with(glyph)) {
            Some(run) => run.add(glyph),
            None => runs.push(Run::of(glyph)),
        }
    }
    runs.retain(|run| run.glyphs.iter().any(|glyph| &*glyph.text != " "));
    runs
}

impl<'g> Run<'g> {
    fn of(glyph: &'g Glyph) -> Self {
        let &Glyph { left, right, baseline, size, .. } = glyph;
        Self { glyphs: vec![glyph], left, right, baseline, size }
    }

    /// Whether `glyph`, which is drawn next, stands behind or before what is drawn so far.
    fn goes_on_with(&self, glyph: &Glyph) -> bool {
        let size = self.size.max(glyph.size);
        let shift = (glyph.baseline - self.baseline).abs();
        let ratio = glyph.size / self.size;
        // A number of a note is smaller and higher.
        let is_level =
            shift < size * 0.15 || (shift < size * 0.5 && !(0.8..=1.25).contains(&ratio));
        let (behind, before) = (glyph.left - self.right, self.left - glyph.right);
        let has_space =
            self.glyphs.last().is_some_and(|last| &*last.text == " ") || &*glyph.text == " ";
        let widest = if has_space { WIDEST_DRAWN_SPACE } else { WIDEST_DRAWN_GAP };
        let is_near = |gap: f32| (-size * 0.5..size * widest).contains(&gap);
        let over = glyph.left >= self.left && glyph.right <= self.right;
        (0.4..=2.5).contains(&ratio) && is_level && (is_near(behind) || is_near(before) || over)
    }

    fn add(&mut self, glyph: &'g Glyph) {
        self.left = self.left.min(glyph.left);
        self.right = self.right.max(glyph.right);
        if glyph.size > self.size {
            (self.size, self.baseline) = (glyph.size, glyph.baseline);
        }
        self.glyphs.push(glyph);
    }
}

/// Runs on the same baseline that stand next to one another, as one.
fn merged(mut runs: Vec<Run<'_>>) -> Vec<Run<'_>> {
    runs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let (mut merged, mut level): (Vec<Run<'_>>, Vec<Run<'_>>) = (Vec::new(), Vec::new());
    for run in runs {
        let is_level =
            |first: &Run<'_>| run.baseline - first.baseline < first.size.min(run.size) * 0.2;
        if !level.first().is_some_and(is_level) {
            merged.extend(joined(std::mem::take(&mut level)));
        }
        level.push(run);
    }
    merged.extend(joined(level));
    merged
}

/// The runs of one baseline, neighbours as one.
fn joined(mut level: Vec<Run<'_>>) -> Vec<Run<'_>> {
    level.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut joined: Vec<Run<'_>> = Vec::new();
    for run in level {
        match joined.last_mut().filter(|before| before.is_next_to(&run)) {
            Some(before) => {
                before.right = before.right.max(run.right);
                before.size = before.size.max(run.size);
                before.glyphs.extend(run.glyphs);
            }
            None => joined.push(run),
        }
    }
    joined
}

impl Run<'_> {
    fn is_rtl(&self) -> bool {
        self.glyphs.iter().any(|glyph| glyph.text.chars().any(visual_order::is_rtl))
    }

    fn is_next_to(&self, next: &Self) -> bool {
        let size = self.size.max(next.size);
        let widest = if self.is_rtl() || next.is_rtl() { WIDEST_RTL_GAP } else { WIDEST_GAP };
        let ratio = next.size / self.size;
        (0.4..=2.5).contains(&ratio) && next.left - self.right < size * widest
    }
}

/// The line of some glyphs; `None` if nothing of it can be read.
fn line(mut glyphs: Vec<&Glyph>, turn: Turn) -> Option<Line> {
    glyphs.sort_by(|a, b| a.left.total_cmp(&b.left));
    without_shadows(&mut glyphs);
    let drawn: Vec<&&Glyph> = glyphs.iter().filter(|glyph| &*glyph.text != " ").collect();
    let size = median(drawn.iter().map(|glyph| glyph.size))?;
    let baseline = median(drawn.iter().map(|glyph| glyph.baseline))?;
    let bold = drawn.iter().filter(|glyph| glyph.is_bold).count();
    let is_bold = bold * 2 > drawn.len();
    let left = drawn.first()?.left;
    let right = drawn.iter().map(|glyph| glyph.right).fold(left, f32::max);
    let parts = with_spaces(&glyphs, size);
    let (text, is_rtl) = visual_order::logical(&parts);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(Line { text, left, right, baseline, size, is_bold, is_rtl, turn })
}

/// Whether a space is so narrow that it only moves the next letter.
fn is_kern(glyph: &Glyph) -> bool {
    &*glyph.text == " " && glyph.right - glyph.left < glyph.size * 0.1
}

/// Removes glyphs that are drawn twice, for a shadow or a bolder look.
fn without_shadows(glyphs: &mut Vec<&Glyph>) {
    glyphs.dedup_by(|next, glyph| {
        next.text == glyph.text
            && &*next.text != " "
            && (next.left - glyph.left).abs() < next.size * 0.1
    });
}

/// The texts of glyphs from left to right, with a space wherever there is one between words.
fn with_spaces(glyphs: &[&Glyph], size: f32) -> Vec<String> {
    /// Of the size of the font: the least space between words, beyond what lies between all letters.
    const SPACE: f32 = 0.16;
    let gaps = glyphs.windows(2).filter(|two| two.iter().all(|glyph| &*glyph.text != " "));
    let usual = median(gaps.map(|two| (two[1].left - two[0].right).max(0.0))).unwrap_or(0.0);
    let least = usual + size * SPACE;
    let mut parts: Vec<String> = Vec::with_capacity(glyphs.len());
    let mut end = f32::MAX;
    let mut waiting = String::new();
    for (at, glyph) in glyphs.iter().enumerate() {
        if is_mark(&glyph.text) {
            match parts.last_mut().filter(|_| at > 0 && is_over(glyph, glyphs[at - 1])) {
                Some(letter) => letter.push_str(&glyph.text),
                None => waiting.push_str(&glyph.text),
            }
            continue;
        }
        let is_wide = |text: &str| text.chars().next_back().is_some_and(is_without_spaces);
        let both_wide = is_wide(&glyph.text) && parts.last().is_some_and(|last| is_wide(last));
        let least = if both_wide { size * 0.7 } else { least };
        if glyph.left - end > least && parts.last().is_some_and(|last| last != " ") {
            parts.push(" ".to_owned());
        }
        parts.push(format!("{}{}", glyph.text, std::mem::take(&mut waiting)));
        end = if end >= f32::MAX { glyph.right } else { end.max(glyph.right) };
    }
    parts
}

/// Whether a mark, such as an accent, stands above or below `letter`.
fn is_over(mark: &Glyph, letter: &Glyph) -> bool {
    &*letter.text != " "
        && (letter.left..=letter.right).contains(&f32::midpoint(mark.left, mark.right))
}

fn is_mark(text: &str) -> bool {
    !text.is_empty() && text.chars().all(unicode_normalization::char::is_combining_mark)
}

/// Whether a script has no spaces between words.
fn is_without_spaces(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// The share of characters that no font tells, from 0 to 1.
pub(super) fn share_unknown(glyphs: &[Glyph]) -> f32 {
    let drawn = glyphs.iter().filter(|glyph| &*glyph.text != " ");
    let (mut all, mut unknown) = (0_usize, 0_usize);
    for glyph in drawn {
        all += 1;
        unknown += usize::from(&*glyph.text == UNKNOWN);
    }
    if all == 0 { 0.0 } else { unknown as f32 / all as f32 }
}

/// The middle one of some numbers.
pub(super) fn median(numbers: impl Iterator<Item = f32>) -> Option<f32> {
    let mut sorted: Vec<f32> = numbers.collect();
    let middle = sorted.len() / 2;
    (!sorted.is_empty()).then(|| *sorted.select_nth_unstable_by(middle, f32::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Glyphs of a text in a font whose letters are half as wide as high, from `left` on; a space is drawn or left out.
    fn drawn(text: &str, left: f32, baseline: f32, size: f32, has_spaces: bool) -> Vec<Glyph> {
        let glyph = |(at, c): (usize, char)| Glyph {
            text: c.to_string().into(),
            left: left + at as f32 * size * 0.5,
            right: left + (at as f32 + 1.0) * size * 0.5,
            baseline,
            size,
            is_bold: false,
            turn: Turn::Upright,
            is_pagination: false,
        };
        text.chars()
            .enumerate()
            .map(glyph)
            .filter(|glyph| has_spaces || &*glyph.text != " ")
            .collect()
    }

    fn texts(glyphs: &[Glyph]) -> Vec<String> {
        lines(glyphs).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn words_are_parted_by_spaces_or_gaps() {
        assert_eq!(texts(&drawn("The river rose", 0.0, 10.0, 10.0, true)), ["The river rose"]);
        assert_eq!(texts(&drawn("The river rose", 0.0, 10.0, 10.0, false)), ["The river rose"]);
        // Letters that are set wide.
        let wide: Vec<Glyph> = drawn("RIVER NEWS", 0.0, 10.0, 10.0, false)
            .into_iter()
            .map(|glyph| Glyph { left: glyph.left * 1.4, right: glyph.left * 1.4 + 5.0, ..glyph })
            .collect();
        assert_eq!(texts(&wide), ["RIVER NEWS"]);
    }

    #[test]
    fn columns_are_lines_of_their_own() {
        let glyphs = [drawn("river", 0.0, 10.0, 10.0, true), drawn("rain", 40.0, 10.0, 10.0, true)];
        assert_eq!(texts(&glyphs.concat()), ["river", "rain"]);
    }

    #[test]
    fn a_letter_that_is_drawn_twice_is_one() {
        let shadow = drawn("River", 0.3, 10.0, 10.0, true);
        assert_eq!(texts(&[drawn("River", 0.0, 10.0, 10.0, true), shadow].concat()), ["River"]);
    }

    #[test]
    fn marks_stand_on_their_letters() {
        let mut glyphs = drawn("caf", 0.0, 10.0, 10.0, true);
        glyphs.extend(drawn("e", 15.0, 10.0, 10.0, true));
        let mark = Glyph { text: "\u{301}".into(), left: 17.0, right: 18.0, ..glyphs[0].clone() };
        glyphs.push(mark);
        assert_eq!(texts(&glyphs), ["cafe\u{301}"]);
    }

    #[test]
    fn a_large_letter_opens_its_line() {
        let glyphs = [
            drawn("T", 0.0, 22.0, 30.0, true),
            drawn("he river rose", 16.0, 10.0, 10.0, true),
            drawn("on Monday", 16.0, 22.0, 10.0, true),
        ];
        let lines = lines(&glyphs.concat());
        assert_eq!(lines[0].text, "The river rose");
        assert!(lines.iter().all(|line| line.left == 0.0));
    }
}
