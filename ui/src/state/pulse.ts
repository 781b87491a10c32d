// A beat that says "rows may have changed". The list listens and asks again for what it shows.
type Listener = () => void;

const listeners = new Set<Listener>();
let unheard: Listener = () => undefined;

export function listingChanged(): void {
  if (listeners.size === 0) unheard();
  for (const listener of listeners) listener();
}

export function onListingChanged(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What is to be done for a change while no list is there to follow it. */
export function onUnheardChange(listener: Listener): void {
  unheard = listener;
}
