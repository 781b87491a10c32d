//! Hostile letters in small pieces, each with one trick. Every piece is dangerous as it stands; the tests prove it.

pub mod mutation;
pub mod remote;
pub mod scripts;
pub mod styles;
