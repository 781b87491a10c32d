//! Access tokens that the stage's Dovecot takes for XOAUTH2 and OAUTHBEARER: JSON web tokens (RFC 7519) signed with a
//! key that stands in its folder, so that no provider is asked, or whatever a provider says is one. They count where `mechanisms` names one of the two.

use std::fs;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::hmac;
use serde_json::json;

use super::{Dovecot, DovecotOptions};
use crate::StageError;
use crate::people::address;

const KEY: &[u8] = b"a key for the tokens of a stage";

impl Dovecot {
    /// A token for this person that is good for so long; one of no time at all has expired.
    pub fn token(&self, person: &str, lifetime: Duration) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        // Issued a while ago, so that a lifetime of nothing is past already.
        let issued = now.as_secs().saturating_sub(60);
        let expires = issued + lifetime.as_secs();
        let address = address(person);
        let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!(
            "{}.{}",
            part(json!({"alg": "HS256", "typ": "JWT", "kid": "default"})),
            part(json!({
                "sub": address, "email": address, "iat": issued, "nbf": issued, "exp": expires,
                "scope": "mail", "azp": "default",
            })),
        );
        let signature = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, KEY), signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// Writes what Dovecot checks tokens with.
    pub(super) fn lay_out_tokens(&self, options: &DovecotOptions) -> Result<(), StageError> {
        let checking = match &options.introspection {
            Some(place) => asking(place),
            None => self.checking_tokens(),
        };
        let folder = self.path("keys/default/HS256");
        let write = StageError::io("write Dovecot's key for tokens");
        fs::create_dir_all(&folder)
            .and_then(|()| fs::write(folder.join("default"), STANDARD.encode(KEY)))
            .and_then(|()| fs::write(self.path("oauth2.conf"), checking))
            .map_err(write)
    }

    fn checking_tokens(&self) -> String {
        format!(
            "\
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={}/keys/
username_attribute = email
username_format = %u
tokeninfo_url =
",
            self.folder.path().display()
        )
    }
}

/// Another one is asked what a token is worth, each time.
fn asking(place: &str) -> String {
    format!(
        "\
introspection_mode = post
introspection_url = {place}
force_introspection = yes
username_attribute = email
username_format = %u
active_attribute = active
active_value = true
tokeninfo_url =
"
    )
}

/// The part of the configuration file that says so.
pub(super) fn passdb(options: &DovecotOptions, root: &str) -> String {
    let wanted = options
        .mechanisms
        .split_whitespace()
        .any(|name| matches!(name, "xoauth2" | "oauthbearer"));
    if !wanted {
        return String::new();
    }
    format!(
        "\
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {root}/oauth2.conf
}}
"
    )
}
