//! Exclusions in a query such as `-agency:*`, which the command line would take for a row of options.

use std::ffi::OsString;

use clap::{Arg, Command, CommandFactory};

use super::Args;

/// The arguments, with `NOT` in the place of a hyphen before words of a query; `-n`, `-n5` and `-i/index` stay options.
pub fn with_exclusions(typed: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let program = Args::command();
    let mut typed: Vec<_> = typed.into_iter().collect();
    let name = |arg: &OsString| arg.to_str().and_then(|arg| program.find_subcommand(arg));
    let Some((at, command)) = typed.iter().enumerate().find_map(|(n, arg)| Some((n, name(arg)?)))
    else {
        return typed;
    };
    if !takes_query(command) {
        return typed;
    }
    let mut options: Vec<_> = [&program, command]
        .iter()
        .flat_map(|c| c.get_arguments())
        .filter_map(Arg::get_short)
        .collect();
    options.extend(['h', 'V']);
    for arg in typed.iter_mut().skip(at + 1).take_while(|arg| *arg != "--") {
        if let Some(words) = arg.to_str().and_then(|arg| excluded(arg, &options)) {
            *arg = format!("NOT {words}").into();
        }
    }
    typed
}

fn takes_query(command: &Command) -> bool {
    command.get_positionals().any(|arg| matches!(arg.get_id().as_str(), "query" | "first"))
}

/// The words after the hyphen, unless they are an option with its value.
fn excluded<'a>(arg: &'a str, options: &[char]) -> Option<&'a str> {
    let words = arg.strip_prefix('-').filter(|words| !words.starts_with('-'))?;
    let mut rest = words.chars();
    let is_option = options.contains(&rest.next()?);
    let value = |c: char| c.is_ascii_digit() || matches!(c, '=' | '/' | '.');
    (!is_option || rest.next().is_some_and(|c| !value(c))).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, expected: &str) {
        let args = typed.split(' ').map(OsString::from);
        let args: Vec<_> =
            with_exclusions(args).into_iter().map(|a| a.into_string().unwrap()).collect();
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
}
