//! Any bytes as a file whose format is told by its content, containers included.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use newsdex::read::{Options, parse_as};

static OPTIONS: LazyLock<Options> = LazyLock::new(|| {
    // A panic that the reader of Parquet catches is none; one that gets here ends the process all the same.
    drop(std::panic::take_hook());
    Options { withheld: true, ..Options::default() }
});

fuzz_target!(|bytes: &[u8]| {
    let _ = parse_as(bytes, "archive/file", &OPTIONS);
});
