//! Transcripts as captions and speech recognition write them.

use crate::read;

fn check(text: &str, name: &str, title: Option<&str>, body: &str) {
    let article = &read::parse(text.as_bytes(), name).unwrap()[0];
    assert_eq!(article.body, body, "{text}");
    assert_eq!(article.title.as_deref(), title, "{text}");
}

#[test]
fn speakers_stand_before_what_they_say() {
    check(
        "1\n00:00:01,000 --> 00:00:03,000\n[MUSIC]\n\n2\n00:00:03,500 --> 00:00:06,000\n\
         <i>MAYOR HOLM:</i> The gates will\nbe repaired by June.\n\n3\n00:00:06,100 --> 00:00:08,000\n\
         We have the money.\n\n4\n00:00:08,100 --> 00:00:10,000\n{\\an8}JANE DOE: Who pays?\n\n\
         5\n00:00:20,100 --> 00:00:22,000\nThe meeting ended at 10:30.\n",
        "archive/talk.srt",
        Some("talk"),
        "Mayor Holm: The gates will be repaired by June. We have the money.\n\nJane Doe: Who pays?\n\n\
         The meeting ended at 10:30.",
    );
    check(
        "WEBVTT\r\n\r\nNOTE\r\nLanguage: en\r\n\r\nintro\r\n00:01.000 --> 00:03.000 align:start\r\n\
         <v Una Holm>The gates will be repaired.</v>\r\n\r\n00:03.000 --> 00:05.000\r\n<v.loud Jane Doe>Who &amp; how?\r\n",
        "2021-03-05_harbour-hearing.en.vtt",
        Some("harbour hearing"),
        "Una Holm: The gates will be repaired.\n\nJane Doe: Who & how?",
    );
    check(
        "WEBVTT - Harbour council\n\n00:01.000 --> 00:03.000\n>> MAYOR HOLM: The gates hold.\n\n\
         00:03.000 --> 00:05.000\n>> Do they?\n",
        "a.vtt",
        Some("Harbour council"),
        "Mayor Holm: The gates hold.\n\nDo they?",
    );
}

#[test]
fn captions_that_scroll_are_read_once() {
    check(
        "WEBVTT\n\n00:00.000 --> 00:02.000\nthe gates<00:00:00.500><c> will</c>\n\n00:02.000 --> 00:02.010\n\
         the gates will\n\n00:02.010 --> 00:04.000\nthe gates will\nhold<00:00:03.000><c> now</c>\n",
        "b1.vtt",
        None,
        "the gates will hold now",
    );
}

#[test]
fn words_before_a_colon_are_not_always_a_speaker() {
    for said in
        ["There is one way: we pay.", "At 10:30 he left.", "Note: it rains.", "WHAT? YES: no."]
    {
        let text = format!("1\n00:00:01,000 --> 00:00:03,000\n{said}\n");
        check(&text, "12.srt", None, said);
    }
}

#[test]
fn tags_that_do_not_end_take_little_time() {
    let marks = "<a{\\".repeat(1 << 18);
    check(&format!("1\n00:00:01,000 --> 00:00:03,000\n{marks}\n"), "12.srt", None, &marks);
}

proptest::proptest! {
    #[test]
    fn any_cues_are_read(text in "(WEBVTT|1\n00:01,0 --> 00:02,0|\n\n|<v|>|>>|A B:|\\{\\\\|\\}|&|é|[a-z ]{0,9}|\n){0,30}") {
        let _ = read::parse_as(text.as_bytes(), "a.srt", &read::Options {
            format: read::formats::named("subtitles"), ..read::Options::default()
        });
    }
}
