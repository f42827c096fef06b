//! The commands around a job at night: `history`, `diff`, `check`, `schedule`, and what `index` leaves for machines.

use std::fs;

use crate::program::Bench;

const ARTICLE: &str = "Dam talks open in Nairobi\n\nNAIROBI, March 3 (Savanna) - Ministers met on Monday.\n\n\
    “We will share the water,” said Amina Odera, the water minister.\n";

#[test]
fn history_and_diff_tell_what_runs_did() {
    let bench = Bench::new();
    bench.write("a/1.txt", ARTICLE);
    bench.write("a/2.txt", ARTICLE);
    bench.write("a/3.txt", ARTICLE);
    assert_eq!(bench.run(&["history"]).code, 1);
    bench.prints(&["index", "a"]);
    bench.write(
        "a/1.txt",
        ARTICLE.replace("share the water", "share the power").replace("Amina", "Lucia"),
    );
    bench.remove("a/2.txt");
    bench.write("a/4.txt", ARTICLE.replace("Nairobi", "Mombasa"));
    bench.prints(&["index"]);
    bench.prints(&["index"]);

    let history = bench.json(&["history", "--json"]);
    let counts = |run: usize| {
        let articles = &history[run]["articles"];
        ["added", "changed", "removed"].map(|kind| articles[kind].as_u64().unwrap())
    };
    assert_eq!([counts(0), counts(1), counts(2)], [[3, 0, 0], [1, 1, 1], [0, 0, 0]]);
    assert!(bench.prints(&["history"]).contains("+1 ~1 -1"), "{}", bench.prints(&["history"]));

    let diff = bench.prints(&["diff"]);
    for line in [
        "Run 2, ",
        "1 article added, 1 changed, 1 removed.",
        "~ Dam talks open in Nairobi  a/1.txt",
        "    - “We will share the water,” said Amina Odera, the water minister.",
        "    + “We will share the power,” said Lucia Odera, the water minister.",
        "    speaker: -Amina Odera, +Lucia Odera",
        "- Dam talks open in Nairobi  a/2.txt",
        "+ Dam talks open in Mombasa  a/4.txt",
        "Lucia Odera +1",
        "Amina Odera -1",
    ] {
        assert!(diff.contains(line), "{line} is not in\n{diff}");
    }
    let nothing = bench.run(&["diff", "3"]);
    assert_eq!((nothing.code, nothing.out.contains("0 articles added")), (1, true), "{nothing:?}");
    assert_eq!(bench.run(&["diff", "9"]).code, 1);
}

#[test]
fn an_older_diff_shows_what_was_there_then() {
    let bench = Bench::new();
    for word in ["water", "power", "light"] {
        bench.write("a/1.txt", ARTICLE.replace("water", word));
        bench.prints(&["index", "a"]);
    }
    let diff = bench.json(&["diff", "2", "--json"]);
    let sentences: Vec<_> = diff["articles"][0]["text"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["sentence"].as_str().unwrap())
        .collect();
    assert_eq!(sentences.len(), 2, "{diff}");
    assert!(sentences[0].contains("water") && sentences[1].contains("power"), "{sentences:?}");
    let first = bench.json(&["diff", "1", "--json"]);
    assert_eq!((first["added"].as_u64(), first["changed"].as_u64()), (Some(1), Some(0)));
}

#[test]
fn a_diff_is_as_long_as_asked_for_in_every_form() {
    let bench = Bench::new();
    for (nth, word) in ["water", "power", "light"].iter().enumerate() {
        bench.write(&format!("a/{nth}.txt"), ARTICLE.replace("water", word));
    }
    bench.prints(&["index", "a"]);
    let (all, one) = (bench.json(&["diff", "--json"]), bench.json(&["diff", "--json", "-n", "1"]));
    let length = |value: &serde_json::Value| value.as_array().unwrap().len();
    assert_eq!((length(&all["articles"]), all["articles_left_out"].as_u64()), (3, Some(0)));
    assert_eq!((length(&one["articles"]), one["articles_left_out"].as_u64()), (1, Some(2)));
    assert_eq!(one["added"], all["added"]);
    assert_eq!(all["values_left_out"], serde_json::json!({}));
    for (facet, values) in all["facets"].as_object().unwrap() {
        let left_out = one["values_left_out"][facet].as_u64().unwrap_or(0) as usize;
        assert_eq!(length(&one["facets"][facet]), 1);
        assert_eq!(1 + left_out, length(values), "{facet}");
    }
    let rows = |form: &str| bench.prints(&["diff", form, "-n", "2"]).lines().count();
    assert_eq!((rows("--jsonl"), rows("--csv")), (2, 3));
}

