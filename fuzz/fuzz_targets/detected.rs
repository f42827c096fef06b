//! Any bytes as a file whose format is told by its content, containers included.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = newsdex::read::parse(bytes, "archive/file");
});
