//! An archive that changes at random, and all that an index answers about it: what the tests of the law share.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use newsdex::index::read::snapshot::Snapshot;
use newsdex::query::{FacetRequest, Request, Target, for_each_hit, search};
use newsdex::update::check::check;
use newsdex::update::{self, ChangeDetection, Options, Progress};

/// Numbers that are the same in every run of the test: `SplitMix64`.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }
}

/// What may happen to an archive; `of` chooses the file, `text` what is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Edit {
    Write {
        of: u8,
        text: u8,
    },
    Remove {
        of: u8,
    },
    Rename {
        of: u8,
        to: u8,
    },
    Touch {
        of: u8,
    },
    Empty {
        of: u8,
    },
    /// One record of the large file.
    Record {
        of: u16,
        text: u8,
    },
    DropRecord {
        of: u16,
    },
    /// A version of an item of an agency, in one of some deliveries; or a notice that kills it.
    Deliver {
        of: u8,
        item: u8,
        version: u8,
        kill: bool,
    },
    DropDelivery {
        of: u8,
    },
    MoveDelivery {
        of: u8,
        to: u8,
    },
}

/// Deliveries of the agency; some hold two items.
pub(crate) const DELIVERIES: u8 = 9;
/// Items of the agency, and versions of each.
pub(crate) const ITEMS: u8 = 3;
pub(crate) const VERSIONS: u8 = 4;

impl Edit {
    pub(crate) fn at_random(dice: &mut Dice) -> Self {
        let of = dice.roll(24) as u8;
        let (text, record) = (dice.roll(200) as u8, dice.roll(u64::from(RECORDS)) as u16);
        match dice.roll(12) {
            0..=3 => Self::Write { of, text },
            4 => Self::Remove { of },
            5 => Self::Rename { of, to: dice.roll(24) as u8 },
            6 => Self::Touch { of },
            7 => Self::Empty { of },
            8..=10 => Self::Record { of: record, text },
            _ => Self::DropRecord { of: record },
        }
    }

    /// The same, with deliveries of an agency among them.
    pub(crate) fn or_delivery_at_random(dice: &mut Dice) -> Self {
        let of = dice.roll(u64::from(DELIVERIES)) as u8;
        match dice.roll(10) {
            0..=3 => Self::Deliver {
                of,
                item: dice.roll(u64::from(ITEMS)) as u8,
                version: dice.roll(u64::from(VERSIONS)) as u8,
                kill: dice.roll(5) == 0,
            },
            4 => Self::DropDelivery { of },
            5 => Self::MoveDelivery { of, to: dice.roll(u64::from(DELIVERIES)) as u8 },
            _ => Self::at_random(dice),
        }
    }
}

/// Records of the large file: more than are annotated, and written, at once.
pub(crate) const RECORDS: u16 = 700;

/// The archive.
pub(crate) struct Changing {
    folder: PathBuf,
    records: Vec<Option<u8>>,
}

impl Changing {
    pub(crate) fn new(folder: PathBuf) -> Self {
        for below in ["sub", "monday", "tuesday"] {
            fs::create_dir_all(folder.join(below)).unwrap();
        }
        let changing =
            Self { folder, records: (0..RECORDS).map(|n| Some((n % 100) as u8)).collect() };
        changing.write_records();
        changing
    }

    pub(crate) fn apply(&mut self, edit: Edit) {
        match edit {
            Edit::Write { of, text } => self.write(of, &story(text)),
            Edit::Remove { of } => drop(fs::remove_file(self.path(of))),
            Edit::Rename { of, to } => drop(fs::rename(self.path(of), self.path(to))),
            Edit::Touch { of } => self.touch(of),
            Edit::Empty { of } => self.write(of, ""),
            Edit::Record { of, text } => {
                self.records[usize::from(of)] = Some(text);
                self.write_records();
            }
            Edit::DropRecord { of } => {
                self.records[usize::from(of)] = None;
                self.write_records();
            }
            Edit::Deliver { of, item, version, kill } => {
                let second = of.is_multiple_of(3).then_some((item + 1) % ITEMS);
                let items = [item].into_iter().chain(second);
                let lines: Vec<_> = items.map(|item| delivered(item, version, kill)).collect();
                fs::write(self.delivery(of), lines.join("\n")).unwrap();
            }
            Edit::DropDelivery { of } => drop(fs::remove_file(self.delivery(of))),
            Edit::MoveDelivery { of, to } => {
                drop(fs::rename(self.delivery(of), self.delivery(to)));
            }
        }
    }

    fn delivery(&self, of: u8) -> PathBuf {
        let folder = if of.is_multiple_of(2) { "monday" } else { "tuesday" };
        self.folder.join(folder).join(format!("{of}.jsonl"))
    }

