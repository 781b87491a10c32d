// A beat that says "rows may have changed". The list listens and asks again for what it shows.
type Listener = () => void;

const listeners = new Set<Listener>();

export function listingChanged(): void {
  for (const listener of listeners) listener();
}

export function onListingChanged(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
