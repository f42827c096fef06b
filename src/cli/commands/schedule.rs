//! `newsdex schedule`: a nightly job, as text for systemd or cron. Nothing is installed.

use std::path::Path;

use crate::answer::printable::is_printable;
use crate::cli::args::{Global, ScheduleArgs};
use crate::cli::exit::{CommandResult, Outcome};
use crate::cli::output::Out;
use crate::cli::shell_words::{is_plain, shell_word};
use crate::error::{Error, Result};

/// Runs the command.
pub(crate) fn run(args: &ScheduleArgs, global: &Global, out: &mut Out) -> CommandResult {
    let program = std::env::current_exe().map_err(Error::io("find", Path::new("newsdex")))?;
    let index = std::path::absolute(&global.index).map_err(Error::io("find", &global.index))?;
    let mut command =
        vec![word(&program)?, "index".to_owned(), "--index".to_owned(), word(&index)?];
    command.extend(["--quiet".to_owned(), "--low-priority".to_owned()]);
    command.extend(args.options.iter().cloned());
    if let Some(word) = command.iter().find(|word| !word.chars().all(is_printable)) {
        let message = format!("{word} holds a control character: it cannot stand in such a file");
        return Err(Error::Usage(message).into());
    }
    let (hour, minute) = args.at;
    if args.with.systemd {
        out.own_text(&systemd(&command, hour, minute))?;
    } else {
        out.own_text(&cron(&command, hour, minute))?;
    }
    Ok(Outcome::Done)
}

fn word(path: &Path) -> Result<String> {
    path.to_str().map(str::to_owned).ok_or_else(|| {
        Error::Usage(format!("{} is not UTF-8: it cannot stand in such a file", path.display()))
    })
}

/// A service and a timer, which runs a missed job when the machine is on again.
fn systemd(command: &[String], hour: u8, minute: u8) -> String {
    let command: Vec<_> = command.iter().map(|word| systemd_word(word)).collect();
    format!(
        "\
# ~/.config/systemd/user/newsdex.service
[Unit]
Description=Bring the index of newsdex up to date

[Service]
Type=oneshot
ExecStart={}
Nice=19
IOSchedulingClass=idle
# 4: stopped by a signal after committing what was complete; the next run goes on from there
SuccessExitStatus=4

# ~/.config/systemd/user/newsdex.timer
[Unit]
Description=Bring the index of newsdex up to date every night

[Timer]
OnCalendar=*-*-* {hour:02}:{minute:02}:00
Persistent=true

[Install]
WantedBy=timers.target

# then: systemctl --user enable --now newsdex.timer",
        command.join(" ")
    )
}

/// A line of a crontab. The job prints errors only, since cron mails all output.
fn cron(command: &[String], hour: u8, minute: u8) -> String {
    let command: Vec<_> = command.iter().map(|word| cron_word(word)).collect();
    format!("{minute} {hour} * * * {}", command.join(" "))
}

/// Quoted as systemd.service(5) has it; `%` and `$` stand for themselves when doubled.
fn systemd_word(word: &str) -> String {
    let word = word.replace('%', "%%").replace('$', "$$");
    if is_plain(&word) {
        word
    } else {
        format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

/// Quoted for the shell; crontab(5) takes `%` for the end of the line.
fn cron_word(word: &str) -> String {
    shell_word(word).replace('%', "\\%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_for_each() {
        assert_eq!(systemd_word("/a/b-c"), "/a/b-c");
        assert_eq!(systemd_word("/a b/100%"), "\"/a b/100%%\"");
        assert_eq!(cron_word("/a b/100%"), "'/a b/100\\%'");
        assert_eq!(cron_word("it's"), "'it'\\''s'");
    }

    #[test]
    fn a_crontab_line() {
        let command = ["newsdex".to_owned(), "index".to_owned()];
        assert_eq!(cron(&command, 3, 5), "5 3 * * * newsdex index");
    }
}
