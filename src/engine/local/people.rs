//! Counts of people in place of their stored names, by the user's aliases.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentReader;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, TERMINATED, Term};

use crate::article::Facet;
use crate::index::schema::fields;
use crate::query::aliases::{Alias, Aliases};
use crate::query::matching::name::folded_name;

/// The articles of one commit to which each split of the aliases applies.
#[derive(Debug)]
pub(super) struct SplitArticles {
    aliases: Arc<Aliases>,
    /// For each split its articles, sorted.
    articles: Vec<Vec<DocAddress>>,
}

impl SplitArticles {
    /// From the articles of each split, in the order of the aliases' splits.
    pub(super) fn new(aliases: &Arc<Aliases>, mut articles: Vec<Vec<DocAddress>>) -> Self {
        for list in &mut articles {
            list.sort_unstable();
        }
        Self { aliases: Arc::clone(aliases), articles }
    }

    /// The numbers of the splits that apply to an article.
    pub(super) fn applying_to(&self, article: DocAddress) -> Vec<usize> {
        (0..self.articles.len()).filter(|&split| self.applies(split, article)).collect()
    }

    /// Whether a split applies to an article.
    fn applies(&self, split: usize, article: DocAddress) -> bool {
        self.articles[split].binary_search(&article).is_ok()
    }

    /// The person who has the names of `person` in an article.
    fn owner_in(&self, person: usize, article: DocAddress) -> usize {
        self.aliases.owner_where(person, |split| self.applies(split, article))
    }
}

/// Counts of the people of a facet in one segment.
pub(super) struct SegmentPeople {
    splits: Arc<SplitArticles>,
    segment: u32,
    /// The person of each stored name, by ordinal.
    person_of_ordinal: FxHashMap<u64, usize>,
    /// By person.
    counts: Vec<u32>,
    /// The people of the current document.
    current: Vec<usize>,
}

impl SegmentPeople {
    /// For one segment; nobody is counted yet.
    pub(super) fn open(
        splits: &Arc<SplitArticles>,
        facet: Facet,
        segment: u32,
        reader: &SegmentReader,
        column: &StrColumn,
    ) -> tantivy::Result<Self> {
        let mut person_of_ordinal = FxHashMap::default();
        for (person, alias) in splits.aliases.people().iter().enumerate() {
            for form in &alias.forms {
                for ordinal in ordinals(form, facet, reader, column)? {
                    person_of_ordinal.insert(ordinal, person);
                }
            }
        }
        let counts = vec![0; splits.aliases.people().len()];
        Ok(Self {
            splits: Arc::clone(splits),
            segment,
            person_of_ordinal,
            counts,
            current: Vec::new(),
        })
    }

    /// Adds a name of the current document, which is `article` or a quotation of it; false if it is no person's.
    pub(super) fn add_name(&mut self, ordinal: u64, article: DocId) -> bool {
        let Some(&person) = self.person_of_ordinal.get(&ordinal) else { return false };
        let person = self.splits.owner_in(person, DocAddress::new(self.segment, article));
        if !self.current.contains(&person) {
            self.current.push(person);
        }
        true
    }

    /// Counts the people of the current document, each once.
    pub(super) fn finish_document(&mut self) {
        for person in self.current.drain(..) {
            self.counts[person] += 1;
        }
    }

    /// All people with a count.
    pub(super) fn counted(&self) -> impl Iterator<Item = (&Alias, u32)> {
        let people = self.splits.aliases.people().iter().zip(self.counts.iter().copied());
        people.filter(|&(_, count)| count > 0)
    }
}

/// The ordinals of the stored names that are `form` when folded. The dictionary is not sorted by folded names, so they are
/// searched in the documents that have the rarest word of `form`.
fn ordinals(
    form: &str,
    facet: Facet,
    reader: &SegmentReader,
    column: &StrColumn,
) -> tantivy::Result<Vec<u64>> {
    let field = fields().facet(facet);
    let index = reader.inverted_index(field)?;
    let mut rarest: Option<TermInfo> = None;
    for word in form.split(' ') {
        let Some(info) = index.get_term_info(&Term::from_field_text(field, word))? else {
            return Ok(Vec::new());
        };
        if rarest.as_ref().is_none_or(|rarest| info.doc_freq < rarest.doc_freq) {
            rarest = Some(info);
        }
    }
    let Some(rarest) = rarest else { return Ok(Vec::new()) };
    let mut postings = index.read_postings_from_terminfo(&rarest, IndexRecordOption::Basic)?;
    let mut is_form: FxHashMap<u64, bool> = FxHashMap::default();
    let mut found = Vec::new();
    let mut name = String::new();
    let mut doc = postings.doc();
    while doc != TERMINATED {
        for ordinal in column.ords().values_for_doc(doc) {
            if is_form.contains_key(&ordinal) {
                continue;
            }
            name.clear();
            column.ord_to_str(ordinal, &mut name)?;
            let same = folded_name(&name) == form;
            is_form.insert(ordinal, same);
            if same {
                found.push(ordinal);
            }
        }
        doc = postings.advance();
    }
    Ok(found)
}
