//! Books and magazines as their makers and download tools write them.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::read;
use crate::report::Reason;

#[test]
fn references_lead_to_parts() {
    assert_eq!(path("OEBPS", "text/a%20b.xhtml#top"), "OEBPS/text/a b.xhtml");
    assert_eq!(path("OEBPS/text", "../b.xhtml"), "OEBPS/b.xhtml");
    assert_eq!(path("", "../../b%zz%"), "b%zz%");
    assert_eq!(path("a", "b%e2%82%ac.xhtml"), "a/b€.xhtml");
}

#[test]
fn pages_of_links_are_no_articles() {
    let page = |body: &str| {
        xml::parse(&format!("<body>{body}</body>")).find("body").cloned().unwrap_or_default()
    };
    assert!(is_front_matter(&page("<ul><li><a href='a'>River rises</a></li></ul>")));
    assert!(is_front_matter(&page("<section epub:type='toc'><p>River rises.</p></section>")));
    assert!(!is_front_matter(&page(
        "<h1>River rises</h1><p>It rose, <a href='b'>he</a> said.</p>"
    )));
}

/// A book whose pages are in a folder.
fn book(pages: &[(&str, &str)], metadata: &str, spine: &str) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let names = pages.iter().map(|(name, _)| *name).chain(["nav.xhtml"]);
    let items: Vec<String> = names
        .map(|name| {
            let properties = if name == "nav.xhtml" { " properties='nav'" } else { "" };
            format!("<item id='{name}' href='{}'{properties}/>", name.replace(' ', "%20"))
        })
        .collect();
    let items = items.concat();
    let list = format!(
        "<package><metadata>{metadata}</metadata><manifest>{items}</manifest>{spine}</package>"
    );
    let page =
        |body: &str| format!("<html><head><title>Orrin</title></head><body>{body}</body></html>");
    let pages = pages.iter().map(|(name, body)| (format!("OEBPS/{name}"), page(body)));
    let front = [
        ("mimetype".to_owned(), "application/epub+zip".to_owned()),
        ("META-INF/container.xml".to_owned(), "<container/>".to_owned()),
        ("OEBPS/content.opf".to_owned(), list),
        ("OEBPS/nav.xhtml".to_owned(), page("<nav><a href='a.xhtml'>Gates fail</a></nav>")),
    ];
    for (name, content) in front.into_iter().chain(pages) {
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(content.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A list of pages in the order of reading.
fn spine(names: &[&str]) -> String {
    let one = |name: &&str| format!("<itemref idref='{name}'/>");
    format!("<spine>{}</spine>", names.iter().map(one).collect::<Vec<_>>().concat())
}

const GATES: &str = "<h1>Gates fail</h1><p>By Una Kerr</p><p>Two gates at Orrin Basin gave way on Sunday, the keeper said, \
    and the water ran out.</p><p>No one was hurt, and the boats lay on the ground until noon.</p>";
const REOPENED: &str = "<section><h2>Basin reopens</h2><p>The basin reopened on Saturday, and boats came in at noon.</p>\
    <p>The keeper rang the bell, as is the custom when water is let in.</p></section>";

#[test]
fn pages_are_articles_in_the_order_of_reading() {
    let pages = [
        ("b.xhtml", REOPENED),
        ("a 1.xhtml", GATES),
        ("cover.xhtml", "<img src='c.jpg'/>"),
        ("title.xhtml", "<h1>The Orrin Mail</h1><p>Una Kerr</p>"),
        (
            "list.xhtml",
            "<ul><li><a href='a.xhtml'>Gates fail</a></li><li><a href='b.xhtml'>Basin reopens</a></li></ul>",
        ),
    ];
    let metadata = "<dc:title>The Orrin Mail [Sun, 3 Mar 2019]</dc:title><dc:creator>calibre</dc:creator>\
        <dc:language>en-GB</dc:language><dc:date>2019-03-03T05:00:00+00:00</dc:date>";
    let order = [
        "cover.xhtml",
        "nav.xhtml",
        "title.xhtml",
        "list.xhtml",
        "a 1.xhtml",
        "b.xhtml",
        "a 1.xhtml",
        "lost",
    ];
    let articles = read::parse(&book(&pages, metadata, &spine(&order)), "a.epub").unwrap();
    let titles: Vec<_> = articles.iter().map(|article| article.title.as_deref()).collect();
    assert_eq!(titles, [Some("Gates fail"), Some("Basin reopens")]);
    assert_eq!(articles[0].id, "a.epub#OEBPS/a_1.xhtml");
    assert_eq!(articles[1].published.as_ref().unwrap().date.to_string(), "2019-03-03");
    assert_eq!(articles[1].language.as_deref(), Some("en"));
    assert_eq!(articles[1].stated.publishers[0].text, "The Orrin Mail [Sun, 3 Mar 2019]");
    assert!(articles[1].stated.bylines.is_empty());
    assert!(articles[0].body.starts_with("By Una Kerr\n\nTwo gates"), "{}", articles[0].body);
    assert!(articles[1].body.starts_with("The basin reopened on Saturday"), "{}", articles[1].body);
}

#[test]
fn the_writer_of_a_book_wrote_its_pages_and_tools_wrote_none() {
    let fetched = format!(
        "<div>| <a href='x'>Next</a> | <a href='y'>Main Menu</a> |</div>{REOPENED}\
         <div>This article was downloaded by <b>calibre</b> from <a href='https://orrin.example/b'>https://orrin.example/b</a></div>"
    );
    let metadata = "<dc:title>Gates</dc:title><dc:creator opf:role='aut'>Una Kerr</dc:creator>";
    let article =
        &read::parse(&book(&[("b.xhtml", &fetched)], metadata, &spine(&["b.xhtml"])), "a.epub")
            .unwrap()[0];
    assert_eq!(article.stated.bylines[0].text, "Una Kerr");
    assert_eq!(article.url.as_deref(), Some("https://orrin.example/b"));
    assert!(
        !article.body.contains("calibre") && !article.body.contains("Main Menu"),
        "{}",
        article.body
    );
}

#[test]
fn books_without_pages_give_no_article() {
    for bytes in [book(&[], "", ""), book(&[("a.xhtml", GATES)], "", &spine(&["b.xhtml"]))] {
        assert_eq!(read::parse(&bytes, "a.epub"), Err(Reason::NoArticle));
    }
}
