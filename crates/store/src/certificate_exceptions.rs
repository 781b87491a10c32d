//! The table `certificate_exception`: certificates that the person takes although nobody vouches for them.

use rusqlite::params;
use waxwing_model::{AccountId, CertificateException, Change};

use crate::column::{from_json, json};
use crate::error::Doing;
use crate::{Reading, StoreError, Writing};

impl Reading<'_> {
    pub fn certificate_exceptions(
        &self,
        account: AccountId,
    ) -> Result<Vec<CertificateException>, StoreError> {
        self.all(
            "reading the certificates that were accepted",
            "SELECT exception FROM certificate_exception WHERE account_id = ?1 ORDER BY host, port",
            [account.0],
            |row| from_json(row, 0),
        )
    }
}

impl Writing<'_> {
    /// In the place of the one that was accepted there before.
    pub fn put_certificate_exception(
        &mut self,
        account: AccountId,
        exception: &CertificateException,
    ) -> Result<(), StoreError> {
        let doing = "keeping a certificate that was accepted";
        self.run(
            doing,
            "INSERT INTO certificate_exception (account_id, host, port, exception) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (account_id, host, port) DO UPDATE SET exception = excluded.exception",
            params![
                account.0,
                exception.host,
                exception.port,
                json(exception).doing(doing)?
            ],
        )?;
        self.note(Change::Accounts);
        Ok(())
    }

    /// Whether there was one.
    pub fn remove_certificate_exception(
        &mut self,
        account: AccountId,
        host: &str,
        port: u16,
    ) -> Result<bool, StoreError> {
        let removed = self.run(
            "removing a certificate that was accepted",
            "DELETE FROM certificate_exception WHERE account_id = ?1 AND host = ?2 AND port = ?3",
            params![account.0, host, port],
        )?;
        if removed > 0 {
            self.note(Change::Accounts);
        }
        Ok(removed > 0)
    }
}