#[test]
fn one_changed_record_rewrites_one_article() {
    let bench = Bench::new();
    let records = |word: &str| -> String {
        let record = |n: u32| {
            let word = if n == 7 { word } else { "water" };
            let body = ARTICLE.replace("water", word).replace("Nairobi", &format!("Nairobi {n}"));
            format!(
                "{}\n",
                serde_json::json!({ "id": n, "title": format!("Talks {n}"), "body": body })
            )
        };
        (0..1500).map(record).collect()
    };
    bench.write("a/all.jsonl", records("water"));
    bench.prints(&["index", "a", "--quiet"]);
    bench.write("a/all.jsonl", records("power"));
    bench.prints(&["index", "--quiet", "--report", "report.json"]);
    let report = fs::read_to_string(bench.path().join("report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let changes = serde_json::json!({ "added": 0, "changed": 1, "same": 1499, "removed": 0 });
    assert_eq!(report["changes"], changes);
    assert_eq!(bench.json(&["stats", "--json"])["articles"], 1500);
    assert!(
        report["stages"]["walk"].as_f64().is_some() && report["index_bytes"].as_u64() > Some(1000)
    );
    let diff = bench.json(&["diff", "--json"]);
    assert_eq!(diff["articles"].as_array().unwrap().len(), 1, "{diff}");
}

#[test]
fn a_sound_index_is_found_so() {
    let bench = Bench::with_sample_corpus();
    let checked = bench.prints(&["check"]);
    assert!(checked.contains("All checksums hold"), "{checked}");
    assert_eq!(bench.json(&["check", "--json"])["sound"], true);
}

#[test]
fn what_is_wrong_is_named_and_mended() {
    let bench = Bench::new();
    for n in 0..20 {
        bench.write(&format!("a/{n}.txt"), ARTICLE.replace("water", &format!("water{n}")));
    }
    bench.prints(&["index", "a"]);
    bench.write(".newsdex/generations/1/.tmpabc", "left over");
    bench.write(".newsdex/generations/7/meta.json", "left over");
    let checked = bench.run(&["check"]);
    assert_eq!(checked.code, 1);
    assert!(checked.out.contains("In no commit: 2 files"), "{}", checked.out);
    let mended = bench.prints(&["check", "--repair"]);
    assert!(mended.contains("Mended. Now:"), "{mended}");

    let store = fs::read_dir(bench.path().join(".newsdex/generations/1"))
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|e| e == "store"))
        .unwrap();
    let mut bytes = fs::read(&store).unwrap();
    bytes[20] ^= 1;
    fs::write(&store, bytes).unwrap();
    let checked = bench.run(&["check"]);
    assert_eq!(checked.code, 1);
    assert!(checked.out.contains("Damaged: 1 file"), "{}", checked.out);
    bench.prints(&["check", "--repair"]);
    assert_eq!(bench.json(&["stats", "--json"])["articles"], 20);
    let (archive, index) = (bench.path().join("a"), bench.path().join(".newsdex"));
    crate::changing::assert_as_fresh(&archive, &index, "repaired");
}

#[test]
fn a_rebuild_tells_what_it_changed() {
    let bench = Bench::new();
    for n in 0..6 {
        bench.write(&format!("a/{n}.txt"), ARTICLE.replace("water,", &format!("water{n},")));
    }
    bench.prints(&["index", "a"]);
    bench.write("a/1.txt", ARTICLE.replace("share the water", "share the power"));
    bench.remove("a/2.txt");
    bench.write("a/6.txt", ARTICLE);
    let built = bench.prints(&["index", "--rebuild"]);
    assert!(built.contains("The index was built again from all files."), "{built}");
    let diff = bench.prints(&["diff"]);
    for line in [
        "1 article added, 1 changed, 1 removed.",
        "~ Dam talks open in Nairobi  a/1.txt",
        "    + “We will share the power,” said Amina Odera, the water minister.",
        "- Dam talks open in Nairobi  a/2.txt",
        "+ Dam talks open in Nairobi  a/6.txt",
    ] {
        assert!(diff.contains(line), "{line} is not in\n{diff}");
    }
    let history = bench.prints(&["history"]);
    assert!(history.contains("+1 ~1 -1  built again"), "{history}");
    bench.prints(&["index", "--rebuild"]);
    assert_eq!(bench.run(&["diff", "3"]).code, 1, "nothing changed");
}

