//! Arguments of the commands that search and count, and what they have in common: scope, order, format.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::values;

/// The part of the archive that a query looks at.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct Scope {
    /// Published on or after this day, month or year
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Published on or before this day, month or year
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Fail if anything in a query is in doubt, not only if a field is unknown
    #[arg(long, conflicts_with = "lenient")]
    pub strict: bool,
    /// Search for what can be understood, also if a field is unknown
    #[arg(long)]
    pub lenient: bool,
    /// How long it may take
    #[command(flatten)]
    pub time: TimeLimit,
}

/// How long an answer may take.
#[derive(Clone, Copy, Debug, Default, ClapArgs)]
pub struct TimeLimit {
    /// Give up if there is no answer after so many seconds; 0 for never
    #[arg(long, default_value_t = 30.0, value_name = "SECONDS")]
    pub timeout: f64,
}

/// The form in which results are printed.
#[derive(Clone, Copy, Debug, Default, ClapArgs)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct FormatArgs {
    /// One JSON object for the page
    #[arg(long, conflicts_with_all = ["jsonl", "csv", "raw_csv"])]
    pub json: bool,
    /// All results, one JSON object a line
    #[arg(long, conflicts_with_all = ["csv", "raw_csv"])]
    pub jsonl: bool,
    /// All results as CSV; a text that a spreadsheet would run as a formula has an apostrophe before it
    #[arg(long)]
    pub csv: bool,
    /// The same with every text as it is, for programs
    #[arg(long)]
    pub raw_csv: bool,
}

/// The form in which results are printed or exported.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct ExportArgs {
    /// In which form to print
    #[command(flatten)]
    pub format: FormatArgs,
    /// All results as a Parquet file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["json", "jsonl", "csv", "raw_csv"])]
    pub parquet: Option<PathBuf>,
}

/// `newsdex search`.
#[derive(Debug, ClapArgs)]
pub struct SearchArgs {
    /// What to look for; `*` or nothing means everything
    pub query: Vec<String>,
    /// The part of the archive to look at
    #[command(flatten)]
    pub scope: Scope,
    /// Count the values of a field, the first N of them (repeatable)
    #[arg(long = "facet", value_name = "FIELD[:N]")]
    pub facets: Vec<String>,
    /// Order of the results
    #[arg(long, default_value = "relevance", value_name = "ORDER")]
    pub sort: Order,
    /// Match any of the words, ranked by how many; without operators and fields
    #[arg(long)]
    pub any: bool,
    /// Also rank by words of the best articles
    #[arg(long)]
    pub expand: bool,
    /// Write a receipt of the result, for `verify`, as JSON
    #[arg(long, value_name = "FILE")]
    pub receipt: Option<PathBuf>,
    /// How many results to print; exports hold all if not given
    #[arg(long, short = 'n', value_name = "N", value_parser = values::results)]
    pub limit: Option<usize>,
    /// How many results to skip
    #[arg(long, default_value_t = 0, value_name = "N", value_parser = values::skipped)]
    pub offset: usize,
    /// In which form to print
    #[command(flatten)]
    pub export: ExportArgs,
}

/// Order of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// Best match first
    Relevance,
    /// Latest publication first; undated last
    Newest,
    /// Earliest publication first; undated last
    Oldest,
}

/// `newsdex facets`.
#[derive(Debug, ClapArgs)]
pub struct FacetsArgs {
    /// The field; an unknown one lists all fields
    pub field: String,
    /// Count only articles that match
    pub query: Vec<String>,
    /// The part of the archive to look at
    #[command(flatten)]
    pub scope: Scope,
    /// Only values that contain this text, case and accents ignored
    #[arg(long = "match", value_name = "TEXT")]
    pub matching: Option<String>,
    /// How many values to print; exports hold all if not given
    #[arg(long, short = 'n', value_name = "N", value_parser = values::results)]
    pub limit: Option<usize>,
    /// In which form to print
    #[command(flatten)]
    pub export: ExportArgs,
}

/// `newsdex quotes`.
#[derive(Debug, ClapArgs)]
pub struct QuotesArgs {
    /// Words of the quotation; fields such as country: and date: refer to the article
    pub query: Vec<String>,
    /// The speaker: any part of the name
    #[arg(long, short, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Only quotations of this kind: direct, mixed, indirect or belief
    #[arg(long, value_name = "KIND", value_parser = values::quote_kinds(), ignore_case = true, hide_possible_values = true)]
    pub kind: Option<String>,
    /// Only with at least this confidence in the speaker, 0 to 1
    #[arg(long, value_name = "P", value_parser = values::confidence)]
    pub min_confidence: Option<f64>,
    /// Group by speaker, most quoted first; --limit and --offset then count speakers
    #[arg(long)]
    pub group: bool,
    /// The part of the archive to look at
    #[command(flatten)]
    pub scope: Scope,
    /// Order of the results
    #[arg(long, default_value = "relevance", value_name = "ORDER")]
    pub sort: Order,
    /// How many quotations to print; exports hold all if not given
    #[arg(long, short = 'n', value_name = "N", value_parser = values::results)]
    pub limit: Option<usize>,
    /// How many quotations to skip
    #[arg(long, default_value_t = 0, value_name = "N", value_parser = values::skipped)]
    pub offset: usize,
    /// In which form to print
    #[command(flatten)]
    pub export: ExportArgs,
}

/// `newsdex show`.
#[derive(Debug, ClapArgs)]
pub struct ShowArgs {
    /// The article's id, as search prints it
    pub id: String,
    /// Print what `extract` prints
    #[arg(long)]
    pub json: bool,
}

/// `newsdex timeline`.
#[derive(Debug, ClapArgs)]
pub struct TimelineArgs {
    /// Count only articles that match
    pub query: Vec<String>,
    /// The part of the archive to look at
    #[command(flatten)]
    pub scope: Scope,
    /// Count also what matches this, side by side (repeatable)
    #[arg(long, value_name = "QUERY")]
    pub compare: Vec<String>,
    /// The step
    #[arg(long, default_value = "year", value_name = "STEP")]
    pub by: Step,
    /// Count per 1,000 articles of the archive at that time
    #[arg(long)]
    pub relative: bool,
    /// Also draw the timeline into this file, as SVG
    #[arg(long, value_name = "FILE")]
    pub plot: Option<PathBuf>,
    /// In which form to print
    #[command(flatten)]
    pub export: ExportArgs,
}

/// Step of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Step {
    /// Calendar years
    Year,
    /// Calendar months
    Month,
    /// ISO 8601 weeks
    Week,
    /// Days
    Day,
}

/// `newsdex stats`.
#[derive(Debug, ClapArgs)]
pub struct StatsArgs {
    /// How long it may take
    #[command(flatten)]
    pub time: TimeLimit,
    /// Print a JSON object
    #[arg(long)]
    pub json: bool,
}
