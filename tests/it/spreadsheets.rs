//! CSV for spreadsheets: no text of an archive is run there as a formula, and numbers stay numbers, whatever command prints them.

use clap::CommandFactory;
use newsdex::cli::args::Args;

use crate::program::Bench;

/// Three articles that want to be formulas.
fn formulas() -> Bench {
    let bench = Bench::new();
    let record = |nth: u32, title: &str, more: &str| {
        format!(
            "{{\"id\":\"{nth}\",\"title\":\"{title}\",\"date\":\"2021-03-0{nth}\",{more},\"votes\":\"-{nth}\",\"body\":\"\
             =1+{nth} tern.\\n\\n\\\"@SUM(A1) the tern is here,\\\" said Oda Lind.\"}}\n"
        )
    };
    let records = [
        record(1, "=HYPERLINK(A1)", "\"byline\":\"@Oda Lind\",\"note\":\"+1\""),
        record(2, "-2+3", "\"byline\":\"Ada Moen\",\"note\":\"＝1\""),
        record(3, "A tern = a bird", "\"byline\":\"Ada Moen\",\"note\":\"\\t=2\""),
    ];
    bench.write("archive/all.jsonl", records.concat());
    assert_eq!(bench.run(&["index", "archive", "--quiet"]).code, 0);
    bench.prints(&["search", "tern", "--receipt", "receipt.json"]);
    bench.write("archive/more.jsonl", record(4, "=4", "\"note\":\"@\""));
    bench.prints(&["index", "--quiet"]);
    bench
}

fn typed(command: &str) -> Vec<&'static [&'static str]> {
    match command {
        "search" => vec![&["tern"], &["-bird"]],
        "facets" => vec![&["byline"], &["keyword"], &["meta.note"], &["meta.votes"]],
        "quotes" => vec![&["tern"], &["--group"]],
        "people" => vec![&["lind"]],
        "timeline" => vec![&["tern"], &["tern", "--compare", "-bird"]],
        "concordance" => vec![&["tern"], &["tern", "--sort", "left"], &["tern", "--group", "both"]],
        "similar" => vec![&["archive/all.jsonl#1"]],
        "compare" => vec![&["tern", "bird"], &["bird", "note"]],
        "explain" => vec![&["-bird"]],
        "why" => vec![&["-bird tern", "archive/all.jsonl#1"]],
        "verify" => vec![&["receipt.json"]],
        "history" => vec![&[]],
        "diff" => vec![&[], &["1"]],
        new => unreachable!("what may be typed of {new} is to be tried here"),
    }
}

fn cells(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn no_cell_is_run_as_a_formula_and_raw_csv_has_the_bytes() {
    let bench = formulas();
    let (mut texts, mut numbers) = (0, 0);
    for command in Args::command().get_subcommands() {
        let options: Vec<_> = command.get_arguments().filter_map(clap::Arg::get_long).collect();
        assert_eq!(options.contains(&"csv"), options.contains(&"raw-csv"));
        if !options.contains(&"csv") {
            continue;
        }
        for line in typed(command.get_name()) {
            let run = |form: &str| bench.run(&[&[command.get_name()], line, &[form]].concat());
            let (safe, raw) = (run("--csv"), run("--raw-csv"));
            assert!(safe.code < 2, "{line:?}: {safe:?}");
            for (safe, raw) in cells(&safe.out).concat().iter().zip(cells(&raw.out).concat()) {
                let is_number = raw.starts_with('-') && raw.parse::<f64>().is_ok();
                if raw.starts_with(['=', '+', '-', '@', '\t', '＝']) && !is_number {
                    texts += 1;
                    assert_eq!(*safe, format!("'{raw}"));
                } else {
                    numbers += usize::from(is_number);
                    assert_eq!(*safe, raw);
                }
            }
        }
    }
    assert!(texts > 20 && numbers > 3, "{texts} texts, {numbers} numbers below zero");
}

#[test]
fn raw_csv_may_be_typed_with_csv_and_with_no_other_form() {
    let bench = formulas();
    let raw = bench.prints(&["search", "tern", "--raw-csv"]);
    assert!(raw.contains(",=HYPERLINK(A1),"), "{raw}");
    assert_eq!(bench.prints(&["search", "tern", "--csv", "--raw-csv"]), raw);
    for other in ["--json", "--jsonl", "--parquet=x"] {
        assert_eq!(bench.run(&["search", "tern", "--raw-csv", other]).code, 2, "{other}");
    }
}
