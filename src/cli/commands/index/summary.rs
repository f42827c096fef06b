//! The end of `newsdex index`: what the run did, what the index holds now, what was skipped, and what to type next.

use std::collections::{BTreeMap, BTreeSet};

use indicatif::HumanBytes;

use crate::archive::walk::default_name;
use crate::article::Facet;
use crate::cli::advice::index_option;
use crate::cli::args::Global;
use crate::cli::exit::Failure;
use crate::cli::open_index;
use crate::cli::output::{Out, Role};
use crate::cli::screen::{counted, thousands};
use crate::cli::shell_words::shell_word;
use crate::query::{FacetRequest, Request, search, value_query};
use crate::report::{DAMAGED, PlannedFile, RefusedDate, Report, Skipped};

/// Skipped files named on the screen; the report names all.
const NAMED: usize = 5;
/// Files of a plan on the screen.
const PLANNED: usize = 20;

/// Shows what `report` says.
pub(crate) fn show(report: &Report, global: &Global, out: &mut Out) -> Result<(), Failure> {
    names(report, out)?;
    options(report, out)?;
    files(report, out)?;
    plan(report, out)?;
    if report.rebuilt {
        let what = if report.dry_run { "would be" } else { "was" };
        out.line(format_args!("The index {what} built again from all files."))?;
    }
    let wrote = !report.dry_run && report.bytes > 0;
    if wrote {
        read(report, out)?;
        holdings(global, out)?;
    }
    withheld(report, out)?;
    superseded(report, out)?;
    refused_dates(report, out)?;
    fields(report, out)?;
    damaged(report, out)?;
    incomplete(report, out)?;
    skipped(report, out)?;
    if report.interrupted {
        out.line("Stopped early; the next run goes on from here.")?;
    }
    if wrote {
        suggestions(global, out)?;
    }
    Ok(())
}

/// The names of archives that differ from those of their folders.
fn names(report: &Report, out: &mut Out) -> std::io::Result<()> {
    for archive in report.archives.iter().filter(|a| a.name != default_name(&a.folder)) {
        let folder = archive.folder.display();
        out.line(format_args!(
            "{folder}: known as {} (--name gives a new archive a name).",
            archive.name
        ))?;
    }
    Ok(())
}

/// The options of each archive that has some.
fn options(report: &Report, out: &mut Out) -> std::io::Result<()> {
    let typed = |words: &[String]| match words {
        [] => "no options".to_owned(),
        words => words.iter().map(|word| shell_word(word)).collect::<Vec<_>>().join(" "),
    };
    for archive in &report.archives {
        let how = match &archive.instead_of {
            None if archive.options.is_empty() => continue,
            None => "as the index remembers (--forget-options drops them)".to_owned(),
            Some(before) if before.is_empty() && !report.dry_run => "remembered from now on".into(),
            Some(before) => format!("instead of {}", typed(before)),
        };
        out.line(format_args!(
            "{}: {}, {how}.",
            archive.folder.display(),
            typed(&archive.options)
        ))?;
    }
    Ok(())
}

fn files(report: &Report, out: &mut Out) -> std::io::Result<()> {
    let files = &report.files;
    let verb = if report.dry_run { "Would read" } else { "Read" };
    out.line(format_args!(
        "{verb} {} of {} ({} new, {} changed, {} same{}).",
        thousands(files.new + files.changed),
        counted(files.found, "file"),
        thousands(files.new),
        thousands(files.changed),
        thousands(files.same + files.touched),
        if files.gone > 0 { format!(", {} gone", thousands(files.gone)) } else { String::new() },
    ))
}

/// The files of a plan.
fn plan(report: &Report, out: &mut Out) -> std::io::Result<()> {
    for PlannedFile { change, file } in report.plan.iter().take(PLANNED) {
        out.line(format_args!("  {change:<8} {file}"))?;
    }
    if report.plan.len() > PLANNED {
        out.line(format_args!("  … --report FILE names all {}", report.plan.len()))?;
    }
    Ok(())
}

fn read(report: &Report, out: &mut Out) -> std::io::Result<()> {
    out.line(format_args!(
        "{} and {} from {} in {:.1} s.",
        out.paint(Role::Title, counted(report.articles, "article")),
        out.paint(Role::Title, counted(report.quotations, "quotation")),
        HumanBytes(report.bytes),
        report.seconds,
    ))
}

/// How many people, speakers and countries the whole index knows.
fn holdings(global: &Global, out: &mut Out) -> Result<(), Failure> {
    let of = |facet| FacetRequest { facet, limit: 0, matching: None };
    let facets = [Facet::Person, Facet::Speaker, Facet::Country].map(of).to_vec();
    let page =
        search(&*open_index::open(global)?, &Request { limit: 0, facets, ..Request::default() })?;
    let distinct: Vec<_> = page.facets.iter().map(|f| thousands(f.distinct)).collect();
    if let [people, speakers, countries] = distinct.as_slice() {
        let articles = counted(page.total, "article");
        out.line(format_args!(
            "The index holds {articles}: {people} people, {speakers} speakers, {countries} countries."
        ))?;
    }
    Ok(())
}

