//! Tests of whole pages: metadata, main content, and a bound on the time for pathological pages.

use std::time::{Duration, Instant};

use super::*;

/// A page with a head and a text of three paragraphs.
fn page(head: &str, top: &str, bottom: &str) -> String {
    let paragraph = "The river rose by a metre on Monday, the harbour master said, and ferries stayed in port. ";
    let sentences = paragraph.repeat(2);
    let text = ["1", "2", "3"].map(|n| format!("<p>Paragraph {n}. {sentences}</p>")).concat();
    format!(
        "<!doctype html><html lang=en-GB><head>{head}</head><body><nav><a href=/>Home</a> <a href=/news>News</a></nav>\
         <main>{top}<div class=article-body>{text}</div></main>{bottom}</body></html>"
    )
}

fn read(head: &str, top: &str, bottom: &str) -> Article {
    article(&page(head, top, bottom), "a.html")
}

fn names(article: &Article) -> Vec<&str> {
    article.byline.iter().map(|byline| byline.name.as_str()).collect()
}

fn day(article: &Article) -> String {
    article.published.as_ref().map(|published| published.date.to_string()).unwrap_or_default()
}

#[test]
fn json_ld_states_all() {
    let data = r##"<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
        {"@type": "WebSite", "name": "Harbour Gazette"},
        {"@type": ["NewsArticle"], "headline": "River &amp; harbour", "author": [{"@id": "#jane"}, {"name": "John Roe"}],
         "datePublished": "2020-03-03T10:22:00+01:00", "articleSection": "City", "keywords": ["river", "rain"],
         "license": "https://creativecommons.org/licenses/by/4.0/", "inLanguage": "en", "publisher": {"name": "Harbour Gazette"}},
        {"@type": "Person", "@id": "#jane", "name": "Jane Doe"}]}</script>"##;
    let article = read(data, "<h1>River &amp; harbour</h1>", "");
    assert_eq!(article.title.as_deref(), Some("River & harbour"));
    assert_eq!(names(&article), ["Jane Doe", "John Roe"]);
    assert_eq!(day(&article), "2020-03-03");
    assert_eq!(
        article.published.and_then(|published| published.time).as_deref(),
        Some("10:22:00+01:00")
    );
    assert_eq!(article.section.as_deref(), Some("City"));
    assert_eq!(article.keywords, ["river", "rain"]);
    assert_eq!(article.license.map(|license| license.spdx).as_deref(), Some("CC-BY-4.0"));
    assert_eq!(article.language.as_deref(), Some("en"));
}

#[test]
fn the_day_is_that_of_the_papers_own_clock() {
    let data = r#"<script type="application/ld+json">{"@type": "NewsArticle", "headline": "River rises",
        "datePublished": "2020-03-04T04:30:59Z"}</script>"#;
    let shown = "<h1>River rises</h1><time datetime='2020-03-03 22:30:59'>March 3, 2020</time>";
    let published = read(data, shown, "").published.unwrap();
    assert_eq!(published.date.to_string(), "2020-03-03");
    assert_eq!(published.time.as_deref(), Some("22:30:59-06:00"));
    // Another moment is not this one on another clock.
    let other = "<h1>River rises</h1><time datetime='2020-03-03 21:10:00'>March 3, 2020</time>";
    assert_eq!(day(&read(data, other, "")), "2020-03-04");
}

#[test]
fn a_date_is_found_where_the_page_states_none() {
    let short = "<h1>River rises</h1><div class=posted-date> 03.03.20 </div>";
    assert_eq!(day(&read("", short, "")), "2020-03-03");
    let script = r#"<script type="application/json">{"id": 7, "publishedDate": "2020-03-03T10:22:00Z"}</script>"#;
    assert_eq!(day(&read("", "<h1>River rises</h1>", script)), "2020-03-03");
}

#[test]
fn meta_and_links_state_the_rest() {
    let head = "<title>River rises | Harbour Gazette</title><meta property=og:site_name content='Harbour Gazette'>\
        <meta name=author content='By Jane Doe'><meta property=article:published_time content=2020-03-03>\
        <link rel=canonical href=https://gazette.example/river><meta name=keywords content='river, rain'>";
    let article = read(head, "<h1><a href=/>Harbour Gazette</a></h1><h2>River rises</h2>", "");
    assert_eq!(article.title.as_deref(), Some("River rises"));
    assert_eq!(names(&article), ["Jane Doe"]);
    assert_eq!(day(&article), "2020-03-03");
    assert_eq!(article.url.as_deref(), Some("https://gazette.example/river"));
    assert_eq!(article.keywords, ["river", "rain"]);
    assert_eq!(article.language.as_deref(), Some("en"));
}

#[test]
fn the_slogan_of_a_site_is_no_headline() {
    let title = |head: &str, top: &str| read(head, top, "").title.unwrap_or_default();
    let head = "<title>River rises by a metre | Harbour Gazette</title>";
    let slogan = "<h1>Fresh from the quay since 1890</h1>";
    for headline in [
        "<h3>River rises by a metre</h3>",
        "<div class=t>River rises by a metre</div>",
        "<b>River rises by a metre</b><br>By Jane Doe",
    ] {
        assert_eq!(
            title(head, &format!("<p><a href=/>Gazette</a></p>{headline}")),
            "River rises by a metre"
        );
    }
    assert_eq!(
        title(head, &format!("{slogan}<h3>River rises by a metre</h3>")),
        "River rises by a metre"
    );
    let head = "<meta property=og:title content='River rises by a metre'>";
    assert_eq!(title(head, slogan), "River rises by a metre");
    // What stands behind the headline in the title is the site's, however long it is.
    let head = "<title>Quay - The morning paper of the harbour and all its people</title>";
    let shown = "<div>The morning paper of the harbour and all its people</div>";
    assert!(title(head, shown).starts_with("Quay"));
}

