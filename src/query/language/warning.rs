//! What a parser says of a query that it could not take as it stands, and which of that is an error.

use super::clause::QuerySpan;
use crate::error::{Error, Result};

/// A part of a query that was left out, taken as words, or may be meant otherwise. The rest was searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Bytes of the query text.
    pub span: QuerySpan,
    /// What is in doubt.
    pub kind: WarningKind,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// What is in doubt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WarningKind {
    /// A name before a colon is no field's; what stands behind it was taken as words.
    UnknownField {
        /// The name.
        name: String,
        /// The field whose name is most like it, if one is much like it.
        nearest: Option<String>,
    },
    /// It asks for more than is searched: an error under every strictness, as a part of it would find something else.
    TooComplex,
    /// Anything else.
    Other,
}

/// Which warnings are errors, beside those about queries that ask for too much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// None.
    Lenient,
    /// Unknown fields: a query without them finds something else.
    #[default]
    KnownFields,
    /// All.
    Strict,
}

impl Warning {
    /// About a part of the query that is no field.
    pub(in crate::query) fn new(span: QuerySpan, message: impl Into<String>) -> Self {
        Self { span, kind: WarningKind::Other, message: message.into() }
    }

    /// About a part of the query that asks for too much.
    pub(in crate::query) fn too_complex(span: QuerySpan, message: impl Into<String>) -> Self {
        Self { span, kind: WarningKind::TooComplex, message: message.into() }
    }

    fn error(&self) -> Error {
        match &self.kind {
            WarningKind::UnknownField { name, nearest } => {
                Error::UnknownField { name: name.clone(), nearest: nearest.clone() }
            }
            WarningKind::TooComplex => Error::TooComplex(self.message.clone()),
            WarningKind::Other => Error::DoubtfulQuery(self.message.clone()),
        }
    }
}

impl Strictness {
    /// The warnings, unless one of them is an error.
    pub(in crate::query) fn checked(self, warnings: Vec<Warning>) -> Result<Vec<Warning>> {
        let is_error = |warning: &&Warning| match (self, &warning.kind) {
            (Self::Strict, _) | (_, WarningKind::TooComplex) => true,
            (Self::KnownFields, kind) => matches!(kind, WarningKind::UnknownField { .. }),
            (Self::Lenient, _) => false,
        };
        match warnings.iter().find(is_error) {
            Some(warning) => Err(warning.error()),
            None => Ok(warnings),
        }
    }
}
