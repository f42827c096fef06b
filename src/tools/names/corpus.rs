//! Reads training data of the names tagger: articles with the spans of their names, annotated by hand (gold) or by
//! another tagger (silver). Tokenised corpora become text and byte spans, so that training sees what tagging will.

use std::fs;
use std::io;
use std::path::Path;

use serde::Deserialize;

use crate::article::Span;
use crate::extract::names::Kind;

/// A text with its names.
#[derive(Clone, Debug)]
pub struct Document {
    /// `conll2003-train`, `enwn`, …
    pub corpus: String,
    /// The text.
    pub body: String,
    /// Names in order, byte spans.
    pub names: Vec<(Span, Kind)>,
}

/// The sentences of an article as tokens with IOB2 tags, as in the files of `training/`.
type TaggedArticle = Vec<Vec<(String, String)>>;

/// Most bytes between tokens. A token that is not found so near counts as missing from the text.
const MAX_GAP: usize = 120;

/// All hand-annotated sets in the folder `gold`.
pub fn gold(gold: &Path) -> io::Result<Vec<Document>> {
    let training = gold.join("training");
    let people = people(&gold.join("people"))?;
    let mut documents = Vec::new();
    for (set, prefix) in [
        ("conll2003-train", "conll2003/train-"),
        ("conll2003-testa", "conll2003/testa-"),
        ("enwn", "enwn/"),
    ] {
        let file = if set == "enwn" { "enwn-dev.tsv".to_owned() } else { format!("{set}.tsv") };
        let tagged = tagged_articles(&fs::read_to_string(training.join(file))?);
        let rows = people.iter().filter(|row| row.path.starts_with(prefix));
        for (article, row) in tagged.iter().zip(rows) {
            let body = fs::read_to_string(gold.join("people/archive").join(&row.path))?;
            documents.push(aligned(set, body, article, row));
        }
    }
    for set in ["wikigold", "wnut17", "uner-ewt"] {
        let tagged = tagged_articles(&fs::read_to_string(training.join(format!("{set}.tsv")))?);
        documents.extend(tagged.iter().map(|article| detokenised(set, article)));
    }
    Ok(documents)
}

/// The silver articles of a JSON Lines file: `{"corpus", "text", "spans": [[start, end, label]]}`, with byte offsets and
/// the labels of `OntoNotes`.
pub fn silver(file: &Path) -> io::Result<Vec<Document>> {
    #[derive(Deserialize)]
    struct Row {
        corpus: String,
        text: String,
        spans: Vec<(usize, usize, String)>,
    }
    let mut documents = Vec::new();
    for line in fs::read_to_string(file)?.lines() {
        let row: Row = serde_json::from_str(line)?;
        let names = row
            .spans
            .iter()
            .filter_map(|(start, end, label)| trimmed(&row.text, *start, *end, kind(label)?))
            .collect();
        documents.push(Document {
            corpus: format!("silver-{}", row.corpus),
            body: row.text,
            names,
        });
    }
    Ok(documents)
}

/// The name without a leading article, a possessive ending, and what follows a line break.
fn trimmed(text: &str, start: usize, end: usize, kind: Kind) -> Option<(Span, Kind)> {
    let name = text.get(start..end)?;
    let inner = name.trim();
    let inner =
        ["the ", "The ", "a ", "an "].iter().find_map(|a| inner.strip_prefix(a)).unwrap_or(inner);
    let inner = ["'s", "’s", "'", "’"].iter().find_map(|s| inner.strip_suffix(s)).unwrap_or(inner);
    let inner = inner.split('\n').next().unwrap_or(inner).trim();
    let start = start + name.find(inner)?;
    (!inner.is_empty()).then(|| (Span::new(start, start + inner.len()), kind))
}

fn kind(label: &str) -> Option<Kind> {
    match label {
        "PER" | "PERSON" => Some(Kind::Person),
        "ORG" | "corporation" | "group" => Some(Kind::Organisation),
        "LOC" | "GPE" | "FAC" | "location" | "Facility" => Some(Kind::Place),
        "MISC" | "Misc" | "NORP" | "EVENT" | "WORK_OF_ART" | "LAW" | "PRODUCT" | "Product"
        | "creative-work" | "product" => Some(Kind::Other),
        _ => None,
    }
}

