//! The headline of a page, without the name of its site.

use super::json_ld::Stated;
use super::meta::Meta;
use super::text::{normal, similar};
use super::tree::{Attribute, Id, Tag, Tree};

/// Longer texts are no headlines, in bytes.
const LONGEST: usize = 500;

/// What pages put between headline and site.
const SEPARATORS: [&str; 11] =
    [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " « ", " › ", " ‹ "];

/// What `<title>` and `og:title` call the page, to know its article by.
pub(super) fn named(tree: &Tree, meta: &Meta) -> String {
    let page = tree.elements(Tag::Title).next().map(|id| tree.words(id)).unwrap_or_default();
    meta.first(&["og:title", "twitter:title"]).map_or(page, str::to_owned)
}

/// The headline and the field that states it.
pub(super) fn headline(
    tree: &Tree,
    meta: &Meta,
    stated: &Stated,
    container: Option<Id>,
) -> Option<(String, &'static str)> {
    let site = meta.first(&["og:site_name", "application-name"]).or(stated.publisher.as_deref());
    let page = tree.elements(Tag::Title).next().map(|id| tree.words(id));
    let social =
        meta.first(&["og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title"]);
    let named: Vec<&str> =
        [stated.headline.as_deref(), social, page.as_deref()].into_iter().flatten().collect();
    let heading = Headings { tree, meta, site, named: &named, container }.best();
    // A heading that says the same may have the section before it or the date.
    let alike =
        heading.as_deref().zip(social).is_some_and(|(heading, social)| similar(heading, social));
    let by_network = (social.map(str::to_owned), "og:title");
    let shown = (heading.clone(), "h1");
    let (second, third) = if alike { (by_network, shown) } else { (shown, by_network) };
    let mut candidates =
        [(stated.headline.clone(), "json-ld"), second, third, (page.clone(), "title")];
    // Where two stand against two, what readers see goes before what is written for search engines.
    let same = |a: Option<&str>, b: Option<&str>| {
        a.zip(b).is_some_and(|(a, b)| normal(b).starts_with(&normal(a)))
    };
    let split =
        same(heading.as_deref(), social) && same(stated.headline.as_deref(), page.as_deref());
    if split {
        candidates.swap(0, 1);
    }
    candidates.into_iter().find_map(|(title, field)| {
        let title = without_site(&title?, site, heading.as_deref());
        (!title.is_empty() && title.len() <= LONGEST).then_some((title, field))
    })
}

/// So many headings are looked at.
const MOST: usize = 60;

/// The headings of a page, one of which is the headline.
struct Headings<'a> {
    tree: &'a Tree,
    meta: &'a Meta,
    site: Option<&'a str>,
    /// What the page's metadata call it.
    named: &'a [&'a str],
    /// The element that holds the text.
    container: Option<Id>,
}

impl Headings<'_> {
    /// The heading that the page is called after; else the one that is marked as the headline, or the only
    /// one of the first rank.
    fn best(&self) -> Option<String> {
        let of_rank = |tag| self.tree.elements(tag).filter(|&id| !self.is_site(id)).take(MOST);
        let firsts: Vec<(Id, String)> =
            of_rank(Tag::H1).map(|id| (id, self.tree.words(id))).collect();
        let alike =
            firsts.iter().find(|(_, words)| self.named.iter().any(|name| similar(words, name)));
        if let Some((_, words)) = alike {
            return Some(words.clone());
        }
        let segments: Vec<String> = self.named.iter().flat_map(|name| segments(name)).collect();
        let others = of_rank(Tag::H1).chain(of_rank(Tag::H2)).chain(of_rank(Tag::H3));
        let others: Vec<String> = others.map(|id| self.tree.words(id)).collect();
        // The site's name mostly stands last.
        let called = segments
            .iter()
            .filter(|segment| segment.chars().count() > 5)
            .find_map(|segment| others.iter().find(|words| normal(words) == *segment).cloned());
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
            (*id < end).then(|| words.clone())
        };
        called.or_else(marked).or_else(above)
    }

    /// Is the heading the name of the site, or a link to its front page, or empty?
    fn is_site(&self, id: Id) -> bool {
        let links = self
            .tree
            .inside(id)
            .chain(self.tree.around(id).take(2))
            .filter(|&id| self.tree.tag(id) == Tag::A);
        let home = links.filter_map(|id| {
            let rel = self.tree.attribute(id, Attribute::Rel).unwrap_or_default();
            let href = self.tree.attribute(id, Attribute::Href)?;
            Some(rel.split_ascii_whitespace().any(|word| word == "home") || is_front(href))
        });
        let words = self.tree.words(id);
        let named = self.site.is_some_and(|site| normal(site) == normal(&words));
        named || words.chars().count() < 3 || home.take(5).any(|home| home)
    }
}

/// The address of a front page: nothing behind the host.
fn is_front(href: &str) -> bool {
    let path = href
        .split_once("://")
        .map_or(href, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    matches!(path.trim_matches('/'), "" | "index.html" | "index.php" | "index.htm")
}

/// The parts of a title between the marks that part headline and site, in normal words.
fn segments(title: &str) -> Vec<String> {
    let mut parts = vec![title];
    for mark in SEPARATORS {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    parts.into_iter().map(normal).filter(|part| !part.is_empty()).collect()
}

/// The title without the parts that name the site, or that the heading does without.
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
    let (site, tail) = (normal(site).replace(' ', ""), normal(tail).replace(' ', ""));
    !tail.is_empty() && (site.contains(&tail) || tail.contains(&site))
}
