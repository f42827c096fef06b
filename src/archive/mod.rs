//! Archives as they lie on disk: which files there are, and their bytes as text. What the text means is `read`'s.

pub mod charset;
pub mod container;
pub mod walk;
