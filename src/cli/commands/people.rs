//! `newsdex people`: a person of the archive.

use serde_json::{Value, json};

use crate::article::{Facet, PartialDate};
use crate::cli::args::{Global, PeopleArgs};
use crate::cli::output::{Out, Role, counted, thousands};
use crate::cli::screen::{self, Format};
use crate::cli::{Ended, Failure, Outcome};
use crate::index::read::snapshot::Snapshot;
use crate::query::{FacetCounts, FacetValue, Form, People, Request, RoleSpan, people};

/// Rows of each list on a screen.
const PAGE: usize = 5;
/// Columns of the CSV export.
const COLUMNS: [&str; 7] = ["list", "value", "articles", "first", "last", "name", "id"];

/// Runs the command.
pub(crate) fn run(args: &PeopleArgs, global: &Global, out: &mut Out) -> Ended {
    let snapshot = Snapshot::open(&global.index)?;
    let format = Format::of(args.format);
    let request = Request {
        limit: format.limit(args.limit, PAGE),
        ..screen::request(&args.query, &args.scope, global)?
    };
    let found = people(&snapshot, &args.name, &request)?;
    screen::heed(&found.warnings, &args.scope)?;
    match format {
        Format::Screen => show(&found, args, out)?,
        Format::Json => out.pretty_json(&object(&found, args, &request))?,
        Format::Jsonl => rows(&found).iter().try_for_each(|row| out.json(&row.json()))?,
        Format::Csv => {
            let mut csv = out.csv(&COLUMNS)?;
            for row in rows(&found) {
                csv.write_record(row.record())?;
            }
            csv.flush()?;
        }
    }
    Ok(if is_nobody(&found) { Outcome::NothingFound } else { Outcome::Done })
}

fn is_nobody(found: &People) -> bool {
    found.articles == 0 && found.quotations == 0
}

fn show(found: &People, args: &PeopleArgs, out: &mut Out) -> Result<(), Failure> {
    if is_nobody(found) {
        return Ok(nobody(found, args, out)?);
    }
    let head = [
        counted(found.articles, "article"),
        counted(found.quotations, "quotation"),
        counted(found.names, "name"),
    ];
    out.line(out.paint(Role::Dim, head.join(", ")))?;
    let label = |form: &Form| {
        if form.name == form.person {
            form.name.clone()
        } else {
            format!("{}  = {}", form.name, form.person)
        }
    };
    let forms = found.forms.iter().map(|form| (label(form), form.articles));
    list("names", Role::Person, forms.collect(), out)?;
    roles(found, out)?;
    let counts = FacetCounts {
        facet: Facet::Country,
        values: found.countries.clone(),
        distinct: 0,
        missing: 0,
    };
    if !counts.values.is_empty() {
        title("countries", out)?;
        screen::facet(&counts, out)?;
    }
    list("named with", Role::Person, pairs(&found.others), out)?;
    quotations(found, out)?;
    list("similar names", Role::Dim, pairs(&found.similar), out)?;
    Ok(())
}

/// What to type next.
fn nobody(found: &People, args: &PeopleArgs, out: &mut Out) -> std::io::Result<()> {
    let scope = if args.query.is_empty() && args.scope.from.is_none() && args.scope.to.is_none() {
        ""
    } else {
        " in these articles"
    };
    out.line(format_args!("nobody is named {}{scope}", args.name))?;
    match found.similar.first() {
        None => out.line("see who is: newsdex facets person --match PART"),
        Some(nearest) => {
            list("similar names", Role::Dim, pairs(&found.similar), out)?;
            out.line("")?;
            out.line(format_args!("try: newsdex people '{}'", nearest.value.replace('\'', "’")))
        }
    }
}

fn title(name: &str, out: &mut Out) -> std::io::Result<()> {
    out.line("")?;
    out.line(out.paint(Role::Title, name))
}

fn pairs(values: &[FacetValue]) -> Vec<(String, u64)> {
    values.iter().map(|v| (v.value.clone(), v.count)).collect()
}

/// Names with numbers of articles, below a title; nothing if there are none.
fn list(name: &str, role: Role, rows: Vec<(String, u64)>, out: &mut Out) -> std::io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    title(name, out)?;
    let width = rows.iter().map(|&(_, n)| thousands(n).len()).max().unwrap_or(1);
    for (name, n) in rows {
        out.line(format_args!("  {:>width$}  {}", thousands(n), out.paint(role, name)))?;
    }
    Ok(())
}

