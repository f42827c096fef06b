//! METS issues of newspapers: which blocks or words of which ALTO pages make up an article. Pages are files in the folder
//! of the METS file or below it; paths that lead elsewhere are not followed.

use std::cell::Cell;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use rustc_hash::FxHashMap;

use super::alto::{self, Page, Word};
use super::format::RecordContext;
use crate::archive::{charset, regular_file};
use crate::read::draft::Draft;
use crate::read::limits::MAX_RECORD;
use crate::read::xml::{self, Element};

/// The maximum number of pages of an issue.
const MAX_PAGES: usize = 2000;

/// The maximum number of words of all pages of an issue.
const MAX_WORDS: usize = 1 << 20;

/// Articles may share blocks and nest: together they have at most so many times the words of the issue.
const MAX_REPEATS: usize = 8;

/// The maximum number of links between logical and physical divisions.
const MAX_LINKS: usize = 1 << 20;

/// The file of an ALTO page.
#[derive(Clone, Debug)]
pub(in crate::read) struct PageFile {
    /// Its id in the issue.
    id: String,
    path: PathBuf,
}

/// The pages of the issue in `bytes`, the METS file at `path`.
pub(in crate::read) fn pages(bytes: &[u8], path: &Path) -> Vec<PageFile> {
    let Some(folder) = path.parent() else { return Vec::new() };
    let text = charset::decode(bytes).unwrap_or_default();
    let tree = xml::parse(&text);
    let files = tree.find_all("file").filter_map(|file| {
        let id = file.attribute("ID")?.to_owned();
        let page = page_path(file.find("FLocat")?.attribute("href")?)?;
        Some(PageFile { id, path: folder.join(page) })
    });
    files.take(MAX_PAGES).collect()
}

/// The bytes of a regular file that is no larger than a record may be.
fn small_file(path: &Path) -> Option<Vec<u8>> {
    let is_file = std::fs::symlink_metadata(path).is_ok_and(|about| about.is_file());
    let file = is_file.then(|| regular_file::open(path).ok())??;
    let mut bytes = Vec::new();
    file.take(MAX_RECORD + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= MAX_RECORD).then_some(bytes)
}

/// The pages of an issue by their ids, read one after the other.
fn read_pages(files: &[PageFile]) -> FxHashMap<&str, Page> {
    let mut left = MAX_WORDS;
    let read = |file: &PageFile| {
        let bytes = small_file(&file.path)?;
        let text = charset::decode_as(&bytes, charset::claimed_by_xml(&bytes))?;
        Some(alto::page(&xml::parse(&text)))
    };
    let pages = files.iter().filter_map(|file| {
        let page = read(file)?;
        left = left.checked_sub(page.words.len())?;
        Some((file.id.as_str(), page))
    });
    pages.collect()
}

/// The relative path of an XML file in the issue's folder; `None` for other files and for paths that lead out of it.
fn page_path(href: &str) -> Option<&Path> {
    let path = href.strip_prefix("file://").unwrap_or(href);
    let path = Path::new(path);
    let inside =
        path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let is_xml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xml"));
    (inside && is_xml).then_some(path)
}

/// Whether the page at `path` belongs to an issue in its folder or the folder above.
pub(in crate::read) fn has_issue(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let folders = path.ancestors().skip(1).take(2);
    folders.filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten().any(|entry| {
        let file = entry.file_name().to_string_lossy().to_ascii_lowercase();
        file.contains("mets")
            && file.rsplit('.').next() == Some("xml")
            && small_file(&entry.path())
                .is_some_and(|bytes| memchr::memmem::find(&bytes, name.as_bytes()).is_some())
    })
}

/// The articles of an issue.
pub(super) fn drafts(context: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    let tree = xml::parse(text);
    let pages = read_pages(context.pages);
    let sections =
        tree.find_all("dmdSec").filter_map(|section| Some((section.attribute("ID")?, section)));
    let words: usize = pages.values().map(|page| page.words.len()).sum();
    let issue = Issue {
        tree: &tree,
        left: Cell::new(words.saturating_mul(MAX_REPEATS)),
        sections: sections.collect(),
        pages,
        links: links(&tree),
        areas: areas(&tree),
    };
    let logical = tree.find_all("structMap").find(|map| {
        map.attribute("TYPE").is_some_and(|kind| kind.to_ascii_uppercase().starts_with("LOGICAL"))
    });
    let divisions = logical.into_iter().flat_map(|map| map.find_all("div"));
    let articles = divisions.filter(|div| {
        div.attribute("TYPE").is_some_and(|kind| kind.eq_ignore_ascii_case("ARTICLE"))
    });
    articles.map(|div| issue.article(div)).filter(Draft::has_any).collect()
}

