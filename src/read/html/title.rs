//! The headline of a page, without the name of its site.

use super::blocks::Block;
use super::json_ld::StatedArticle;
use super::meta::Meta;
use super::regions::Region;
use super::text::{is_similar, normalized};
use super::tree::{Attribute, Id, Tag, Tree};

/// The maximum length of a headline, in bytes.
const MAX_TITLE: usize = 500;

/// Separators between the headline and the name of the site.
const SEPARATORS: [&str; 11] =
    [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " « ", " › ", " ‹ "];

/// The title of the page in `og:title` or `<title>`, to recognise its article by.
pub(super) fn page_title(tree: &Tree, meta: &Meta) -> String {
    let page = tree.elements(Tag::Title).next().map(|id| tree.words(id)).unwrap_or_default();
    meta.first(&["og:title", "twitter:title"]).map_or(page, str::to_owned)
}

/// The headline, and the field that states it.
pub(super) fn headline(
    tree: &Tree,
    meta: &Meta,
    stated: &StatedArticle,
    blocks: &[Block],
    container: Option<Id>,
) -> Option<(String, &'static str)> {
    let site = meta.first(&["og:site_name", "application-name"]).or(stated.publisher.as_deref());
    let page = tree.elements(Tag::Title).next().map(|id| tree.words(id));
    let social =
        meta.first(&["og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title"]);
    let titles: Vec<&str> =
        [stated.headline.as_deref(), social, page.as_deref()].into_iter().flatten().collect();
    let heading = Headings { tree, meta, site, titles: &titles, blocks, container }.best();
    // A heading similar to the title may also contain the section or the date.
    let is_alike =
        heading.as_deref().zip(social).is_some_and(|(heading, social)| is_similar(heading, social));
    let by_social = (social.map(str::to_owned), "og:title");
    let displayed = (heading.clone(), "h1");
    let (second, third) = if is_alike { (by_social, displayed) } else { (displayed, by_social) };
    let mut candidates =
        [(stated.headline.clone(), "json-ld"), second, third, (page.clone(), "title")];
    // If two pairs of sources disagree, what readers see takes precedence over what is written for search engines.
    let same = |a: Option<&str>, b: Option<&str>| {
        a.zip(b).is_some_and(|(a, b)| normalized(b).starts_with(&normalized(a)))
    };
    let is_tie =
        same(heading.as_deref(), social) && same(stated.headline.as_deref(), page.as_deref());
    if is_tie {
        candidates.swap(0, 1);
    }
    candidates.into_iter().find_map(|(title, field)| {
        let title = without_site(&title?, site, heading.as_deref());
        (!title.is_empty() && title.len() <= MAX_TITLE).then_some((title, field))
    })
}

/// The maximum number of headings of each rank that are compared.
const MAX_HEADINGS: usize = 60;

/// The headings of a page, one of which is the headline.
struct Headings<'a> {
    tree: &'a Tree,
    meta: &'a Meta,
    site: Option<&'a str>,
    /// The titles in the page's metadata.
    titles: &'a [&'a str],
    blocks: &'a [Block],
    /// The element that holds the text.
    container: Option<Id>,
}

