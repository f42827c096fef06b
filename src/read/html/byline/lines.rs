//! Lines that name writers without being marked as credits: with a label, beside the headline, or at the end of the text.

use std::ops::Range;

use super::{
    full_names, interface, is_person, looks_like_a_person, names, parts, split, without_spaces,
};
use crate::calendar::date::{self, Years};
use crate::read::html::Page;
use crate::read::html::blocks::Block;
use crate::read::html::regions::Region;
use crate::read::html::tree::{Attribute, Tag};

/// The maximum length of a byline, in bytes.
const MAX_LINE: usize = 140;

/// At most so many lines are looked at.
const MAX_LINES: usize = 200;

/// The maximum distance of an unmarked name from the headline, in blocks.
const MAX_DISTANCE: usize = 6;

/// The names in lines near the headline that begin with `By` or a label in another language; else of a line with a label
/// for editors.
pub(super) fn with_label(page: &Page<'_>) -> Vec<String> {
    let near = lines(page, page.surroundings.near.clone());
    let found = near
        .iter()
        .filter(|line| is_credit(page, line))
        .map(labelled)
        .find(|found| !found.is_empty());
    let editors = || {
        let lines = page.blocks.iter().filter(|block| block.text.len() < MAX_LINE);
        let mut named = lines.filter_map(|block| {
            block.text.split_once("责编：").or(block.text.split_once("责任编辑："))
        });
        named.next().map(|(_, names)| split(names.trim_end_matches(['）', ')'])))
    };
    found.or_else(editors).unwrap_or_default()
}

/// A line of a block.
struct Line<'a> {
    block: &'a Block,
    text: &'a str,
}

/// The lines of some blocks.
fn lines<'a>(page: &'a Page<'_>, blocks: Range<usize>) -> Vec<Line<'a>> {
    let blocks = page.blocks.get(blocks).unwrap_or_default().iter();
    blocks
        .flat_map(|block| block.lines().map(move |text| Line { block, text }))
        .take(MAX_LINES)
        .collect()
}

/// Whether a line may be a credit of the article.
fn is_credit(page: &Page<'_>, line: &Line<'_>) -> bool {
    let Line { block, text } = line;
    text.len() <= MAX_LINE
        && block.region < Region::Others
        && !page.tree.tag(block.element).is_heading()
        && !page.surroundings.is_elsewhere(page.blocks, block.element)
}

/// The names behind the label of a line.
fn labelled(line: &Line<'_>) -> Vec<String> {
    let behind = |part: String| {
        let part = part.trim_start_matches(['(', '（', '|', ' ']);
        LINE_LABELS.iter().find_map(|label| part.strip_prefix(label)).map(str::to_owned)
    };
    let parts = parts::of_line(line.text).into_iter();
    let found = full_names(parts.filter_map(behind).flat_map(|rest| split(&rest)).collect());
    let linked = line.block.linked;
    let named = |name: &String| is_person(name) || linked > 0 && linked < name.len() + 4;
    if found.iter().all(named) { found } else { Vec::new() }
}

/// The person named on a line of its own near the headline, with a role or a date beside the name.
pub(super) fn beside_headline(page: &Page<'_>) -> Vec<String> {
    let Some(headline) = page.surroundings.headline else { return Vec::new() };
    let lines =
        lines(page, headline.saturating_sub(2)..page.blocks.len().min(headline + MAX_DISTANCE));
    let element = page.blocks[headline].element;
    let headline = lines.iter().position(|line| line.block.element == element).unwrap_or(0);
    let named = (0..lines.len()).filter(|&at| at != headline).find_map(|at| {
        let line = &lines[at];
        let name = lone_name(page, line)?;
        let beside = [at.checked_sub(1), Some(at + 1)];
        let mut beside = beside.into_iter().flatten().filter_map(|at| lines.get(at));
        let dated = has_date(line.text) || beside.clone().any(|other| is_date_line(other.text));
        let is_credit = beside.any(|other| parts::is_role(other.text))
            || at > headline && line.block.linked == 0 && dated;
        is_credit.then(|| vec![name])
    });
    named.unwrap_or_default()
}

/// The one name that a short line consists of, but for a date.
fn lone_name(page: &Page<'_>, line: &Line<'_>) -> Option<String> {
    if line.text.len() > 80 || !is_credit(page, line) {
        return None;
    }
    let [part] = <[String; 1]>::try_from(parts::of_line(line.text)).ok()?;
    let name = part.trim_end_matches([',', ' ']);
    let same = |other: &str| without_spaces(other).contains(&without_spaces(name));
    let sections = page.stated.section.as_deref().into_iter();
    let sections = sections.chain(page.meta.first(&["article:section", "section"]));
    let site = page.meta.first(&["og:site_name"]).or(page.stated.publisher.as_deref());
    let is_other =
        sections.chain(site).any(same) || page.stated.keywords.iter().any(|word| same(word));
    (looks_like_a_person(name) && !is_other).then(|| name.to_owned())
}

fn has_date(text: &str) -> bool {
    date::locate(text, Years::Short, |date| date.year.is_some() && date.day.is_some()).is_some()
}

/// Whether a short line is a date and little else.
fn is_date_line(text: &str) -> bool {
    text.len() <= 60 && has_date(text) && parts::of_line(text).join(" ").len() < 12
}

/// The writer who signs at the end of the text: with a label; or behind it, emphasised, in brackets or behind a dash.
pub(super) fn sign_off(page: &Page<'_>) -> Vec<String> {
    let ends = lines(page, page.surroundings.end.clone());
    let labelled = ends.iter().filter(|line| is_credit(page, line));
    let labelled = labelled.map(|line| signed_with_label(line));
    labelled.into_iter().find(|found| !found.is_empty()).unwrap_or_else(|| signed_alone(page))
}

