//! Words as they are typed in a shell.

/// A word as it is typed in a shell.
pub(super) fn shell_word(word: &str) -> String {
    if is_plain(word) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

/// Whether a word needs no quotes, in a shell or elsewhere.
pub(super) fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "/.-_=:,+@%".contains(c))
}
