// The sheet for passwords that have changed: which fields it has, and what goes to the engine. Pure; no password outlives the
// view that holds this state.
import type { DoorwayView, PasswordsForm, TriedDoorView } from "../ipc/backend";
import type { Side } from "./servers";

/** What was typed, by door. */
export type Typed = Record<string, string>;

export function doorKey({ door }: Pick<DoorwayView, "door">): string {
  return door.kind === "identity" ? door.identity : door.kind;
}

/** Of the account's own servers, which one it is. */
export function sideOf({ door }: Pick<DoorwayView, "door">): Side | null {
  return door.kind === "identity" ? null : door.kind;
}

/** Whether one sign-in in the browser opens whatever the account itself signs in to. */
export function opensAllInBrowser(doorways: DoorwayView[]): boolean {
  const own = doorways.filter((doorway) => sideOf(doorway) !== null);
  return (
    own.length > 0 &&
    own.every(({ provider }) => provider !== null) &&
    own.every((doorway) => sideOf(doorway) === "incoming" || !doorway.own)
  );
}

/** Whether one password opens both servers of the account. */
export function sharesPassword(doorways: DoorwayView[]): boolean {
  return doorways.some(({ door, own }) => door.kind === "outgoing" && !own);
}

/** Whose page opens each of the account's own servers, as far as that is known. */
export function issuersOf(doorways: DoorwayView[]): Record<Side, string | null> {
  const of = (side: Side) => doorways.find((doorway) => sideOf(doorway) === side)?.issuer ?? null;
  return { incoming: of("incoming"), outgoing: of("outgoing") };
}

/** The doors that have a field. One that is opened by another password has none, unless the person wants it. */
export function fields(doorways: DoorwayView[], separate: boolean): DoorwayView[] {
  return doorways.filter(({ door, own }) => door.kind !== "outgoing" || own || separate);
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
