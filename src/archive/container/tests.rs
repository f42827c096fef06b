//! What is unpacked of containers that are whole, of several parts, or damaged.

use std::io::{Read, Write};

use super::*;
use crate::archive::budget::Limit;

/// Name and number of bytes of each member, and its fault or that of the container.
type Seen = (Vec<(Option<String>, usize)>, Option<Fault>);

fn members(container: Container, bytes: &[u8]) -> Seen {
    let budget = Budget::of_file(bytes.len() as u64, &|| false);
    members_within(&budget, container, Packed::Stream(Box::new(bytes)))
}

fn members_within<'b>(budget: &'b Budget<'b>, container: Container, packed: Packed<'b>) -> Seen {
    let (mut seen, mut fault) = (Vec::new(), None);
    let outcome = open(container, packed, 1, budget, &mut |name, member| {
        match member {
            Ok(member) => {
                let mut content = Vec::new();
                member.read_to_end(&mut content).unwrap();
                seen.push((name.map(str::to_owned), content.len()));
                fault = fault.take().or(member.end());
            }
            Err(why) => fault = Some(why),
        }
        ControlFlow::Continue(())
    });
    (seen, fault.or(outcome.err()))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn lz4(bytes: &[u8]) -> Vec<u8> {
    let mut out = lz4_flex::frame::FrameEncoder::new(Vec::new());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn tar(names: &[&str], bytes: &[u8]) -> Vec<u8> {
    let mut out = ::tar::Builder::new(Vec::new());
    for name in names {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        out.append_data(&mut header, name, bytes).unwrap();
    }
    out.into_inner().unwrap()
}

#[test]
fn members_of_gzip_are_one() {
    let bytes = [gzip(b"The river "), gzip(b"rose.")].concat();
    assert_eq!(Container::detect(&bytes), Some(Container::Gzip));
    assert_eq!(members(Container::Gzip, &bytes), (vec![(None, 15)], None));
    let padded = [bytes.clone(), vec![0; 700]].concat();
    assert_eq!(members(Container::Gzip, &padded), (vec![(None, 15)], None));
}

#[test]
fn frames_of_lz4_are_one() {
    let bytes = [lz4(b"The river "), lz4(b""), lz4(b"rose.")].concat();
    assert_eq!(Container::detect(&bytes), Some(Container::Lz4));
    assert_eq!(members(Container::Lz4, &bytes), (vec![(None, 15)], None));
    assert_eq!(Container::Lz4.inner_name("a.json.lz4"), "a.json");
}

#[test]
fn a_bomb_is_refused() {
    let zeros = vec![0; 80 << 20];
    assert_eq!(members(Container::Gzip, &gzip(&zeros)).1, Some(Fault::OverLimit(Limit::Bytes)));
}

#[test]
fn wherever_a_file_is_cut_off_it_is_told() {
    let lines: Vec<_> = (0..400).map(|n| format!("The river rose to {} cm.\n", n * 7919)).collect();
    let text = lines.concat();
    for (container, bytes) in [
        (Container::Gzip, gzip(text.as_bytes())),
        (Container::Lz4, lz4(text.as_bytes())),
        (Container::Zstandard, zstd::encode_all(text.as_bytes(), 3).unwrap()),
    ] {
        for length in 6..bytes.len() {
            let (seen, fault) = members(container, &bytes[..length]);
            let is_inside = |at: u64| at <= length as u64;
            let is_told = matches!(fault, Some(Fault::Broken { at, .. }) if is_inside(at));
            assert!(is_told, "{container:?} {length}");
            assert!(seen.iter().all(|(_, size)| *size <= text.len()), "{container:?} {length}");
        }
    }
}

#[test]
fn a_wrong_checksum_is_told() {
    let mut bytes = gzip(b"The river rose.");
    let place = bytes.len() - 6;
    bytes[place] ^= 1;
    assert!(
        matches!(members(Container::Gzip, &bytes), (seen, Some(Fault::Broken { .. })) if seen == [(None, 15)])
    );
}

#[test]
fn an_archive_file_that_was_cut_off_gives_what_it_has() {
    let text = b"The river rose. ".repeat(100);
    let bytes = tar(&["a.txt", "b.txt"], &text);
    assert_eq!(members(Container::Tar, &bytes).1, None);
    let whole = (Some("a.txt".to_owned()), text.len());
    for length in [512 + 2048, 512 + 2048 + 512, 2 * 2560, 2 * 2560 - 600] {
        let (seen, fault) = members(Container::Tar, &bytes[..length]);
        assert!(matches!(fault, Some(Fault::Broken { .. })), "{length}: {fault:?}");
        assert_eq!(seen[0], whole, "{length}");
    }
}

#[test]
fn names_lose_the_ending() {
    assert_eq!(Container::Gzip.inner_name("a.json.gz"), "a.json");
    assert_eq!(Container::Gzip.inner_name("a.TGZ"), "a.tar");
    assert_eq!(Container::Xz.inner_name("a"), "a");
}

#[test]
fn containers_of_one_file_share_its_budget() {
    let zeros = gzip(&vec![0; 40 << 20]);
    let budget = Budget::of_file(100, &|| false);
    let unpack = || members_within(&budget, Container::Gzip, Packed::Stream(Box::new(&zeros[..])));
    assert_eq!(unpack(), (vec![(None, 40 << 20)], None));
    let (seen, fault) = unpack();
    assert_eq!(fault, Some(Fault::OverLimit(Limit::Bytes)));
    assert!(seen[0].1 <= 24 << 20, "{seen:?}");
}

#[test]
fn names_of_members_are_not_held_beyond_a_limit() {
    let mut out = ::tar::Builder::new(Vec::new());
    let mut header = ::tar::Header::new_gnu();
    header.set_size(8);
    header.set_cksum();
    out.append_data(&mut header, "a".repeat(2 << 20), &b"The rive"[..]).unwrap();
    let (seen, fault) = members(Container::Tar, &out.into_inner().unwrap());
    assert_eq!(seen, Vec::new());
    assert!(matches!(fault, Some(Fault::Broken { why, .. }) if why.contains("headers")));
}

#[test]
fn members_of_a_zip_with_a_long_list_are_read_in_order() {
    let mut out = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["a.txt", "b.txt"] {
        out.start_file(name, ::zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(b"The river rose.").unwrap();
    }
    let mut bytes = out.finish().unwrap().into_inner();
    let whole = members(Container::Zip, &bytes);
    assert_eq!(whole.0.len(), 2);
    // The number of members in the record at the end says that another record has it.
    let count = bytes.len() - 22 + 10;
    bytes[count..count + 2].copy_from_slice(&[0xff, 0xff]);
    assert_eq!(members(Container::Zip, &bytes), whole);
}

#[test]
fn a_window_that_takes_much_memory_is_refused() {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.window_log(27).unwrap();
    encoder.include_contentsize(false).unwrap();
    encoder.write_all(&vec![0; 200 << 20]).unwrap();
    let bytes = encoder.finish().unwrap();
    let (seen, fault) = members(Container::Zstandard, &bytes);
    assert_eq!(seen, [(None, 0)]);
    assert!(matches!(fault, Some(Fault::Broken { why, .. }) if why.contains("memory")));
}
