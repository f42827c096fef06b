//! Nothing that a stranger wrote moves the terminal: every command in a terminal, over an archive of hostile texts.

use std::fs::File;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::process::Stdio;

use clap::CommandFactory;
use newsdex::cli::args::Args;
use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use serde_json::{Map, Value};

use crate::program::{Bench, Ran};

/// Sets a title, rings, clears, moves, colours (also by one byte), deletes, goes back, turns text around, ends lines unseen.
const HOSTILE: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}[9;9H\u{1b}[5;41m\u{9b}5m\u{7f}\u{8}\u{202e}\u{2066}\u{200f}\
                       \u{61c}\u{2028}\u{feff}\u{fff9}\u{e0041}\u{85}\r\t";

/// What the program itself sends: colours, and how a progress bar draws its line again.
const OURS: [&str; 16] = [
    "\u{1b}[0m",
    "\u{1b}[1m",
    "\u{1b}[2m",
    "\u{1b}[4m",
    "\u{1b}[31m",
    "\u{1b}[32m",
    "\u{1b}[33m",
    "\u{1b}[34m",
    "\u{1b}[35m",
    "\u{1b}[36m",
    "\u{1b}[K",
    "\u{1b}[2K",
    "\u{1b}[1A",
    "\u{1b}[1B",
    "\u{1b}[?25l",
    "\u{1b}[?25h",
];

/// Runs newsdex in a terminal; `out` is all that it sends there.
fn in_terminal(bench: &Bench, args: &[&str]) -> Ran {
    let keyboard = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&keyboard).unwrap();
    unlockpt(&keyboard).unwrap();
    let name = ptsname(&keyboard, Vec::new()).unwrap();
    let screen = rustix::fs::open(&*name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
    let end = || Stdio::from(screen.try_clone().unwrap());
    let mut command = bench.command(args);
    command.stdin(end()).stdout(end()).stderr(end()).env("TERM", "xterm");
    let mut child = command.spawn().unwrap();
    drop((command, screen));
    let (mut sent, mut block) = (Vec::new(), [0; 4096]);
    // Where no program has the terminal any more, reading it fails.
    let mut keyboard = File::from(keyboard);
    while let Ok(read @ 1..) = keyboard.read(&mut block) {
        sent.extend_from_slice(&block[..read]);
    }
    let code = child.wait().unwrap().code().unwrap_or(-1);
    Ran { code, out: String::from_utf8(sent).unwrap(), err: String::new() }
}

fn moves(c: char) -> bool {
    let others = "\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{feff}";
    (c.is_control() && c != '\n')
        || others.contains(c)
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2066}'..='\u{206f}').contains(&c)
        || ('\u{fff9}'..='\u{fffb}').contains(&c)
        || ('\u{e0000}'..='\u{e007f}').contains(&c)
}

/// Checks that what was sent holds no more than text, ends of lines and sequences of ours. Where a progress bar is drawn,
/// it also goes back to the start of its line.
fn check(args: &[&str], ran: &Ran) {
    let mut rest = ran.out.replace("\r\n", "\n");
    for ours in OURS {
        rest = rest.replace(ours, "");
    }
    if ["index", "check"].contains(&args[0]) {
        rest = rest.replace('\r', "");
    }
    assert!(!rest.contains(moves), "{args:?} sends {rest:?}");
}

/// A record whose every field has what is hostile at its end, and in its text and among its names too.
fn hostile_record(nth: u32) -> Value {
    let fields = [
        ("id", format!("ferry-{nth}")),
        ("title", format!("Ferry {nth} sails")),
        ("byline", "Oda Lind".to_owned()),
        ("agency", "Tern Wire".to_owned()),
        ("source", "Tern Wire".to_owned()),
        ("language", "en".to_owned()),
        ("section", "Coast".to_owned()),
        ("keywords", "ferry".to_owned()),
        ("url", "https://tern.example/ferry".to_owned()),
        ("license", "CC-BY-4.0".to_owned()),
        ("copyright", "Tern Wire".to_owned()),
        (HOSTILE, "crew".to_owned()),
        (
            "body",
            format!(
                "BERGEN, March {nth} (TW) -- The ferry sails {HOSTILE} again.\n\n\"The ferry {HOSTILE} is late,\" \
                 said Captain Oda Lind{HOSTILE}. Minister Ada {HOSTILE} Moen said the ferry was old."
            ),
        ),
    ];
    let mut record: Map<_, _> = fields
        .into_iter()
        .map(|(name, text)| (name.to_owned(), Value::from(format!("{text} {HOSTILE}"))))
        .collect();
    record.insert("date".to_owned(), format!("2021-03-0{nth}").into());
    record.into()
}

/// An archive whose files, fields and texts are hostile, indexed.
fn hostile_archive() -> Bench {
    let bench = Bench::new();
    let records: Vec<_> = (1..4).map(|nth| hostile_record(nth).to_string()).collect();
    bench.write(&format!("archive/{HOSTILE}/all.jsonl"), records.join("\n"));
    bench.write(
        &format!("archive/ferry {HOSTILE}.txt"),
        format!("Ferry {HOSTILE} leaves\n\nBERGEN (TW) -- The {HOSTILE} ferry left.\n"),
    );
    bench.write(&format!("archive/empty {HOSTILE}.txt"), "");
    bench.write(&format!("archive/cut {HOSTILE}.txt.gz"), [0x1f, 0x8b, 8, 0, 0]);
    bench.write(
        "archive/line\nbreak.txt",
        "A ferry in a line\n\nThe ferry has a name of two lines.\n",
    );
    std::fs::write(
        bench.path().join(std::ffi::OsStr::from_bytes(b"archive/\x9b\xff.txt")),
        "A ferry of bytes\n\nThe ferry.\n",
    )
    .unwrap();
    bench.write(
        "topics.tsv",
        format!("1{}\tferry\n", HOSTILE.replace(['\t', '\r', '\u{85}', '\u{2028}'], "")),
    );
    bench.write("wrong.tsv", format!("{HOSTILE}\n"));
    bench.write("wrong.toml", format!("[[person]]\n\"{HOSTILE}\" = {HOSTILE}\n"));
    bench.write(&format!("receipt {HOSTILE}.json"), "{}");
    bench
}

/// What to type of a command, over the hostile archive; `id` is that of a hostile article.
fn typed(command: &str, id: &str) -> Vec<Vec<String>> {
    let receipt = format!("receipt {HOSTILE}.json");
    let lines: Vec<Vec<&str>> = match command {
        "index" => vec![
            vec![
                "archive",
                "--report",
                "run.json",
                "--map",
                "body=body",
                "--include",
                HOSTILE,
                "--dry-run",
            ],
            vec!["archive", "--rebuild"],
            vec![],
            vec![HOSTILE],
            vec!["archive", "--map", HOSTILE],
            vec!["archive", "--format", HOSTILE],
            vec!["archive", "--name", HOSTILE],
        ],
        "search" => vec![
            vec![
                "ferry", "--facet", "speaker", "--facet", "byline", "--facet", "agency", "--facet",
                "keyword",
            ],
            vec!["--sort", "oldest", "--limit", "100"],
            vec![HOSTILE],
            vec!["ferry", "--from", HOSTILE],
            vec!["ferry", "--facet", HOSTILE],
            vec!["ferry", "--receipt", "receipt.json"],
            vec!["ferry", "--parquet", HOSTILE],
            vec!["nofield:x", "--index", HOSTILE],
            vec!["ferry", "--aliases", "wrong.toml"],
        ],
        "facets" => vec![
            vec!["folder"],
            vec!["byline"],
            vec!["agency"],
            vec!["license"],
            vec!["keyword"],
            vec!["meta"],
            vec!["speaker", HOSTILE],
            vec![HOSTILE],
        ],
        "quotes" => vec![
            vec![],
            vec!["--group"],
            vec!["--speaker", HOSTILE],
            vec!["--kind", HOSTILE],
            vec!["--kind", "direct", "ferry"],
        ],
        "people" => vec![vec!["lind"], vec![HOSTILE], vec!["lind", HOSTILE]],
        "show" | "similar" => vec![vec![id], vec![HOSTILE]],
        "timeline" => vec![
            vec!["ferry", "--by", "day"],
            vec!["ferry", "--compare", HOSTILE],
            vec!["--by", HOSTILE],
        ],
        "concordance" => vec![
            vec!["ferry"],
            vec!["ferry", "--sort", "right", "--width", "200"],
            vec!["ferry", "--group", "both"],
            vec![HOSTILE],
        ],
        "compare" => vec![vec!["ferry", "byline:lind"], vec![HOSTILE, "ferry"]],
        "explain" => vec![vec!["ferry", HOSTILE], vec!["byline:*"]],
        "why" => vec![
            vec!["ferry", id],
            vec!["ferry byline:lind meta.crew:*", id],
            vec![HOSTILE, id],
            vec!["ferry", HOSTILE],
        ],
        "verify" => vec![vec!["receipt.json"], vec!["hostile.json"], vec![&receipt]],
        "trec" => vec![vec!["topics.tsv"], vec!["wrong.tsv"], vec![HOSTILE]],
        "stats" => vec![vec![], vec!["--index", HOSTILE]],
        "diff" => vec![vec![], vec!["1"], vec![HOSTILE]],
        "check" => vec![vec![], vec!["--repair"]],
        "schedule" => vec![
            vec!["--cron"],
            vec!["--systemd", "--index", HOSTILE],
            vec!["--cron", "--at", HOSTILE],
            vec!["--cron", "--", HOSTILE],
        ],
        "extract" => vec![vec!["archive"], vec!["archive", "--map", "body=nothing"], vec![HOSTILE]],
        "history" | "formats" | "man" | "read-pdf" => vec![vec![]],
        "completions" => vec![vec!["bash"], vec!["fish"], vec!["zsh"], vec![HOSTILE]],
        new => unreachable!("what may be typed of {new} is to be tried here"),
    };
    lines.into_iter().map(|line| line.into_iter().map(str::to_owned).collect()).collect()
}

/// Commands whose screens show texts of the archive, not only what was typed.
const SHOWING: [&str; 15] = [
    "index",
    "search",
    "facets",
    "quotes",
    "people",
    "show",
    "timeline",
    "concordance",
    "similar",
    "compare",
    "why",
    "trec",
    "verify",
    "diff",
    "check",
];

#[test]
fn no_command_lets_a_text_move_the_terminal() {
    let bench = hostile_archive();
    let first = in_terminal(&bench, &["index", "archive"]);
    check(&["index"], &first);
    assert_eq!(first.code, 3, "{first:?}");
    let found = bench.json(&["search", "title:ferry", "title:sails", "--json"]);
    let id = found["hits"][0]["id"].as_str().unwrap();
    assert!(id.contains('\u{1b}'), "{id:?}");
    bench.prints(&["search", "ferry", "--receipt", "receipt.json"]);
    let receipt = std::fs::read_to_string(bench.path().join("receipt.json")).unwrap();
    let mut receipt: Value = serde_json::from_str(&receipt).unwrap();
    receipt["from"] = HOSTILE.into();
    receipt["query"] = format!("ferry \"{HOSTILE}\"").into();
    bench.write("hostile.json", receipt.to_string());
    bench.write("archive/more.txt", format!("Ferry {HOSTILE}\n\nA {HOSTILE} ferry more.\n"));
    bench.run(&["index"]);
    for args in [&["help", HOSTILE][..], &[HOSTILE], &["-i", HOSTILE, "search"], &["--help"]] {
        check(args, &in_terminal(&bench, args));
    }
    for command in Args::command().get_subcommands() {
        let name = command.get_name();
        let has =
            |option: &&str| command.get_arguments().any(|arg| arg.get_long() == Some(*option));
        let forms =
            ["json", "jsonl", "csv"].into_iter().filter(has).map(|form| format!("--{form}"));
        let forms: Vec<_> = [None].into_iter().chain(forms.map(Some)).collect();
        let mut shown = false;
        let wrong = vec![format!("--bogus{HOSTILE}")];
        for line in typed(name, id).into_iter().chain([wrong]) {
            for form in &forms {
                let args: Vec<_> = [name]
                    .into_iter()
                    .chain(form.as_deref())
                    .chain(line.iter().map(String::as_str))
                    .collect();
                let ran = in_terminal(&bench, &args);
                check(&args, &ran);
                shown |= form.is_none() && ran.code != 2 && ran.out.contains('␛');
            }
        }
        assert!(shown || !SHOWING.contains(&name), "{name} was not tried with what it shows");
    }
}
