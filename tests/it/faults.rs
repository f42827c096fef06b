//! Faults of disks, files and clocks: each has its outcome. The last commit stays searchable, and the next run completes.

use std::fs::{self, File, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use newsdex::atomic_file::sealed;
use newsdex::index::read::snapshot::Snapshot;
use newsdex::index::storage::generation::Generation;

use crate::changing::{Changing, assert_as_fresh};
use crate::program::Bench;

const ARTICLE: &str = "Dam talks open in Nairobi\n\nNAIROBI, March 3 (Savanna) - Ministers met on Monday.\n\n\
    “We will share the water,” said Amina Odera, the water minister.\n";

/// The numeric user that owns nothing.
const NOBODY: u32 = 65_534;

fn articles(bench: &Bench) -> i64 {
    bench.json(&["stats", "--json"])["articles"].as_i64().unwrap()
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().unwrap();
    output.stdout.starts_with(b"0\n")
}

/// Runs newsdex where no file may grow beyond `kib` KiB: a full disk, for one file.
fn with_little_room(bench: &Bench, args: &[&str], kib: u32) -> (i32, String) {
    let program = assert_cmd::cargo::cargo_bin!("newsdex");
    // A shell counts in blocks of 512 bytes or of 1024; the signal is ignored so that writing fails instead.
    let script = format!("trap '' XFSZ; ulimit -f {kib}; exec \"$0\" \"$@\"");
    let output = Command::new("bash")
        .args(["-c", &script])
        .arg(program)
        .args(args)
        .current_dir(bench.path())
        .env_remove("NEWSDEX_INDEX")
        .output()
        .unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_full_disk_is_said_and_the_old_state_stays() {
    let bench = Bench::new();
    bench.write("a/1.txt", ARTICLE);
    bench.prints(&["index", "a"]);
    for n in 0..300 {
        let words: Vec<_> = (0..400).map(|word| format!("word{n}of{word}")).collect();
        let text = format!("{ARTICLE}\n{}", words.join(" "));
        bench.write(&format!("a/more{n}.txt"), text);
    }
    for kib in [1, 8, 64, 200] {
        // One thread makes files of one size on every machine.
        let run = ["index", "--quiet", "--threads", "1"];
        let (code, message) = with_little_room(&bench, &run, kib);
        assert_eq!(code, 2, "{kib} KiB: {message}");
        assert!(
            message.contains("File too large")
                && message.contains("make room, and run newsdex index again"),
            "{kib} KiB: {message}"
        );
        assert_eq!(articles(&bench), 1, "{kib} KiB");
    }
    bench.prints(&["index", "--quiet"]);
    assert_as_fresh(&bench.path().join("a"), &bench.path().join(".newsdex"), "full disk");
}

#[test]
fn an_index_that_cannot_be_written_is_searched() {
    let bench = Bench::new();
    bench.write("a/1.txt", ARTICLE);
    bench.prints(&["index", "a"]);
    // Others may read what they may read of other files of the user.
    fs::set_permissions(bench.path(), Permissions::from_mode(0o755)).unwrap();
    let as_reader = |args: &[&str]| {
        let mut command = bench.command(args);
        if is_root() {
            command.uid(NOBODY).gid(NOBODY);
        } else {
            for folder in [".newsdex", ".newsdex/generations/1"] {
                fs::set_permissions(bench.path().join(folder), Permissions::from_mode(0o555))
                    .unwrap();
            }
        }
        command.output().unwrap()
    };
    let found = as_reader(&["search", "water"]);
    assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stderr));
    let refused = as_reader(&["index"]);
    assert_eq!(refused.status.code(), Some(2));
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    for folder in [".newsdex", ".newsdex/generations/1"] {
        fs::set_permissions(bench.path().join(folder), Permissions::from_mode(0o755)).unwrap();
    }
    assert!(is_root() || message.contains("cannot "), "{message}");
}

