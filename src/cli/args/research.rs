//! Arguments of the commands for close study: words in context, people, similarity and difference, the query itself.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::ask::{ExportArgs, FormatArgs, Scope, TimeLimit};
use super::values;

/// `newsdex concordance`.
#[derive(Debug, ClapArgs)]
pub struct ConcordanceArgs {
    /// What to show in context
    #[arg(required = true)]
    pub query: Vec<String>,
    /// The part of the archive to look at
    #[command(flatten)]
    pub scope: Scope,
    /// Characters on each side [default: what fits the screen; 60 in an export]
    #[arg(long, value_name = "N", value_parser = values::characters)]
    pub width: Option<usize>,
    /// Order of the lines
    #[arg(long, default_value = "hits", value_name = "ORDER")]
    pub sort: LineSort,
    /// Count the words on this side, those most attracted to the match first
    #[arg(long, value_name = "SIDE", conflicts_with_all = ["sort", "width"])]
    pub group: Option<Neighbours>,
    /// With --group: how many words away
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = values::words, requires = "group")]
    pub window: usize,
    /// How many lines or words to print; exports hold all if not given
    #[arg(long, short = 'n', value_name = "N", value_parser = values::results)]
    pub limit: Option<usize>,
    /// In which form to print
    #[command(flatten)]
    pub export: ExportArgs,
}

/// Order of the lines of a concordance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LineSort {
    /// Best article first, and within an article in the order of its text
    Hits,
    /// By the words before the match, the nearest first
    Left,
    /// By the words after the match
    Right,
    /// Earliest publication first; undated last
    Date,
}

/// The side on which words are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Neighbours {
    /// Before the match
    Left,
    /// After the match
    Right,
    /// On both sides
    Both,
}

/// `newsdex people`.
#[derive(Debug, ClapArgs)]
pub struct PeopleArgs {
    /// Any part of the name, case and accents ignored; `=` before it for the whole name
    pub name: String,
    /// Only articles that match; for quotations, only those that match
    pub query: Vec<String>,
    /// The part of the archive to look at
    #[command(flatten)]
    pub scope: Scope,
    /// How many rows of each list to print; exports hold all if not given
    #[arg(long, short = 'n', value_name = "N", value_parser = values::results)]
    pub limit: Option<usize>,
    /// In which form to print
    #[command(flatten)]
    pub format: FormatArgs,
}

/// `newsdex similar`.
#[derive(Debug, ClapArgs)]
pub struct SimilarArgs {
    /// The article's id, as search prints it
    pub id: String,
    /// How many articles to print
    #[arg(long, short = 'n', default_value_t = 10, value_name = "N", value_parser = values::results)]
    pub limit: usize,
    /// How long it may take
    #[command(flatten)]
    pub time: TimeLimit,
    /// In which form to print
    #[command(flatten)]
    pub export: ExportArgs,
}

/// `newsdex compare`.
#[derive(Debug, ClapArgs)]
pub struct CompareArgs {
    /// The first set of articles
    #[arg(value_name = "QUERY1")]
    pub first: String,
    /// The second
    #[arg(value_name = "QUERY2")]
    pub second: String,
    /// The part of the archive to look at
    #[command(flatten)]
    pub scope: Scope,
    /// How many words or values to print for each set; exports hold all if not given
    #[arg(long, short = 'n', value_name = "N", value_parser = values::results)]
    pub limit: Option<usize>,
    /// In which form to print
    #[command(flatten)]
    pub format: FormatArgs,
}

/// `newsdex explain`.
#[derive(Debug, ClapArgs)]
pub struct ExplainArgs {
    /// The query
    #[arg(required = true)]
    pub query: Vec<String>,
    /// The part of the archive to look at
    #[command(flatten)]
    pub scope: Scope,
    /// In which form to print
    #[command(flatten)]
    pub format: FormatArgs,
}

/// `newsdex why`.
#[derive(Debug, ClapArgs)]
pub struct WhyArgs {
    /// The query, as one argument
    pub query: String,
    /// The article's id, as search prints it
    pub id: String,
    /// The part of the archive to look at
    #[command(flatten)]
    pub scope: Scope,
    /// In which form to print
    #[command(flatten)]
    pub format: FormatArgs,
}

/// `newsdex verify`.
#[derive(Debug, ClapArgs)]
pub struct VerifyArgs {
    /// The file that search --receipt wrote
    #[arg(value_name = "FILE")]
    pub receipt: PathBuf,
    /// How long it may take
    #[command(flatten)]
    pub time: TimeLimit,
    /// In which form to print
    #[command(flatten)]
    pub format: FormatArgs,
}

/// `newsdex trec`.
#[derive(Debug, ClapArgs)]
pub struct TrecArgs {
    /// Topics: lines of number, tab and text, or of JSON with `qid` and `query`; `-` is standard input
    #[arg(value_name = "TOPICS")]
    pub topics: PathBuf,
    /// How many articles to rank for each topic
    #[arg(long, default_value_t = 1000, value_name = "N", value_parser = values::results)]
    pub depth: usize,
    /// How long each topic may take
    #[command(flatten)]
    pub time: TimeLimit,
    /// Also rank by words of the best articles
    #[arg(long)]
    pub expand: bool,
}
