//! Documents as word processors and databases write them.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::article::Article;
use crate::read;
use crate::report::Reason;

/// A document of Word: its body, its core properties and its styles.
fn docx(body: &str, properties: &str, styles: &str) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"
    );
    for (name, content) in [
        ("word/document.xml", &*document),
        ("[Content_Types].xml", "<Types/>"),
        ("docProps/core.xml", &format!("<cp:coreProperties>{properties}</cp:coreProperties>")),
        ("word/styles.xml", &format!("<w:styles>{styles}</w:styles>")),
        ("word/media/image1.xml", "no picture"),
    ] {
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(content.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn paragraphs(texts: &[&str]) -> String {
    let one =
        |text: &&str| format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>");
    texts.iter().map(one).collect()
}

fn articles(bytes: &[u8]) -> Vec<Article> {
    read::parse(bytes, "archive/a.docx").unwrap_or_default()
}

fn check(bytes: &[u8], title: Option<&str>, body: &str) {
    let articles = articles(bytes);
    assert_eq!(articles.len(), 1, "{articles:?}");
    assert_eq!(articles[0].id, "archive/a.docx");
    assert_eq!(articles[0].title.as_deref(), title, "{}", articles[0].body);
    assert_eq!(articles[0].body, body);
}

const RELEASE: &[&str] = &[
    "PRESS RELEASE",
    "3 March 2021",
    "Trust saves the Orrin gates",
    "The trust will pay, it said.",
];

#[test]
fn a_headline_is_told_by_style_or_place_or_property() {
    let body = RELEASE.join("\n\n");
    check(
        &docx(&paragraphs(RELEASE), "<dc:title>Microsoft Word - v3.doc</dc:title>", ""),
        Some(RELEASE[2]),
        &body,
    );
    let styled = paragraphs(&RELEASE[..3]).replacen(
        "<w:p><w:r><w:t xml:space=\"preserve\">Trust",
        "<w:p><w:pPr><w:pStyle w:val=\"Titel\"/></w:pPr><w:r><w:t>Trust",
        1,
    );
    let styles = "<w:style w:styleId=\"Titel\"><w:name w:val=\"Title\"/></w:style>";
    check(
        &docx(&(paragraphs(&["A letterhead."]) + &styled), "", styles),
        Some(RELEASE[2]),
        &["A letterhead.", &RELEASE[..3].join("\n\n")].join("\n\n"),
    );
    let heading = "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>Gates </w:t></w:r><w:r><w:t>hold</w:t></w:r></w:p>";
    check(
        &docx(&(paragraphs(&["Orrin Harbour Trust"]) + heading), "", ""),
        Some("Gates hold"),
        "Orrin Harbour Trust\n\nGates hold",
    );
    let stated = docx(
        &paragraphs(&["Orrin Harbour Trust", "Gates hold", "They do."]),
        "<dc:title>Gates hold</dc:title>",
        "",
    );
    check(&stated, Some("Gates hold"), "Orrin Harbour Trust\n\nGates hold\n\nThey do.");
    let letterhead =
        ["Orrin Harbour Trust", "12 Quay Street", "FOR IMMEDIATE RELEASE", "Trust saves the gates"];
    let bytes = docx(&paragraphs(&letterhead), "", "");
    check(&bytes, Some(letterhead[3]), &letterhead.join("\n\n"));
    let labelled = ["Press release: Trust saves the gates", "It said so."];
    check(&docx(&paragraphs(&labelled), "", ""), Some(labelled[0]), &labelled.join("\n\n"));
    let plain = ["The trust will pay for the gates, it said.", "It has the money."];
    assert_eq!(
        articles(&docx(&paragraphs(&plain), "<dc:title>Letter</dc:title>", ""))[0].title_field,
        None
    );
}

#[test]
fn who_made_a_file_is_no_writer() {
    let properties =
        "<dc:creator>Admin</dc:creator><dcterms:created>2015-01-01T00:00:00Z</dcterms:created>";
    let article = &articles(&docx(&paragraphs(RELEASE), properties, ""))[0];
    let kept: Vec<_> =
        article.metadata.iter().map(|one| (one.name.as_str(), one.value.as_str())).collect();
    assert_eq!(kept, [("document.author", "Admin"), ("document.created", "2015-01-01T00:00:00Z")]);
    assert!(article.published.is_none() && article.stated.bylines.is_empty());
}

#[test]
fn only_what_is_printed_is_read() {
    check(
        &docx(
            "<w:p><w:r><w:t>Gates</w:t></w:r></w:p><w:p><w:del><w:r><w:delText>No.</w:delText><w:t>No.</w:t></w:r></w:del>\
             <w:ins><w:r><w:t>The trust</w:t></w:r></w:ins><w:r><w:t xml:space=\"preserve\"> pays &amp;</w:t><w:tab/><w:t>now,</w:t>\
             <w:br/><w:t>it said.</w:t><w:instrText>PAGE</w:instrText></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>\
             <w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom></w:p><w:p><mc:AlternateContent><mc:Choice><w:txbxContent>\
             <w:p><w:r><w:t>A box.</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>A box.</w:t></w:r></w:p>\
             </mc:Fallback></mc:AlternateContent></w:p>",
            "",
            "",
        ),
        Some("Gates"),
        "Gates\n\nThe trust pays &\tnow,\nit said.\n\nA box.",
    );
}

#[test]
fn cells_of_a_row_are_a_line_unless_they_hold_paragraphs() {
    let cell = |texts: &[&str]| format!("<w:tc>{}</w:tc>", paragraphs(texts));
    let row = |cells: &[String]| format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cells.concat());
    check(
        &docx(&(paragraphs(&["Tides"]) + &row(&[cell(&["Noon"]), cell(&["3 m"])])), "", ""),
        Some("Tides"),
        "Tides\n\nNoon\t3 m",
    );
    check(
        &docx(&row(&[cell(&["Gates hold", "They do.", "They did."])]), "", ""),
        Some("Gates hold"),
        "Gates hold\n\nThey do.\n\nThey did.",
    );
    let nested = row(&[
        cell(&["Gates hold"]),
        format!("<w:tc>{}</w:tc>", row(&[cell(&["a"]), cell(&["b"])])),
    ]);
    assert_eq!(articles(&docx(&nested, "", ""))[0].body, "Gates hold\ta\tb");
}

const NEXIS: &[&str] = &[
    "Gates fail",
    "The Orrin Mail",
    "March 3, 2019 Sunday",
    "Copyright 2019 Orrin Newspapers",
    "Length: 9 words",
    "Byline: Una Kerr",
    "Body",
    "Two gates gave way.",
    "No one was hurt.",
    "Load-Date: March 4, 2019",
    "End of Document",
];

fn check_nexis(bytes: &[u8], count: usize) {
    let articles = articles(bytes);
    assert_eq!(articles.len(), count);
    for article in articles {
        assert_eq!(article.title.as_deref(), Some("Gates fail"));
        assert_eq!(article.body, "Two gates gave way.\n\nNo one was hurt.");
        assert_eq!(article.stated.bylines[0].text, "Una Kerr");
        assert_eq!(article.published.unwrap().date.to_string(), "2019-03-03");
    }
}

#[test]
fn downloads_of_databases_are_read_from_either() {
    check_nexis(&docx(&paragraphs(NEXIS), "<dc:title>Files(1)</dc:title>", ""), 1);
    check_nexis(&docx(&paragraphs(&[NEXIS, NEXIS].concat()), "", ""), 2);
    let rtf = |times: usize| {
        format!("{{\\rtf1\\ansi {}}}", (NEXIS.join("\\par\n") + "\\par ").repeat(times))
    };
    check_nexis(rtf(1).as_bytes(), 1);
    check_nexis(rtf(3).as_bytes(), 3);
}

#[test]
fn tables_of_codes_are_read_from_either() {
    let fields = [
        ("HD", "Quay closes"),
        ("BY", "By Una Kerr"),
        ("WC", "9 words"),
        ("PD", "3 March 2019"),
        ("SN", "Orrin Mail"),
        ("LA", "English"),
        ("LP", "The quay closed."),
        ("TD", "It was early."),
        ("AN", "Document ORRM000020190303ef3300004"),
    ];
    let rows = fields.map(|(code, value)| {
        format!(
            "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>",
            paragraphs(&[code]),
            paragraphs(&[value])
        )
    });
    let word = docx(&format!("<w:tbl>{}</w:tbl>", rows.concat()), "", "");
    let rows = fields.map(|(code, value)| {
        format!("\\trowd\\cellx9\\pard\\intbl {code}\\cell {value}\\par\\pard\\intbl\\cell\\row\n")
    });
    let rtf = format!("{{\\rtf1\\ansi{}}}", rows.concat());
    for bytes in [word, rtf.into_bytes()] {
        let article = &articles(&bytes)[0];
        assert_eq!(article.title.as_deref(), Some("Quay closes"));
        assert_eq!(article.body, "The quay closed.\n\nIt was early.");
    }
}

/// RTF of the bytes of a text, each as `\'hh`.
fn escaped(bytes: &[u8]) -> String {
    let one = |byte: &u8| format!("\\'{byte:02x}");
    bytes.iter().map(one).collect::<Vec<_>>().concat()
}

#[test]
fn rtf_is_read_in_the_encodings_of_its_fonts() {
    let cyrillic = escaped(&encoding_rs::WINDOWS_1251.encode("Шлюз закрыт").0);
    let word_pad = format!(
        "{{\\rtf1\\ansi\\ansicpg1251\\deff0{{\\fonttbl{{\\f0\\fnil\\fcharset204 Calibri;}}}}\r\n{{\\*\\generator Riched20}}\
         \\viewkind4\\uc1 \r\n\\pard\\f0 {cyrillic}\\par\r\n{cyrillic}, \\u1091?\\u1078? \\'b3.\\par\r\n}}\r\n\0"
    );
    check(word_pad.as_bytes(), Some("Шлюз закрыт"), "Шлюз закрыт\n\nШлюз закрыт, уж і.");
    let japanese = escaped(&encoding_rs::SHIFT_JIS.encode("港の水門が閉まる").0);
    let font = format!(
        "{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 Arial;}}{{\\f7\\fcharset128 Mincho;}}}}\\pard\\f7 {japanese}\\f0\\par caf\\'e9}}"
    );
    check(font.as_bytes(), Some("港の水門が閉まる"), "港の水門が閉まる\n\ncafé");
    let office = "{\\rtf1\\ansi{\\stylesheet{\\s0 Normal;}{\\s15\\sbasedon0 Title;}}{\\info{\\title Mug}{\\author U. H.}}\
        {\\header Page 1\\par}{\\pard\\plain \\s0 Orrin Trust.\\par}\\pard\\plain \\s15{\\b Hafen }gesperrt\n\\par \\pard\\plain Bis \\u214\\'d6stern, \
        sagte \\ldblquote sie\\rdblquote\\emdash ja.{\\pict\\jpegblip ffd8}{\\v hidden}{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt  Mehr.}}\n\\par }";
    check(
        office.as_bytes(),
        Some("Hafen gesperrt"),
        "Orrin Trust.\n\nHafen gesperrt\n\nBis Östern, sagte “sie”—ja. Mehr.",
    );
    check(
        b"{\\rtf1 Gates\\par\\u-10179?\\u-8704? \\u-10179? alone\\u65 ?}",
        Some("Gates"),
        "Gates\n\n😀 aloneA",
    );
}

#[test]
fn hostile_rtf_is_survived() {
    let deep = format!("{{\\rtf1 {}Gates hold.{}", "{".repeat(100_000), "}".repeat(100_000));
    check(deep.as_bytes(), None, "Gates hold.");
    check(b"{\\rtf1 Gates hold.{\\pict\\bin99999999999 }}}", None, "Gates hold.");
    check(
        b"{\\rtf1 {\\pict\\bin4 }}}}}Gates hold.\\bin-1\\u999999999\\uc-5 \\'",
        None,
        "Gates hold.",
    );
    check(
        ("{\\rtf1 Gates hold.".to_owned() + &"\\cell\\row".repeat(90_000)).as_bytes(),
        None,
        "Gates hold.",
    );
    assert!(
        articles(format!("{{\\rtf1{{\\fonttbl{}}}", "\\f1\\fcharset2 ".repeat(90_000)).as_bytes())
            .is_empty()
    );
}

#[test]
fn hostile_documents_are_survived() {
    let deep = "<w:tbl><w:tr><w:tc>".repeat(50_000) + &paragraphs(&["Gates hold."]);
    check(&docx(&deep, "", ""), None, "Gates hold.");
    let many = "<w:p/>".repeat(11 << 20);
    let bytes = docx(&(paragraphs(&["Gates hold."]) + &many), "", "");
    check(&bytes, None, "Gates hold.");
    assert_eq!(read::parse(&docx("", "", ""), "a.docx"), Err(Reason::NoArticle));
    let whole = docx(&paragraphs(RELEASE), "", "");
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        let _ = read::parse(&damaged, "a.docx");
        let _ = read::parse(&whole[..at], "a.docx");
    }
}

