// An account that is to change its protocol, as its sheet goes through it. Pure: what is asked of the engine is in
// actions/protocol.ts.
import type {
  AccountView,
  ActivityView,
  FolderCountView,
  OnlyHereView,
  ProtocolChangedView,
  ProtocolPlanView,
  ProtocolServerView,
  RemoteProtocol,
  Security,
  ServerView,
} from "../ipc/backend";
import { portAfterSecurity } from "./ports";

export type Step =
  /** The server is looked for by the address. */
  | { kind: "searching" }
  /** The person looks over the server. */
  | { kind: "server"; found: boolean }
  /** Both sides are compared. */
  | { kind: "looking" }
  /** The person decides. */
  | { kind: "plan"; plan: ProtocolPlanView }
  | { kind: "changing" }
  | { kind: "done"; changed: ProtocolChangedView };

/** What the account can become; null where it has no server. */
export function otherProtocol({ protocol, demo }: AccountView): RemoteProtocol | null {
  if (demo || protocol === "local") return null;
  return protocol === "pop3" ? "imap" : "pop3";
}

/** A server to be filled in, with what is known of the account. */
export function blankServer(account: AccountView, to: RemoteProtocol): ServerView {
  return {
    host: "",
    port: portAfterSecurity(to, "tls", 0),
    security: "tls",
    username: account.incoming?.username ?? account.email,
    authentication: "auto",
  };
}

/** Encryption and port go together, unless the port is one's own. */
export function withDoor(server: ServerView, to: RemoteProtocol, security: Security): ServerView {
  return { ...server, security, port: portAfterSecurity(to, security, server.port) };
}

export function isComplete({ host, port }: ServerView): boolean {
  return host.trim() !== "" && port > 0;
}

/** Whether only DNS has named this host, and nobody has typed it. */
export function isStrange({ host }: ServerView, found: ProtocolServerView | null): boolean {
  return found !== null && found.strange && found.server.host === host.trim();
}

export function lettersIn(folders: FolderCountView[]): number {
  return folders.reduce((all, { letters }) => all + letters, 0);
}

/** Whether the person has decided all that there is to decide. */
export function isDecided(plan: ProtocolPlanView, choice: OnlyHereView | null): boolean {
  return choice !== null || plan.kind === "pop3" || lettersIn(plan.onlyHere) === 0;
}

/** How far the work has come, from 0 to 100; null where nobody can tell. */
export function percentOf(activity: ActivityView): number | null {
  if (activity.kind !== "syncing" || activity.total === 0) return null;
  return Math.min(100, Math.round((activity.done / activity.total) * 100));
}

/** A sheet that is at work is not closed by a press beside it. */
export function isAtWork(step: Step): boolean {
  return step.kind === "looking" || step.kind === "changing";
}
