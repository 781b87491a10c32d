// A beat that says "rows may have changed". The list listens and asks again for what it shows.
type Listener = () => void;

const listeners = new Set<Listener>();
let beats = 0;

export function listingChanged(): void {
  beats += 1;
  for (const listener of listeners) listener();
}

export function onListingChanged(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How often that was said until now, whether a list was there to hear it or not. */
export function beatsUntilNow(): number {
  return beats;
}