/// A line of `people/gold.jsonl`.
#[derive(Deserialize)]
struct PeopleRow {
    path: String,
    people: Vec<PersonSpan>,
}

/// Offsets in code points.
#[derive(Deserialize)]
struct PersonSpan {
    start: usize,
    end: usize,
}

fn people(folder: &Path) -> io::Result<Vec<PeopleRow>> {
    let rows = fs::read_to_string(folder.join("gold.jsonl"))?;
    rows.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn tagged_articles(file: &str) -> Vec<TaggedArticle> {
    let mut articles: Vec<TaggedArticle> = vec![Vec::new()];
    let mut sentence = Vec::new();
    for line in file.lines().chain([""]) {
        match line.split_once('\t') {
            Some(("-DOCSTART-", _)) => articles.push(Vec::new()),
            Some((token, tag)) => sentence.push((token.to_owned(), tag.to_owned())),
            None if !sentence.is_empty() => {
                if let Some(article) = articles.last_mut() {
                    article.push(std::mem::take(&mut sentence));
                }
            }
            None => {}
        }
    }
    articles.retain(|article| !article.is_empty());
    articles
}

/// The article as printed, with its tagged tokens found in the text; the persons are those of `people`.
fn aligned(set: &str, body: String, article: &TaggedArticle, people: &PeopleRow) -> Document {
    let mut names = Vec::new();
    let mut at = 0;
    let mut open: Option<(Span, Kind)> = None;
    for (token, tag) in article.iter().flatten() {
        let window = body.len().min(at + token.len() + MAX_GAP);
        let window =
            (window..=body.len()).find(|&i| body.is_char_boundary(i)).unwrap_or(body.len());
        let Some(found) = body[at..window].find(token.as_str()) else { continue };
        let span = Span::new(at + found, at + found + token.len());
        at = span.end as usize;
        extend(&mut names, &mut open, span, tag);
    }
    names.extend(open);
    names.retain(|&(_, kind)| kind != Kind::Person);
    let offsets: Vec<usize> = body.char_indices().map(|(i, _)| i).chain([body.len()]).collect();
    let spans =
        people.people.iter().map(|p| (Span::new(offsets[p.start], offsets[p.end]), Kind::Person));
    let persons: Vec<_> = spans.collect();
    names.retain(|&(span, _)| !persons.iter().any(|&(person, _)| person.overlaps(span)));
    names.extend(persons);
    names.sort();
    Document { corpus: set.to_owned(), body, names }
}

/// An article whose text is rebuilt from its tokens, a line a sentence.
fn detokenised(set: &str, article: &TaggedArticle) -> Document {
    /// Tokens without a blank before them.
    const CLOSING: &[&str] =
        &[".", ",", "?", "!", ":", ";", ")", "]", "%", "'s", "’s", "n't", "''", "'"];
    let (mut body, mut names) = (String::new(), Vec::new());
    for sentence in article {
        let mut open = None;
        let mut opened = true;
        for (token, tag) in sentence {
            if !opened && !CLOSING.contains(&token.as_str()) {
                body.push(' ');
            }
            let start = body.len();
            body.push_str(token);
            extend(&mut names, &mut open, Span::new(start, body.len()), tag);
            opened = matches!(token.as_str(), "(" | "[" | "``" | "$" | "#");
        }
        names.extend(open);
        body.push('\n');
    }
    Document { corpus: set.to_owned(), body, names }
}

/// Adds the next token of a tagged sentence to the open name, closes that, or opens another.
fn extend(names: &mut Vec<(Span, Kind)>, open: &mut Option<(Span, Kind)>, span: Span, tag: &str) {
    let (position, label) = tag.split_once('-').unwrap_or(("O", ""));
    match (position, kind(label), open.as_mut()) {
        ("I", Some(kind), Some(name)) if name.1 == kind => name.0.end = span.end,
        (_, Some(kind), _) => names.extend(open.replace((span, kind))),
        (_, None, _) => names.extend(open.take()),
    }
}
