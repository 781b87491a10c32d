//! The orders that are kept, and what was touched since each was made, so that they can be put right.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use waxwing_model::Listing;

use crate::gathered::{KEPT, locked};
use crate::order::Order;
use crate::touched::Touched;

/// Letters that transactions have touched and that are remembered. To read more of them one by one takes longer than to
/// make an order anew.
const REMEMBERED: usize = 100_000;
/// For so long after somebody asked for it an order is kept: for a million letters it takes 40 MB and more.
pub(crate) const ASKED_LATELY: Duration = Duration::from_secs(300);

#[derive(Default)]
pub(crate) struct Orders {
    pub kept: VecDeque<KeptOrder>,
    /// From which states of the store orders are being made.
    pub making: Vec<u64>,
    /// What each commit touched, under the count with which it ended, ascending and without gaps.
    pub touched: VecDeque<(u64, Touched)>,
    pub remembered: usize,
}

pub(crate) struct KeptOrder {
    listing: Listing,
    /// All that was not touched after this commit stands as it should.
    state: u64,
    order: Arc<Order>,
    asked: Instant,
}

/// While an order is being made, what commits touch is remembered for it.
pub(crate) struct Making<'a> {
    orders: &'a Mutex<Orders>,
    state: u64,
}

impl<'a> Making<'a> {
    pub fn begin(orders: &'a Mutex<Orders>, state: u64) -> Self {
        locked(orders).making.push(state);
        Self { orders, state }
    }
}

impl Drop for Making<'_> {
    fn drop(&mut self) {
        let mut orders = locked(self.orders);
        let place = orders.making.iter().position(|state| *state == self.state);
        if let Some(place) = place {
            orders.making.swap_remove(place);
        }
        orders.forget_what_nobody_needs();
    }
}

impl Orders {
    /// The order that is kept, and what may stand otherwise in a snapshot of this state, which may be older too: but an
    /// older one does not tell which conversation a new letter will be in.
    pub fn known(&mut self, listing: &Listing, state: u64) -> Option<(Arc<Order>, Touched)> {
        let kept = self.kept.iter_mut().find(|kept| kept.listing == *listing)?;
        kept.asked = Instant::now();
        let (first, last) = (kept.state.min(state), kept.state.max(state));
        let (order, kept_state) = (Arc::clone(&kept.order), kept.state);
        let touched = self.touched_between(first, last)?;
        let is_told = kept_state <= state || touched.emails.is_empty() && touched.marked.is_empty();
        is_told.then_some((order, touched))
    }

    /// `None`: nobody remembers all of it.
    fn touched_between(&self, first: u64, last: u64) -> Option<Touched> {
        let mut touched = Touched::default();
        let mut told = 0;
        for (_, by_one) in self
            .touched
            .iter()
            .filter(|(end, _)| *end > first && *end <= last)
        {
            touched.add(by_one);
            told += 1;
        }
        (told == (last - first) / 2).then_some(touched)
    }

    /// Keeps an order of this state if it is known what was touched since, and no newer one is kept.
    pub fn keep(&mut self, listing: &Listing, state: u64, now: u64, order: &Arc<Order>) {
        let is_newer = |kept: &KeptOrder| kept.listing == *listing && kept.state > state;
        if self.kept.iter().any(is_newer) || self.touched_between(state, now).is_none() {
            return;
        }
        self.kept.retain(|other| other.listing != *listing);
        self.kept.truncate(KEPT - 1);
        self.kept.push_front(KeptOrder {
            listing: listing.clone(),
            state,
            order: Arc::clone(order),
            asked: Instant::now(),
        });
    }

    /// Lets go what nobody has asked for lately.
    pub fn let_go(&mut self, now: Instant) {
        self.kept
            .retain(|kept| now.saturating_duration_since(kept.asked) < ASKED_LATELY);
        self.forget_what_nobody_needs();
    }

    fn forget_what_nobody_needs(&mut self) {
        let needed = self.kept.iter().map(|kept| kept.state);
        match needed.chain(self.making.iter().copied()).min() {
            Some(oldest) => self.forget(|end| end <= oldest),
            None => self.forget(|_| true),
        }
    }

    pub fn remember(&mut self, end: u64, touched: Touched) {
        self.let_go(Instant::now());
        if self.kept.is_empty() && self.making.is_empty() {
            return;
        }
        self.remembered += touched.len();
        self.touched.push_back((end, touched));
        if self.remembered > REMEMBERED {
            // Whoever asks next makes the order anew.
            self.kept.clear();
            self.forget(|_| true);
        }
    }

    fn forget(&mut self, is_old: impl Fn(u64) -> bool) {
        self.touched.retain(|(end, _)| !is_old(*end));
        self.remembered = self.touched.iter().map(|(_, touched)| touched.len()).sum();
    }
}