#[test]
fn files_that_cannot_be_read_keep_their_articles_and_are_tried_again() {
    let bench = Bench::new();
    bench.write("a/1.txt", ARTICLE);
    bench.write("a/2.txt", ARTICLE);
    bench.prints(&["index", "a"]);
    // A link into nothing is listed, and cannot be opened.
    bench.write("a/2.txt", "");
    bench.remove("a/2.txt");
    std::os::unix::fs::symlink("nowhere", bench.path().join("a/2.txt")).unwrap();
    let ran = bench.run(&["index"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.out.contains("a/2.txt: unreadable"), "{}", ran.out);
    assert_eq!(articles(&bench), 2);
    assert_eq!(bench.run(&["index"]).code, 3, "it is tried, and named, every time");

    bench.remove("a/2.txt");
    bench.write("a/2.txt", ARTICLE.replace("water", "power"));
    bench.prints(&["index"]);
    assert_as_fresh(&bench.path().join("a"), &bench.path().join(".newsdex"), "readable again");
}

#[test]
fn a_folder_that_cannot_be_read_keeps_its_articles() {
    if is_root() {
        return; // Root may read everything.
    }
    let bench = Bench::new();
    bench.write("a/1.txt", ARTICLE);
    bench.write("a/closed/2.txt", ARTICLE);
    bench.prints(&["index", "a"]);
    let closed = bench.path().join("a/closed");
    fs::set_permissions(&closed, Permissions::from_mode(0o000)).unwrap();
    let ran = bench.run(&["index"]);
    fs::set_permissions(&closed, Permissions::from_mode(0o755)).unwrap();
    assert_eq!(ran.code, 3, "{ran:?}");
    assert_eq!(articles(&bench), 2);
}

#[test]
fn names_that_are_not_utf8_are_files_like_others() {
    let bench = Bench::new();
    for (name, word) in [(&b"caf\xe9.txt"[..], "water"), (b"caf\xe8.txt", "power")] {
        let path = bench.path().join("a").join(std::ffi::OsStr::from_bytes(name));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, ARTICLE.replace("water", word)).unwrap();
    }
    bench.prints(&["index", "a"]);
    assert_eq!(articles(&bench), 2);
    assert_eq!(bench.prints(&["index"]), "Read 0 of 2 files (0 new, 0 changed, 2 same).\n");
    assert!(bench.prints(&["search", "power"]).contains("a/caf\u{fffd}e8.txt"));
}

#[test]
fn a_folder_whose_name_is_not_utf8_is_an_archive_like_others() {
    let bench = Bench::new();
    let folder = bench.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    fs::create_dir_all(folder.join("sub")).unwrap();
    fs::write(folder.join("1.txt"), ARTICLE).unwrap();
    fs::write(folder.join("broken.gz"), b"\x1f\x8b\x08\x00broken").unwrap();
    let mut command = bench.command(&["index", "--report", "run.json"]);
    let ran = command.arg(&folder).output().unwrap();
    assert_eq!(ran.status.code(), Some(3), "{ran:?}");
    let report = fs::read_to_string(bench.path().join("run.json")).unwrap();
    assert!(report.contains("caf\u{fffd}/broken.gz"), "{report}");
    assert_eq!(articles(&bench), 1);
    fs::write(folder.join("2.txt"), ARTICLE).unwrap();
    assert_eq!(bench.run(&["index"]).code, 3, "what is damaged is named every time");
    assert_eq!(articles(&bench), 2);
}

#[test]
fn files_that_vanish_or_change_while_they_are_read_are_no_fault() {
    let bench = Bench::new();
    for n in 0..300 {
        bench.write(&format!("a/{n:03}.txt"), ARTICLE.repeat(20));
    }
    let mut command = bench.command(&["index", "a", "--quiet", "--threads", "1"]);
    let mut child = command.stderr(Stdio::null()).spawn().unwrap();
    // As soon as the index is there, files are being read.
    while !bench.path().join(".newsdex/current").exists() {
        std::thread::sleep(Duration::from_millis(2));
    }
    for n in (0..300).rev() {
        match n % 3 {
            0 => bench.remove(&format!("a/{n:03}.txt")),
            1 => bench.write(&format!("a/{n:03}.txt"), ARTICLE.replace("water", "power")),
            _ => {}
        }
    }
    assert_eq!(child.wait().unwrap().code(), Some(0));
    bench.prints(&["index", "--quiet"]);
    assert_eq!(articles(&bench), 200);
    assert_as_fresh(&bench.path().join("a"), &bench.path().join(".newsdex"), "vanished");
}

