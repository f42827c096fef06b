//! Members of zip archives, or the parts of one that is a document ([`super::package`]). Their list stands at the end; of an
//! archive that was cut off, or whose list is too long to be held in memory, the members are read in the order in which they
//! stand.

use std::io::{self, BufRead, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::rc::Rc;

use zip::ZipArchive;
use zip::read::{ZipFile, read_zipfile_from_stream};

use super::member::Counts;
use super::package::Package;
use super::{EachMember, Fault, Member, is_wanted};
use crate::archive::budget::Budget;

/// Most bytes of a zip inside another container.
const MAX_INNER: u64 = 64 << 20;
/// Larger ones, in bytes, are kept in a file without a name.
const MAX_IN_MEMORY: usize = 4 << 20;
/// Most members of a list that is held in memory, with some hundred bytes each.
const MAX_LISTED: u64 = 100_000;

/// Calls `each` with every member of an archive inside another container.
pub(super) fn members_of_stream<'b>(
    stream: impl BufRead,
    budget: &'b Budget<'b>,
    each: &mut EachMember<'_>,
) -> Result<(), Fault> {
    let mut copy = tempfile::spooled_tempfile(MAX_IN_MEMORY);
    let length = io::copy(&mut stream.take(MAX_INNER + 1), &mut copy);
    let length = length.map_err(|error| Fault::Broken { at: 0, why: error.to_string() })?;
    if length > MAX_INNER {
        return Err(Fault::Unsupported("a zip inside a container is too large".to_owned()));
    }
    members(copy, length, budget, each)
}

/// Calls `each` with every member that is a file. The archive has `length` bytes.
pub(super) fn members<'b, R: Read + Seek>(
    mut packed: R,
    length: u64,
    budget: &'b Budget<'b>,
    each: &mut EachMember<'_>,
) -> Result<(), Fault> {
    let counts = Counts::new(length, budget);
    let is_listed = count_members(&mut packed, length).is_none_or(|count| count <= MAX_LISTED);
    let fault = if is_listed {
        match ZipArchive::new(&mut packed) {
            Ok(mut archive) => {
                return match Package::of(&archive) {
                    Some(package) => package.pass(&mut archive, &counts, each),
                    None => listed(&mut archive, &counts, each),
                };
            }
            Err(error) => Some(Fault::Broken { at: length, why: error.to_string() }),
        }
    } else {
        None
    };
    if packed.seek(SeekFrom::Start(0)).is_ok() {
        unlisted(&mut packed, &counts, each)?;
    }
    fault.map_or(Ok(()), Err)
}

/// The number of members that the record at the end of the archive states; `None` without such a record.
fn count_members(packed: &mut (impl Read + Seek), length: u64) -> Option<u64> {
    /// The record, and the longest comment behind it.
    const LONGEST_END: u64 = 22 + 0xffff;
    const SIGNATURE: &[u8] = b"PK\x05\x06";
    /// Stated where the number does not fit; another record has it then.
    const IN_ZIP64: u16 = u16::MAX;
    packed.seek(SeekFrom::Start(length.saturating_sub(LONGEST_END))).ok()?;
    let mut end = Vec::new();
    packed.take(LONGEST_END).read_to_end(&mut end).ok()?;
    let record = &end[memchr::memmem::rfind(&end, SIGNATURE)?..];
    let count = u16::from_le_bytes(record.get(10..12)?.try_into().ok()?);
    Some(if count == IN_ZIP64 { u64::MAX } else { u64::from(count) })
}

fn listed<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    counts: &Rc<Counts<'_>>,
    each: &mut EachMember<'_>,
) -> Result<(), Fault> {
    for number in 0..archive.len() {
        counts.budget.take_member().map_err(Fault::OverLimit)?;
        let name = archive.name_for_index(number).and_then(Result::ok);
        let name = name.map_or_else(|| number.to_string(), std::borrow::Cow::into_owned);
        let flow = match archive.by_index(number) {
            Ok(file) => member(file, counts, each),
            Err(_) if !is_wanted(&name) => ControlFlow::Continue(()),
            Err(error) => each(Some(&name), Err(Fault::Unsupported(error.to_string()))),
        };
        if flow.is_break() {
            break;
        }
    }
    Ok(())
}

/// The members in the order in which they stand, before the place where the archive was cut off.
fn unlisted(
    packed: &mut impl Read,
    counts: &Rc<Counts<'_>>,
    each: &mut EachMember<'_>,
) -> Result<(), Fault> {
    while let Ok(Some(file)) = read_zipfile_from_stream(packed) {
        counts.budget.take_member().map_err(Fault::OverLimit)?;
        if member(file, counts, each).is_break() {
            break;
        }
    }
    Ok(())
}

fn member<R: Read>(
    file: ZipFile<'_, R>,
    counts: &Rc<Counts<'_>>,
    each: &mut EachMember<'_>,
) -> ControlFlow<()> {
    let name = String::from_utf8_lossy(file.name_raw()).into_owned();
    if !file.is_file() || !is_wanted(&name) {
        return ControlFlow::Continue(());
    }
    let at = file.data_start().unwrap_or_else(|| file.header_start());
    each(Some(&name), Ok(&mut Member::at(at, file, counts)))
}
