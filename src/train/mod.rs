//! How the models in `extract` are trained. Only the programs in `bin` use it.

pub mod quotes;
