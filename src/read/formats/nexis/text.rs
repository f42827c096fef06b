//! Downloads of Nexis: a list of articles, each with its fields in lines such as `BYLINE:`.

use std::borrow::Cow;

use crate::calendar::stated;
use crate::read::draft::Draft;
use crate::read::limits::MAX_ARTICLES;
use crate::read::{markup, wrapped};

/// The maximum number of blocks before the headline: number, paper, date.
const MAX_HEAD_BLOCKS: usize = 14;

/// The fields of Nexis, before or after the text, in several languages.
const FIELDS: &[&str] = &[
    "BYLINE",
    "SECTION",
    "LENGTH",
    "DATELINE",
    "HIGHLIGHT",
    "BODY",
    "LOAD-DATE",
    "LANGUAGE",
    "GRAPHIC",
    "PUBLICATION-TYPE",
    "CORRECTION-DATE",
    "CORRECTION",
    "SUBJECT",
    "COMPANY",
    "ORGANIZATION",
    "TICKER",
    "INDUSTRY",
    "PERSON",
    "CITY",
    "STATE",
    "COUNTRY",
    "GEOGRAPHIC",
    "NOTES",
    "TYPE",
    "SERIES",
    "URL",
    "ACC-NO",
    "JOURNAL-CODE",
    "UPDATE",
    "DOCUMENT-TYPE",
    "COLUMN",
    "TITLE",
    "HEADLINE",
    "AUTHOR",
    "RUBRIQUE",
    "LONGUEUR",
    "DATE-CHARGEMENT",
    "LANGUE",
    "TYPE-PUBLICATION",
    "AUTEUR",
    "ENCART",
    "SUJET",
    "PERSONNE",
    "ORGANISATION",
    "SOCIETE",
    "SOCIÉTÉ",
    "SYMBOLE-BOURSIER",
    "SECTEUR-ACTIVITE",
    "SECTEUR-ACTIVITÉ",
    "LOCALISATION-GEO",
    "ILLUSTRATION",
    "TITRE",
    "SOURCE",
    "RUBRIK",
    "LÄNGE",
    "AUTOR",
    "SPRACHE",
    "SCHLAGWÖRTER",
    "FIRMA",
    "BRANCHE",
    "REGION",
];

/// The number in the line above an article: `1 of 25 DOCUMENTS`, `Document 1 de 3`.
pub(super) fn document_number(line: &str) -> Option<u32> {
    let line = line.trim();
    let mut words = line.split_whitespace();
    let first = words.next()?;
    let (first, of) =
        if first.eq_ignore_ascii_case("Document") || first.eq_ignore_ascii_case("Dokument") {
            (words.next()?, words.next()?)
        } else {
            (first, words.next()?)
        };
    let number = first.parse().ok()?;
    let listed = matches!(of, "of" | "de" | "von") && words.next()?.parse::<u32>().is_ok();
    let ends = words.next().is_none_or(|word| word.to_ascii_uppercase().starts_with("DO"))
        && words.next().is_none();
    (listed && ends && line.len() < 40).then_some(number)
}

/// The articles of a download.
pub(super) fn drafts(text: &str) -> Vec<Draft> {
    let plain = if text.contains('<') && markup::is_marked_up(text) {
        markup::text(text).into()
    } else {
        Cow::Borrowed(text)
    };
    // Only downloads as text are hard-wrapped, at 78 characters.
    let is_wrapped = matches!(plain, Cow::Borrowed(_));
    let text: &str = &plain;
    let lines: Vec<&str> = text.lines().collect();
    let starts: Vec<usize> = (0..lines.len())
        .filter(|&at| document_number(lines[at]).is_some())
        .take(MAX_ARTICLES)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| draft(&lines[start + 1..end]))
        .filter(Draft::has_any)
        .map(|mut draft| {
            if is_wrapped {
                draft.article.body = wrapped::paragraphs(&draft.article.body);
            }
            draft
        })
        .collect()
}

/// An article: paper, date, headline, fields, text, fields, copyright.
fn draft(lines: &[&str]) -> Draft {
    let mut draft = Draft::default();
    let blocks = blocks(lines);
    let mut rest = blocks.iter().map(String::as_str).peekable();
    let mut paper = None;
    let mut head = 0;
    while let Some(block) = rest.peek() {
        let is_field = field(block).is_some();
        if is_field || head >= MAX_HEAD_BLOCKS {
            break;
        }
        let first_line = block.lines().next().unwrap_or_default();
        if draft.article.published.is_none() && stated::read(first_line).is_some() {
            draft.date("date", first_line);
        } else if paper.is_none() && draft.article.published.is_none() {
            paper = Some(*block);
            draft.publisher("publication", block);
        } else if draft.article.published.is_some() && !is_copyright(block) {
            draft.title("headline", block);
            rest.next();
            break;
        } else if is_copyright(block) {
            draft.rights("copyright", block);
        }
        head += 1;
        rest.next();
    }
    let mut body: Vec<&str> = Vec::new();
    for block in rest {
        match field(block) {
            Some((name, value)) => set_field(&mut draft, name, value, &mut body),
            None if is_copyright(block) => draft.rights("copyright", block),
            None => body.push(block),
        }
    }
    draft.body(body.join("\n\n"));
    draft
}