impl Headings<'_> {
    /// The heading that matches a title of the page; else the heading marked as the headline, or the only `h1`.
    fn best(&self) -> Option<String> {
        let of_rank =
            |tag| self.tree.elements(tag).filter(|&id| !self.is_site(id)).take(MAX_HEADINGS);
        let firsts: Vec<(Id, String)> =
            of_rank(Tag::H1).map(|id| (id, self.tree.words(id))).collect();
        let alike =
            firsts.iter().find(|(_, words)| self.titles.iter().any(|name| is_similar(words, name)));
        if let Some((_, words)) = alike {
            return Some(words.clone());
        }
        let segments: Vec<String> = self.titles.iter().flat_map(|name| segments(name)).collect();
        let others = of_rank(Tag::H1).chain(of_rank(Tag::H2)).chain(of_rank(Tag::H3));
        let others: Vec<String> = others.map(|id| self.tree.words(id)).collect();
        // The name of the site is usually last.
        let matched = segments
            .iter()
            .filter(|segment| segment.chars().count() > 5)
            .find_map(|segment| others.iter().find(|words| normalized(words) == *segment).cloned());
        let marked = || {
            self.meta
                .elements("headline")
                .find(|&id| self.tree.tag(id).is_heading())
                .map(|id| self.tree.words(id))
        };
        let above = || {
            let container = self.container.filter(|_| firsts.len() == 1)?;
            let end = self.tree.nodes[container].end as usize;
            let (id, words) = firsts.first()?;
            (*id < end && self.shares_a_word(words)).then(|| words.clone())
        };
        matched.or_else(marked).or_else(above).or_else(|| self.in_other_elements(&segments))
    }

    /// Whether words have one of some length in common with a title of the page, if it has any. The slogan of a site has
    /// none.
    fn shares_a_word(&self, words: &str) -> bool {
        let words = normalized(words);
        let mut titles = self.titles.iter().map(|title| normalized(title));
        let long = |word: &&str| word.chars().count() > 3 || !word.is_ascii();
        self.titles.is_empty()
            || words.split(' ').filter(long).count() == 0
            || titles.any(|title| words.split(' ').filter(long).any(|word| title.contains(word)))
    }

    /// The first part of the page's titles, if it is the longest and stands in an element which is no heading. The name and
    /// the slogan of the site are behind it.
    fn in_other_elements(&self, segments: &[String]) -> Option<String> {
        const MIN: usize = 12;
        let longest = segments.first()?;
        if segments.iter().any(|segment| segment.len() > longest.len()) {
            return None;
        }
        let shown = self.blocks.iter().filter(|block| block.region < Region::Others);
        let mut lines = shown.flat_map(Block::lines).filter(|line| line.len() < MAX_TITLE);
        let found = lines.find(|line| longest.len() > MIN && normalized(line) == *longest);
        found.map(str::to_owned)
    }

    /// Whether a heading is the name of the site, a link to its home page, or empty.
    fn is_site(&self, id: Id) -> bool {
        let links = self
            .tree
            .inside(id)
            .chain(self.tree.ancestors(id).take(2))
            .filter(|&id| self.tree.tag(id) == Tag::A);
        let are_home = links.filter_map(|id| {
            let rel = self.tree.attribute(id, Attribute::Rel).unwrap_or_default();
            let href = self.tree.attribute(id, Attribute::Href)?;
            Some(rel.split_ascii_whitespace().any(|word| word == "home") || is_home_page(href))
        });
        let words = self.tree.words(id);
        let named = self.site.is_some_and(|site| normalized(site) == normalized(&words));
        named || words.chars().count() < 3 || are_home.take(5).any(|is_home| is_home)
    }
}

/// Whether a URL is that of a home page: it has no path.
fn is_home_page(href: &str) -> bool {
    let path = href
        .split_once("://")
        .map_or(href, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    matches!(path.trim_matches('/'), "" | "index.html" | "index.php" | "index.htm")
}

/// The normalized parts of a title between separators.
fn segments(title: &str) -> Vec<String> {
    let mut parts = vec![title];
    for mark in SEPARATORS {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    parts.into_iter().map(normalized).filter(|part| !part.is_empty()).collect()
}

/// The title without the name of the site, and without parts that are not in the heading.
fn without_site(title: &str, site: Option<&str>, heading: Option<&str>) -> String {
    let mut title = title;
    if let Some(heading) = heading.filter(|heading| heading.len() > 8) {
        let rest = title.strip_prefix(heading).or_else(|| title.strip_suffix(heading));
        if rest.is_some_and(|rest| SEPARATORS.iter().any(|mark| rest.contains(mark.trim()))) {
            return heading.to_owned();
        }
    }
    while let Some((head, tail)) = SEPARATORS
        .iter()
        .filter_map(|mark| title.rsplit_once(mark))
        .max_by_key(|(head, _)| head.len())
    {
        let named = site.is_some_and(|site| similar_site(site, tail));
        if !named || head.trim().is_empty() {
            break;
        }
        title = head.trim_end();
    }
    title.to_owned()
}

fn similar_site(site: &str, tail: &str) -> bool {
    let (site, tail) = (normalized(site).replace(' ', ""), normalized(tail).replace(' ', ""));
    !tail.is_empty() && (site.contains(&tail) || tail.contains(&site))
}
