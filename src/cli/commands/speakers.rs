//! `newsdex quotes --group`: who says how much, with a few quotations of each.

use crate::answer::quotations::QuotationRow;
use crate::answer::speakers::Speakers;
use crate::cli::args::QuotesArgs;
use crate::cli::exit::{CommandResult, Outcome};
use crate::cli::form::Form;
use crate::cli::output::{Out, Role};
use crate::cli::request::print_warnings;
use crate::cli::screen::{counted, quotation, thousands};
use crate::query::{Engine, Quotes, Request, quotes};

/// Quotations of each speaker on a screen and in JSON.
const EACH: usize = 2;

/// Prints the speakers of what `request` matches.
pub(super) fn run(
    engine: &dyn Engine,
    request: &Request,
    args: &QuotesArgs,
    out: &mut Out,
) -> CommandResult {
    let form = Form::from(&args.export);
    let each = if form.is_export() { 0 } else { EACH };
    let found = quotes(engine, request, each)?;
    print_warnings(&found.warnings);
    let answer = Speakers { request, found: &found };
    out.answer(&answer, form, |out| show(&found, out))?;
    Ok(Outcome::found(found.total > 0))
}

fn show(found: &Quotes, out: &mut Out) -> std::io::Result<()> {
    let head = format!(
        "{} by {}, {} by unknown speakers",
        counted(found.total, "quotation"),
        counted(found.speakers, "speaker"),
        thousands(found.unattributed)
    );
    out.line(out.paint(Role::Dim, head))?;
    for group in &found.groups {
        out.line("")?;
        out.line(format_args!(
            "{}  {}",
            out.paint(Role::Person, &group.speaker),
            out.paint(Role::Dim, counted(group.count, "quotation"))
        ))?;
        for found in group.hits.iter().filter_map(QuotationRow::of) {
            quotation(&found, out)?;
            out.line(format_args!("  {}", out.paint(Role::Dim, &found.hit.article.id)))?;
        }
    }
    Ok(())
}
