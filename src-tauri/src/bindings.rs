//! The interface's view of the shell, generated from the commands and the views themselves. The file is committed;
//! a test writes it again and compares.

use specta_typescript::Typescript;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands, collect_events};

use crate::commands::{
    accounts, actions, attachments, discovery, drafts, identities, letters, lists, maildrop, managing, oauth,
    outbox, protocol, settings, setup,
};
use crate::views::events::{Changes, LinkClicked, MenuChosen};

pub fn builder() -> Builder<tauri::Wry> {
    Builder::<tauri::Wry>::new()
        .error_handling(ErrorHandlingMode::Throw)
        .disable_serde_phases()
        .commands(collect_commands![
            accounts::accounts,
            accounts::remove_account,
            accounts::sync_now,
            accounts::set_retention,
            maildrop::retention_effect,
            maildrop::still_on_server,
            maildrop::remove_from_server,
            maildrop::download_again,
            protocol::protocol_server,
            protocol::plan_protocol,
            protocol::change_protocol,
            protocol::uploads_waiting,
            accounts::set_keeping,
            accounts::droppable,
            accounts::drop_bodies,
            accounts::pause,
            accounts::resume,
            managing::doorways,
            managing::sign_in_again,
            managing::try_servers,
            managing::change_servers,
            managing::certificate_exceptions,
            managing::remove_certificate_exception,
            managing::set_look,
            managing::order_accounts,
            managing::disable,
            managing::enable,
            managing::set_check_minutes,
            managing::chosen_roles,
            managing::choose_role,
            managing::remainder,
            managing::remove_account_but_letters,
            managing::accounts_of_thunderbird,
            identities::identities,
            identities::add_identity,
            identities::change_identity,
            identities::remove_identity,
            lists::mailboxes,
            lists::page,
            lists::position,
            letters::conversation,
            letters::letters,
            letters::body,
            letters::source,
            letters::always_show_images_from,
            letters::answer_receipt,
            attachments::save_attachment,
            attachments::open_attachment,
            actions::perform,
            actions::undo,
            drafts::new_draft,
            drafts::respond,
            drafts::drafts,
            drafts::edit_draft,
            drafts::close_draft,
            drafts::save_draft,
            drafts::discard_draft,
            attachments::pick_attachments,
            attachments::attach,
            attachments::detach,
            outbox::send,
            outbox::outbox,
            outbox::retry_submission,
            outbox::undo_send,
            outbox::dismiss_submission,
            drafts::complete_address,
            discovery::discover,
            discovery::end_search,
            discovery::knock,
            oauth::sign_in_offer,
            oauth::sign_in_offer_again,
            oauth::begin_sign_in,
            oauth::begin_sign_in_again,
            oauth::await_sign_in,
            oauth::give_up_sign_in,
            oauth::signed_in_again,
            setup::check,
            setup::add_account,
            setup::add_local_folders,
            setup::add_demo,
            settings::vault,
            settings::unlock_vault,
            settings::keep_secrets_this_run,
            settings::setting,
            settings::put_setting,
            settings::open_link,
        ])
        .events(collect_events![Changes, LinkClicked, MenuChosen])
}

pub fn write(file: &str) -> Result<(), Box<dyn std::error::Error>> {
    let header = "// Generated from the shell's commands and views (npm run bindings). Do not edit.\n";
    builder().export(Typescript::default().header(header), file)?;
    Ok(())
}
