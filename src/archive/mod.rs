//! Archives on disk: the files of a folder, the members of compressed files, and the decoding of bytes to text. What
//! the text means is up to `read`.

pub mod budget;
pub mod charset;
pub mod code_pages;
pub mod container;
pub mod regular_file;
pub mod walk;