#[test]
fn a_clock_that_goes_backwards_hides_no_change() {
    let bench = Bench::new();
    let set = |offset: i64| {
        let file = File::options().append(true).open(bench.path().join("a/1.txt")).unwrap();
        let now = SystemTime::now();
        let time = Duration::from_secs(offset.unsigned_abs());
        file.set_modified(if offset < 0 { now - time } else { now + time }).unwrap();
    };
    bench.write("a/1.txt", ARTICLE);
    set(86_400);
    bench.prints(&["index", "a"]);
    // Written again within the same tick of a clock that is ahead of ours: the same size, the same time stamp.
    let stamp = fs::metadata(bench.path().join("a/1.txt")).unwrap().modified().unwrap();
    bench.write("a/1.txt", ARTICLE.replace("water", "power"));
    let file = File::options().append(true).open(bench.path().join("a/1.txt")).unwrap();
    file.set_modified(stamp).unwrap();
    bench.prints(&["index"]);
    assert!(bench.prints(&["search", "power"]).starts_with("1 article"));
    // And with the clock set back.
    bench.write("a/1.txt", ARTICLE);
    set(-86_400);
    bench.prints(&["index"]);
    assert_eq!(bench.run(&["search", "power"]).code, 1);
}

#[cfg(unix)]
#[test]
fn a_file_put_in_the_place_of_one_of_the_same_size_and_time_is_seen() {
    let bench = Bench::new();
    let stamp = SystemTime::now() - Duration::from_hours(24);
    for (name, text) in [("a/1.txt", "water"), ("a/2.txt", "power")] {
        bench.write(name, ARTICLE.replace("water", text));
        let file = File::options().append(true).open(bench.path().join(name)).unwrap();
        file.set_modified(stamp).unwrap();
    }
    bench.prints(&["index", "a"]);
    fs::rename(bench.path().join("a/2.txt"), bench.path().join("a/1.txt")).unwrap();
    bench.prints(&["index"]);
    assert!(bench.prints(&["search", "power"]).starts_with("1 article"));
    assert_eq!(bench.run(&["search", "water"]).code, 1);
}

#[test]
fn a_file_written_while_it_was_indexed_is_looked_at_again() {
    let bench = Bench::new();
    bench.write("a/1.txt", ARTICLE);
    let stamp = fs::metadata(bench.path().join("a/1.txt")).unwrap().modified().unwrap();
    bench.prints(&["index", "a"]);
    bench.write("a/1.txt", ARTICLE.replace("water", "power"));
    File::options()
        .append(true)
        .open(bench.path().join("a/1.txt"))
        .unwrap()
        .set_modified(stamp)
        .unwrap();
    bench.prints(&["index"]);
    assert!(bench.prints(&["search", "power"]).starts_with("1 article"));
}

#[test]
fn a_signal_commits_what_is_complete_and_has_a_code_of_its_own() {
    for signal in ["INT", "TERM"] {
        let bench = Bench::new();
        drop(Changing::new(bench.path().join("a")));
        for n in 0..400 {
            bench.write(&format!("a/many/{n}.txt"), ARTICLE.repeat(30));
        }
        let mut child = bench
            .command(&["index", "a", "--quiet", "--threads", "1"])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // As soon as the index is there, files are being read.
        while !bench.path().join(".newsdex/current").exists() {
            std::thread::sleep(Duration::from_millis(2));
        }
        Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(4), "{signal}");
        assert!(articles(&bench) < 1100, "{signal}: it was stopped early");
        bench.prints(&["index", "--quiet"]);
        let (archive, index) = (bench.path().join("a"), bench.path().join(".newsdex"));
        assert_as_fresh(&archive, &index, signal);
        let history = bench.prints(&["history"]);
        assert!(history.contains("interrupted"), "{history}");
    }
}

/// Makes the index one that a program of that schema wrote.
fn set_schema(index: &Path, schema: u32) {
    let now = newsdex::manifest::SCHEMA_VERSION;
    for (file, key) in
        [("generations/1/meta.json", "\\\"schema\\\":"), ("archives.json", "\"schema\": ")]
    {
        let path = index.join(file);
        let text = String::from_utf8(sealed::read(&path).unwrap()).unwrap();
        let other = text.replace(&format!("{key}{now}"), &format!("{key}{schema}"));
        assert_ne!(other, text);
        sealed::replace(&path, other.as_bytes()).unwrap();
    }
}

/// The generation that is searched.
fn current(index: &Path) -> u32 {
    Generation::current(index).unwrap().unwrap().number()
}

