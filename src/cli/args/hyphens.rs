//! Arguments that begin with a hyphen and are no options: exclusions in a query such as `-agency:*`, and values of options such
//! as `-5`. The command line would take either for a row of options.

use std::ffi::{OsStr, OsString};

use clap::{Arg, Command, CommandFactory};

use super::Args;

/// The arguments as the grammar takes them: a value is joined to its option by `=`, and `NOT` stands in the place of a hyphen
/// before words of a query. Behind an option with a value follows its value, unless that begins with two hyphens.
pub fn as_the_grammar_takes_them(typed: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let program = Args::command();
    let mut command = None;
    let mut typed = typed.into_iter().peekable();
    let mut taken: Vec<_> = typed.next().into_iter().collect();
    while let Some(arg) = typed.next() {
        if arg == "--" {
            taken.push(arg);
            break;
        }
        if awaits_value(&arg, &program, command) {
            if let Some(value) = typed.next_if(|value| is_hyphened(value)) {
                taken.push(with(&arg, &value));
            } else {
                taken.push(arg);
                taken.extend(typed.next_if(|value| !starts_with(value, b"--")));
            }
            continue;
        }
        let words = command.and_then(|command| excluded(arg.to_str()?, &program, command));
        command = command.or_else(|| program.find_subcommand(&arg));
        taken.push(words.unwrap_or(arg));
    }
    taken.extend(typed);
    taken
}

/// Whether the argument is an option whose value follows as the next one.
fn awaits_value(arg: &OsStr, program: &Command, command: Option<&Command>) -> bool {
    let Some(arg) = arg.to_str() else { return false };
    let mut options = command.into_iter().chain([program]).flat_map(Command::get_arguments);
    options.any(|option| {
        let is_named = match arg.strip_prefix("--") {
            Some(name) => option.get_long() == Some(name),
            None => arg.strip_prefix('-').is_some_and(|name| is_short(option, name)),
        };
        is_named && option.get_action().takes_values()
    })
}

fn is_short(option: &Arg, name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|letter| option.get_short() == Some(letter))
        && letters.next().is_none()
}

/// Whether the argument begins with one hyphen that something follows: `-` alone is standard input.
fn is_hyphened(arg: &OsStr) -> bool {
    starts_with(arg, b"-") && !starts_with(arg, b"--") && arg != "-"
}

fn starts_with(arg: &OsStr, start: &[u8]) -> bool {
    arg.as_encoded_bytes().starts_with(start)
}

fn with(option: &OsStr, value: &OsStr) -> OsString {
    [option, value].join(OsStr::new("="))
}

/// The words behind the hyphen with `NOT` before them, where the command takes a query and they are no option with its value;
/// `-n`, `-n5` and `-i/index` stay options.
fn excluded(arg: &str, program: &Command, command: &Command) -> Option<OsString> {
    let is_query = |arg: &Arg| matches!(arg.get_id().as_str(), "query" | "first");
    let words = arg.strip_prefix('-').filter(|words| !words.starts_with('-'))?;
    let mut rest = words.chars();
    let first = rest.next().filter(|_| command.get_positionals().any(is_query))?;
    let mut options = [program, command].into_iter().flat_map(Command::get_arguments);
    let is_option = "hV".contains(first) || options.any(|o| o.get_short() == Some(first));
    let value = rest.as_str().strip_prefix('-').unwrap_or(rest.as_str());
    let is_value = |c: char| c.is_ascii_digit() || matches!(c, '=' | '/' | '.');
    let is_with_value = value.chars().next().is_none_or(is_value);
    (!is_option || !is_with_value).then(|| format!("NOT {words}").into())
}

#[cfg(test)]
mod tests {
    use clap::FromArgMatches;
    use clap::error::{ContextKind, ContextValue};

    use super::*;

    fn check(typed: &str, expected: &str) {
        let args = typed.split(' ').map(OsString::from);
        let args: Vec<_> =
            as_the_grammar_takes_them(args).into_iter().map(|a| a.into_string().unwrap()).collect();
        assert_eq!(args.join(" "), expected);
    }

