//! A throw-away authority and the certificates that a client must accept or refuse.
//! Each stage has an authority of its own, so that trusting one says nothing about another.
//! No TLS is spoken here.

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};

/// The names and addresses that a good certificate is for.
pub const GOOD_NAMES: [&str; 6] = [
    "localhost",
    "mail.waxwing.test",
    "*.nordlicht.test",
    "127.0.0.1",
    "127.0.0.2",
    "::1",
];

/// The only name that the certificate for the wrong host is for.
pub const WRONG_NAME: &str = "elsewhere.example";

/// Which certificate a server shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CertificateKind {
    /// Signed by the stage's authority, valid now, for [`GOOD_NAMES`].
    #[default]
    Good,
    /// As good, but it ended in 2021.
    Expired,
    /// As good, but its time begins in 2090.
    NotYetValid,
    /// As good, but for [`WRONG_NAME`] alone.
    WrongHost,
    /// Signed by itself.
    SelfSigned,
    /// As good, but signed by an authority that nobody was told of.
    UnknownIssuer,
}

/// A certificate chain and its key, both in PEM.
#[derive(Debug, Clone)]
pub struct CertificatePair {
    pub cert_pem: String,
    pub key_pem: String,
}

/// An authority that can sign for servers.
pub struct Certificates {
    /// What a client has to trust.
    pub ca_pem: String,
    issuer: Issuer<'static, KeyPair>,
}

#[expect(
    clippy::expect_used,
    reason = "the inputs are constants: only a broken generator could fail here"
)]
impl Certificates {
    /// Makes a new authority with a new key.
    #[expect(clippy::new_without_default, reason = "each call makes a different authority")]
    pub fn new() -> Self {
        let mut params = CertificateParams::new(Vec::<String>::new()).expect("no names to refuse");
        params
            .distinguished_name
            .push(DnType::CommonName, "Waxwing test authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate().expect("a P-256 key can be made");
        let ca_pem = params
            .self_signed(&key)
            .expect("an authority can sign itself")
            .pem();
        Certificates {
            ca_pem,
            issuer: Issuer::new(params, key),
        }
    }

    /// The certificate of the given kind.
    pub fn pair(&self, kind: CertificateKind) -> CertificatePair {
        match kind {
            CertificateKind::Good => self.good(),
            CertificateKind::Expired => self.expired(),
            CertificateKind::NotYetValid => self.not_yet_valid(),
            CertificateKind::WrongHost => self.wrong_host(),
            CertificateKind::SelfSigned => self.self_signed(),
            CertificateKind::UnknownIssuer => Certificates::new().good(),
        }
    }

    /// One that a client that trusts the authority accepts.
    pub fn good(&self) -> CertificatePair {
        self.sign(leaf(&GOOD_NAMES))
    }

    /// One for names of the test's own choice.
    pub fn for_names(&self, names: &[&str]) -> CertificatePair {
        self.sign(leaf(names))
    }

    /// One that ended years ago.
    pub fn expired(&self) -> CertificatePair {
        let mut params = leaf(&GOOD_NAMES);
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2021, 1, 1);
        self.sign(params)
    }

    /// One whose time has not begun.
    pub fn not_yet_valid(&self) -> CertificatePair {
        let mut params = leaf(&GOOD_NAMES);
        params.not_before = date_time_ymd(2090, 1, 1);
        params.not_after = date_time_ymd(2091, 1, 1);
        self.sign(params)
    }

    /// One for another host.
    pub fn wrong_host(&self) -> CertificatePair {
        self.sign(leaf(&[WRONG_NAME]))
    }

    /// One that no authority stands behind.
    pub fn self_signed(&self) -> CertificatePair {
        let key = KeyPair::generate().expect("a P-256 key can be made");
        let cert = leaf(&GOOD_NAMES)
            .self_signed(&key)
            .expect("a leaf can sign itself");
        CertificatePair {
            cert_pem: cert.pem(),
            key_pem: key.serialize_pem(),
        }
    }

    fn sign(&self, params: CertificateParams) -> CertificatePair {
        let key = KeyPair::generate().expect("a P-256 key can be made");
        let cert = params
            .signed_by(&key, &self.issuer)
            .expect("the authority can sign a leaf");
        CertificatePair {
            cert_pem: cert.pem() + &self.ca_pem,
            key_pem: key.serialize_pem(),
        }
    }
}

/// A server's certificate before anyone signs it. It is valid for two years, some of them before today so that a clock
/// that goes wrong does not reject it; some platforms' verifiers refuse one that is valid for longer than 825 days.
#[expect(clippy::expect_used, reason = "the names are constants of tests")]
fn leaf(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).expect("the names are well formed");
    params
        .distinguished_name
        .push(DnType::CommonName, "Waxwing test server");
    params.not_before = time::OffsetDateTime::now_utc() - time::Duration::days(60);
    params.not_after = time::OffsetDateTime::now_utc() + time::Duration::days(700);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    params
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_call_makes_another_key_and_each_authority_is_another() {
        let certificates = Certificates::new();
        assert_ne!(
            certificates.good().key_pem,
            certificates.good().key_pem,
            "a key is used once"
        );
        assert_ne!(
            certificates.ca_pem,
            Certificates::new().ca_pem,
            "trust in one stage is not trust in another"
        );
    }

    #[test]
    fn a_chain_holds_the_leaf_and_the_authority_but_a_self_signed_one_stands_alone() {
        let certificates = Certificates::new();
        let count = |pem: &str| pem.matches("BEGIN CERTIFICATE").count();
        assert_eq!(
            count(&certificates.good().cert_pem),
            2,
            "servers send the whole chain"
        );
        assert_eq!(count(&certificates.self_signed().cert_pem), 1, "nobody signed it");
    }
}
