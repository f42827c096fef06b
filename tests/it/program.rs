//! The real binary in a scratch folder, as the other tests use it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A scratch folder with an archive and an index in it.
pub(crate) struct Bench {
    folder: TempDir,
}

/// What a command did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } = command.output().unwrap();
        Self {
            code: status.code().unwrap_or(-1),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        }
    }
}

fn binary() -> &'static Path {
    Path::new(assert_cmd::cargo::cargo_bin!("newsdex"))
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// With an index of the sample corpus.
    pub(crate) fn with_sample_corpus() -> Self {
        let bench = Self::new();
        let ran = bench.run(&["index", sample_corpus().to_str().unwrap(), "--quiet"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        bench
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub(crate) fn remove(&self, name: &str) {
        std::fs::remove_file(self.path().join(name)).unwrap();
    }

    /// Runs newsdex in the scratch folder.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Ran::of(&mut self.command(args))
    }

    /// Runs newsdex behind a command of the shell that limits what it may take, such as `ulimit -d 400000`.
    #[cfg(unix)]
    pub(crate) fn run_limited(&self, limit: &str, args: &[&str]) -> Ran {
        let mut command = self.in_folder(Command::new("sh"));
        command.args(["-c", &format!("{limit}; exec \"$@\""), "sh"]).arg(binary()).args(args);
        Ran::of(&mut command)
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = self.in_folder(Command::new(binary()));
        command.args(args);
        command
    }

    fn in_folder(&self, mut command: Command) -> Command {
        command
            .current_dir(self.path())
            .env_remove("NEWSDEX_INDEX")
            .env_remove("NEWSDEX_ALIASES")
            .env_remove("NO_COLOR");
        command
    }

    /// What a command that must succeed prints.
    pub(crate) fn prints(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, 0, "{args:?}: {ran:?}");
        ran.out
    }

    /// What a command that must succeed prints, as JSON.
    pub(crate) fn json(&self, args: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.prints(args)).unwrap()
    }

    /// Every article that the index holds, sorted by id: what two indexes are compared by.
    pub(crate) fn everything(&self, index: &str) -> Vec<String> {
        let ran = self.run(&["search", "--jsonl", "--index", index]);
        let mut lines: Vec<_> = ran.out.lines().map(str::to_owned).collect();
        lines.sort();
        let quotes = self.run(&["quotes", "--jsonl", "--index", index]);
        let mut quotes: Vec<_> = quotes.out.lines().map(str::to_owned).collect();
        quotes.sort();
        lines.extend(quotes);
        for field in ["speaker", "person", "country", "agency", "license", "month", "folder"] {
            lines.push(self.run(&["facets", field, "--csv", "--index", index]).out);
        }
        lines
    }
}

pub(crate) fn sample_corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus")
}
