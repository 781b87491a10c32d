//! What the style filter saw on its way. It is counted from a filter that may run on another thread.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::costs::Spent;

/// Counts that the filter adds to.
#[derive(Debug, Default)]
pub(crate) struct Found {
    remote_images: AtomicU32,
    /// Whose they are.
    hosts: Mutex<BTreeMap<String, u32>>,
    /// Sheets that a sheet would have brought in.
    style_sheets: AtomicU32,
    colours: AtomicBool,
    cut: AtomicBool,
    plainer: AtomicBool,
    steps: AtomicU64,
    pub(super) spent: Arc<Spent>,
    /// Whether colours are to be changed for dark paper as they go by.
    darkens: bool,
    /// Whether the sender's own rules for the dark hold.
    shows_dark_design: bool,
    /// The sender has rules of their own for the dark, with a dark paper.
    dark_design: AtomicBool,
    /// The first paper below all of the letter that went by: the outermost one.
    paper: OnceLock<bool>,
    /// An element has a dark paper of its own, which may be below all of the letter.
    dark_part: AtomicBool,
}

impl Found {
    /// For a letter that goes on dark paper.
    pub(crate) fn darkening() -> Self {
        Self {
            darkens: true,
            ..Self::default()
        }
    }

    /// For a letter whose sender has rules of their own for the dark, which are to hold.
    pub(crate) fn of_dark_design() -> Self {
        Self {
            shows_dark_design: true,
            ..Self::default()
        }
    }

    /// Out of what the parts before have left.
    pub(crate) fn after(self, before: &Spent) -> Self {
        Self {
            spent: Arc::new(before.carried_on()),
            ..self
        }
    }

    /// What styles took, with the parts before.
    pub(crate) fn purse(&self) -> Arc<Spent> {
        Arc::clone(&self.spent)
    }

    /// For another reader of the same letter, out of the same purse.
    pub(crate) fn beside(other: &Self) -> Self {
        Self {
            spent: Arc::clone(&other.spent),
            ..Self::default()
        }
    }

    pub(crate) fn shows_dark_design(&self) -> bool {
        self.shows_dark_design
    }

    /// Notes that the sender's rules for the dark have a dark paper.
    pub(crate) fn dark_design(&self) {
        self.dark_design.store(true, Ordering::Relaxed);
    }

    pub(crate) fn has_dark_design(&self) -> bool {
        self.dark_design.load(Ordering::Relaxed)
    }

    pub(crate) fn darkens(&self) -> bool {
        self.darkens
    }

    /// Notes the colour of a paper, as it was before any change.
    pub(crate) fn paper(&self, is_dark: bool) {
        let _ = self.paper.set(is_dark);
    }

    /// Whether the first paper below all of it that went by is dark.
    pub(super) fn first_paper(&self) -> Option<bool> {
        self.paper.get().copied()
    }

    /// Whether the letter was made for dark paper by whoever sent it.
    pub(crate) fn is_dark_by_design(&self) -> bool {
        self.first_paper().unwrap_or(false)
    }

    /// Notes that an element has a dark paper of its own, as it was before any change.
    pub(crate) fn dark_part(&self) {
        self.dark_part.store(true, Ordering::Relaxed);
    }

    /// Whether it depends on how much stands on an element's own dark paper what paper the letter was made for.
    pub(crate) fn may_stand_on_dark_part(&self) -> bool {
        self.first_paper().is_none() && self.dark_part.load(Ordering::Relaxed)
    }

    /// Notes a URL, if following it would leave this computer.
    pub(crate) fn url(&self, url: &str) {
        if let Some(url) = crate::link::remote(url) {
            self.remote_images.fetch_add(1, Ordering::Relaxed);
            if let Some(host) = url.host_str() {
                let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
                *hosts.entry(host.to_owned()).or_default() += 1;
            }
        }
    }

    /// Notes the URL of a sheet, if following it would leave this computer.
    pub(crate) fn sheet(&self, url: &str) {
        if crate::link::is_remote(url) {
            self.style_sheets.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(crate) fn style_sheets(&self) -> u32 {
        self.style_sheets.load(Ordering::Relaxed)
    }

    /// Notes so many pieces that were looked at. Whoever counts does so alone, if on one thread or another.
    pub(crate) fn step(&self, pieces: usize) {
        let pieces = u64::try_from(pieces).unwrap_or(u64::MAX);
        let all = self.steps.load(Ordering::Relaxed).saturating_add(pieces);
        self.steps.store(all, Ordering::Relaxed);
    }

    pub(crate) fn steps(&self) -> u64 {
        self.steps.load(Ordering::Relaxed)
    }

    /// What styles took so far, as a number that changes with it.
    pub(crate) fn spent(&self) -> usize {
        self.spent.mark()
    }

    /// Notes how long the letter is.
    pub(crate) fn is_of(&self, octets: usize) {
        self.spent.is_of(octets);
    }

    /// The letter is read once more.
    pub(crate) fn begin_anew(&self) {
        self.spent.forget();
    }

    /// Notes that there was more style than a letter may have.
    pub(crate) fn cut(&self) {
        self.cut.store(true, Ordering::Relaxed);
    }

    /// Notes that something of the letter's looks was left out.
    pub(crate) fn make_plainer(&self) {
        self.plainer.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_plainer(&self) -> bool {
        self.plainer.load(Ordering::Relaxed)
    }

    pub(crate) fn was_cut(&self) -> bool {
        self.cut.load(Ordering::Relaxed)
    }

    /// Notes that the letter brings colours of its own.
    pub(crate) fn colour(&self) {
        self.colours.store(true, Ordering::Relaxed);
    }

    pub(crate) fn remote_images(&self) -> u32 {
        self.remote_images.load(Ordering::Relaxed)
    }

    pub(crate) fn hosts(&self) -> BTreeMap<String, u32> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn has_colours(&self) -> bool {
        self.colours.load(Ordering::Relaxed)
    }
}
