//! Items that come in several versions, in several files: the highest counts, and what it replaced comes back with it gone.

use std::fs;
use std::path::PathBuf;

use crate::changing::assert_as_fresh;
use crate::program::Bench;

/// An item of an invented agency as ninjs.
fn item(version: u32, status: &str, day: &str) -> String {
    serde_json::json!({
        "uri": "urn:newsml:savanna.example:20210301:dam",
        "version": version.to_string(),
        "versioncreated": "2021-03-01T10:00:00Z",
        "pubstatus": status,
        "headline": format!("Dam talks open on {day}"),
        "body_text": format!("Ministers met on {day}. “We will share the water,” said Amina Odera, the minister."),
    })
    .to_string()
}

/// The ids that a search for everything finds, and as many articles are counted.
fn found(bench: &Bench) -> Vec<String> {
    let lines = bench.run(&["search", "--jsonl"]).out;
    let id = |line: &str| {
        let hit: serde_json::Value = serde_json::from_str(line).unwrap();
        hit["id"].as_str().unwrap().to_owned()
    };
    let mut ids: Vec<_> = lines.lines().map(id).collect();
    ids.sort();
    assert_eq!(bench.json(&["stats", "--json"])["articles"], ids.len());
    ids
}

/// Brings the index of `a` up to date, and compares it with a fresh one.
#[track_caller]
fn night(bench: &Bench, story: &str, expected: &[&str]) -> String {
    let said = bench.prints(&["index", "a", "--report", "report.json"]);
    assert_eq!(found(bench), expected, "{story}: {said}");
    assert_as_fresh(&bench.path().join("a"), &bench.path().join(".newsdex"), story);
    said
}

