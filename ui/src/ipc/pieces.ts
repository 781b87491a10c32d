// The octets of a file that stands ready in pieces, each at an address of its own: the shell gives them by its own scheme, and the
// engine in memory by addresses that hold them. Nothing goes over any network.
import type { PiecesView } from "./backend";

/** `told` hears how many octets have come. Rejects where a piece is gone, or where they are not as many as was said. */
export async function octetsOf(
  { pieces, size }: PiecesView,
  told: (octets: number) => void,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    const answer = await fetch(piece, { signal });
    if (!answer.ok) throw new Error("a piece of a file is gone");
    const octets = new Uint8Array(await answer.arrayBuffer());
    all.set(octets, at);
    at += octets.length;
    told(at);
  }
  if (at !== size) throw new Error("a file has not come whole");
  return all;
}
