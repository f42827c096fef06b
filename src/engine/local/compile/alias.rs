//! Clauses of names, as the user's aliases have them: who is meant, and which documents have them.

use tantivy::query::BooleanQuery;
use tantivy::schema::Field;

use super::compiler::Compiler;
use super::conjunction::Conjunction;
use super::query::Compiled;
use crate::index::schema::fields;
use crate::query::aliases::{Aliases, Split};
use crate::query::language::clause::{FacetClause, Value};
use crate::query::matching::NameMatcher;
use crate::query::request::Target;

impl Compiler<'_> {
    /// Documents of `target`'s kind (and perhaps of others) that have a value which is meant.
    pub(super) fn named(self, clause: &FacetClause, target: Target) -> tantivy::Result<Compiled> {
        let applies = self.aliases.apply_to(clause.facet) && clause.value != Value::Any;
        if !applies {
            return self.facet(clause);
        }
        let field = fields().facet(clause.facet);
        let matcher = NameMatcher::new(&clause.value);
        let people = self.aliases.people().iter();
        let meant: Vec<_> =
            people.map(|alias| alias.forms.iter().any(|form| matcher.accepts(form))).collect();
        // Of a name that is meant, a part may be somebody else's who is not: then it cannot be searched as it is.
        let is_lost = |split: &Split| meant[split.of] && !meant[split.by];
        let mut parts = vec![if self.aliases.splits().iter().any(is_lost) {
            self.names(clause.facet, |name| self.is_nobodys(name, &matcher))?
        } else {
            self.facet(clause)?
        }];
        for person in 0..meant.len() {
            parts.extend(self.person(field, person, &meant, target)?);
        }
        Ok(Box::new(BooleanQuery::union(parts)))
    }

    /// Is it a name that is meant, and of which the aliases say nothing?
    fn is_nobodys(self, name: &str, matcher: &NameMatcher) -> bool {
        self.aliases.person_of(name).is_none() && matcher.accepts(name)
    }

    /// Documents that have a name of the person where it is the name of somebody who is meant.
    fn person(
        self,
        field: Field,
        person: usize,
        meant: &[bool],
        target: Target,
    ) -> tantivy::Result<Option<Compiled>> {
        let forms = self.aliases.people()[person].forms.iter();
        let forms = forms.map(|form| Self::whole_name(field, form));
        let having: Compiled = Box::new(BooleanQuery::union(forms.collect()));
        let splits: Vec<_> = self.aliases.splits_of(person).map(|(_, split)| split).collect();
        if splits.iter().all(|split| meant[split.by] == meant[person]) {
            return Ok(meant[person].then_some(having));
        }
        let mut regions = Vec::new();
        for split in &splits {
            regions.push(self.region(split, target)?);
        }
        // Each split has what no earlier one has; the person has the rest.
        let mut parts: Vec<Compiled> = Vec::new();
        for n in 0..=splits.len() {
            if !meant[splits.get(n).map_or(person, |split| split.by)] {
                continue;
            }
            let required = std::iter::once(&having).chain(regions.get(n));
            let earlier = regions.iter().take(n);
            parts.push(Conjunction::query(
                required.map(|query| query.box_clone()).collect(),
                earlier.map(|query| query.box_clone()).collect(),
            ));
        }
        Ok(Some(Box::new(BooleanQuery::union(parts))))
    }

    /// Where a split applies: in articles, and in their quotations. Its own names are those stored.
    fn region(self, split: &Split, target: Target) -> tantivy::Result<Compiled> {
        let none = Aliases::default();
        let stored = Compiler { aliases: &none, ..self };
        let articles = stored.query(&split.condition, Target::Articles)?;
        Ok(match target {
            Target::Articles => articles,
            Target::Quotations => self.quotations_of(articles),
        })
    }
}
