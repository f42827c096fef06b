//! The source of the tokenizer of pages. The tokenizer (html5gum 0.9) takes stack for each attribute of a tag whose value is
//! quoted, so that some six thousand of them end the program on a stack of 2 MB: here a tag has at most a thousand.

use std::cell::Cell;

use html5gum::{Readable, Reader, StringReader};

/// The maximum number of attributes of a tag; the rest of it is dropped.
const MAX_ATTRIBUTES: usize = 1000;

/// The characters of a page, up to a tag with too many attributes.
pub(super) struct BoundedTags<'h> {
    reader: StringReader<'h>,
    /// The number of attributes of the tag at hand.
    attributes: &'h Cell<usize>,
    /// The number of bytes read.
    read: &'h Cell<usize>,
}

/// A tag has too many attributes.
#[derive(Debug, thiserror::Error)]
#[error("a tag has too many attributes")]
pub(super) struct TooManyAttributes;

impl<'h> BoundedTags<'h> {
    /// `attributes` is set to the number of attributes of the tag at hand by whoever is told of them; `read` becomes the number
    /// of bytes read.
    pub(super) fn new(page: &'h str, attributes: &'h Cell<usize>, read: &'h Cell<usize>) -> Self {
        Self { reader: page.to_reader(), attributes, read }
    }

    fn count(&self, bytes: usize) -> Result<(), TooManyAttributes> {
        self.read.set(self.read.get() + bytes);
        if self.attributes.get() > MAX_ATTRIBUTES { Err(TooManyAttributes) } else { Ok(()) }
    }
}

impl Reader for BoundedTags<'_> {
    type Error = TooManyAttributes;

    fn read_byte(&mut self) -> Result<Option<u8>, TooManyAttributes> {
        let Ok(byte) = self.reader.read_byte();
        self.count(usize::from(byte.is_some()))?;
        Ok(byte)
    }

    fn try_read_string(&mut self, s: &[u8], case: bool) -> Result<bool, TooManyAttributes> {
        let Ok(is_read) = self.reader.try_read_string(s, case);
        self.count(if is_read { s.len() } else { 0 })?;
        Ok(is_read)
    }

    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        buffer: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, TooManyAttributes> {
        let (attributes, read) = (self.attributes, self.read);
        let Ok(chunk) = self.reader.read_until(needle, buffer);
        read.set(read.get() + chunk.map_or(0, <[u8]>::len));
        if attributes.get() > MAX_ATTRIBUTES { Err(TooManyAttributes) } else { Ok(chunk) }
    }
}
