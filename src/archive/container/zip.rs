//! Members of zip archives. Their list stands at the end; of an archive that was cut off, the members are read in the order
//! in which they stand.

use std::io::{BufRead, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::sync::Arc;

use zip::ZipArchive;
use zip::read::{ZipFile, read_zipfile_from_stream};

use super::member::Counts;
use super::{EachMember, Fault, Member, is_wanted};

/// Most bytes of a zip inside another container, which is held in memory.
const MAX_INNER: u64 = 64 << 20;

/// Calls `each` with every member of an archive inside another container.
pub(super) fn members_of_stream(
    stream: impl BufRead,
    each: &mut EachMember<'_>,
) -> Result<(), Fault> {
    let mut bytes = Vec::new();
    let read = stream.take(MAX_INNER + 1).read_to_end(&mut bytes);
    let length = read.map_err(|error| Fault::Broken { at: 0, why: error.to_string() })? as u64;
    if length > MAX_INNER {
        return Err(Fault::Unsupported("a zip inside a container is too large".to_owned()));
    }
    members(Cursor::new(bytes), length, each)
}

/// Calls `each` with every member that is a file. The archive has `length` bytes.
pub(super) fn members<R: Read + Seek>(
    mut packed: R,
    length: u64,
    each: &mut EachMember<'_>,
) -> Result<(), Fault> {
    let error = match ZipArchive::new(&mut packed) {
        Ok(mut archive) => {
            listed(&mut archive, length, each);
            return Ok(());
        }
        Err(error) => error,
    };
    if packed.seek(SeekFrom::Start(0)).is_ok() {
        unlisted(&mut packed, length, each);
    }
    Err(Fault::Broken { at: length, why: error.to_string() })
}

fn listed<R: Read + Seek>(archive: &mut ZipArchive<R>, length: u64, each: &mut EachMember<'_>) {
    let counts = Counts::of_size(length);
    for number in 0..archive.len() {
        let name = archive.name_for_index(number).and_then(Result::ok);
        let name = name.map_or_else(|| number.to_string(), std::borrow::Cow::into_owned);
        let flow = match archive.by_index(number) {
            Ok(file) => member(file, &counts, each),
            Err(_) if !is_wanted(&name) => ControlFlow::Continue(()),
            Err(error) => each(Some(&name), Err(Fault::Unsupported(error.to_string()))),
        };
        if flow.is_break() {
            return;
        }
    }
}

/// The members before the place where the archive was cut off.
fn unlisted(packed: &mut impl Read, length: u64, each: &mut EachMember<'_>) {
    let counts = Counts::of_size(length);
    while let Ok(Some(file)) = read_zipfile_from_stream(packed) {
        if member(file, &counts, each).is_break() {
            return;
        }
    }
}

fn member<R: Read>(
    file: ZipFile<'_, R>,
    counts: &Arc<Counts>,
    each: &mut EachMember<'_>,
) -> ControlFlow<()> {
    let name = String::from_utf8_lossy(file.name_raw()).into_owned();
    if !file.is_file() || !is_wanted(&name) {
        return ControlFlow::Continue(());
    }
    let at = file.data_start().unwrap_or_else(|| file.header_start());
    each(Some(&name), Ok(&mut Member::at(at, file, counts)))
}
