//! The metadata of a page in `<meta>`, microdata and `RDFa`, by name.

use rustc_hash::FxHashMap;

use super::text::decoded;
use super::tree::{Attribute, Id, Tag, Tree};

/// The values of `<meta>` by their names in lower case, and the elements with properties.
#[derive(Debug, Default)]
pub(super) struct Meta {
    values: FxHashMap<String, Vec<String>>,
    /// The elements with `itemprop` or `property`, except `<meta>`, in document order.
    properties: Vec<(String, Id)>,
}

/// More values of one page are dropped.
const MAX_VALUES: usize = 5000;

impl Meta {
    /// The metadata of a page.
    pub(super) fn new(tree: &Tree) -> Self {
        let mut meta = Self::default();
        let mut count = 0;
        for id in 1..tree.nodes.len() {
            let names =
                [Attribute::Property, Attribute::Name, Attribute::Itemprop, Attribute::HttpEquiv];
            let is_meta = tree.tag(id) == Tag::Meta;
            for attribute in names {
                let Some(name) = tree.attribute(id, attribute) else { continue };
                if count == MAX_VALUES || name.len() > 200 {
                    continue;
                }
                let is_property = matches!(attribute, Attribute::Property | Attribute::Itemprop);
                if is_property && !is_meta {
                    count += 1;
                    let names = name.split_ascii_whitespace();
                    meta.properties.extend(names.map(|name| (without_prefix(name), id)));
                }
                if let Some(content) = tree.attribute(id, Attribute::Content).filter(|_| is_meta) {
                    let content = decoded(content);
                    if !content.is_empty() {
                        count += 1;
                        meta.values
                            .entry(name.trim().to_ascii_lowercase())
                            .or_default()
                            .push(content);
                    }
                }
            }
        }
        meta
    }

    /// The first value of the first of `names` that has one.
    pub(super) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.values.get(*name)?.first()).map(String::as_str)
    }

    /// All values of the first of `names` that has some.
    pub(super) fn all(&self, names: &[&str]) -> &[String] {
        names.iter().find_map(|name| self.values.get(*name)).map_or(&[], Vec::as_slice)
    }

    /// The elements with a property of schema.org or Dublin Core.
    pub(super) fn elements(&self, property: &str) -> impl Iterator<Item = Id> + '_ {
        let property = property.to_owned();
        self.properties.iter().filter(move |(name, _)| *name == property).map(|(_, id)| *id)
    }
}

/// The local name of a property: `schema:author`, `http://schema.org/author` to `author`.
fn without_prefix(name: &str) -> String {
    name.rsplit([':', '/', '#']).next().unwrap_or(name).to_owned()
}
