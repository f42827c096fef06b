//! What a query says that is likely meant otherwise: operators in small letters, ranges that end before they begin.

use super::lexer::{Token, TokenKind};
use super::warning::Warning;

/// Warnings about operators in small letters between words; between quotation marks they are none.
pub(super) fn small_operators(tokens: &[Token<'_>]) -> Vec<Warning> {
    let between_words = tokens
        .windows(3)
        .filter(|three| ends_operand(&three[0].kind) && begins_operand(&three[2].kind));
    between_words
        .filter_map(|three| {
            let TokenKind::Word(word) = three[1].kind else { return None };
            let operator =
                ["AND", "OR", "NOT"].into_iter().find(|o| o.eq_ignore_ascii_case(word))?;
            let message = format!("{word} is searched as a word here; the operator is {operator}");
            Some(Warning::new(three[1].span.clone(), message))
        })
        .collect()
}

fn ends_operand(kind: &TokenKind<'_>) -> bool {
    matches!(
        kind,
        TokenKind::Word(_)
            | TokenKind::Phrase(_)
            | TokenKind::Regex(_)
            | TokenKind::Close
            | TokenKind::Boost(_)
            | TokenKind::Slop(_)
    )
}

fn begins_operand(kind: &TokenKind<'_>) -> bool {
    matches!(
        kind,
        TokenKind::Word(_)
            | TokenKind::Phrase(_)
            | TokenKind::Regex(_)
            | TokenKind::Open
            | TokenKind::Field(_)
            | TokenKind::AtLeast(_)
            | TokenKind::Not
    )
}

/// What is wrong with a range whose ends are swapped.
pub(super) fn reversed(text: &str) -> String {
    format!("{text} ends before it begins, so it finds nothing; swap its ends")
}
