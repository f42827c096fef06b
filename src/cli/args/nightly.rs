//! Arguments of the commands around a nightly job: `history`, `diff`, `check`, `schedule`.

use clap::Args as ClapArgs;

use super::{FormatArgs, values};

/// `newsdex history`.
#[derive(Debug, ClapArgs)]
pub struct HistoryArgs {
    /// How many runs [default: 10; all in an export]
    #[arg(long, short = 'n', value_name = "N", value_parser = values::results)]
    pub limit: Option<usize>,
    /// In which form to print
    #[command(flatten)]
    pub format: FormatArgs,
}

/// `newsdex diff`.
#[derive(Debug, ClapArgs)]
pub struct DiffArgs {
    /// Number of a run, as newsdex history shows it [default: the last one that changed something]
    #[arg(value_name = "RUN", allow_negative_numbers = true, value_parser = values::run)]
    pub run: Option<u32>,
    /// How many articles, and values of each facet [default: 20 and 5 on the screen, else all]
    #[arg(long, short = 'n', value_name = "N", value_parser = values::results)]
    pub limit: Option<usize>,
    /// In which form to print
    #[command(flatten)]
    pub format: FormatArgs,
}

/// `newsdex check`.
#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    /// Repair what is wrong: read files of the archive again, or all of them
    #[arg(long)]
    pub repair: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `newsdex schedule`.
#[derive(Debug, ClapArgs)]
pub struct ScheduleArgs {
    /// How the job is scheduled
    #[command(flatten)]
    pub with: Scheduler,
    /// The time of every day
    #[arg(long, default_value = "03:00", value_name = "HH:MM", value_parser = values::time)]
    pub at: (u8, u8),
    /// Options of newsdex index for the job
    #[arg(last = true, value_name = "OPTION")]
    pub options: Vec<String>,
}

/// The scheduler.
#[derive(Debug, ClapArgs)]
#[group(required = true, multiple = false)]
pub struct Scheduler {
    /// Print a service and a timer for systemd
    #[arg(long)]
    pub systemd: bool,
    /// Print a line for crontab
    #[arg(long)]
    pub cron: bool,
}
