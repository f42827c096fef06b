//! Tests of credits on whole pages.

use crate::read::html::article;

const TEXT: &str = "<p>The weir at Sandholt gave way on Tuesday night, and the lower meadows were under water by the morning.</p>\
    <p>Forty cows were brought to the high road, the reeve said. The mill has no power, and the school stays shut until Friday.</p>";

fn names(head: &str, above: &str, below: &str) -> Vec<String> {
    let page = format!(
        "<html><head><title>Weir gives way - Sandholt Echo</title>{head}</head><body><nav><a href=/>Home</a></nav>\
         <article><h1>Weir gives way</h1>{above}{TEXT}{below}</article></body></html>"
    );
    article(&page, "a.html").byline.into_iter().map(|byline| byline.name).collect()
}

fn check_above(cases: &[(&str, &[&str])]) {
    for (above, expected) in cases {
        assert_eq!(names("", above, ""), *expected, "{above}");
    }
}

#[test]
fn credits_are_spaced_as_they_are_laid_out() {
    check_above(&[
        ("<div class=byline><span>By</span><a href=/h>Hedda Lund</a></div>", &["Hedda Lund"]),
        ("<p class=author><b>Hedda Lund</b><span>Deputy Editor</span></p>", &["Hedda Lund"]),
        (
            "<div class=authors><a href=/h>Hedda Lund</a><a href=/j>Jory Penn</a></div>",
            &["Hedda Lund", "Jory Penn"],
        ),
        (
            "<ul class=authors><li>Hedda Lund</li><li>Jory Penn</li></ul>",
            &["Hedda Lund", "Jory Penn"],
        ),
        (
            "<div class=author><a href=/h>Hedda Lund</a><br>River Reporter<br>Sandholt</div>",
            &["Hedda Lund"],
        ),
    ]);
}

#[test]
fn dates_and_words_of_the_page_are_no_names() {
    check_above(&[
        ("<p class=byline>By Hedda Lund Sept. 9, 2014</p>", &["Hedda Lund"]),
        ("<p class=byline>Updated 9 September 2014 by Hedda Lund</p>", &["Hedda Lund"]),
        (
            "<p class=byline>Hedda Lund · 09.09.2014, 10:20 Uhr · Lesezeit: 4 Min.</p>",
            &["Hedda Lund"],
        ),
        (
            "<p class=byline><a href=/h>Hedda Lund</a> <a href=#>View profile</a></p>",
            &["Hedda Lund"],
        ),
        ("<p class=byline><a href=/h>Hedda Lund</a>, <a href=/d>Rivers</a></p>", &["Hedda Lund"]),
        ("<a rel=author href=/h>More posts by Hedda Lund</a>", &["Hedda Lund"]),
        ("<div class=author>5 min read</div><div class=author>Hedda Lund</div>", &["Hedda Lund"]),
        ("<p class=author>Follow us</p>", &[]),
    ]);
}

#[test]
fn many_conventions_mark_a_credit() {
    check_above(&[
        ("<a class='p-author h-card' href=/>Hedda Lund</a>", &["Hedda Lund"]),
        (
            "<p class=vcard><span class=fn>Hedda Lund</span>, <span>Editor</span></p>",
            &["Hedda Lund"],
        ),
        ("<span class=c-byline__author>Hedda Lund</span>", &["Hedda Lund"]),
        ("<div class=author-card__name>Hedda Lund</div>", &["Hedda Lund"]),
        ("<span class=ssrc-TextContributorName>By Hedda Lund</span>", &["Hedda Lund"]),
        ("<div data-author='Hedda Lund'></div>", &["Hedda Lund"]),
        (
            "<span itemprop=author><meta itemprop=name content='Hedda Lund'>H. L.</span>",
            &["Hedda Lund"],
        ),
        ("<div class=name><a href=/people/hedda-lund>Hedda Lund</a></div>", &["Hedda Lund"]),
        ("<div class=comment-author>Jory Penn</div>", &[]),
        ("<figure><figcaption class=author>Jory Penn</figcaption></figure>", &["Jory Penn"]),
    ]);
}