#[test]
fn an_index_of_an_older_program_is_built_again_beside_it() {
    let bench = Bench::new();
    let index = bench.path().join(".newsdex");
    for n in 0..20 {
        bench.write(&format!("a/{n}.txt"), ARTICLE);
    }
    bench.prints(&["index", "a"]);
    let mut reader = Snapshot::open(&index).unwrap();
    set_schema(&index, 1);
    let refused = bench.run(&["search", "water"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("bring it up to date with: newsdex index"), "{}", refused.err);

    fs::rename(bench.path().join("a"), bench.path().join("b")).unwrap();
    fs::create_dir(bench.path().join("a")).unwrap();
    let refused = bench.run(&["index"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains(
            "would take 20 of the 20 articles of a out of the index: its folder is empty"
        ),
        "{}",
        refused.err
    );
    fs::remove_dir(bench.path().join("a")).unwrap();
    fs::rename(bench.path().join("b"), bench.path().join("a")).unwrap();

    let built = bench.prints(&["index"]);
    assert!(built.contains("The index was built again from all files."), "{built}");
    assert_eq!(current(&index), 2);
    assert!(!index.join("generations/1").exists());
    assert!(bench.prints(&["search", "water"]).starts_with("20 articles"));
    // A reader that was there before goes on in what it has opened, and finds the new generation when it looks again.
    let kind = newsdex::index::schema::Kind::Article;
    assert_eq!(reader.count(kind).unwrap(), 20);
    bench.remove("a/0.txt");
    bench.prints(&["index"]);
    reader.reload().unwrap();
    assert_eq!(reader.count(kind).unwrap(), 19);
    assert_eq!(reader.generation().unwrap().number(), 2);
}

#[test]
fn a_reader_sees_one_whole_commit_while_a_run_goes_on() {
    let bench = Bench::new();
    let index = bench.path().join(".newsdex");
    let write = |word: &str| {
        for n in 0..60 {
            bench.write(&format!("a/{n}.txt"), ARTICLE.replace("water", word));
        }
    };
    write("word0");
    bench.prints(&["index", "a"]);
    for round in 1..6 {
        write(&format!("word{round}"));
        let args: &[&str] =
            if round % 2 == 0 { &["index", "--quiet"] } else { &["index", "--quiet", "--rebuild"] };
        let mut child = bench.command(args).spawn().unwrap();
        let (old, new) = (format!("said:word{}", round - 1), format!("said:word{round}"));
        loop {
            let done = child.try_wait().unwrap().is_some();
            let snapshot = Snapshot::open(&index).unwrap();
            let count = |query: &str| {
                let request = newsdex::query::Request {
                    query: query.to_owned(),
                    limit: 0,
                    ..newsdex::query::Request::default()
                };
                newsdex::query::search(&snapshot, &request).unwrap().total
            };
            assert!(matches!((count(&old), count(&new)), (60, 0) | (0, 60)), "round {round}");
            if done {
                break;
            }
        }
    }
}

#[test]
fn a_rebuild_that_was_killed_goes_on_or_is_swept() {
    let bench = Bench::new();
    let index = bench.path().join(".newsdex");
    bench.write("a/1.txt", ARTICLE);
    bench.prints(&["index", "a"]);
    let kill = || {
        let mut command = bench.command(&["index", "--rebuild", "--quiet"]);
        let status =
            command.env("NEWSDEX_DIE_AT", "switch:1").stderr(Stdio::null()).status().unwrap();
        assert_eq!(status.code(), None, "killed");
        assert!(index.join("generations/2").exists());
        assert_eq!(articles(&bench), 1, "the old generation is searched");
    };
    if !cfg!(debug_assertions) {
        return;
    }
    kill();
    bench.prints(&["index", "--quiet"]);
    assert!(!index.join("generations/2").exists(), "no rebuild was asked for: it is swept");
    bench.write("a/2.txt", ARTICLE);
    bench.prints(&["index", "--quiet"]);
    let mut command = bench.command(&["index", "--rebuild", "--quiet"]);
    command.env("NEWSDEX_DIE_AT", "switch:1").stderr(Stdio::null()).status().unwrap();
    // What was built of it before it was killed holds a file that is gone by now.
    bench.remove("a/2.txt");
    bench.prints(&["index", "--quiet", "--rebuild"]);
    assert_eq!(current(&index), 2);
    assert!(!index.join("generations/1").exists());
    assert_as_fresh(&bench.path().join("a"), &index, "gone on with");
}
