//! `newsdex show`: one article with its metadata, each value marked where it stands in the text.

use serde_json::json;

use crate::answer::one_line;
use crate::article::{
    Article, MetadataValue, Origin, Span, Successor, json::article as article_json,
};
use crate::cli::args::{Global, ShowArgs};
use crate::cli::exit::{CommandResult, Outcome, warn};
use crate::cli::open_index;
use crate::cli::output::{Out, Role};
use crate::cli::screen::{pad, truncate, wrap};
use crate::error::Error;
use crate::manifest::files::{FileEntry, FileState};
use crate::query::{ArticleLink, LinkRemark, Located, locate};

/// Columns of a label in the list of metadata.
const LABEL: usize = 10;
/// Columns of a quotation there.
const QUOTED: usize = 60;

/// Runs the command.
pub(crate) fn run(args: &ShowArgs, global: &Global, out: &mut Out) -> CommandResult {
    let engine = open_index::open(global)?;
    let Located { article, remark } = match locate(&*engine, &args.id) {
        Err(Error::NoArticle { id }) => {
            return Err(Error::Usage(match engine.successor(&id)? {
                Some(successor) => superseded(&id, &successor),
                None => format!(
                    "there is no article {id} in {}; search prints the ids",
                    global.index.display()
                ),
            })
            .into());
        }
        located => located?,
    };
    match remark {
        Some(LinkRemark::Moved) => warn(&format!("{} is now {}", args.id, article.id)),
        Some(LinkRemark::Edited) => warn(&format!("{} was edited since", article.id)),
        None => {}
    }
    let source = engine.source(&article)?.filter(|source| source.state != FileState::Whole);
    if args.json {
        let mut value = article_json(&article);
        if let Some(source) = source {
            value["file"] = json!({ "state": source.state.name(), "reason": source.skipped });
        }
        out.pretty_json(&value)?;
    } else {
        if let Some(source) = source {
            damage(&source, out)?;
        }
        metadata(&article, out)?;
        out.line("")?;
        body(&article, out)?;
    }
    Ok(Outcome::Done)
}

/// The message about a superseded article, with what to type next.
fn superseded(id: &str, successor: &Successor) -> String {
    let Successor { version, by, ids } = successor;
    match ids.as_slice() {
        [] => format!(
            "{id} is version {version} of an item whose version {by} was withdrawn or is under an embargo; \
             newsdex index --withheld takes such items"
        ),
        [first, ..] => format!(
            "{id} is version {version} of an item that the index has in version {by}; try: newsdex show '{first}'"
        ),
    }
}

/// Prints what is wrong with the file of an article.
fn damage(source: &FileEntry, out: &mut Out) -> std::io::Result<()> {
    let (state, reason) = (source.state.name(), source.skipped.as_deref().unwrap_or_default());
    let what = match source.state {
        FileState::Kept => "as of the last good version of its file",
        FileState::Whole | FileState::Incomplete => "what could be read of its file",
    };
    let state = out.paint(Role::Match, state);
    out.line(format_args!("{:<10} {state}: {what}, which is {reason}", "file"))
}

