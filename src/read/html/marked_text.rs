//! The element that a page marks as the text of its article: by its name or class, with the headline in it or above it.

use super::blocks::Block;
use super::regions::{self, Region};
use super::tree::{Attribute, Id, Tag, Tree};

/// At most so many elements are compared, and so many blocks of each looked at.
const MAX_MARKED: usize = 200;
const MAX_BLOCKS: usize = 2000;

/// The innermost element that is marked as the article or its text, if it has a sentence: with the first `h1` inside, or
/// behind it.
pub(super) fn find(tree: &Tree, own: &[Region], blocks: &[Block]) -> Option<Id> {
    let headline = tree.elements(Tag::H1).next();
    let marked = (1..tree.nodes.len()).filter(|&id| own[id] == Region::Body || is_named(tree, id));
    let marked: Vec<Id> = marked.take(MAX_MARKED).collect();
    let holds = |id: Id| headline.is_some_and(|headline| tree.inside(id).contains(&headline));
    let follows = |id: Id| headline.is_none_or(|headline| id > headline);
    let has_text =
        |id: Id| !is_boilerplate(tree, own, id, 0) && has_sentence(tree, own, blocks, id);
    let mut best: Option<Id> = None;
    for &id in marked.iter().filter(|&&id| holds(id) || own[id] == Region::Body && follows(id)) {
        let is_inner = best.is_none_or(|best| tree.inside(best).contains(&id));
        if is_inner && has_text(id) {
            best = Some(id);
        }
    }
    best.or_else(|| {
        marked.into_iter().find(|&id| headline.is_some() && follows(id) && has_text(id))
    })
}

/// Whether the element is an article or the main element.
fn is_named(tree: &Tree, id: Id) -> bool {
    matches!(tree.tag(id), Tag::Article | Tag::Main)
        || tree.attribute(id, Attribute::Role) == Some("main")
}

/// The element around the first `h1` that has a sentence, where none is marked; or that around the first sentence behind it.
pub(super) fn around_headline(tree: &Tree, own: &[Region], blocks: &[Block]) -> Option<Id> {
    /// At most so many elements around the headline, and so many blocks behind it, are looked at.
    const MAX_LEVELS: usize = 3;
    const MAX_DISTANCE: usize = 6;
    let headline = tree.elements(Tag::H1).next()?;
    let around = tree.ancestors(tree.parent(headline)).take(MAX_LEVELS);
    let mut around = around.take_while(|&id| !matches!(tree.tag(id), Tag::Body | Tag::Html));
    let behind = || {
        let first = blocks.partition_point(|block| block.element <= headline);
        let mut near = blocks[first..].iter().take(MAX_DISTANCE);
        let is_text = |block: &&Block| {
            block.is_sentence()
                && !tree.tag(block.element).is_heading()
                && !is_boilerplate(tree, own, block.element, 0)
        };
        near.find(is_text).map(|block| tree.parent(block.element)).filter(|&id| id != 0)
    };
    around
        .find(|&id| !is_boilerplate(tree, own, id, 0) && has_sentence(tree, own, blocks, id))
        .or_else(behind)
}

/// Whether an element is in boilerplate that is inside `outer`.
fn is_boilerplate(tree: &Tree, own: &[Region], id: Id, outer: Id) -> bool {
    let around = tree.ancestors(id).take_while(|&around| around != outer);
    around.into_iter().any(|around| own[around] >= Region::Lead)
}

fn has_sentence(tree: &Tree, own: &[Region], blocks: &[Block], id: Id) -> bool {
    let nodes = tree.inside(id);
    let first = blocks.partition_point(|block| block.element < id);
    let inside = blocks[first..].iter().take(MAX_BLOCKS);
    let inside = inside.take_while(|block| block.element < nodes.end);
    inside.filter(|block| block.is_sentence()).any(|block| {
        !tree.tag(block.element).is_heading() && !is_boilerplate(tree, own, block.element, id)
    })
}

/// Whether the text outside of the marked element is that of others: the marked one has a good part of the text of
/// `best`, which holds it, or is apart from it.
pub(super) fn outweighs(tree: &Tree, blocks: &[Block], marked: Id, best: Option<Id>) -> bool {
    /// The share of the text of `best` that the marked element needs.
    const SHARE: f32 = 0.4;
    /// At most so many other elements with such a name are looked at.
    const MAX_TWINS: usize = 50;
    let Some(best) = best else { return true };
    // What stands in the same article as its marked text is part of it, unless its name says otherwise.
    let mut around = tree.ancestors(marked).filter(|&around| tree.tag(around) == Tag::Article);
    let is_within = |around: Id| around == best || tree.inside(around).contains(&best);
    if is_within(marked) || around.any(is_within) {
        return false;
    }
    let bytes = |id: Id| -> usize {
        let inside =
            |block: &&Block| block.element == id || tree.inside(id).contains(&block.element);
        let texts = blocks.iter().filter(inside);
        let texts = texts.filter(|block| block.region < Region::Aside && block.is_sentence());
        texts.map(|block| block.text.len()).sum()
    };
    let is_apart = !tree.inside(best).contains(&marked);
    let own = regions::regions(tree);
    let is_twin =
        |id: Id| own[id] == Region::Body && id != marked && !tree.inside(marked).contains(&id);
    let mut twins = tree.inside(best).filter(|&id| is_twin(id)).take(MAX_TWINS);
    let has_twin = twins.any(|id| !tree.inside(id).contains(&marked) && bytes(id) > 0);
    is_apart || !has_twin && bytes(marked) as f32 > SHARE * bytes(best) as f32
}

