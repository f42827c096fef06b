//! From what was typed to a request of the library, and the warnings about what was not understood.

use std::ops::ControlFlow;
use std::time::Duration;

use super::aliases;
use super::args::{Global, Order, Scope, TimeLimit};
use super::exit::{Failure, warn};
use crate::article::PartialDate;
use crate::calendar::typed;
use crate::error::Error;
use crate::query::{Engine, Hit, Limits, Request, Sort, Strictness, Warning, for_each_hit};

/// A request for the words typed, within the scope typed, with the user's aliases.
pub(super) fn request(
    query: &[String],
    scope: &Scope,
    global: &Global,
) -> Result<Request, Failure> {
    Ok(Request {
        query: query.join(" "),
        from: date(scope.from.as_deref())?,
        to: date(scope.to.as_deref())?,
        strictness: strictness(scope),
        aliases: aliases::load(global)?,
        limits: limits(scope.time)?,
        ..Request::default()
    })
}

/// The limits of an answer that begins now.
pub(super) fn limits(time: TimeLimit) -> Result<Limits, Failure> {
    let TimeLimit { timeout } = time;
    match Duration::try_from_secs_f64(timeout) {
        Ok(Duration::ZERO) => Ok(Limits::default()),
        Ok(allowed) => Ok(Limits::within(allowed)),
        Err(_) => Err(Error::Usage(format!("--timeout {timeout}: try a number of seconds")).into()),
    }
}

/// The order typed.
pub(super) fn sort(order: Order) -> Sort {
    match order {
        Order::Relevance => Sort::Relevance,
        Order::Newest => Sort::Newest,
        Order::Oldest => Sort::Oldest,
    }
}

fn date(text: Option<&str>) -> Result<Option<PartialDate>, Failure> {
    let Some(text) = text else { return Ok(None) };
    match typed::date(text) {
        Some(date) => Ok(Some(date)),
        None => {
            Err(Error::Usage(format!("{text} is no date; try 2021, 2021-02 or 2021-02-27")).into())
        }
    }
}

/// What of a query is to be an error.
fn strictness(scope: &Scope) -> Strictness {
    match (scope.strict, scope.lenient) {
        (true, _) => Strictness::Strict,
        (false, true) => Strictness::Lenient,
        (false, false) => Strictness::default(),
    }
}

/// Prints what in a query was not understood.
pub(super) fn print_warnings(warnings: &[Warning]) {
    for warning in warnings {
        warn(&warning.message);
    }
}

/// Calls `write` for up to `request.limit` hits, with one in memory at a time.
pub(super) fn for_each(
    engine: &dyn Engine,
    request: &Request,
    mut write: impl FnMut(&Hit) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut left = request.limit;
    let mut outcome = Ok(());
    let plain = Request { fragments: 0, facets: Vec::new(), ..request.clone() };
    for_each_hit(engine, &plain, &mut |hit| {
        if left > 0 {
            left -= 1;
            outcome = write(&hit);
        }
        if left == 0 || outcome.is_err() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    outcome
}
