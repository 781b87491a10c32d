//! What brings a store from each version to the next.

/// The steps in order. The first makes an empty file into version 1. Steps that have been released are never
/// edited; `schema.sql` tells what they amount to.
pub(super) const STEPS: &[&str] = &[
    include_str!("../../migrations/0001.sql"),
    include_str!("../../migrations/0002.sql"),
    include_str!("../../migrations/0003.sql"),
    include_str!("../../migrations/0004.sql"),
    include_str!("../../migrations/0005.sql"),
    include_str!("../../migrations/0006.sql"),
    include_str!("../../migrations/0007.sql"),
    include_str!("../../migrations/0008.sql"),
    include_str!("../../migrations/0009.sql"),
    include_str!("../../migrations/0010.sql"),
    include_str!("../../migrations/0011.sql"),
    include_str!("../../migrations/0012.sql"),
    include_str!("../../migrations/0013.sql"),
    include_str!("../../migrations/0014.sql"),
    include_str!("../../migrations/0015.sql"),
    include_str!("../../migrations/0016.sql"),
    include_str!("../../migrations/0017.sql"),
    include_str!("../../migrations/0018.sql"),
    include_str!("../../migrations/0019.sql"),
    include_str!("../../migrations/0020.sql"),
    include_str!("../../migrations/0021.sql"),
    include_str!("../../migrations/0022.sql"),
    include_str!("../../migrations/0023.sql"),
    include_str!("../../migrations/0024.sql"),
    include_str!("../../migrations/0025.sql"),
    include_str!("../../migrations/0026.sql"),
    include_str!("../../migrations/0027.sql"),
    include_str!("../../migrations/0028.sql"),
];