fn report(bench: &Bench) -> serde_json::Value {
    let text = fs::read_to_string(bench.path().join("report.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn rename(bench: &Bench, from: &str, to: &str) {
    let path = |name: &str| -> PathBuf { bench.path().join(name) };
    fs::create_dir_all(path(to).parent().unwrap()).unwrap();
    fs::rename(path(from), path(to)).unwrap();
}

#[test]
fn a_later_delivery_replaces_an_earlier_one_and_a_kill_notice_both() {
    let bench = Bench::new();
    bench.write("a/monday/dam.json", item(1, "usable", "Monday"));
    bench.write("a/notes.txt", "Rain over the coast\n\nIt rained on Monday, Tomas Berg said.\n");
    let both = ["a/monday/dam.json", "a/notes.txt"];
    night(&bench, "Monday", &both);

    bench.write("a/tuesday/dam.json", item(2, "usable", "Tuesday"));
    let planned = bench.prints(&["index", "--dry-run"]);
    assert!(planned.contains("new      a/tuesday/dam.json"), "{planned}");
    assert_eq!(found(&bench), both, "a plan changes nothing");
    let said = night(&bench, "Tuesday", &["a/notes.txt", "a/tuesday/dam.json"]);
    assert!(
        said.contains("Superseded: 1 article, by higher versions of the same items."),
        "{said}"
    );
    let report = report(&bench);
    let changes = serde_json::json!({ "added": 1, "changed": 0, "same": 0, "removed": 1 });
    assert_eq!((&report["superseded"], &report["changes"]), (&1.into(), &changes));
    let diff = bench.prints(&["diff"]);
    assert!(
        diff.contains(
            "1 article added, 0 changed, 1 removed (1 by higher versions of their items)."
        ),
        "{diff}"
    );
    assert!(diff.contains("- Dam talks open on Monday  a/monday/dam.json  (superseded)"), "{diff}");
    let shown = bench.run(&["show", "a/monday/dam.json"]);
    let hint = "a/monday/dam.json is version 1 of an item that the index has in version 2; \
                try: newsdex show 'a/tuesday/dam.json'";
    assert!(shown.code == 2 && shown.err.contains(hint), "{shown:?}");
    let checked = bench.prints(&["check"]);
    assert!(checked.contains("; 1 article superseded by higher versions."), "{checked}");
    let nothing = bench.prints(&["index"]);
    assert_eq!(nothing, "Read 0 of 3 files (0 new, 0 changed, 3 same).\n");

    bench.write("a/wednesday/dam.json", item(3, "canceled", "Wednesday"));
    night(&bench, "Wednesday", &["a/notes.txt"]);
    let shown = bench.run(&["show", "a/tuesday/dam.json"]);
    assert!(shown.err.contains("of an item whose version 3 was withdrawn"), "{shown:?}");
    bench.prints(&["index", "a", "--withheld", "--quiet"]);
    assert_eq!(found(&bench), ["a/notes.txt", "a/wednesday/dam.json"]);
    bench.prints(&["index", "a", "--forget-options", "--quiet"]);
    assert_eq!(found(&bench), ["a/notes.txt"]);

    bench.remove("a/wednesday/dam.json");
    night(&bench, "the notice is gone", &["a/notes.txt", "a/tuesday/dam.json"]);
    rename(&bench, "a/tuesday/dam.json", "a/late/dam.json");
    night(&bench, "renamed", &["a/late/dam.json", "a/notes.txt"]);
    bench.remove("a/late/dam.json");
    night(&bench, "Tuesday's is gone", &both);
    let diff = bench.prints(&["diff"]);
    assert!(diff.contains("1 article added, 0 changed, 1 removed."), "{diff}");
    bench.write("a/monday/dam.json", item(1, "usable", "no day"));
    bench.write("a/tuesday/dam.json", item(1, "usable", "Tuesday"));
    night(&bench, "equal versions", &["a/monday/dam.json", "a/notes.txt", "a/tuesday/dam.json"]);
    bench.prints(&["index", "--rebuild", "--quiet"]);
    assert_eq!(bench.run(&["diff"]).code, 0);
}

#[test]
fn versions_count_across_containers_and_archives() {
    let bench = Bench::new();
    let mut packed = tar::Builder::new(Vec::new());
    let text = item(1, "usable", "Monday");
    let mut header = tar::Header::new_gnu();
    header.set_size(text.len() as u64);
    header.set_cksum();
    packed.append_data(&mut header, "dam.json", text.as_bytes()).unwrap();
    bench.write("a/monday.tar", packed.into_inner().unwrap());
    bench.write("b/tuesday.json", item(2, "usable", "Tuesday"));
    bench.write("b/notes.txt", "Rain over the coast\n\nIt rained on Monday, Tomas Berg said.\n");
    let first = ["a/monday.tar!/dam.json"];
    bench.prints(&["index", "a", "--quiet"]);
    assert_eq!(found(&bench), first);
    bench.prints(&["index", "b", "--quiet"]);
    assert_eq!(found(&bench), ["b/notes.txt", "b/tuesday.json"]);

    // What comes back needs no archive: that of Monday's delivery is not mounted.
    rename(&bench, "a", "elsewhere");
    bench.remove("b/tuesday.json");
    bench.prints(&["index", "b", "--quiet"]);
    assert_eq!(found(&bench), ["a/monday.tar!/dam.json", "b/notes.txt"]);
    let quotes = bench.json(&["quotes", "--json", "speaker:Odera"]);
    assert_eq!(quotes["total"], 1, "{quotes}");
}

#[test]
fn a_run_that_dies_before_all_is_settled_is_completed_by_the_next() {
    for moment in ["settle:1", "commit:2", "committed:1", "prepared:2", "journal:2"] {
        let bench = Bench::new();
        bench.write("a/monday.json", item(1, "usable", "Monday"));
        bench.prints(&["index", "a", "--quiet"]);
        bench.write("a/tuesday.json", item(2, "usable", "Tuesday"));
        let mut killed = bench.command(&["index", "--quiet"]);
        let status = killed.env("NEWSDEX_DIE_AT", moment).output().unwrap().status;
        assert!(!status.success() || !cfg!(debug_assertions), "{moment}");
        night(&bench, moment, &["a/tuesday.json"]);
    }
}

/// The articles that are found of two files of an archive.
fn of_two(name: &str, first: &str, second: &str) -> usize {
    let bench = Bench::new();
    bench.write(&format!("a/1{name}"), first);
    bench.write(&format!("a/2{name}"), second);
    let ran = bench.run(&["index", "a", "--quiet"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    found(&bench).len()
}

#[test]
fn ids_that_hold_everywhere_are_those_of_their_standards() {
    let g2 = |version: u32, status: &str, text: &str| {
        format!(
            "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:newsml:savanna.example:20210301:dam' \
             version='{version}'><itemMeta><itemClass qcode='ninat:text'/><pubStatus qcode='stat:{status}'/></itemMeta>\
             <contentMeta><headline>{text}</headline></contentMeta><contentSet><inlineXML><html><body><p>{text}</p>\
             </body></html></inlineXML></contentSet></newsItem>"
        )
    };
    let (usable, empty) = (g2(1, "usable", "Ministers met on Monday."), g2(2, "canceled", ""));
    assert_eq!(of_two(".xml", &usable, &g2(2, "usable", "Ministers met on Tuesday.")), 1);
    assert_eq!(of_two(".xml", &usable, &empty), 0, "a notice needs no text");

    let newsml = |revision: u32, status: &str, content: &str| {
        format!(
            "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>savanna.example</ProviderId><DateId>20210301\
             </DateId><NewsItemId>dam</NewsItemId><RevisionId PreviousRevision='0' Update='N'>{revision}</RevisionId>\
             <PublicIdentifier>urn:newsml:savanna.example:20210301:dam:{revision}N</PublicIdentifier></NewsIdentifier>\
             </Identification><NewsManagement><Status FormalName='{status}'/></NewsManagement>{content}</NewsItem></NewsML>"
        )
    };
    let content = "<NewsComponent><NewsLines><HeadLine>Dam talks</HeadLine></NewsLines><ContentItem><DataContent>\
                   <p>Ministers met.</p></DataContent></ContentItem></NewsComponent>";
    let first = newsml(1, "Usable", content);
    assert_eq!(of_two(".xml", &first, &newsml(2, "Usable", content)), 1);
    assert_eq!(of_two(".xml", &first, &newsml(2, "Canceled", "")), 0);

    let nitf = |source: &str, version: u32| {
        format!(
            "<nitf><head><docdata><doc-id {source} id-string='dam'/><du-key version='{version}'/></docdata></head><body>\
             <body.head><hedline><hl1>Dam talks</hl1></hedline></body.head><body.content><p>Ministers met.</p>\
             </body.content></body></nitf>"
        )
    };
    let registered = "regsrc='Savanna'";
    assert_eq!(of_two(".xml", &nitf(registered, 1), &nitf(registered, 2)), 1);
    assert_eq!(of_two(".xml", &nitf(registered, 1), &nitf("regsrc='Fjord'", 2)), 2);
    assert_eq!(of_two(".xml", &nitf("", 1), &nitf("", 2)), 2);

    let ap = |version: u32| {
        format!(
            r#"{{"data": {{"item": {{"uri": "https://ap.example/dam?qt={version}", "altids": {{"itemid": "5a3b"}},
            "version": {version}, "type": "text", "headline": "Dam talks", "body_nitf": "<p>Ministers met.</p>"}}}}}}"#
        )
    };
    assert_eq!(of_two(".json", &ap(0), &ap(1)), 1);
    let export = |version: u32| {
        format!(
            r#"{{"id": 17, "version": {version}, "title": "Dam talks", "body": "Ministers met."}}"#
        )
    };
    assert_eq!(of_two(".json", &export(1), &export(2)), 2, "any two exports have an item 17");
}
