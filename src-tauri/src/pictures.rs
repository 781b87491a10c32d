//! The scheme `letter:`, by which a letter's frame shows the pictures that came with it, and those from the network
//! that the person has allowed. The engine fetches; the web view never does. The page around the frames takes files by it that it shows
//! itself, piece by piece.

use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager, UriSchemeContext, UriSchemeResponder, Wry};
use waxwing_engine::Engine;

use crate::letter_windows;
use crate::links::unescape;
use crate::window::MAIN;

pub const SCHEME: &str = "letter";

pub fn answer(context: UriSchemeContext<'_, Wry>, request: Request<Vec<u8>>, responder: UriSchemeResponder) {
    // The page behind any other label has no letters to show.
    let label = context.webview_label();
    let engine = (label == MAIN || letter_windows::is_one(label))
        .then(|| context.app_handle().try_state::<Engine>())
        .flatten();
    let Some(engine) = engine.map(|engine| engine.inner().clone()) else {
        responder.respond(refused());
        return;
    };
    let path = request.uri().path().to_owned();
    tauri::async_runtime::spawn(async move {
        let mut parts = path.trim_start_matches('/').splitn(2, '/');
        let (token, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let response = match name.strip_prefix("piece/") {
            Some(number) => piece(&engine, token, number),
            None => match engine.picture(token, &unescape(name)).await {
                Ok((media_type, bytes)) => given(media_type, bytes.to_vec()),
                Err(_) => refused(),
            },
        };
        responder.respond(response);
    });
}

/// To the page this scheme is another origin, which has to say that it may read. A letter's frame reads nothing, whoever may: nothing is
/// allowed by its own policy but pictures.
fn piece(engine: &Engine, token: &str, number: &str) -> Response<Vec<u8>> {
    let piece = number
        .parse()
        .ok()
        .and_then(|number| engine.piece(token, number).ok());
    let Some(piece) = piece else {
        return refused();
    };
    let mut response = given("application/octet-stream", piece);
    let everybody = header::HeaderValue::from_static("*");
    response
        .headers_mut()
        .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, everybody);
    response
}

fn given(media_type: &str, bytes: Vec<u8>) -> Response<Vec<u8>> {
    Response::builder()
        .header(header::CONTENT_TYPE, media_type)
        .header("X-Content-Type-Options", "nosniff")
        .header(header::CACHE_CONTROL, "no-store")
        .body(bytes)
        .unwrap_or_else(|_| refused())
}

fn refused() -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
