//! Accounts, their servers and what they are doing.

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_engine::Droppable;
use waxwing_model::{
    Account, Activity, Authentication, Keep, Keeping, Protocol, Quota, Retention, Security, ServerSettings,
    ShutMailbox,
};

use super::trouble::TroubleView;
use super::{Moment, Octets, moment, octets};

#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename = "Protocol", rename_all = "lowercase")]
pub enum ProtocolView {
    Imap,
    Pop3,
    Local,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename = "Security", rename_all = "lowercase")]
pub enum SecurityView {
    Tls,
    StartTls,
    Plain,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename = "Authentication", rename_all = "kebab-case")]
pub enum AuthenticationView {
    Auto,
    Plain,
    Login,
    CramMd5,
    #[serde(rename = "scram-sha-256")]
    ScramSha256,
    #[serde(rename = "xoauth2")]
    XOAuth2,
    #[serde(rename = "oauthbearer")]
    OAuthBearer,
    Apop,
    None,
}

#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ServerView {
    pub host: String,
    pub port: u16,
    pub security: SecurityView,
    pub username: String,
    pub authentication: AuthenticationView,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum RetentionView {
    Keep,
    RemoveAfterDownload,
    RemoveAfterDays { days: u16 },
    RemoveWhenTrashed,
    RemoveWhenDeleted,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum KeepView {
    All,
    Days { days: u16 },
    Headers,
}

/// How much of an IMAP account stands on this computer.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KeepingView {
    pub keep: KeepView,
    /// Megabytes; `None`: no letter is too large.
    pub large: Option<u16>,
}

/// Letters that are here and need not be.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DroppableView {
    pub letters: u32,
    pub megabytes: u32,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ActivityView {
    Idle,
    Connecting,
    Syncing {
        done: u32,
        total: u32,
        seconds_left: Option<u32>,
    },
    Deleting {
        left: u32,
    },
    UpToDate {
        checked_at: Moment,
        /// But for these, which the server did not open.
        shut: Vec<ShutMailboxView>,
    },
    Paused {
        waiting: u32,
    },
    Offline {
        since: Moment,
    },
    /// The server wants to be left alone until then.
    Waiting {
        trouble: TroubleView,
        until: Moment,
    },
    Failed {
        trouble: TroubleView,
    },
}

/// A folder that its server does not open, and what it says.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename = "ShutMailbox")]
pub struct ShutMailboxView {
    pub mailbox: String,
    pub reply: String,
}

impl From<ShutMailbox> for ShutMailboxView {
    fn from(ShutMailbox { mailbox, reply }: ShutMailbox) -> Self {
        Self {
            mailbox: mailbox.to_string(),
            reply,
        }
    }
}

/// How full an account is on its server.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename = "Quota")]
pub struct QuotaView {
    pub used: Octets,
    pub limit: Octets,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    pub id: String,
    pub email: String,
    pub name: String,
    pub protocol: ProtocolView,
    /// What the person calls it; empty: its address.
    pub label: String,
    pub colour: u8,
    /// It does not connect.
    pub disabled: bool,
    /// Where nobody tells of news; `None`: as usual.
    pub check_minutes: Option<u16>,
    pub demo: bool,
    pub incoming: Option<ServerView>,
    pub outgoing: Option<ServerView>,
    pub retention: RetentionView,
    pub keeping: KeepingView,
    pub paused: bool,
    pub activity: ActivityView,
    /// Where the server tells.
    pub quota: Option<QuotaView>,
}

impl AccountView {
    pub fn new(account: Account, activity: Activity, quota: Option<Quota>) -> Self {
        Self {
            id: account.id.to_string(),
            email: account.email,
            name: account.name,
            protocol: account.protocol.into(),
            label: account.label,
            colour: account.colour,
            disabled: account.disabled,
            check_minutes: account.check_minutes,
            demo: account.demo,
            incoming: account.incoming.map(Into::into),
            outgoing: account.outgoing.map(Into::into),
            retention: account.retention.into(),
            keeping: account.keeping.into(),
            paused: account.paused,
            activity: activity.into(),
            quota: quota.map(Into::into),
        }
    }
}

impl From<Quota> for QuotaView {
    fn from(quota: Quota) -> Self {
        Self {
            used: octets(quota.used),
            limit: octets(quota.limit),
        }
    }
}

impl From<Protocol> for ProtocolView {
    fn from(protocol: Protocol) -> Self {
        match protocol {
            Protocol::Imap => Self::Imap,
            Protocol::Pop3 => Self::Pop3,
            Protocol::Local => Self::Local,
        }
    }
}

impl From<Security> for SecurityView {
    fn from(security: Security) -> Self {
        match security {
            Security::Tls => Self::Tls,
            Security::StartTls => Self::StartTls,
            Security::Plain => Self::Plain,
        }
    }
}

