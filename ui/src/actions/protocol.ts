// POP3 to IMAP and back. What goes wrong is told in the sheet, by whoever asked.
import { backend } from "../ipc";
import type {
  AcceptedView,
  OnlyHereView,
  ProtocolChangedView,
  ProtocolForm,
  ProtocolPlanView,
  ProtocolServerView,
  RemoteProtocol,
  ServerView,
  TroubleView,
} from "../ipc/backend";
import { client } from "../state/client";
import { troubleOf } from "../state/troubles";
import { say } from "../words";

export type Outcome<T> = { value: T } | { trouble: TroubleView };

/** The server as it can be found by the address. That none is found, or no network is there, is no trouble: it can be typed. */
export async function findServer(account: string, to: RemoteProtocol): Promise<ProtocolServerView | null> {
  try {
    return await backend().protocolServer(account, to);
  } catch {
    return null;
  }
}

export function lookAtBothSides(
  account: string,
  to: RemoteProtocol,
  server: ServerView,
  accepted: AcceptedView[],
): Promise<Outcome<ProtocolPlanView>> {
  return tried(() => backend().planProtocol(account, formOf(to, server, "keep", accepted)));
}

export async function changeProtocol(
  account: string,
  to: RemoteProtocol,
  server: ServerView,
  onlyHere: OnlyHereView,
  accepted: AcceptedView[],
): Promise<Outcome<ProtocolChangedView>> {
  const outcome = await tried(() =>
    backend().changeProtocol(account, formOf(to, server, onlyHere, accepted)),
  );
  // Folders, lists and the account itself are others now.
  await client.invalidateQueries();
  return outcome;
}

function formOf(
  to: RemoteProtocol,
  server: ServerView,
  onlyHere: OnlyHereView,
  accepted: AcceptedView[],
): ProtocolForm {
  return { to, server, onlyHere, accepted, localFolders: say("local-folders") };
}

async function tried<T>(ask: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await ask() };
  } catch (reason) {
    return { trouble: troubleOf(reason) };
  }
}
