// The sheet for passwords that have changed: which fields it has, and what goes to the engine. Pure; no password outlives the
// view that holds this state.
import type { DoorwayView, PasswordsForm, TriedDoorView } from "../ipc/backend";

/** What was typed, by door. */
export type Typed = Record<string, string>;

export function doorKey({ door }: Pick<DoorwayView, "door">): string {
  return door.kind === "identity" ? door.identity : door.kind;
}

/** Whether one password opens both servers of the account. */
export function sharesPassword(doorways: DoorwayView[]): boolean {
  return doorways.some(({ door, ownPassword }) => door.kind === "outgoing" && !ownPassword);
}

/** The doors that have a field. One that is opened by another password has none, unless the person wants it. */
export function fields(doorways: DoorwayView[], separate: boolean): DoorwayView[] {
  return doorways.filter(({ door, ownPassword }) => door.kind !== "outgoing" || ownPassword || separate);
}

export function hasTyped(typed: Typed): boolean {
  return Object.values(typed).some((password) => password !== "");
}

export function formOf(typed: Typed): PasswordsForm {
  const { incoming = "", outgoing = "", ...identities } = typed;
  return {
    incoming: incoming || null,
    outgoing: outgoing || null,
    identities: Object.entries(identities)
      .filter(([, password]) => password !== "")
      .map(([identity, password]) => ({ identity, password })),
  };
}

/** Whether nothing but the want of a connection stood in the way, so that nobody has judged the password. */
export function isOffline(tried: TriedDoorView[]): boolean {
  const failed = tried.filter((each) => each.tried.trouble !== null);
  return failed.length > 0 && failed.every((each) => each.tried.trouble?.kind === "unreachable");
}
