//! Hostile HTML in, SafeHtml out.
