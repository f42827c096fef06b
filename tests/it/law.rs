//! The law: after any adds, edits, renames, deletes and kills, the index answers as a fresh one would.

use std::process::Stdio;
use std::time::Duration;

use newsdex::update::ChangeDetection;
use proptest::prelude::*;

use crate::changing::{
    Changing, DELIVERIES, Dice, Edit, ITEMS, RECORDS, VERSIONS, answers, assert_as_fresh,
    bring_up_to_date, bring_up_to_date_from,
};
use crate::program::Bench;

fn any_edit() -> impl Strategy<Value = Edit> {
    let (of, text, record) = (0..12u8, 0..200u8, 0..RECORDS);
    let delivery = 0..DELIVERIES;
    let version = (delivery.clone(), 0..ITEMS, 0..VERSIONS, prop::bool::weighted(0.2));
    prop_oneof![
        4 => (of.clone(), text.clone()).prop_map(|(of, text)| Edit::Write { of, text }),
        1 => of.clone().prop_map(|of| Edit::Remove { of }),
        1 => (of.clone(), of.clone()).prop_map(|(of, to)| Edit::Rename { of, to }),
        1 => of.clone().prop_map(|of| Edit::Touch { of }),
        1 => of.prop_map(|of| Edit::Empty { of }),
        2 => (record.clone(), text).prop_map(|(of, text)| Edit::Record { of, text }),
        1 => record.prop_map(|of| Edit::DropRecord { of }),
        5 => version.prop_map(|(of, item, version, kill)| Edit::Deliver { of, item, version, kill }),
        1 => (0..97u8).prop_map(|text| Edit::Pack { text }),
        4 => (0..12u8, 0..1000u16).prop_map(|(of, place)| Edit::Damage { of, place }),
        1 => Just(Edit::Mend),
        1 => delivery.clone().prop_map(|of| Edit::DropDelivery { of }),
        1 => (delivery.clone(), delivery).prop_map(|(of, to)| Edit::MoveDelivery { of, to }),
    ]
}

/// A night: what was edited that day, how the run at night goes about it, and whether the archive is elsewhere that night.
fn any_night() -> impl Strategy<Value = (Vec<Edit>, ChangeDetection, bool)> {
    let trust = prop_oneof![
        6 => Just(ChangeDetection::TimeStamps),
        1 => Just(ChangeDetection::Content),
        1 => Just(ChangeDetection::Rebuild),
    ];
    (prop::collection::vec(any_edit(), 0..8), trust, prop::bool::weighted(0.25))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn after_any_history_the_index_answers_as_a_fresh_one(
        nights in prop::collection::vec(any_night(), 1..5)
    ) {
        let dir = tempfile::tempdir().unwrap();
        let (archive, index) = (dir.path().join("a"), dir.path().join("index"));
        let mut changing = Changing::new(archive.clone());
        let elsewhere = dir.path().join("elsewhere");
        for (edits, trust, is_elsewhere) in &nights {
            for edit in edits {
                changing.apply(*edit);
            }
            if *is_elsewhere && index.exists() {
                std::fs::rename(&archive, &elsewhere).unwrap();
                bring_up_to_date_from(&elsewhere, Some("a"), &index, *trust);
                std::fs::rename(&elsewhere, &archive).unwrap();
            } else {
                bring_up_to_date(&archive, &index, *trust);
            }
            changing.was_indexed();
        }
        let (_copy, as_last_good) = changing.as_last_good();
        assert_as_fresh(&as_last_good, &index, &format!("{nights:?}"));
    }
}

#[test]
fn killed_at_any_moment_the_next_run_completes() {
    kill_and_compare(20_210_227, 10);
}

/// Some minutes: `cargo test --test it -- --ignored killed_hundreds_of_times --nocapture`.
#[test]
#[ignore = "takes minutes; run it after changes of src/update, src/engine or src/index"]
fn killed_hundreds_of_times_nothing_is_ever_lost() {
    kill_and_compare(1, 500);
}

/// Moments of commits, of the end of a rebuild, and of the switch to what it built.
const ONCE: [&str; 10] = [
    "settle",
    "commit",
    "prepared",
    "committed",
    "acknowledged",
    "journal",
    "compared",
    "switch",
    "switched",
    "sweep",
];

/// Kills `wanted` runs at random moments, and compares the index with a fresh one after each.
fn kill_and_compare(seed: u64, wanted: usize) {
    let bench = Bench::new();
    let mut dice = Dice(seed);
    let archive = bench.path().join("a");
    let index = bench.path().join(".newsdex");
    let mut changing = Changing::new(archive.clone());
    let mut kills = 0;
    while kills < wanted {
        for _ in 0..dice.roll(6) {
            changing.apply(Edit::or_delivery_at_random(&mut dice));
        }
        let args: &[&str] = match dice.roll(6) {
            0 => &["index", "a", "--quiet", "--rebuild"],
            1 => &["index", "a", "--quiet", "--checksum"],
            _ => &["index", "a", "--quiet", "--allow-mass-delete"],
        };
        let moment = match dice.roll(4) {
            // Versions are settled between two commits.
            0 => {
                let nth = 1 + dice.roll(2);
                format!("{}:{nth}", ONCE[dice.roll(ONCE.len() as u64) as usize])
            }
            // Merges create and remove segments, behind the last commit too.
            1 if dice.roll(2) == 0 => {
                format!(
                    "{}:{}",
                    ["delete", "create", "sync"][dice.roll(3) as usize],
                    1 + dice.roll(40)
                )
            }
            1 => format!("operation:{}", 1 + dice.roll(12)),
            _ => (1 + dice.roll(900)).to_string(),
        };
        let ended = if dice.roll(4) == 0 {
            killed_after(&bench, args, Duration::from_millis(dice.roll(400)))
        } else {
            killed_at(&bench, args, &moment)
        };
        if let Some(code) = ended {
            if matches!(code, 0 | 3) {
                changing.was_indexed();
            }
            continue;
        }
        kills += 1;
        let story = format!("seed {seed}, kill {kills} of {args:?} at {moment}");
        if index.join("current").exists() {
            // What was committed last is there, whole.
            answers(&index);
        }
        let ran = bench.run(&["index", "a", "--quiet", "--allow-mass-delete"]);
        assert!(matches!(ran.code, 0 | 3), "{story}: {ran:?}");
        changing.was_indexed();
        let (_copy, as_last_good) = changing.as_last_good();
        assert_as_fresh(&as_last_good, &index, &story);
        assert_eq!(std::fs::read_dir(index.join("generations")).unwrap().count(), 1, "{story}");
    }
}

/// The exit code of a run; `None` if it was killed.
fn killed_at(bench: &Bench, args: &[&str], moment: &str) -> Option<i32> {
    let status = bench
        .command(args)
        .env("NEWSDEX_DIE_AT", moment)
        .stderr(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .unwrap();
    status.code()
}

fn killed_after(bench: &Bench, args: &[&str], time: Duration) -> Option<i32> {
    let mut command = bench.command(args);
    let mut child = command.stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    std::thread::sleep(time);
    child.kill().unwrap();
    child.wait().unwrap().code()
}
