// How the in-memory engine names people: one of them, those of a letter, and whether an address is somebody's own.
import type { AddressView, Listing } from "../backend";
import type { Letter, World } from "./world";

export function nameOf(address: AddressView): string {
  return address.name ?? address.email;
}

/** Whether mail to `address` comes to `own`: the same address, or one with a tag behind a plus (RFC 5233). */
export function receives(own: string, address: string): boolean {
  const [local = "", domain = ""] = parts(address);
  const [ownLocal, ownDomain] = parts(own);
  return domain === ownDomain && (local === ownLocal || local.replace(/\+.*$/u, "") === ownLocal);
}

function parts(address: string): string[] {
  const whole = address.trim().toLowerCase();
  const at = whole.lastIndexOf("@");
  return [whole.slice(0, Math.max(0, at)), whole.slice(at + 1)];
}

/** Whom a letter is about in a list: in Sent and Drafts those whom it goes to, anywhere else who wrote it. */
export function peopleOf(world: World, { source }: Listing, letter: Letter): AddressView[] {
  const isOwn = (id: string) => ["sent", "drafts"].includes(world.mailbox(id).role ?? "");
  const goesOut =
    source.kind === "mailbox"
      ? isOwn(source.mailbox)
      : ["starred", "search"].includes(source.kind) && letter.mailboxes.some(isOwn);
  if (!goesOut) return letter.from;
  return letter.to.length > 0 ? letter.to : [...letter.cc, ...letter.bcc];
}
