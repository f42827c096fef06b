//! The progress bar of a run, on standard error.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::screen::counted;
use crate::update::Progress;

/// The bar, which is drawn on a terminal only.
pub(super) struct Bar {
    drawn: ProgressBar,
    articles: AtomicU64,
    files: AtomicU64,
}

impl Bar {
    pub(super) fn new(quiet: bool) -> Self {
        let target = if quiet {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr_with_hz(8)
        };
        let bar = ProgressBar::with_draw_target(None, target);
        bar.set_message("looking at the archive");
        bar.enable_steady_tick(Duration::from_millis(120));
        Self { drawn: bar, articles: AtomicU64::new(0), files: AtomicU64::new(0) }
    }

    pub(super) fn clear(&self) {
        self.drawn.finish_and_clear();
    }
}

impl Progress for Bar {
    fn planned(&self, files: u64, bytes: u64) {
        let style = "{bar:24} {percent:>3}%  {msg}  {binary_bytes_per_sec}  {eta} left";
        self.drawn.set_length(bytes);
        self.drawn.set_style(
            ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        self.drawn.set_message(counted(files, "file"));
    }

    fn done(&self, articles: u64, bytes: u64) {
        let articles = self.articles.fetch_add(articles, Relaxed) + articles;
        let files = self.files.fetch_add(1, Relaxed) + 1;
        self.drawn.inc(bytes);
        if files.is_multiple_of(64) {
            self.drawn.set_message(format!(
                "{}, {}",
                counted(files, "file"),
                counted(articles, "article")
            ));
        }
    }

    fn finishing(&self) {
        let style = ProgressStyle::with_template("{spinner} {msg}");
        self.drawn.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        self.drawn.set_message("writing the index");
    }
}
