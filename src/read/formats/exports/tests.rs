//! Downloads as text, in the layouts and languages of their databases.

use crate::article::Article;
use crate::read;

/// An article of Nexis Uni, one paragraph a line of the list.
const GATES: &[&str] = &[
    "Lock gates fail at Orrin Basin",
    "The Orrin Evening Mail (Scotland)",
    "March 3, 2019 Sunday 6:30 PM GMT",
    "First Edition",
    "Copyright 2019 Orrin Newspapers Ltd. All Rights Reserved",
    "Section: NEWS; Pg. 4",
    "Length: 1,312 words",
    "Byline: Una Kerr and Piotr Wal",
    "Highlight: Two gates gave way in the night.",
    "No one was hurt.",
    "Body",
    "Two gates at Orrin Basin gave way on Sunday.",
    "Notes: the basin has no other gates, said the keeper.",
    "Graphic",
    "PHOTO: A gate",
    "Classification",
    "Language: ENGLISH",
    "Subject: LOCKS (90%); PORTS (80%)",
    "Load-Date: March 4, 2019",
    "End of Document",
];

const REOPENED: &[&str] = &[
    "Update: Basin reopens",
    "Associated Wire Online",
    "December 1, 2019",
    "Copyright 2019 Associated Wire",
    "Length: 20 words",
    "Body",
    "The basin reopened on Saturday.",
    "Load-Date: December 2, 2019",
    "End of Document",
];

fn articles(text: &str) -> Vec<Article> {
    read::parse(text.as_bytes(), "a.txt").unwrap_or_default()
}

/// Checks headline, date and text of each article.
fn check(text: &str, expected: &[(&str, &str, &str)]) {
    let articles = articles(text);
    let found: Vec<_> = articles
        .iter()
        .map(|article| {
            let date = article.published.as_ref().map(|published| published.date.to_string());
            (
                article.title.as_deref().unwrap_or_default(),
                date.unwrap_or_default(),
                article.body.as_str(),
            )
        })
        .collect();
    let expected: Vec<_> =
        expected.iter().map(|(title, date, body)| (*title, (*date).to_owned(), *body)).collect();
    assert_eq!(found, expected, "{text}");
}

fn writers(article: &Article) -> Vec<&str> {
    article.stated.bylines.iter().map(|note| note.text.as_str()).collect()
}

const GATES_BODY: &str = "Two gates gave way in the night.\n\nNo one was hurt.\n\n\
    Two gates at Orrin Basin gave way on Sunday.\n\nNotes: the basin has no other gates, said the keeper.";

#[test]
fn nexis_uni_is_read_with_and_without_empty_lines() {
    let expected = [
        ("Lock gates fail at Orrin Basin", "2019-03-03", GATES_BODY),
        ("Update: Basin reopens", "2019-12-01", "The basin reopened on Saturday."),
    ];
    let paragraphs = [GATES, REOPENED].concat();
    check(&paragraphs.join("\n\n"), &expected);
    check(&paragraphs.join("\r\n\r\n"), &expected);
    let article = &articles(&paragraphs.join("\n\n"))[0];
    assert_eq!(writers(article), ["Una Kerr and Piotr Wal"]);
    assert_eq!(article.keywords, ["LOCKS", "PORTS"]);
    assert_eq!(article.section.as_deref(), Some("NEWS"));
    assert_eq!(article.stated.publishers[0].text, "The Orrin Evening Mail (Scotland)");
    assert_eq!(article.stated.rights[0].text, GATES[4]);
    assert_eq!(article.language.as_deref(), Some("en"));
}

#[test]
fn the_cover_of_a_delivery_is_no_article() {
    let cover = [
        "User Name: Ilse Tamm",
        "Date and Time: Thursday, March 5, 2020 12:33:00 PM CET",
        "Job Number: 111222333",
        "Documents (1)",
        "1. Update: Basin reopens",
        "Client/Matter: -None-",
        "Timeline: Jan 01, 2019 to Dec 31, 2019",
        "| About LexisNexis | Privacy Policy | Copyright © 2020 LexisNexis",
    ];
    let text = [&cover, REOPENED].concat().join("\n\n");
    check(&text, &[("Update: Basin reopens", "2019-12-01", "The basin reopened on Saturday.")]);
}

