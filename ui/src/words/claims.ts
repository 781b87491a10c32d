// What a file for calendars says in somebody's name, told as theirs only where it is: else as a claim, and whose.
import { say } from ".";
import type { SpeakerView } from "../ipc/backend";
import { nameOf } from "./address";
import { quoted } from "./reports";

/** With the address, since the file may call anybody as it likes. */
export function speakerName({ address }: SpeakerView): string {
  const name = nameOf(address);
  return quoted(name.includes(address.email) ? name : `${name} (${address.email})`);
}

/** Somebody says it who writes for them, by what the file says. */
export function isByAgent({ said }: SpeakerView): boolean {
  return said === "byAgent" || said === "inAgentsName";
}

/** Whoever writes for them by what the file says is at home elsewhere, as a stranger is, and not in their house: told with both domains. */
export function agentElsewhere({ address }: SpeakerView, sender: string): string {
  const [theirs, agents] = [address.email, sender].map(houseOf);
  if (theirs === undefined || agents === undefined || isOneHouse(theirs, agents)) return "";
  return say("invitation-agent-elsewhere", { theirs: quoted(theirs), agents: quoted(agents) });
}

const houseOf = (email: string) => email.split("@").at(-1)?.toLowerCase();

const isOneHouse = (one: string, other: string) =>
  one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`);

/** `what` is what they would say themselves. */
export function claimWords(speaker: SpeakerView | undefined, sender: string, what: string): string {
  if (speaker === undefined || speaker.said === "byThem") return what;
  return say(`invitation-said-${speaker.said}`, {
    sender,
    name: speakerName(speaker),
    what: quoted(what),
  });
}
