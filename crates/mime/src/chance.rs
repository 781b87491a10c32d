//! How often tests try what chance makes.

/// So many cases; more of them where a longer run was asked for (`npm run bench -- fuzz`).
pub(crate) fn cases(usual: u32) -> u32 {
    let times = std::env::var("WAXWING_FUZZ")
        .ok()
        .and_then(|times| times.parse::<u32>().ok());
    usual.saturating_mul(times.unwrap_or(1))
}
