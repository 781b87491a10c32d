//! The account manager: the only crate that joins the others.