/// Items that were left out because their senders say so.
fn withheld(report: &Report, out: &mut Out) -> std::io::Result<()> {
    let kinds: Vec<_> =
        report.withheld.iter().map(|(kind, n)| format!("{} {kind}", thousands(*n))).collect();
    if kinds.is_empty() {
        return Ok(());
    }
    out.line(format_args!("Left out: {} (--withheld takes them).", kinds.join(", ")))
}

/// Articles that higher versions replace, unless the run read nothing.
fn superseded(report: &Report, out: &mut Out) -> std::io::Result<()> {
    if report.superseded == 0 || (report.bytes == 0 && report.files.gone == 0) {
        return Ok(());
    }
    let articles = counted(report.superseded, "article");
    out.line(format_args!("Superseded: {articles}, by higher versions of the same items."))
}

/// Articles whose date was refused: they count as undated.
fn refused_dates(report: &Report, out: &mut Out) -> std::io::Result<()> {
    let refused = &report.refused_dates;
    if refused.is_empty() {
        return Ok(());
    }
    let dates = counted(refused.len() as u64, "date");
    out.line(format_args!("Refused {dates} before 1600 or in the future:"))?;
    for RefusedDate { article, date } in refused.iter().take(NAMED) {
        out.line(format_args!("  {article}: {date}"))?;
    }
    if refused.len() > NAMED {
        out.line(format_args!("  … --report FILE names all {}", refused.len()))?;
    }
    Ok(())
}

/// What became of fields of records that are not usual ones.
fn fields(report: &Report, out: &mut Out) -> std::io::Result<()> {
    for file in report.headlines_only.iter().take(NAMED) {
        out.line(format_args!(
            "{file}: its records give headlines and no text; --map body=FIELD names the field of the text."
        ))?;
    }
    if report.headlines_only.len() > NAMED {
        out.line(format_args!("  … --report FILE names all {}", report.headlines_only.len()))?;
    }
    for pair in &report.unused_maps {
        out.line(format_args!("--map {pair}: no record that was read has this field."))?;
    }
    if report.values_left_out > 0 {
        let values = counted(report.values_left_out, "value");
        out.line(format_args!(
            "Left out {values} of other fields: longer than 1 KB, or too many of one article or file."
        ))?;
    }
    Ok(())
}

/// Files that are not what they were meant to be.
fn damaged(report: &Report, out: &mut Out) -> std::io::Result<()> {
    let files: Vec<_> = report.damaged().collect();
    if files.is_empty() {
        return Ok(());
    }
    let counted = counted(files.len() as u64, "file");
    out.line(format_args!("Damaged: {}.", out.paint(Role::Title, counted)))?;
    named(&files, out)
}

/// Files of which not all was read.
fn incomplete(report: &Report, out: &mut Out) -> std::io::Result<()> {
    let files = report.skipped.iter().filter(|file| file.is_partial && file.reason != DAMAGED);
    by_reason("Read in part", &files.collect::<Vec<_>>(), out)
}

/// Files that gave nothing.
fn skipped(report: &Report, out: &mut Out) -> std::io::Result<()> {
    let files = report.skipped.iter().filter(|file| !file.is_partial);
    by_reason("Skipped", &files.collect::<Vec<_>>(), out)
}

/// What happened to files, how many there are for each reason, and the first of them.
fn by_reason(what: &str, entries: &[&Skipped], out: &mut Out) -> std::io::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let mut reasons: BTreeMap<&str, u64> = BTreeMap::new();
    for entry in entries {
        *reasons.entry(entry.reason).or_default() += 1;
    }
    let reasons: Vec<_> =
        reasons.iter().map(|(reason, n)| format!("{} {reason}", thousands(*n))).collect();
    let files: BTreeSet<_> = entries.iter().map(|entry| &entry.path).collect();
    let counted = counted(files.len() as u64, "file");
    out.line(format_args!("{what} {counted}: {}.", reasons.join(", ")))?;
    named(entries, out)
}

fn named(files: &[&Skipped], out: &mut Out) -> std::io::Result<()> {
    for file in files.iter().take(NAMED) {
        out.line(format_args!("  {}: {}", file.path.display(), file.detail))?;
    }
    if files.len() > NAMED {
        out.line(format_args!("  … --report FILE names all {}", files.len()))?;
    }
    Ok(())
}

/// Three searches that find something: for the most frequent values of this index.
fn suggestions(global: &Global, out: &mut Out) -> Result<(), Failure> {
    let of = |facet| FacetRequest { facet, limit: 1, matching: None };
    let facets = [Facet::Speaker, Facet::Country].map(of).to_vec();
    let page =
        search(&*open_index::open(global)?, &Request { limit: 0, facets, ..Request::default() })?;
    let top = |n: usize| {
        let (facet, value) = page.facets.get(n).and_then(|f| Some((f.facet, f.values.first()?)))?;
        Some(shell_word(&value_query(facet, &value.value)))
    };
    let index = index_option(&global.index);
    out.line("")?;
    out.line("Try next:")?;
    if let Some(speaker) = top(0) {
        out.line(format_args!("  newsdex quotes {speaker}{index}"))?;
    }
    if let Some(country) = top(1) {
        out.line(format_args!("  newsdex search {country} --facet speaker{index}"))?;
    }
    out.line(format_args!("  newsdex search 'license:open' --facet license{index}"))?;
    Ok(())
}
