//! newsdex turns a folder of news articles into an index that answers four questions of a researcher: **who** said it,
//! **where** was it written and about, **when**, and **may it be reused**.
//!
//! # Architecture
//!
//! ```text
//! archive files ─walk→ FileRef ─read→ Article ─extract→ Article + annotations ─update→ Engine
//!                  query text ─parse→ Question ─Engine→ answers ─answer→ JSON, CSV, Parquet, SVG ─cli→ you
//! ```
//!
//! One plain data type, [`article::Article`], travels; each stage fills its own part, and no stage calls an earlier
//! one. In the order of the data:
//!
//! | room | what it is | may use, of ours |
//! |---|---|---|
//! | [`error`], [`report`], `failpoint` | kinds of errors; what a run did; moments at which tests end the program | nothing (`report`: `error`) |
//! | [`text`] | bytes, words, sentences, folding, stems: cut and folded in one place | nothing |
//! | [`calendar`] | dates as they are stated, printed and typed | `text` |
//! | [`tables`] | facts that extraction and queries share: countries, agencies, open licenses | `text` |
//! | `credits` | lines and values that name writers, split into names | `calendar`, `tables`, `text` |
//! | [`article`] | the data type, its facets and its JSON | `calendar`, `tables`, `text` |
//! | [`archive`] | which files there are, what is packed in them, and their bytes as text | `error` |
//! | [`pdf`] | what is drawn on the pages of a PDF, as text in reading order, read by a process of its own | nothing |
//! | [`read`] | bytes to articles, with what the file itself states | `article`, `archive`, `pdf`, `calendar`, `credits`, `tables`, `text`, `report`, `error` |
//! | [`extract`] | what the text says of itself: dateline, agency, people, quotations, countries, license | `article`, `calendar`, `credits`, `tables`, `text` |
//! | [`manifest`], [`atomic_file`] | what an index keeps beside the words of its articles, as plain data for a run and every engine; durable files | `article`, `error`, `failpoint` |
//! | [`mod@index`] | schema, tokenizers, files, writing and opening of a tantivy index | `article`, `manifest`, `text`, `error`, `failpoint` |
//! | [`query`] | the query language, what a question means, and the traits [`query::Engine`] that answers it and [`query::engine::writing`] that a run writes to | `article`, `calendar`, `tables`, `text`, `error` |
//! | [`engine`] | implementations of these traits: on this machine, by `index` | `query`, `index`, `manifest`, `article`, `tables`, `text`, `error`, `failpoint` |
//! | [`answer`] | answers in the forms that all faces share | `article`, `query`, `tables`, `error` |
//! | [`update`] | one run of the indexer: the only place where the stages meet | all but `index`, `answer`, `cli` |
//! | [`cli`] | arguments, screens, advice, exit codes | all but `index` |
//!
//! Invariants, held by `tests/it/tidy.rs` where a test can hold them:
//!
//! - Tantivy is named only in `index` and `engine`, clap only in `cli` and in the tools; only `cli` prints.
//! - `extract` does no I/O and returns no `Result`: the same text in, the same annotations out.
//! - A broken file never stops a run: it is counted and named in the [`report`].
//! - Unknown stays unknown: no date, place or license is made up. Every value keeps the words it comes from.
//! - Of a text, only what can be printed reaches a terminal: `cli::output` and `cli::exit` alone write to one.
//! - No format makes the program reach out: no DTD, no external entity, no path outside of the archive is followed; links that
//!   lead there only if that is asked for. Only regular files are opened ([`archive::regular_file`]).
//! - An answer is bounded by its [`query::Limits`], a query by the price of its words (`query::language`): whatever loops over an
//!   index, over articles or over the words of one asks whether to go on, and what was stopped is an error, never a part.
//! - Memory is bounded by the articles in flight: a large file is cut into records, never held; records, trees of markup and JSON
//!   and texts have limits (`read::limits`), and what is read and annotated at once passes gates ([`update::InFlight`]); text that
//!   waits for the engine is charged to a budget.
//! - All that is packed in a file, at any level, shares one budget of bytes, members and time ([`archive::budget`]). What is over a
//!   limit is cut there and named.
//!
//! # The index is its own manifest
//!
//! Documents of several kinds live in one index, so that one commit changes them together:
//!
//! - articles; right behind each of them its quotations, which have a speaker and a kind of their own and share the rest
//!   with their article;
//! - files of the archive: size, modification time, content hash, versions of reader and extractor, whether they are whole,
//!   and the reason why not all of them was read;
//! - superseded articles, and notices of items that were withdrawn.
//!
//! A run loads the entries of files, walks the archive, and reads only files that differ. Of a file that is read again, only
//! the articles whose digest differs are written. Articles of files that are gone are deleted, unless much of an archive is
//! gone (`update::mass_delete`). A modification time as young as the run that saw it is not trusted: the content is compared in the next run. A file
//! that cannot be opened keeps its articles and is tried again. After any adds, edits, renames, deletes and kills the index
//! answers as a fresh one would.
//!
//! A file is *damaged* if it is empty now, does not unpack or decode to its end, or ends in the middle of a record. One that
//! the index has from a reading to its end keeps its articles as they are. As a large file is written before its end is seen,
//! such a file is first surveyed: unpacked and split, but not read. Its entry is that of the damaged content, so that the next
//! run only names it again. A rebuild copies such articles from the generation that it replaces. Of a file that was damaged
//! from the first, the index has what could be read, and its entry says so. So a damaged file counts as its last good version.
//!
//! Some items have one id wherever their sender sends them. Of such an item the highest version counts, in whatever file it
//! stands. Articles of lower versions are kept without searchable words, as superseded; a withdrawn item leaves a notice.
//! Which versions count follows from those that are in the index (`update::item_versions`): a run works it out at its
//! end, from what it has committed, and commits the changes. The metadata of a commit say whether this is still to be done,
//! so that a run after a killed one does it.
//!
//! # The folder of an index
//!
//! ```text
//! current            the number of the generation that is searched
//! archives.json      the archives and their options, a second copy
//! generations/N/     a tantivy index; another schema, or --rebuild, builds N + 1 beside it, then changes `current`
//! runs/N.json        the record of run N; runs/N.changes: its journal, with changed and removed articles as they were
//! runs/list.json     which of these there are, and the run that began last
//! newsdex.lock       locked by the one writer
//! aliases.toml       the user's
//! ```
//!
//! `current` is replaced by a rename, as is the metadata file of every commit; folders are synced after renames, and the
//! journal before each commit. So at any moment of a run, and after a power cut, searches see one whole commit, and the
//! journal names everything that it changed. The next run removes what a killed run has left beside its commits, and goes
//! on with an unfinished generation. Tests end the program at numbered failpoints (`failpoint`), or undo what was not synced
//! by then, and compare every answer with a fresh index; `.ci/long` does so hundreds of times.
//!
//! Every file but the user's and the lock has checksums. Those of tantivy have one for each block, which is verified when it
//! is first read (`index::storage`); small files are sealed ([`atomic_file::sealed`]); records and journals have theirs in
//! the list. So damage is met before tantivy sees it, and whoever meets it ends with an error that names the file: an answer
//! is the right one or none. A rebuild needs nothing of the generation that it replaces: what cannot be made again from the
//! archives stands beside it ([`manifest::known_archives`], runs, aliases).
//!
//! The metadata of a commit ([`manifest::commit_metadata`]) name the archives that the index knows and the options that
//! each was read with, and by which name. Options are part of the versions in a file's entry: with other options, it is read again.
//!
//! # Words and terms
//!
//! Each word of a text is indexed as one term, its folded form. So one field answers exact, stemmed, wildcard, phrase and
//! proximity queries in any mixture. Where folding takes an accent, the term goes on with the word as it is spelled, so that
//! all spellings of a word are neighbours in the term dictionary, and none is indexed twice. A stemmed query looks up all words of
//! the same stem, in any language of the index; most of them are neighbours, too. What these terms do not tell is in further
//! ones at the same position, each behind a mark of its kind, so that no look-up of words meets them ([`index::tokenize`]):
//!
//! | in a text | terms | found by |
//! |---|---|---|
//! | `ministers` | `ministers` | `ministers`, and `minister` as it begins with its stem |
//! | `parties` | `parties`, and the stem `parti` | `parties`, `party` |
//! | `Président` | `president␄président` | `president`, `président`, `=président`, not `=president` |
//! | `Müller` | `muller␄müller` | `muller`, `müller`, `=müller`, and `mueller` by its letters behind the mark |
//! | `e-mail` | `e`, `mail`, and the reading `email` of two words | `email`, `e-mail`, `"e mail"` |
//! | `1,000` | `1`, `000`, and the reading `1000` of two words | `1000`, `1,000`, `1.000` |
//! | `US` | `us`, and the acronym `US` at one place of the text | `us`, `US`, `==US` |
//!
//! A query is read as a text is: `e-mail` looks for the phrase and for `email`, `müller` for both of its folded forms. A reading
//! of two words is an interval of two positions, so that phrases go on behind it. Of `==Word` the stored text decides at which
//! candidates it is.
//!
//! Metadata that have no field of their own are without number, so all are terms of one field, `name=value`: the values of a
//! name are neighbours in its dictionary, where a clause compares them.
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
//! their extraction ran at 6 to 9 MB/s on one core. Of the extraction of generated articles two fifths are quotations, a quarter
//! names. By a simulated processor (callgrind), two fifths of its cycles are branch mispredictions and cache misses. Hence
//! bytes are classified 64 at a time, and the weights of the names model are fetched for many words at once, so that their
//! loads overlap.
//!
//! There are twice as many threads as processors, half of them waiting: small files are written together, and whichever thread
//! brings a batch waits until tantivy has indexed it ([`index::write::writer`]), so that no thread evicts the caches of another
//! in the middle of its work. Each distinct word of a text is emitted once with all its positions, so that tantivy's term hash
//! table is probed once a word.
//!
//! A concordance, a comparison of two queries and the answer about a person look at all matches and show few. The engine hands
//! these out unread ([`query::engine::unread`]), from several threads, in the order of their documents, with the positions at
//! which the query matches where terms tell them. So a line that is only counted costs its positions; one that is shown, or
//! sorted by its words, costs the reading of its article, without what was found in the text where that is not asked for. Stored
//! articles are read into memory and not mapped, so that those that were looked at do not stay in it.
//!
//! # Crates
//!
//! All crates come from crates.io, under the licenses that `.cargo/deny.toml` allows. These have code in C or assembly that their
//! build compiles, so that a build needs a C compiler:
//!
//! | crate | why there is none in Rust in its place |
//! |---|---|
//! | `blake3` | vector instructions of its authors; hashes of contents are a cost of every run |
//! | `libmimalloc-sys` | the allocator; that of the system is slower where articles come and go on all threads |
//! | `zstd-sys` | blocks of stored articles, Parquet and `.zst` files; there is no compressor of the same ratio in Rust |
//!
//! `tests/it/supply_chain.rs` holds sources, licenses and this table; `.ci/long` also asks for advisories.
//!
//! # Models and tables
//!
//! What the extractors know beside their code lies in `src/extract/tables`, `src/tables` and `src/credits`, and in the model files beside the
//! extractors, each with its source and license; the programs that make them are in `src/bin` behind the feature
//! `tools`, and `MODEL.md` beside a model says what it was trained on and how good it is.

pub mod error;
mod failpoint;

pub mod atomic_file;
pub mod report;

pub mod calendar;
pub mod tables;
pub mod text;

mod credits;

pub mod article;

pub mod archive;
pub mod pdf;
pub mod read;

pub mod extract;

pub mod manifest;

pub mod index;
pub mod query;

pub mod engine;

pub mod answer;
pub mod update;

pub mod cli;

#[cfg(feature = "tools")]
pub mod tools;
