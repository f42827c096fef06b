//! newsdex turns a folder of news articles into an index that answers four questions of a researcher: **who** said it,
//! **where** was it written and about, **when**, and **may it be reused**.
//!
//! # Architecture
//!
//! ```text
//! archive files ─walk→ FileRef ─read→ Article ─extract→ Article + annotations ─index→ engine
//!                                                        query text ─parse→ Query ─search→ Page ─cli→ you
//! ```
//!
//! One plain data type, [`article::Article`], travels; each stage fills its own part, and no stage calls an earlier
//! one. In the order of the data:
//!
//! | module | what it does | may use, of ours |
//! |---|---|---|
//! | [`article`], [`error`], [`report`] | the words of the trade as plain data; the one public error; what a run did | nothing |
//! | [`archive`] | which files there are, what is packed in them, and their bytes as text | `error` |
//! | [`read`] | bytes to articles, with what the file itself states | `article`, `archive`, `report`, `error` |
//! | [`extract`] | what the text says of itself: dateline, agency, people, quotations, countries, license | `article` |
//! | [`mod@index`] | documents, schema, analysis of words, manifest, writing, opening | `article`, `extract`, `error` |
//! | [`query`] | the query language, search, facets, timelines, snippets | `article`, `index`, `extract`, `error` |
//! | [`update`] | one run of the indexer: the only place where the stages meet | all but `query`, `cli` |
//! | [`cli`] | arguments, screens, exit codes | all |
//!
//! Invariants, held by `tests/it/tidy.rs` where a test can hold them:
//!
//! - The engine (tantivy) is named only in `index` and `query`, clap only in `cli` and in the tools; only `cli` prints.
//! - `extract` does no I/O and returns no `Result`: the same text in, the same annotations out.
//! - A broken file never stops a run: it is counted and named in the [`report`].
//! - Unknown stays unknown: no date, place or license is made up. Every value keeps the words it comes from.
//! - No format makes the program reach out: no DTD, no external entity, no path outside of the archive is followed.
//! - Memory is bounded by the articles in flight: a large file is cut into records, never held; text that waits for the engine is charged to a budget.
//!
//! # The index is its own manifest
//!
//! Several kinds of document live in one index, so that one commit changes them together: articles; behind each of them
//! its quotations, which are stretches of its words and have a speaker and a kind of their own, and for all else are
//! joined to the article before them; and sources, one for each file of the archive: size, time, content hash,
//! versions of reader and extractor, or the reason why it gave nothing. A run loads the sources, walks the archive, and
//! rewrites only files that differ; what is gone is taken out, unless most of it is gone. After any adds, edits,
//! renames, deletes and kills the index answers as a fresh one would.
//!
//! A file that was read again is held against its articles in the index, by a hash of all that is kept of each: only
//! those that differ are written. A time stamp settles nothing if it is as young as the run that saw it; the content is
//! compared then. What cannot be opened keeps its articles and is tried again.
//!
//! Of an item that has the same id wherever its sender sends it, the highest version counts, in whatever file it stands. An
//! article of a lower one is kept as a superseded one: its stored form, without a word that is searched or counted; an item
//! that was withdrawn leaves a notice. Which versions count follows from those that are there ([`index::write::item_versions`]): a run
//! settles it at its end, from what it has committed, and what it then changes is a commit of its own. The stamp of a
//! commit says whether that is still to be done, so a run that follows a killed one does it. Runs that saw no such items
//! have nothing to settle.
//!
//! # The folder of an index
//!
//! ```text
//! current            the number of the generation that is searched
//! generations/N/     an index of the engine; another schema, or --rebuild, makes N + 1 beside it, then moves `current`
//! runs/N.json        what run N did; runs/N.changes: what it changed, with changed and removed articles as they were
//! newsdex.lock       who is writing
//! aliases.toml       the user's
//! ```
//!
//! `current` is replaced by a rename, and every commit of the engine is one; the folders are synced behind them, and the
//! journal of a run before each commit. So at any moment of a run, and after a power cut, there is one whole commit that
//! searches see, and the journal names all that it changed. What a killed run leaves beside that is swept by the next:
//! its commits are gone on from, its unfinished generation too if that is still to be built. Tests end the program at
//! such moments by number ([`failpoint`]), or undo what was not synced by then as a power cut may, and compare every answer
//! with a fresh index; hundreds of times with `cargo test --test it -- --ignored hundreds_of_times`.
//!
//! A commit says which archives the index knows, and by which options each was read ([`index::schema::commit_metadata`]). The options are
//! a part of the versions that the manifest has of a file: with others, it is read again.
//!
//! # Words and terms
//!
//! Each word of a text gives the word folded as a term. So one field answers exact, stemmed, wildcard, phrase and proximity
//! queries in any mixture: a stemmed one looks up all words of the same stem, in any language of the index, most of which
//! stand side by side in the dictionary. A word that does not begin with its stem gives that, behind a mark, as a second
//! term ([`index::tokenize`]).
//!
//! # Speed
//!
//! `cargo bench --bench pipeline -- --articles 50000`: 236 MB of generated articles, two cores, files in memory, the index on
//! disk, medians of three rounds. Tantivy alone keeps one stored, positional, stemmed field of the same files.
//!
//! | | tantivy alone | newsdex |
//! |---|---|---|
//! | whole run, seconds | 8.4 | 16.8 (2.0 ×) |
//! | core seconds | 16.5 | 32.7 |
//! | peak memory, MB | 170 | 372 |
//! | index ÷ text | 0.81 | 0.96 |
//! | extraction on one core, MB/s | | 19.7 |
//!
//! With `--archive DIR`, a folder of news with nine quotations an article took 2.9 to 3.0 ×, pages of noisy OCR 2.35 to 2.5 ×;
//! the extraction of both passed 6 to 9 MB/s, as fast as the machine was at the time. Of the extraction of generated articles
//! two fifths go to quotations, a fifth to names. By the counts of a simulated processor (callgrind), some two fifths of its
//! cycles are waits: for branches that cannot be foreseen, and for tables that do not fit in the caches together. So words are
//! told apart in blocks of bytes, tables and models are asked for many words at once (what they hold is fetched before any of
//! it is looked at), and loops over words do without branches on what only a word itself tells.
//!
//! The threads that read and those of the engine are twice as many as there are processors, but half of them wait: small files
//! go to the engine together, and whoever brings them goes on when the engine is done with them ([`index::write::writer`]). So none
//! takes the processor, and its caches, from another in the midst of its work. The engine gets each word of a text once with
//! all its places: it looks a word up at each, and so finds it at hand.
//!
//! # Models and tables
//!
//! What the extractors know beside their code lies in `src/extract/tables` and in the model files beside the
//! extractors, each with its source and license; the programs that make them are in `src/bin` behind the feature
//! `tools`, and `MODEL.md` beside a model says what it was trained on and how good it is.

pub mod error;
mod failpoint;
pub mod report;

pub mod calendar;
pub mod tables;
pub mod text;

pub mod article;

pub mod archive;
pub mod read;

pub mod extract;

pub mod index;
pub mod query;

pub mod engine;

pub mod answer;
pub mod update;

pub mod cli;

#[cfg(feature = "tools")]
pub mod tools;
