//! Files that the window takes over piece by piece, by an address that cannot be guessed: films, sounds and PDF files are too large for the
//! bridge of commands, which writes all that goes over it as text. What nobody asks for any more is let go of.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::pictures::{BASE, Pictures};
use crate::engine::{Engine, locked};
use crate::error::{EngineError, Result};

/// Octets of a piece: enough that asking costs nothing beside it, and few enough that progress is seen.
const PIECE: usize = 4 << 20;
/// Files that are held at a time.
const HELD: usize = 2;
/// How long one is held after a piece of it was asked for.
const AT_HAND: Duration = Duration::from_secs(20);

#[derive(Default)]
pub(super) struct Pieces(Mutex<VecDeque<Held>>);

struct Held {
    token: String,
    /// Not copied: a film may have a quarter of a gigabyte.
    bytes: Arc<Vec<u8>>,
    needed: Instant,
}

impl Pieces {
    fn hold(&self, bytes: Vec<u8>) -> String {
        let token = Pictures::token();
        let mut held = locked(&self.0);
        if held.len() >= HELD {
            held.pop_front();
        }
        held.push_back(Held {
            token: token.clone(),
            bytes: Arc::new(bytes),
            needed: Instant::now(),
        });
        token
    }

    /// A piece, by its number. Behind the last one there is nothing.
    fn piece(&self, token: &str, number: usize) -> Option<Vec<u8>> {
        let mut held = locked(&self.0);
        let file = held.iter_mut().find(|file| file.token == token)?;
        file.needed = Instant::now();
        let bytes = Arc::clone(&file.bytes);
        drop(held);
        let from = number.checked_mul(PIECE)?.min(bytes.len());
        let to = from.saturating_add(PIECE).min(bytes.len());
        bytes.get(from..to).map(<[u8]>::to_vec)
    }

    /// Lets go of those that were not asked for since. `false`: none is held.
    fn let_go(&self, since: Duration) -> bool {
        let mut held = locked(&self.0);
        held.retain(|file| file.needed.elapsed() < since);
        !held.is_empty()
    }
}

impl Engine {
    /// The addresses at which the window finds a file's octets, in their order.
    pub fn in_pieces(&self, bytes: Vec<u8>) -> Vec<String> {
        let count = bytes.len().div_ceil(PIECE);
        let token = self.inner.pictures.pieces.hold(bytes);
        // Whoever waits does not keep an engine that was stopped.
        let engine = Arc::downgrade(&self.inner);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(AT_HAND).await;
                let is_held = engine
                    .upgrade()
                    .is_some_and(|inner| inner.pictures.pieces.let_go(AT_HAND));
                if !is_held {
                    break;
                }
            }
        });
        (0..count)
            .map(|number| format!("{BASE}/{token}/piece/{number}"))
            .collect()
    }

    /// A piece of a file for which there is such an address.
    pub fn piece(&self, token: &str, number: usize) -> Result<Vec<u8>> {
        let piece = self.inner.pictures.pieces.piece(token, number);
        piece.ok_or(EngineError::Gone("the attachment"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_of_a_file_are_the_file_and_a_guess_is_nothing() {
        let pieces = Pieces::default();
        let film: Vec<u8> = (0..PIECE * 2 + 5).map(|at| (at % 251) as u8).collect();
        let token = pieces.hold(film.clone());
        let all: Vec<Vec<u8>> = (0..4)
            .map(|number| pieces.piece(&token, number).unwrap())
            .collect();
        assert_eq!(all.iter().map(Vec::len).collect::<Vec<_>>(), [PIECE, PIECE, 5, 0]);
        assert!(all.concat() == film, "in their order they are the file");
        assert_eq!(pieces.piece("0", 0), None);
        assert_eq!(
            pieces.piece(&token, usize::MAX),
            None,
            "and a number too large is none"
        );
    }

    #[test]
    fn what_is_not_asked_for_any_more_is_let_go_of() {
        let pieces = Pieces::default();
        let tokens: Vec<String> = (0..HELD + 1).map(|_| pieces.hold(vec![1])).collect();
        assert_eq!(pieces.piece(&tokens[0], 0), None, "the oldest made room");
        assert!(pieces.let_go(Duration::from_secs(60)), "the others are held");
        assert!(!pieces.let_go(Duration::ZERO));
        assert_eq!(pieces.piece(&tokens[HELD], 0), None);
    }
}