    #[test]
    fn words_are_distinguished_from_options() {
        check("newsdex search -agency:*", "newsdex search NOT agency:*");
        check("newsdex search minister -water -n 5", "newsdex search minister NOT water -n 5");
        check("newsdex search -n5 -i/there -nuclear", "newsdex search -n5 -i/there NOT nuclear");
        check("newsdex quotes -s lind --csv", "newsdex quotes -s lind --csv");
        check("newsdex quotes -speaker:lind", "newsdex quotes NOT speaker:lind");
        check("newsdex search -- -water", "newsdex search -- -water");
        check("newsdex index -j4 archive", "newsdex index -j4 archive");
        check("newsdex -V", "newsdex -V");
    }

    #[test]
    fn values_are_joined_to_their_options() {
        check("newsdex search -n -1 -water", "newsdex search -n=-1 NOT water");
        check("newsdex search -n-1", "newsdex search -n-1");
        check("newsdex search --from -99999", "newsdex search --from=-99999");
        check("newsdex quotes --speaker -x --csv", "newsdex quotes --speaker=-x --csv");
        check("newsdex quotes --speaker --csv", "newsdex quotes --speaker --csv");
        check("newsdex -i search search -water", "newsdex -i search search NOT water");
        check("newsdex -i -x search -water", "newsdex -i=-x search NOT water");
        check("newsdex quotes --speaker lind -water", "newsdex quotes --speaker lind NOT water");
    }

    /// The value of every option of every command arrives as it was typed, or an error names it.
    #[test]
    fn every_option_takes_a_value_with_a_hyphen() {
        let mut program = Args::command();
        program.build();
        for command in program.get_subcommands().filter(|command| command.get_name() != "help") {
            let options = command.get_arguments().filter(|arg| !arg.is_positional());
            for option in options.filter(|option| option.get_action().takes_values()) {
                let long = option.get_long().map(|name| format!("--{name}"));
                let short = option.get_short().map(|letter| format!("-{letter}"));
                for name in long.into_iter().chain(short) {
                    check_value(&program, command, option, &name);
                }
            }
        }
    }

    fn check_value(program: &Command, command: &Command, option: &Arg, name: &str) {
        let needed: &[&str] = match command.get_name() {
            "facets" => &["speaker"],
            "concordance" | "people" | "similar" | "explain" | "show" | "trec" | "verify"
            | "extract" | "index" => &["x"],
            "compare" | "why" => &["x", "y"],
            "schedule" => &["--cron"],
            "completions" => &["bash"],
            _ => &[],
        };
        let with = if option.get_id() == "window" { vec!["--group", "left"] } else { vec![] };
        let words = [vec!["newsdex", command.get_name()], needed.to_vec(), with, vec![name, "-1"]];
        let typed = as_the_grammar_takes_them(words.concat().into_iter().map(OsString::from));
        match program.clone().try_get_matches_from(typed) {
            Ok(matches) => {
                let (_, matches) = matches.subcommand().unwrap();
                let raw = matches.get_raw(option.get_id().as_str()).unwrap();
                assert!(raw.eq(["-1"]), "{words:?}");
            }
            Err(error) => {
                let value = error.get(ContextKind::InvalidValue);
                assert_eq!(value, Some(&ContextValue::String("-1".into())), "{words:?}: {error}");
            }
        }
    }

    #[test]
    fn the_numbers_of_options_say_what_they_are() {
        let typed = ["newsdex", "search", "-n", "-1"].map(OsString::from);
        let matches = Args::command().try_get_matches_from(as_the_grammar_takes_them(typed));
        let parsed = matches.and_then(|matches| Args::from_arg_matches(&matches));
        let message = parsed.expect_err("no number").to_string();
        assert!(message.contains("-1 is no number of results; try 20"), "{message}");
    }
}