impl From<SecurityView> for Security {
    fn from(security: SecurityView) -> Self {
        match security {
            SecurityView::Tls => Self::Tls,
            SecurityView::StartTls => Self::StartTls,
            SecurityView::Plain => Self::Plain,
        }
    }
}

impl From<Authentication> for AuthenticationView {
    fn from(authentication: Authentication) -> Self {
        match authentication {
            Authentication::Auto => Self::Auto,
            Authentication::Plain => Self::Plain,
            Authentication::Login => Self::Login,
            Authentication::CramMd5 => Self::CramMd5,
            Authentication::ScramSha256 => Self::ScramSha256,
            Authentication::XOAuth2 => Self::XOAuth2,
            Authentication::OAuthBearer => Self::OAuthBearer,
            Authentication::Apop => Self::Apop,
            Authentication::None => Self::None,
        }
    }
}

impl From<AuthenticationView> for Authentication {
    fn from(authentication: AuthenticationView) -> Self {
        match authentication {
            AuthenticationView::Auto => Self::Auto,
            AuthenticationView::Plain => Self::Plain,
            AuthenticationView::Login => Self::Login,
            AuthenticationView::CramMd5 => Self::CramMd5,
            AuthenticationView::ScramSha256 => Self::ScramSha256,
            AuthenticationView::XOAuth2 => Self::XOAuth2,
            AuthenticationView::OAuthBearer => Self::OAuthBearer,
            AuthenticationView::Apop => Self::Apop,
            AuthenticationView::None => Self::None,
        }
    }
}

impl From<ServerSettings> for ServerView {
    fn from(server: ServerSettings) -> Self {
        Self {
            host: server.host,
            port: server.port,
            security: server.security.into(),
            username: server.username,
            authentication: server.authentication.into(),
        }
    }
}

impl From<ServerView> for ServerSettings {
    fn from(server: ServerView) -> Self {
        Self {
            host: server.host,
            port: server.port,
            security: server.security.into(),
            username: server.username,
            authentication: server.authentication.into(),
        }
    }
}

impl From<Retention> for RetentionView {
    fn from(retention: Retention) -> Self {
        match retention {
            Retention::Keep => Self::Keep,
            Retention::RemoveAfterDownload => Self::RemoveAfterDownload,
            Retention::RemoveAfterDays { days } => Self::RemoveAfterDays { days },
            Retention::RemoveWhenTrashed => Self::RemoveWhenTrashed,
            Retention::RemoveWhenDeleted => Self::RemoveWhenDeleted,
        }
    }
}

impl From<RetentionView> for Retention {
    fn from(retention: RetentionView) -> Self {
        match retention {
            RetentionView::Keep => Self::Keep,
            RetentionView::RemoveAfterDownload => Self::RemoveAfterDownload,
            RetentionView::RemoveAfterDays { days } => Self::RemoveAfterDays { days },
            RetentionView::RemoveWhenTrashed => Self::RemoveWhenTrashed,
            RetentionView::RemoveWhenDeleted => Self::RemoveWhenDeleted,
        }
    }
}

impl From<Keeping> for KeepingView {
    fn from(keeping: Keeping) -> Self {
        Self {
            keep: match keeping.keep {
                Keep::All => KeepView::All,
                Keep::Days { days } => KeepView::Days { days },
                Keep::Headers => KeepView::Headers,
            },
            large: keeping.large,
        }
    }
}

impl From<KeepingView> for Keeping {
    fn from(keeping: KeepingView) -> Self {
        Self {
            keep: match keeping.keep {
                KeepView::All => Keep::All,
                KeepView::Days { days } => Keep::Days { days },
                KeepView::Headers => Keep::Headers,
            },
            large: keeping.large,
        }
    }
}

impl From<Droppable> for DroppableView {
    fn from(droppable: Droppable) -> Self {
        Self {
            letters: droppable.letters,
            megabytes: u32::try_from(droppable.octets.div_ceil(1_000_000)).unwrap_or(u32::MAX),
        }
    }
}

impl From<Activity> for ActivityView {
    fn from(activity: Activity) -> Self {
        match activity {
            Activity::Idle => Self::Idle,
            Activity::Connecting => Self::Connecting,
            Activity::Syncing {
                done,
                total,
                seconds_left,
            } => Self::Syncing {
                done,
                total,
                seconds_left,
            },
            Activity::Deleting { left } => Self::Deleting { left },
            Activity::UpToDate { checked_at, shut } => Self::UpToDate {
                checked_at: moment(checked_at),
                shut: shut.into_iter().map(ShutMailboxView::from).collect(),
            },
            Activity::Paused { waiting } => Self::Paused { waiting },
            Activity::Offline { since } => Self::Offline { since: moment(since) },
            Activity::Waiting { trouble, until } => Self::Waiting {
                trouble: trouble.into(),
                until: moment(until),
            },
            Activity::Failed { trouble } => Self::Failed {
                trouble: trouble.into(),
            },
        }
    }
}
