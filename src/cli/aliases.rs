//! Reads the file of the user's aliases.

use std::path::Path;
use std::sync::Arc;

use super::args::Global;
use super::exit::Failure;
use crate::error::Error;
use crate::query::Aliases;

/// The file in the folder of the index that is read if none is typed.
const DEFAULT_FILE: &str = "aliases.toml";

/// Reads the file that was typed, else the default one if it exists.
pub(super) fn load(global: &Global) -> Result<Arc<Aliases>, Failure> {
    let named = global.aliases.clone().filter(|path| !path.as_os_str().is_empty());
    let default = || Some(global.index.join(DEFAULT_FILE)).filter(|path| path.is_file());
    match named.or_else(default) {
        Some(path) => Ok(Arc::new(read(&path)?)),
        None => Ok(Arc::default()),
    }
}

fn read(path: &Path) -> Result<Aliases, Error> {
    let text = std::fs::read_to_string(path).map_err(Error::io("read", path))?;
    Aliases::parse(&text).map_err(|error| {
        Error::Usage(format!("{}, line {}: {}", path.display(), error.line, error.message))
    })
}