/// Roles with the time in which they are found; whose they are only where several names have one.
fn roles(found: &People, out: &mut Out) -> std::io::Result<()> {
    let Some(one) = found.roles.first() else { return Ok(()) };
    title("roles", out)?;
    let several = found.roles.iter().any(|span| span.name != one.name);
    let dates: Vec<_> = found.roles.iter().map(period).collect();
    let width = dates.iter().map(|date| date.chars().count()).max().unwrap_or(0);
    let digits = found.roles.iter().map(|s| thousands(s.articles).len()).max().unwrap_or(1);
    for (span, date) in found.roles.iter().zip(&dates) {
        let of = if several {
            format!("  {}", out.paint(Role::Person, &span.name))
        } else {
            String::new()
        };
        out.line(format_args!(
            "  {}  {:>digits$}  {}{of}",
            out.paint(Role::Dim, format_args!("{date:<width$}")),
            thousands(span.articles),
            out.paint(Role::Source, screen::one_line(&span.role)),
        ))?;
    }
    Ok(())
}

fn period(span: &RoleSpan) -> String {
    match (span.first, span.last) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first}–{last}"),
        _ => "undated".to_owned(),
    }
}

fn quotations(found: &People, out: &mut Out) -> std::io::Result<()> {
    if found.latest.is_empty() {
        return Ok(());
    }
    title("latest quotations", out)?;
    for said in &found.latest {
        let text = screen::one_line(&said.text);
        for line in screen::wrap(&text, out.width(), 2) {
            out.line(line)?;
        }
        let date = said.published.map_or_else(|| "undated".to_owned(), |date| date.to_string());
        out.line(format_args!(
            "  {}  {}  {}",
            out.paint(Role::Person, &said.speaker),
            out.paint(Role::Dim, date),
            out.paint(Role::Dim, &said.article)
        ))?;
    }
    Ok(())
}

fn object(found: &People, args: &PeopleArgs, request: &Request) -> Value {
    let date = |date: Option<PartialDate>| date.map(|d| d.to_string());
    let values = |values: &[FacetValue]| {
        values.iter().map(|v| json!({ "value": v.value, "articles": v.count })).collect::<Vec<_>>()
    };
    json!({
        "name": args.name,
        "query": request.query,
        "articles": found.articles,
        "quotations": found.quotations,
        "names": found.forms.iter().map(|f| json!({
            "value": f.name, "person": f.person, "articles": f.articles,
        })).collect::<Vec<_>>(),
        "roles": found.roles.iter().map(|r| json!({
            "value": r.role,
            "name": r.name,
            "articles": r.articles,
            "first": date(r.first),
            "last": date(r.last),
        })).collect::<Vec<_>>(),
        "countries": values(&found.countries),
        "named_with": values(&found.others),
        "latest": found.latest.iter().map(|said| json!({
            "speaker": said.speaker,
            "text": said.text,
            "kind": said.kind.as_str(),
            "published": date(said.published),
            "article": said.article,
        })).collect::<Vec<_>>(),
        "similar": values(&found.similar),
        "warnings": screen::warnings_json(&found.warnings),
    })
}

/// A row of an export, which holds all lists one below the other.
struct Row<'a> {
    list: &'static str,
    value: &'a str,
    articles: u64,
    first: Option<PartialDate>,
    last: Option<PartialDate>,
    name: Option<&'a str>,
    id: Option<&'a str>,
}

fn rows(found: &People) -> Vec<Row<'_>> {
    let names = found.forms.iter().map(|form| Row {
        name: Some(&form.person),
        ..Row::new("name", &form.name, form.articles)
    });
    let roles = found.roles.iter().map(|span| Row {
        first: span.first,
        last: span.last,
        name: Some(&span.name),
        ..Row::new("role", &span.role, span.articles)
    });
    let latest = found.latest.iter().map(|said| Row {
        first: said.published,
        last: said.published,
        name: Some(&said.speaker),
        id: Some(&said.article),
        ..Row::new("quotation", &said.text, 1)
    });
    names
        .chain(roles)
        .chain(found.countries.iter().map(|v| Row::new("country", &v.value, v.count)))
        .chain(found.others.iter().map(|v| Row::new("named with", &v.value, v.count)))
        .chain(latest)
        .chain(found.similar.iter().map(|v| Row::new("similar", &v.value, v.count)))
        .collect()
}

impl<'a> Row<'a> {
    fn new(list: &'static str, value: &'a str, articles: u64) -> Self {
        Self { list, value, articles, first: None, last: None, name: None, id: None }
    }

    fn json(&self) -> Value {
        let mut object =
            json!({ "list": self.list, "value": self.value, "articles": self.articles });
        let date = |date: Option<PartialDate>| date.map(|d| d.to_string());
        let more = [
            ("first", date(self.first)),
            ("last", date(self.last)),
            ("name", self.name.map(str::to_owned)),
            ("id", self.id.map(str::to_owned)),
        ];
        for (key, value) in more {
            if let Some(value) = value {
                object[key] = value.into();
            }
        }
        object
    }

    fn record(&self) -> [String; COLUMNS.len()] {
        let date = |date: Option<PartialDate>| date.map(|d| d.to_string()).unwrap_or_default();
        [
            self.list.to_owned(),
            self.value.to_owned(),
            self.articles.to_string(),
            date(self.first),
            date(self.last),
            self.name.unwrap_or_default().to_owned(),
            self.id.unwrap_or_default().to_owned(),
        ]
    }
}