#[test]
fn lines_of_pages_are_joined() {
    let text = "Lock gates fail at Orrin Basin and\nthe water runs out\nThe Orrin Mail\nMarch 3, 2019 Sunday\n\n\
        Copyright 2019 Orrin Newspapers\n\nLength: 30 words\nBody\n\nTwo gates at Orrin Basin gave way on\n\
        Page 2 of 2\nSunday, and the water ran out.\n\nLoad-Date: March 4, 2019\nEnd of Document\n";
    let title = "Lock gates fail at Orrin Basin and the water runs out";
    check(
        text,
        &[(
            title,
            "2019-03-03",
            "Two gates at Orrin Basin gave way on Sunday, and the water ran out.",
        )],
    );
}

#[test]
fn running_heads_and_bold_letters_are_no_text() {
    let text = "Gates fail\nThe Orrin Mail\nMarch 3, 2019 Sunday\n\n**Length:** 30 words\n**Byline:** Una Kerr\n**Body**\n\n\
        Two gates gave way on\nPage 2 of 2\nGates fail\nSunday.\n\nLoad-Date: March 4, 2019\n**End of Document**\n";
    check(text, &[("Gates fail", "2019-03-03", "Two gates gave way on Sunday.")]);
    assert_eq!(writers(&articles(text)[0]), ["Una Kerr"]);
}

#[test]
fn a_paragraph_about_copyright_is_text() {
    for (block, expected) in [
        ("Copyright 2019 Orrin Newspapers Ltd.", true),
        ("Copyright (c) 2019 Orrin Newspapers", true),
        ("Copyright The Orrin Mail 2019", true),
        ("Copyright Orrin Mail. All rights reserved.", true),
        ("© Orrin Mail", true),
        ("Copyright was the word that all used on Sunday.", false),
        ("Copyright law was changed for songs in 2019, and again for films.", false),
        ("Copy that, said the captain in 2019.", false),
    ] {
        assert_eq!(super::is_copyright(block), expected, "{block}");
    }
}

#[test]
fn the_writer_of_factiva_stands_below_the_headline() {
    let article = |head: &str| {
        let text = format!(
            "{head}\n95 words\n3 March 2019\nThe Orrin Mail\nORRM\nEnglish\n(c) 2019 Orrin.\n\nThey fail.\n\n\
             Document ORRM000020190303ef3300004\n"
        );
        let article = articles(&text).remove(0);
        let writer = writers(&article).first().map(|writer| (*writer).to_owned());
        (
            article.title.unwrap_or_default(),
            writer.unwrap_or_default(),
            article.section.unwrap_or_default(),
        )
    };
    for (head, title, writer, section) in [
        ("The gates of Orrin fail\n\nUna Kerr", "The gates of Orrin fail", "Una Kerr", ""),
        (
            "The gates of Orrin fail\n\nUna Kerr in Velm",
            "The gates of Orrin fail",
            "Una Kerr in Velm",
            "",
        ),
        ("The gates of Orrin fail\nUna Kerr", "The gates of Orrin fail", "Una Kerr", ""),
        (
            "Gates fail\n\nDoor Una Kerr en Pavel Orlin",
            "Gates fail",
            "Door Una Kerr en Pavel Orlin",
            "",
        ),
        ("Business\n\nThe gates of Orrin fail", "The gates of Orrin fail", "", "Business"),
        (
            "Business\nThe gates of Orrin fail\nBy Una Kerr",
            "The gates of Orrin fail",
            "By Una Kerr",
            "Business",
        ),
        (
            "The gates of Orrin and all that\nis behind them fail",
            "The gates of Orrin and all that is behind them fail",
            "",
            "",
        ),
        ("Gates fail", "Gates fail", "", ""),
    ] {
        let expected = (title.to_owned(), writer.to_owned(), section.to_owned());
        assert_eq!(article(head), expected, "{head}");
    }
}

