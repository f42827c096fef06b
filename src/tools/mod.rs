//! How the models that `extract` ships are made. Only for the programs in `src/bin`, behind the feature `tools`.

pub mod names;
pub mod quotes;
