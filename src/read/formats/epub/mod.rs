//! EPUB: books of articles, and magazines that download tools make. Each page in the order of reading is an article, read as a
//! web page; covers, tables of contents and pages of links are none. What a page does not state, the book does: its title as
//! the publication, its date, language and writer.

use rustc_hash::FxHashMap;

use super::format::RecordContext;
use super::html;
use crate::archive::charset;
use crate::archive::container::package::{self, Part};
use crate::read::draft::Draft;
use crate::read::limits::MAX_ARTICLES;
use crate::read::xml::{self, Element};

/// The articles of a book.
pub(super) fn drafts(context: &RecordContext<'_>, bytes: &[u8]) -> Vec<Draft> {
    let parts = package::parts(bytes);
    let Some(list) = parts.iter().find(|part| is_list(part)) else { return Vec::new() };
    let book = xml::parse(&text(list));
    let pages = pages(&book, list.name, &parts);
    let drafts = pages.into_iter().filter_map(|page| article(context, page, &book));
    drafts.take(MAX_ARTICLES).collect()
}

/// Whether a part lists the pages of the book, with its metadata.
fn is_list(part: &Part<'_>) -> bool {
    part.name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("opf"))
}

fn text(part: &Part<'_>) -> String {
    let claimed = charset::claimed_by_xml(part.bytes);
    charset::decode_as(part.bytes, claimed).unwrap_or_default()
}

/// The pages in the order of reading, without navigation and cover. `list` is the name of the part that lists them.
fn pages<'p>(book: &Element, list: &str, parts: &'p [Part<'p>]) -> Vec<&'p Part<'p>> {
    let folder = list.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut by_name: FxHashMap<String, &Part<'_>> =
        parts.iter().map(|part| (path("", part.name), part)).collect();
    for guide in book.find_all("reference") {
        let kind = guide.attribute("type").unwrap_or_default();
        if matches!(kind, "cover" | "toc" | "title-page" | "copyright-page") {
            by_name.remove(&path(folder, guide.attribute("href").unwrap_or_default()));
        }
    }
    let is_page = |item: &&Element| {
        let is_navigation =
            |properties: &str| properties.split_whitespace().any(|one| one == "nav");
        !item.attribute("properties").is_some_and(is_navigation)
    };
    let names: FxHashMap<&str, String> = book
        .find_all("item")
        .filter(is_page)
        .filter_map(|item| Some((item.attribute("id")?, path(folder, item.attribute("href")?))))
        .collect();
    let order = book.find_all("itemref").filter(|one| one.attribute("linear") != Some("no"));
    let order = order.filter_map(|one| names.get(one.attribute("idref")?));
    order.filter_map(|name| by_name.remove(name)).collect()
}

/// The name of the part that a reference from within a folder leads to.
fn path(folder: &str, reference: &str) -> String {
    let reference = reference.split('#').next().unwrap_or_default();
    let reference = without_escapes(reference);
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in reference.split('/') {
        match step {
            "" | "." => {}
            ".." => _ = steps.pop(),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// A reference with its bytes in place of their codes: `a%20b`.
fn without_escapes(reference: &str) -> String {
    let mut parts = reference.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let code = part.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok());
        match code {
            Some(byte) => bytes.push(byte),
            None => bytes.push(b'%'),
        }
        bytes.extend_from_slice(&part.as_bytes()[if code.is_some() { 2 } else { 0 }..]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The article of a page; `None` if it is none. Its metadata are read as those of a web page; its text is all of it, for
/// there is nothing beside it.
fn article(context: &RecordContext<'_>, page: &Part<'_>, book: &Element) -> Option<Draft> {
    let html = text(page);
    let tree = xml::parse(&html);
    let body = tree.find("body").filter(|body| !is_front_matter(body))?;
    let mut draft = html::draft(&html, context.key);
    draft.article.body = body.paragraphs();
    drop_tool_lines(&mut draft);
    let headings = body.descendants().filter(|one| matches!(one.name.as_str(), "h1" | "h2" | "h3"));
    if let Some(heading) = headings.map(Element::line).find(|heading| !heading.is_empty()) {
        let text =
            draft.article.body.strip_prefix(&*heading).map(|text| text.trim_start().to_owned());
        draft.article.body = text.unwrap_or(draft.article.body);
        draft.article.title = Some(heading);
        draft.article.title_field = Some("heading".to_owned());
    }
    draft.article.title_span = None;
    if !has_sentence(&draft.article.body) {
        return None;
    }
    draft.id(page.name);
    complete(&mut draft, book);
    Some(draft)
}

/// Whether a page of that body is a cover, a table of contents or a page of links.
fn is_front_matter(body: &Element) -> bool {
    const KINDS: &[&str] =
        &["cover", "titlepage", "toc", "landmarks", "copyright-page", "index", "dedication"];
    let is_kind = |element: &Element| {
        let is_section = matches!(element.name.as_str(), "body" | "section" | "nav");
        let kinds = element.attribute("type").unwrap_or_default();
        is_section && kinds.split_whitespace().any(|kind| KINDS.contains(&kind))
    };
    let opening = [body].into_iter().chain(body.elements().take(2));
    let length = |element: &Element| element.line().len();
    let linked: usize = body.outermost("a").into_iter().map(length).sum();
    opening.into_iter().any(is_kind) || linked * 5 > length(body) * 3
}

/// Drops the lines of download tools from a text: bars of links, and the address that a page was fetched from.
fn drop_tool_lines(draft: &mut Draft) {
    const FETCHED: &[&str] = &["This article was downloaded by ", "Downloaded by "];
    let is_bar = |line: &str| line.starts_with('|') && line.ends_with('|');
    let is_fetched =
        |line: &str| FETCHED.iter().any(|words| line.starts_with(words)) && line.contains("http");
    let body = std::mem::take(&mut draft.article.body);
    let (tool, lines): (Vec<&str>, Vec<&str>) =
        body.split("\n\n").partition(|line| is_bar(line.trim()) || is_fetched(line.trim()));
    let address =
        tool.iter().find_map(|line| line.split_whitespace().find(|word| word.starts_with("http")));
    draft.url(address.unwrap_or_default());
    draft.article.body = lines.join("\n\n");
}

/// Whether a text is more than a title and a name.
fn has_sentence(text: &str) -> bool {
    const WORDS: usize = 12;
    text.split_whitespace().nth(WORDS).is_some() || text.trim_end().ends_with(['.', '!', '?', '。'])
}

/// Adds what the metadata of the book state.
fn complete(draft: &mut Draft, book: &Element) {
    let Some(metadata) = book.find("metadata") else { return };
    let line = |name: &str| metadata.find(name).map(Element::line).unwrap_or_default();
    draft.publisher("dc:title", &line("title"));
    draft.publisher("dc:publisher", &line("publisher"));
    draft.date("dc:date", &line("date"));
    draft.language("dc:language", &line("language"));
    draft.rights("dc:rights", &line("rights"));
    let creators: Vec<&Element> = metadata.find_all("creator").collect();
    if let [creator] = creators[..]
        && draft.article.byline.is_empty()
        && creator.attribute("role").is_none_or(|role| role == "aut")
        && !creator.line().eq_ignore_ascii_case("calibre")
    {
        draft.byline("dc:creator", &creator.line());
    }
}

#[cfg(test)]
mod tests;
