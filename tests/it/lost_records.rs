//! Records never vanish unsaid: they are read, or counted and named.

use serde_json::Value;

use crate::ferries::{gzip, lines, response, rows};
use crate::program::Bench;

/// Exit code, number of articles and messages of `extract`.
fn extract(name: &str, content: impl AsRef<[u8]>) -> (i32, usize, String) {
    let bench = Bench::new();
    bench.write(name, content);
    let ran = bench.run(&["extract", name]);
    (ran.code, ran.out.lines().count(), ran.err)
}

#[test]
fn a_crawl_is_read_behind_a_record_of_a_wrong_length() {
    let crawl =
        [response(1, 0), response(2, 77_000), response(3, 0), response(4, -30), response(5, 0)];
    let (code, count, said) = extract("crawl.warc", crawl.concat());
    assert_eq!((code, count), (3, 5), "{said}");
    assert!(said.contains("record broken: number 2 at byte"), "{said}");
    let (code, count, said) = extract("crawl.warc", &crawl.concat()[..700]);
    assert_eq!((code, count), (3, 2), "{said}");
    assert!(said.contains("damaged at byte 700: it ends in the middle of a record"), "{said}");
}

#[test]
fn records_that_cannot_be_read_are_counted_and_named() {
    let mut damaged = lines(4);
    damaged.insert_str(0, "{\"id\": 9, \"title\": \"Cut\n{\"title\"\n");
    let (code, count, said) = extract("ferries.jsonl", damaged);
    assert_eq!((code, count), (3, 4));
    assert!(said.contains("record broken: number 1 at byte 0, and 1 more"), "{said}");

    let long = "gull ".repeat(4 << 20);
    let with_long = format!("{}{{\"title\":\"x\",\"body\":\"{long}\"}}\n{}", lines(1), lines(2));
    let (code, count, said) = extract("ferries.jsonl", with_long);
    assert_eq!((code, count), (3, 4));
    let at = lines(1).len();
    assert!(said.contains(&format!("record too large: number 2 at byte {at}")), "{said}");

    let with_long =
        format!("{}9,x,\"{long}\"\n{}", rows(1), &rows(2)["id,title,content\n".len()..]);
    let (code, count, said) = extract("ferries.csv", with_long);
    assert_eq!((code, count), (3, 4), "{said}");
    assert!(said.contains("record too large: number 2 at byte"), "{said}");
}

#[test]
fn sparse_members_are_read_or_named() {
    let body = "Ferry strike ends\n\nThe ferries of Orland sail again, said Jane Doe.\n";
    let mut header = tar::Header::new_gnu();
    header.set_path("strike.txt").unwrap();
    header.set_entry_type(tar::EntryType::GNUSparse);
    header.set_size(body.len() as u64);
    header.set_mode(0o644);
    let gnu = header.as_gnu_mut().unwrap();
    gnu.sparse[0].offset.copy_from_slice(b"00000000000\0");
    gnu.sparse[0].numbytes[..12].copy_from_slice(format!("{:011o}\0", body.len()).as_bytes());
    gnu.realsize.copy_from_slice(format!("{:011o}\0", body.len()).as_bytes());
    header.set_cksum();
    let mut tar = tar::Builder::new(Vec::new());
    tar.append(&header, body.as_bytes()).unwrap();
    assert_eq!(extract("strike.tar", tar.into_inner().unwrap()).1, 1);

    let mut tar = tar::Builder::new(Vec::new());
    tar.append_pax_extensions([("GNU.sparse.major", &b"1"[..])]).unwrap();
    let mut header = tar::Header::new_ustar();
    header.set_size(body.len() as u64);
    header.set_mode(0o644);
    header.set_cksum();
    tar.append_data(&mut header, "strike.txt", body.as_bytes()).unwrap();
    let (code, _, said) = extract("strike.tar", tar.into_inner().unwrap());
    assert!(
        code == 3 && said.contains("strike.txt: cannot be unpacked: it is a sparse file"),
        "{said}"
    );
}

#[test]
fn carriage_returns_end_lines() {
    let returns = |text: &str| text.replace('\n', "\r");
    let rows = "id;title;content\n1;Ferry one;It sails at noon.\n2;Ferry two;It sails at one.\n";
    assert_eq!(extract("ferries.csv", returns(rows)), (0, 2, String::new()));
    assert_eq!(extract("ferries.tsv", returns(&rows.replace(';', "\t"))).1, 2);
    assert_eq!(extract("ferries.jsonl", returns(&lines(3))), (0, 3, String::new()));
    assert_eq!(extract("ferries.jsonl.gz", gzip(returns(&lines(3)).as_bytes())).1, 3);
    let mail = "From: Jane Doe <jane@ferries.example>\nTo: desk@gulls.example\nSubject: Ferry one sails\nMessage-ID: <1@ferries.example>\n\nFerry one leaves the harbour at noon.\n";
    assert_eq!(extract("ferry.eml", returns(mail)).1, 1);
    let mailbox = format!(
        "From jane Mon Feb  6 07:12:00 2017\n{mail}\nFrom jane Mon Feb  6 08:12:00 2017\n{}",
        mail.replace("one", "two")
    );
    let bench = Bench::new();
    bench.write("ferries.mbox", returns(&mailbox));
    let ran = bench.run(&["extract", "ferries.mbox"]);
    let titles: Vec<Value> = ran
        .out
        .lines()
        .map(|l| serde_json::from_str::<Value>(l).unwrap()["title"].clone())
        .collect();
    assert_eq!(titles, ["Ferry one sails", "Ferry two sails"]);
}

#[test]
fn a_first_line_may_name_the_delimiter() {
    let rows = "title;content\nFerry, gull, and whale;They leave, the company said.\n";
    for named in ["sep=;\n", "sep=;\r\n", "\u{feff}sep=;\n", "\"sep=;\"\n"] {
        assert_eq!(
            extract("ferries.csv", format!("{named}{rows}")),
            (0, 1, String::new()),
            "{named}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_is_no_archive() {
    let bench = Bench::new();
    let made = std::process::Command::new("mkfifo").arg(bench.path().join("pipe")).status();
    assert!(made.unwrap().success());
    for (path, what) in [("pipe", "pipe is a named pipe"), ("/dev/null", "/dev/null is a device")] {
        for command in ["index", "extract"] {
            let ran = bench.run(&[command, path]);
            assert_eq!(ran.code, 2, "{command}: {ran:?}");
            assert!(ran.err.contains(what), "{}", ran.err);
        }
    }
    assert!(!bench.path().join(".newsdex").exists());
}
