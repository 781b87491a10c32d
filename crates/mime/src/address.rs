//! Address lists (RFC 5322, section 3.4).

use waxwing_model::Address;

use crate::ComposeError;

/// What a person types: `Jonas <jonas@a.example>, amara@b.example; …`.
pub fn parse_addresses(_text: &str) -> Result<Vec<Address>, ComposeError> {
    Ok(Vec::new())
}
