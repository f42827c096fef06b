//! The command line's grammar and help texts. What was typed, not yet what it means.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use crate::index::snapshot::DEFAULT_DIR;

/// Full-text search for news archives: who said it, where, when, and may it be reused.
#[derive(Debug, Parser)]
#[command(
    name = "newsdex",
    version,
    about,
    after_help = "\
Examples:
  newsdex index ~/archive              make the index, or bring it up to date
  newsdex search 'nuclear talks country:IR'
  newsdex quotes --speaker shamkhani   who said what
  newsdex help search                  the query language

Exit codes: 0 done, 1 nothing found, 2 usage or failure, 3 done but files were skipped, 4 stopped by a signal."
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
    #[arg(long, short, global = true, env = "NEWSDEX_INDEX", default_value = DEFAULT_DIR, value_name = "DIR")]
    pub index: PathBuf,
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
    #[command(after_help = INDEX_HELP)]
    Index(IndexArgs),
    /// Find articles
    #[command(after_help = SEARCH_HELP)]
    Search(SearchArgs),
    /// Count the values of a field
    #[command(after_help = FACETS_HELP)]
    Facets(FacetsArgs),
    /// Find quotations: who said what
    #[command(after_help = QUOTES_HELP)]
    Quotes(QuotesArgs),
    /// Print an article with its metadata marked in the text
    #[command(after_help = SHOW_HELP)]
    Show(ShowArgs),
    /// Count articles over time
    #[command(after_help = TIMELINE_HELP)]
    Timeline(TimelineArgs),
    /// Say what the index holds
    #[command(after_help = "Examples:\n  newsdex stats\n  newsdex stats --json | jq .articles")]
    Stats(StatsArgs),
    /// Print what is read and extracted, as JSON Lines, without an index
    #[command(after_help = EXTRACT_HELP)]
    Extract(ExtractArgs),
    /// Print a script that completes commands in a shell
    #[command(
        after_help = "Examples:\n  newsdex completions bash > ~/.local/share/bash-completion/completions/newsdex"
    )]
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(after_help = "Examples:\n  newsdex man | man -l -")]
    Man,
}

const INDEX_HELP: &str = "\
Examples:
  newsdex index ~/archive                   all files below the folder
  newsdex index                             again: only what changed is read
  newsdex index ~/archive --include '*.txt' --exclude 'drafts/**'
  newsdex index --dry-run                   what would be done
  newsdex index --quiet --report run.json   for a job at night

Exit codes: 0 done, 2 failed, 3 done but some files were skipped (named in the report), 4 stopped by a signal.";

const SEARCH_HELP: &str = "\
The query language:
  talks sanctions            both words, in any form (talk, talking, …); =talks that form alone
  \"nuclear talks\"            the phrase; \"nuclear talks\"~3 with up to 3 words between
  a AND b, a OR b, NOT a, a -b, ( )   operators in capitals; put -- before a query that begins with -
  wom?n  terror*  *ship  colour~1  /gr[ae]y/
  iran w/5 talks             within 5 words, either order; pre/5 in that order; w/s, w/p same sentence, paragraph
  atleast3(sanctions)        three times or more
  title:talks lead:talks     in the headline, in the first paragraph
  said:\"new round\"           in a quotation; with speaker: in a quotation by that speaker
  speaker:shamkhani person:\"Ali Shamkhani\" agency:mehr byline:doe city:tehran role:minister
  country:IR about:iran from:iran   mentioned, in focus, of the dateline
  date:2020..2021-06 year:2020 words:500..
  license:CC-BY-4.0 license:open license:unknown language:fr has:quotes -has:date

Examples:
  newsdex search 'terror* w/5 region speaker:shamkhani'
  newsdex search 'license:open from:KE' --facet speaker --facet month:12
  newsdex search drought --from 2019 --to 2020-06 --sort newest
  newsdex search drought --csv > drought.csv        all hits, not only the first page

Exit codes: 0 found, 1 nothing found, 2 failed.";

const FACETS_HELP: &str = "\
Examples:
  newsdex facets speaker                    who is quoted most
  newsdex facets speaker 'drought country:KE' --match zar
  newsdex facets license --csv";

const QUOTES_HELP: &str = "\
Examples:
  newsdex quotes drought                    quotations about it
  newsdex quotes --speaker shamkhani        everything that he is quoted with
  newsdex quotes 'terror* country:IR' --kind direct --csv > quotes.csv";

const SHOW_HELP: &str = "\
Examples:
  newsdex show sample_corpus/wire/2021/02/27/talks.txt
  newsdex show ID --json | jq .quotes";

const TIMELINE_HELP: &str = "\
Examples:
  newsdex timeline drought --by month
  newsdex timeline drought --by year --relative --csv";

const EXTRACT_HELP: &str = "\
One JSON object an article; offsets count Unicode code points in `body`, [start, end).

Examples:
  newsdex extract article.txt | jq .quotes
  newsdex extract ~/archive > archive.jsonl

Exit codes: 0 done, 2 failed, 3 done but some files were skipped (named on standard error).";

