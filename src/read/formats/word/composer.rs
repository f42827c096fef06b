//! Puts the text of a document of a word processor together: paragraphs, and rows of tables. The cells of a row that are a
//! line each become one paragraph with tabs between; where cells hold paragraphs, these follow one another.

use super::{Document, Paragraph, Role};

/// Tables nest at most this deep; the text of deeper ones belongs to the deepest.
const MAX_DEPTH: usize = 16;

/// A label in the first cell of a row, in bytes, is not longer.
const LONGEST_LABEL: usize = 40;

/// A document under construction.
#[derive(Debug, Default)]
pub(super) struct Composer {
    document: Document,
    line: String,
    /// Open rows, the outermost first.
    rows: Vec<Row>,
    /// The number of open rows that nest too deep.
    ignored_rows: usize,
}

/// A row of a table.
#[derive(Debug, Default)]
struct Row {
    /// The paragraphs of each cell that is complete and has any.
    cells: Vec<Vec<Paragraph>>,
    /// The paragraphs of the cell that is open.
    cell: Vec<Paragraph>,
}

impl Composer {
    /// Adds running text.
    pub(super) fn push(&mut self, text: &str) {
        self.line.push_str(text);
    }

    /// Ends a line within a paragraph.
    pub(super) fn end_line(&mut self) {
        self.line.push('\n');
    }

    /// Ends a paragraph.
    pub(super) fn end_paragraph(&mut self, role: Role) {
        let text = std::mem::take(&mut self.line);
        let lines: Vec<String> = text.lines().map(one_spaced).collect();
        let text = lines.join("\n").trim().to_owned();
        if !text.is_empty() {
            let paragraph = Paragraph { text, role };
            match self.rows.last_mut() {
                Some(row) => row.cell.push(paragraph),
                None => self.document.paragraphs.push(paragraph),
            }
        }
    }

    /// Whether a row is open.
    pub(super) fn is_in_row(&self) -> bool {
        !self.rows.is_empty()
    }

    /// Begins a row, within a cell or outside of all.
    pub(super) fn begin_row(&mut self) {
        if self.rows.len() < MAX_DEPTH {
            self.rows.push(Row::default());
        } else {
            self.ignored_rows += 1;
        }
    }

    /// Ends a cell and its last paragraph.
    pub(super) fn end_cell(&mut self) {
        self.end_paragraph(Role::Text);
        if let Some(row) = self.rows.last_mut() {
            let cell = std::mem::take(&mut row.cell);
            row.cells.extend(Some(cell).filter(|cell| !cell.is_empty()));
        }
    }

    /// Ends a row.
    pub(super) fn end_row(&mut self) {
        if self.ignored_rows > 0 {
            self.ignored_rows -= 1;
            return;
        }
        let Some(mut row) = self.rows.pop() else { return };
        row.cells.extend(Some(row.cell).filter(|cell| !cell.is_empty()));
        let paragraphs = flattened(row.cells);
        match self.rows.last_mut() {
            Some(outer) => outer.cell.extend(paragraphs),
            None => self.document.paragraphs.extend(paragraphs),
        }
    }

    /// Sets the properties of the document.
    pub(super) fn properties(&mut self) -> &mut Document {
        &mut self.document
    }

    /// The document.
    pub(super) fn finish(mut self) -> Document {
        self.end_paragraph(Role::Text);
        self.ignored_rows = 0;
        while self.is_in_row() {
            self.end_row();
        }
        self.document
    }
}

/// A line in which white space is one space, but tabs and no-break spaces around codes are kept as tabs.
fn one_spaced(line: &str) -> String {
    let cells = line.split('\t').map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "));
    cells.collect::<Vec<_>>().join("\t").trim().to_owned()
}

/// The paragraphs of a row.
fn flattened(cells: Vec<Vec<Paragraph>>) -> Vec<Paragraph> {
    let is_line = |cell: &Vec<Paragraph>| cell.len() == 1;
    if cells.len() > 1 && cells.iter().all(is_line) {
        let texts: Vec<String> = cells.into_iter().flatten().map(|one| one.text).collect();
        return vec![Paragraph { text: texts.join("\t"), role: Role::Text }];
    }
    let has_label =
        cells.len() == 2 && is_line(&cells[0]) && cells[0][0].text.len() <= LONGEST_LABEL;
    let mut paragraphs = cells.into_iter().flatten();
    match paragraphs.next() {
        Some(label) if has_label => {
            let first = paragraphs.next().map(|one| one.text).unwrap_or_default();
            let text = format!("{}\t{first}", label.text);
            [Paragraph { text, role: Role::Text }].into_iter().chain(paragraphs).collect()
        }
        first => first.into_iter().chain(paragraphs).collect(),
    }
}
