//! `newsdex diff`: what a run changed.

use serde_json::{Value, json};

use crate::cli::args::{DiffArgs, Global};
use crate::cli::output::{Out, Role, counted, thousands};
use crate::cli::screen::Format;
use crate::cli::{Ended, Outcome};
use crate::index::read::snapshot::Snapshot;
use crate::index::write::journal::Kind;
use crate::update::diff::{Difference, Edited, difference};

/// Articles on a screen.
const PAGE: usize = 20;
/// Values of a facet on a screen.
const VALUES: usize = 5;

/// Runs the command.
pub(crate) fn run(args: &DiffArgs, global: &Global, out: &mut Out) -> Ended {
    let snapshot = Snapshot::open(&global.index)?;
    let Some(found) = difference(&snapshot, args.run)? else {
        let message = match args.run {
            Some(run) => format!("run {run} is not remembered; newsdex history lists the runs"),
            None => "no run is remembered that changed something".to_owned(),
        };
        crate::cli::warn(&message);
        return Ok(Outcome::NothingFound);
    };
    match Format::of(args.format) {
        Format::Screen => show(&found, args.limit, out)?,
        Format::Json => out.pretty_json(&whole(&found))?,
        Format::Jsonl => {
            for article in &found.articles {
                out.json(&edited(article))?;
            }
        }
        Format::Csv => csv(&found, out)?,
    }
    Ok(if found.articles.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

fn whole(found: &Difference) -> Value {
    let facets: serde_json::Map<_, _> = found
        .facets
        .iter()
        .map(|facet| {
            let moves = facet.moves.iter().map(|(value, by)| json!({ "value": value, "by": by }));
            (facet.facet.name().to_owned(), moves.collect())
        })
        .collect();
    json!({
        "run": found.run,
        "began": found.record.as_ref().map(|record| &record.began),
        "added": count(found, Kind::Added),
        "changed": count(found, Kind::Changed),
        "removed": count(found, Kind::Removed),
        "superseded": superseded(found),
        "cut_off": found.cut_off,
        "not_compared": found.record.as_ref().and_then(|record| record.not_compared.as_ref()),
        "articles": found.articles.iter().map(edited).collect::<Vec<_>>(),
        "facets": facets,
    })
}

fn edited(article: &Edited) -> Value {
    json!({
        "id": article.id,
        "change": word(article.kind),
        "superseded": article.is_superseded,
        "title": article.title,
        "text": article.text.iter().map(|line| {
            json!({ "change": if line.is_new { "added" } else { "removed" }, "sentence": line.sentence })
        }).collect::<Vec<_>>(),
        "values": article.values.iter().map(|values| {
            json!({ "field": values.field, "removed": values.out, "added": values.new })
        }).collect::<Vec<_>>(),
    })
}

fn csv(found: &Difference, out: &mut Out) -> Result<(), crate::cli::Failure> {
    let mut csv = out.csv(&["change", "id", "title", "field", "removed", "added"])?;
    for article in &found.articles {
        let title = article.title.as_deref().unwrap_or_default();
        let head = [word(article.kind), article.id.as_str(), title];
        if article.text.is_empty() && article.values.is_empty() {
            csv.write_record(head.into_iter().chain(["", "", ""]))?;
        }
        for line in &article.text {
            let (removed, added) = if line.is_new {
                ("", line.sentence.as_str())
            } else {
                (line.sentence.as_str(), "")
            };
            csv.write_record(head.into_iter().chain(["text", removed, added]))?;
        }
        for values in &article.values {
            let (removed, added) = (values.out.join("; "), values.new.join("; "));
            csv.write_record(head.into_iter().chain([values.field, &removed, &added]))?;
        }
    }
    csv.flush()?;
    Ok(())
}

fn show(found: &Difference, limit: Option<usize>, out: &mut Out) -> std::io::Result<()> {
    let began =
        found.record.as_ref().map(|record| record.began.chars().take(16).collect::<String>());
    out.line(format_args!(
        "Run {}{}: {} added, {} changed, {} removed{}.",
        found.run,
        began.map(|began| format!(", {}", began.replace('T', " "))).unwrap_or_default(),
        counted(count(found, Kind::Added), "article"),
        thousands(count(found, Kind::Changed)),
        thousands(count(found, Kind::Removed)),
        match superseded(found) {
            0 => String::new(),
            n => format!(" ({} by higher versions of their items)", thousands(n)),
        },
    ))?;
    if let Some(why) = found.record.as_ref().and_then(|record| record.not_compared.as_ref()) {
        out.line(format_args!("It built the index again; what that changed is not known: {why}."))?;
    }
    if found.cut_off {
        out.line("It changed more than its journal holds; this is the beginning.")?;
    }
    let page = limit.unwrap_or(PAGE);
    for article in found.articles.iter().take(page) {
        show_article(article, out)?;
    }
    if found.articles.len() > page {
        out.line(format_args!("… --limit {0} or --jsonl shows all {0}", found.articles.len()))?;
    }
    for (nth, facet) in found.facets.iter().enumerate() {
        if nth == 0 {
            out.line("")?;
        }
        let shown = limit.unwrap_or(VALUES);
        let moves: Vec<_> =
            facet.moves.iter().take(shown).map(|(value, by)| format!("{value} {by:+}")).collect();
        let more = facet.moves.len().saturating_sub(shown);
        let more =
            if more > 0 { format!(", {} more", thousands(more as u64)) } else { String::new() };
        out.line(format_args!(
            "{}  {}{more}",
            out.paint(Role::Title, facet.facet.name()),
            moves.join(", ")
        ))?;
    }
    Ok(())
}

fn show_article(article: &Edited, out: &mut Out) -> std::io::Result<()> {
    let sign = match article.kind {
        Kind::Added => '+',
        Kind::Changed => '~',
        Kind::Removed => '-',
    };
    let title = article.title.as_deref().unwrap_or_default();
    let id = out.paint(Role::Dim, &article.id);
    let why = if article.is_superseded { "  (superseded)" } else { "" };
    out.line(format_args!("{sign} {}  {id}{why}", out.paint(Role::Title, title)))?;
    for line in &article.text {
        let sign = if line.is_new { '+' } else { '-' };
        let sentence = line.sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        out.line(format_args!("    {sign} {sentence}"))?;
    }
    for values in &article.values {
        let signed = |sign: char, values: &[String]| {
            values.iter().map(|value| format!("{sign}{value}")).collect::<Vec<_>>()
        };
        let both = [signed('-', &values.out), signed('+', &values.new)].concat();
        out.line(format_args!("    {}: {}", out.paint(Role::Dim, values.field), both.join(", ")))?;
    }
    Ok(())
}

fn count(found: &Difference, kind: Kind) -> u64 {
    found.articles.iter().filter(|article| article.kind == kind).count() as u64
}

fn superseded(found: &Difference) -> u64 {
    found.articles.iter().filter(|article| article.is_superseded).count() as u64
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Added => "added",
        Kind::Changed => "changed",
        Kind::Removed => "removed",
    }
}