#[test]
fn what_a_repair_changed_is_told_as_far_as_it_is_known() {
    use newsdex::index::read::snapshot::Snapshot;
    use newsdex::index::storage::generation::Generation;
    use newsdex::index::write::writer::{Batch, Writer};

    let bench = Bench::new();
    for n in 0..3 {
        bench.write(&format!("a/{n}.txt"), ARTICLE.replace("water,", &format!("water{n},")));
    }
    bench.prints(&["index", "a"]);
    // An article is lost, another is there twice.
    let index = bench.path().join(".newsdex");
    let snapshot = Snapshot::open(&index).unwrap();
    let generation = Generation::current(&index).unwrap().unwrap();
    let writer = Writer::open(&generation, 1, 64 << 20).unwrap();
    let mut batch = Batch::default();
    batch.delete(newsdex::manifest::record::article_key("a/1.txt", "a/1.txt"));
    batch.add(&snapshot.find("a/2.txt").unwrap().unwrap(), "a/2.txt");
    writer.write(batch, 0).unwrap();
    writer.commit(&snapshot.commit_metadata().unwrap()).unwrap();
    writer.finish().unwrap();
    let checked = bench.run(&["check"]);
    assert!(checked.out.contains("Wrong: 2 files"), "{}", checked.out);
    bench.prints(&["check", "--repair"]);
    let diff = bench.prints(&["diff"]);
    assert!(diff.contains("1 article added, 0 changed, 0 removed."), "{diff}");
    assert!(diff.contains("+ Dam talks open in Nairobi  a/1.txt"), "{diff}");

    // What is damaged cannot be compared, and that is said.
    let store = fs::read_dir(generation.path()).unwrap().flatten().map(|entry| entry.path());
    let store = store.into_iter().find(|p| p.extension().is_some_and(|e| e == "store")).unwrap();
    let mut bytes = fs::read(&store).unwrap();
    bytes[20] ^= 1;
    fs::write(&store, bytes).unwrap();
    bench.prints(&["check", "--repair"]);
    let run = bench.json(&["history", "--json"]).as_array().unwrap().len().to_string();
    let diff = bench.run(&["diff", &run]);
    assert!(
        diff.out.contains(
            "It built the index again; what that changed is not known: the index before was damaged."
        ),
        "{}",
        diff.out
    );
}

#[cfg(target_os = "linux")]
#[test]
fn low_priority_is_that_of_every_thread_on_processor_and_disk() {
    use std::process::{Command, Stdio};

    if Command::new("ionice").arg("-V").output().is_err() {
        return;
    }
    let bench = Bench::new();
    for n in 0..200 {
        bench.write(&format!("a/{n}.txt"), ARTICLE.repeat(20));
    }
    let mut command = bench.command(&["index", "a", "--quiet", "--low-priority"]);
    let mut child = command.stderr(Stdio::null()).spawn().unwrap();
    while !bench.path().join(".newsdex/current").exists() {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let tasks = fs::read_dir(format!("/proc/{}/task", child.id())).unwrap().flatten();
    let mut seen = 0;
    for task in tasks {
        let number = task.file_name().into_string().unwrap();
        let disk = Command::new("ionice").args(["-p", &number]).output().unwrap();
        let Ok(stat) = fs::read_to_string(task.path().join("stat")) else { continue };
        // The 19th field is the nice value (proc_pid_stat(5)); the second ends with the last bracket.
        let nice = stat.rsplit(") ").next().and_then(|rest| rest.split(' ').nth(16));
        assert_eq!(nice, Some("19"), "{stat}");
        assert_eq!(String::from_utf8_lossy(&disk.stdout).trim(), "idle", "{stat}");
        seen += 1;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(seen > 2, "there are workers");
}

#[test]
fn a_job_is_printed_for_both_schedulers() {
    let bench = Bench::new();
    let unit = bench.prints(&["schedule", "--systemd", "--at", "02:30", "--index", "my index"]);
    assert!(unit.contains("OnCalendar=*-*-* 02:30:00"), "{unit}");
    assert!(unit.contains("\nNice=19\nIOSchedulingClass=idle\n"), "{unit}");
    assert!(
        unit.contains(" index --index \"") && unit.contains("/my index\" --quiet --low-priority\n"),
        "{unit}"
    );
    let line = bench.prints(&["schedule", "--cron", "--", "--exclude", "drafts/**"]);
    assert!(line.starts_with("0 3 * * * /"), "{line}");
    assert!(line.ends_with("--quiet --low-priority --exclude 'drafts/**'\n"), "{line}");
    assert_eq!(bench.run(&["schedule"]).code, 2);
}

#[test]
fn metrics_are_left_for_the_collector() {
    let bench = Bench::new();
    bench.write("a/1.txt", ARTICLE);
    bench.prints(&["index", "a", "--metrics", "m.prom"]);
    let text = fs::read_to_string(bench.path().join("m.prom")).unwrap();
    assert!(text.contains("newsdex_last_run_files{state=\"new\"} 1\n"), "{text}");
    assert!(text.contains("newsdex_last_run_exit_code 0\n"), "{text}");
    fs::remove_dir_all(bench.path().join("a")).unwrap();
    assert_eq!(bench.run(&["index", "--metrics", "m.prom", "--report", "run.json"]).code, 2);
    let report = fs::read_to_string(bench.path().join("run.json")).unwrap();
    assert!(report.contains("\"failure\": \"the archive "), "{report}");
    let text = fs::read_to_string(bench.path().join("m.prom")).unwrap();
    assert!(text.contains("newsdex_last_run_exit_code 2\n"), "{text}");
    let history = bench.prints(&["history"]);
    assert!(history.contains("failed: the archive "), "{history}");
}