/// `newsdex index`.
#[derive(Debug, ClapArgs)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct IndexArgs {
    /// Folders or files; none means those that the index remembers
    #[arg(value_name = "ARCHIVE")]
    pub archives: Vec<PathBuf>,
    /// Worker threads [default: one a core]
    #[arg(long, short = 'j', value_name = "N")]
    pub threads: Option<usize>,
    /// Memory for what is not yet on disk
    #[arg(long, default_value = "256M", value_name = "SIZE", value_parser = size)]
    pub memory: usize,
    /// Take only files that match (may stand several times)
    #[arg(long, value_name = "GLOB")]
    pub include: Vec<String>,
    /// Leave out files that match (may stand several times)
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Trust no time stamp: compare the content of every file
    #[arg(long)]
    pub checksum: bool,
    /// Go on even if most of what was indexed is gone
    #[arg(long)]
    pub allow_mass_delete: bool,
    /// Say what would be done, and do nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write a report with every skipped file, as JSON
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// The part of the archive that a query looks at.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct Scope {
    /// Published on or after this day, month or year
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Published on or before this day, month or year
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Take a query that cannot be understood in full as an error
    #[arg(long)]
    pub strict: bool,
}

/// In which form results are printed.
#[derive(Clone, Copy, Debug, Default, ClapArgs)]
#[group(multiple = false)]
pub struct FormatArgs {
    /// One JSON object for the page
    #[arg(long)]
    pub json: bool,
    /// All results, one JSON object a line
    #[arg(long)]
    pub jsonl: bool,
    /// All results as CSV
    #[arg(long)]
    pub csv: bool,
}

/// `newsdex search`.
#[derive(Debug, ClapArgs)]
pub struct SearchArgs {
    /// What to look for; `*` or nothing means everything
    pub query: Vec<String>,
    /// The part of the archive to look at
    #[command(flatten)]
    pub scope: Scope,
    /// Count the values of a field, the first N of them (may stand several times)
    #[arg(long = "facet", value_name = "FIELD[:N]")]
    pub facets: Vec<String>,
    /// Order of the results
    #[arg(long, default_value = "relevance", value_name = "ORDER")]
    pub sort: Order,
    /// How many results to print; with --jsonl and --csv all if not given
    #[arg(long, short = 'n', value_name = "N")]
    pub limit: Option<usize>,
    /// How many results to pass over
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub offset: usize,
    /// In which form to print
    #[command(flatten)]
    pub format: FormatArgs,
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
    /// The field; a wrong one lists them all
    pub field: String,
    /// Count only articles that match
    pub query: Vec<String>,
    /// The part of the archive to look at
    #[command(flatten)]
    pub scope: Scope,
    /// Only values that contain this, case and accents ignored
    #[arg(long = "match", value_name = "TEXT")]
    pub matching: Option<String>,
    /// How many values to print; with --jsonl and --csv all if not given
    #[arg(long, short = 'n', value_name = "N")]
    pub limit: Option<usize>,
    /// In which form to print
    #[command(flatten)]
    pub format: FormatArgs,
}

/// `newsdex quotes`.
#[derive(Debug, ClapArgs)]
pub struct QuotesArgs {
    /// What was said; fields such as country: and date: look at the article
    pub query: Vec<String>,
    /// Who said it: any part of the name
    #[arg(long, short, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Only quotations of this kind: direct, mixed, indirect or belief
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Only where the speaker is at least this sure, 0 to 1
    #[arg(long, value_name = "P")]
    pub min_confidence: Option<f64>,
    /// The part of the archive to look at
    #[command(flatten)]
    pub scope: Scope,
    /// Order of the results
    #[arg(long, default_value = "relevance", value_name = "ORDER")]
    pub sort: Order,
    /// How many quotations to print; with --jsonl and --csv all if not given
    #[arg(long, short = 'n', value_name = "N")]
    pub limit: Option<usize>,
    /// How many quotations to pass over
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub offset: usize,
    /// In which form to print
    #[command(flatten)]
    pub format: FormatArgs,
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
    /// Length of a step
    #[arg(long, default_value = "year", value_name = "STEP")]
    pub by: Step,
    /// Per 1,000 articles of the archive at that time
    #[arg(long)]
    pub relative: bool,
    /// In which form to print
    #[command(flatten)]
    pub format: FormatArgs,
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
    /// Print a JSON object
    #[arg(long)]
    pub json: bool,
}

/// `newsdex extract`.
#[derive(Debug, ClapArgs)]
pub struct ExtractArgs {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Worker threads [default: one a core]
    #[arg(long, short = 'j', value_name = "N")]
    pub threads: Option<usize>,
}

/// `512M`, `2G`, `300000`: bytes.
fn size(text: &str) -> Result<usize, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor: usize = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "" | "B" => 1,
        "K" | "KB" | "KIB" => 1 << 10,
        "M" | "MB" | "MIB" => 1 << 20,
        "G" | "GB" | "GIB" => 1 << 30,
        _ => return Err("try a number with K, M or G, such as 512M".into()),
    };
    let number: usize = digits.parse().map_err(|_| "try a number with K, M or G, such as 512M")?;
    number.checked_mul(factor).ok_or_else(|| "that is more than this machine can address".into())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_grammar_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn sizes() {
        assert_eq!(size("512M"), Ok(512 << 20));
        assert_eq!(size("2g"), Ok(2 << 30));
        assert!(size("much").is_err());
    }
}
