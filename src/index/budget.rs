//! What bounds the memory of documents on their way to the engine: text is charged to a budget while it waits.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tantivy::TantivyDocument;
use tantivy::schema::Document;

use super::folder::Fault;
use super::writer::out_of_space;
use crate::error::Result;

/// Bytes of text that may wait for the engine.
pub(super) struct Budget {
    left: Mutex<usize>,
    total: usize,
    freed: Condvar,
}

impl Budget {
    pub(super) fn new(total: usize) -> Self {
        Self { left: Mutex::new(total), total, freed: Condvar::new() }
    }

    /// Waits until `bytes` are free; more than there are at all means all. After a fault of the disk nothing is freed.
    pub(super) fn take(self: &Arc<Self>, bytes: usize, fault: &Fault) -> Result<Permit> {
        /// How often to look for a fault.
        const LOOK: Duration = Duration::from_millis(200);
        let bytes = bytes.min(self.total);
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        while *left < bytes {
            if let Some(error) = fault.error() {
                return Err(out_of_space(error));
            }
            left = self.freed.wait_timeout(left, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
        *left -= bytes;
        Ok(Permit { budget: Arc::clone(self), bytes })
    }
}

pub(super) struct Permit {
    budget: Arc<Budget>,
    bytes: usize,
}

impl Drop for Permit {
    fn drop(&mut self) {
        *self.budget.left.lock().unwrap_or_else(PoisonError::into_inner) += self.bytes;
        self.budget.freed.notify_all();
    }
}

/// A document that gives back its share of the budget when the engine takes it from the queue.
pub(super) struct Charged {
    document: TantivyDocument,
    _permit: Option<Permit>,
}

impl Charged {
    /// The first document of several holds the permit of all.
    pub(super) fn new(document: TantivyDocument, permit: Option<Permit>) -> Self {
        Self { document, _permit: permit }
    }
}

impl Document for Charged {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        self.document
    }
}