#[test]
fn nexis_uni_is_read_in_other_languages() {
    for (head, fields, tail) in [
        (
            "Schleuse bricht\n\nOrriner Abendblatt\n\n3. März 2019 Sonntag",
            "Rubrik: Lokales; S. 4\n\nLänge: 312 Wörter\n\nAutor: Una Kehr",
            "Klassifikation\n\nSprache: German; Deutsch\n\nLadedatum: 4. März 2019\n\nEnde des Dokuments",
        ),
        (
            "Une écluse cède\n\nLe Soir d’Orrin\n\ndimanche 3 mars 2019",
            "Rubrique: Régions\n\nLongueur: 312 mots\n\nAuteur: Una Kehr",
            "Langue: French\n\nDate de chargement: 4 mars 2019\n\nFin du document",
        ),
        (
            "Sluis bezwijkt\n\nDe Orriner\n\n3 maart 2019 zondag",
            "Section: Binnenland\n\nLength: 312 woorden\n\nByline: Una Kehr",
            "Load-Date: March 4, 2019\n\nEnd of Document",
        ),
        (
            "Cede la esclusa\n\nEl Diario de Orrin\n\n3 de marzo de 2019 domingo",
            "Sección: Local\n\nLongitud: 312 palabras\n\nAutor: Una Kehr",
            "Idioma: Spanish\n\nFecha de carga: 4 de marzo de 2019\n\nFin del documento",
        ),
    ] {
        let text = format!("{head}\n\n{fields}\n\nBody\n\nA b c.\n\n{tail}\n");
        let title = head.lines().next().unwrap();
        check(&text, &[(title, "2019-03-03", "A b c.")]);
        assert_eq!(writers(&articles(&text)[0]), ["Una Kehr"]);
    }
}

#[test]
fn older_downloads_are_read_in_other_languages() {
    check(
        "1 van 1 DOCUMENTEN\n\nDe Orriner\n\n3 maart 2001 zaterdag\n\nKOP: Een eigen deur\n\nLENGTE: 30 woorden\n\n\
         De deur is van 1780.\n\nTAAL: DUTCH\n",
        &[("Een eigen deur", "2001-03-03", "De deur is van 1780.")],
    );
    check(
        "1 di 2 DOCUMENTI\n\nIl Corriere\n\n3 marzo 2019 domenica\n\nLa chiusa cede\n\nLUNGHEZZA: 80 parole\n\nCede.\n\n\
         2 di 2 DOCUMENTI\n\nIl Corriere\n\n4 marzo 2019 lunedì\n\nRiapre\n\nLUNGHEZZA: 8 parole\n\nRiapre.\n",
        &[("La chiusa cede", "2019-03-03", "Cede."), ("Riapre", "2019-03-04", "Riapre.")],
    );
    check(
        "Dokument 1 von 1\n\nAbendblatt\n\n3. März 2019\n\nSchleuse bricht\n\nLÄNGE: 80 Wörter\n\nSie brach.\n",
        &[("Schleuse bricht", "2019-03-03", "Sie brach.")],
    );
    check(
        "1 of 9 DOCUMENTS\n\nCopyright 2001 Orrin Newspapers\nThe Orrin Mail\n\nMarch 3, 2001, Saturday\n\n\
         SECTION: Features\n\nHEADLINE: A gate of its own\n\nBODY:\nThe gate was built in 1780.\n",
        &[("A gate of its own", "2001-03-03", "The gate was built in 1780.")],
    );
}

#[test]
fn french_fields_are_read() {
    let text = "1 of 1 DOCUMENTS\n\nLe Relais\n\n3 mars 2014\n\nLe pont rouvre\n\nAUTEUR: Solange Picard\n\n\
        Le pont a rouvert.\n\nSUJET: PONTS (90%)\n\nLOCALISATION-GEO: FRANCE (55%)\n\nLANGUE: FRANÇAIS\n";
    check(text, &[("Le pont rouvre", "2014-03-03", "Le pont a rouvert.")]);
    let article = &articles(text)[0];
    assert_eq!(writers(article), ["Solange Picard"]);
    assert_eq!(article.keywords, ["PONTS"]);
}

