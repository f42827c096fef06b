//! Damage to the files of an index: any of them deleted, cut, or with a bit flipped. A command gives the answer of the
//! undamaged index, or ends with code 2 and names the file and what mends it; `check` finds it; and what `check --repair`
//! or `index --rebuild` make of it answers as a fresh index.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};

use newsdex::atomic_file::sealed;

use crate::changing::{Dice, answers, assert_as_fresh, fresh_answers};
use crate::program::{Bench, Ran, sample_corpus};

/// What is done to a file.
#[derive(Clone, Copy, Debug)]
enum Damage {
    Flipped { byte: usize, bit: u8 },
    CutTo(usize),
    Deleted,
}

impl Damage {
    fn apply(self, path: &Path) {
        let mut bytes = fs::read(path).unwrap();
        match self {
            Self::Flipped { byte, bit } => bytes[byte] ^= 1 << bit,
            Self::CutTo(length) => bytes.truncate(length),
            Self::Deleted => return fs::remove_file(path).unwrap(),
        }
        // Mapped files of another process keep their content.
        fs::remove_file(path).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Commands whose answers are compared.
const ASKED: [&[&str]; 9] = [
    &["search", "water", "--json"],
    &["search", "said:water OR \"the minister\"", "--csv"],
    &["search", "min*", "--sort", "newest", "--jsonl"],
    &["facets", "speaker"],
    &["quotes", "dam"],
    &["show", "a/new.txt"],
    &["stats", "--json"],
    &["history"],
    &["diff"],
];

/// An index of two runs, as it is without damage.
struct Sound {
    bench: Bench,
    /// The content of each file that may be damaged.
    files: BTreeMap<PathBuf, Vec<u8>>,
    answers: Vec<Ran>,
    fresh: Vec<String>,
}

const NEW: &str = "Dam talks open in Nairobi\n\nNAIROBI, March 3 (Savanna) - Ministers met on Monday.\n\n\
    “We will share the water,” said Amina Odera, the water minister.\n";

impl Sound {
    fn new() -> Self {
        let bench = Bench::new();
        copy(&sample_corpus(), &bench.path().join("a"));
        for n in 0..30 {
            bench.write(
                &format!("a/many/{n}.txt"),
                NEW.replace("March 3", &format!("March {}", 1 + n % 28)),
            );
        }
        bench.run(&["index", "a", "--quiet"]);
        bench.write("a/new.txt", NEW);
        bench.write("a/many/3.txt", NEW.replace("water", "power"));
        bench.remove("a/many/4.txt");
        bench.run(&["index", "--quiet"]);
        let files = contents(&bench.path().join(".newsdex"));
        let answers = ASKED.map(|args| bench.run(args)).into();
        let fresh = fresh_answers(&bench.path().join("a"));
        Self { bench, files, answers, fresh }
    }

    fn index(&self) -> PathBuf {
        self.bench.path().join(".newsdex")
    }

    /// Makes the index what it was before it was damaged.
    fn restore(&self) {
        let index = self.index();
        for path in contents(&index).keys().filter(|path| !self.files.contains_key(*path)) {
            fs::remove_file(index.join(path)).unwrap();
        }
        for (path, content) in &self.files {
            let path = index.join(path);
            if !fs::read(&path).is_ok_and(|now| now == *content) {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::remove_file(&path).ok();
                fs::write(path, content).unwrap();
            }
        }
    }

    /// Damages a file, and looks at what the commands make of it.
    fn try_damage(&self, file: &Path, damage: Damage, is_repaired: bool) {
        let story = format!("{} {damage:?}", file.display());
        damage.apply(&self.index().join(file));
        for (args, sound) in ASKED.iter().zip(&self.answers) {
            let ran = self.bench.run(args);
            let is_same = ran.code == sound.code && ran.out == sound.out;
            assert!(is_same || is_named(&ran, file), "{story}: {args:?}: {ran:?}\n{sound:?}");
        }
        let checked = self.bench.run(&["check"]);
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(checked.code == 1 && checked.out.contains(name), "{story}: {checked:?}");
        if is_repaired {
            self.repair(file, damage, &story);
        }
        self.restore();
    }

    fn repair(&self, file: &Path, damage: Damage, story: &str) {
        let archive = self.bench.path().join("a");
        for args in
            [&["index", "--quiet"][..], &["check", "--repair"], &["index", "--rebuild", "--quiet"]]
        {
            let ran = self.bench.run(args);
            assert!(!ran.err.contains("panicked"), "{story}: {args:?}: {ran:?}");
            // A run that needs nothing of what is damaged, or mends it, is done.
            let is_done = matches!(ran.code, 0 | 3);
            assert!(
                is_done || (args == ["index", "--quiet"] && is_named(&ran, file)),
                "{story}: {ran:?}"
            );
            if args != ["index", "--quiet"] {
                assert_eq!(self.bench.run(&["check"]).code, 0, "{story}: {args:?}: {ran:?}");
                assert!(answers(&self.index()) == self.fresh, "{story}: {args:?}");
            }
            self.restore();
            damage.apply(&self.index().join(file));
        }
        // A run that has to write.
        self.bench.write("a/written.txt", NEW.replace("Monday", "Tuesday"));
        let ran = self.bench.run(&["index", "--quiet"]);
        if matches!(ran.code, 0 | 3) {
            let rebuilt = self.bench.run(&["check", "--repair"]);
            assert_eq!(rebuilt.code, 0, "{story}: {rebuilt:?}");
            assert_as_fresh(&archive, &self.index(), story);
        } else {
            assert!(is_named(&ran, file), "{story}: {ran:?}");
        }
        self.bench.remove("a/written.txt");
    }
}

/// Whether a command failed as it should: it names the file and the command that mends the index.
fn is_named(ran: &Ran, file: &Path) -> bool {
    let name = file.file_name().unwrap().to_str().unwrap();
    ran.code == 2
        && ran.err.contains(name)
        && ran.err.contains("newsdex check --repair")
        && !ran.err.contains("panicked")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The files of an index by their paths in it, without locks.
fn contents(index: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut files, mut folders) = (BTreeMap::new(), vec![index.to_path_buf()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_none_or(|extension| extension != "lock") {
                let content = fs::read(&path).unwrap();
                files.insert(path.strip_prefix(index).unwrap().to_path_buf(), content);
            }
        }
    }
    files
}

#[test]
fn a_damaged_file_is_named_and_mended() {
    let sound = Sound::new();
    let mut dice = Dice(20_210_227);
    let mut tried = 0;
    for (file, content) in &sound.files {
        let any = |dice: &mut Dice| dice.roll(content.len() as u64) as usize;
        let middle = Damage::Flipped { byte: content.len() / 2, bit: 2 };
        let other = match tried % 5 {
            0 => Damage::Flipped { byte: 0, bit: 5 },
            1 => Damage::Flipped { byte: content.len() - 1, bit: 0 },
            2 => Damage::CutTo(any(&mut dice)),
            3 => Damage::Flipped { byte: any(&mut dice), bit: 7 },
            _ => Damage::Deleted,
        };
        // One of them is mended, in turn of the files.
        sound.try_damage(file, middle, tried % 4 == 0);
        sound.try_damage(file, other, tried % 4 == 2);
        if content.len() < 1024 {
            // Within the seal of a small file.
            sound.try_damage(file, Damage::CutTo(3), false);
        }
        tried += 1;
    }
    assert!(tried >= 20, "files of the engine, the history, and beside them: {tried}");
}

/// Some minutes: `cargo test --test it -- --ignored damaged_at_hundreds_of_places --nocapture`.
#[test]
#[ignore = "takes minutes; run it after changes of src/index, src/atomic_file or src/update/history.rs"]
fn a_file_damaged_at_hundreds_of_places_is_named_and_mended() {
    let places: u64 = std::env::var("PLACES").map_or(200, |text| text.parse().unwrap());
    let sound = Sound::new();
    let mut dice = Dice(7);
    for (file, content) in &sound.files {
        sound.try_damage(file, Damage::Deleted, true);
        sound.try_damage(file, Damage::CutTo(0), true);
        sound.try_damage(file, Damage::CutTo(3), true);
        for place in 0..places {
            let byte = dice.roll(content.len() as u64) as usize;
            let damage = if dice.roll(4) == 0 {
                Damage::CutTo(byte)
            } else {
                Damage::Flipped { byte, bit: dice.roll(8) as u8 }
            };
            sound.try_damage(file, damage, place % 50 == 0);
        }
    }
}

#[test]
fn both_copies_of_the_archives_are_not_needed() {
    let bench = Bench::new();
    bench.write("a/1.txt", NEW);
    bench.write("b/2.txt", NEW);
    bench.prints(&["index", "a", "--exclude", "*.md"]);
    bench.prints(&["index", "b"]);
    let archives = fs::read_to_string(bench.path().join(".newsdex/archives.json")).unwrap();
    assert!(archives.contains("*.md") && archives.contains("/b\""), "{archives}");
    // Without the pointer and its generation, too.
    bench.remove(".newsdex/current");
    fs::remove_dir_all(bench.path().join(".newsdex/generations")).unwrap();
    let ran = bench.run(&["search", "water"]);
    assert!(ran.code == 2 && ran.err.contains("current is damaged: it is missing"), "{ran:?}");
    let ran = bench.run(&["index"]);
    assert!(ran.code == 2 && ran.err.contains("newsdex check --repair"), "{ran:?}");
    bench.prints(&["check", "--repair"]);
    let stats = bench.json(&["stats", "--json"]);
    assert_eq!(stats["articles"], 2);
    // The second copy is written again from the commit.
    bench.remove(".newsdex/archives.json");
    assert_eq!(bench.run(&["check"]).code, 1);
    bench.prints(&["index"]);
    bench.prints(&["check"]);
    assert!(
        fs::read_to_string(bench.path().join(".newsdex/archives.json")).unwrap().contains("*.md")
    );
}

#[test]
fn what_to_type_names_the_index() {
    let bench = Bench::new();
    bench.write("a/1.txt", NEW);
    bench.prints(&["index", "a", "--index", "there"]);
    bench.remove("there/generations/1/meta.json");
    let ran = bench.run(&["search", "water", "--index", "there"]);
    assert_eq!(
        ran.err,
        "newsdex: there/generations/1/meta.json is damaged: it is missing; \
         mend it with: newsdex check --repair --index there\n"
    );
}

#[test]
fn an_index_of_a_newer_program_is_named_as_such_by_every_command() {
    let bench = Bench::new();
    bench.write("a/1.txt", NEW);
    bench.prints(&["index", "a"]);
    let now = newsdex::manifest::SCHEMA_VERSION;
    for (file, key) in
        [("generations/1/meta.json", "\\\"schema\\\":"), ("archives.json", "\"schema\": ")]
    {
        let path = bench.path().join(".newsdex").join(file);
        let text = String::from_utf8(sealed::read(&path).unwrap()).unwrap();
        let newer = text.replace(&format!("{key}{now}"), &format!("{key}{}", now + 1));
        assert_ne!(newer, text);
        sealed::replace(&path, newer.as_bytes()).unwrap();
    }
    let commands: [&[&str]; 9] = [
        &["search", "water"],
        &["index"],
        &["index", "--rebuild"],
        &["index", "--dry-run"],
        &["check"],
        &["check", "--repair"],
        &["history"],
        &["diff"],
        &["show", "a/1.txt"],
    ];
    let before = contents(&bench.path().join(".newsdex"));
    for args in commands {
        let ran = bench.run(args);
        assert!(
            ran.code == 2 && ran.err.contains("was written by a newer newsdex"),
            "{args:?}: {ran:?}"
        );
    }
    assert!(contents(&bench.path().join(".newsdex")) == before, "nothing was changed");
}

#[test]
fn an_index_that_cannot_be_written_is_checked() {
    let bench = Bench::new();
    bench.write("a/1.txt", NEW);
    bench.prints(&["index", "a"]);
    fs::set_permissions(bench.path(), fs::Permissions::from_mode(0o755)).unwrap();
    // As a copy may be.
    bench.remove(".newsdex/newsdex.lock");
    let mut command = bench.command(&["check"]);
    if fs::metadata(bench.path())
        .is_ok_and(|about| std::os::unix::fs::MetadataExt::uid(&about) == 0)
    {
        // The numeric user that owns nothing.
        command.uid(65_534).gid(65_534);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(!bench.path().join(".newsdex/newsdex.lock").exists());
}

#[test]
fn a_run_that_was_killed_is_in_the_history() {
    let bench = Bench::new();
    for n in 0..3000 {
        bench.write(&format!("a/{n}.txt"), NEW.repeat(20));
    }
    let mut child = bench.command(&["index", "a", "--quiet", "--threads", "1"]).spawn().unwrap();
    while !bench.path().join(".newsdex/current").exists() {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let under_way = bench.run(&["history"]);
    assert_eq!(under_way.out, "No run is remembered.\n");
    child.kill().unwrap();
    child.wait().unwrap();
    let killed = bench.json(&["history", "--json"]);
    assert_eq!(
        (&killed[0]["run"], &killed[0]["ending"]),
        (&1.into(), &"killed".into()),
        "{killed}"
    );
    bench.prints(&["index", "--quiet"]);
    let history = bench.prints(&["history"]);
    assert!(history.lines().nth(1).is_some_and(|line| line.ends_with("killed")), "{history}");
    assert_eq!(history.lines().count(), 3);
    bench.prints(&["check"]);
}

#[test]
fn a_run_whose_metrics_cannot_be_written_is_reported_and_remembered() {
    let bench = Bench::new();
    bench.write("a/1.txt", NEW);
    let ran = bench.run(&["index", "a", "--metrics", "gone/m.prom", "--report", "run.json"]);
    assert!(ran.code == 2 && ran.err.contains("cannot write gone/m.prom"), "{ran:?}");
    assert!(ran.out.contains("1 new"), "{ran:?}");
    assert!(fs::read_to_string(bench.path().join("run.json")).unwrap().contains("\"new\": 1"));
    assert_eq!(bench.json(&["history", "--json"])[0]["ending"], "done");
}

#[test]
fn a_merge_that_meets_damage_fails_the_run() {
    let bench = Bench::new();
    let write = |n: u32, version: u32| {
        let words: Vec<_> = (0..600).map(|word| format!("word{version}x{n}x{word}")).collect();
        bench.write(&format!("a/{n}.txt"), format!("{NEW}\n{}\n", words.join(" ")));
    };
    (0..60).for_each(|n| write(n, 1));
    bench.prints(&["index", "a", "--quiet", "--threads", "1"]);
    let index = bench.path().join(".newsdex");
    let places = contents(&index)
        .into_iter()
        .find(|(path, _)| path.extension().is_some_and(|extension| extension == "pos"));
    let (file, content) = places.unwrap();
    assert!(content.len() > 40_000, "damage that only a merge comes to: {}", content.len());
    Damage::Flipped { byte: 10, bit: 1 }.apply(&index.join(&file));
    // So many deletes that the segment is merged.
    (0..40).for_each(|n| write(n, 2));
    let ran = bench.run(&["index", "--quiet", "--allow-mass-delete"]);
    assert!(is_named(&ran, &file), "{ran:?}");
    let history = bench.json(&["history", "--json"]);
    assert!(history[1]["ending"]["failed"].as_str().unwrap().contains(".pos"), "{history}");
}
