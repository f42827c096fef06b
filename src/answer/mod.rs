//! Answers in the forms that every face shares: JSON, CSV, Parquet, and pictures.

pub(crate) mod export;
pub(crate) mod svg;
