//! Members of tar archives: POSIX, GNU, and the sparse files of GNU.

use std::io::BufRead;
use std::sync::Arc;

use tar::{Archive, Entry, EntryType};

use super::member::{Counted, Counts};
use super::{EachMember, Fault, Member, is_wanted};

/// Calls `each` with every member that is a file.
pub(super) fn members<R: BufRead>(
    packed: Counted<R>,
    counts: &Arc<Counts>,
    each: &mut EachMember<'_>,
) -> Result<(), Fault> {
    let mut archive = Archive::new(packed);
    for entry in archive.entries().map_err(|error| counts.broken(&error))? {
        let mut entry = entry.map_err(|error| counts.broken(&error))?;
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
fn is_pax_sparse<R: std::io::Read>(entry: &mut Entry<'_, R>) -> bool {
    let Ok(Some(extensions)) = entry.pax_extensions() else { return false };
    extensions.flatten().any(|extension| extension.key_bytes().starts_with(b"GNU.sparse."))
}
