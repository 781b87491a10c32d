//! The person whom GNOME's keyring asks to unlock it, and who turns that down. The keyring puts its question through whoever is
//! `org.gnome.keyring.SystemPrompter` on the bus, in the words of libgcr (`org.gnome.keyring.internal.Prompter`): on a desktop that is
//! a window with a field and two buttons, here it is the button "Cancel".

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use zbus::message::{Flags, Header, Message};
use zbus::object_server::ResponseDispatchNotifier;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};
use zbus::{Connection, blocking, fdo};

const NAME: &str = "org.gnome.keyring.SystemPrompter";
const PLACE: &str = "/org/gnome/keyring/Prompter";
const ASKER: &str = "org.gnome.keyring.internal.Prompter.Callback";

/// The first message of the exchange in which a password would go (libgcr's `sx-aes-1`): none goes.
const EXCHANGE: &str = "[sx-aes-1]\npublic=Ag==\n";

/// They sit there until this is dropped.
pub struct Person {
    asked: Arc<AtomicUsize>,
    _bus: blocking::Connection,
}

impl Person {
    /// On the bus of this process, before the keyring asks.
    pub fn who_refuses() -> Self {
        let asked = Arc::new(AtomicUsize::new(0));
        let bus = blocking::connection::Builder::session()
            .and_then(|bus| bus.name(NAME))
            .and_then(|bus| bus.serve_at(PLACE, Window(Arc::clone(&asked))))
            .and_then(blocking::connection::Builder::build)
            .expect("the bus of the test takes them");
        Self { asked, _bus: bus }
    }

    /// How often they were asked.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

struct Window(Arc<AtomicUsize>);

/// Nothing else goes before the answer to a question: libgcr would not know yet that it has asked.
type Answered = ResponseDispatchNotifier<()>;

#[zbus::interface(name = "org.gnome.keyring.internal.Prompter")]
impl Window {
    async fn begin_prompting(
        &self,
        callback: OwnedObjectPath,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] bus: &Connection,
    ) -> fdo::Result<Answered> {
        let nothing = HashMap::<&str, Value<'_>>::new();
        tell(bus, &header, &callback, "PromptReady", &("", nothing, EXCHANGE))
    }

    async fn perform_prompt(
        &self,
        callback: OwnedObjectPath,
        _kind: String,
        _properties: HashMap<String, OwnedValue>,
        _exchange: String,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] bus: &Connection,
    ) -> fdo::Result<Answered> {
        self.0.fetch_add(1, Ordering::SeqCst);
        let nothing = HashMap::<&str, Value<'_>>::new();
        tell(bus, &header, &callback, "PromptReady", &("no", nothing, EXCHANGE))
    }

    async fn stop_prompting(
        &self,
        callback: OwnedObjectPath,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] bus: &Connection,
    ) -> fdo::Result<Answered> {
        tell(bus, &header, &callback, "PromptDone", &())
    }
}

/// Says something to whoever has asked, once they have their answer, and waits for none.
fn tell(
    bus: &Connection,
    asked: &Header<'_>,
    callback: &OwnedObjectPath,
    what: &str,
    body: &(impl serde::Serialize + zbus::zvariant::DynamicType),
) -> fdo::Result<Answered> {
    let asker = asked
        .sender()
        .ok_or_else(|| fdo::Error::Failed("nobody asked".to_owned()))?;
    let message = Message::method_call(callback.as_str(), what)?
        .destination(asker.clone())?
        .interface(ASKER)?
        .with_flags(Flags::NoReplyExpected)?
        .build(body)?;
    let (answered, sent) = ResponseDispatchNotifier::new(());
    let telling = bus.clone();
    let then = async move {
        sent.await;
        // Whoever is gone meanwhile hears nothing.
        let _ = telling.send(&message).await;
    };
    bus.executor().spawn(then, "an answer").detach();
    Ok(answered)
}