/// Sets the value of a field; texts are added to `body`.
fn set_field<'b>(draft: &mut Draft, name: &str, value: &'b str, body: &mut Vec<&'b str>) {
    match name {
        "BYLINE" | "AUTHOR" | "AUTEUR" | "AUTOR" => draft.byline(name, value),
        "DATELINE" => draft.dateline(name, value),
        // `FEATURES; Pg. 6`
        "SECTION" | "RUBRIQUE" | "RUBRIK" => {
            draft.section(value.split(';').next().unwrap_or_default());
        }
        "LANGUAGE" | "LANGUE" | "SPRACHE" => draft.language(name, value),
        "TITLE" | "HEADLINE" | "TITRE" => draft.title(name, value),
        "SUBJECT" | "PERSON" | "COMPANY" | "SUJET" | "PERSONNE" | "SOCIETE" | "SOCIÉTÉ" => {
            value.split(';').for_each(|word| draft.keyword(without_relevance(word)));
        }
        "URL" => draft.url(value),
        "ACC-NO" => draft.id(value),
        "HIGHLIGHT" | "BODY" | "ENCART" if !value.is_empty() => body.push(value),
        _ => {}
    }
}

/// A keyword without its relevance: `BRIDGES (90%)`.
fn without_relevance(word: &str) -> &str {
    let word = word.trim();
    let relevance = word.strip_suffix("%)").and_then(|word| word.rsplit_once('('));
    relevance.filter(|(_, share)| share.parse::<u8>().is_ok()).map_or(word, |(word, _)| word.trim())
}

/// The name and the value of the field in a block.
fn field(block: &str) -> Option<(&str, &str)> {
    let (name, value) = block.split_once(':')?;
    let name = name.trim();
    FIELDS.contains(&name).then(|| (name, value.trim()))
}

pub(super) fn is_copyright(block: &str) -> bool {
    let lower = block.to_lowercase();
    block.len() < 300
        && (lower.starts_with("copyright")
            || lower.starts_with('©')
            || lower.starts_with("copy ")
            || lower.starts_with("(c) "))
}

/// Blocks of lines, separated by empty lines; a field begins a new block.
fn blocks(lines: &[&str]) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in lines {
        let line = line.trim();
        if line.is_empty() {
            is_open = false;
            continue;
        }
        match blocks.last_mut().filter(|_| is_open && field(line).is_none()) {
            Some(block) => {
                block.push('\n');
                block.push_str(line);
            }
            None => blocks.push(line.to_owned()),
        }
        is_open = true;
    }
    blocks
}

#[cfg(test)]
mod tests {
    use crate::read;

    #[test]
    fn french_fields_are_read() {
        let text = "1 of 1 DOCUMENTS\n\nLe Relais\n\n3 mars 2014\n\nLe pont rouvre\n\nAUTEUR: Solange Picard\n\n\
            Le pont a rouvert.\n\nSUJET: PONTS (90%)\n\nLOCALISATION-GEO: FRANCE (55%)\n\nLANGUE: FRANÇAIS\n";
        let articles = read::parse(text.as_bytes(), "a.txt").unwrap();
        assert_eq!(articles[0].body, "Le pont a rouvert.");
        assert_eq!(articles[0].stated.bylines[0].text, "Solange Picard");
        assert_eq!(articles[0].keywords, ["PONTS"]);
    }

    #[test]
    fn wrapped_text_is_joined() {
        let text = "Source: Harbour Gazette\n\n    1 of 2 DOCUMENTS\n\n      Harbour Gazette\n\n     January 11, 2010 Monday\n\n\
            River rises\n\nBYLINE: Jane Doe\n\nSECTION: FEATURES; Pg. 6\n\nLENGTH: 9 words\n\nThe river rose on Monday after\n\
            a week of rain.\n\nIt fell.\n\nLOAD-DATE: January 11, 2010\n";
        let article = &read::parse(text.as_bytes(), "a.txt").unwrap()[0];
        assert_eq!(article.body, "The river rose on Monday after a week of rain.\n\nIt fell.");
        assert_eq!(article.section.as_deref(), Some("FEATURES"));
    }
}
