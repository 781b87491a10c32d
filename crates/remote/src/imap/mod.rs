//! IMAP4rev1 (RFC 3501, RFC 9051): one session with one server.