#[test]
fn what_is_shown_is_read_too() {
    let top = "<h1>River rises</h1><p class=byline>By <a rel=author href=/jane>Jane Doe</a></p><span class=post-date>3 March 2020</span>";
    let article = read("", top, "");
    assert_eq!(article.title.as_deref(), Some("River rises"));
    assert_eq!(names(&article), ["Jane Doe"]);
    assert_eq!(day(&article), "2020-03-03");
    let article = read("", "<h1>River rises</h1><div>Von Max Muster</div>", "");
    assert_eq!(names(&article), ["Max Muster"]);
}

#[test]
fn the_writer_goes_before_the_publisher() {
    let head = r#"<script type="application/ld+json">{"@type": "Article", "headline": "River rises", "author": {"name": "Gazette"},
        "publisher": {"name": "Gazette"}}</script><meta name=author content="Jane Doe">"#;
    assert_eq!(names(&read(head, "<h1>River rises</h1>", "")), ["Jane Doe"]);
    let head = head.replace("Jane Doe", "Gazette");
    assert_eq!(names(&read(&head, "<h1>River rises</h1>", "")), ["Gazette"]);
}

#[test]
fn the_text_is_without_its_surroundings() {
    let comment = "<p>I do not believe a word of this, and the ferries should have sailed. It is a scandal, really.</p>";
    let bottom = format!(
        "<div class=related><h3><a href=/x>More</a></h3><p>{}</p></div><section id=comments>{}</section><footer>© Gazette</footer>",
        "Another story altogether, with a sentence or two that are long enough to be taken for text. ",
        comment.repeat(30)
    );
    let article = read(
        "",
        "<h1>River rises</h1><figure><img><figcaption>The river.</figcaption></figure>",
        &bottom,
    );
    let lines: Vec<&str> = article.body.lines().collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].starts_with("Paragraph 1.") && lines[2].starts_with("Paragraph 3."));
}

#[test]
fn the_license_is_that_of_the_text() {
    let link = "<a rel=license href='https://creativecommons.org/licenses/by-sa/4.0/'>CC BY-SA</a>";
    let spdx =
        |bottom: &str| read("", "<h1>River</h1>", bottom).license.map(|license| license.spdx);
    assert_eq!(
        spdx(&format!("<footer>All content is under {link}</footer>")).as_deref(),
        Some("CC-BY-SA-4.0")
    );
    assert_eq!(spdx(&format!("<p>Photo: Jane Doe, {link}</p>")), None);
    assert_eq!(spdx(&format!("<figure><figcaption>{link}</figcaption></figure>")), None);
}

/// Guards against quadratic time.
#[test]
fn pathological_pages_are_read_in_time() {
    let many = 100_000;
    let pages = [
        "<div>".repeat(many),
        format!("{}text{}", "<div>".repeat(many), "</div>".repeat(many)),
        "<p><b>".repeat(many),
        "<a href=/x>y</a> ".repeat(many),
        "<table><tr><td>".repeat(many),
        "<span class='author meta date'>Jane Doe".repeat(many),
        "<h1>River rises</h1>".repeat(many),
        format!("<div class='{}'>x</div>", "author ".repeat(many)),
        format!("<meta name=author content='{}'>", "Jane Doe, ".repeat(many)),
        format!("<p{}>x", " id=1".repeat(many)),
        format!("<script type=application/ld+json>{}", "[".repeat(many)),
        format!("<script type=application/ld+json>{}", "{\"a\":\"\"b\",".repeat(many)),
        "<br>".repeat(many),
        "<a href=//creativecommons.org/licenses/by/4.0>x</a>".repeat(many),
        format!("<p>{}", "CC BY ".repeat(many)),
        format!("<h1>x</h1>{}", "<p>By Jane Doe</p>".repeat(many)),
        "<div class=article-body><p>It rose. ".repeat(many),
        format!(
            "<article><h1>x</h1>{}",
            "<div class=article-body><p>It rose.</p></div>".repeat(many)
        ),
        format!(
            "<h1>x</h1>{}",
            "<div class=author><h3><a href=/x>Jane Doe of the Quay</a></h3>".repeat(many)
        ),
        format!("<script>{}", "\"publishDate\":\"x\",".repeat(many)),
    ];
    for html in pages {
        let start = Instant::now();
        let _ = article(&html, "a.html");
        let took = start.elapsed();
        let head: String = html.chars().take(40).collect();
        assert!(took < Duration::from_secs(10), "{head} took {took:?}");
    }
}

proptest::proptest! {
    #[test]
    fn any_page_is_read(html in "(</?(p|div|b|a|h1|li|ul|td|tr|table|script|title|time|span|figure|nav|body|head|svg|br)( (class|rel|itemprop|href|id|hidden|datetime|content|type)=('[^']{0,12}'|[a-z/+]{0,12})){0,2}/?>|[A-Za-z ,.:ü中\n&;\"]{0,20}|By |2020-03-03|\\{\"author\":){0,40}") {
        let read = article(&html, "a.html");
        proptest::prop_assert_eq!(&read, &article(&html, "a.html"));
        proptest::prop_assert!(!read.body.contains("\n\n"));
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
        if let Some(text) = decode(&bytes) {
            let _ = article(&text, "a.html");
        }
    }
}
