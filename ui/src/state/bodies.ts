// Letters as they are shown: asked for by whoever opens one, and made ready for whoever may open one next. Making ready has no effect
// on anything; once such a letter is shown, the engine hears that it was opened.
import { hashKey, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { backend } from "../ipc";
import type { BodyView, LookView } from "../ipc/backend";
import { client } from "./client";
import { whereIs, type LetterRef } from "./letterRef";
import { keys } from "./queries";

export function bodyQuery(email: string, look: LookView) {
  return {
    queryKey: [...keys.body(email), look],
    queryFn: async () => noteWho(email, await backend().body(email, look)),
  };
}

/** Who it is from comes with it, unless somebody is still to be asked: then nothing is said before that is known. */
function noteWho(email: string, body: BodyView): BodyView {
  if (body.who?.open === false) client.setQueryData(keys.who(email), body.who);
  return body;
}

/** The letter is shown. */
export function useBody(email: string, look: LookView) {
  const query = bodyQuery(email, look);
  const name = hashKey(query.queryKey);
  // The look is in the name.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useEffect(() => noteOpened(email, look), [name]);
  return useQuery({
    ...query,
    // Looked at otherwise, a letter stays until it is there otherwise.
    placeholderData: (before, query) => (query?.queryKey[1] === email ? before : undefined),
  });
}

/** A letter within a letter, with its head. */
export function nestedQuery(letter: LetterRef, look: LookView) {
  const [email, part] = whereIs(letter);
  return {
    queryKey: [...keys.nested(letter), look],
    queryFn: () => backend().nested(email, part ?? "", look),
  };
}

export function useNested(letter: LetterRef, look: LookView) {
  return useQuery({
    ...nestedQuery(letter, look),
    placeholderData: (before, query) => (query?.queryKey[1] === letter ? before : undefined),
  });
}

/** What is read of a letter, wherever it stands: as it is shown already, or else it is asked for. */
export async function bodyNow(letter: LetterRef, look: LookView): Promise<BodyView> {
  const [email, part] = whereIs(letter);
  if (part === null) return client.query(bodyQuery(email, look));
  return (await client.query(nestedQuery(letter, look))).body;
}

/** Its moment; null where it names none. */
export async function momentOf(letter: LetterRef, look: LookView): Promise<number | null> {
  const [email, part] = whereIs(letter);
  if (part !== null) return (await client.query(nestedQuery(letter, look))).head.at;
  const [known] = await backend().letters([email]);
  return known?.at ?? null;
}

/** Bodies that are here, of letters that nobody has opened. */
const unopened = new Set<string>();
client.getQueryCache().subscribe((event) => {
  if (event.type === "removed") unopened.delete(event.query.queryHash);
});

/** Has a letter here that may be opened next, unless it would have to be fetched. A failure is told when it is opened. */
export async function makeReady(email: string, look: LookView): Promise<void> {
  const { queryKey } = bodyQuery(email, look);
  const isKnown = () => client.getQueryState(queryKey) !== undefined;
  if (isKnown()) return;
  const body = await backend()
    .bodyAhead(email, look)
    .catch(() => null);
  if (body === null || isKnown()) return;
  unopened.add(hashKey(queryKey));
  client.setQueryData(queryKey, noteWho(email, body));
}

/** Counts its trackers, knows its links, calls off what it calls off: all that comes of opening a letter. */
function noteOpened(email: string, look: LookView): void {
  if (!unopened.delete(hashKey(bodyQuery(email, look).queryKey))) return;
  // What is shown is the same.
  void backend()
    .body(email, look)
    .catch(() => undefined);
}