    fn path(&self, of: u8) -> PathBuf {
        let folder =
            if of.is_multiple_of(3) { self.folder.join("sub") } else { self.folder.clone() };
        folder.join(format!("{of}.txt"))
    }

    fn write(&self, of: u8, text: &str) {
        fs::write(self.path(of), text).unwrap();
    }

    /// Sets the clock of a file back, so that its time stamp is trusted.
    fn touch(&self, of: u8) {
        if let Ok(file) = fs::File::options().append(true).open(self.path(of)) {
            let hours = 1 + u64::from(of);
            file.set_modified(SystemTime::now() - Duration::from_secs(3600 * hours)).unwrap();
        }
    }

    fn write_records(&self) {
        let mut lines = String::new();
        for (number, text) in self.records.iter().enumerate() {
            let Some(text) = text else { continue };
            let text = story(*text);
            let (title, body) = text.split_once('\n').unwrap();
            let record = serde_json::json!({ "id": number, "title": title, "body": body.trim() });
            lines += &record.to_string();
            lines.push('\n');
        }
        fs::write(self.folder.join("records.jsonl"), lines).unwrap();
    }
}

/// An item as ninjs, on one line.
fn delivered(item: u8, version: u8, kill: bool) -> String {
    let text = story(item * 10 + version);
    let (title, body) = text.split_once('\n').unwrap();
    serde_json::json!({
        "uri": format!("urn:newsml:savanna.example:20210301:dam{item}"),
        "version": version.to_string(),
        "versioncreated": "2021-03-01T10:00:00Z",
        "pubstatus": if kill { "canceled" } else { "usable" },
        "headline": title,
        "body_text": body.trim(),
    })
    .to_string()
}

fn story(text: u8) -> String {
    let people = ["Amina Odera", "Joan Mirell", "Tomas Berg", "Lucia Ferrant"];
    let places = [("NAIROBI", "Kenya"), ("OSLO", "Norway"), ("LIMA", "Peru")];
    let person = people[usize::from(text) % people.len()];
    let (city, country) = places[usize::from(text) % places.len()];
    format!(
        "Talks on dam {text} open\n\n{city}, March {} (Savanna) - Ministers of {country} met on Monday.\n\n\
         “We will share water number {text},” said {person}, the water minister.\n",
        1 + text % 28
    )
}

/// All that an index answers: every article and quotation, and every facet's counts.
pub(crate) fn answers(index: &Path) -> Vec<String> {
    let snapshot = Snapshot::open(index).unwrap();
    let mut lines = Vec::new();
    for target in [Target::Articles, Target::Quotations] {
        let request = Request { target, ..Request::default() };
        for_each_hit(&snapshot, &request, &mut |hit| {
            let article = serde_json::to_string(&hit.article).unwrap();
            lines.push(format!("{:?} {article}", hit.quote));
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    }
    lines.sort();
    let facets = newsdex::article::Facet::ALL
        .into_iter()
        .map(|facet| FacetRequest { facet, limit: usize::MAX, matching: None })
        .collect();
    let page = search(&snapshot, &Request { limit: 0, facets, ..Request::default() }).unwrap();
    lines.extend(page.facets.iter().map(|facet| format!("{facet:?}")));
    lines
}

/// Brings the index up to date in this process.
pub(crate) fn bring_up_to_date(archive: &Path, index: &Path, change_detection: ChangeDetection) {
    let options = Options {
        archives: vec![archive.to_path_buf()],
        index: index.to_path_buf(),
        threads: 2,
        memory: 64 << 20,
        selection: None,
        now: Some(jiff::Timestamp::now()),
        change_detection,
        name: None,
        moved_from: None,
        allow_mass_delete: true,
        dry_run: false,
    };
    update::index(&options, &Silent, &AtomicBool::new(false)).unwrap();
}

/// All that a fresh index answers.
pub(crate) fn fresh_answers(archive: &Path) -> Vec<String> {
    let fresh = tempfile::tempdir().unwrap();
    bring_up_to_date(archive, fresh.path(), ChangeDetection::TimeStamps);
    answers(fresh.path())
}

/// Compares the index with a fresh one, and with itself.
#[track_caller]
pub(crate) fn assert_as_fresh(archive: &Path, index: &Path, story: &str) {
    let findings = check(index).unwrap();
    assert!(findings.is_sound(), "{story}: {findings:#?}");
    let (old, new) = (answers(index), fresh_answers(archive));
    let differ = (0..old.len().max(new.len())).find(|at| old.get(*at) != new.get(*at));
    let first = differ.map(|at| (old.get(at), new.get(at)));
    assert!(first.is_none(), "{story}: {} answers, fresh {}: {first:#?}", old.len(), new.len());
}

struct Silent;

impl Progress for Silent {
    fn planned(&self, _: u64, _: u64) {}
    fn done(&self, _: u64, _: u64) {}
    fn finishing(&self) {}
}
