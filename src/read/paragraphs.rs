//! Text in paragraphs as a browser would set it: white space collapses. What opens a paragraph is told by
//! [`super::markup`].

/// Text that is put together piece by piece: white space collapses, paragraphs are parted by an empty line.
#[derive(Debug, Default)]
pub struct Paragraphs {
    text: String,
    gap: Gap,
    /// White space is kept as it stands: inside `pre`.
    pub(super) verbatim: bool,
}

/// What parts the text so far from what comes next; the stronger wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Blank,
    Line,
    Paragraph,
}

impl Paragraphs {
    /// Adds running text.
    pub fn push(&mut self, text: &str) {
        if self.verbatim {
            self.part();
            self.text.push_str(text);
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let blank = rest.len() - rest.trim_start_matches(is_blank).len();
            if blank > 0 {
                let (space, after) = rest.split_at(blank);
                if !(ends_clause(after) && space.contains('\n')) {
                    self.gap = self.gap.max(Gap::Blank);
                }
                rest = after;
                continue;
            }
            let word = rest.find(is_blank).unwrap_or(rest.len());
            self.part();
            self.text.push_str(&rest[..word]);
            rest = &rest[word..];
        }
    }

    /// Adds text of which the line ends count: an empty line parts paragraphs.
    pub fn push_lines(&mut self, text: &str) {
        for line in text.lines() {
            if line.trim().is_empty() {
                self.paragraph();
            } else {
                self.push(line);
                self.line();
            }
        }
    }

    /// What comes next stands on a new line.
    pub fn line(&mut self) {
        self.gap = if self.gap == Gap::Line && self.verbatim {
            Gap::Paragraph
        } else {
            self.gap.max(Gap::Line)
        };
    }

    /// What comes next is a new paragraph.
    pub fn paragraph(&mut self) {
        self.gap = Gap::Paragraph;
    }

    /// Is there no text yet?
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text, without white space around it.
    pub fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text
    }

    fn part(&mut self) {
        if !self.text.is_empty() {
            self.text.push_str(match self.gap {
                Gap::None => "",
                Gap::Blank => " ",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        self.gap = Gap::None;
    }
}

/// Does `text` go on with the mark that ends a clause? Indented markup breaks the line before it:
/// `<person>Jane Doe</person>\n, who said`.
fn ends_clause(text: &str) -> bool {
    text.strip_prefix([',', '.', ';'])
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(is_blank))
}

/// White space that HTML collapses; a no-break space becomes a plain one.
fn is_blank(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '\u{a0}' | '\u{feff}' | '\u{2028}' | '\u{85}')
}
