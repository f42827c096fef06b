//! The house rules that a reader of the code may rely on: who may import whom, how long a file is, how it opens.

use std::fs;
use std::path::{Path, PathBuf};

/// Our modules, and which others each may name. `main.rs` and `lib.rs` may name all.
const MAY_USE: &[(&str, &[&str])] = &[
    ("error", &[]),
    // Where tests may end the program: nothing of it is in a release build.
    ("failpoint", &[]),
    ("report", &["error"]),
    ("text", &[]),
    ("calendar", &["text"]),
    ("tables", &["text"]),
    ("credits", &["calendar", "tables", "text"]),
    ("article", &["calendar", "tables", "text"]),
    ("archive", &["error"]),
    ("pdf", &[]),
    (
        "read",
        &["article", "archive", "pdf", "calendar", "credits", "tables", "text", "report", "error"],
    ),
    ("extract", &["article", "calendar", "credits", "tables", "text"]),
    ("atomic_file", &["failpoint"]),
    ("manifest", &["article", "atomic_file", "error", "failpoint"]),
    ("index", &["article", "manifest", "text", "atomic_file", "error", "failpoint"]),
    ("query", &["article", "calendar", "tables", "text", "manifest", "error"]),
    (
        "engine",
        &["article", "index", "manifest", "query", "tables", "text", "atomic_file", "error"],
    ),
    ("answer", &["article", "query", "tables", "error"]),
    (
        "update",
        &[
            "article",
            "archive",
            "read",
            "extract",
            "manifest",
            "query",
            "engine",
            "text",
            "atomic_file",
            "report",
            "error",
            "failpoint",
        ],
    ),
    (
        "cli",
        &[
            "article",
            "archive",
            "calendar",
            "tables",
            "text",
            "pdf",
            "read",
            "extract",
            "manifest",
            "query",
            "engine",
            "answer",
            "update",
            "atomic_file",
            "report",
            "error",
        ],
    ),
    // Trainers read archives and print what the scorers of their sets take.
    ("tools", &["article", "archive", "read", "extract", "tables", "text"]),
    ("bin", &["article", "extract", "tools"]),
];

/// Crates that are the business of some modules alone.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("tantivy", &["index", "engine"]),
    ("clap", &["cli", "bin"]),
    ("walkdir", &["archive"]),
    ("indicatif", &["cli"]),
    ("quick_xml", &["read"]),
    ("hayro_syntax", &["pdf"]),
    ("hayro_font", &["pdf"]),
    ("mail_parser", &["read"]),
    ("cfb", &["read"]),
    ("lzma_rust2", &["archive"]),
    ("csv", &["read", "answer"]),
    ("parquet", &["read", "answer"]),
];

const MOST_LINES: usize = 500;

struct Source {
    path: PathBuf,
    module: String,
    text: String,
    /// The text without its comment lines.
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let below = path.strip_prefix(&root).unwrap();
                let first = below.iter().next().unwrap().to_string_lossy();
                let module = first.trim_end_matches(".rs").to_owned();
                let text = fs::read_to_string(&path).unwrap();
                let code = text
                    .lines()
                    .filter(|l| !l.trim_start().starts_with("//"))
                    .collect::<Vec<_>>()
                    .join("\n");
                found.push(Source { path, module, text, code });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Names that follow `prefix` in code: `crate::article` gives `article`; `crate::{a, b::c}` gives both.
fn named_after<'a>(text: &'a str, prefix: &str) -> Vec<&'a str> {
    let word =
        |s: &'a str| s.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
    let mut names = Vec::new();
    for (at, _) in text.match_indices(prefix) {
        let rest = &text[at + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(list) => {
                let list = list.split('}').next().unwrap_or("");
                names.extend(list.split(',').map(|item| word(item.trim())));
            }
            None => names.push(word(rest)),
        }
    }
    names.retain(|n| !n.is_empty());
    names
}

#[test]
fn modules_name_only_what_they_may() {
    for source in sources() {
        let Some((_, allowed)) = MAY_USE.iter().find(|(module, _)| *module == source.module) else {
            assert!(
                matches!(source.module.as_str(), "lib" | "main"),
                "{} is in no table",
                source.path.display()
            );
            continue;
        };
        for name in named_after(&source.code, "crate::") {
            let ours = MAY_USE.iter().any(|(module, _)| *module == name);
            assert!(
                !ours || name == source.module || allowed.contains(&name),
                "{} names crate::{name}",
                source.path.display()
            );
        }
    }
}

#[test]
fn crates_are_named_only_where_they_belong() {
    for source in sources() {
        for (name, modules) in ONLY_IN {
            let used = source.code.contains(&format!("{name}::"))
                || source.code.contains(&format!("use {name};"));
            assert!(
                !used || modules.contains(&source.module.as_str()),
                "{} names {name}",
                source.path.display()
            );
        }
    }
}

/// What is printed passes through where texts lose what would move a terminal; programs for models print for themselves.
#[test]
fn standard_output_and_errors_are_written_in_one_place_each() {
    for source in sources().iter().filter(|source| !["bin", "tools"].contains(&&*source.module)) {
        let is_writer =
            ["cli/output.rs", "cli/exit.rs"].iter().any(|name| source.path.ends_with(name));
        let writes = ["stdout()", "stderr()"].iter().any(|name| source.code.contains(name));
        assert!(is_writer || !writes, "{} writes for itself", source.path.display());
    }
}

#[test]
fn files_open_with_what_they_are_and_stay_short() {
    for source in sources() {
        let path = source.path.display();
        assert!(source.text.starts_with("//!"), "{path} does not open with //!");
        let lines = source.text.lines().count();
        assert!(lines <= MOST_LINES, "{path} has {lines} lines");
    }
}

#[test]
fn tables_name_source_and_license() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let rooms = ["calendar", "extract/tables", "read/html", "tables"];
    let files = rooms.iter().flat_map(|room| fs::read_dir(src.join(room)).unwrap().flatten());
    for entry in files {
        let path = entry.path();
        if path.extension().is_some_and(|e| e == "tsv") {
            let text = fs::read_to_string(&path).unwrap();
            let head: String = text.lines().take_while(|l| l.starts_with('#')).collect();
            let head = head.to_lowercase();
            let source = head.contains("source") || head.contains("after ");
            let license = head.contains("license") || head.contains("cc by");
            assert!(source && license, "{} names no source or license", path.display());
        }
    }
}
