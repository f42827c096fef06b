//! Clauses of names under the user's aliases: the people that match, and the documents that have them.

use tantivy::query::BooleanQuery;
use tantivy::schema::Field;

use super::compiler::Compiler;
use super::conjunction::Conjunction;
use super::simple_queries::BoxedQuery;
use crate::index::schema::fields;
use crate::query::aliases::{Aliases, Split};
use crate::query::language::clause::{FacetClause, Value};
use crate::query::matching::NameMatcher;
use crate::query::matching::name::folded_name;
use crate::query::request::Target;

impl Compiler<'_> {
    /// Documents of `target`'s kind, and perhaps of others, that have a value that matches.
    pub(super) fn named(self, clause: &FacetClause, target: Target) -> tantivy::Result<BoxedQuery> {
        let applies = self.aliases.apply_to(clause.facet) && clause.value != Value::Any;
        if !applies {
            return self.facet(clause);
        }
        let Some(clause) = self.asked_of_people(clause)? else { return self.facet(clause) };
        let clause = &clause;
        let field = fields().facet(clause.facet);
        let matcher = NameMatcher::new(&clause.value);
        let people = self.aliases.people().iter();
        let matching: Vec<_> =
            people.map(|alias| alias.forms.iter().any(|form| matcher.accepts(form))).collect();
        // In some articles a name that matches may belong to a person who does not: then names cannot be searched as they are.
        let is_excluded = |split: &Split| matching[split.of] && !matching[split.by];
        let mut parts = vec![if self.aliases.splits().iter().any(is_excluded) {
            self.names(clause.facet, |name| self.is_unowned_match(name, &matcher))?
        } else {
            self.facet(clause)?
        }];
        for person in 0..matching.len() {
            parts.extend(self.person(field, person, &matching, target)?);
        }
        Ok(Box::new(BooleanQuery::union(parts)))
    }

    /// The clause as it is asked of all of a person's names; `None` for a whole name that documents have and no person.
    fn asked_of_people(self, clause: &FacetClause) -> tantivy::Result<Option<FacetClause>> {
        let value = match &clause.value {
            Value::Whole(name) if self.aliases.person_of(&folded_name(name)).is_some() => {
                Value::Folded(name.clone())
            }
            Value::Whole(name) if self.exact_value(clause.facet, name)?.is_some() => {
                return Ok(None);
            }
            other => other.clone(),
        };
        Ok(Some(FacetClause { facet: clause.facet, value }))
    }

    /// Whether a name matches and no person has it.
    fn is_unowned_match(self, name: &str, matcher: &NameMatcher) -> bool {
        self.aliases.person_of(&folded_name(name)).is_none() && matcher.accepts(name)
    }

    /// Documents that have a name of the person, where the person who has the name there matches.
    fn person(
        self,
        field: Field,
        person: usize,
        matching: &[bool],
        target: Target,
    ) -> tantivy::Result<Option<BoxedQuery>> {
        let forms = self.aliases.people()[person].forms.iter();
        let forms = forms.map(|form| Self::whole_name(field, form));
        let having: BoxedQuery = Box::new(BooleanQuery::union(forms.collect()));
        let splits: Vec<_> = self.aliases.splits_of(person).map(|(_, split)| split).collect();
        if splits.iter().all(|split| matching[split.by] == matching[person]) {
            return Ok(matching[person].then_some(having));
        }
        let mut regions = Vec::new();
        for split in &splits {
            regions.push(self.region(split, target)?);
        }
        // Each split has the documents of no earlier split; the person has the rest.
        let mut parts: Vec<BoxedQuery> = Vec::new();
        for n in 0..=splits.len() {
            if !matching[splits.get(n).map_or(person, |split| split.by)] {
                continue;
            }
            let required = std::iter::once(&having).chain(regions.get(n));
            let earlier = regions.iter().take(n);
            parts.push(Conjunction::query(
                required.map(|query| query.box_clone()).collect(),
                earlier.map(|query| query.box_clone()).collect(),
                self.watch,
            ));
        }
        Ok(Some(Box::new(BooleanQuery::union(parts))))
    }

    /// The documents to which a split applies: articles or their quotations. Aliases do not apply in its condition.
    fn region(self, split: &Split, target: Target) -> tantivy::Result<BoxedQuery> {
        let none = Aliases::default();
        let stored = Compiler { aliases: &none, ..self };
        let articles = stored.query(&split.condition, Target::Articles)?;
        Ok(match target {
            Target::Articles => articles,
            Target::Quotations => self.quotations_of(articles),
        })
    }
}
