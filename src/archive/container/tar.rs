//! Members of tar archives: POSIX, GNU, and the sparse files of GNU.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use tar::{Archive, Entry, EntryType};

use super::member::{Counted, Counts};
use super::{EachMember, Fault, Member, is_wanted};

/// Most bytes of a member's headers: names and extensions, which are held in memory.
const MAX_HEADERS: u64 = 1 << 20;

/// Calls `each` with every member that is a file.
pub(super) fn members<'b, R: BufRead>(
    packed: Counted<'b, R>,
    counts: &Rc<Counts<'b>>,
    each: &mut EachMember<'_>,
) -> Result<(), Fault> {
    let left = Cell::new(MAX_HEADERS);
    let mut archive = Archive::new(Allowed { packed, left: &left });
    for entry in archive.entries().map_err(|error| counts.broken(&error))? {
        let mut entry = entry.map_err(|error| counts.broken(&error))?;
        // What is not read of the member is skipped before the next headers.
        left.set(entry.header().entry_size().unwrap_or(0).saturating_add(MAX_HEADERS));
        counts.budget.take_member().map_err(Fault::OverLimit)?;
        let kind = entry.header().entry_type();
        if !(kind.is_file() || kind.is_gnu_sparse() || kind == EntryType::Continuous) {
            continue;
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if !is_wanted(&name) {
            continue;
        }
        let flow = if is_pax_sparse(&mut entry) {
            let why = "it is a sparse file as PAX stores it, which is not read";
            each(Some(&name), Err(Fault::Unsupported(why.to_owned())))
        } else {
            let size = entry.size();
            left.set(size.saturating_add(MAX_HEADERS));
            each(Some(&name), Ok(&mut Member::of_size(size, entry, counts)))
        };
        if flow.is_break() {
            return Ok(());
        }
    }
    if counts.met_end() {
        return Err(counts.broken(&"it ends without the empty block that ends an archive"));
    }
    Ok(())
}

/// Whether the member is stored as a map of its parts, followed by these.
fn is_pax_sparse<R: Read>(entry: &mut Entry<'_, R>) -> bool {
    let Ok(Some(extensions)) = entry.pax_extensions() else { return false };
    extensions.flatten().any(|extension| extension.key_bytes().starts_with(b"GNU.sparse."))
}

/// The bytes of an archive, as many as the member at hand and the headers of the next may have.
struct Allowed<'l, R> {
    packed: R,
    left: &'l Cell<u64>,
}

impl<R: Read> Read for Allowed<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left.get()).unwrap_or(usize::MAX).min(buffer.len());
        if most == 0 && !buffer.is_empty() {
            return Err(io::Error::other("the headers of a member have more than 1 MB"));
        }
        let read = self.packed.read(&mut buffer[..most])?;
        self.left.set(self.left.get() - read as u64);
        Ok(read)
    }
}
