//! Tests of dates on whole pages.

use crate::read::html::article;

const TEXT: &str = "<p>The weir at Sandholt gave way on Tuesday night, and the lower meadows were under water by the morning.</p>\
    <p>Forty cows were brought to the high road, the reeve said. The mill has no power, and the school stays shut until Friday.</p>";

fn day_of(html: &str) -> String {
    article(html, "a.html").published.map_or(String::new(), |published| published.date.to_string())
}

fn day(language: &str, head: &str, above: &str, below: &str) -> String {
    day_of(&format!(
        "<html lang={language}><head><title>Weir gives way</title>{head}</head><body>\
         <article><h1>Weir gives way</h1>{above}{TEXT}{below}</article></body></html>"
    ))
}

#[test]
fn class_names_are_read_word_by_word() {
    for above in [
        "<span class=articleMetaDate>09.09.2014</span>",
        "<span class=post__date-time>9 September 2014, 10:20</span>",
        "<span class=pubDateTime>2014-09-09 10:20</span>",
        "<p class=newsdatum>[<a href=/x>Dienstag, 9. September 2014</a>]</p>",
        "<div class=date><b>Sep</b><b>9</b><b>2014</b></div>",
        "<abbr class=published title='2014-09-09T10:20:00Z'>last week</abbr>",
        "<span class=timeago data-timestamp=1410258000>ten years ago</span>",
        "<time>9 September 2014</time>",
        "<time datetime=''>9 September 2014</time>",
    ] {
        assert_eq!(day("en", "", above, ""), "2014-09-09", "{above}");
    }
    for above in [
        "<p class=event-date>9 September 2024</p>",
        "<p>The weir was built on 9 September 1914.</p>",
    ] {
        assert_eq!(day("en", "", above, ""), "", "{above}");
    }
}

#[test]
fn two_digits_are_a_year_and_the_language_orders_figures() {
    for (language, above, expected) in [
        ("de", "<span class=date>9.9.14</span>", "2014-09-09"),
        ("de", "<div class=date> Fluss, 09.09.14 </div>", "2014-09-09"),
        ("en", "<span class=date>09/14/14</span>", "2014-09-14"),
        ("en-US", "<span class=date>03/09/14</span>", "2014-03-09"),
        ("en-US", "<p>3/9/2014 10:20 AM</p>", "2014-03-09"),
        ("en-GB", "<span class=date>03/09/14</span>", "2014-09-03"),
        ("fr", "<p>Publié le 03/09/2014</p>", "2014-09-03"),
    ] {
        assert_eq!(day(language, "", above, ""), expected, "{language} {above}");
    }
}

#[test]
fn without_an_h1_the_titled_element_is_the_headline() {
    for headline in [
        "<h2>Weir gives way</h2>",
        "<div class=t>Weir gives way</div>",
        "<b>Weir gives way</b><br>",
    ] {
        let page = format!(
            "<html><head><title>Weir gives way</title></head><body><div>{headline}<span>09.09.2014 10:20</span>{TEXT}</div></body></html>"
        );
        assert_eq!(day_of(&page), "2014-09-09", "{headline}");
    }
}

#[test]
fn addresses_and_scripts_have_dates() {
    for head in [
        "<link rel=canonical href=https://echo.example/2014/09/09/weir>",
        "<link rel=canonical href=https://echo.example/news/2014/sep/09/weir>",
        "<meta property=og:url content=https://echo.example/20140909-weir>",
        "<script>var data = {'pub_date': '2014-09-09'}</script>",
        "<script>push({\"published_at\": \"2014-09-09T10:20:00Z\", \"updated_at\": \"2015-01-01\"})</script>",
        "<meta itemprop=uploadDate content=2014-09-09>",
    ] {
        assert_eq!(day("en", head, "", ""), "2014-09-09", "{head}");
    }
    for head in [
        "<link rel=canonical href=https://web.archive.example/web/20150101000000/http://echo.example/weir>",
        "<link rel=canonical href=https://echo.example/item/2014>",
        "<script>var data = {'unpublishDate': '2014-09-09'}</script>",
    ] {
        assert_eq!(day("en", head, "", ""), "", "{head}");
    }
}

#[test]
fn lines_below_the_text_state_a_date() {
    for below in [
        "<p>Published on 9 September 2014</p>",
        "<p>Erschienen am: 09.09.2014</p>",
        "<p>Mise en ligne : 9 septembre 2014</p>",
        "<div>Dieser Beitrag wurde am 9. September 2014 um 10:20 von Hedda Lund verfasst.</div>",
        "<p>Last updated: 9 September 2014</p>",
    ] {
        assert_eq!(day("en", "", "", below), "2014-09-09", "{below}");
    }
}

#[test]
fn dates_of_others_are_none() {
    for below in [
        "<section id=comments><time datetime=2019-01-01>1 January 2019</time></section>",
        "<div class=x><a href=/w#comment-7><time datetime=2019-01-01>1 January 2019</time></a> No.</div>",
        "<aside><ul><li><a href=/2>Mill sold</a><span class=date>1 January 2019</span></li></ul></aside>",
        "<div><h3><a href=/2>Mill wheel is sold to a museum abroad</a></h3><time>1 January 2019</time></div>",
        "<form><input class='date calendar' value=01.01.2019></form>",
        "<p>© 1 January 2019 Sandholt Echo</p>",
    ] {
        assert_eq!(day("en", "", "", below), "", "{below}");
    }
}

#[test]
fn publication_goes_before_change() {
    let changed = "<meta property=article:modified_time content=2019-01-01>";
    let dated = "<span class=date>9 September 2014</span>";
    assert_eq!(day("en", changed, dated, ""), "2014-09-09");
    assert_eq!(
        day("en", "", "<p>Updated 1 January 2019, published 9 September 2014</p>", ""),
        "2014-09-09"
    );
    assert_eq!(
        day("en", "", &format!("<time class=updated datetime=2019-01-01></time>{dated}"), ""),
        "2014-09-09"
    );
    assert_eq!(day("en", changed, "", ""), "2019-01-01");
}

#[test]
fn a_dateline_has_a_date() {
    let more = "The weir at Sandholt gave way on Tuesday night, and the lower meadows were under water by the morning.";
    for above in [
        format!("<p>Sandholt, 9. September 2014 – {more}</p>"),
        format!("<p>SANDHOLT (Echo), Sept. 9, 2014 -- {more}</p>"),
        format!("<p>Sandholt, le 9 septembre 2014 : {more}</p>"),
    ] {
        assert_eq!(day("en", "", &above, ""), "2014-09-09", "{above}");
    }
    for above in [
        format!("<p>On 9 September 1914 – a Wednesday – it broke too. {more}</p>"),
        format!("<p>Sandholt was flooded on 9 September 1914 (a Wednesday). {more}</p>"),
    ] {
        assert_ne!(day("en", "", &above, ""), "2014-09-09", "{above}");
    }
}
