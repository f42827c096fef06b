//! What to type next after an error of the library.

use std::path::Path;

use super::args::DEFAULT_DIR;
use super::shell_words::shell_word;
use crate::article::Facet;
use crate::error::{Error, MassDeleteCause};

/// The message of an error, with what to do about it.
pub(super) fn message(error: &Error) -> String {
    match advice(error) {
        Some(advice) => format!("{error}; {advice}"),
        None => error.to_string(),
    }
}

fn advice(error: &Error) -> Option<String> {
    Some(match error {
        Error::NoIndex { index } => {
            format!("make one with: newsdex index ARCHIVE{}", index_option(index))
        }
        Error::OtherSchema { index } => {
            format!("bring it up to date with: newsdex index{}", index_option(index))
        }
        Error::EarlyLayout { index } => {
            format!("remove {} and index the archive again", index.display())
        }
        Error::Damaged { path, .. } | Error::HistoryDamaged { path, .. } => {
            format!("mend it with: newsdex check --repair{}", index_option(index_of(path)))
        }
        Error::DiskFull(_) => "the index is as it was at its last commit: make room, and run newsdex index again".to_owned(),
        Error::Locked { .. } => "wait until it is done".to_owned(),
        Error::NoArchive => "try: newsdex index ARCHIVE".to_owned(),
        Error::ArchiveGone { .. } => {
            "is a disk not mounted? nothing was changed; if it was meant to go, add --allow-mass-delete".to_owned()
        }
        Error::ArchiveMoved { name, to, .. } => format!(
            "if it was moved, type: newsdex index --moved-from {} {}; if it is another archive, give it a name with --name",
            shell_word(name),
            shell_word(&to.display().to_string()),
        ),
        Error::MassDelete { cause, .. } => {
            let why = match cause {
                MassDeleteCause::Options => "do they leave out too much?",
                _ => "is a disk not mounted?",
            };
            format!("{why} nothing was changed; if they were meant to go, add --allow-mass-delete")
        }
        Error::NoFacet { nearest, .. } => {
            let near = nearest.map_or_else(String::new, |near| format!("did you mean {near}? "));
            format!("{near}(facets: {})", Facet::ALL.map(Facet::name).join(", "))
        }
        Error::UnknownField { nearest, .. } => {
            let near = match nearest {
                Some(near) => format!("did you mean {near}:?"),
                None => "newsdex help search lists the fields".to_owned(),
            };
            format!("{near} (as text: in quotation marks, or with --lenient)")
        }
        Error::OutOfTime { .. } => {
            "narrow it with --from, --to or a field, or give it more time with --timeout SECONDS".to_owned()
        }
        Error::TooComplex(_) => "shorten it, or ask in several queries".to_owned(),
        Error::NoFormat { .. } => "newsdex formats lists them".to_owned(),
        Error::NotBuilt { feature } => format!("build it with: cargo build --release --features {feature}"),
        Error::NoName { .. } => "try a surname".to_owned(),
        Error::KeptUnreadable { .. } => {
            "mend or remove it, or add --accept-damaged; until then the index is searched as it is".to_owned()
        }
        Error::Io { .. }
        | Error::NoFile { .. }
        | Error::Index { .. }
        | Error::NewerSchema { .. }
        | Error::NoArticle { .. }
        | Error::DoubtfulQuery(_)
        | Error::Cancelled { .. }
        | Error::Usage(_) => return None,
    })
}

/// The folder of the index to which a damaged file belongs: generations are two levels below it, their files and those of
/// the history in a folder of their own.
fn index_of(path: &Path) -> &Path {
    let is_named = |levels: usize, name: &str| {
        path.ancestors().nth(levels).and_then(Path::file_name).is_some_and(|is| is == name)
    };
    let levels = if is_named(0, "current") || is_named(0, "archives.json") {
        1
    } else if is_named(2, "generations") {
        3
    } else if is_named(1, "generations") || is_named(1, "runs") {
        2
    } else {
        0
    };
    path.ancestors().nth(levels).unwrap_or(path)
}

/// What to add to a command so that it takes the index in `dir`.
pub(super) fn index_option(dir: &Path) -> String {
    if dir == Path::new(DEFAULT_DIR) {
        String::new()
    } else {
        format!(" --index {}", shell_word(&dir.to_string_lossy()))
    }
}
