//! What bounds the memory of documents on their way to the engine: text is charged to a budget until the engine is done
//! with it, and who brought it can wait for that.

use std::convert::Infallible;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tantivy::TantivyDocument;
use tantivy::schema::Document;

use super::writer::out_of_space;
use crate::error::Result;
use crate::index::storage::directory::Fault;

/// After a fault of the disk the engine may never be done: so often is looked for one.
const LOOK: Duration = Duration::from_millis(200);

/// Bytes of text that may be with the engine.
pub(crate) struct Budget {
    left: Mutex<usize>,
    total: usize,
    freed: Condvar,
}

impl Budget {
    pub(crate) fn new(total: usize) -> Self {
        Self { left: Mutex::new(total), total, freed: Condvar::new() }
    }

    /// Waits until `bytes` are free; more than there are at all means all. The permit goes with the documents.
    pub(crate) fn take(self: &Arc<Self>, bytes: usize, fault: &Fault) -> Result<(Permit, Awaited)> {
        let bytes = bytes.min(self.total);
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        while *left < bytes {
            if let Some(error) = fault.error() {
                return Err(out_of_space(error));
            }
            left = self.freed.wait_timeout(left, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
        *left -= bytes;
        let (open, closed) = mpsc::channel();
        Ok((Permit { budget: Arc::clone(self), bytes, _open: open }, Awaited(closed)))
    }
}

/// Gives the bytes back when it is dropped.
pub(crate) struct Permit {
    budget: Arc<Budget>,
    bytes: usize,
    _open: Sender<Infallible>,
}

impl Drop for Permit {
    fn drop(&mut self) {
        *self.budget.left.lock().unwrap_or_else(PoisonError::into_inner) += self.bytes;
        self.budget.freed.notify_all();
    }
}

/// The end of a permit.
pub(crate) struct Awaited(Receiver<Infallible>);

impl Awaited {
    /// Waits until the permit was dropped.
    pub(crate) fn wait(&self, fault: &Fault) -> Result<()> {
        while self.0.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
            if let Some(error) = fault.error() {
                return Err(out_of_space(error));
            }
        }
        Ok(())
    }
}

/// A document, and what is given back when the engine is done with it.
pub(crate) struct Charged {
    document: TantivyDocument,
    _permit: Option<Permit>,
}

impl Charged {
    /// The documents of one operation, in their order; the last of them holds the permit of all.
    pub(crate) fn all(
        documents: Vec<TantivyDocument>,
        permit: Permit,
    ) -> impl Iterator<Item = Self> {
        let mut permit = Some(permit);
        let last = documents.len().saturating_sub(1);
        documents
            .into_iter()
            .enumerate()
            .map(move |(at, document)| Self { document, _permit: permit.take_if(|_| at == last) })
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
