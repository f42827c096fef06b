//! JSON-LD: the metadata of a page's article in `<script type="application/ld+json">`, in the vocabulary of schema.org.

mod lenient;

use serde_json::{Map, Value};

use super::text::decoded;
use super::tree::{Attribute, Tag, Tree};
use crate::read::bounded_json;

/// The maximum number of objects of a page.
const MAX_OBJECTS: usize = 2000;

/// The values of the article's object. All but `body` are on one line, with references decoded.
#[derive(Debug, Default)]
pub(super) struct StatedArticle {
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Vec<String>,
    pub(super) modified: Option<String>,
    pub(super) section: Option<String>,
    pub(super) keywords: Vec<String>,
    pub(super) license: Option<String>,
    pub(super) holder: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    pub(super) description: Option<String>,
    /// The text with its markup.
    pub(super) body: Option<String>,
}

/// The metadata of the page's article. `title`: the title of the page, to distinguish its article from those that it
/// lists.
pub(super) fn stated(tree: &Tree, title: &str) -> StatedArticle {
    let scripts: Vec<Value> =
        tree.elements(Tag::Script).filter_map(|id| script(tree, id)).collect();
    let objects = objects(&scripts);
    let mut best: Option<(i32, &Map<String, Value>)> = None;
    for object in &objects {
        let Some(rank) = rank(object, title) else { continue };
        if best.is_none_or(|(other, _)| rank > other) {
            best = Some((rank, object));
        }
    }
    let Some((_, article)) = best else { return StatedArticle::default() };
    let graph = Graph { objects: &objects };
    let mut stated = graph.read(article);
    for object in &objects {
        if !std::ptr::eq(*object, article) && rank(object, title).is_some() {
            graph.add_missing(&mut stated, object, title);
        }
    }
    stated
}

fn script(tree: &Tree, id: usize) -> Option<Value> {
    let kind = tree.attribute(id, Attribute::Type)?;
    if !kind.to_ascii_lowercase().contains("ld+json") {
        return None;
    }
    let text = tree.inside(id).map(|inner| tree.text(inner)).collect::<String>();
    let text = lenient::unwrapped(&text);
    bounded_json::parse(text).ok().map(|parsed| parsed.value).or_else(|| lenient::value(text))
}

/// All objects in document order, also those in lists and graphs and under `mainEntity`.
fn objects(scripts: &[Value]) -> Vec<&Map<String, Value>> {
    let mut found = Vec::new();
    let mut open: Vec<&Value> = scripts.iter().rev().collect();
    while let Some(value) = open.pop() {
        if found.len() == MAX_OBJECTS {
            break;
        }
        match value {
            Value::Array(list) => open.extend(list.iter().rev().take(MAX_OBJECTS)),
            Value::Object(object) => {
                found.push(object);
                for key in ["mainEntityOfPage", "mainEntity", "@graph", "itemReviewed", "hasPart"] {
                    open.extend(object.get(key));
                }
            }
            _ => {}
        }
    }
    found
}

/// How likely the object is the page's article; `None` if it is no article.
fn rank(object: &Map<String, Value>, title: &str) -> Option<i32> {
    let type_rank = type_rank(object)?;
    let named = text_of(object, "headline").or_else(|| text_of(object, "name"));
    let same = named.is_some_and(|named| super::text::is_similar(&named, title));
    Some(type_rank * 10 + i32::from(same) * 25)
}

/// The rank of pages and media, which are used if there is no article.
const PAGE: i32 = 1;

/// How similar the object's type is to an article; `None` if it is not.
fn type_rank(object: &Map<String, Value>) -> Option<i32> {
    let ranks = types(object).filter_map(|name| {
        let name = name.rsplit(['/', ':', '#']).next().unwrap_or(name);
        Some(match name {
            "WebPage" | "CreativeWork" | "VideoObject" | "PodcastEpisode" | "Product" | "Event"
            | "ProfilePage" | "AudioObject" | "MediaObject" | "ItemPage" | "ClaimReview" => PAGE,
            "Recipe"
            | "HowTo"
            | "Review"
            | "Report"
            | "QAPage"
            | "FAQPage"
            | "DiscussionForumPosting"
            | "SocialMediaPosting"
            | "TechArticle"
            | "ScholarlyArticle"
            | "Legislation" => 3,
            _ if name.ends_with("Article") || name.ends_with("Posting") => 4,
            _ => return None,
        })
    });
    ranks.max()
}