#[test]
fn a_document_in_an_archive_is_one_article() {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("b/a.docx", docx(&paragraphs(RELEASE), "", "")),
        ("c.txt", b"Gates\n\nThey hold.".to_vec()),
    ] {
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    let bytes = out.finish().unwrap().into_inner();
    let ids: Vec<_> = articles(&bytes).into_iter().map(|article| article.id).collect();
    assert_eq!(ids, ["archive/a.docx!/b/a.docx", "archive/a.docx!/c.txt"]);
}

proptest::proptest! {
    #[test]
    fn any_rtf_is_read(rtf in "\\{\\\\rtf1(\\{|\\}|\\\\|\\\\par|\\\\u-?[0-9]{0,6}|\\\\'[0-9a-f]{0,2}|\\\\\\*|\\\\fonttbl|\\\\f1|\\\\fcharset204|\\\\stylesheet|\\\\s1|;|\\\\cell|\\\\row|\\\\intbl|\\\\bin3|\\\\info|\\\\title|\\\\uc3|é| |[a-z]{0,5}){0,40}") {
        let _ = read::parse(rtf.as_bytes(), "a.rtf");
    }

    #[test]
    fn any_document_is_read(xml in "(<w:p>|</w:p>|<w:r>|<w:t>|</w:t>|<w:tr>|</w:tr>|<w:tc>|</w:tc>|<w:del>|</w:del>|<w:tab/>|<w:br/>|&|&#8|;|<|>|é|[a-z ]{0,6}){0,40}") {
        let _ = read::parse(&docx(&xml, "", ""), "a.docx");
    }
}
