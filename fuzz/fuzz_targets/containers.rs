//! Containers in containers, whole or damaged: the first bytes of an input say how the rest is packed, and what is changed then.

#![no_main]

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;

/// Most levels: one more than are unpacked.
const MAX_LEVELS: usize = 5;

fuzz_target!(|data: &[u8]| {
    let Some((&[first, second, place, change], content)) = data.split_first_chunk() else { return };
    let kinds = usize::from(first) << 8 | usize::from(second);
    let mut packed = content.to_vec();
    for level in 0..kinds % (MAX_LEVELS + 1) {
        packed = pack(&packed, kinds >> (3 + 2 * level));
    }
    let at = packed.len() * usize::from(place) / 256;
    if let Some(byte) = packed.get_mut(at) {
        *byte ^= change;
    }
    if change % 4 == 3 {
        packed.truncate(at);
    }
    let _ = newsdex::read::parse(&packed, "archive/a.txt");
});

/// The content in one of the kinds of containers.
fn pack(content: &[u8], kind: usize) -> Vec<u8> {
    match kind % 4 {
        0 => {
            let mut out = GzEncoder::new(Vec::new(), Compression::fast());
            out.write_all(content).expect("memory can be written");
            out.finish().expect("memory can be written")
        }
        1 => zstd::encode_all(content, 1).expect("memory can be written"),
        2 => {
            let mut out = tar::Builder::new(Vec::new());
            for (name, part) in ["a.txt", "b/c.json"].into_iter().zip([content, &content[content.len() / 2..]]) {
                let mut header = tar::Header::new_gnu();
                header.set_size(part.len() as u64);
                header.set_mode(0o644);
                header.set_cksum();
                out.append_data(&mut header, name, part).expect("memory can be written");
            }
            out.into_inner().expect("memory can be written")
        }
        _ => {
            let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for name in ["a.txt", "b/c.json"] {
                out.start_file(name, SimpleFileOptions::default()).expect("memory can be written");
                out.write_all(content).expect("memory can be written");
            }
            out.finish().expect("memory can be written").into_inner()
        }
    }
}
