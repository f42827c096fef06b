//! Power cuts: what was not synced is lost or not, by chance. What was acknowledged is there, and the next run completes.

use std::path::Path;
use std::process::Stdio;

use newsdex::index::read::snapshot::Snapshot;

use crate::changing::{Changing, Dice, Edit, answers, assert_as_fresh, fresh_answers};
use crate::program::Bench;

/// Moments around which files are synced, renamed and removed.
const MOMENTS: [&str; 16] = [
    "settle",
    "commit",
    "prepared",
    "committed",
    "acknowledged",
    "journal",
    "replace",
    "renamed",
    "replaced",
    "sync",
    "create",
    "delete",
    "compared",
    "switch",
    "switched",
    "remove",
];

#[test]
fn after_a_power_cut_the_last_commit_is_there() {
    if cfg!(debug_assertions) {
        cut_and_compare(3, 6);
    }
}

/// Some minutes: `cargo test --test it -- --ignored power_cut_hundreds_of_times --nocapture`.
#[test]
#[ignore = "takes minutes; run it after changes of src/update, src/engine or src/index"]
fn power_cut_hundreds_of_times_nothing_is_ever_lost() {
    if cfg!(debug_assertions) {
        cut_and_compare(1, 220);
    }
}

/// Cuts the power of `wanted` runs at random moments, and compares the index with fresh ones after each.
fn cut_and_compare(seed: u64, wanted: usize) {
    let bench = Bench::new();
    let mut dice = Dice(seed);
    let archive = bench.path().join("a");
    let index = bench.path().join(".newsdex");
    let mut changing = Changing::new(archive.clone());
    let mut before = None;
    let mut cuts = 0;
    while cuts < wanted {
        if dice.roll(12) == 0 {
            std::fs::remove_dir_all(&index).ok();
            before = None;
            changing.is_forgotten();
        }
        for _ in 0..dice.roll(6) {
            changing.apply(Edit::or_delivery_at_random(&mut dice));
        }
        let rebuild = dice.roll(4) == 0;
        let args: &[&str] = if rebuild {
            &["index", "a", "--quiet", "--rebuild"]
        } else {
            &["index", "a", "--quiet", "--allow-mass-delete"]
        };
        let moment = match dice.roll(2) {
            0 => (1 + dice.roll(700)).to_string(),
            _ => format!(
                "{}:{}",
                MOMENTS[dice.roll(MOMENTS.len() as u64) as usize],
                1 + dice.roll(3)
            ),
        };
        let story = format!("seed {seed}, cut {cuts} of {args:?} at {moment}");
        let Some(passed) = cut_at(&bench, args, &moment, dice.roll(1000)) else {
            before = index.join("current").exists().then(|| answers(&index));
            changing.was_indexed();
            continue;
        };
        cuts += 1;
        let (_copy, as_last_good) = changing.as_last_good();
        let after = fresh_answers(&as_last_good);
        // The first commit of a new index is an empty one, before it is searched at all.
        let acknowledged = match (&before, rebuild) {
            (Some(_), true) => passed.iter().any(|m| m == "switched"),
            (Some(_), false) => passed.iter().any(|m| m == "acknowledged"),
            (None, _) => passed.iter().filter(|m| *m == "acknowledged").count() > 1,
        };
        if index.join("current").exists() {
            let now = answers(&index);
            let empty = before.is_none() && now.iter().all(|line| !line.contains("Talks"));
            let old = before.as_ref() == Some(&now);
            // Behind the commit of what was read comes that of which versions count: the first says so of itself.
            let between = Snapshot::open(&index).unwrap().commit_metadata().unwrap().unresolved;
            let allowed = between || (!acknowledged && (old || empty));
            assert!(now == after || allowed, "{story}: {passed:?}");
        } else {
            assert!(before.is_none() && !acknowledged, "{story}: {passed:?}");
        }
        let ran = bench.run(&["index", "a", "--quiet", "--allow-mass-delete"]);
        assert!(matches!(ran.code, 0 | 3), "{story}: {ran:?}");
        changing.was_indexed();
        assert_as_fresh(&as_last_good, &index, &story);
        before = Some(after);
    }
}

/// The moments that the run came to until the power was cut; `None` if it ended before.
fn cut_at(bench: &Bench, args: &[&str], moment: &str, seed: u64) -> Option<Vec<String>> {
    let kept = bench.path().join("kept");
    std::fs::remove_dir_all(&kept).ok();
    std::fs::create_dir(&kept).unwrap();
    let mut command = bench.command(args);
    command.env("NEWSDEX_DIE_AT", moment).env("NEWSDEX_POWER", with_seed(seed, &kept));
    let status = command.stderr(Stdio::null()).stdout(Stdio::null()).status().unwrap();
    let passed = std::fs::read_to_string(kept.join("passed")).ok()?;
    assert_eq!(status.code(), None, "the power was cut");
    Some(passed.lines().map(str::to_owned).collect())
}

fn with_seed(seed: u64, kept: &Path) -> String {
    format!("{seed}:{}", kept.display())
}