fn types(object: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let value = object.get("@type").or_else(|| object.get("type"));
    each(value).filter_map(Value::as_str)
}

/// A value, or the values of a list.
fn each(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let (one, list) = match value {
        Some(Value::Array(list)) => (None, list.as_slice()),
        other => (other, &[][..]),
    };
    one.into_iter().chain(list)
}

/// The first text under `key`.
fn text_of(object: &Map<String, Value>, key: &str) -> Option<String> {
    each(object.get(key)).find_map(text)
}

/// The text of a value: a string, a number, or the name of an object.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => decoded(text),
        Value::Number(number) => number.to_string(),
        Value::Object(object) => {
            return ["@value", "name", "url", "@id"].iter().find_map(|key| text(object.get(*key)?));
        }
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

struct Graph<'a> {
    objects: &'a [&'a Map<String, Value>],
}

impl Graph<'_> {
    fn read(&self, article: &Map<String, Value>) -> StatedArticle {
        let texts = |key| each(article.get(key)).filter_map(text).collect::<Vec<_>>();
        let keywords = texts("keywords");
        StatedArticle {
            headline: text_of(article, "headline").or_else(|| {
                let is_article = type_rank(article).is_some_and(|rank| rank > PAGE);
                text_of(article, "name").filter(|_| is_article)
            }),
            authors: self.names(article, &["author", "creator"]),
            published: ["datePublished", "dateCreated", "uploadDate"]
                .iter()
                .filter_map(|key| text_of(article, key))
                .collect(),
            modified: text_of(article, "dateModified"),
            section: text_of(article, "articleSection"),
            keywords: match keywords.as_slice() {
                [one] => one.split([',', ';']).map(|word| word.trim().to_owned()).collect(),
                _ => keywords,
            },
            license: text_of(article, "license"),
            holder: self.names(article, &["copyrightHolder"]).into_iter().next(),
            publisher: self.names(article, &["publisher"]).into_iter().next(),
            language: text_of(article, "inLanguage"),
            url: text_of(article, "url").or_else(|| text_of(article, "mainEntityOfPage")),
            description: text_of(article, "description"),
            body: each(article.get("articleBody"))
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .next(),
        }
    }

    /// Adds missing values from another object about the same article: a `WebPage` beside an `Article`.
    fn add_missing(&self, stated: &mut StatedArticle, object: &Map<String, Value>, title: &str) {
        let more = self.read(object);
        let same =
            |a: &Option<String>| a.as_deref().is_none_or(|a| super::text::is_similar(a, title));
        if !same(&more.headline) {
            return;
        }
        stated.headline = stated.headline.take().or(more.headline);
        if stated.published.is_empty() {
            stated.published = more.published;
        }
        stated.modified = stated.modified.take().or(more.modified);
        if stated.authors.is_empty() {
            stated.authors = more.authors;
        }
        stated.license = stated.license.take().or(more.license);
        stated.body = stated.body.take().or(more.body);
        stated.section = stated.section.take().or(more.section);
        stated.language = stated.language.take().or(more.language);
    }

    /// The names of people and organisations under the first of `keys` that has some.
    fn names(&self, object: &Map<String, Value>, keys: &[&str]) -> Vec<String> {
        let under = |key: &&str| {
            let names: Vec<String> =
                each(object.get(*key)).flat_map(|value| self.name(value)).collect();
            (!names.is_empty()).then_some(names)
        };
        keys.iter().find_map(under).unwrap_or_default()
    }

    /// The names of one author: a string, an object, or a reference to another object.
    fn name(&self, value: &Value) -> Vec<String> {
        match value {
            Value::String(name) => vec![decoded(name)],
            Value::Object(object) => {
                let mut names: Vec<String> = each(object.get("name")).filter_map(text).collect();
                if names.is_empty() {
                    let parts = ["givenName", "additionalName", "familyName"];
                    let parts: Vec<String> =
                        parts.iter().filter_map(|key| text_of(object, key)).collect();
                    names.extend((!parts.is_empty()).then(|| parts.join(" ")));
                }
                let referenced = || {
                    let id = object.get("@id")?.as_str()?;
                    let other = self.objects.iter().find(|other| {
                        other.get("@id").and_then(Value::as_str) == Some(id)
                            && other.contains_key("name")
                    })?;
                    Some(each(other.get("name")).filter_map(text).collect())
                };
                if names.is_empty() { referenced().unwrap_or_default() } else { names }
            }
            _ => Vec::new(),
        }
    }
}
