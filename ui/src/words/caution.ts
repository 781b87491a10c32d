// The words for who a letter is from and what is odd about a link. Pure text.
import type { LinkWarningView, NoteView, WhoView } from "../ipc/backend";
import { say } from ".";
import { nameOf } from "./address";

/** The verdict in a sentence. */
export function verdictWords({ verdict, domain, other }: WhoView): string {
  return say(`who-${verdict}`, { domain: domain || say("who-nowhere"), other: other ?? "" });
}

/** The same with where it is known from. */
export function verdictReason({ verdict, domain, server }: WhoView): string {
  if (server !== null) return say("who-by-server", { server });
  return say(verdict === "unknown" ? "who-by-nobody" : "who-by-us", { domain });
}

export function noteWords(note: NoteView): string {
  switch (note.kind) {
    case "nameOf":
      return say("note-nameOf", { name: nameOf(note.person), address: note.person.email });
    case "answersTo":
      return say("note-answersTo", { address: note.person.email });
    case "looksLike":
      return say("note-looksLike", { domain: note.domain });
    case "addressInName":
      return say("note-addressInName", { address: note.address });
    default:
      return say(`note-${note.kind}`);
  }
}

/** Whether somebody should look twice: a first letter is new and not yet suspicious. */
export function isAlarming({ verdict, notes }: WhoView): boolean {
  return (
    verdict === "failed" ||
    verdict === "broken" ||
    notes.some(({ kind }) => kind !== "first" && kind !== "answersTo")
  );
}

export function warningWords(warning: LinkWarningView): string {
  const { kind } = warning;
  const args: Record<string, string> = {};
  if ("host" in warning) args["host"] = warning.host;
  if ("name" in warning) args["name"] = warning.name;
  if ("port" in warning) args["port"] = String(warning.port);
  return say(`link-${kind}`, args);
}
