// Asks the engine who is meant while a name is typed, and remembers which of the answers is marked. Late answers to
// earlier letters are thrown away.
import { useEffect, useId, useState } from "react";
import { completeAddress } from "../../actions/composeComplete";
import type { AddressView } from "../../ipc/backend";
import { isAddress } from "../../state/recipients";

const PAUSE = 120;
const MOST = 6;

export interface SuggestionsOf {
  id: string;
  list: AddressView[];
  index: number;
  /** The marked one, which Enter takes. */
  active: AddressView | null;
  optionId: (index: number) => string;
  step: (by: 1 | -1) => void;
  hide: () => void;
}

export function useSuggestions(text: string, taken: readonly AddressView[]): SuggestionsOf {
  const id = useId();
  const [found, setFound] = useState<AddressView[]>([]);
  const [index, setIndex] = useState(-1);
  const typed = text.trim();
  useEffect(() => {
    if (typed === "") {
      setFound([]);
      return;
    }
    let current = true;
    const timer = setTimeout(() => {
      void completeAddress(typed).then((answer) => {
        if (!current) return;
        setFound(answer);
        // A whole address is meant as it stands; half a name is meant as its best match.
        setIndex(isAddress(typed) ? -1 : 0);
      });
    }, PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [typed]);
  const known = new Set(taken.map((one) => one.email.toLowerCase()));
  const list = found.filter((one) => !known.has(one.email.toLowerCase())).slice(0, MOST);
  return {
    id,
    list,
    index,
    active: list[index] ?? null,
    optionId: (at) => `${id}-${at}`,
    step: (by) => setIndex((now) => (now + by + list.length) % list.length),
    hide: () => setFound([]),
  };
}