/// A METS document with its pages.
struct Issue<'a> {
    tree: &'a Element,
    /// The number of words that its articles may still have.
    left: Cell<usize>,
    /// `dmdSec` elements by their ids.
    sections: FxHashMap<&'a str, &'a Element>,
    pages: FxHashMap<&'a str, Page>,
    /// The ids of physical divisions by that of their logical division.
    links: FxHashMap<&'a str, Vec<&'a str>>,
    /// `area` elements by the id of their division.
    areas: FxHashMap<&'a str, Vec<&'a Element>>,
}

impl Issue<'_> {
    fn article(&self, div: &Element) -> Draft {
        let mut draft = Draft::default();
        draft.id(div.attribute("ID").unwrap_or_default());
        let described: Vec<&Element> =
            div.attribute("DMDID").into_iter().flat_map(|ids| self.described(ids)).collect();
        for section in &described {
            Self::add_metadata(&mut draft, section);
        }
        if let Some(label) = div.attribute("LABEL") {
            draft.title("div/LABEL", label);
        }
        let (mut headings, mut words) = (Vec::new(), Vec::new());
        self.add_words(div, false, &mut headings, &mut words);
        if draft.article.title.is_none() {
            draft.title("HEADING", &alto::paragraphs(&headings));
        } else if words.is_empty() {
            words = headings;
        }
        draft.article.recognition = alto::confidence(&words);
        draft.body(alto::paragraphs(&words));
        self.add_issue_metadata(&mut draft);
        draft
    }

    fn described<'s>(&'s self, ids: &'s str) -> impl Iterator<Item = &'s Element> {
        ids.split_whitespace().filter_map(|id| self.sections.get(id).copied())
    }

    /// Adds the MODS metadata of an article.
    fn add_metadata(draft: &mut Draft, section: &Element) {
        if let Some(title) = section.find("titleInfo").and_then(|info| info.at("title")) {
            draft.title("mods:title", &title.line());
        }
        if let Some(language) = section.find("languageTerm") {
            draft.language("mods:language", &language.line());
        }
        for name in section.find_all("name") {
            let parts: Vec<String> =
                name.all("namePart").chain(name.all("displayForm")).map(Element::line).collect();
            draft.byline("mods:name", &parts.join(" "));
        }
    }

    /// Adds the metadata of the issue: date, paper, language.
    fn add_issue_metadata(&self, draft: &mut Draft) {
        let mods =
            self.tree.find_all("dmdSec").filter(|section| section.find("dateIssued").is_some());
        for section in mods {
            for date in section.find_all("dateIssued") {
                draft.date("mods:dateIssued", &date.line());
            }
            if let Some(title) = section.find("titleInfo").and_then(|info| info.at("title")) {
                draft.publisher("mods:title", &title.line());
            }
            if let Some(language) = section.find("languageTerm") {
                draft.language("mods:language", &language.line());
            }
        }
    }

    /// Adds the words of a division to `headings` and `words`.
    fn add_words<'s>(
        &'s self,
        div: &'s Element,
        is_heading: bool,
        headings: &mut Vec<&'s Word>,
        words: &mut Vec<&'s Word>,
    ) {
        let kind = div.attribute("TYPE").unwrap_or_default().to_ascii_uppercase();
        let is_heading =
            is_heading || matches!(kind.as_str(), "HEADING" | "HEADLINE" | "TITLE" | "OVERLINE");
        let list = if is_heading { &mut *headings } else { &mut *words };
        for pointer in div.all("fptr") {
            for area in pointer.find_all("area") {
                self.add_area(area, list);
            }
        }
        let linked = div.attribute("ID").and_then(|id| self.links.get(id));
        for physical in linked.into_iter().flatten() {
            for area in self.areas.get(physical).into_iter().flatten() {
                self.add_area(area, list);
            }
        }
        for inner in div.all("div") {
            self.add_words(inner, is_heading, headings, words);
        }
    }

    /// Adds the words of an area, which begins at a word, line or block and may end at a word.
    fn add_area<'s>(&'s self, area: &Element, found: &mut Vec<&'s Word>) {
        let page = area.attribute("FILEID").and_then(|id| self.pages.get(id));
        let (Some(page), Some(begin)) = (page, area.attribute("BEGIN")) else { return };
        if let Some(&first) = page.places.get(begin) {
            let end = area.attribute("END").and_then(|end| page.places.get(end)).copied();
            self.take(&page.words[first..=end.unwrap_or(first).max(first)], found);
        } else {
            let range = page.ranges.get(begin).cloned().unwrap_or_default();
            self.take(&page.words[range], found);
        }
    }

    /// Adds words to an article, within the limit of the issue.
    fn take<'s>(&'s self, words: &'s [Word], found: &mut Vec<&'s Word>) {
        let words = &words[..words.len().min(self.left.get())];
        self.left.set(self.left.get() - words.len());
        found.extend(words);
    }
}