#[test]
fn wrapped_text_is_joined() {
    let text = "Source: Harbour Gazette\n\n    1 of 2 DOCUMENTS\n\n      Harbour Gazette\n\n     January 11, 2010 Monday\n\n\
        River rises\n\nBYLINE: Jane Doe\n\nSECTION: FEATURES; Pg. 6\n\nLENGTH: 9 words\n\nThe river rose on Monday after\n\
        a week of rain.\n\nIt fell.\n\nLOAD-DATE: January 11, 2010\n";
    let body = "The river rose on Monday after a week of rain.\n\nIt fell.";
    check(text, &[("River rises", "2010-01-11", body)]);
    assert_eq!(articles(text)[0].section.as_deref(), Some("FEATURES"));
}

#[test]
fn articles_without_counters_are_told_by_their_fields() {
    check(
        "The Orrin Mail\n\nMarch 3, 2001 Saturday\n\nA gate of its own\n\nBYLINE: Una Kerr\n\nLENGTH: 30 words\n\n\
         The gate was built in 1780.\n\nLOAD-DATE: March 4, 2001\n\nCopyright 2001 Orrin Newspapers\n\
         All Rights Reserved\n\nThe Orrin Mail\n\nMarch 5, 2001 Monday\n\nAnother gate\n\nLENGTH: 10 words\n\n\
         It opened.\n\nLOAD-DATE: March 6, 2001\n",
        &[
            ("A gate of its own", "2001-03-03", "The gate was built in 1780."),
            ("Another gate", "2001-03-05", "It opened."),
        ],
    );
}

#[test]
fn factiva_without_codes_is_read() {
    check(
        "Business\n\nQuay closes early as the tide turns\n\nBy Una Kehr, Pavel Orlin\n1,204 words\n3 March 2019\n08:00 AM\n\
         The Orrin Mail\nORRM\n4\nEnglish\n(c) 2019 Orrin Newspapers.  All rights reserved.\n\nThe quay closed early.\n\n\
         It opens on Monday.\n\nDocument ORRM000020190303ef3300004\n\nDie Schleuse bricht\n12 Wörter\n4. März 2019\n\
         Abendblatt\nABBL\nDeutsch\nCopyright 2019 Orriner Verlag.\n\nZwei Tore brachen.\n\n\
         Dokument ABBL000020190304ef3300005\n\nSearch Summary\nText\tquay\n",
        &[
            (
                "Quay closes early as the tide turns",
                "2019-03-03",
                "The quay closed early.\n\nIt opens on Monday.",
            ),
            ("Die Schleuse bricht", "2019-03-04", "Zwei Tore brachen."),
        ],
    );
}

#[test]
fn a_number_of_words_makes_no_download() {
    let essay = "River rises\n\n120 words\n\nThe river rose on 3 March 2019.\n\nIt fell.";
    assert_eq!(articles(essay)[0].body, essay);
    let letter = "HD television\n\nPD James wrote it.\n\nLA is far.\n\nThe end.";
    assert_eq!(articles(letter)[0].body, letter);
}

/// An article with codes; `mark` parts a code from its value.
fn coded(mark: &str) -> String {
    [
        ("SE", "Business"),
        ("HD", "Quay closes early"),
        ("BY", "By Una Kehr"),
        ("WC", "95 words"),
        ("PD", "3 March 2019"),
        ("SN", "The Orrin Mail"),
        ("SC", "ORRM"),
        ("LA", "English"),
        ("CY", "(c) 2019 Orrin Newspapers."),
        ("LP", "The quay closed early.\n"),
        ("TD", "IN ALL, nine boats were kept out.\n"),
        ("CO", "quay : Quay plc"),
        ("NS", "gport : Ports | gcat : Politics"),
        ("RE", "scot : Scotland"),
        ("AN", "Document ORRM000020190303ef3300004"),
    ]
    .map(|(code, value)| format!("{code}{mark}{value}\n"))
    .concat()
}

