//! For tests only: servers, certificates, a fault-injecting proxy, letters.
