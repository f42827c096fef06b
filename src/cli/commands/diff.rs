//! `newsdex diff`: what a run changed.

use serde_json::{Map, Value, json};

use crate::answer::export::{Cell, Column, Kind as Holds, Row, column, object};
use crate::cli::args::{DiffArgs, Global};
use crate::cli::exit::{CommandResult, Outcome, warn};
use crate::cli::form::{Export, Form};
use crate::cli::open_index;
use crate::cli::output::{Out, Role};
use crate::cli::screen::{counted, thousands};
use crate::manifest::journal::Kind;
use crate::update::diff::{Difference, Edited, FacetMoves, difference};

/// Articles on a screen.
const PAGE: usize = 20;
/// Values of a facet on a screen.
const VALUES: usize = 5;

/// Columns of the rows.
static COLUMNS: [Column; 7] = [
    column("change", Holds::Text),
    column("id", Holds::Text),
    column("previous_id", Holds::Text),
    column("title", Holds::Text),
    column("field", Holds::Text),
    column("removed", Holds::Text),
    column("added", Holds::Text),
];

/// Runs the command.
pub(crate) fn run(args: &DiffArgs, global: &Global, out: &mut Out) -> CommandResult {
    let engine = open_index::open(global)?;
    let Some(found) = difference(&*engine, &global.index, args.run)? else {
        let message = match args.run {
            Some(run) => format!("run {run} is not remembered; newsdex history lists the runs"),
            None => "no run is remembered that changed something".to_owned(),
        };
        warn(&message);
        return Ok(Outcome::NothingFound);
    };
    let limit = args.limit.unwrap_or(usize::MAX);
    match Form::from(args.format) {
        Form::Screen => show(&found, args.limit, out)?,
        Form::Json => out.pretty_json(&object_of(&found, limit))?,
        Form::Rows(Export::JsonLines) => {
            found.articles.iter().take(limit).try_for_each(|article| out.json(&edited(article)))?;
        }
        Form::Rows(export) => {
            out.export(export, &COLUMNS, None, |rows| {
                let mut changes = found.articles.iter().take(limit).flat_map(changes);
                Ok(changes.try_for_each(|change| rows.row(&change))?)
            })?;
        }
    }
    Ok(Outcome::found(!found.articles.is_empty()))
}

/// The difference with its first `limit` articles and values of each facet, and how many there are beyond them.
fn object_of(found: &Difference, limit: usize) -> Value {
    let (mut facets, mut values_left_out) = (Map::new(), Map::new());
    for FacetMoves { facet, moves } in &found.facets {
        let first = moves.iter().take(limit);
        let first = first.map(|(value, by)| json!({ "value": value, "by": by })).collect();
        facets.insert(facet.name().to_owned(), first);
        if moves.len() > limit {
            values_left_out.insert(facet.name().to_owned(), (moves.len() - limit).into());
        }
    }
    json!({
        "run": found.run,
        "began": found.record.as_ref().map(|record| &record.began),
        "added": count(found, Kind::Added),
        "changed": count(found, Kind::Changed),
        "removed": count(found, Kind::Removed),
        "superseded": superseded(found),
        "cut_off": found.cut_off,
        "not_compared": found.record.as_ref().and_then(|record| record.not_compared.as_ref()),
        "articles": found.articles.iter().take(limit).map(edited).collect::<Vec<_>>(),
        "articles_left_out": found.articles.len().saturating_sub(limit),
        "facets": facets,
        "values_left_out": values_left_out,
    })
}

fn edited(article: &Edited) -> Value {
    json!({
        "id": article.id,
        "previous_id": article.previous_id,
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

/// A sentence or field that changed; without these, an article that was added or removed.
struct Change<'a> {
    article: &'a Edited,
    field: &'a str,
    removed: String,
    added: String,
}

fn changes(article: &Edited) -> Vec<Change<'_>> {
    let change = |field, removed, added| Change { article, field, removed, added };
    if article.text.is_empty() && article.values.is_empty() {
        return vec![change("", String::new(), String::new())];
    }
    let sentences = article.text.iter().map(|line| {
        let (sentence, nothing) = (line.sentence.clone(), String::new());
        let (removed, added) = if line.is_new { (nothing, sentence) } else { (sentence, nothing) };
        change("text", removed, added)
    });
    let values = article
        .values
        .iter()
        .map(|values| change(values.field, values.out.join("; "), values.new.join("; ")));
    sentences.chain(values).collect()
}

impl Row for Change<'_> {
    fn json(&self) -> Value {
        object(&COLUMNS, self.cells())
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::text(word(self.article.kind)),
            Cell::text(&self.article.id),
            Cell::Text(self.article.previous_id.clone()),
            Cell::Text(self.article.title.clone()),
            Cell::text(self.field),
            Cell::text(&self.removed),
            Cell::text(&self.added),
        ]
    }
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
    if let Some(previous) = &article.previous_id {
        out.line(format_args!("    {}", out.paint(Role::Dim, format!("was {previous}"))))?;
    }
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