#[test]
fn an_unmarked_name_needs_a_role_a_date_or_a_label_beside_it() {
    check_above(&[
        ("<div>Hedda Lund</div><div>River Correspondent</div>", &["Hedda Lund"]),
        ("<div>Hedda Lund</div><div>9 September 2014</div>", &["Hedda Lund"]),
        ("<div>9 September 2014 | Hedda Lund</div>", &["Hedda Lund"]),
        ("<div>Door Hedda Lund</div>", &["Hedda Lund"]),
        ("<font size=1>By Hedda Lund<br>Tuesday, September 9, 2014</font>", &["Hedda Lund"]),
        ("<div>Hedda Lund</div>", &[]),
        ("<div>Local News</div><div>9 September 2014</div>", &[]),
        ("<p>By Friday the water had gone.</p>", &[]),
    ]);
}

#[test]
fn a_writer_signs_at_the_end() {
    for below in [
        "<p><b>Hedda Lund</b></p>",
        "<p style='text-align: right'>Hedda Lund</p>",
        "<p>(Hedda Lund)</p>",
        "<p>Text: Hedda Lund</p>",
        "<p>This story was written by Hedda Lund.</p>",
        "<div class=author-box><h4>About the author</h4><h3>Hedda Lund</h3><p>She has lived by the river since 1990.</p></div>",
    ] {
        assert_eq!(names("", "", below), ["Hedda Lund"], "{below}");
    }
    for below in [
        "<p><b>Read More</b></p>",
        "<p>Hedda Lund</p>",
        "<p><b>Flood Warning</b></p><p>The reeve said no.</p>",
    ] {
        assert!(names("", "", below).is_empty(), "{below}");
    }
}

#[test]
fn other_articles_and_comments_credit_nobody_here() {
    let card = "<div class=item><h3><a href=/2>Mill wheel is sold to a museum abroad</a></h3><span class=author>Jory Penn</span></div>";
    for below in [
        "<div class=related-posts><span class=byline>By Jory Penn</span></div>".to_owned(),
        "<section class=comments><b class=author>Jory Penn</b></section>".to_owned(),
        "<div class=cmts><b class=author>Jory Penn</b></div>".to_owned(),
        card.repeat(3),
    ] {
        assert!(names("", "", &below).is_empty(), "{below}");
        assert_eq!(
            names("", "<p class=byline>By Hedda Lund</p>", &below),
            ["Hedda Lund"],
            "{below}"
        );
    }
}

#[test]
fn metadata_name_writers_in_many_ways() {
    let json = |author: &str| {
        format!(
            "<script type=application/ld+json>{{\"@type\": \"NewsArticle\", \"headline\": \"Weir gives way\", \"author\": {author}}}</script>"
        )
    };
    for head in [
        "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Hedda Lund'>".to_owned(),
        "<meta name=twitter:label1 content='Écrit par'><meta name=twitter:data1 content='Hedda Lund'>".to_owned(),
        "<meta name=author content='Hedda Lund, Sandholt, Estmark'>".to_owned(),
        "<meta name=author content='Hedda Lund - http://echo.example'>".to_owned(),
        "<meta name=author content='Hedda Lund (hedda@echo.example)'>".to_owned(),
        "<meta property=article:author content=https://echo.example/hedda><meta name=byl content='By Hedda Lund'>".to_owned(),
        json("{\"givenName\": \"Hedda\", \"familyName\": \"Lund\"}"),
    ] {
        assert_eq!(names(&head, "", ""), ["Hedda Lund"], "{head}");
    }
    let joined = json("{\"name\": \"Hedda Lund Jory Penn\"}")
        + "<meta name=author content='Hedda Lund; Jory Penn'>";
    assert_eq!(names(&joined, "", ""), ["Hedda Lund", "Jory Penn"]);
    let label = "<meta name=twitter:label1 content='Reading time'><meta name=twitter:data1 content='Two Minutes'>";
    assert!(names(label, "", "").is_empty());
}
