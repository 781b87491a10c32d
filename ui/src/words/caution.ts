// The words for who a letter is from and what is odd about a link. Pure text.
import type { LinkWarningView, NoteView, WhoView } from "../ipc/backend";
import { say } from ".";
import { nameOf } from "./address";

/** The verdict in a sentence. */
export function verdictWords({ verdict, domain, other }: WhoView): string {
  // Nobody can vouch for nobody.
  if (domain === "" && verdict !== "own") return say("who-nobodysAddress");
  return say(`who-${verdict}`, { domain, other: other ?? "" });
}

/** The longest of the sentences that may come of looking into who has sealed a letter of this domain. */
export function widestVerdict(domain: string): string {
  const all = (["broken", "otherUnknown", "partly", "nobody", "vouched"] as const).map((verdict) =>
    say(`who-${verdict}`, { domain }),
  );
  return all.reduce((widest, each) => (each.length > widest.length ? each : widest));
}

/** The same with where it is known from. */
export function verdictReason({ verdict, domain, server }: WhoView): string {
  if (server !== null) return say("who-by-server", { server });
  return say(verdict === "unknown" || verdict === "otherUnknown" ? "who-by-nobody" : "who-by-us", { domain });
}

function noteWords(note: NoteView): string {
  switch (note.kind) {
    case "nameOf":
      return say("note-nameOf", { name: nameOf(note.person), address: note.person.email });
    case "answersTo":
      return say("note-answersTo", { address: note.person.email });
    case "ownAddressWithin":
      return say("note-ownAddressWithin", { domain: note.domain });
    case "ownAddressSeemingly":
      return say("note-ownAddressSeemingly", { domain: note.domain });
    case "looksLike":
      return say("note-looksLike", { domain: note.domain });
    case "siteInName":
      return say("note-siteInName", { host: note.host });
    case "noAddress":
      return say("who-nobodysAddress");
    case "addressInName":
      return say("note-addressInName", { address: note.address });
    default:
      return say(`note-${note.kind}`);
  }
}

/** All that is odd beside the verdict, each in a sentence, and none that the verdict says already. */
export function noteLines(who: WhoView): string[] {
  const verdict = verdictWords(who);
  return who.notes.map(noteWords).filter((words) => words !== verdict);
}

/** What is alarming, whoever vouches. */
export function alarmLines(who: WhoView | null): string[] {
  return (who?.notes ?? []).filter(isAlarmingNote).map(noteWords);
}

/** Whether somebody should look twice: a first letter is new and not yet suspicious. */
export function isAlarming({ verdict, notes }: WhoView): boolean {
  return verdict === "failed" || verdict === "broken" || notes.some(isAlarmingNote);
}

const CALM: ReadonlySet<NoteView["kind"]> = new Set(["first", "answersTo", "ownAddressWithin"]);

/** Shops and desks bear the name of their site and write by somebody else's: only one that is known is odd there. */
const isAlarmingNote = (note: NoteView) => (note.kind === "siteInName" ? note.known : !CALM.has(note.kind));

/** `host` is where the link leads. */
export function warningWords(warning: LinkWarningView, host: string): string {
  const { kind } = warning;
  const args: Record<string, string> = { host };
  if ("host" in warning) args["host"] = warning.host;
  if ("name" in warning) args["name"] = warning.name;
  if ("number" in warning) args["number"] = warning.number;
  if ("port" in warning) args["port"] = String(warning.port);
  return say(`link-${kind}`, args);
}
