//! The columns (fast fields) of an index: their names, in one place, and typed access to those of a segment.

use std::sync::Arc;

use tantivy::columnar::{Column, ColumnValues, StrColumn};
use tantivy::fastfield::FastFieldReaders;
use tantivy::index::SegmentReader;

use crate::article::Facet;

/// Columns of numbers that are not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberColumn {
    /// The kind of the document.
    Kind,
    /// Hash of the article's file and id.
    Key,
    /// Hash of all that is stored of the article.
    Digest,
    /// Digest of what the article says.
    Content,
    /// Number of the quotation in its article.
    Ordinal,
    /// Position of the first word of the lead or quotation.
    FromWord,
    /// One past the position of its last word.
    ToWord,
    /// Where sentences and paragraphs begin.
    SentenceStarts,
    /// Number of words.
    Words,
    /// Size of the file in bytes.
    Size,
    /// Hash of the file's content.
    Hash,
    /// Number of articles of the file.
    Articles,
    /// Versions that the file was read with.
    Versions,
    /// Hash of the item's id.
    Item,
    /// Version of the item.
    Version,
    /// State of the file.
    State,
}

impl NumberColumn {
    /// The name of its field.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Key => "key",
            Self::Digest => "digest",
            Self::Content => "content",
            Self::Ordinal => "ordinal",
            Self::FromWord => "from_word",
            Self::ToWord => "to_word",
            Self::SentenceStarts => "cuts",
            Self::Words => "words",
            Self::Size => "size",
            Self::Hash => "hash",
            Self::Articles => "articles",
            Self::Versions => "versions",
            Self::Item => "item",
            Self::Version => "version",
            Self::State => "state",
        }
    }
}

/// Columns of days (`YYYYMMDD`) and moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeColumn {
    /// First day of the date of publication.
    Date,
    /// Its last day.
    DateEnd,
    /// Last change of the file, in nanoseconds since 1970.
    Modified,
}

impl TimeColumn {
    /// The name of its field.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::DateEnd => "date_end",
            Self::Modified => "modified",
        }
    }
}

/// The column of names of metadata.
pub(super) const METADATA_NAMES: &str = "metadata_names";
/// The column of names and values of metadata.
pub(super) const METADATA: &str = "metadata";

/// Columns of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextColumn {
    /// Values of a facet.
    Facet(Facet),
    /// Key of the archive file.
    File,
    /// Why the file gave no article.
    Skipped,
}

impl TextColumn {
    /// The name of its field.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Facet(Facet::MetadataName) => METADATA_NAMES,
            Self::Facet(Facet::Metadata(_)) => METADATA,
            Self::Facet(facet) => facet.name(),
            Self::File => "file",
            Self::Skipped => "skipped",
        }
    }
}

/// The columns of one segment.
#[derive(Clone, Copy)]
pub struct Columns<'s>(&'s FastFieldReaders);

impl<'s> Columns<'s> {
    /// Of a segment.
    pub fn of(reader: &'s SegmentReader) -> Self {
        Self(reader.fast_fields())
    }

    /// A column of numbers; an error if no document of the segment has a value.
    pub fn number(self, column: NumberColumn) -> tantivy::Result<Column<u64>> {
        self.0.u64(column.name())
    }

    /// The same; `None` if no document has a value.
    pub fn number_if_any(self, column: NumberColumn) -> tantivy::Result<Option<Column<u64>>> {
        self.0.column_opt(column.name())
    }

    /// The first value of each document, 0 where it has none.
    pub fn number_or_zero(
        self,
        column: NumberColumn,
    ) -> tantivy::Result<Arc<dyn ColumnValues<u64>>> {
        self.0.column_first_or_default(column.name())
    }

    /// A column of days or moments; an error if no document of the segment has a value.
    pub fn time(self, column: TimeColumn) -> tantivy::Result<Column<i64>> {
        self.0.i64(column.name())
    }

    /// The same; `None` if no document has a value.
    pub fn time_if_any(self, column: TimeColumn) -> tantivy::Result<Option<Column<i64>>> {
        self.0.column_opt(column.name())
    }

    /// A column of text; `None` if no document has a value.
    pub fn text(self, column: TextColumn) -> tantivy::Result<Option<StrColumn>> {
        self.0.str(column.name())
    }

    /// The values of a facet; `None` if no document has one.
    pub fn facet(self, facet: Facet) -> tantivy::Result<Option<StrColumn>> {
        self.text(TextColumn::Facet(facet))
    }
}
