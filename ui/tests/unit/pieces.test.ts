// The octets of a file that comes in pieces: whole and in order, or not at all.
import { afterEach, expect, it, vi } from "vitest";
import { octetsOf } from "../../src/ipc/pieces";

const pieces = new Map<string, number[]>();

function serve(held: Record<string, number[]>): void {
  pieces.clear();
  for (const [address, octets] of Object.entries(held)) pieces.set(address, octets);
  vi.stubGlobal("fetch", (address: string, { signal }: { signal: AbortSignal }) => {
    signal.throwIfAborted();
    const octets = pieces.get(address);
    return Promise.resolve(
      octets === undefined ? new Response(null, { status: 404 }) : new Response(new Uint8Array(octets)),
    );
  });
}

afterEach(() => vi.unstubAllGlobals());

it("is put together in the order of its pieces, and told how far it is", async () => {
  serve({ a: [1, 2, 3], b: [4, 5] });
  const told: number[] = [];
  const { signal } = new AbortController();
  const all = await octetsOf({ pieces: ["a", "b"], size: 5 }, (octets) => told.push(octets), signal);
  expect([...all]).toEqual([1, 2, 3, 4, 5]);
  expect(told).toEqual([3, 5]);
});

it("is no file where a piece is gone, too short or too long", async () => {
  const { signal } = new AbortController();
  const read = (names: string[], size: number) => octetsOf({ pieces: names, size }, () => undefined, signal);
  serve({ a: [1, 2, 3] });
  await expect(read(["a", "b"], 5), "gone").rejects.toThrow();
  await expect(read(["a"], 5), "too short").rejects.toThrow();
  await expect(read(["a"], 2), "too long").rejects.toThrow();
});

it("is not asked for any more once nobody wants it", async () => {
  serve({ a: [1], b: [2] });
  const end = new AbortController();
  const reading = octetsOf({ pieces: ["a", "b"], size: 2 }, () => end.abort(), end.signal);
  await expect(reading).rejects.toThrow();
});
