//! One reading of dates: a spelling means the same day to every reader.

use newsdex::article::Article;
use newsdex::{extract, read};

/// Spellings of 27 February 2021, by language.
const SPELLINGS: &[(&str, &[&str])] = &[
    ("figures", &["2021-02-27", "2021/02/27", "20210227", "27.02.2021", "27/02/2021", "27-2-2021"]),
    ("figures, American", &["02/27/2021"]),
    ("figures, wide apart", &["27. 2. 2021", "2021. 2. 27."]),
    ("ISO 8601", &["2021-02-27T10:42:33+03:30", "20210227T104233Z"]),
    ("RFC 822", &["Sat, 27 Feb 2021 10:42:33 +0330"]),
    ("ctime", &["Sat Feb 27 10:42:33 2021"]),
    (
        "en",
        &[
            "27 February 2021",
            "February 27, 2021",
            "Feb. 27, 2021",
            "FEB 27 2021",
            "Saturday, 27th of February, 2021",
            "27-Feb-2021",
            "2021 Feb 27",
        ],
    ),
    ("fr", &["samedi 27 février 2021", "27 fevrier 2021", "27 févr. 2021"]),
    ("es", &["27 de febrero de 2021", "27 febrero del 2021"]),
    ("pt", &["27 de fevereiro de 2021", "27 fev. 2021"]),
    ("ca", &["27 de febrer de 2021"]),
    ("it", &["27 febbraio 2021", "sabato 27 febbraio 2021"]),
    ("ro", &["27 februarie 2021"]),
    ("de", &["27. Februar 2021", "27. Feb. 2021", "27. Feber 2021"]),
    ("nl", &["27 februari 2021"]),
    ("da", &["27. februar 2021"]),
    ("is", &["27. febrúar 2021"]),
    ("fi", &["27. helmikuuta 2021"]),
    ("et", &["27. veebruar 2021"]),
    ("lv", &["27. februāris 2021", "2021. gada 27. februāris"]),
    ("lt", &["2021 m. vasario 27"]),
    ("pl", &["27 lutego 2021", "27 lut 2021"]),
    ("cs", &["27. února 2021"]),
    ("sk", &["27. februára 2021"]),
    ("hr", &["27. veljače 2021"]),
    ("sr", &["27. фебруар 2021"]),
    ("ru", &["27 февраля 2021 г.", "27 ФЕВРАЛЯ 2021"]),
    ("uk", &["27 лютого 2021 року"]),
    ("bg", &["27 февруари 2021 г."]),
    ("hu", &["2021. február 27"]),
    ("el", &["27 Φεβρουαρίου 2021", "27 ΦΕΒΡΟΥΑΡΙΟΥ 2021"]),
    ("tr", &["27 Şubat 2021", "27 ŞUBAT 2021"]),
    ("id", &["27 Februari 2021"]),
    ("vi", &["27 tháng 2 năm 2021", "27 tháng 2, 2021"]),
    ("eo", &["27 februaro 2021"]),
    ("ar", &["27 فبراير 2021", "٢٧ فبراير ٢٠٢١", "27 شباط/فبراير 2021"]),
    ("fa", &["۲۷ فوریه ۲۰۲۱"]),
    ("he", &["27 בפברואר 2021"]),
    ("hi", &["27 फ़रवरी 2021", "२७ फरवरी २०२१"]),
    ("zh", &["2021年2月27日"]),
    ("ja", &["2021年02月27日"]),
    ("ko", &["2021년 2월 27일"]),
];

const BODY: &str = "The river rose for a third day and nobody slept in the lower town.";

/// What each reader makes of a spelling.
fn readings(spelling: &str) -> Vec<(&'static str, Option<String>)> {
    let paragraphs = format!("<p>{}</p>", format!("{BODY} ").repeat(9));
    let files = [
        (
            "a.json",
            serde_json::json!({"title": "River", "published": spelling, "body": BODY}).to_string(),
        ),
        ("b.csv", format!("title,date,body\nRiver,\"{spelling}\",{BODY}\n")),
        (
            "c.nitf",
            format!(
                "<nitf><head><docdata><date.issue norm=\"{spelling}\"/></docdata></head>\
                 <body><body.head><hedline><hl1>River</hl1></hedline></body.head>\
                 <body.content><p>{BODY}</p></body.content></body></nitf>"
            ),
        ),
        (
            "meta.html",
            format!(
                "<html><head><meta name=\"date\" content=\"{spelling}\"></head>\
                 <body><h1>River</h1>{paragraphs}</body></html>"
            ),
        ),
        (
            "time.html",
            format!("<html><body><h1>River</h1><time>{spelling}</time>{paragraphs}</body></html>"),
        ),
        ("label.txt", format!("River rises\nDate: {spelling}\n\n{BODY}\n")),
        ("line.txt", format!("River rises\n{spelling}\n\n{BODY}\n")),
    ];
    let read = files.map(|(name, file)| {
        let mut article = read::parse(file.as_bytes(), name).unwrap().remove(0);
        extract::annotate(&mut article);
        (name, article.published.map(|published| published.date.to_string()))
    });
    read.into_iter().chain([("dateline", dateline(spelling))]).collect()
}

/// The date of a dateline.
fn dateline(spelling: &str) -> Option<String> {
    let body = format!("OSLO, {spelling} (AFP) - {BODY}");
    let mut article = Article { body, ..Article::default() };
    extract::annotate(&mut article);
    Some(article.dateline?.date?.to_string())
}

#[test]
fn a_spelling_is_the_same_day_to_every_reader() {
    let mut wrong = Vec::new();
    for (language, spellings) in SPELLINGS {
        for spelling in *spellings {
            for (reader, day) in readings(spelling) {
                // Datelines have no time of day.
                let out_of_place = reader == "dateline" && spelling.contains("10");
                if day.as_deref() != Some("2021-02-27") && !out_of_place {
                    wrong.push(format!("{language}, {reader}: {spelling} is {day:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
