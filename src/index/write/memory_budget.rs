//! Bounds the memory of documents on their way to tantivy: text is charged to a budget until tantivy has indexed it, and
//! the thread that brought it can wait for that.

use std::convert::Infallible;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tantivy::TantivyDocument;
use tantivy::schema::Document;

use crate::error::Result;
use crate::index::storage::fault::Fault;

/// Time between checks for an I/O error, after which tantivy may never finish.
const CHECK_EVERY: Duration = Duration::from_millis(200);

/// Bytes of text that tantivy may hold.
pub(crate) struct Budget {
    left: Mutex<usize>,
    total: usize,
    freed: Condvar,
}

impl Budget {
    pub(crate) fn new(total: usize) -> Self {
        Self { left: Mutex::new(total), total, freed: Condvar::new() }
    }

    /// Whether so many bytes are all that there are.
    pub(crate) fn is_filled_by(&self, bytes: usize) -> bool {
        bytes >= self.total
    }

    /// Waits until `bytes` are free, or the whole budget if they are more. The permit goes with the documents.
    pub(crate) fn take(self: &Arc<Self>, bytes: usize, fault: &Fault) -> Result<(Permit, Awaited)> {
        let bytes = bytes.min(self.total);
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        while *left < bytes {
            if let Some(error) = fault.error() {
                return Err(error);
            }
            left = self
                .freed
                .wait_timeout(left, CHECK_EVERY)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        *left -= bytes;
        let (open, closed) = mpsc::channel();
        Ok((Permit { budget: Arc::clone(self), bytes, _open: open }, Awaited(closed)))
    }
}

/// Returns its bytes to the budget when it is dropped.
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
        while self.0.recv_timeout(CHECK_EVERY) == Err(RecvTimeoutError::Timeout) {
            if let Some(error) = fault.error() {
                return Err(error);
            }
        }
        Ok(())
    }
}

/// A document, with the permit that is dropped when tantivy has indexed it.
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
