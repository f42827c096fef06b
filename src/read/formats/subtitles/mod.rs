//! Transcripts as subtitles, in the formats `srt` and `vtt`: the text of the cues is joined to paragraphs, and who speaks stands before
//! what is said, where the cues tell: `<v Jane Doe>`, `JANE DOE:`, `>> JANE DOE:`.

mod cue_line;

use super::format::RecordContext;
use crate::read::draft::Draft;
use cue_line::{as_name, is_sound, plain, speaker, voice};

/// Whether a text, or the beginning of one, is a transcript.
pub(in crate::read) fn is_transcript(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let is_headed = first
        .strip_prefix("WEBVTT")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    let is_number = !first.is_empty() && first.bytes().all(|b| b.is_ascii_digit());
    is_headed || is_number && lines.next().is_some_and(|line| times(line).is_some())
}

/// The seconds at which a cue begins and ends: `00:01:02,500 --> 00:01:04,000`.
fn times(line: &str) -> Option<(u32, u32)> {
    let (begin, rest) = line.split_once("-->")?;
    Some((seconds(begin)?, seconds(rest.split_whitespace().next()?)?))
}

/// Whole seconds of a time: `01:02:03.500`, `02:03,500`.
fn seconds(time: &str) -> Option<u32> {
    let time = time.trim();
    let (whole, fraction) = time.split_once(['.', ','])?;
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<u32> = whole.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let is_time = is_fraction && (2..=3).contains(&parts.len());
    is_time
        .then(|| parts.iter().fold(0u32, |sum, part| sum.saturating_mul(60).saturating_add(*part)))
}

/// The article of a transcript.
pub(super) fn drafts(context: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    let mut draft = Draft::default();
    let mut transcript = Transcript::default();
    let text = text.replace('\r', "");
    for block in text.trim_start_matches('\u{feff}').split("\n\n") {
        let lines: Vec<&str> =
            block.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let at = lines.iter().take(2).position(|line| times(line).is_some());
        match at.and_then(|at| Some((times(lines[at])?, at))) {
            Some((times, at)) => transcript.add_cue(times, &lines[at + 1..]),
            None => read_note(&lines, &mut draft),
        }
    }
    draft.title("file name", &title_of_name(context.key).unwrap_or_default());
    draft.body(transcript.finish());
    vec![draft].into_iter().filter(Draft::has_text).collect()
}

/// Reads the lines of the head and of notes: `WEBVTT - Council meeting`, `Title: …`, `Language: en`.
fn read_note(lines: &[&str], draft: &mut Draft) {
    for line in lines {
        let line = line.strip_prefix("NOTE").unwrap_or(line).trim();
        if let Some(title) = line.strip_prefix("WEBVTT") {
            draft.title("WEBVTT", title.trim_matches([' ', '\t', '-', '–']));
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        match name.trim().to_ascii_lowercase().as_str() {
            "title" => draft.title("NOTE", value),
            "date" | "published" => draft.date("NOTE", value),
            "language" => draft.language("NOTE", value),
            "source" | "publisher" | "channel" => draft.publisher("NOTE", value),
            _ => {}
        }
    }
}

/// The words of the file's name, without dates and codes of languages: `2021-03-05_harbour-hearing.en.srt`.
fn title_of_name(key: &str) -> Option<String> {
    let name = key.rsplit('/').next()?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let (stem, language) = stem.rsplit_once('.').unwrap_or((stem, ""));
    let stem = if (2..=7).contains(&language.len()) || language.is_empty() {
        stem.to_owned()
    } else {
        format!("{stem}.{language}")
    };
    let words: Vec<&str> = stem
        .split([' ', '-', '_', '.'])
        .skip_while(|word| word.bytes().all(|b| b.is_ascii_digit()))
        .filter(|word| !word.is_empty())
        .collect();
    let letters = words.iter().flat_map(|word| word.chars()).filter(|c| c.is_alphabetic()).count();
    (letters > 3).then(|| words.join(" "))
}

/// A text that is put together from cues.
#[derive(Debug, Default)]
struct Transcript {
    paragraphs: Vec<String>,
    open: String,
    speaker: Option<String>,
    last_line: String,
    /// When the last cue ended, in seconds.
    ended: u32,
}

/// A pause after which a sentence begins a paragraph, in seconds.
const PAUSE: u32 = 4;

/// A paragraph ends with the sentence that makes it longer, in bytes.
const LONG: usize = 700;

impl Transcript {
    fn add_cue(&mut self, (begin, end): (u32, u32), lines: &[&str]) {
        let ends_sentence = self.open.ends_with(['.', '!', '?', '"', '”', '。']);
        if ends_sentence && (begin > self.ended.saturating_add(PAUSE) || self.open.len() > LONG) {
            self.end_paragraph();
        }
        self.ended = end;
        for line in lines {
            self.add_line(line);
        }
    }

    fn add_line(&mut self, line: &str) {
        let (voice, line) = voice(line);
        let text = plain(line);
        // Captions that scroll repeat the line before.
        if text.is_empty() || text == self.last_line || is_sound(&text) {
            return;
        }
        self.last_line.clone_from(&text);
        let (turns, text) = match text.strip_prefix(">>").or_else(|| text.strip_prefix("- ")) {
            Some(rest) => (true, rest.trim_start_matches(['>', ' '])),
            None => (false, &*text),
        };
        let (name, said) = match speaker(text) {
            Some((name, said)) => (Some(as_name(name)), said),
            None => (voice, text),
        };
        let is_other = name.is_some() && name != self.speaker;
        if turns || is_other {
            self.end_paragraph();
        }
        if is_other {
            self.speaker = name;
            self.open = format!("{}:", self.speaker.as_deref().unwrap_or_default());
        }
        if !self.open.is_empty() {
            self.open.push(' ');
        }
        self.open.push_str(said);
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.open);
        if !text.is_empty() {
            self.paragraphs.push(text);
        }
    }

    fn finish(mut self) -> String {
        self.end_paragraph();
        self.paragraphs.join("\n\n")
    }
}

#[cfg(test)]
mod tests;
