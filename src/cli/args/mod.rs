//! The grammar and the help texts of the command line. These types hold what was typed; [`super::form`] and
//! [`super::request`] hold what it means.

mod archive;
mod ask;
mod help;
mod hyphens;
mod nightly;
mod research;
mod values;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

pub use archive::{ExtractArgs, FormatsArgs, IndexArgs, ReadingArgs};
pub use ask::{
    ExportArgs, FacetsArgs, FormatArgs, Order, QuotesArgs, Scope, SearchArgs, ShowArgs, StatsArgs,
    Step, TimeLimit, TimelineArgs,
};
pub use hyphens::as_the_grammar_takes_them;
pub use nightly::{CheckArgs, DiffArgs, HistoryArgs, ScheduleArgs};
pub use research::{
    CompareArgs, ConcordanceArgs, ExplainArgs, LineSort, Neighbours, PeopleArgs, SimilarArgs,
    TrecArgs, VerifyArgs, WhyArgs,
};

/// The default folder of an index.
pub(super) const DEFAULT_DIR: &str = ".newsdex";

/// Full-text search for news archives: who said it, where, when, and may it be reused
#[derive(Debug, Parser)]
#[command(
    name = "newsdex",
    bin_name = "newsdex",
    version,
    about,
    after_help = "\
Examples:
  newsdex index ~/archive              make the index, or bring it up to date
  newsdex search 'nuclear talks country:IR'
  newsdex quotes --speaker shamkhani   who said what
  newsdex help search                  the query language

Exit codes: 0 done, 1 nothing found, 2 usage or failure, 3 done but files could not be read, 4 stopped by a signal."
)]
pub struct Args {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
    /// Options of every command
    #[command(flatten)]
    pub global: Global,
}

/// Options of every command.
#[derive(Clone, Debug, ClapArgs)]
pub struct Global {
    /// Folder of the index
    #[arg(long, short, global = true, env = "NEWSDEX_INDEX", hide_env_values = true, default_value = DEFAULT_DIR, value_name = "DIR")]
    pub index: PathBuf,
    /// TOML file of merged and split names of people [default: aliases.toml in the folder of the index]
    #[arg(
        long,
        global = true,
        env = "NEWSDEX_ALIASES",
        hide_env_values = true,
        value_name = "FILE"
    )]
    pub aliases: Option<PathBuf>,
    /// Use colours
    #[arg(long, global = true, default_value = "auto", value_name = "WHEN")]
    pub color: When,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the index of an archive, or bring it up to date
    #[command(after_help = help::INDEX)]
    Index(IndexArgs),
    /// Find articles
    #[command(after_help = help::SEARCH)]
    Search(SearchArgs),
    /// Count the values of a field
    #[command(after_help = help::FACETS)]
    Facets(FacetsArgs),
    /// Find quotations: who said what
    #[command(after_help = help::QUOTES)]
    Quotes(QuotesArgs),
    /// Show a person: names, roles over time, countries, people named together with them, quotations
    #[command(after_help = help::PEOPLE)]
    People(PeopleArgs),
    /// Print an article with its metadata marked in the text
    #[command(after_help = help::SHOW)]
    Show(ShowArgs),
    /// Count articles over time
    #[command(after_help = help::TIMELINE)]
    Timeline(TimelineArgs),
    /// Show every match with the words around it
    #[command(after_help = help::CONCORDANCE)]
    Concordance(ConcordanceArgs),
    /// Find articles similar to one
    #[command(after_help = help::SIMILAR)]
    Similar(SimilarArgs),
    /// Compare the articles of two queries: the words and values that distinguish them
    #[command(after_help = help::COMPARE)]
    Compare(CompareArgs),
    /// Show how a query is understood and what each of its clauses finds
    #[command(after_help = help::EXPLAIN)]
    Explain(ExplainArgs),
    /// Show why a query finds an article, or which clauses exclude it
    #[command(after_help = help::WHY)]
    Why(WhyArgs),
    /// Check whether a search still gives the result of its receipt
    #[command(after_help = help::VERIFY)]
    Verify(VerifyArgs),
    /// Rank articles for the topics of an evaluation, as TREC run lines
    #[command(after_help = help::TREC)]
    Trec(TrecArgs),
    /// Print totals of the index
    #[command(after_help = "Examples:\n  newsdex stats\n  newsdex stats --json | jq .articles")]
    Stats(StatsArgs),
    /// List the last runs of newsdex index
    #[command(after_help = help::HISTORY)]
    History(HistoryArgs),
    /// Show what a run changed: articles, sentences, values, counts
    #[command(after_help = help::DIFF)]
    Diff(DiffArgs),
    /// Check the index for damage, and repair it
    #[command(after_help = help::CHECK)]
    Check(CheckArgs),
    /// Print a nightly job for systemd or cron
    #[command(after_help = help::SCHEDULE)]
    Schedule(ScheduleArgs),
    /// Print articles and what is extracted from them, as JSON Lines, without an index
    #[command(after_help = help::EXTRACT)]
    Extract(ExtractArgs),
    /// List the formats that are read
    #[command(after_help = help::FORMATS)]
    Formats(FormatsArgs),
    /// Print a script that completes commands in a shell
    #[command(
        after_help = "Examples:\n  newsdex completions bash > ~/.local/share/bash-completion/completions/newsdex"
    )]
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Read the PDF on standard input, for this program itself
    #[command(name = crate::pdf::process::COMMAND, hide = true)]
    ReadPdf,
    /// Print the manual page
    #[command(after_help = "Examples:\n  newsdex man | man -l -")]
    Man,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_grammar_is_sound() {
        Args::command().debug_assert();
    }
}
