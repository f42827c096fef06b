//! Which lines of a download of Nexis are an article. Older downloads count them (`1 of 25 DOCUMENTS`), those of Nexis Uni end
//! each with `End of Document`. Where a carrier has lost both, each `LENGTH:` tells an article, which begins behind the last
//! fields and rights of the one before.

use super::nexis::{self, Layout};
use super::nexis_fields::{self, Field};
use super::{LineEnds, date_line, is_copyright};
use crate::read::draft::Draft;
use crate::read::limits::MAX_ARTICLES;

/// Whether a text, or the beginning of one, is a download of Nexis.
pub(super) fn is_download(text: &str) -> bool {
    /// Lines in which the first counter stands.
    const COVER: usize = 60;
    let has_counter = || text.lines().take(COVER).any(is_counter);
    has_counter() || is_list_of_documents(text) || has_fields(text)
}

/// Whether a text opens with the cover of a delivery of Nexis Uni, which lists the documents and how they were found.
fn is_list_of_documents(text: &str) -> bool {
    const COVER: usize = 40;
    let has = |mark: &str| text.lines().take(COVER).any(|line| line.trim().starts_with(mark));
    has("Job Number:") && (has("Documents (") || has("Document ("))
}

/// Whether the fields of an article stand between its date and its text.
fn has_fields(text: &str) -> bool {
    let is_other = |line: &str| match nexis_fields::in_any_case(line) {
        Some((_, field, value)) => {
            let is_known = matches!(
                field,
                Field::Section | Field::Byline | Field::LoadDate | Field::Highlight
            );
            is_known && !value.is_empty()
        }
        None => nexis_fields::opens_body(line) || nexis_fields::ends_document(line),
    };
    let mut below_date = text.lines().skip_while(|line| date_line(line).is_none());
    text.lines().any(is_length_field) && below_date.any(is_other)
}

/// Whether a line is the field that every article has: `LENGTH: 312 words`.
fn is_length_field(line: &str) -> bool {
    let field = nexis_fields::in_any_case(line);
    field.is_some_and(|(_, field, value)| field == Field::Length && is_length(value))
}

/// Whether the value of a field is a number of words: `312 words`.
fn is_length(value: &str) -> bool {
    let mut words = value.split_whitespace();
    let number = words.next().unwrap_or_default();
    number.starts_with(|c: char| c.is_ascii_digit()) && words.count() <= 1
}

/// The number in the line above an article: `1 of 25 DOCUMENTS`, `Document 1 de 3`, `1 VAN 1 DOCUMENTEN`.
fn document_number(line: &str) -> Option<u32> {
    const MOST: usize = 40;
    let line = line.trim();
    if line.len() >= MOST {
        return None;
    }
    let lower = line.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let is_document = |word: &str| word.starts_with("document") || word.starts_with("dokument");
    let (first, of, last) = match words[..] {
        [document, first, of, last] if is_document(document) => (first, of, last),
        [first, of, last, document] if is_document(document) => (first, of, last),
        _ => return None,
    };
    let number = |word: &str| word.replace([',', '.'], "").parse::<u32>().ok();
    let is_listed = matches!(of, "of" | "de" | "von" | "van" | "di" | "sur" | "af" | "av");
    number(last).filter(|_| is_listed)?;
    number(first)
}

/// Whether a line counts an article.
pub(super) fn is_counter(line: &str) -> bool {
    document_number(line).is_some()
}

/// The articles of a download.
pub(super) fn drafts(lines: &[&str], line_ends: LineEnds) -> Vec<Draft> {
    let counters = places(lines, is_counter);
    let ends = places(lines, nexis_fields::ends_document);
    let is_uni = !ends.is_empty() || lines.iter().any(|line| nexis_fields::opens_body(line));
    let layout = if is_uni { Layout::Uni } else { Layout::Capitals };
    let parts = match (&counters[..], &ends[..]) {
        ([], []) => between(&heads(lines), lines),
        (counters, []) => between(counters, lines),
        (_, ends) => up_to(ends, lines),
    };
    let parts = parts.into_iter().take(MAX_ARTICLES);
    parts.map(|part| nexis::draft(part, layout, line_ends)).filter(Draft::has_any).collect()
}

/// The lines that `is_place` takes.
fn places(lines: &[&str], is_place: impl Fn(&str) -> bool) -> Vec<usize> {
    (0..lines.len()).filter(|at| is_place(lines[*at])).collect()
}

/// The lines from each place to the next one.
fn between<'l, 't>(places: &[usize], lines: &'l [&'t str]) -> Vec<&'l [&'t str]> {
    let ends = places.iter().skip(1).copied().chain([lines.len()]);
    places.iter().zip(ends).map(|(start, end)| &lines[*start..end]).collect()
}

/// The lines up to each place, and those behind the last one.
fn up_to<'l, 't>(places: &[usize], lines: &'l [&'t str]) -> Vec<&'l [&'t str]> {
    let starts = [0].into_iter().chain(places.iter().map(|place| place + 1));
    let ends = places.iter().copied().chain([lines.len()]);
    starts.zip(ends).map(|(start, end)| &lines[start..end]).collect()
}

/// Where articles begin that are told by their `LENGTH:` alone.
fn heads(lines: &[&str]) -> Vec<usize> {
    let lengths = places(lines, is_length_field);
    let mut heads = Vec::with_capacity(lengths.len());
    let mut floor = 0;
    for length in lengths {
        let above = &lines[floor..length];
        let date = above.iter().rposition(|line| date_line(line).is_some()).unwrap_or(above.len());
        let tail = above[..date].iter().rposition(|line| is_below_text(line));
        heads.push(if floor == 0 { 0 } else { floor + tail.map_or(0, |tail| tail + 1) });
        floor = length + 1;
    }
    heads
}

/// Whether a line is a field or a notice of rights below a text.
fn is_below_text(line: &str) -> bool {
    nexis_fields::in_any_case(line).is_some()
        || is_copyright(line.trim())
        || line.trim().to_lowercase().starts_with("all rights reserved")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_known_in_several_languages() {
        for (line, number) in [
            ("   1 of 25 DOCUMENTS", Some(1)),
            ("1 van 1 DOCUMENTEN", Some(1)),
            ("2 di 3 DOCUMENTI", Some(2)),
            ("Dokument 1 von 3", Some(1)),
            ("3 VON 4 DOKUMENTEN", Some(3)),
            ("Document 2 de 3", Some(2)),
            ("1 de 12 DOCUMENTOS", Some(1)),
            ("1,001 of 2,146 DOCUMENTS", Some(1001)),
            ("One of 25 documents was found", None),
            ("1 of 5", None),
            ("2 of 3 ferries", None),
            ("1 of 3 documents that he signed", None),
        ] {
            assert_eq!(document_number(line), number, "{line}");
        }
    }

    #[test]
    fn a_text_with_a_field_is_no_download() {
        assert!(!is_download("River rises\n\n3 March 2014\n\nLength: 120 km\n\nThe river rose."));
        assert!(!is_download("Body: ash\nLength: 40 inches\nPrice: 3\n"));
        assert!(!is_download("Section: 4\n\nThe river rose.\n\nEnd of document\n"));
    }
}
