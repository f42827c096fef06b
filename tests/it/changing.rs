//! An archive that changes at random, and all that an index answers about it: what the tests of the law share.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use newsdex::index::read::snapshot::Snapshot;
use newsdex::query::{FacetRequest, Request, Target, for_each_hit, search};
use newsdex::update::check::check;
use newsdex::update::{self, ChangeDetection, Options, Progress};
use tempfile::TempDir;

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
    /// Some records in a compressed file.
    Pack {
        text: u8,
    },
    /// A file is cut off, emptied, or a byte of it changes; `place` says where.
    Damage {
        of: u8,
        place: u16,
    },
    /// The files that were damaged last are as they were before.
    Mend,
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
        match dice.roll(14) {
            10 => Self::Pack { text: dice.roll(200) as u8 },
            11 | 12 => Self::Damage { of, place: dice.roll(1000) as u16 },
            13 => Self::Mend,
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
    /// Damaged files as they were before.
    before_damage: BTreeMap<PathBuf, Vec<u8>>,
    /// The last good versions of all files that the index has seen.
    good: BTreeMap<PathBuf, Vec<u8>>,
}

impl Changing {
    pub(crate) fn new(folder: PathBuf) -> Self {
        for below in ["sub", "monday", "tuesday"] {
            fs::create_dir_all(folder.join(below)).unwrap();
        }
        let records = (0..RECORDS).map(|n| Some((n % 100) as u8)).collect();
        let (before_damage, good) = (BTreeMap::new(), BTreeMap::new());
        let changing = Self { folder, records, before_damage, good };
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
            Edit::Pack { text } => {
                let lines: String = (0..3).map(|n| record(n, text + n as u8)).collect();
                let mut packed =
                    flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
                packed.write_all(lines.as_bytes()).unwrap();
                fs::write(self.folder.join("packed.jsonl.gz"), packed.finish().unwrap()).unwrap();
            }
            Edit::Damage { of, place } => self.damage(of, usize::from(place)),
            Edit::Mend => {
                for (path, content) in std::mem::take(&mut self.before_damage) {
                    if path.exists() {
                        fs::write(path, content).unwrap();
                    }
                }
            }
        }
    }

    fn damage(&mut self, of: u8, place: usize) {
        let path = match of % 4 {
            0 => self.folder.join("records.jsonl"),
            1 => self.folder.join("packed.jsonl.gz"),
            2 => self.delivery(of),
            _ => self.path(of),
        };
        let Ok(mut content) = fs::read(&path) else { return };
        if !is_damaged(&path, &content) {
            self.before_damage.insert(path.clone(), content.clone());
        }
        let at = content.len() * (place % 997) / 997;
        let is_packed = path.extension().is_some_and(|e| e == "gz");
        match place % 3 {
            0 => content.clear(),
            1 if is_packed && at > 10 => content[at] ^= 4,
            _ if path.extension().is_some_and(|e| e == "txt") => content.clear(),
            _ => content.truncate(at),
        }
        fs::write(path, content).unwrap();
    }

    /// Remembers what a run has seen that did all that it had to.
    pub(crate) fn was_indexed(&mut self) {
        let files = files_below(&self.folder);
        self.good.retain(|path, _| files.contains_key(path));
        self.good.extend(files.into_iter().filter(|(path, content)| !is_damaged(path, content)));
    }

    /// Remembers that there is no index any more.
    pub(crate) fn is_forgotten(&mut self) {
        self.good.clear();
    }

    /// The archive with the last good version in the place of each damaged file, in a folder of the same name.
    pub(crate) fn as_last_good(&self) -> (TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let copy = dir.path().join(self.folder.file_name().unwrap());
        for (path, content) in files_below(&self.folder) {
            let good = self.good.get(&path).filter(|_| is_damaged(&path, &content));
            let to = copy.join(path.strip_prefix(&self.folder).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::write(to, good.unwrap_or(&content)).unwrap();
        }
        (dir, copy)
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
            lines.extend(text.map(|text| record(number, text)));
        }
        fs::write(self.folder.join("records.jsonl"), lines).unwrap();
    }
}

/// Whether a file is what a download that broke off leaves, or a bad disk.
fn is_damaged(path: &Path, content: &[u8]) -> bool {
    if path.extension().is_some_and(|e| e == "gz") {
        let mut lines = Vec::new();
        let unpacked = flate2::read::MultiGzDecoder::new(content).read_to_end(&mut lines);
        return unpacked.is_err() || is_damaged(Path::new("a.jsonl"), &lines);
    }
    let is_json = |line: &[u8]| serde_json::from_slice::<serde_json::Value>(line).is_ok();
    let last_line = content.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let is_cut = path.extension().is_some_and(|e| e == "jsonl")
        && !last_line.is_empty()
        && !is_json(last_line);
    content.trim_ascii().is_empty() || is_cut
}

fn files_below(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.insert(path.clone(), fs::read(path).unwrap());
        }
    }
    files
}

/// A record on one line.
fn record(number: usize, text: u8) -> String {
    let text = story(text);
    let (title, body) = text.split_once('\n').unwrap();
    let record = serde_json::json!({ "id": number, "title": title, "body": body.trim() });
    format!("{record}\n")
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
            let article = serde_json::to_string(&*hit.article).unwrap();
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
    bring_up_to_date_from(archive, None, index, change_detection);
}

/// The same, for an archive that was moved to the folder `archive`.
pub(crate) fn bring_up_to_date_from(
    archive: &Path,
    moved_from: Option<&str>,
    index: &Path,
    change_detection: ChangeDetection,
) {
    let options = Options {
        archives: vec![archive.to_path_buf()],
        index: index.to_path_buf(),
        threads: 2,
        memory: 64 << 20,
        selection: None,
        now: Some(jiff::Timestamp::now()),
        change_detection,
        name: None,
        moved_from: moved_from.map(str::to_owned),
        allow_mass_delete: true,
        accept_damaged: false,
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