/// The name alone on a line behind the text that is emphasised, in brackets or behind a dash.
fn signed_alone(page: &Page<'_>) -> Vec<String> {
    const MARKS: [char; 11] = ['(', ')', '[', ']', '—', '–', '-', '/', ' ', '|', '*'];
    let behind = lines(page, page.surroundings.behind..page.surroundings.end.end);
    let alone = behind.iter().filter(|line| is_credit(page, line)).find_map(|line| {
        let is_set_apart = line.text.starts_with(['(', '[', '—', '–']);
        let name = interface::without(line.text.trim_matches(MARKS))?;
        ((is_set_apart || is_emphasised(page, line.block)) && looks_like_a_person(name))
            .then(|| names(&[name.to_owned()]))
    });
    alone.unwrap_or_default()
}

/// Whether a paragraph is set to the right, or all of it in bold or italics.
fn is_emphasised(page: &Page<'_>, block: &Block) -> bool {
    let tree = page.tree;
    let style = tree.attribute(block.element, Attribute::Style).unwrap_or_default();
    let first = tree
        .inside(block.element)
        .find(|&id| tree.tag(id) != Tag::Text || !tree.text(id).trim().is_empty());
    style.replace(' ', "").contains("text-align:right")
        || first.is_some_and(|id| {
            matches!(tree.tag(id), Tag::B | Tag::I | Tag::Em | Tag::Strong)
                && tree.words(id).len() >= block.text.len()
        })
}

/// The name behind the label of a sign-off, or in a sentence about the writing of the article.
fn signed_with_label(line: &Line<'_>) -> Vec<String> {
    const LABELS: &[&str] = &[
        "By ",
        "Von ",
        "Par ",
        "Por ",
        "Text: ",
        "Text by ",
        "Words: ",
        "Words by ",
        "Author: ",
        "Autor: ",
        "Autorin: ",
        "Auteur : ",
        "Autore: ",
        "Written by ",
        "Story by ",
        "Report by ",
        "Reporting by ",
        "Verfasst von ",
        "Geschrieben von ",
        "Écrit par ",
        "Escrito por ",
        "Scritto da ",
        "Written by: ",
        "Verfasser: ",
        "Quelle: ",
        "Source: ",
        "Fuente: ",
        "Fonte: ",
        "Bericht: ",
        "Posted by ",
        "Eingestellt von ",
        "Gepostet von ",
    ];
    let text = line.text.trim_matches(['(', ')', '[', ']', ' ', '–', '—']);
    let label = LABELS.iter().find_map(|label| text.strip_prefix(label));
    let within = || {
        const WRITTEN: &[&str] =
            &["was written by ", "wurde von ", "written by ", "verfasst von ", "écrit par "];
        let lower = text.to_lowercase();
        let is_sentence =
            lower.contains("geschrieben") || lower.contains("verfasst") || lower.contains("writ");
        WRITTEN
            .iter()
            .filter(|_| is_sentence)
            .find_map(|words| lower.find(words).and_then(|at| text.get(at + words.len()..)))
    };
    let Some(rest) = label.or_else(within) else { return Vec::new() };
    let rest = rest.split(" geschrieben").next().unwrap_or(rest);
    let found = full_names(names(&[parts::of_line(rest).join(" | ")]));
    let is_source =
        ["Quelle: ", "Source: ", "Fuente: ", "Fonte: "].iter().any(|label| text.starts_with(label));
    if is_source && line.block.linked == 0 && rest.len() < 40 {
        return vec![rest.trim().to_owned()];
    }
    found.into_iter().filter(|name| looks_like_a_person(name)).collect()
}

/// The labels at the beginning of a byline.
const LINE_LABELS: &[&str] = &[
    "By ",
    "BY ",
    "by ",
    "By: ",
    "Von ",
    "Von: ",
    "VON ",
    "von ",
    "Par ",
    "PAR ",
    "par ",
    "Por ",
    "POR ",
    "por ",
    "Door ",
    "door ",
    "Oleh ",
    "Di ",
    "di ",
    "av ",
    "af ",
    "Av ",
    "Af ",
    "Author: ",
    "Authors: ",
    "Autor: ",
    "Autorin: ",
    "Autor/in: ",
    "Autoren: ",
    "Auteur: ",
    "Auteur : ",
    "Autore: ",
    "Tekst: ",
    "Erstellt von ",
    "Gespeichert von ",
    "Geschrieben von ",
    "Verfasst von ",
    "Eingestellt von ",
    "Veröffentlicht von ",
    "Gepostet von ",
    "Beitrag von ",
    "Blog Beitrag von ",
    "Gastbeitrag von ",
    "Ein Gastbeitrag von ",
    "Ein Beitrag von ",
    "Written by ",
    "Written by: ",
    "Posted by ",
    "Posted by: ",
    "Published by ",
    "Submitted by ",
    "Reported by ",
    "Text: ",
    "Text by ",
    "Words: ",
    "Words by ",
    "Story by ",
    "Publié par ",
    "Écrit par ",
    "Posté par ",
    "Rédigé par ",
    "Escrito por ",
    "Publicado por ",
    "Scritto da ",
    "Pubblicato da ",
    "Geschreven door ",
    "Skrevet av ",
    "Skrevet af ",
    "Автор: ",
    "Penulis: ",
    "Yazan: ",
    "作者：",
    "記者",
    "文／",
    "文/",
];
