//! Secrets: the OS keyring, and what stands in when there is none.
