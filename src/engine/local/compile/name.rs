//! Whole names: the documents that have one, and those that have any for which something holds. Single words of names
//! are terms like any other.

use tantivy::Term;
use tantivy::columnar::StrColumn;
use tantivy::query::PhraseQuery;
use tantivy::schema::Field;

use super::compiler::Compiler;
use super::docs::DocsQuery;
use super::query::{Compiled, term};
use crate::article::Facet;
use crate::index::schema::columns::Columns;
use crate::index::tokenize;
use crate::query::matching::name::folded;

impl Compiler<'_> {
    /// Documents that have a name of just these folded words.
    pub(super) fn whole_name(field: Field, name: &str) -> Compiled {
        let terms = whole(field, name);
        match terms.as_slice() {
            [(_, only)] => term(only.clone()),
            _ => Box::new(PhraseQuery::new_with_offset(terms)),
        }
    }

    /// Documents that have a name for which `is_meant` holds, folded.
    pub(super) fn names(
        self,
        facet: Facet,
        is_meant: impl Fn(&str) -> bool,
    ) -> tantivy::Result<Compiled> {
        let mut lists = Vec::new();
        for reader in self.searcher.segment_readers() {
            let mut docs = Vec::new();
            if let Some(column) = Columns::of(reader).facet(facet)? {
                let mut meant = vec![false; column.num_terms()];
                for_each_name(&column, |ordinal, name| meant[ordinal] = is_meant(name))?;
                if meant.contains(&true) {
                    let has_one =
                        |doc| column.ords().values_for_doc(doc).any(|o| meant[o as usize]);
                    docs.extend(
                        (0..reader.max_doc()).filter(|&doc| has_one(doc)).map(|doc| (doc, 0.0)),
                    );
                }
            }
            lists.push(docs);
        }
        Ok(Box::new(DocsQuery::new(self.searcher, lists)))
    }
}

/// The terms of a whole folded name with their places.
fn whole(field: Field, name: &str) -> Vec<(usize, Term)> {
    let words: Vec<_> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let length = Term::from_field_text(field, &tokenize::length(words.len()));
    let words = words.into_iter().map(|word| Term::from_field_text(field, word)).enumerate();
    std::iter::once((0, length)).chain(words).collect()
}

/// Calls `each` for the stored names of a facet, folded, with their ordinals; one may come more than once.
pub(crate) fn for_each_name(
    column: &StrColumn,
    mut each: impl FnMut(usize, &str),
) -> std::io::Result<()> {
    let mut names = column.dictionary().stream()?;
    let mut ordinal = 0;
    while names.advance() {
        if let Ok(name) = std::str::from_utf8(names.key()) {
            each(ordinal, &folded(name));
        }
        ordinal += 1;
    }
    Ok(())
}
