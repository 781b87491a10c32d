//! Results on standard output, for people or as JSON; errors on standard error as sentences.

use std::fmt::Display;
use std::io::{BufWriter, Write};

use serde::Serialize;

use crate::failure::Failure;

pub struct Output {
    json: bool,
}

impl Output {
    pub fn new(json: bool) -> Self {
        Self { json }
    }

    /// One result: a JSON value on a line of its own, or its text.
    pub fn result(&self, value: &impl Serialize, text: impl Display) -> Result<(), Failure> {
        if self.json {
            self.json_line(value)
        } else {
            self.text(text)
        }
    }

    /// Several results, which are there already: they are written at once.
    pub fn results<T: Serialize, D: Display>(
        &self,
        all: impl IntoIterator<Item = (T, D)>,
    ) -> Result<(), Failure> {
        let mut out = BufWriter::new(std::io::stdout().lock());
        for (value, text) in all {
            if self.json {
                serde_json::to_writer(&mut out, &value).map_err(std::io::Error::from)?;
                writeln!(out)?;
            } else {
                writeln!(out, "{text}")?;
            }
        }
        Ok(out.flush()?)
    }

    /// JSON whatever was asked for.
    pub fn json_line(&self, value: &impl Serialize) -> Result<(), Failure> {
        let line = serde_json::to_string(value).map_err(std::io::Error::from)?;
        self.text(line)
    }

    pub fn text(&self, text: impl Display) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{text}")?;
        // `watch` is read line by line.
        Ok(out.flush()?)
    }

    pub fn bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        out.write_all(bytes)?;
        Ok(out.flush()?)
    }

    pub fn error(&self, error: &impl Display) {
        // Nothing is left to be done when standard error is gone.
        let _ = writeln!(std::io::stderr(), "waxwing-cli: {error}");
    }
}