#[cfg(test)]
mod tests {
    use crate::read::html::article;

    const OTHERS: &str = "<p>Readers may send us their pictures of the flood, and the best are shown in the window of our house.</p>\
        <p>The almanac is out now at the kiosks, with tide tables, church services and the times of the last ferries home.</p>\
        <p>Sales of boots rose again this week as walkers looked for bargains, a trade body said in its report to members.</p>";

    const SENTENCES: [&str; 4] = [
        "Nobody drowned.",
        "The weir at Sandholt gave way.",
        "Ferries sail again on Friday, the reeve said.",
        "More rain is due.",
    ];

    fn body(page: &str) -> String {
        article(&format!("<html><body><nav><a href=/>Home</a></nav>{page}</body></html>"), "a.html")
            .body
    }

    fn paragraphs(lines: &[impl AsRef<str>]) -> String {
        lines.iter().fold(String::new(), |html, line| html + "<p>" + line.as_ref() + "</p>")
    }

    /// Elements that hold [`OTHERS`] beside an article.
    const AROUND: [(&str, &str); 9] = [
        ("<aside>", "</aside>"),
        ("<footer>", "</footer>"),
        ("<nav>", "</nav>"),
        ("<div role=dialog>", "</div>"),
        ("<div class=cookie-notice>", "</div>"),
        ("<header>", "</header>"),
        ("<form>", "</form>"),
        ("<div class=related>", "</div>"),
        ("<div id=comments>", "</div>"),
    ];

    #[test]
    fn short_articles_are_their_paragraphs_alone() {
        for (open, close) in [
            ("<article><h1>Weir</h1>", "</article>"),
            ("<h1>Weir</h1><article>", "</article>"),
            ("<main><h1>Weir</h1>", "</main>"),
            ("<h1>Weir</h1><div class=article-body>", "</div>"),
            ("<h1>Weir</h1><div itemprop=articleBody>", "</div>"),
            ("<div id=content><h1>Weir</h1>", "</div>"),
            ("<h1>Weir</h1><div id=content>", "</div>"),
            ("<h1>Weir</h1><table><tr><td>", "</td></tr></table>"),
        ] {
            for count in 1..=SENTENCES.len() {
                let text = paragraphs(&SENTENCES[..count]);
                for (before, behind) in AROUND {
                    let page = format!("{open}{text}{close}{before}{OTHERS}{behind}");
                    assert_eq!(body(&page), SENTENCES[..count].join("\n"), "{page}");
                    let page = format!("{before}{OTHERS}{behind}{open}{text}{close}");
                    assert_eq!(body(&page), SENTENCES[..count].join("\n"), "{page}");
                }
            }
        }
    }

    #[test]
    fn articles_take_nothing_along() {
        let lines = ["forty cows", "the mill wheel", "two hundred sheep"].map(|what| {
            format!("The weir at Sandholt gave way on Tuesday night, and {what} had to be brought to the high road in the dark.")
        });
        let text = paragraphs(&lines);
        for (before, behind) in
            AROUND.into_iter().chain([("<div>", "</div>"), ("<section>", "</section>")])
        {
            let page = format!("<article><h1>Weir</h1>{text}</article>{before}{OTHERS}{behind}");
            assert_eq!(body(&page), lines.join("\n"), "{page}");
        }
        let list = "<section class=more-on><h2>Recommended</h2><ul><li><a href=/2>Mill sold</a></li></ul></section>";
        let page =
            format!("<article><h1>Weir</h1><p>{}</p>{list}<p>{}</p></article>", lines[0], lines[1]);
        assert_eq!(body(&page), lines[..2].join("\n"));
    }

    #[test]
    fn long_text_beside_a_marked_lead_is_the_article() {
        // What is marked is only the lead; the text beside it is in no boilerplate.
        let page = format!(
            "<div class=top><h1>Weir</h1><p>Nobody drowned.</p></div><div class=x>{OTHERS}</div>"
        );
        assert!(body(&page).contains("The almanac is out now"));
        let page = format!("<article><h1>Weir</h1><div class=promo>{OTHERS}</div></article>");
        assert!(body(&page).contains("The almanac is out now"));
    }
}