/// The links in `structLink`: from logical to physical divisions.
fn links(tree: &Element) -> FxHashMap<&str, Vec<&str>> {
    let mut links: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    let bare = |id: &'_ str| -> usize { usize::from(id.starts_with('#')) };
    for link in tree.find_all("smLink").take(MAX_LINKS) {
        if let (Some(from), Some(to)) = (link.attribute("from"), link.attribute("to")) {
            links.entry(&from[bare(from)..]).or_default().push(&to[bare(to)..]);
        }
    }
    let mut left = MAX_LINKS;
    for group in tree.find_all("smLinkGrp") {
        let mut named: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        for locator in group.all("smLocatorLink") {
            if let (Some(label), Some(id)) = (locator.attribute("label"), locator.attribute("href"))
            {
                named.entry(label).or_default().push(&id[bare(id)..]);
            }
        }
        let ids = |arc: &Element, end| named.get(arc.attribute(end)?).map(Vec::as_slice);
        for arc in group.all("smArcLink") {
            let (Some(from), Some(to)) = (ids(arc, "from"), ids(arc, "to")) else { continue };
            for from in from {
                let to = &to[..to.len().min(left)];
                left -= to.len();
                links.entry(from).or_default().extend(to);
            }
        }
    }
    links
}

/// The areas of each division.
fn areas(tree: &Element) -> FxHashMap<&str, Vec<&Element>> {
    let mut areas: FxHashMap<&str, Vec<&Element>> = FxHashMap::default();
    for div in tree.find_all("div") {
        if let Some(id) = div.attribute("ID") {
            let own = div.all("fptr").flat_map(|pointer| pointer.all("area"));
            areas.entry(id).or_default().extend(own);
        }
    }
    areas
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::fields::FieldMap;
    use crate::read::formats::format::FileHead;

    /// The texts of an issue with one page, whose block `B` and two lines are three words.
    fn texts(structure: &str) -> Vec<String> {
        let page = "<alto><Layout><Page><TextBlock ID='B'><TextLine ID='L1'><String ID='S1' CONTENT='Rain'/>\
            <String ID='S2' CONTENT='fell'/></TextLine><TextLine ID='L2'><String CONTENT='again'/></TextLine>\
            </TextBlock></Page></Layout></alto>";
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.xml");
        std::fs::write(&path, page).unwrap();
        let pages = [PageFile { id: "F".to_owned(), path }];
        let (head, map) = (FileHead::default(), FieldMap::default());
        let context = RecordContext { head: &head, pages: &pages, key: "a.xml", map: &map };
        let mets = format!("<mets>{structure}</mets>");
        drafts(&context, &mets).into_iter().map(|draft| draft.article.body).collect()
    }

    fn article(areas: &str) -> String {
        format!(
            "<structMap TYPE='LOGICAL'><div TYPE='ARTICLE'><fptr>{areas}</fptr></div></structMap>"
        )
    }

    #[test]
    fn areas_are_blocks_lines_or_words() {
        let text = |areas: &str| texts(&article(areas)).concat();
        assert_eq!(text("<area FILEID='F' BEGIN='B'/>"), "Rain fell again");
        assert_eq!(text("<area FILEID='F' BEGIN='L2'/>"), "again");
        assert_eq!(text("<area FILEID='F' BEGIN='S1' END='S2'/>"), "Rain fell");
        assert_eq!(text("<area FILEID='F' BEGIN='B7'/>"), "");
    }

    #[test]
    fn repeated_areas_are_bounded() {
        let areas = "<area FILEID='F' BEGIN='B'/>".repeat(1000);
        let words = texts(&article(&areas)).concat().split(' ').count();
        assert_eq!(words, 3 * MAX_REPEATS);
    }

    #[test]
    fn divisions_are_linked_by_labels() {
        let structure = "<structMap TYPE='PHYSICAL'><div ID='P'><fptr><area FILEID='F' BEGIN='B'/></fptr></div></structMap>\
            <structMap TYPE='LOGICAL'><div TYPE='ARTICLE' ID='A'/></structMap><structLink><smLinkGrp>\
            <smLocatorLink label='from' href='#A'/><smLocatorLink label='to' href='#P'/>\
            <smArcLink from='from' to='to'/></smLinkGrp></structLink>";
        assert_eq!(texts(structure), ["Rain fell again"]);
    }
}
