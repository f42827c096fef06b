//! From the pages of a file to its texts: one a file, or one a page if they are those of a newspaper.

use rustc_hash::FxHashMap;

use super::blocks::{Block, blocks};
use super::glyph::Page;
use super::lines::{self, lines};
use super::paragraphs::{Paragraph, Vocabulary, paragraphs, split};
use super::running::{self, PageBlocks};
use super::source::Source;
use super::{Document, Options, Refusal, Text};

/// A page with more unknown characters than this share has no text.
const MOST_UNKNOWN: f32 = 0.4;

/// Pages that are larger, in square points, are those of newspapers: 1.3 times A4.
const LARGE_PAGE: f32 = 595.0 * 842.0 * 1.3;

/// A headline is longer than this many bytes seldom.
const MAX_HEADLINE: usize = 300;

/// The texts of a file.
pub(super) fn document(source: Source, options: Options<'_>) -> Result<Document, Refusal> {
    let mut pages: Vec<PageBlocks> = Vec::with_capacity(source.pages.len());
    let mut without_text = 0;
    let mut large = 0;
    for page in &source.pages {
        if (options.has_stopped)() {
            return Err(Refusal::Stopped);
        }
        let blocks = blocks_of(page);
        without_text += usize::from(blocks.is_empty());
        large += usize::from(is_newspaper(page, &blocks));
        pages.push((page.height, blocks));
    }
    let total = pages.len();
    if without_text == total {
        return Err(Refusal::NoTextLayer);
    }
    let lines = Some(lines_of(&pages)).filter(|lines| (options.is_download)(lines));
    running::remove(&mut pages);
    let is_newspaper = lines.is_none() && large * 2 > total - without_text;
    Ok(Document {
        texts: if lines.is_none() { texts(&pages, is_newspaper) } else { Vec::new() },
        is_newspaper,
        lines,
        title: source.title,
        author: source.author,
        keywords: source.keywords,
        xmp: source.xmp,
        pages: total,
        without_text,
        is_cut: source.is_cut,
    })
}

fn blocks_of(page: &Page) -> Vec<Block> {
    if lines::share_unknown(&page.glyphs) > MOST_UNKNOWN {
        return Vec::new();
    }
    blocks(lines(&page.glyphs))
}

/// Whether a page is that of a newspaper: a large one, or one whose text stands in three columns.
fn is_newspaper(page: &Page, blocks: &[Block]) -> bool {
    page.width * page.height > LARGE_PAGE || columns(page, blocks) >= 3
}

/// The columns of text on a page: the most blocks of some lines that stand beside one another.
fn columns(page: &Page, blocks: &[Block]) -> usize {
    let is_column =
        |block: &&Block| block.lines.len() >= 5 && block.right - block.left > page.width * 0.12;
    let columns: Vec<&Block> = blocks.iter().filter(is_column).take(200).collect();
    let beside = |middle: f32| {
        let mut level: Vec<&&Block> =
            columns.iter().filter(|block| block.top < middle && block.bottom > middle).collect();
        level.sort_by(|a, b| a.left.total_cmp(&b.left));
        let mut count = 0;
        let mut end = f32::MIN;
        for block in level {
            if block.left > end {
                count += 1;
                end = block.right;
            }
        }
        count
    };
    columns.iter().map(|block| beside(f32::midpoint(block.top, block.bottom))).max().unwrap_or(0)
}

/// The lines of all pages, with an empty one between paragraphs.
fn lines_of(pages: &[PageBlocks]) -> String {
    let blocks = pages.iter().flat_map(|(_, blocks)| blocks);
    let paragraphs = blocks.flat_map(|block| split(block));
    let texts = paragraphs
        .map(|lines| lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n"));
    texts.collect::<Vec<_>>().join("\n\n")
}

fn texts(pages: &[PageBlocks], is_newspaper: bool) -> Vec<Text> {
    let all = || pages.iter().flat_map(|(_, blocks)| blocks);
    let vocabulary = Vocabulary::of(all());
    if !is_newspaper {
        return vec![text(1, paragraphs(all(), &vocabulary))];
    }
    let of_page = |(at, (_, blocks)): (usize, &PageBlocks)| {
        text(at + 1, paragraphs(blocks.iter(), &vocabulary))
    };
    pages.iter().enumerate().map(of_page).collect()
}

/// A text whose headline is set apart.
fn text(page: usize, mut paragraphs: Vec<Paragraph>) -> Text {
    let headline = headline(&paragraphs).map(|at| paragraphs.remove(at).text);
    let body =
        paragraphs.into_iter().map(|paragraph| paragraph.text).collect::<Vec<_>>().join("\n\n");
    Text { page, headline, body }
}

/// The index of the headline: near the top, and larger than the text, the largest there; else bold above a text that is not.
fn headline(paragraphs: &[Paragraph]) -> Option<usize> {
    /// Paragraphs among which it is.
    const TOP: usize = 12;
    let size = text_size(paragraphs)?;
    let may_be = |paragraph: &Paragraph| {
        let letters = paragraph.text.chars().filter(|c| c.is_alphabetic()).count();
        let is_short = paragraph.text.len() <= MAX_HEADLINE;
        is_short && letters >= 4 && !is_label(&paragraph.text)
    };
    let top = || paragraphs.iter().enumerate().take(TOP).filter(|(_, paragraph)| may_be(paragraph));
    let larger = top().filter(|(_, paragraph)| paragraph.size > size * 1.15);
    let largest =
        larger.reduce(|best, next| if next.1.size > best.1.size * 1.02 { next } else { best });
    let is_text_bold =
        paragraphs.iter().filter(|it| it.is_bold).map(|it| it.text.len()).sum::<usize>() * 3
            > paragraphs.iter().map(|it| it.text.len()).sum();
    let is_bold = |paragraph: &Paragraph| {
        let words = paragraph.text.split_whitespace().count();
        paragraph.is_bold
            && words >= 3
            && paragraph.size >= size * 0.95
            && !paragraph.text.ends_with([':', '.'])
    };
    let bold = || top().find(|(_, paragraph)| !is_text_bold && is_bold(paragraph));
    largest.or_else(bold).map(|(at, _)| at)
}

/// Whether a line says what kind of text follows.
fn is_label(text: &str) -> bool {
    const LABELS: &[&str] = &[
        "press release",
        "news release",
        "media release",
        "press statement",
        "for immediate release",
        "communiqué de presse",
        "communiqué",
        "pressemitteilung",
        "presseinformation",
        "medienmitteilung",
        "nota de prensa",
        "comunicado de prensa",
        "comunicado de imprensa",
        "comunicado",
        "comunicato stampa",
        "persbericht",
        "pressmeddelande",
        "pressemelding",
        "pressemeddelelse",
        "пресс-релиз",
        "بیانیه مطبوعاتی",
        "بيان صحفي",
        "新闻稿",
        "新聞稿",
        "プレスリリース",
    ];
    let text = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    LABELS.contains(&text.as_str())
}

/// The size of the font of most of the text.
fn text_size(paragraphs: &[Paragraph]) -> Option<f32> {
    let mut sizes: FxHashMap<i64, usize> = FxHashMap::default();
    for paragraph in paragraphs {
        *sizes.entry((paragraph.size * 4.0).round() as i64).or_default() +=
            paragraph.text.chars().count();
    }
    let most = sizes.into_iter().max_by_key(|(size, length)| (*length, *size));
    most.map(|(size, _)| size as f32 / 4.0)
}
