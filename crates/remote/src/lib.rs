//! The wire: IMAP, POP3, SMTP and the discovery of servers.
