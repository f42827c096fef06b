//! Articles and quotations that were found, with what matched in them highlighted.

use super::wrap;
use crate::answer::one_line;
use crate::answer::quotations::QuotationRow;
use crate::article::{Article, Span};
use crate::cli::output::{Out, Role};
use crate::query::{Fragment, Hit};

/// Prints an article that was found.
pub(crate) fn article(number: usize, hit: &Hit, out: &mut Out) -> std::io::Result<()> {
    let article = &hit.article;
    out.line(format_args!(
        "{} {}",
        out.paint(Role::Dim, format!("{number}.")),
        headline(hit, out)
    ))?;
    let credit = credit(article, out);
    if !credit.is_empty() {
        out.line(format_args!("   {credit}"))?;
    }
    for fragment in hit.fragments.iter().filter(|f| in_headline(f, article).is_none()) {
        let text = excerpt(&article.body, fragment.span, &fragment.highlights, out);
        for line in wrap(&text, out.width(), 3) {
            out.line(line)?;
        }
    }
    out.line(format_args!("   {}", out.paint(Role::Dim, &article.id)))
}

fn headline(hit: &Hit, out: &Out) -> String {
    let article = &hit.article;
    let matched = hit.fragments.iter().find_map(|f| Some((f, in_headline(f, article)?)));
    if let Some((fragment, title)) = matched {
        return excerpt(&article.body, title, &fragment.highlights, out);
    }
    out.paint(Role::Title, one_line(article.title.as_deref().unwrap_or("(no headline)")))
}

/// The headline, if the fragment is a part of it.
fn in_headline(fragment: &Fragment, article: &Article) -> Option<Span> {
    article.title_span.filter(|title| title.contains(fragment.span))
}

/// Prints the words of a quotation that was found.
pub(crate) fn quotation(found: &QuotationRow<'_>, out: &mut Out) -> std::io::Result<()> {
    let hit = found.hit;
    let marks: Vec<_> = hit.fragments.iter().flat_map(|f| f.highlights.clone()).collect();
    let text = excerpt(&hit.article.body, found.quotation.span, &marks, out);
    wrap(&text, out.width(), 2).into_iter().try_for_each(|line| out.line(line))
}

/// Date, agencies, place and license of an article in one line.
pub(crate) fn credit(article: &Article, out: &Out) -> String {
    let mut parts = Vec::new();
    if let Some(published) = &article.published {
        parts.push(published.date.to_string());
    }
    if let Some(dateline) = &article.dateline {
        let places: Vec<_> = dateline
            .places
            .iter()
            .map(|p| match p.country {
                Some(code) => format!("{} ({code})", p.name),
                None => p.name.clone(),
            })
            .collect();
        if !places.is_empty() {
            parts.push(out.paint(Role::Place, places.join(", ")));
        }
    }
    let agencies: Vec<_> = article.agencies.iter().map(|a| a.name.as_str()).collect();
    if !agencies.is_empty() {
        parts.push(out.paint(Role::Source, agencies.join(", ")));
    }
    if let Some(license) = &article.license {
        parts.push(license.spdx.clone());
    }
    parts.join(" · ")
}

/// The part `span` of a body on one line, with the `marks` inside it (also bytes of the body) highlighted.
pub(crate) fn excerpt(body: &str, span: Span, marks: &[Span], out: &Out) -> String {
    let mut line = String::with_capacity(span.len() + 16);
    let mut at = span.start;
    for &mark in marks.iter().filter(|m| span.contains(**m)) {
        if mark.start >= at {
            line.push_str(&one_line(Span { start: at, end: mark.start }.of(body)));
            line.push_str(&out.paint(Role::Match, one_line(mark.of(body))));
            at = mark.end;
        }
    }
    line.push_str(&one_line(Span { start: at, end: span.end }.of(body)));
    line
}
