//! A try-out before settings are saved: connect, encrypt, sign in, and leave.
//!
//! Not here: sending anything.

use lettre::transport::smtp::commands::{Noop, Quit};
use waxwing_model::ServerSettings;

use super::{connect::connect, sign_in::sign_in};
use crate::{Credentials, RemoteError, Trust};

/// Whether letters could be handed over with these settings. `credentials` may be left out for a relay that wants
/// none.
pub async fn check<'a>(
    server: &ServerSettings,
    credentials: impl Into<Option<&'a Credentials>>,
    trust: &Trust,
) -> Result<(), RemoteError> {
    const DOING: &str = "trying out the SMTP server";
    let mut connection = connect(server, trust).await?;
    sign_in(&mut connection, server, credentials.into()).await?;
    let reply = connection.dialogue.ask(&Noop.to_string(), DOING).await?;
    if !reply.is_positive() {
        return Err(reply.into_error(DOING));
    }
    // It has said all we wanted to know; how it takes leave does not matter.
    let _ = connection.dialogue.ask(&Quit.to_string(), DOING).await;
    Ok(())
}