#[test]
fn factiva_with_codes_is_read() {
    let body = "The quay closed early.\n\nIN ALL, nine boats were kept out.";
    let expected = ("Quay closes early", "2019-03-03", body);
    for mark in [" ", "  ", "\t", "\n"] {
        let two = [coded(mark), coded(mark).replace("300004", "300005")].concat();
        check(&two, &[expected, expected]);
        let article = &articles(&two)[1];
        assert_eq!(article.id, "a.txt#ORRM000020190303ef3300005");
        assert_eq!(writers(article), ["By Una Kehr"]);
        assert_eq!(article.tags.len(), 4);
    }
}

/// A page of Factiva with a table of codes.
fn factiva_page(articles: &[&str]) -> String {
    let table = |title: &&str| {
        format!(
            "<div class=\"article enArticle\"><table><tr><td><b>HD</b>&nbsp;</td><td><b class='enHeadline'>{title}</b></td></tr>\
             <tr><td class=\"index\"><b>BY</b>&nbsp;</td><td>By Una Kerr</td></tr><tr><td><b>PD</b></td><td>3 March 2019</td></tr>\
             <tr><td><b>LP</b></td><td><p class=\"articleParagraph enarticleParagraph\">Two gates gave way.</p></td></tr>\
             <tr><td><b>TD</b></td><td><p class=\"articleParagraph enarticleParagraph\">No one was hurt.</p>\
             <p class=\"articleParagraph enarticleParagraph\">They are old.</p></td></tr></table></div>"
        )
    };
    format!(
        "<html><body><h1>Factiva</h1>{}</body></html>",
        articles.iter().map(table).collect::<String>()
    )
}

#[test]
fn pages_of_factiva_are_read() {
    let body = "Two gates gave way.\n\nNo one was hurt.\n\nThey are old.";
    check(&factiva_page(&["Gates fail"]), &[("Gates fail", "2019-03-03", body)]);
    check(
        &factiva_page(&["Gates fail", "Gates &amp; keepers"]),
        &[("Gates fail", "2019-03-03", body), ("Gates & keepers", "2019-03-03", body)],
    );
    let lines = "<html><body><div class=\"article deArticle\"><p><span class=\"deHeadline\">Schleuse bricht</span></p>\
        <div>Von Una Kehr</div><div>95 Wörter</div><div>3. März 2019</div><div>Abendblatt</div><div>Deutsch</div>\
        <div>(c) 2019 Verlag</div><p class=\"articleParagraph dearticleParagraph\">Sie brach.</p></div></body></html>";
    check(lines, &[("Schleuse bricht", "2019-03-03", "Sie brach.")]);
}

#[test]
fn pages_of_europresse_are_read() {
    let newer = |writer: &str| {
        format!(
            "<html><body><article><header><div><span class=\"DocPublicationName\">Le Soir</span></div>\
             <div><span class=\"DocHeader\">Région, dimanche 3 mars 2019, p. 4</span></div>\
             <div class=\"titreArticle\"><p class=\"titreArticleVisu big\">L’écluse cède</p></div>{writer}</header>\
             <section><div class=\"DocText\"><div class='docOcurrContainer'><p>Deux portes ont cédé.</p><p>Personne.</p>\
             </div></div></section><aside>x</aside><footer><small>© 2019 Le Soir.</small>\
             <p>Numéro de document : news·1</p></footer></article></body></html>"
        )
    };
    let expected = ("L’écluse cède", "2019-03-03", "Deux portes ont cédé.\n\nPersonne.");
    check(&newer("<div>Una Kerr</div>"), &[expected]);
    check(&newer(""), &[expected]);
    let article = &articles(&newer("<div class=\"sm-margin\">Una Kerr</div>"))[0];
    assert_eq!(writers(article), ["Una Kerr"]);
    assert_eq!(article.stated.rights[0].text, "© 2019 Le Soir.");
}

#[test]
fn many_fields_without_an_article_take_little_time() {
    let lengths = "Length: 12 words\n".repeat(200_000);
    articles(&format!("March 3, 2019\nSection: a\n{lengths}"));
    articles(&"12 words\n3 March 2019\n(c) 2019 a\n".repeat(60_000));
    articles(&"1 of 2 DOCUMENTS\n".repeat(200_000));
    articles(&"HD\tx\nWC\t1\nPD\t1\nSN\ta\n".repeat(60_000));
}
