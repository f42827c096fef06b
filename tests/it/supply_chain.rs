//! What the program is made of: crates of crates.io under licenses that are allowed, and which of them are built from C.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// The programs that compile C or assembly for build scripts.
const COMPILERS: [&str; 3] = ["cc", "cmake", "nasm_rs"];

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// What cargo knows of all crates of this system, those of the tests and tools too; it is in reach since this was built.
fn metadata() -> Value {
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let rustc = String::from_utf8(rustc.stdout).unwrap();
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let asked = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--locked", "--all-features", "--format-version", "1"])
        .args(["--filter-platform", host, "--manifest-path"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .output()
        .unwrap();
    assert!(asked.status.success(), "{}", String::from_utf8_lossy(&asked.stderr));
    serde_json::from_slice(&asked.stdout).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

/// Whether one of the alternatives of each part of a license is allowed.
fn is_allowed(license: &str, allowed: &[&str]) -> bool {
    license.split(" AND ").all(|part| {
        let mut alternatives = part.split(" OR ").flat_map(|several| several.split('/'));
        alternatives.any(|one| allowed.contains(&one.trim_matches([' ', '(', ')'])))
    })
}

#[test]
fn crates_come_from_crates_io_under_licenses_that_are_allowed() {
    let rules: toml::Table = toml::from_str(&file(".cargo/deny.toml")).unwrap();
    let allowed = rules["licenses"]["allow"].as_array().unwrap();
    let allowed: Vec<_> = allowed.iter().map(|license| license.as_str().unwrap()).collect();
    let metadata = metadata();
    for package in list(&metadata["packages"]) {
        let (name, license) = (&package["name"], package["license"].as_str().unwrap_or_default());
        assert!(is_allowed(license, &allowed), "{name} has the license {license:?}");
        assert!(name == "newsdex" || package["source"] == CRATES_IO, "{name} comes from elsewhere");
    }
    // The lock file also names crates of other systems.
    let lock = file("Cargo.lock");
    for source in lock.lines().filter_map(|line| line.strip_prefix("source = ")) {
        assert_eq!(source.trim_matches('"'), CRATES_IO);
    }
}

#[test]
fn licenses_are_judged_by_their_alternatives() {
    let allowed = ["MIT", "Zlib"];
    for license in ["MIT", "GPL-3.0 OR MIT", "Unlicense/MIT", "(MIT OR X) AND Zlib", "X / MIT"] {
        assert!(is_allowed(license, &allowed), "{license}");
    }
    for license in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR X) AND Y"] {
        assert!(!is_allowed(license, &allowed), "{license}");
    }
}

#[test]
fn what_is_built_from_c_is_named_with_its_reason() {
    let metadata = metadata();
    let uses_compiler = |node: &&Value| {
        list(&node["deps"]).iter().any(|dependency| {
            let is_compiler = COMPILERS.iter().any(|name| dependency["name"] == *name);
            is_compiler && list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"] == "build")
        })
    };
    let name = |node: &Value| {
        let package = list(&metadata["packages"]).iter().find(|p| p["id"] == node["id"]).unwrap();
        package["name"].as_str().unwrap().to_owned()
    };
    let nodes = list(&metadata["resolve"]["nodes"]);
    let built: BTreeSet<_> = nodes.iter().filter(uses_compiler).map(name).collect();
    let architecture = file("src/lib.rs");
    let section = architecture.split("//! # Crates").nth(1).unwrap();
    let section = section.split("//! # ").next().unwrap();
    let named: BTreeSet<_> = section
        .lines()
        .filter_map(|line| line.strip_prefix("//! | `")?.split_once("` | "))
        .inspect(|(name, reason)| assert!(reason.len() > 20, "{name}: {reason}"))
        .map(|(name, _)| name.to_owned())
        .collect();
    assert_eq!(built, named);
}
