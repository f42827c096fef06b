//! From lines to blocks: lines of one size below one another, such as a headline, a column, a caption, a box; and the order in
//! which blocks are read.

use super::glyph::Turn;
use super::lines::Line;

/// Lines below one another, from top to bottom.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Block {
    pub(super) lines: Vec<Line>,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
    /// The size of its font.
    pub(super) size: f32,
}

/// The largest distance of two lines of a block, in sizes of their font.
const WIDEST_LEADING: f32 = 1.9;

/// Blocks of a page among which the order is worked out; with more, they are read from top to bottom.
const MAX_ORDERED: usize = 500;

/// Lines of a page that are grouped; with more, which no page of print has, each is a block.
const MAX_GROUPED: usize = 10_000;

impl Block {
    fn of(line: Line) -> Self {
        let (left, right, size) = (line.left, line.right, line.size);
        let (top, bottom) = (line.baseline - size * 0.8, line.baseline + size * 0.2);
        Self { lines: vec![line], left, right, top, bottom, size }
    }

    pub(super) fn turn(&self) -> Turn {
        self.lines.first().map_or(Turn::Upright, |line| line.turn)
    }

    /// The characters of its lines.
    pub(super) fn length(&self) -> usize {
        self.lines.iter().map(|line| line.text.chars().count()).sum()
    }

    fn last(&self) -> &Line {
        &self.lines[self.lines.len() - 1]
    }

    /// How far below its last line `line` is, if it can be the next one: of that size, and in that column.
    fn distance_to(&self, line: &Line) -> Option<f32> {
        let last = self.last();
        let (distance, size) = (line.baseline - last.baseline, last.size.max(line.size));
        let ratio = line.size / last.size;
        let is_same = last.turn == line.turn && (0.87..=1.15).contains(&ratio);
        let is_below = distance > size * 0.5 && distance < size * WIDEST_LEADING;
        let common = self.right.min(line.right) - self.left.max(line.left);
        let narrower = (last.right - last.left).min(line.right - line.left);
        // A headline is bold to its end, and the text below it is not.
        let is_heading = last.is_bold != line.is_bold && (last.is_bold || distance > size * 1.45);
        (is_same && is_below && common > narrower * 0.5 && !is_heading).then_some(distance)
    }

    fn add(&mut self, line: Line) {
        self.left = self.left.min(line.left);
        self.right = self.right.max(line.right);
        self.bottom = line.baseline + line.size * 0.2;
        self.lines.push(line);
    }

    fn is_beside(&self, other: &Self) -> bool {
        let common = self.right.min(other.right) - self.left.max(other.left);
        common <= (self.right - self.left).min(other.right - other.left) * 0.05
    }
}

/// The blocks of a page in the order in which they are read: those that are read upright first.
pub(super) fn blocks(lines: Vec<Line>) -> Vec<Block> {
    let mut blocks = grouped(lines);
    blocks.sort_by(|a, b| a.turn().cmp(&b.turn()).then(a.top.total_cmp(&b.top)));
    let mut turns: Vec<(usize, Vec<Block>)> = Vec::new();
    for block in blocks {
        match turns.last_mut().filter(|(_, same)| same[0].turn() == block.turn()) {
            Some((length, same)) => {
                *length += block.length();
                same.push(block);
            }
            None => turns.push((block.length(), vec![block])),
        }
    }
    turns.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
    turns.into_iter().flat_map(|(_, same)| in_reading_order(same)).collect()
}

fn grouped(mut lines: Vec<Line>) -> Vec<Block> {
    if lines.len() > MAX_GROUPED {
        return lines.into_iter().map(Block::of).collect();
    }
    lines.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.left.total_cmp(&b.left)));
    let mut done: Vec<Block> = Vec::new();
    let mut open: Vec<Block> = Vec::new();
    for line in lines {
        let is_over = |block: &Block| {
            line.baseline - block.last().baseline > block.size.max(line.size) * WIDEST_LEADING
        };
        done.extend(open.extract_if(.., |block| is_over(block)));
        let near = open.iter().enumerate().filter_map(|(at, block)| {
            let aside = (block.last().left - line.left).abs();
            Some((at, block.distance_to(&line)? + aside))
        });
        let nearest = near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at);
        match nearest {
            Some(at) if !is_shared(&open, at, &line) => open[at].add(line),
            _ => open.push(Block::of(line)),
        }
    }
    done.extend(open);
    done
}

/// Whether `line` lies below several blocks that stand beside one another, so that it belongs to none of them.
fn is_shared(open: &[Block], nearest: usize, line: &Line) -> bool {
    let nearest = &open[nearest];
    open.iter().any(|other| other.distance_to(line).is_some() && other.is_beside(nearest))
}

