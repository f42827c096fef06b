//! Counting people instead of stored names.

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
use crate::query::matching::name::folded;

/// The articles of one commit to which each split of the aliases applies.
#[derive(Debug)]
pub(super) struct SplitArticles {
    aliases: Arc<Aliases>,
    /// For each split its articles, sorted.
    articles: Vec<Vec<DocAddress>>,
}

impl SplitArticles {
    /// For aliases, each of whose splits applies to the articles of the same place in the list.
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
    /// Whose the stored names are, by ordinal.
    of_ordinal: FxHashMap<u64, usize>,
    counts: Vec<u32>,
    /// Whose names the document at hand has.
    met: Vec<usize>,
}

impl SegmentPeople {
    /// None counted yet.
    pub(super) fn open(
        splits: &Arc<SplitArticles>,
        facet: Facet,
        segment: u32,
        reader: &SegmentReader,
        column: &StrColumn,
    ) -> tantivy::Result<Self> {
        let mut of_ordinal = FxHashMap::default();
        for (person, alias) in splits.aliases.people().iter().enumerate() {
            for form in &alias.forms {
                for ordinal in ordinals(form, facet, reader, column)? {
                    of_ordinal.insert(ordinal, person);
                }
            }
        }
        let counts = vec![0; splits.aliases.people().len()];
        Ok(Self { splits: Arc::clone(splits), segment, of_ordinal, counts, met: Vec::new() })
    }

    /// Takes note of a value of a document, itself an article or a quotation of `article`; false if it is nobody's.
    pub(super) fn meet(&mut self, ordinal: u64, article: DocId) -> bool {
        let Some(&person) = self.of_ordinal.get(&ordinal) else { return false };
        let person = self.splits.owner_in(person, DocAddress::new(self.segment, article));
        if !self.met.contains(&person) {
            self.met.push(person);
        }
        true
    }

    /// Counts those whom the document has, each once.
    pub(super) fn count_met(&mut self) {
        for person in self.met.drain(..) {
            self.counts[person] += 1;
        }
    }

    /// Everybody counted, with their numbers.
    pub(super) fn counted(&self) -> impl Iterator<Item = (&Alias, u32)> {
        let people = self.splits.aliases.people().iter().zip(self.counts.iter().copied());
        people.filter(|&(_, count)| count > 0)
    }
}

/// The stored names that are folded to `form`. The dictionary of stored names is not sorted by folded ones: the names
/// are looked up in the documents that have their rarest word.
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
            let same = folded(&name) == form;
            is_form.insert(ordinal, same);
            if same {
                found.push(ordinal);
            }
        }
        doc = postings.advance();
    }
    Ok(found)
}
