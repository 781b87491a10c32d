// Recipients as a person types or pastes them: one long line becomes addresses with names. Whether a mailbox exists is
// for the server to say; here only the shape is looked at, and what leaves is checked again by the engine.
import type { AddressView } from "../ipc/backend";

/** Every address in a text that was typed or pasted; what is no address stays, so that it can be seen and mended. */
export function parseRecipients(text: string): AddressView[] {
  return joinBareCommas(splitAtSeparators(text)).flatMap(readPiece);
}

/** Whether the shape is that of an address (RFC 5322 section 3.4.1, and RFC 6532 for letters beyond ASCII). */
export function isAddress(email: string): boolean {
  if (email.length > 254) return false;
  const at = email.lastIndexOf("@");
  if (at < 1) return false;
  return isLocalPart(email.slice(0, at)) && isDomain(email.slice(at + 1));
}

/** The list with further recipients, each address once, the first spelling kept. */
export function withRecipients(list: readonly AddressView[], more: readonly AddressView[]): AddressView[] {
  const seen = new Set(list.map((one) => one.email.toLowerCase()));
  const added: AddressView[] = [];
  for (const one of more) {
    const key = one.email.toLowerCase();
    if (seen.has(key)) continue;
    seen.add(key);
    added.push(one);
  }
  return [...list, ...added];
}

function isLocalPart(local: string): boolean {
  if (local.length > 64) return false;
  if (/^"(?:[^"\\\p{Cc}]|\\[^\p{Cc}])*"$/u.test(local)) return true;
  return /^[^\s"(),:;<>@[\\\]\p{Cc}.]+(?:\.[^\s"(),:;<>@[\\\]\p{Cc}.]+)*$/u.test(local);
}

function isDomain(domain: string): boolean {
  if (/^\[(?:[0-9.]+|IPv6:[0-9a-f:.]+)\]$/i.test(domain)) return true;
  const label = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;
  return domain.split(".").every((part) => part.length <= 63 && label.test(part));
}

// Commas, semicolons and line ends separate, except within quotation marks and angle brackets.
function splitAtSeparators(text: string): string[] {
  const pieces: string[] = [];
  let piece = "";
  let quoted = false;
  let angled = false;
  let escaped = false;
  for (const letter of text) {
    const lineEnd = letter === "\n" || letter === "\r";
    if (lineEnd || (!quoted && !angled && /[,;，；、]/u.test(letter))) {
      pieces.push(piece);
      piece = "";
      quoted = angled = escaped = false;
      continue;
    }
    if (escaped) escaped = false;
    else if (quoted && letter === "\\") escaped = true;
    else if (letter === '"') quoted = !quoted;
    else if (letter === "<" && !quoted) angled = true;
    else if (letter === ">" && !quoted) angled = false;
    piece += letter;
  }
  pieces.push(piece);
  return pieces.map((one) => one.trim()).filter((one) => one !== "");
}

// Some programs copy `Okafor, Amara <amara@…>` without quotation marks: a piece without an address that is followed
// by a name with one belongs to it.
function joinBareCommas(pieces: string[]): string[] {
  const joined: string[] = [];
  let waiting: string | null = null;
  for (const piece of pieces) {
    const whole: string = waiting === null ? piece : `${waiting}, ${piece}`;
    if (!piece.includes("@") && waiting === null) {
      waiting = piece;
      continue;
    }
    if (waiting !== null && !/^[^@<]+<[^>]*@/.test(piece)) {
      joined.push(waiting);
      if (piece.includes("@")) {
        joined.push(piece);
        waiting = null;
      } else waiting = piece;
      continue;
    }
    joined.push(whole);
    waiting = null;
  }
  if (waiting !== null) joined.push(waiting);
  return joined;
}

function readPiece(piece: string): AddressView[] {
  const angle = /^(.*?)<\s*([^<>]*?)\s*>\s*$/su.exec(piece);
  if (angle) {
    const [, before = "", email = ""] = angle;
    return [{ name: unquote(before.trim()) || null, email: withoutScheme(email) }];
  }
  const words = piece.split(/\s+/);
  if (words.length > 1 && words.every((word) => isAddress(withoutScheme(word)))) {
    return words.map((word) => ({ name: null, email: withoutScheme(word) }));
  }
  return [{ name: null, email: withoutScheme(piece) }];
}

function withoutScheme(text: string): string {
  return text.replace(/^mailto:/i, "");
}

function unquote(name: string): string {
  const inner = /^"(.*)"$/su.exec(name);
  return inner ? (inner[1] ?? "").replace(/\\(.)/gsu, "$1") : name;
}