/// Blocks in reading order (after T. Breuel, "High performance document layout analysis", 2003): what is above is read before
/// what it overlaps; what is on the left is read before what is on its right, unless a block that spans both lies between them.
/// Where most lines read from right to left, so do columns.
fn in_reading_order(blocks: Vec<Block>) -> Vec<Block> {
    if blocks.len() > MAX_ORDERED {
        return blocks;
    }
    let rtl = blocks.iter().filter(|block| block.lines.iter().any(|line| line.is_rtl)).count();
    let is_rtl = rtl * 2 > blocks.len();
    let count = blocks.len();
    let is_alone: Vec<bool> = (0..count).map(|at| is_alone(&blocks, at)).collect();
    let is_before = |a: usize, b: usize| {
        let (first, second) = (&blocks[a], &blocks[b]);
        if !first.is_beside(second) {
            return (first.top, a) < (second.top, b);
        }
        if is_alone[a] || is_alone[b] {
            return (first.top, a) < (second.top, b);
        }
        let is_on_its_side =
            if is_rtl { first.left > second.left } else { first.left < second.left };
        let (upper, lower) = (first.top.min(second.top), first.top.max(second.top));
        let spans = |block: &Block| !block.is_beside(first) && !block.is_beside(second);
        let is_between = |block: &Block| block.top > upper && block.top < lower;
        is_on_its_side && !blocks.iter().any(|block| is_between(block) && spans(block))
    };
    let mut waits_for: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (at, before) in waits_for.iter_mut().enumerate() {
        before.extend((0..count).filter(|&other| other != at && is_before(other, at)));
    }
    let order = topological(&waits_for);
    let mut blocks: Vec<Option<Block>> = blocks.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| blocks[at].take()).collect()
}

/// Whether a short block has no other beside it, such as the name of a sender at the top of a letter.
fn is_alone(blocks: &[Block], at: usize) -> bool {
    const SHORT: usize = 3;
    let block = &blocks[at];
    let is_beside = |other: &Block| other.top < block.bottom && block.top < other.bottom;
    block.lines.len() <= SHORT
        && !blocks.iter().enumerate().any(|(other, it)| other != at && is_beside(it))
}

/// The indices so that each follows those that it waits for, as far as these do not wait for one another.
fn topological(waits_for: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(waits_for.len());
    let mut is_done = vec![false; waits_for.len()];
    let mut on_way = vec![false; waits_for.len()];
    for start in 0..waits_for.len() {
        let mut path = vec![(start, 0)];
        while let Some((at, next)) = path.last_mut() {
            let at = *at;
            on_way[at] = true;
            if let Some(&other) = waits_for[at].get(*next) {
                *next += 1;
                if !is_done[other] && !on_way[other] {
                    path.push((other, 0));
                }
            } else {
                if !std::mem::replace(&mut is_done[at], true) {
                    order.push(at);
                }
                path.pop();
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of a size that is as wide as `width`, or a column of lines.
    fn column(text: &str, left: f32, top: f32, width: f32, size: f32, lines: usize) -> Vec<Line> {
        let line = |at: usize| Line {
            text: format!("{text}{at}"),
            left,
            right: left + width,
            baseline: top + (at as f32 + 1.0) * size * 1.2,
            size,
            ..Line::default()
        };
        (0..lines).map(line).collect()
    }

    fn order(lines: Vec<Line>) -> Vec<String> {
        blocks(lines)
            .iter()
            .map(|block| block.lines[0].text.trim_end_matches('0').to_owned())
            .collect()
    }

    #[test]
    fn a_headline_over_two_of_three_columns() {
        let lines = [
            column("head", 0.0, 0.0, 210.0, 30.0, 1),
            column("a", 0.0, 50.0, 100.0, 10.0, 20),
            column("b", 110.0, 50.0, 100.0, 10.0, 20),
            column("other", 220.0, 0.0, 100.0, 16.0, 2),
            column("c", 220.0, 50.0, 100.0, 10.0, 20),
        ];
        assert_eq!(order(lines.concat()), ["head", "a", "b", "other", "c"]);
    }

    #[test]
    fn an_article_below_another() {
        let lines = [
            column("a", 0.0, 0.0, 100.0, 10.0, 9),
            column("b", 110.0, 0.0, 100.0, 10.0, 9),
            column("head", 0.0, 130.0, 210.0, 20.0, 1),
            column("c", 0.0, 170.0, 100.0, 10.0, 9),
            column("d", 110.0, 170.0, 100.0, 10.0, 7),
        ];
        assert_eq!(order(lines.concat()), ["a", "b", "head", "c", "d"]);
    }

    #[test]
    fn columns_from_right_to_left() {
        let mut lines =
            [column("a", 110.0, 0.0, 100.0, 10.0, 9), column("b", 0.0, 0.0, 100.0, 10.0, 9)]
                .concat();
        for line in &mut lines {
            line.is_rtl = true;
        }
        assert_eq!(order(lines), ["a", "b"]);
    }

    #[test]
    fn lines_that_wait_for_one_another_are_read_all_the_same() {
        assert_eq!(topological(&[vec![1], vec![0], vec![]]).len(), 3);
    }
}
