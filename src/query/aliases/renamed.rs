//! Counting people instead of stored names.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::collector::DocSetCollector;
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentReader;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, TERMINATED, Term};

use super::{Alias, Aliases};
use crate::error::Result;
use crate::index::schema::fields;
use crate::query::matching::name::folded;
use crate::query::search::{Question, Target};

/// Aliases over one snapshot: what each split's query finds is known.
#[derive(Debug)]
pub(in crate::query) struct Renamed {
    aliases: Arc<Aliases>,
    /// For each split its articles, sorted.
    articles: Vec<Vec<DocAddress>>,
}

impl Renamed {
    /// Runs the queries of the splits over the snapshot of `question`.
    pub(in crate::query) fn new(question: &Question<'_>) -> Result<Self> {
        let mut articles = Vec::new();
        for split in question.aliases.splits() {
            let finds = Question::of(
                question.snapshot,
                split.condition.clone(),
                Vec::new(),
                question.languages.clone(),
                Target::Articles,
            )?;
            let mut found: Vec<_> = finds.sweep(&DocSetCollector)?.into_iter().collect();
            found.sort_unstable();
            articles.push(found);
        }
        Ok(Self { aliases: Arc::clone(&question.aliases), articles })
    }

    /// Who has a folded name in that article, if the aliases say anything of it.
    pub(in crate::query) fn person(&self, folded: &str, article: DocAddress) -> Option<&Alias> {
        let person = self.aliases.person_of(folded)?;
        self.aliases.people().get(self.person_in(person, article))
    }

    /// Who has the names of that person in that article.
    fn person_in(&self, person: usize, article: DocAddress) -> usize {
        let is_there = |n: usize| self.articles[n].binary_search(&article).is_ok();
        let mut splits = self.aliases.splits_of(person);
        splits.find(|&(n, _)| is_there(n)).map_or(person, |(_, split)| split.by)
    }
}

/// Counts of the people of a facet in one segment.
pub(in crate::query) struct SegmentPeople {
    renamed: Arc<Renamed>,
    segment: u32,
    /// Whose the stored names are, by ordinal.
    of_ordinal: FxHashMap<u64, usize>,
    counts: Vec<u32>,
    /// Whose names the document at hand has.
    met: Vec<usize>,
}

impl SegmentPeople {
    /// None counted yet.
    pub(in crate::query) fn open(
        renamed: &Arc<Renamed>,
        facet: &str,
        segment: u32,
        reader: &SegmentReader,
        column: &StrColumn,
    ) -> tantivy::Result<Self> {
        let mut of_ordinal = FxHashMap::default();
        for (person, alias) in renamed.aliases.people().iter().enumerate() {
            for form in &alias.forms {
                for ordinal in ordinals(form, facet, reader, column)? {
                    of_ordinal.insert(ordinal, person);
                }
            }
        }
        let counts = vec![0; renamed.aliases.people().len()];
        Ok(Self { renamed: Arc::clone(renamed), segment, of_ordinal, counts, met: Vec::new() })
    }

    /// Takes note of a value of a document, itself an article or a quotation of `article`; false if it is nobody's.
    pub(in crate::query) fn meet(&mut self, ordinal: u64, article: DocId) -> bool {
        let Some(&person) = self.of_ordinal.get(&ordinal) else { return false };
        let person = self.renamed.person_in(person, DocAddress::new(self.segment, article));
        if !self.met.contains(&person) {
            self.met.push(person);
        }
        true
    }

    /// Counts those whom the document has, each once.
    pub(in crate::query) fn count_met(&mut self) {
        for person in self.met.drain(..) {
            self.counts[person] += 1;
        }
    }

    /// Everybody counted, with their numbers.
    pub(in crate::query) fn counted(&self) -> impl Iterator<Item = (&Alias, u32)> {
        let people = self.renamed.aliases.people().iter().zip(self.counts.iter().copied());
        people.filter(|&(_, count)| count > 0)
    }
}

/// The stored names that are folded to `form`. The dictionary of stored names is not sorted by folded ones: the names
/// are looked up in the documents that have their rarest word.
fn ordinals(
    form: &str,
    facet: &str,
    reader: &SegmentReader,
    column: &StrColumn,
) -> tantivy::Result<Vec<u64>> {
    let Some(field) = fields().facet(facet) else { return Ok(Vec::new()) };
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
