//! Subjects without their prefixes.

/// The base subject (RFC 5256, section 2.1).
pub fn base_subject(subject: &str) -> String {
    subject.trim().to_owned()
}
