//! Bytes to messages and back: parse, thread references, compose, preview.
