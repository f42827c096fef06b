//! Reads any bytes as a file of a detected format, including containers.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use newsdex::read::{Options, parse_as};

static OPTIONS: LazyLock<Options> = LazyLock::new(|| {
    // Without libFuzzer's hook, a panic that the Parquet reader catches does not end the process.
    drop(std::panic::take_hook());
    Options { withheld: true, ..Options::default() }
});

fuzz_target!(|bytes: &[u8]| {
    let _ = parse_as(bytes, "archive/file", &OPTIONS);
});