/// Prints a line for each value: its label, the value, and its origin.
fn metadata(a: &Article, out: &mut Out) -> std::io::Result<()> {
    let mut rows: Vec<(String, Role, String, String)> = Vec::new();
    let mut add = |label: &str, role, value: String, origin: &Origin| {
        rows.push((label.to_owned(), role, value, from(origin)));
    };
    let text = Origin::Text(Span::new(0, 0));
    if let Some(title) = &a.title {
        add("title", Role::Title, one_line(title), &field_or(a.title_field.as_ref(), &text));
    }
    if let Some(status) = &a.status {
        add("status", Role::Dim, status.clone(), &Origin::Inferred);
    }
    if let Some(refused) = &a.refused_date {
        add("refused date", Role::Dim, refused.date.to_string(), &refused.origin);
    }
    if let Some(published) = &a.published {
        add("published", Role::Dim, published.date.to_string(), &published.origin);
    }
    if let Some(dateline) = &a.dateline {
        let printed = one_line(dateline.span.of(&a.body));
        add("dateline", Role::Place, printed, &dateline.origin);
        for place in &dateline.places {
            let country = place.country.map(|c| c.to_string()).unwrap_or_default();
            let at =
                place.coordinates.map(|(n, e)| format!(" {n:.2}° N {e:.2}° E")).unwrap_or_default();
            add("  place", Role::Place, format!("{} {country}{at}", place.name), &text);
        }
    }
    for agency in &a.agencies {
        add("agency", Role::Source, agency.name.clone(), &agency.origin);
    }
    for writer in &a.byline {
        add("byline", Role::Source, writer.name.clone(), &writer.origin);
    }
    if let Some(desk) = a.desk {
        add("desk", Role::Source, desk.of(&a.body).to_owned(), &text);
    }
    if let Some(license) = &a.license {
        let holder = license.holder.as_ref().map(|h| format!(", {h}")).unwrap_or_default();
        add("license", Role::Source, format!("{}{holder}", license.spdx), &license.origin);
    }
    if let Some(language) = &a.language {
        let origin = field_or(a.language_field.as_ref(), &Origin::Inferred);
        add("language", Role::Dim, language.clone(), &origin);
    }
    if !a.countries.is_empty() {
        let list: Vec<_> =
            a.countries.iter().map(|c| format!("{} {}", c.code, c.mentions.len())).collect();
        add("countries", Role::Place, list.join(", "), &text);
    }
    if let Some(focus) = a.focus {
        add("about", Role::Place, focus.to_string(), &Origin::Inferred);
    }
    for person in &a.people {
        let role = person.role.as_ref().map(|r| format!(", {}", one_line(r))).unwrap_or_default();
        add("person", Role::Person, format!("{}{role}", person.name), &text);
    }
    for quote in &a.quotes {
        let speaker = quote.speaker.as_deref().unwrap_or("(unknown)");
        let words = one_line(quote.span.of(&a.body));
        let short = truncate(&words, QUOTED);
        let more = if short.len() < words.len() { "…" } else { "" };
        add(quote.kind.as_str(), Role::Person, format!("{speaker}: {short}{more}"), &text);
    }
    for MetadataValue { name, value } in &a.metadata {
        add(&format!("meta.{name}"), Role::Dim, value.clone(), &text);
    }
    add("link", Role::Dim, ArticleLink::to(a).to_string(), &text);
    for (label, role, value, origin) in rows {
        let origin = out.paint(Role::Dim, origin);
        let label = pad(&label, LABEL);
        out.line(format_args!("{label} {}{origin}", out.paint(role, value)))?;
    }
    Ok(())
}

/// The field that states a value, else the other origin.
fn field_or(field: Option<&String>, other: &Origin) -> Origin {
    field.map_or_else(|| other.clone(), |name| Origin::Field(name.clone()))
}

/// The origin of a value, unless it is the text.
fn from(origin: &Origin) -> String {
    match origin {
        Origin::Text(_) => String::new(),
        Origin::Field(name) => format!("  (from the field {name})"),
        Origin::Path => "  (from the path)".into(),
        Origin::Inferred => "  (inferred)".into(),
    }
}

/// Prints the text with the spans of its metadata in colour.
fn body(a: &Article, out: &mut Out) -> std::io::Result<()> {
    let mut painted = String::with_capacity(a.body.len() * 2);
    let mut at = 0;
    for (span, role) in marks(a) {
        let (start, end) = (span.start as usize, span.end as usize);
        if start < at || end > a.body.len() {
            continue;
        }
        painted.push_str(&a.body[at..start]);
        painted.push_str(&out.paint(role, span.of(&a.body)));
        at = end;
    }
    painted.push_str(&a.body[at..]);
    for line in painted.trim_end().lines() {
        for line in wrap(line, out.width(), 0) {
            out.line(line)?;
        }
    }
    Ok(())
}

/// The spans to colour, in the order of the text; of two that begin together, the longer one first.
fn marks(a: &Article) -> Vec<(Span, Role)> {
    let mut marks = Vec::new();
    marks.extend(a.title_span.map(|s| (s, Role::Title)));
    marks.extend(a.dateline.as_ref().map(|d| (d.span, Role::Place)));
    marks.extend(a.desk.map(|s| (s, Role::Source)));
    let origins = a.agencies.iter().map(|x| &x.origin).chain(a.byline.iter().map(|x| &x.origin));
    for origin in origins.chain(a.license.iter().map(|l| &l.origin)) {
        if let Origin::Text(span) = origin {
            marks.push((*span, Role::Source));
        }
    }
    marks.extend(a.people.iter().flat_map(|p| &p.mentions).map(|&s| (s, Role::Person)));
    marks.extend(a.countries.iter().flat_map(|c| &c.mentions).map(|&s| (s, Role::Place)));
    marks.extend(a.quotes.iter().filter_map(|q| q.cue).map(|s| (s, Role::Match)));
    marks.sort_by_key(|(span, _)| (span.start, u32::MAX - span.end));
    marks
}
