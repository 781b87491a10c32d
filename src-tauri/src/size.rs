//! How large everything in the windows is drawn, letters and all else: one size for all windows, which is remembered. Not here:
//! how much larger letters are than the rest, which the interface sees to.

use std::sync::atomic::{AtomicU32, Ordering};

use tauri::{AppHandle, Manager, WebviewWindow};
use waxwing_engine::Engine;

use crate::commands::settings::named;

/// Under which the interface finds it too.
pub const SETTING: &str = "windowSize";
/// In hundredths of the size that the system gives. Text can be made twice as large at least (WCAG 2.2, criterion 1.4.4).
const SIZES: std::ops::RangeInclusive<u32> = 50..=300;
const USUAL: u32 = 100;

/// What is remembered, in hundredths.
pub struct WindowSize(AtomicU32);

impl WindowSize {
    /// What `engine` remembers of the last run. Where it remembers nothing that makes sense, the usual size.
    pub async fn remembered(engine: &Engine) -> Self {
        let kept = engine.setting(&named(SETTING)).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "the size of the windows could not be read");
            None
        });
        let size = kept.and_then(|kept| kept.parse().ok()).and_then(possible);
        Self(AtomicU32::new(size.unwrap_or(USUAL)))
    }
}

/// The size itself, if windows can be so large.
pub fn possible(size: u32) -> Option<u32> {
    SIZES.contains(&size).then_some(size)
}

/// Draws all windows that are open, and those that will be, so large from now on.
pub fn resize(app: &AppHandle, size: u32) {
    if let Some(kept) = app.try_state::<WindowSize>() {
        kept.0.store(size, Ordering::Relaxed);
    }
    for window in app.webview_windows().into_values() {
        fit(app, &window);
    }
}

/// Draws a window as large as all of them are.
pub fn fit(app: &AppHandle, window: &WebviewWindow) {
    let size = app
        .try_state::<WindowSize>()
        .map_or(USUAL, |kept| kept.0.load(Ordering::Relaxed));
    if let Err(error) = window.set_zoom(f64::from(size) / 100.0) {
        tracing::warn!(%error, label = window.label(), "the window keeps the size that it had");
    }
}

#[cfg(test)]
mod tests {
    use waxwing_engine::{EngineOptions, KeyringUse};

    use super::*;

    #[test]
    fn text_can_be_made_twice_as_large_and_no_window_becomes_too_small_to_be_read() {
        for (size, is_possible) in [(0, false), (49, false), (50, true), (200, true), (301, false)] {
            assert_eq!(possible(size).is_some(), is_possible, "{size} hundredths");
        }
    }

    #[tokio::test]
    async fn the_size_of_the_last_run_is_remembered_and_nonsense_is_the_usual_size() {
        let profile = tempfile::tempdir().unwrap();
        let engine = Engine::open(EngineOptions {
            profile: profile.path().to_owned(),
            keyring: KeyringUse::Never,
            passphrase: None,
        })
        .await
        .unwrap();
        let remembered = async || WindowSize::remembered(&engine).await.0.into_inner();
        assert_eq!(remembered().await, 100, "nobody has chosen");
        for (kept, size) in [("150", 150), ("9000", 100), ("large", 100)] {
            engine.put_setting(&named(SETTING), kept).await.unwrap();
            assert_eq!(remembered().await, size, "“{kept}” was kept");
        }
        engine.stop().await;
    }
}
