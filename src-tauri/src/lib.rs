//! The shell: windows, commands, events, the menu and the scheme of inline pictures. No mail logic: every command
//! is a few lines around a method of the engine.

mod background;
mod bindings;
mod commands;
mod dragging;
#[cfg(target_os = "linux")]
mod drawing;
mod letter_keys;
mod letter_windows;
mod links;
mod menu;
mod pictures;
mod printing;
mod profile;
mod programs;
mod relay;
mod size;
mod views;
mod window;

use std::process::ExitCode;

use tauri::Manager;
use tauri_plugin_window_state::StateFlags;
use waxwing_engine::discovery::Surroundings;
use waxwing_engine::{Engine, EngineOptions, KeyringUse};

use crate::views::trouble::TroubleView;

/// Runs the app, or writes the interface's bindings where `--write-bindings FILE` is given. With
/// `--surroundings FILE` servers are looked for in the small internet of a test.
pub fn main(arguments: Vec<String>) -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("WAXWING_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,waxwing_engine=info")),
        )
        .with_writer(std::io::stderr)
        .init();
    waxwing_engine::no_core_files();
    let outcome = match arguments.as_slice() {
        [flag, file] if flag == "--write-bindings" => bindings::write(file),
        [flag, file] if flag == "--surroundings" => run(Some(file)),
        _ => run(None),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "Waxwing could not go on");
            ExitCode::FAILURE
        }
    }
}

/// `surroundings` is a file that describes a small internet, for tests of the setup screen.
fn run(surroundings: Option<&str>) -> Result<(), Box<dyn std::error::Error>> {
    #[cfg(target_os = "linux")]
    drawing::choose();
    let surroundings = match surroundings {
        Some(file) => Some(Surroundings::from_stage_file(&std::fs::read_to_string(file)?)?),
        None => None,
    };
    let bindings = bindings::builder();
    let commands = bindings.invoke_handler();
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| {
            window::show(app)
        }))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(
            tauri_plugin_window_state::Builder::default()
                .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
                .with_filter(|label| label == window::MAIN)
                .build(),
        )
        .register_asynchronous_uri_scheme_protocol(pictures::SCHEME, pictures::answer)
        .manage(commands::saved::SavedFiles::default())
        .manage(dragging::ReadyCopies::default())
        .manage(letter_keys::LentKeys::default())
        .manage(letter_windows::LetterWindows::default())
        .manage(printing::ToPrint::default())
        .invoke_handler(move |invoke| {
            let message = &invoke.message;
            let (label, command) = (message.webview_ref().label(), message.command());
            if letter_windows::may(label, command, message.payload()) {
                return commands(invoke);
            }
            tracing::warn!(label, command, "a window asked for what it may not");
            let trouble = TroubleView::invalid("That is done in the main window.");
            invoke.resolver.reject(trouble);
            true
        })
        .on_window_event(letter_windows::follow)
        .setup(move |app| {
            bindings.mount_events(app);
            let handle = app.handle().clone();
            let profile = profile::folder(&handle)?;
            commands::copies::put_away(&handle);
            let options = EngineOptions {
                profile,
                keyring: keyring_use(),
                passphrase: None,
            };
            match tauri::async_runtime::block_on(open(options)) {
                Ok(engine) => {
                    if let Some(surroundings) = surroundings {
                        engine.search_in(surroundings);
                    }
                    let size = size::WindowSize::remembered(&engine);
                    app.manage(tauri::async_runtime::block_on(size));
                    app.manage(engine.clone());
                    menu::attach(&handle)?;
                    window::open(&handle)?;
                    tauri::async_runtime::spawn(relay::run(handle, engine));
                }
                Err(error) => window::open_failure(&handle, &error.trouble())?,
            }
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(|app, event| {
            if let tauri::RunEvent::Exit = event
                && let Some(engine) = app.try_state::<Engine>()
            {
                tauri::async_runtime::block_on(engine.stop());
            }
        });
    Ok(())
}

async fn open(options: EngineOptions) -> Result<Engine, waxwing_engine::EngineError> {
    let engine = Engine::open(options).await?;
    match background::threads() {
        Ok(threads) => engine.work_on(threads),
        Err(error) => tracing::warn!(%error, "there are no threads for background work"),
    }
    // What was being written when the program ended. Later somebody may have it open.
    if let Err(error) = engine.file_drafts().await {
        tracing::warn!(%error, "drafts could not be filed");
    }
    engine.start().await?;
    Ok(engine)
}

/// `WAXWING_KEYRING=none` keeps away from the keyring, for computers that have a broken one.
fn keyring_use() -> KeyringUse {
    match std::env::var("WAXWING_KEYRING").as_deref() {
        Ok("none") => KeyringUse::Never,
        _ => KeyringUse::System,
    }
}
