//! DOCX: the text of Word's XML as it is printed. Deleted and hidden text, instructions of fields and second versions of a
//! drawing for older programs are left out.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;

use super::composer::Composer;
use super::{Document, Role};
use crate::archive::charset;
use crate::archive::container::package::{self, Part};
use crate::read::references::{self, Place};
use crate::read::xml;

/// The document whose parts are in `bytes`.
pub(super) fn document(bytes: &[u8]) -> Document {
    let mut composer = Composer::default();
    let mut styles = FxHashMap::default();
    for part in package::parts(bytes) {
        match part.name {
            "docProps/core.xml" => read_properties(&text(part), composer.properties()),
            "word/styles.xml" => styles = roles(&text(part)),
            _ => read_text(&text(part), &styles, &mut composer),
        }
    }
    composer.finish()
}

fn text(part: Part<'_>) -> String {
    let claimed = charset::claimed_by_xml(part.bytes);
    charset::decode_as(part.bytes, claimed).unwrap_or_default()
}

/// Reads the core properties.
fn read_properties(xml: &str, document: &mut Document) {
    let tree = xml::parse(xml);
    let line = |name: &str| {
        let value = tree.find(name).map(xml::Element::line).unwrap_or_default();
        Some(value).filter(|value| !value.is_empty())
    };
    document.title = line("title");
    document.author = line("creator");
    document.created = line("created");
    document.keywords = line("keywords");
}

/// The roles of the styles that have one, by their ids. Names of styles are English in every language of Word.
fn roles(xml: &str) -> FxHashMap<String, Role> {
    let tree = xml::parse(xml);
    let mut roles = FxHashMap::default();
    for style in tree.find_all("style") {
        let name = style.at("name").and_then(|name| name.attribute("val")).unwrap_or_default();
        if let (Some(id), Some(role)) = (style.attribute("styleId"), role(name)) {
            roles.insert(id.to_owned(), role);
        }
    }
    roles
}

/// The role of a style, by its name or by an id that is like one.
pub(super) fn role(name: &str) -> Option<Role> {
    match name.trim().to_ascii_lowercase().as_str() {
        "title" | "headline" => Some(Role::Title),
        "heading 1" | "heading1" => Some(Role::Heading),
        _ => None,
    }
}

/// The state of the reading of a text.
struct TextReader<'c> {
    composer: &'c mut Composer,
    styles: &'c FxHashMap<String, Role>,
    role: Role,
    /// How many elements are open, from the one on that hides its content.
    hidden: usize,
    is_in_text: bool,
    /// Whether the run that is open is not printed.
    is_run_hidden: bool,
}

/// Reads the paragraphs of a text, up to the first error of syntax.
fn read_text(xml: &str, styles: &FxHashMap<String, Role>, composer: &mut Composer) {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let (hidden, role) = (0, Role::Text);
    let mut state =
        TextReader { composer, styles, role, hidden, is_in_text: false, is_run_hidden: false };
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => state.start(&start),
            Ok(Event::Empty(start)) => {
                state.start(&start);
                state.end(start.local_name().as_ref());
            }
            Ok(Event::End(end)) => state.end(end.local_name().as_ref()),
            Ok(Event::Text(text)) => state.text(&references::decode(&text, Place::Attribute)),
            Ok(Event::CData(text)) => state.text(&text),
            Ok(Event::GeneralRef(name)) => match resolve_xml_entity(&name) {
                Some(character) => state.text(character),
                None => state.text(&reference(&name)),
            },
            Ok(Event::Eof) | Err(_) => return,
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
        }
    }
}

/// The character of a numeric reference.
fn reference(name: &str) -> String {
    references::decode(&format!("&{name};"), Place::Attribute).into_owned()
}

impl TextReader<'_> {
    fn start(&mut self, start: &BytesStart<'_>) {
        let name = start.local_name();
        let name: &str = name.as_ref();
        if self.hidden > 0 || is_hidden(name) {
            self.hidden += 1;
            return;
        }
        match name {
            // A paragraph in a drawing parts the one around it.
            "p" => {
                self.end_paragraph();
            }
            "pStyle" => self.role = self.role_of(&value(start)),
            "t" => self.is_in_text = true,
            "tab" if !self.is_run_hidden => self.composer.push("\t"),
            "br" | "cr" => self.composer.end_line(),
            "noBreakHyphen" => self.composer.push("-"),
            "vanish" => self.is_run_hidden = !matches!(&*value(start), "0" | "false"),
            "r" => self.is_run_hidden = false,
            "tr" => {
                self.end_paragraph();
                self.composer.begin_row();
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.hidden > 0 {
            self.hidden -= 1;
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "t" => self.is_in_text = false,
            "tc" => self.composer.end_cell(),
            "tr" => self.composer.end_row(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.hidden == 0 && self.is_in_text && !self.is_run_hidden {
            self.composer.push(text);
        }
    }

    fn end_paragraph(&mut self) {
        self.composer.end_paragraph(std::mem::take(&mut self.role));
        self.is_run_hidden = false;
    }

    fn role_of(&self, style: &str) -> Role {
        self.styles.get(style).copied().or_else(|| role(style)).unwrap_or_default()
    }
}

/// Whether the content of an element is not printed.
fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "moveFrom"
            | "Fallback"
            | "instrText"
            | "delText"
            | "rt"
            | "sectPr"
            | "tabs"
            | "rPrChange"
            | "pPrChange"
    )
}

/// The value of the attribute `w:val`.
fn value<'s>(start: &'s BytesStart<'_>) -> Cow<'s, str> {
    let mut attributes = start.html_attributes();
    let value = attributes.with_checks(false).flatten().find(|one| {
        let name = one.key.local_name();
        let name: &str = name.as_ref();
        name == "val"
    });
    value.map_or(Cow::Borrowed(""), |value| Cow::Owned(value.value.to_string()))
}
