//! Trains the models that `extract` ships. Used by the programs in `src/bin` only, behind the feature `tools`.

pub mod names;
pub mod quotes;
