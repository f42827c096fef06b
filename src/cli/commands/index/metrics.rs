//! `newsdex index --metrics FILE`: what the run did, for the textfile collector of Prometheus' node-exporter.

use std::fmt::Write;
use std::path::Path;

use crate::atomic_file;
use crate::error::{Error, Result};
use crate::report::Report;

/// Replaces `file` by the metrics of a run that ends with the exit code `code`. A run without a report has failed.
pub(crate) fn write(file: &Path, report: Option<&Report>, code: u8) -> Result<()> {
    let now = jiff::Timestamp::now().as_second();
    atomic_file::replace(file, text(report, code, now).as_bytes()).map_err(Error::io("write", file))
}

fn text(report: Option<&Report>, code: u8, now: i64) -> String {
    let mut text = String::new();
    let mut metric = |name: &str, help: &str, values: &[(&str, f64)]| {
        let _ = writeln!(text, "# HELP newsdex_{name} {help}\n# TYPE newsdex_{name} gauge");
        for (labels, value) in values {
            let _ = writeln!(text, "newsdex_{name}{labels} {value}");
        }
    };
    metric("last_run_exit_code", "Exit code of the last run.", &[("", f64::from(code))]);
    metric("last_run_end_time_seconds", "When the last run ended.", &[("", now as f64)]);
    let Some(report) = report else { return text };
    metric("last_run_duration_seconds", "Wall time of the last run.", &[("", report.seconds)]);
    let stages = &report.stages;
    metric(
        "last_run_stage_seconds",
        "Wall time of its stages.",
        &[
            ("{stage=\"load\"}", stages.load),
            ("{stage=\"walk\"}", stages.walk),
            ("{stage=\"read\"}", stages.read),
            ("{stage=\"commit\"}", stages.commit),
            ("{stage=\"settle\"}", stages.settle),
            ("{stage=\"merge\"}", stages.merge),
        ],
    );
    let files = &report.files;
    metric(
        "last_run_files",
        "Files of the archive by what became of them.",
        &[
            ("{state=\"new\"}", files.new as f64),
            ("{state=\"changed\"}", files.changed as f64),
            ("{state=\"touched\"}", files.touched as f64),
            ("{state=\"same\"}", files.same as f64),
            ("{state=\"gone\"}", files.gone as f64),
            ("{state=\"skipped\"}", report.skipped.len() as f64),
            ("{state=\"damaged\"}", report.damaged().count() as f64),
        ],
    );
    let articles = &report.changes;
    metric(
        "last_run_articles",
        "Articles by what became of them.",
        &[
            ("{state=\"added\"}", articles.added as f64),
            ("{state=\"changed\"}", articles.changed as f64),
            ("{state=\"same\"}", articles.same as f64),
            ("{state=\"removed\"}", articles.removed as f64),
        ],
    );
    metric("last_run_read_bytes", "Bytes of the files that it read.", &[("", report.bytes as f64)]);
    metric("index_bytes", "Bytes of the index.", &[("", report.index_bytes as f64)]);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_run_says_that_it_ended_and_how() {
        let expected = "\
# HELP newsdex_last_run_exit_code Exit code of the last run.
# TYPE newsdex_last_run_exit_code gauge
newsdex_last_run_exit_code 2
# HELP newsdex_last_run_end_time_seconds When the last run ended.
# TYPE newsdex_last_run_end_time_seconds gauge
newsdex_last_run_end_time_seconds 1000
";
        assert_eq!(text(None, 2, 1000), expected);
    }

    #[test]
    fn every_line_is_a_comment_or_a_sample() {
        for line in text(Some(&Report::default()), 0, 1000).lines() {
            let is_sample = line.rsplit_once(' ').is_some_and(|(name, value)| {
                name.starts_with("newsdex_") && value.parse::<f64>().is_ok()
            });
            assert!(line.starts_with("# ") || is_sample, "{line}");
        }
    }
}
