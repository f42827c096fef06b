//! The compiler of clauses, and what it knows of the index.

use std::sync::Arc;

use tantivy::Searcher;

use crate::engine::local::watch::Watch;
use crate::index::read::live_documents::LiveDocuments;
use crate::index::read::snapshot::Snapshot;
use crate::query::aliases::Aliases;

/// Compiles clauses to queries over one snapshot.
#[derive(Clone, Copy)]
pub(crate) struct Compiler<'s> {
    pub(super) searcher: &'s Searcher,
    pub(super) live: &'s Arc<LiveDocuments>,
    pub(super) languages: &'s [String],
    pub(super) aliases: &'s Aliases,
    pub(super) title_weight: f32,
    pub(super) watch: &'s Watch,
}

/// The weight of matches in the headline, added to the score of the body. For short queries of which any word is enough,
/// any weight costs precision (TREC 6 to 8, before words were weighed by all their forms: MAP 0.538 at 0, 0.530 at 0.1, 0.529 at 0.25, 0.461 at 1);
/// where all words are required, an article that has them in its headline is about them.
const TITLE_WEIGHT: f32 = 0.25;

impl<'s> Compiler<'s> {
    /// For a commit and the user's aliases, under a watch.
    pub(crate) fn new(
        snapshot: &'s Snapshot,
        aliases: &'s Aliases,
        watch: &'s Watch,
    ) -> tantivy::Result<Self> {
        let (searcher, live) = (snapshot.searcher(), snapshot.live_documents()?);
        let languages = live.languages();
        let title_weight = TITLE_WEIGHT;
        Ok(Self { searcher, live, languages, aliases, title_weight, watch })
    }

    /// The same without a weight for headlines.
    pub(crate) fn without_title_weight(self) -> Self {
        Self { title_weight: 0.0, ..self }
    }
}
