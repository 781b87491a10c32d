// How a person is named in a line, in a pill and in an avatar. Pure text.
import type { AddressView } from "../ipc/backend";
import { LOCALE } from "./locale";

/** A name that is written like somebody else's address stands behind the true one, as in the engine's rows. */
export function nameOf(address: AddressView): string {
  const name = givenName(address);
  return holdsAnother(name, address.email) ? `${address.email} \u201c${name}\u201d` : name;
}

/** As the letter has it, where the address stands beside it. */
export function givenName(address: AddressView): string {
  return address.name?.trim() || address.email;
}

/** As the engine looks for it (crates/model/src/address.rs): the first address in the name, and whether it is another one. */
function holdsAnother(name: string, email: string): boolean {
  // Two signs look like "@" and are none.
  const words = name.replace(/[\uff20\ufe6b]/gu, "@").split(/[\s<>()"',;[\]]/u);
  const found = words.find(isAddress);
  return found !== undefined && found.toLowerCase() !== email.toLowerCase();
}

function isAddress(word: string): boolean {
  const at = word.indexOf("@");
  const domain = word.slice(at + 1);
  return at > 0 && domain.includes(".") && !domain.startsWith(".") && !domain.endsWith(".");
}

/** "Amara" for "Amara Okafor", and the whole name where it has no first word to take. */
export function firstName(name: string): string {
  return name.includes("@") ? name : (name.split(/\s+/)[0] ?? name);
}

/** What somebody is called where the address is known: "Amara" of amara@kustwerk.example, but "Ferry Trust" of
    post@ferrytrust.example, since the first word of a firm is not its first name. */
export function calledName(address: AddressView): string {
  const name = nameOf(address);
  const first = firstName(name);
  const [local = ""] = address.email.split("@");
  return plain(first).length > 1 && plain(local).includes(plain(first)) ? first : name;
}

/** Without case and accents, as names are written into addresses. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Two letters for a picture: first and last word, or the first two letters of one. */
export function initials(name: string): string {
  const words = name
    .replace(/@.*/u, "")
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean);
  const first = [...(words[0] ?? "?")];
  const last = words.length > 1 ? [...(words[words.length - 1] ?? "")] : [];
  const text = last.length > 0 ? `${first[0] ?? ""}${last[0] ?? ""}` : first.slice(0, 2).join("");
  return text.toLocaleUpperCase(LOCALE);
}

/** The same person has the same colour everywhere, on every machine: a small hash of the address. FNV-1a. */
export function colourOf(email: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(email.toLowerCase())) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash % 10;
}
