//! Any bytes as a file of one format: the one that the target is called after.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use newsdex::read::formats::named;
use newsdex::read::{Options, parse_as};

static OPTIONS: LazyLock<Options> = LazyLock::new(|| {
    // A panic that the reader of Parquet catches is none; one that gets here ends the process all the same.
    drop(std::panic::take_hook());
    let format = named(env!("CARGO_BIN_NAME")).expect("targets are called after formats");
    Options { format: Some(format), withheld: true, ..Options::default() }
});

fuzz_target!(|bytes: &[u8]| {
    let _ = parse_as(bytes, "archive/file", &OPTIONS);
});
