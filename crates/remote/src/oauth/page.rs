//! The one page that this program shows in the browser, when the browser comes back: plain HTML without scripts, without a
//! provider's words and without anything from elsewhere.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// The provider has agreed; what is left is done in the window.
    Heard,
    /// It has not, or is not believed.
    Refused,
    NotOurs,
    NotHere,
    /// Only to look is allowed.
    OnlyGet,
}

impl Page {
    fn status(self) -> &'static str {
        match self {
            Self::Heard | Self::Refused => "200 OK",
            Self::NotOurs => "400 Bad Request",
            Self::NotHere => "404 Not Found",
            Self::OnlyGet => "405 Method Not Allowed\r\nAllow: GET",
        }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Heard => (
                "Waxwing goes on",
                "Your provider has agreed. You can close this page and go back to Waxwing.",
            ),
            Self::Refused => (
                "Waxwing was not let in",
                "You can close this page. Waxwing says what happened, and you can begin again there.",
            ),
            Self::NotOurs => (
                "Not what Waxwing waits for",
                "This answer belongs to another sign-in. Waxwing still waits for the right one.",
            ),
            Self::NotHere | Self::OnlyGet => ("Nothing here", "There is nothing at this address."),
        }
    }

    /// The whole answer, as it goes over the wire.
    pub(super) fn answer(self) -> String {
        let (title, text) = self.words();
        let body = format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\
             <body><h1>{title}</h1><p>{text}</p></body></html>\n"
        );
        format!(
            "HTTP/1.1 {}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
             Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\nReferrer-Policy: no-referrer\r\n\
             X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n{body}",
            self.status(),
            body.len()
        )
    }
}
