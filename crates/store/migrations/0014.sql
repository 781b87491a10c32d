-- Certificates that the person takes although nobody vouches for them, each at one host and one port.
CREATE TABLE certificate_exception (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  exception TEXT NOT NULL, -- CertificateException as JSON
  PRIMARY KEY (account_id, host, port)
) STRICT, WITHOUT ROWID;
