//! Any bytes as a file of one format: the one that `NEWSDEX_FORMAT` names, else the one that the first byte chooses.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use newsdex::read::format::{FORMATS, named};
use newsdex::read::{Options, parse_as};

static CHOSEN: LazyLock<Option<String>> = LazyLock::new(|| std::env::var("NEWSDEX_FORMAT").ok());

fuzz_target!(|bytes: &[u8]| {
    let (format, bytes) = match (CHOSEN.as_deref().and_then(named), bytes) {
        (Some(format), bytes) => (format, bytes),
        (None, [first, rest @ ..]) => (&FORMATS[usize::from(*first) % FORMATS.len()], rest),
        (None, []) => return,
    };
    let _ = parse_as(bytes, "archive/file", &Options { format: Some(format), ..Options::default() });
});
