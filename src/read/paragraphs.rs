//! Builds text in paragraphs as a browser lays it out: white space collapses. [`super::markup`] decides which elements
//! are paragraphs.

/// A builder of text in which white space collapses and an empty line separates paragraphs.
#[derive(Debug, Default)]
pub(super) struct Paragraphs {
    text: String,
    gap: Gap,
    /// Whether white space is kept, as inside `pre`.
    pub(super) verbatim: bool,
}

/// The separator between the text so far and the next; the larger one wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

impl Paragraphs {
    /// Adds running text.
    pub(super) fn push(&mut self, text: &str) {
        if self.verbatim {
            self.add_gap();
            self.text.push_str(text);
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let space = rest.len() - rest.trim_start_matches(is_space).len();
            if space > 0 {
                let (space, after) = rest.split_at(space);
                if !(opens_with_punctuation(after) && space.contains('\n')) {
                    self.gap = self.gap.max(Gap::Space);
                }
                rest = after;
                continue;
            }
            let word = rest.find(is_space).unwrap_or(rest.len());
            self.add_gap();
            self.text.push_str(&rest[..word]);
            rest = &rest[word..];
        }
    }

    /// Begins a new line.
    pub(super) fn line(&mut self) {
        self.gap = if self.gap == Gap::Line && self.verbatim {
            Gap::Paragraph
        } else {
            self.gap.max(Gap::Line)
        };
    }

    /// Begins a new paragraph.
    pub(super) fn paragraph(&mut self) {
        self.gap = Gap::Paragraph;
    }

    /// The text, without white space around it.
    pub(super) fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text
    }

    fn add_gap(&mut self) {
        if !self.text.is_empty() {
            self.text.push_str(match self.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        self.gap = Gap::None;
    }
}

/// Whether `text` continues with punctuation after which a word ends. Indented markup has a line end before it:
/// `<person>Jane Doe</person>\n, who said`.
fn opens_with_punctuation(text: &str) -> bool {
    text.strip_prefix([',', '.', ';'])
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(is_space))
}

/// Whether `c` is white space that collapses; a no-break space becomes a plain space.
fn is_space(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '\u{a0}' | '\u{feff}' | '\u{2028}' | '\u{85}')
}
