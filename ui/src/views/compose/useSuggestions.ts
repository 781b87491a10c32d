// Asks the engine who is meant while a name is typed, and remembers which of the answers is marked. Late answers to
// earlier letters are thrown away.
import { useEffect, useId, useState } from "react";
import { completeAddress } from "../../actions/composeComplete";
import type { AddressView } from "../../ipc/backend";
import { isAddress } from "../../state/recipients";

const PAUSE = 120;
const MOST = 6;
/** So many are asked for, since those who are among the recipients already are not offered again. */
const ASKED = 12;

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

const NOBODY = { typed: "", found: [] };

function isMeant(one: AddressView, typed: string): boolean {
  return `${one.name ?? ""} ${one.email}`.toLowerCase().includes(typed.toLowerCase());
}

export function useSuggestions(text: string, taken: readonly AddressView[]): SuggestionsOf {
  const id = useId();
  const [answer, setAnswer] = useState<{ typed: string; found: AddressView[] }>(NOBODY);
  const [index, setIndex] = useState(-1);
  const typed = text.trim();
  useEffect(() => {
    if (typed === "") {
      setAnswer(NOBODY);
      return;
    }
    let current = true;
    const timer = setTimeout(() => {
      void completeAddress(typed, ASKED).then(({ people }) => {
        if (!current) return;
        setAnswer({ typed, found: people });
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
  // While the answer to the newest letters is on its way, the last one counts as far as it still fits.
  const fits = (one: AddressView) => answer.typed === typed || (typed !== "" && isMeant(one, typed));
  const list = answer.found.filter((one) => !known.has(one.email.toLowerCase()) && fits(one)).slice(0, MOST);
  // A whole address that was typed ahead of its answer is meant as it stands.
  const marked = answer.typed !== typed && isAddress(typed) ? -1 : index;
  return {
    id,
    list,
    index: marked,
    active: list[marked] ?? null,
    optionId: (at) => `${id}-${at}`,
    step: (by) => setIndex((now) => (now + by + list.length) % list.length),
    hide: () => setAnswer(NOBODY),
  };
}
